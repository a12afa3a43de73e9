//! One layer of a theme: its files, from disk or embedded.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use include_dir::{Dir, include_dir};

use super::manifest::Manifest;
use crate::diagnostic::{Code, Finding, SourceText, reason};
use crate::system::disk;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/offprint");
static LEDGER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/ledger");
static CORE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/theme/core");

/// The name of the default theme.
pub const EMBEDDED: &str = "offprint";

/// The themes that the program brings along.
const BROUGHT: [(&str, &Dir<'static>); 2] = [(EMBEDDED, &DEFAULT), ("ledger", &LEDGER)];

/// Deepest chain of `extends`.
const DEEPEST: usize = 16;

/// Files of one layer by path below it: `templates/paper.html`, `static/style.css`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// `site`, a theme's name, or `core`.
    pub name: String,
    /// Where it is, as shown.
    pub place: String,
    /// In the order of paths.
    pub files: BTreeMap<String, Cow<'static, [u8]>>,
}

impl Layer {
    fn embedded(name: &str, dir: &'static Dir<'static>) -> Self {
        let mut files = BTreeMap::new();
        collect_embedded(dir, &mut files);
        Self { name: name.into(), place: format!("embedded:{name}"), files }
    }

    /// Reads a folder; only the subfolders that mean something, and the manifest.
    fn read(name: &str, folder: &Utf8Path, place: &str, findings: &mut Vec<Finding>) -> Self {
        let mut files = BTreeMap::new();
        for part in ["templates", "static", "strings"] {
            read_folder(folder, &folder.join(part), place, &mut files, findings);
        }
        if let Ok(manifest) = read_file(&folder.join("theme.toml")) {
            files.insert("theme.toml".into(), Cow::Owned(manifest));
        }
        Self { name: name.into(), place: place.into(), files }
    }

    /// A file's text with its name as shown; `None` where it is not there or not UTF-8.
    pub fn text(&self, path: &str) -> Option<Arc<SourceText>> {
        let text = std::str::from_utf8(self.files.get(path)?).ok()?;
        Some(Arc::new(SourceText { path: self.shown(path), text: text.to_owned() }))
    }

    /// Whether the program brings it along, so that nobody can change it in place.
    pub fn is_embedded(&self) -> bool {
        self.place.starts_with("embedded:")
    }

    /// A file's name as shown.
    pub fn shown(&self, path: &str) -> String {
        match self.place.as_str() {
            "" => path.to_owned(),
            place => format!("{place}/{path}"),
        }
    }
}

fn collect_embedded(dir: &'static Dir<'static>, files: &mut BTreeMap<String, Cow<'static, [u8]>>) {
    for file in dir.files() {
        if let Some(path) = file.path().to_str() {
            files.insert(path.replace('\\', "/"), Cow::Borrowed(file.contents()));
        }
    }
    dir.dirs().for_each(|dir| collect_embedded(dir, files));
}

fn read_file(path: &Utf8Path) -> std::io::Result<Vec<u8>> {
    disk::read(path, u64::MAX)
}

fn read_folder(
    base: &Utf8Path,
    folder: &Utf8Path,
    place: &str,
    files: &mut BTreeMap<String, Cow<'static, [u8]>>,
    findings: &mut Vec<Finding>,
) {
    let Ok(inside) = base.canonicalize_utf8() else { return };
    let walk = walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    let mut walk =
        walk.filter_entry(|entry| !entry.file_name().to_str().is_none_or(disk::is_leaving));
    while let Some(entry) = walk.next() {
        let Ok(entry) = entry else { continue };
        if leads_out(&entry, &inside) {
            // What is below a folder elsewhere is no link itself, so the walk must not go there.
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            let name =
                Utf8Path::from_path(entry.path()).and_then(|path| path.strip_prefix(base).ok());
            findings.push(led_out(Utf8Path::new(place).join(name.unwrap_or(folder)).as_str()));
            continue;
        }
        let Some(path) = Utf8Path::from_path(entry.path()).filter(|_| entry.file_type().is_file())
        else {
            continue;
        };
        let Ok(below) = path.strip_prefix(base) else { continue };
        let name = below.as_str().replace('\\', "/");
        match read_file(path) {
            Ok(content) => {
                files.insert(name, Cow::Owned(content));
            }
            Err(error) => {
                findings.push(
                    Finding::new(Code::Unreadable, format!("cannot be read: {}", reason(&error)))
                        .in_path(format!("{place}/{name}")),
                );
            }
        }
    }
}

/// Whether a link leads out of the theme: somebody else's theme must not publish files of this machine.
fn leads_out(entry: &walkdir::DirEntry, theme: &Utf8Path) -> bool {
    entry.path_is_symlink()
        && !entry.path().canonicalize().is_ok_and(|target| target.starts_with(theme))
}

fn led_out(shown: &str) -> Finding {
    let finding =
        Finding::new(Code::NotAFile, "is a link that leads out of its theme, so it was left out");
    finding.in_path(shown).help("copy the file to where it is wanted")
}

/// The layers of a theme with the manifests of its chain, highest first, without compiling anything; `None` after an
/// error.
pub fn layers(
    root: &Utf8Path,
    theme: &str,
    config: &Arc<SourceText>,
    findings: &mut Vec<Finding>,
) -> Option<(Vec<Layer>, Vec<Manifest>)> {
    let mut layers = vec![Layer::read("site", root, "", findings)];
    layers[0].files.remove("theme.toml");
    read_folder(root, &root.join("data"), "", &mut layers[0].files, findings);
    let mut manifests = Vec::new();
    let mut wanted = Some((theme.to_owned(), place_in_config(theme, config)));
    while let Some((name, asked)) = wanted.take() {
        if manifests.len() >= DEEPEST || layers.iter().skip(1).any(|layer| layer.name == name) {
            let finding =
                Finding { message: "themes extend each other in a circle".into(), ..asked };
            findings.push(finding.help("let one of them extend `offprint`, or nothing"));
            return None;
        }
        let layer = find(root, &name, asked, findings)?;
        let manifest = Manifest::read(&layer, findings)?;
        wanted = manifest.extends.clone().map(|parent| {
            let asked = place_in_manifest(&parent, &layer);
            (parent, asked)
        });
        layers.push(layer);
        manifests.push(manifest);
    }
    layers.push(Layer::embedded("core", &CORE));
    Some((layers, manifests))
}

fn place_in_config(theme: &str, config: &Arc<SourceText>) -> Finding {
    let quoted = format!("\"{theme}\"");
    let finding = Finding::new(Code::Theme, format!("there is no theme `{theme}`"));
    match config.text.find(&quoted) {
        Some(at) => finding.at(at..at + quoted.len()).in_source(config),
        None => finding.in_path(config.path.clone()),
    }
}

fn place_in_manifest(parent: &str, layer: &Layer) -> Finding {
    let finding = Finding::new(
        Code::Theme,
        format!("there is no theme `{parent}`, which `{}` extends", layer.name),
    );
    let quoted = format!("\"{parent}\"");
    match layer.text("theme.toml").and_then(|source| Some((source.text.find(&quoted)?, source))) {
        Some((at, source)) => finding.at(at..at + quoted.len()).in_source(&source),
        None => finding.in_path(layer.shown("theme.toml")),
    }
}

fn find(root: &Utf8Path, name: &str, asked: Finding, findings: &mut Vec<Finding>) -> Option<Layer> {
    let folder = root.join("themes").join(name);
    let plain = !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.');
    if plain && folder.join("theme.toml").is_file() {
        return Some(Layer::read(name, &folder, &format!("themes/{name}"), findings));
    }
    if let Some((name, dir)) = BROUGHT.iter().find(|(brought, _)| *brought == name) {
        return Some(Layer::embedded(name, dir));
    }
    let there = names(root);
    let near = crate::config::nearest(name, there.iter().map(String::as_str));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if folder.is_dir() => {
            format!("`themes/{name}` has no theme.toml; `offprint theme new` writes one")
        }
        None => format!("make the folder `themes/{name}` with a theme.toml, or use `{EMBEDDED}`"),
    };
    findings.push(asked.help(help));
    None
}

/// Names of the themes that a site can use, sorted: the program's own and folders of `themes/`.
pub fn names(root: &Utf8Path) -> Vec<String> {
    let entries = root.join("themes").read_dir_utf8().into_iter().flatten().flatten();
    let themes = entries.filter(|entry| entry.path().join("theme.toml").is_file());
    let mut names: Vec<String> = themes.map(|entry| entry.file_name().to_owned()).collect();
    names.extend(BROUGHT.iter().map(|(name, _)| (*name).to_owned()));
    names.sort();
    names.dedup();
    names
}

/// The folders that a theme named in a config reads, for whoever watches them.
pub fn folders(root: &Utf8Path) -> Vec<Utf8PathBuf> {
    ["themes", "templates", "static", "strings", "data"]
        .iter()
        .map(|part| root.join(part))
        .collect()
}

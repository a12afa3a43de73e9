//! What copied files were made from. `theme eject` keeps it in `.ejected/` beside the copies, so that after an upgrade it
//! can be shown what changed in the theme since.

use std::sync::Arc;

use camino::Utf8Path;

use crate::diagnostic::{Code, Finding, SourceText};
use crate::system::edit::Edit;
use crate::system::{disk, edit};
use crate::theme::{self, Layer};

/// The folder with the files as they were when they were copied.
const FOLDER: &str = ".ejected";
/// A larger file is not compared.
const LARGEST: u64 = 4 << 20;

/// A copied file whose theme has changed since.
#[derive(Debug)]
pub struct Outdated {
    /// The copy, relative to the site's folder.
    pub file: String,
    /// The theme it was copied from.
    pub theme: String,
    /// From the file that was copied to that of now; none where the theme has it no more.
    change: Option<Edit>,
    /// What the theme has now.
    now: Vec<u8>,
}

/// Remembers what a copy was made from, in the folder of its layer.
pub(super) fn remember(
    root: &Utf8Path,
    folder: &str,
    path: &str,
    bytes: &[u8],
) -> Result<(), Finding> {
    let name = format!("{folder}{FOLDER}/{path}");
    edit::replace(root.join(&name).as_std_path(), bytes).map_err(|error| {
        let why = crate::diagnostic::reason(&error);
        Finding::new(Code::Unreadable, format!("cannot be written: {why}")).in_path(name)
    })
}

/// Every copied file in the layers of a theme that is no longer made of what the theme has.
pub fn outdated(
    root: &Utf8Path,
    theme: &str,
    config: &Arc<SourceText>,
) -> Result<Vec<Outdated>, Vec<Finding>> {
    let mut findings = Vec::new();
    let Some((layers, _)) = theme::layers(root, theme, config, &mut findings) else {
        return Err(findings);
    };
    let mut found = Vec::new();
    for (at, layer) in layers.iter().enumerate().filter(|(_, layer)| !layer.is_embedded()) {
        for path in layer.files.keys() {
            let kept = root.join(&layer.place).join(FOLDER).join(path);
            let Ok(then) = disk::read(kept, LARGEST) else { continue };
            found.extend(compared(layer, path, &then, &layers[at + 1..]));
        }
    }
    Ok(found)
}

/// Whether it is kept what a file of a layer was made from.
pub fn is_kept(root: &Utf8Path, layer: &Layer, path: &str) -> bool {
    disk::read(root.join(&layer.place).join(FOLDER).join(path), LARGEST).is_ok()
}

fn compared(own: &Layer, path: &str, then: &[u8], below: &[Layer]) -> Option<Outdated> {
    let (file, shown) = (own.shown(path), own.shown(path));
    let source = below.iter().find_map(|layer| Some((layer, layer.files.get(path)?)));
    let Some((layer, now)) = source else {
        let theme = below.first().map(|layer| layer.name.clone()).unwrap_or_default();
        return Some(Outdated { file, theme, change: None, now: Vec::new() });
    };
    if now.as_ref() == then {
        return None;
    }
    let change =
        Edit { path: file.as_str().into(), shown, before: Some(text(then)), after: text(now) };
    Some(Outdated { file, theme: layer.name.clone(), change: Some(change), now: now.to_vec() })
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

impl Outdated {
    /// What changed in the theme, as a patch that fits the copy where that left those lines alone.
    pub fn diff(&self) -> String {
        self.change.as_ref().map(Edit::diff).unwrap_or_default()
    }

    /// What `theme check` says of it.
    pub fn finding(&self) -> Finding {
        let Self { file, theme, change, .. } = self;
        let Some(_) = change else {
            let message = format!("was copied from `{theme}`, which no longer has such a file");
            let help = "see whether anything of your site still uses it";
            return Finding::new(Code::OutdatedCopy, message).in_path(file.clone()).help(help);
        };
        let diff = self.diff();
        let count = |sign: char| diff.lines().skip(2).filter(|line| line.starts_with(sign)).count();
        let message = format!(
            "was copied from `{theme}`, where {} lines were added since and {} taken away",
            count('+'),
            count('-')
        );
        Finding::new(Code::OutdatedCopy, message).in_path(file.clone()).help(format!(
            "`offprint theme diff {file}` shows them; once you have seen to it, add `--seen`"
        ))
    }

    /// From now on, the copy counts as made from what the theme has now.
    pub fn seen(&self, root: &Utf8Path) -> Result<(), Finding> {
        let (at, path) = split(&self.file);
        remember(root, at, path, &self.now)
    }
}

/// The folder of a layer, and a path below it.
fn split(file: &str) -> (&str, &str) {
    let below = file.strip_prefix("themes/").and_then(|rest| rest.split_once('/'));
    let folder = below.map_or(0, |(name, _)| "themes/".len() + name.len() + 1);
    file.split_at(folder)
}

//! Which files there are: walks `content/` and the sources, and says what it leaves out.

use std::path::{Path, PathBuf};

use camino::{Utf8Path, Utf8PathBuf};
use globset::{Glob, GlobSet, GlobSetBuilder};
use unicode_normalization::UnicodeNormalization as _;
use walkdir::{DirEntry, WalkDir};

use super::{Listing, MediaFile, Places, SourceFile};
use crate::config::SourceConfig;
use crate::diagnostic::{Code, Finding, reason};
use crate::formats::{FORMATS, MARKDOWN, Maker};
use crate::model::route::slug;
use crate::system::disk;

/// Extensions of files that pages may show or link to.
const MEDIA: &[&str] = &[
    "svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "pdf", "mp4", "webm", "mov", "m4v", "ogv",
    "mp3", "wav", "m4a", "ogg", "oga", "opus", "flac", "csv", "zip", "txt", "json", "bib",
];

/// Lists `content/` and every source, in order.
pub fn list(places: &Places<'_>) -> (Listing, Vec<Finding>) {
    let mut walk = Walk { places, listing: Listing::default(), findings: Vec::new() };
    let content = places.root.join("content");
    if content.is_dir() {
        walk.folder(0, &content, &Filter::content(), "");
    } else if content.exists() {
        let finding = Finding::new(
            Code::Unreadable,
            "is a file, but texts are read from a folder of this name",
        );
        walk.findings.push(
            finding.in_path("content").help("move it away, and put texts into a folder `content`"),
        );
    }
    for (index, source) in places.sources.iter().enumerate() {
        walk.source(index + 1, source);
    }
    (walk.listing, walk.findings)
}

struct Walk<'a> {
    places: &'a Places<'a>,
    listing: Listing,
    findings: Vec<Finding>,
}

/// Which files are texts, by their extension.
#[derive(Clone, Copy)]
enum Texts {
    /// Those of the native format.
    Native,
    /// Those of every format, but for the extensions that programs of all kinds give to their files.
    Told,
    /// Those of every format.
    Any,
}

/// Which files of a source are read.
struct Filter {
    include: Option<GlobSet>,
    exclude: GlobSet,
    texts: Texts,
}

impl Filter {
    fn content() -> Self {
        Self { include: None, exclude: GlobSet::empty(), texts: Texts::Native }
    }

    fn source(source: &SourceConfig, findings: &mut Vec<Finding>) -> Self {
        let include = (!source.include.is_empty()).then(|| globs(&source.include, findings));
        // Whoever names a format of writers means what people write.
        let is_any = source.format.is_some_and(|format| format.maker != Maker::Writer);
        let texts = if is_any { Texts::Any } else { Texts::Told };
        Self { include, exclude: globs(&source.exclude, findings), texts }
    }

    fn takes(&self, below: &Utf8Path) -> bool {
        self.include.as_ref().is_none_or(|include| include.is_match(below))
            && !self.exclude.is_match(below)
    }

    fn is_text(&self, path: &Utf8Path) -> bool {
        // A page in HTML beside texts is one that they link, or a template: it is read where it is imported.
        let of_any = |kind: &str| {
            let is_page = ["html", "htm"].iter().any(|page| kind.eq_ignore_ascii_case(page));
            !is_page && FORMATS.iter().any(|format| format.has_extension(kind))
        };
        path.extension().is_some_and(|kind| match self.texts {
            Texts::Native => MARKDOWN.has_extension(kind),
            Texts::Told => {
                let of_programs = ["json", "xml", "yaml", "yml"];
                of_any(kind) && !of_programs.iter().any(|other| kind.eq_ignore_ascii_case(other))
            }
            Texts::Any => of_any(kind),
        })
    }
}

fn globs(patterns: &[String], findings: &mut Vec<Finding>) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        match Glob::new(pattern) {
            Ok(glob) => drop(set.add(glob)),
            Err(error) => findings.push(
                Finding::new(
                    Code::Config,
                    format!("`{pattern}` is not a pattern of paths: {}", error.kind()),
                )
                .in_path("config.toml"),
            ),
        }
    }
    set.build().unwrap_or_default()
}

impl Walk<'_> {
    fn source(&mut self, origin: usize, source: &SourceConfig) {
        let path = self.places.root.join(&source.path);
        let filter = Filter::source(source, &mut self.findings);
        if path.is_file() {
            let shown = self.shown(&path);
            let stem = path.file_stem().unwrap_or_default().to_owned();
            self.listing.files.push(SourceFile { origin, path, shown, stem });
        } else if path.is_dir() {
            let name = path.canonicalize_utf8().ok().and_then(|path| path.file_name().map(slug));
            let prefix = format!("media/{}/", name.unwrap_or_else(|| origin.to_string()));
            self.folder(origin, &path, &filter, &prefix);
            if let Some(vault) = vault(self.places.root, &source.path) {
                self.attachments(origin, &vault, &path);
            }
        } else {
            let finding = Finding::new(
                Code::MissingSource,
                format!("the source `{}` does not exist", source.path),
            );
            let help = format!("looked for {path}; correct `path` or remove the source");
            self.findings.push(finding.in_path("config.toml").help(help));
        }
    }

    fn folder(&mut self, origin: usize, folder: &Utf8Path, filter: &Filter, prefix: &str) {
        self.listing.folders.push(folder.to_owned());
        let Ok(inside) = folder.canonicalize_utf8() else { return };
        // A source may lie around the site, so that the way to an output goes up before it goes down.
        let outputs = self
            .places
            .outputs
            .map(|output| output.canonicalize().unwrap_or_else(|_| output.into()));
        let unfinished = std::cell::RefCell::new(Vec::new());
        let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
        let mut walk = walk.filter_entry(|entry| {
            // Only in `content/` does a command of the program write.
            if origin == 0 && entry.file_name().to_str().is_some_and(disk::is_unfinished) {
                unfinished.borrow_mut().push(entry.path().to_owned());
            }
            let named = outputs.iter().any(|output| output.file_name() == Some(entry.file_name()));
            let is_output =
                named && entry.path().canonicalize().is_ok_and(|path| outputs.contains(&path));
            entry.depth() == 0 || !hidden(entry) && !is_output
        });
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) if leads_out(&entry, &inside) => {
                    // What is below a folder elsewhere is no link itself, so the walk must not go there.
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                    self.led_out(folder, &entry, filter);
                }
                Ok(entry) => self.entry(origin, folder, &entry, (filter, prefix)),
                Err(error) => self.unreadable(&error),
            }
        }
        drop(walk);
        disk::sweep(unfinished.into_inner().iter().map(PathBuf::as_path));
    }

    fn entry(
        &mut self,
        origin: usize,
        folder: &Utf8Path,
        entry: &DirEntry,
        (filter, prefix): (&Filter, &str),
    ) {
        let Some(path) = Utf8Path::from_path(entry.path()) else {
            let name = entry.path().display().to_string();
            self.findings.push(
                Finding::new(Code::NotAFile, "its name is not UTF-8, so it was left out")
                    .in_path(name),
            );
            return;
        };
        let Ok(below) = path.strip_prefix(folder) else { return };
        if entry.file_type().is_dir() {
            if filter.is_text(below) {
                self.leave_out(path, "is a folder, though its name looks like a text");
            }
            return;
        }
        if !filter.takes(below) {
            return;
        }
        if !entry.file_type().is_file() {
            // Reading a pipe or a device may never end.
            return self.leave_out(path, "is no plain file, so it was left out");
        }
        if filter.is_text(below) {
            let stem = slashes(&below.with_extension("")).nfc().collect();
            let shown = self.shown(path);
            self.listing.files.push(SourceFile { origin, path: path.to_owned(), shown, stem });
        } else if is_media(below) {
            let route: String = format!("{prefix}{}", slashes(below)).nfc().collect();
            let shown = self.shown(path);
            self.listing.media.push(MediaFile { origin, path: path.to_owned(), shown, route });
        }
    }

    /// Files of the vault around a source's folder: notes show them by their names, wherever they are kept.
    fn attachments(&mut self, origin: usize, vault: &Utf8Path, folder: &Utf8Path) {
        let others: Vec<&Utf8Path> =
            self.places.outputs.into_iter().chain([folder, self.places.root]).collect();
        let is_other = |entry: &DirEntry| {
            others.iter().any(|other| {
                other.file_name().is_some_and(|name| entry.file_name() == name)
                    && other.canonicalize().ok() == entry.path().canonicalize().ok()
            })
        };
        let walk = WalkDir::new(vault)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !hidden(entry) && !is_other(entry))
            .flatten();
        let files: Vec<_> = walk.filter(|entry| entry.file_type().is_file()).collect();
        let name = vault.canonicalize_utf8().ok().and_then(|vault| vault.file_name().map(slug));
        let name = name.unwrap_or_else(|| origin.to_string());
        for path in files
            .iter()
            .filter_map(|entry| Utf8Path::from_path(entry.path()))
            .filter(|path| is_media(path))
        {
            let below = path.strip_prefix(vault).unwrap_or(path);
            let route: String = format!("media/{name}/{}", slashes(below)).nfc().collect();
            self.listing.media.push(MediaFile {
                origin,
                path: path.to_owned(),
                shown: self.shown(path),
                route,
            });
        }
    }

    /// Says so of a link out of the folder, unless nobody asked for what it leads to.
    fn led_out(&mut self, folder: &Utf8Path, entry: &DirEntry, filter: &Filter) {
        let Some(path) = Utf8Path::from_path(entry.path()) else { return };
        if entry.file_type().is_dir()
            || path.strip_prefix(folder).is_ok_and(|below| filter.takes(below))
        {
            self.leave_out(path, "is a link that leads out of its folder, so it was left out");
        }
    }

    fn leave_out(&mut self, path: &Utf8Path, why: &str) {
        let finding = Finding::new(Code::NotAFile, why).in_path(self.shown(path));
        self.findings.push(finding.help("move it, or copy the file to where it is wanted"));
    }

    /// A dangling link, a circle of links, or a folder that may not be read.
    fn unreadable(&mut self, error: &walkdir::Error) {
        let path = error.path().map(|path| path.display().to_string()).unwrap_or_default();
        let shown = self.shown(&Utf8PathBuf::from(path));
        let finding = match (error.loop_ancestor(), error.io_error()) {
            (Some(_), _) => Finding::new(
                Code::NotAFile,
                "is a link that leads back to a folder it is in, so it was left out",
            ),
            (None, Some(_)) if error.path().is_some_and(Path::is_symlink) => Finding::new(
                Code::NotAFile,
                "is a link to something that does not exist, so it was left out",
            )
            .help("remove the link or restore what it leads to"),
            (None, Some(why)) => {
                Finding::new(Code::Unreadable, format!("cannot be read: {}", reason(why)))
                    .help("check its permissions")
            }
            (None, None) => Finding::new(Code::Unreadable, "cannot be read"),
        };
        self.findings.push(finding.in_path(shown));
    }

    fn shown(&self, path: &Utf8Path) -> String {
        slashes(path.strip_prefix(self.places.root).unwrap_or(path))
    }
}

/// Whether a folder is the top of a vault: Obsidian and Logseq keep their settings in a folder there, Logseq beside its pages.
pub fn is_vault(folder: &Path) -> bool {
    let holds = |name: &str| folder.join(name).is_dir();
    holds(".obsidian") || holds("logseq") && (holds("pages") || holds("journals"))
}

/// The nearest folder around a source that is the top of a vault.
fn vault(root: &Utf8Path, source: &str) -> Option<Utf8PathBuf> {
    let mut path: Vec<&str> = Vec::new();
    let up = [".."; 4];
    let own = source.split('/').filter(|step| !matches!(*step, "" | "."));
    let steps = own.clone().count();
    for (taken, step) in own.chain(up).enumerate() {
        match step {
            ".." if path.last().is_some_and(|last| *last != "..") => drop(path.pop()),
            step => path.push(step),
        }
        let here = root.join(if source.starts_with('/') { "/" } else { "" }).join(path.join("/"));
        if taken + 1 >= steps && is_vault(here.as_std_path()) {
            // The files of a source that is a whole vault are listed with it.
            return (taken >= steps).then_some(here);
        }
    }
    None
}

fn hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_str().is_some_and(disk::is_hidden)
}

fn leads_out(entry: &DirEntry, folder: &Utf8Path) -> bool {
    entry.depth() > 0
        && entry.path_is_symlink()
        && !entry.path().canonicalize().is_ok_and(|target| target.starts_with(folder))
}

/// A path with `/` between its parts. Elsewhere than on Windows a name may hold a `\`.
fn slashes(path: &Utf8Path) -> String {
    if cfg!(windows) { path.as_str().replace('\\', "/") } else { path.as_str().to_owned() }
}

fn is_media(path: &Utf8Path) -> bool {
    path.extension().is_some_and(|kind| MEDIA.iter().any(|media| kind.eq_ignore_ascii_case(media)))
}

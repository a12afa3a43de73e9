//! An Obsidian vault as a source: where in it the notes on papers are, and what languages they are in.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::{DirEntry, WalkDir};

use crate::digest::lang::Script;
use crate::disk;
use crate::reader::{self, NOTES};

/// As much of a note as tells what it is.
const HEAD: u64 = 16 << 10;
/// Files that are looked at; who starts a site in a folder with more waits no longer for it.
const MANY: usize = 100_000;
/// Letters of a script that a note must have to be in it; a name or two are no language.
const LETTERS: usize = 20;

/// A folder of notes on papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vault {
    /// The folder that holds nearly all of the notes.
    pub folder: Utf8PathBuf,
    /// Notes on papers in it.
    pub notes: usize,
    /// Other texts in it.
    pub others: usize,
    /// Scripts that many of the notes are written in, the commonest first.
    pub scripts: Vec<Script>,
}

/// A text of the vault: its folders from the top, whether it is a note on a paper, and its scripts.
struct Text {
    path: Utf8PathBuf,
    is_note: bool,
    scripts: Vec<Script>,
}

/// The vault that a folder is in: the nearest folder with `.obsidian`.
pub fn around(folder: &Utf8Path) -> Option<&Utf8Path> {
    folder.ancestors().find(|folder| folder.join(".obsidian").is_dir())
}

impl Vault {
    /// Looks through a folder; `None` where no text in it is a note on a paper.
    pub fn look(top: &Utf8Path) -> Option<Self> {
        let texts = texts(top);
        let folder = narrow(top, texts.iter().filter(|text| text.is_note).map(|text| text.path.as_path()).collect())?;
        let inside = || texts.iter().filter(|text| text.path.starts_with(&folder));
        let notes = inside().filter(|text| text.is_note).count();
        let others = inside().count() - notes;
        let scripts = common(inside().filter(|text| text.is_note).map(|text| text.scripts.as_slice()), notes);
        Some(Self { folder, notes, others, scripts })
    }

    /// Whether the folder is for notes on papers alone, but for a few texts.
    pub fn is_for_papers(&self) -> bool {
        self.others * 20 <= self.notes
    }
}

fn texts(top: &Utf8Path) -> Vec<Text> {
    let visible = |entry: &DirEntry| entry.depth() == 0 || !disk::is_hidden(&entry.file_name().to_string_lossy());
    let walk = WalkDir::new(top).sort_by_file_name().into_iter().filter_entry(visible);
    let files = walk.flatten().filter(|entry| entry.file_type().is_file());
    let files = files.take(MANY);
    let paths = files.filter_map(|entry| Utf8PathBuf::from_path_buf(entry.into_path()).ok());
    paths.filter(|path| path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("md"))).map(text).collect()
}

/// How a text begins; nothing where it cannot be read: the build says why.
fn head(path: &Path) -> String {
    let mut bytes = Vec::new();
    let _ = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut bytes));
    String::from_utf8_lossy(&bytes).into_owned()
}

fn text(path: Utf8PathBuf) -> Text {
    let head = head(path.as_std_path());
    let is_note = reader::detect(&head, path.as_str()) == Some(NOTES);
    Text { is_note, scripts: scripts(&head), path }
}

/// The scripts that the texts of a file or folder are written in, the commonest first.
pub fn written_in(path: &Utf8Path) -> Vec<Script> {
    let files =
        WalkDir::new(path).sort_by_file_name().into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let heads: Vec<Vec<Script>> = files.map(|file| scripts(&head(file.path()))).collect();
    common(heads.iter().map(Vec::as_slice), heads.len())
}

/// Every script that tells a language by itself.
fn besides_latin() -> impl Iterator<Item = Script> {
    Script::ALL.into_iter().filter(|script| *script != Script::Latin)
}

/// The scripts of a text besides Latin, which every text about papers has.
fn scripts(text: &str) -> Vec<Script> {
    let letters = |script: Script| text.chars().filter(|c| Script::of(*c) == Some(script)).count();
    let mut scripts: Vec<Script> = besides_latin().filter(|script| letters(*script) >= LETTERS).collect();
    // Japanese and older Korean are written with Han as well.
    if scripts.len() > 1 {
        scripts.retain(|script| *script != Script::Han);
    }
    scripts
}

/// Scripts in at least a tenth of all notes; Latin where there is no other.
fn common<'a>(notes: impl Iterator<Item = &'a [Script]>, all: usize) -> Vec<Script> {
    let mut counts: Vec<_> = besides_latin().map(|script| (0_usize, script)).collect();
    for script in notes.flatten() {
        if let Some((count, _)) = counts.iter_mut().find(|(_, known)| known == script) {
            *count += 1;
        }
    }
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let many: Vec<Script> =
        counts.iter().filter(|(count, _)| *count > 0 && count * 10 >= all).map(|(_, script)| *script).collect();
    if many.is_empty() { vec![Script::Latin] } else { many }
}

/// The deepest folder that still holds nine tenths of the notes.
fn narrow(top: &Utf8Path, notes: Vec<&Utf8Path>) -> Option<Utf8PathBuf> {
    let all = notes.len();
    let mut folder = top.to_owned();
    let mut inside = notes;
    while !inside.is_empty() {
        let mut below: BTreeMap<&str, Vec<&Utf8Path>> = BTreeMap::new();
        for note in &inside {
            let mut parts = note.strip_prefix(&folder).map(Utf8Path::components).into_iter().flatten();
            if let (Some(first), Some(_)) = (parts.next(), parts.next()) {
                below.entry(first.as_str()).or_default().push(note);
            }
        }
        match below.into_iter().find(|(_, notes)| notes.len() * 10 >= all * 9) {
            Some((name, notes)) => (folder, inside) = (folder.join(name), notes),
            None => return Some(folder),
        }
    }
    None
}

/// A path as seen from a folder, with `/`; both whole.
pub fn relative(path: &Utf8Path, from: &Utf8Path) -> String {
    let shared = path.components().zip(from.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return path.as_str().replace('\\', "/");
    }
    let up = from.components().skip(shared).map(|_| "..");
    let parts: Vec<&str> = up.chain(path.components().skip(shared).map(|part| part.as_str())).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;

    use super::{narrow, relative};

    #[test]
    fn paths_as_seen_from_a_folder() {
        let seen = |path: &str, from: &str| relative(Utf8Path::new(path), Utf8Path::new(from));
        assert_eq!(seen("/a/vault/arXiv", "/a/site"), "../vault/arXiv");
        assert_eq!(seen("/a/vault", "/a/vault"), ".");
        assert_eq!(seen("/a/vault", "/a/vault/blog"), "..");
    }

    #[test]
    fn the_folder_with_nearly_all_notes_is_found() {
        let notes = |paths: &[&'static str]| paths.iter().map(|path| Utf8Path::new(*path)).collect::<Vec<_>>();
        let top = Utf8Path::new("/v");
        let narrowed = |paths: &[&'static str]| narrow(top, notes(paths)).map(|folder| folder.to_string());
        assert_eq!(narrowed(&["/v/p/x/1.md", "/v/p/x/2.md"]).as_deref(), Some("/v/p/x"));
        assert_eq!(narrowed(&["/v/p/1.md", "/v/q/2.md"]).as_deref(), Some("/v"));
        assert_eq!(narrowed(&["/v/1.md"]).as_deref(), Some("/v"));
        assert_eq!(narrowed(&[]), None);
    }
}

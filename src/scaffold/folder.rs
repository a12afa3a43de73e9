//! Puts files where nothing is yet, each whole or not at all.

use std::fs;
use std::io::{ErrorKind, Write as _};

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::WalkDir;

use super::Document;
use crate::diagnostic::{Code, Finding};

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Written,
    /// Something was there, and was left as it is.
    Left,
}

/// A file that was to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Below the folder.
    pub path: String,
    /// What became of it.
    pub fate: Fate,
}

/// Writes documents below a folder, in their order; whatever is there already stays.
pub fn place(folder: &Utf8Path, documents: &[Document]) -> Result<Vec<Placed>, Finding> {
    let put = |document: &Document| {
        let path = folder.join(&document.path);
        let fate = create(&path, &document.text).map_err(|error| failed(&path, &error))?;
        Ok(Placed { path: document.path.clone(), fate })
    };
    documents.iter().map(put).collect()
}

/// Writes a file that the program made and may make again.
pub fn replace(path: &Utf8Path, bytes: &[u8]) -> Result<(), Finding> {
    let moved = beside(path, bytes).and_then(|new| fs::rename(&new, path).inspect_err(|_| forget(&new)));
    moved.map_err(|error| failed(path, &error))
}

/// Writes a file where nothing is. Two programs at once cannot both win: a hard link never replaces a file.
fn create(path: &Utf8Path, text: &str) -> std::io::Result<Fate> {
    if !is_free(path) {
        return Ok(Fate::Left);
    }
    let new = beside(path, text.as_bytes())?;
    match fs::hard_link(&new, path) {
        Ok(()) => forget(&new),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            forget(&new);
            return Ok(Fate::Left);
        }
        // Some file systems have no hard links.
        Err(_) => fs::rename(&new, path).inspect_err(|_| forget(&new))?,
    }
    Ok(Fate::Written)
}

/// A finished file beside the path, which is yet to get its name.
fn beside(path: &Utf8Path, bytes: &[u8]) -> std::io::Result<Utf8PathBuf> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = path.with_file_name(format!(".offprint-{}-{}", std::process::id(), path.file_name().unwrap_or_default()));
    let written = fs::File::create(&new).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.inspect_err(|_| forget(&new))?;
    Ok(new)
}

/// What is left over starts with a dot and is never read, so that a failure here harms nobody.
fn forget(path: &Utf8Path) {
    let _ = fs::remove_file(path);
}

/// Whether nothing is there, not even a link that leads nowhere.
pub fn is_free(path: &Utf8Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// Whether a folder holds a text already.
pub fn has_texts(folder: &Utf8Path) -> bool {
    let mut files = WalkDir::new(folder).into_iter().flatten();
    files.any(|entry| entry.path().extension().is_some_and(|kind| kind == "md" || kind == "markdown"))
}

/// A folder's whole path, whether it exists or not yet.
pub fn resolve(folder: &Utf8Path) -> Result<Utf8PathBuf, Finding> {
    let whole = camino::absolute_utf8(folder).map_err(|error| failed(folder, &error))?;
    for there in whole.ancestors() {
        if let (Ok(real), Ok(rest)) = (there.canonicalize_utf8(), whole.strip_prefix(there)) {
            return Ok(if rest.as_str().is_empty() { real } else { real.join(rest) });
        }
    }
    Ok(whole)
}

fn failed(path: &Utf8Path, error: &std::io::Error) -> Finding {
    let why = error.to_string();
    let why = why.split(" (os error").next().unwrap_or_default().to_lowercase();
    Finding::new(Code::Output, format!("cannot be written: {why}"))
        .in_path(path.as_str())
        .help("check the folder's permissions, or choose another one")
}

//! Puts files where nothing is yet, each whole or not at all.

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::WalkDir;

use super::Document;
use crate::diagnostic::{Code, Finding, advice, reason};
use crate::system::edit;

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
    documents
        .iter()
        .map(|document| {
            let path = folder.join(&document.path);
            let is_new = edit::create(path.as_std_path(), document.text.as_bytes())
                .map_err(|error| failed(&path, &error))?;
            let fate = if is_new { Fate::Written } else { Fate::Left };
            Ok(Placed { path: document.path.clone(), fate })
        })
        .collect()
}

/// Writes a file that the program made and may make again.
pub fn replace(path: &Utf8Path, bytes: &[u8]) -> Result<(), Finding> {
    edit::replace(path.as_std_path(), bytes).map_err(|error| failed(path, &error))
}

/// Whether a folder holds a text already.
pub fn has_texts(folder: &Utf8Path) -> bool {
    let mut files = WalkDir::new(folder).into_iter().flatten();
    files.any(|entry| {
        entry.path().extension().is_some_and(|kind| kind == "md" || kind == "markdown")
    })
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
    Finding::new(Code::Output, format!("cannot be written: {}", reason(error)))
        .in_path(path.as_str())
        .help(advice(error, "check the folder's permissions, or choose another one"))
}

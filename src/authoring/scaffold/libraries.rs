//! Libraries of reference managers that lie in a vault.

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::WalkDir;

use crate::formats::{self, BIBTEX, CSL_JSON, RIS};
use crate::model::limits;
use crate::system::disk;

/// The files below a folder that are libraries, in the order of their names.
pub fn libraries(top: &Utf8Path) -> Vec<Utf8PathBuf> {
    let walk = WalkDir::new(top).sort_by_file_name().into_iter().filter_entry(|entry| {
        entry.depth() == 0 || !disk::is_hidden(&entry.file_name().to_string_lossy())
    });
    let files = walk.flatten().filter(|entry| entry.file_type().is_file());
    let paths = files.filter_map(|entry| Utf8PathBuf::from_path_buf(entry.into_path()).ok());
    paths.filter(|path| !formats::is_prose(path.as_str()) && is_library(path)).collect()
}

fn is_library(path: &Utf8Path) -> bool {
    let bytes = disk::read(path.as_std_path(), limits::TEXT).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    let format = text.and_then(|text| formats::detect(&text, path.as_str()));
    format.is_some_and(|format| [BIBTEX, RIS, CSL_JSON].contains(&format))
}

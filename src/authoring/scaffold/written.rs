//! What the texts of a file or a folder are written in.

use camino::Utf8Path;
use walkdir::{DirEntry, WalkDir};

use super::super::import::machinery::Machinery;
use super::languages;
use super::vault::head;
use crate::formats;
use crate::model::Lang;
use crate::system::disk;

/// The languages that the texts of a file or folder are written in, the commonest first.
pub fn written_in(path: &Utf8Path) -> Vec<Lang> {
    // Pictures have no language.
    let machinery = Machinery::default();
    let files = WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(|entry| {
        let is_hidden = disk::is_hidden(&entry.file_name().to_string_lossy());
        entry.depth() == 0 || !is_hidden && machinery.of_entry(entry).is_none()
    });
    let files = files.flatten().filter(|entry| entry.file_type().is_file() && is_text(entry));
    let heads: Vec<Vec<Lang>> = files.map(|file| languages::of(&head(file.path()))).collect();
    languages::common(heads.iter().map(Vec::as_slice), heads.len())
}

fn is_text(entry: &DirEntry) -> bool {
    let extension = entry.path().extension().and_then(|kind| kind.to_str()).unwrap_or_default();
    entry.depth() == 0 || formats::FORMATS.iter().any(|format| format.has_extension(extension))
}

//! A new site into a folder that cannot be replaced as a whole: file by file, so that a page that is there always finds what it
//! shows. What pages need comes first, then pages; what is no longer needed goes last.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;

use camino::Utf8Path;

use super::{failed, manifest};
use crate::diagnostic::Finding;

/// Moves these files from one folder into the other, and removes what else is there. A run that is killed leaves files of both
/// sites, each whole; the next run puts that right.
pub(super) fn put(from: &Utf8Path, to: &Utf8Path, files: &BTreeSet<String>) -> Result<(), Finding> {
    let (pages, others): (Vec<&String>, Vec<&String>) =
        files.iter().partition(|file| is_page(file));
    for file in others.into_iter().chain(pages) {
        place(&from.join(file), &to.join(file), to)?;
    }
    prune(to, files)?;
    manifest::write(to, files)
}

fn is_page(file: &str) -> bool {
    Utf8Path::new(file).extension() == Some("html")
}

/// Moves one file, over what may be there. Where a file was there is a folder now, or the other way round: that goes first.
fn place(from: &Utf8Path, to: &Utf8Path, top: &Utf8Path) -> Result<(), Finding> {
    let moved = fs::rename(from, to).or_else(|_| {
        let folders = to.ancestors().skip(1).take_while(|folder| *folder != top);
        if let Some(file) =
            folders.into_iter().find(|path| fs::symlink_metadata(path).is_ok_and(|it| !it.is_dir()))
        {
            fs::remove_file(file)?;
        }
        if fs::symlink_metadata(to).is_ok_and(|it| it.is_dir()) {
            // Below the output folder, where all that is not of the new site goes anyway.
            #[allow(clippy::disallowed_methods)]
            fs::remove_dir_all(to)?;
        }
        fs::create_dir_all(to.parent().unwrap_or(top))?;
        fs::rename(from, to)
    });
    moved.map_err(|error| failed(to, &error))
}

/// Removes what is not of the new site, and folders that are empty then.
fn prune(top: &Utf8Path, files: &BTreeSet<String>) -> Result<(), Finding> {
    let entries: Vec<(String, bool)> =
        manifest::entries(top).filter(|(name, _)| !files.contains(name)).collect();
    // What is in a folder comes after it.
    for (name, is_folder) in entries.iter().rev() {
        let path = top.join(name);
        match if *is_folder { fs::remove_dir(&path) } else { fs::remove_file(&path) } {
            // A folder that holds something stays.
            Err(error) if !is_folder && error.kind() != ErrorKind::NotFound => {
                return Err(failed(&path, &error));
            }
            _ => {}
        }
    }
    Ok(())
}

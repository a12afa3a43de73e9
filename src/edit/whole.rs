//! Files that appear whole or not at all: each is written beside its place first, and then takes its name.
//!
//! What a killed command leaves behind starts with a dot and is never read. Knows nothing of what is written.

use std::fs;
use std::io::{ErrorKind, Result, Write as _};
use std::path::{Path, PathBuf};

/// Puts a file in its place, over what may be there, and keeps the permissions of that.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let new = beside(path, bytes)?;
    let moved = keep_permissions(path, &new).and_then(|()| fs::rename(&new, path));
    moved.inspect_err(|_| forget(&new))
}

/// Puts a file where nothing is; returns whether nothing was. Of two programs at once one wins: a hard link never
/// replaces a file.
pub fn create(path: &Path, bytes: &[u8]) -> Result<bool> {
    if !is_free(path) {
        return Ok(false);
    }
    let new = beside(path, bytes)?;
    match fs::hard_link(&new, path) {
        Ok(()) => forget(&new),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            forget(&new);
            return Ok(false);
        }
        // Some file systems have no hard links.
        Err(_) => fs::rename(&new, path).inspect_err(|_| forget(&new))?,
    }
    Ok(true)
}

/// Whether nothing is there, not even a link that leads nowhere.
pub fn is_free(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// A finished file beside the path, which is yet to get its name.
fn beside(path: &Path, bytes: &[u8]) -> Result<PathBuf> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let new = path.with_file_name(format!(".offprint-{}-{name}", std::process::id()));
    let written = fs::File::create(&new).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.inspect_err(|_| forget(&new))?;
    Ok(new)
}

fn keep_permissions(old: &Path, new: &Path) -> Result<()> {
    match fs::metadata(old) {
        Ok(old) => fs::set_permissions(new, old.permissions()),
        Err(_) => Ok(()),
    }
}

/// The first error is the one to tell; what stays behind harms nobody.
fn forget(path: &Path) {
    let _ = fs::remove_file(path);
}

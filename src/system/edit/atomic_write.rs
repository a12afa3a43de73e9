//! Files that appear whole or not at all: each is written beside its place first, and then takes its name.
//!
//! What a killed command leaves behind starts with a dot, is never read, and is removed by the next run (`disk::sweep`): a
//! living one holds a lock on it. Knows nothing of what is written.

use std::fs;
use std::io::{Error, ErrorKind, Result, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::system::disk;

/// Puts a file in its place, over what may be there, and keeps the permissions of that.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    replace_if(path, bytes, || true).map(|_| ())
}

/// The same where what is there still is what was seen; returns whether it was. That is asked at the last moment.
pub(super) fn replace_if(path: &Path, bytes: &[u8], same: impl FnOnce() -> bool) -> Result<bool> {
    may_replace(path)?;
    let new = beside(path, bytes)?;
    if let Ok(old) = fs::metadata(path) {
        new.as_file().set_permissions(old.permissions())?;
    }
    let same = same();
    if same {
        new.persist(path)?;
    }
    Ok(same)
}

/// Puts a file where nothing is; returns whether nothing was. Of two programs at once one wins.
pub fn create(path: &Path, bytes: &[u8]) -> Result<bool> {
    if !is_free(path) {
        return Ok(false);
    }
    match beside(path, bytes)?.persist_noclobber(path) {
        Ok(_) => Ok(true),
        Err(failed) if failed.error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(failed) => Err(failed.error),
    }
}

/// Whether nothing is there, not even a link that leads nowhere.
pub fn is_free(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// A new file can take the place of one that may not be written, if only the folder may: so that is asked first.
fn may_replace(path: &Path) -> Result<()> {
    match fs::metadata(path) {
        Ok(there) if there.permissions().readonly() || !is_writable(path) => {
            Err(Error::new(ErrorKind::PermissionDenied, "it is read-only"))
        }
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn is_writable(path: &Path) -> bool {
    rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok()
}

#[cfg(not(unix))]
fn is_writable(_: &Path) -> bool {
    true
}

/// A finished file beside the path, which is yet to get its name; it is gone where that fails.
fn beside(path: &Path, bytes: &[u8]) -> Result<NamedTempFile> {
    let folder =
        path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut new = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any new file: the system takes away what the user does not want others to have.
        new.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut new = new.prefix(disk::UNFINISHED).tempfile_in(folder)?;
    // Where nothing can be locked, nothing that was left is removed either.
    let _ = new.as_file().try_lock();
    new.write_all(bytes)?;
    new.as_file().sync_all()?;
    Ok(new)
}

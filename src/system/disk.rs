//! Files as the system has them, whatever they mean: read within a bound, told from leavings by their names, held by one
//! process at a time.

mod lock;
mod names;

use std::fs::{self, File};
use std::io::{Error, ErrorKind, Read as _, Result};
use std::path::Path;

use crate::diagnostic::{Code, Finding};

pub use lock::{Lock, is_mount};
pub use names::{UNFINISHED, is_hidden, is_leaving, is_unfinished};

/// How a file begins that stands for one which Git LFS has not fetched.
const LFS: &[u8] = b"version https://git-lfs.github.com/spec/";
/// Such a file holds three lines.
const LFS_LARGEST: u64 = 1024;

/// The bytes of a plain file, or of what a link leads to. A pipe, a socket or a device is refused before it is opened, since
/// opening a pipe waits for a writer and a device may never end.
pub fn read(path: impl AsRef<Path>, most: u64) -> Result<Vec<u8>> {
    let about = fs::metadata(&path)?;
    match about.file_type() {
        kind if kind.is_file() => into_room(about.len(), File::open(path)?, most),
        kind if kind.is_dir() => Err(ErrorKind::IsADirectory.into()),
        _ => Err(Error::other("it is a pipe, a socket or a device, and no plain file")),
    }
}

/// The longest file for which room is made at once. Whoever says that it is longer may be wrong.
const HINT: u64 = 1 << 20;

/// All that a file gives, which may be no more than so many bytes. Its length is not asked: files of the kernel say 0.
pub fn within(file: File, most: u64) -> Result<Vec<u8>> {
    into_room(0, file, most)
}

/// The same, with room for a length that was asked before. It is no more than a hint.
fn into_room(length: u64, file: File, most: u64) -> Result<Vec<u8>> {
    let room = usize::try_from(length.min(HINT)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(room);
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(Error::new(
            ErrorKind::FileTooLarge,
            format!("it holds more than {} MiB", most >> 20),
        ));
    }
    Ok(bytes)
}

/// Whether these bytes are the pointer of Git LFS to a file, and not the file.
pub fn is_lfs_pointer(bytes: &[u8]) -> bool {
    bytes.len() as u64 <= LFS_LARGEST && bytes.starts_with(LFS)
}

/// The same of a file on disk, of which only a short one is opened.
pub fn holds_lfs_pointer(path: impl AsRef<Path>) -> bool {
    let short =
        fs::metadata(&path).is_ok_and(|about| about.is_file() && about.len() <= LFS_LARGEST);
    short && read(path, LFS_LARGEST).is_ok_and(|bytes| is_lfs_pointer(&bytes))
}

/// What to say of such a pointer.
pub fn lfs_finding(shown: &str) -> Finding {
    Finding::new(Code::LfsPointer, "is a pointer of Git LFS, and not the file itself")
        .in_path(shown)
        .help("run `git lfs pull`; in a workflow on GitHub, give actions/checkout `lfs: true`")
}

/// Removes files that a killed command left beside those it was writing. A living one holds a lock on its own.
pub fn sweep<'a>(unfinished: impl Iterator<Item = &'a Path>) {
    for path in unfinished {
        let is_dead = File::open(path).is_ok_and(|file| file.try_lock().is_ok());
        if is_dead && fs::symlink_metadata(path).is_ok_and(|about| about.is_file()) {
            // What cannot be removed now is tried again by the next run.
            let _ = fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_file_is_read_up_to_the_bound() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        #[expect(clippy::disallowed_methods, reason = "a test writes what is read")]
        fs::write(&path, "1234").unwrap();
        assert_eq!(read(&path, 4).unwrap(), b"1234");
        assert_eq!(read(&path, 3).unwrap_err().kind(), ErrorKind::FileTooLarge);
        assert_eq!(read(folder.path(), 4).unwrap_err().kind(), ErrorKind::IsADirectory);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_no_file() {
        assert_eq!(read("/dev/zero", 4).unwrap_err().kind(), ErrorKind::Other);
    }
}

//! What the machine has: space, watches, folders, and what killed commands left behind.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::disk::UNFINISHED;

/// Folders that are counted before counting stops.
pub const MOST_FOLDERS: usize = 1_000_000;

/// What a command left in a folder, or is still using.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// Where.
    pub path: PathBuf,
    /// Whether a living process uses it.
    pub is_used: bool,
}

/// Bytes that the user may still write to the disk of a folder, or of the nearest one above that is there.
#[cfg(unix)]
pub fn free_space(folder: &Path) -> Option<u64> {
    let there = folder.ancestors().find(|folder| folder.is_dir())?;
    let about = rustix::fs::statvfs(there).ok()?;
    Some(about.f_bavail.saturating_mul(about.f_frsize))
}

/// Nothing that this system tells.
#[cfg(not(unix))]
pub fn free_space(_: &Path) -> Option<u64> {
    None
}

/// How many folders and how many watchers Linux lets a user watch and have.
pub fn watch_limits() -> Option<(u64, u64)> {
    Some((limit("max_user_watches")?, limit("max_user_instances")?))
}

fn limit(name: &str) -> Option<u64> {
    let bytes = super::disk::read(format!("/proc/sys/fs/inotify/{name}"), 64).ok()?;
    String::from_utf8(bytes).ok()?.trim().parse().ok()
}

/// How many folders lie below some, themselves included; hidden ones do not count.
pub fn count_folders(roots: &[PathBuf]) -> usize {
    let below = roots.iter().flat_map(|root| {
        WalkDir::new(root).into_iter().filter_entry(|entry| {
            entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
        })
    });
    below.flatten().filter(|entry| entry.file_type().is_dir()).take(MOST_FOLDERS).count()
}

/// Files and folders that commands put into a folder while they work.
pub fn leavings(folder: &Path) -> Vec<Leaving> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.filter_map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let begin = name.find(UNFINISHED)?;
        // Of a folder that is being written, the lock of the same name is held.
        let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let lock = folder.join(format!("{}{UNFINISHED}lock", &name[..begin]));
        let path = entry.path();
        let is_used = is_locked(if is_dir { &lock } else { &path });
        Some(Leaving { path, is_used })
    });
    let mut all: Vec<Leaving> = named.collect();
    all.sort_by(|one, other| one.path.cmp(&other.path));
    all
}

fn is_locked(path: &Path) -> bool {
    let tried = File::open(path).map(|file| file.try_lock());
    matches!(tried, Ok(Err(TryLockError::WouldBlock)))
}

#[cfg(test)]
mod tests {
    use super::leavings;

    #[test]
    fn what_is_used_is_told_from_what_was_left() {
        let folder = tempfile::tempdir().unwrap();
        for name in [".public.offprint-lock", ".other.offprint-lock", "notes.md"] {
            std::fs::File::create(folder.path().join(name)).unwrap();
        }
        for name in [".public.offprint-new-1", ".other.offprint-new-2"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        let lock = std::fs::File::open(folder.path().join(".public.offprint-lock")).unwrap();
        lock.lock().unwrap();
        let found: Vec<(String, bool)> = leavings(folder.path())
            .into_iter()
            .map(|left| (left.path.file_name().unwrap().to_str().unwrap().to_owned(), left.is_used))
            .collect();
        let told =
            |name: &str| found.iter().find(|(found, _)| found == name).map(|(_, used)| *used);
        assert_eq!(told(".public.offprint-new-1"), Some(true), "{found:?}");
        assert_eq!(told(".other.offprint-new-2"), Some(false), "{found:?}");
        assert_eq!(told("notes.md"), None);
    }
}

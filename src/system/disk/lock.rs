//! One process at a time works on a folder. The system gives the lock back when a process dies, however it dies.
//!
//! The file that is locked lies beside the folder, and inside where nothing can be put beside it, or where what is beside it is
//! another disk than the one that other machines see. It is gone when nobody holds it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use super::UNFINISHED;

/// A folder that no other process works on as long as this lives.
#[derive(Debug)]
pub struct Lock {
    held: Option<(File, PathBuf)>,
}

impl Lock {
    /// Waits until nobody else holds the folder, which need not be there yet; `waiting` is called once if that may take long.
    /// Where nothing can be locked (some network drives) the work goes on without: that is how it would be without locks.
    pub fn of(folder: &Path, waiting: &dyn Fn()) -> Self {
        let mut said = false;
        Self {
            held: places(folder).into_iter().find_map(|path| {
                hold(&path, &mut || {
                    if !std::mem::replace(&mut said, true) {
                        waiting();
                    }
                })
                .map(|file| (file, path))
            }),
        }
    }

    /// Whether the system really locked something.
    pub fn is_held(&self) -> bool {
        self.held.is_some()
    }
}

impl Drop for Lock {
    /// The name goes before the lock does: whoever waits for the lock finds the name gone, and begins anew.
    fn drop(&mut self) {
        if let (true, Some((_, path))) = (cfg!(unix), &self.held) {
            let _ = fs::remove_file(path);
        }
    }
}

/// Where the lock of a folder can be, best first.
fn places(folder: &Path) -> Vec<PathBuf> {
    let folder = whole(folder);
    let inside = folder.join(format!("{UNFINISHED}lock"));
    match folder.file_name() {
        Some(name) if !is_mount(&folder) => {
            let name = format!(".{}{UNFINISHED}lock", name.to_string_lossy());
            vec![folder.with_file_name(name), inside]
        }
        _ => vec![inside],
    }
}

/// A path without links, so that all who mean one folder have one lock.
fn whole(folder: &Path) -> PathBuf {
    let parent =
        folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::canonicalize(folder).unwrap_or_else(|_| {
        let _ = fs::create_dir_all(parent);
        fs::canonicalize(parent).map_or_else(
            |_| folder.into(),
            |parent| parent.join(folder.file_name().unwrap_or_default()),
        )
    })
}

/// Locks the file at a path; `None` where there can be none.
fn hold(path: &Path, waiting: &mut dyn FnMut()) -> Option<File> {
    loop {
        let created = OpenOptions::new().create(true).truncate(false).write(true).open(path);
        // Another user's lock cannot be written to, but it can be waited for.
        let file = created.or_else(|_| File::open(path)).ok()?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting();
                file.lock().ok()?;
            }
            Err(TryLockError::Error(_)) => return None,
        }
        if is_at(&file, path) {
            return Some(file);
        }
    }
}

/// Whether a file still has its name: who held it before has removed it.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let number = |about: &fs::Metadata| (about.dev(), about.ino());
    file.metadata()
        .is_ok_and(|file| fs::metadata(path).is_ok_and(|there| number(&there) == number(&file)))
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Whether a folder is the top of something mounted: it cannot be renamed.
#[cfg(unix)]
pub fn is_mount(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let disk = |path: &Path| fs::metadata(path).map(|about| about.dev());
    is_mount_root(folder)
        || folder.parent().is_some_and(|parent| {
            disk(folder).is_ok_and(|own| disk(parent).is_ok_and(|above| own != above))
        })
}

#[cfg(not(unix))]
pub fn is_mount(_: &Path) -> bool {
    false
}

/// A folder of the same disk that is mounted here again tells so only to Linux.
#[cfg(target_os = "linux")]
fn is_mount_root(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, folder, AtFlags::empty(), StatxFlags::empty())
        .is_ok_and(|about| about.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn is_mount_root(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn one_at_a_time_and_nothing_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let content = folder.path().join("content");
        let (inside, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let lock = Lock::of(&content, &|| ());
                        assert!(lock.is_held());
                        most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        inside.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!(most.into_inner(), 1);
        if cfg!(unix) {
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }
}

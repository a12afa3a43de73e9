//! What is costly to make, kept in a folder beside the site, named by all it was made from.
//!
//! Safe to delete at any time, and to share between runs: a file appears whole or not at all, carries a checksum of
//! what it holds, and is never changed. Whoever cannot write there works without it.

use std::sync::atomic::{AtomicU64, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashSet;
use std::sync::{Mutex, PoisonError};
use xxhash_rust::xxh3::xxh3_128;

/// The folder beside config.toml for what can be made again.
pub const FOLDER: &str = ".offprint";
/// What was not asked for may stay while all files together are smaller than this: 256 MiB.
const ROOM: u64 = 256 << 20;
/// Length of the checksum before the bytes.
const SUM: usize = 16;

/// A folder of bytes by key.
#[derive(Debug)]
pub struct Cache {
    root: Utf8PathBuf,
    folder: Utf8PathBuf,
    used: Mutex<FxHashSet<String>>,
    written: AtomicU64,
}

impl Cache {
    /// The cache of the site in a folder. Nothing is made before something is stored.
    pub fn of(site: &Utf8Path) -> Self {
        let root = site.join(FOLDER);
        Self {
            folder: root.join("cache"),
            root,
            used: Mutex::default(),
            written: AtomicU64::new(0),
        }
    }

    /// What was stored under a key.
    pub fn get(&self, key: u128) -> Option<Vec<u8>> {
        let mut bytes = super::read(&self.folder.join(name(key)))?;
        let content = bytes.split_off(bytes.len().min(SUM));
        let whole = bytes == xxh3_128(&content).to_be_bytes();
        whole.then(|| self.used(key)).map(|()| content)
    }

    /// Stores something under a key.
    pub fn put(&self, key: u128, content: &[u8]) {
        self.used(key);
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let unfinished = self.folder.join(format!("new-{}-{number}", std::process::id()));
        let bytes = [&xxh3_128(content).to_be_bytes(), content].concat();
        let write = || {
            write(&unfinished, &bytes)
                .and_then(|()| std::fs::rename(&unfinished, self.folder.join(name(key))))
        };
        // The first file of a cache finds no folder; what cannot be kept is made again next time.
        if write().is_err() && self.open().is_ok() && write().is_err() {
            let _ = std::fs::remove_file(&unfinished);
        }
    }

    /// Removes what was not asked for in this run and does not fit, the oldest first.
    pub fn tidy(&self) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let entries = self.folder.read_dir_utf8().into_iter().flatten().flatten();
        let mut files: Vec<_> = entries.filter_map(|entry| file(&entry)).collect();
        files.sort();
        let mut all: u64 = files.iter().map(|(_, _, size)| size).sum();
        for (_, name, size) in &files {
            let unfinished = name.starts_with("new-");
            if unfinished || (all > ROOM && !used.contains(name)) {
                let _ = std::fs::remove_file(self.folder.join(name));
                all -= size;
            }
        }
    }

    fn used(&self, key: u128) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(name(key));
    }

    /// Makes the folder, with a note to git that nothing in it is worth keeping.
    fn open(&self) -> std::io::Result<()> {
        std::fs::create_dir_all(&self.folder)?;
        write(&self.root.join(".gitignore"), b"*\n")
    }
}

fn name(key: u128) -> String {
    format!("{key:032x}")
}

/// When a file was written, its name, its length.
fn file(entry: &camino::Utf8DirEntry) -> Option<(std::time::SystemTime, String, u64)> {
    let about = entry.metadata().ok().filter(std::fs::Metadata::is_file)?;
    Some((about.modified().ok()?, entry.file_name().to_owned(), about.len()))
}

#[allow(clippy::disallowed_methods, reason = "a cache is written")]
fn write(path: &Utf8Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::write(path, bytes)
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "a test damages what was written")]
mod tests {
    use camino::Utf8PathBuf;

    use super::Cache;

    #[test]
    fn what_was_stored_comes_back_unless_it_was_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let site = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        let cache = Cache::of(&site);
        assert_eq!(cache.get(7), None);
        cache.put(7, b"seven");
        cache.put(8, b"");
        assert_eq!(Cache::of(&site).get(7).unwrap(), b"seven");
        assert_eq!(Cache::of(&site).get(8).unwrap(), b"");
        let file = site.join(".offprint/cache").join(format!("{:032x}", 7));
        std::fs::write(&file, &std::fs::read(&file).unwrap()[..18]).unwrap();
        assert_eq!(Cache::of(&site).get(7), None);
        std::fs::write(&file, b"").unwrap();
        assert_eq!(Cache::of(&site).get(7), None);
    }

    #[test]
    fn what_another_run_left_half_written_is_removed_and_the_rest_stays() {
        let folder = tempfile::tempdir().unwrap();
        let site = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        let cache = Cache::of(&site);
        cache.put(7, b"seven");
        std::fs::write(site.join(".offprint/cache/new-1-1"), b"half").unwrap();
        let other = Cache::of(&site);
        other.put(8, b"eight");
        other.tidy();
        assert!(!site.join(".offprint/cache/new-1-1").exists());
        assert_eq!(cache.get(7).unwrap(), b"seven");
        assert_eq!(std::fs::read_to_string(site.join(".offprint/.gitignore")).unwrap(), "*\n");
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_no_trouble() {
        let folder = tempfile::tempdir().unwrap();
        let site = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        std::fs::write(site.join(".offprint"), "a file").unwrap();
        let cache = Cache::of(&site);
        cache.put(7, b"seven");
        assert_eq!(cache.get(7), None);
        cache.tidy();
    }
}

//! What only saves time or manners: answers of other machines, kept in the user's cache folder.
//!
//! Whatever goes wrong here costs a question more and nothing else, so nothing here is an error. Knows no network
//! and nothing of what the texts mean.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, Write as _};
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::Timestamp;

/// A folder for one kind of answer; without one, nothing is kept.
#[derive(Debug, Clone, Default)]
pub struct Cache {
    folder: Option<Utf8PathBuf>,
}

/// A text that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The text.
    pub text: String,
    /// When it was put there.
    pub at: Timestamp,
}

impl Cache {
    /// A folder below the user's cache folder, where there is one.
    pub fn new(caches: Option<&Utf8Path>, name: &str) -> Self {
        Self { folder: caches.map(|caches| caches.join("offprint").join(name)) }
    }

    /// What is kept under a name.
    pub fn get(&self, name: &str) -> Option<Kept> {
        let path = self.folder.as_ref()?.join(name);
        #[expect(clippy::disallowed_methods, reason = "a cache reads what it wrote")]
        let text = fs::read_to_string(&path).ok()?;
        let at = fs::metadata(&path).ok()?.modified().ok()?;
        Some(Kept { text, at: Timestamp::try_from(at).ok()? })
    }

    /// Keeps a text under a name, whole or not at all.
    pub fn put(&self, name: &str, text: &str) {
        // A cache that cannot be written is one question more the next time.
        let _ = self.write(name, text);
    }

    fn write(&self, name: &str, text: &str) -> Option<()> {
        let folder = self.folder.as_ref()?;
        fs::create_dir_all(folder).ok()?;
        let beside = folder.join(format!(".{name}-{}", std::process::id()));
        File::create(&beside).and_then(|mut file| file.write_all(text.as_bytes())).ok()?;
        fs::rename(&beside, folder.join(name)).ok()
    }

    /// Waits until no other process has the turn, and takes it. Where that cannot be, nobody waits.
    pub fn turn(&self) -> Turn {
        Turn { file: self.lock_of_turn() }
    }

    fn lock_of_turn(&self) -> Option<File> {
        let folder = self.folder.as_ref()?;
        fs::create_dir_all(folder).ok()?;
        let mut options = File::options();
        let file = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(folder.join("turn"))
            .ok()?;
        file.lock().ok()?;
        Some(file)
    }
}

impl Kept {
    /// Whether it was put there less than so long ago.
    pub fn is_younger(&self, than: Duration, now: Timestamp) -> bool {
        Duration::try_from(now.duration_since(self.at)).is_ok_and(|age| age < than)
    }
}

/// The right to ask a service, held by one process at a time; remembers when it was last used.
#[derive(Debug)]
pub struct Turn {
    file: Option<File>,
}

impl Turn {
    /// When the service was last asked, by whomever.
    pub fn last(&mut self) -> Option<Timestamp> {
        let mut text = String::new();
        let file = self.file.as_mut()?;
        file.rewind().ok()?;
        file.read_to_string(&mut text).ok()?;
        text.trim().parse().ok()
    }

    /// Notes that the service was asked now.
    pub fn used(&mut self, now: Timestamp) {
        let Some(file) = &mut self.file else { return };
        let text = format!("{now}\n");
        let _ = file
            .rewind()
            .and_then(|()| file.set_len(0))
            .and_then(|()| file.write_all(text.as_bytes()));
    }
}

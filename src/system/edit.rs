//! A change to one source file of the user's: shown as a difference, and made whole or not at all.
//!
//! The only module that writes over sources; `whole` is how anything is written for the user to keep. It writes nothing where
//! the file is no longer what was read, follows links, and keeps the file's permissions. Knows nothing of what the texts mean.

mod atomic_write;

use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};

pub use atomic_write::{create, is_free, replace};

use crate::diagnostic::{Code, Finding, advice, reason};
use crate::system::disk;

/// A file as it is and as it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Where it is.
    pub path: Utf8PathBuf,
    /// As shown to the user.
    pub shown: String,
    /// What was read; `None` where there is no file yet.
    pub before: Option<String>,
    /// What is to be there.
    pub after: String,
}

impl Edit {
    /// The change as a unified diff.
    pub fn diff(&self) -> String {
        let before = self.before.as_deref().unwrap_or_default();
        let old = if self.before.is_some() { self.shown.as_str() } else { "/dev/null" };
        similar::TextDiff::from_lines(before, &self.after)
            .unified_diff()
            .header(old, &self.shown)
            .to_string()
    }

    /// Makes the change, unless the file is not what was read.
    pub fn apply(&self) -> Result<(), Finding> {
        let path = self.path.canonicalize_utf8().unwrap_or_else(|_| self.path.clone());
        // Asked twice: here, to say why a file cannot be read, and again when the new one is whole.
        if !self.is_same(&path).map_err(|error| self.refused(&error))? {
            return Err(self.changed());
        }
        let written = atomic_write::replace_if(path.as_std_path(), self.after.as_bytes(), || {
            self.is_same(&path).unwrap_or(false)
        });
        if written.map_err(|error| self.refused(&error))? { Ok(()) } else { Err(self.changed()) }
    }

    fn changed(&self) -> Finding {
        let finding = Finding::new(
            Code::Edit,
            "the file has changed in the meantime, so nothing was written",
        );
        finding.in_path(self.shown.clone()).help("run the command again")
    }

    /// Whether the file is what was read.
    fn is_same(&self, path: &Utf8Path) -> std::io::Result<bool> {
        let before = self.before.as_deref().map(str::as_bytes);
        match disk::read(path, before.map_or(0, <[u8]>::len) as u64) {
            Ok(bytes) => Ok(Some(bytes.as_slice()) == before),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(before.is_none()),
            Err(error) if error.kind() == ErrorKind::FileTooLarge => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn refused(&self, error: &std::io::Error) -> Finding {
        let finding = Finding::new(Code::Edit, format!("cannot write the file: {}", reason(error)));
        finding
            .in_path(self.shown.clone())
            .help(advice(error, "check the permissions of the file and of its folder"))
    }
}

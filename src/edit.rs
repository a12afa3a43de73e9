//! A change to one source file of the user's: shown as a difference, and made whole or not at all.
//!
//! The only module that writes over sources; `whole` is how anything is written for the user to keep. It writes nothing where the file is no longer what was read, follows
//! links, and keeps the file's permissions. Knows nothing of what the texts mean.

mod whole;

use std::fs;
use std::io::ErrorKind;

use camino::Utf8PathBuf;

pub use whole::{create, is_free, replace};

use crate::diagnostic::{Code, Finding, reason};

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
        similar::TextDiff::from_lines(before, &self.after).unified_diff().header(old, &self.shown).to_string()
    }

    /// Makes the change, unless the file is not what was read.
    pub fn apply(&self) -> Result<(), Finding> {
        let path = self.path.canonicalize_utf8().unwrap_or_else(|_| self.path.clone());
        #[expect(clippy::disallowed_methods, reason = "nothing is written over what nobody has seen")]
        let there = match fs::read(&path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(self.refused(&error)),
        };
        if there.as_deref() != self.before.as_deref().map(str::as_bytes) {
            let finding = Finding::new(Code::Edit, "the file has changed in the meantime, so nothing was written");
            return Err(finding.in_path(self.shown.clone()).help("run the command again"));
        }
        replace(path.as_std_path(), self.after.as_bytes()).map_err(|error| self.refused(&error))
    }

    fn refused(&self, error: &std::io::Error) -> Finding {
        let finding = Finding::new(Code::Edit, format!("cannot write the file: {}", reason(error)));
        let finding = finding.in_path(self.shown.clone());
        finding.help("check the permissions of the file and of its folder")
    }
}

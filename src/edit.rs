//! A change to one source file of the user's: shown as a difference, and made whole or not at all.
//!
//! The only module that writes over sources. It writes nothing where the file is no longer what was read, follows
//! links, and keeps the file's permissions. Knows nothing of what the texts mean.

use std::fs;
use std::io::{ErrorKind, Write as _};

use camino::{Utf8Path, Utf8PathBuf};

use crate::diagnostic::{Code, Finding};

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
        replace(&path, &self.after).map_err(|error| self.refused(&error))
    }

    fn refused(&self, error: &std::io::Error) -> Finding {
        let text = error.to_string();
        let why = text.split(" (os error").next().unwrap_or_default().to_lowercase();
        let finding = Finding::new(Code::Edit, format!("cannot write the file: {why}")).in_path(self.shown.clone());
        finding.help("check the permissions of the file and of its folder")
    }
}

/// A file beside the target is written first and then takes its name, so that no half of a text is ever seen.
fn replace(path: &Utf8Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Utf8Path::new("."));
    fs::create_dir_all(folder)?;
    let beside = folder.join(format!(".offprint-{}-{}", std::process::id(), path.file_name().unwrap_or_default()));
    let written = fs::File::create(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        if let Ok(old) = fs::metadata(path) {
            file.set_permissions(old.permissions())?;
        }
        file.sync_all()
    });
    let moved = written.and_then(|()| fs::rename(&beside, path));
    if moved.is_err() {
        // The first error is the one to tell; what is left over starts with a dot and is never read.
        let _ = fs::remove_file(&beside);
    }
    moved
}

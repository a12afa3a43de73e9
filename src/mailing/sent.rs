//! Which reader got which mail: a line for each in a file beside config.toml, written when the server has taken the mail.
//!
//! It holds no address, only what tells whether it is the same.

use std::fs::{File, OpenOptions};
use std::io::Write as _;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_128;

use crate::diagnostic::reason;
use crate::system::disk;

/// The name of the file.
pub const FILE: &str = ".offprint-sent";
/// Larger ones are not the program's.
const LARGEST: u64 = 256 * 1024 * 1024;

/// What was sent. Whoever holds it must hold the folder.
#[derive(Debug)]
pub struct Sent {
    path: Utf8PathBuf,
    lines: FxHashSet<String>,
    file: Option<File>,
}

impl Sent {
    /// What a site remembers; the error says why that cannot be known.
    pub fn of(root: &Utf8Path) -> Result<Self, String> {
        let path = root.join(FILE);
        let text = match disk::read(&path, LARGEST) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(format!("{FILE} cannot be read: {}", reason(&error))),
        };
        // A line that a failing disk cut has no end, and says nothing.
        let whole = text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
        Ok(Self { path, lines: whole.map(str::to_owned).collect(), file: None })
    }

    /// Whether a reader got a mail.
    pub fn has(&self, mail: &str, address: &str) -> bool {
        self.lines.contains(&line(mail, address))
    }

    /// Remembers that a reader got a mail; the error says why that cannot be.
    pub fn add(&mut self, mail: &str, address: &str) -> Result<(), String> {
        let line = line(mail, address);
        let written = self.open().and_then(|mut file| {
            file.write_all(format!("{line}\n").as_bytes())?;
            file.sync_data()
        });
        written.map_err(|error| format!("{FILE} cannot be written: {}", reason(&error)))?;
        self.lines.insert(line);
        Ok(())
    }

    fn open(&mut self) -> std::io::Result<&File> {
        if self.file.is_none() {
            let mut file =
                OpenOptions::new().create(true).append(true).read(true).open(&self.path)?;
            // What was cut must not run into the next line.
            if file.metadata()?.len() > 0 {
                let text = disk::read(&self.path, LARGEST).unwrap_or_default();
                if !text.ends_with(b"\n") {
                    file.write_all(b"\n")?;
                }
            }
            self.file = Some(file);
        }
        self.file.as_ref().ok_or_else(|| std::io::ErrorKind::NotFound.into())
    }
}

fn line(mail: &str, address: &str) -> String {
    format!("{mail} {:032x}", xxh3_128(format!("{mail}\n{}", address.to_lowercase()).as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_remembered_and_a_cut_line_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        let mut sent = Sent::of(root).unwrap();
        assert!(!sent.has("2025-03-12", "a@b.c"));
        sent.add("2025-03-12", "A@b.c").unwrap();
        let mut file = OpenOptions::new().append(true).open(root.join(FILE)).unwrap();
        file.write_all(b"2025-03-12 0123").unwrap();
        let mut sent = Sent::of(root).unwrap();
        sent.add("2025-03-13", "a@b.c").unwrap();
        let sent = Sent::of(root).unwrap();
        assert!(sent.has("2025-03-12", "a@B.c") && sent.has("2025-03-13", "a@b.c"));
        assert!(!sent.has("2025-03-14", "a@b.c") && !sent.has("2025-03-12", "b@b.c"));
    }
}

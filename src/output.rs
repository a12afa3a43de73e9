//! Bytes and copies → files: in parallel, into a staging folder that then takes the target's place whole.
//!
//! The target is either the old site or the new one, whatever happens in between. Folders the program did
//! not make are never deleted, and files in one of its own that it did not make are named before they go.

mod folders;
mod in_place;
mod manifest;
pub mod publish;
mod staging;

use std::fs::File;
use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

use camino::{Utf8Path, Utf8PathBuf};

use crate::diagnostic::{Code, Finding, advice, reason};

use folders::Folders;
pub use staging::{MARKER, Staging};

/// What an output file holds.
#[derive(Debug)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of this file.
    Copy(Utf8PathBuf),
}

/// Writes files below a folder.
#[derive(Debug)]
pub struct Writer<'a> {
    folder: &'a Utf8Path,
    folders: Folders,
    bytes: AtomicU64,
    files: AtomicU64,
}

impl<'a> Writer<'a> {
    /// Makes the folders that hold folders, parents first; the others are made with their first file, by
    /// whichever thread writes it.
    pub fn new(folder: &'a Utf8Path, files: impl Iterator<Item = String>) -> Result<Self, Finding> {
        let mut folders = Folders::of(folder).map_err(|error| failed(folder, &error))?;
        for file in files {
            let parent = file.rsplit_once('/').and_then(|(own, _)| own.rsplit_once('/'));
            if let Some((parent, _)) = parent {
                folders.make(parent).map_err(|error| failed(&folder.join(parent), &error))?;
            }
        }
        Ok(Self { folder, folders, bytes: AtomicU64::new(0), files: AtomicU64::new(0) })
    }

    /// Writes one file; its path must be one of those announced.
    pub fn write(&self, path: &str, content: &Content) -> Result<(), Finding> {
        let write = || {
            let mut file = self.folders.create(path)?;
            match content {
                Content::Bytes(bytes) => file.write_all(bytes).map(|()| bytes.len() as u64),
                Content::Copy(from) => std::io::copy(&mut File::open(from)?, &mut file),
            }
        };
        let bytes = write().map_err(|error| failed(&self.folder.join(path), &error))?;
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.files.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Files and bytes written so far.
    pub fn totals(&self) -> (u64, u64) {
        (self.files.load(Ordering::Relaxed), self.bytes.load(Ordering::Relaxed))
    }
}

fn failed(path: &Utf8Path, error: &std::io::Error) -> Finding {
    let advice =
        advice(error, "check the permissions of the output folder and of the one it is in");
    Finding::new(Code::Output, format!("cannot be written: {}", reason(error)))
        .in_path(path.as_str())
        .help(format!("{advice}; the old site is untouched"))
}

//! Bytes and copies → files: in parallel, into a staging folder that then takes the target's place whole.
//!
//! The target is either the old site or the new one, whatever happens in between. Folders the program did
//! not make are never deleted.

mod staging;

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Finding};

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
    bytes: AtomicU64,
    files: AtomicU64,
}

impl<'a> Writer<'a> {
    /// Makes the folders that hold folders, parents first; the others are made with their first file, by
    /// whichever thread writes it.
    pub fn new(folder: &'a Utf8Path, files: impl Iterator<Item = String>) -> Result<Self, Finding> {
        let mut made: FxHashSet<String> = FxHashSet::default();
        for file in files {
            let parent = file.rsplit_once('/').and_then(|(own, _)| own.rsplit_once('/'));
            if let Some((parent, _)) = parent {
                make(folder, parent, &mut made)?;
            }
        }
        Ok(Self { folder, bytes: AtomicU64::new(0), files: AtomicU64::new(0) })
    }

    /// Writes one file; its path must be one of those announced.
    pub fn write(&self, path: &str, content: &Content) -> Result<(), Finding> {
        let file = self.folder.join(path);
        let write = || match content {
            Content::Bytes(bytes) => File::create(&file)?.write_all(bytes).map(|()| bytes.len() as u64),
            Content::Copy(from) => fs::copy(from, &file),
        };
        let own_folder = || file.parent().map_or(Ok(()), make_folder);
        // A page usually is the first file of its folder.
        let first = if path.ends_with("/index.html") { own_folder() } else { Ok(()) };
        let written = first.and_then(|()| match write() {
            Err(error) if error.kind() == ErrorKind::NotFound => own_folder().and_then(|()| write()),
            written => written,
        });
        let bytes = written.map_err(|error| failed(&file, &error))?;
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.files.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Files and bytes written so far.
    pub fn totals(&self) -> (u64, u64) {
        (self.files.load(Ordering::Relaxed), self.bytes.load(Ordering::Relaxed))
    }
}

fn make(folder: &Utf8Path, path: &str, made: &mut FxHashSet<String>) -> Result<(), Finding> {
    if made.contains(path) {
        return Ok(());
    }
    if let Some((parent, _)) = path.rsplit_once('/') {
        make(folder, parent, made)?;
    }
    let full = folder.join(path);
    make_folder(&full).map_err(|error| failed(&full, &error))?;
    made.insert(path.to_owned());
    Ok(())
}

/// Makes a folder whose parent is there, unless it is there itself.
fn make_folder(path: &Utf8Path) -> std::io::Result<()> {
    match fs::create_dir(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

fn failed(path: &Utf8Path, error: &std::io::Error) -> Finding {
    let help = match error.kind() {
        ErrorKind::StorageFull => "free some space; the old site is untouched",
        ErrorKind::PermissionDenied => "check the permissions of the output folder; the old site is untouched",
        _ => "the old site is untouched",
    };
    Finding::new(Code::Output, format!("cannot be written: {error}")).in_path(path.as_str()).help(help)
}

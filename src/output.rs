//! Bytes and copies → files: in parallel, into a staging folder that then takes the target's place whole.
//!
//! The target is either the old site or the new one, whatever happens in between. Folders the program did
//! not make are never deleted, and files in one of its own that it did not make are named before they go.

pub mod bucket;
mod in_place;
mod manifest;
pub mod mime;
pub mod publish;
mod staging;

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek as _, Write};
use std::sync::atomic::{AtomicU64, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Finding, advice, reason};

pub use staging::{MARKER, Staging};

/// What an output file holds.
pub enum Content<'a> {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of this file.
    Copy(Utf8PathBuf),
    /// What this writes, piece by piece: a file about all papers may be too large to be held at once.
    Stream(Box<Stream<'a>>),
}

/// Writes a file from its beginning to its end.
pub type Stream<'a> = dyn Fn(&mut dyn Write) -> io::Result<()> + 'a;

/// How many bytes something writes.
pub fn length(write: &Stream<'_>) -> u64 {
    let mut counted = Counted(0);
    // Counting never fails.
    let _ = write(&mut counted);
    counted.0
}

struct Counted(u64);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes files below a folder.
#[derive(Debug)]
pub struct Writer<'a> {
    folder: &'a Utf8Path,
    bytes: AtomicU64,
    files: AtomicU64,
}

impl<'a> Writer<'a> {
    /// Makes the folders that hold folders; the others are made with their first file, by whichever thread writes it.
    pub fn new(folder: &'a Utf8Path, files: impl Iterator<Item = String>) -> Result<Self, Finding> {
        let mut made = FxHashSet::default();
        for file in files {
            let parent = file.rsplit_once('/').and_then(|(own, _)| own.rsplit_once('/'));
            if let Some((parent, _)) = parent.filter(|(parent, _)| !made.contains(*parent)) {
                let path = folder.join(parent);
                fs::create_dir_all(&path).map_err(|error| failed(&path, &error))?;
                made.insert(parent.to_owned());
            }
        }
        Ok(Self { folder, bytes: AtomicU64::new(0), files: AtomicU64::new(0) })
    }

    /// Writes one file; its path must be one of those announced.
    pub fn write(&self, path: &str, content: &Content<'_>) -> Result<(), Finding> {
        let path = self.folder.join(path);
        let written = create(&path).and_then(|mut file| match content {
            Content::Bytes(bytes) => file.write_all(bytes).map(|()| bytes.len() as u64),
            Content::Copy(from) => io::copy(&mut File::open(from)?, &mut file),
            Content::Stream(write) => {
                let mut buffered = BufWriter::new(file);
                write(&mut buffered)?;
                buffered.into_inner()?.stream_position()
            }
        });
        let bytes = written.map_err(|error| failed(&path, &error))?;
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.files.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Files and bytes written so far.
    pub fn totals(&self) -> (u64, u64) {
        (self.files.load(Ordering::Relaxed), self.bytes.load(Ordering::Relaxed))
    }
}

/// Makes a file, and the folder it is in where that is not there.
fn create(path: &Utf8Path) -> io::Result<File> {
    let Some(folder) = path.parent() else { return File::create(path) };
    // A page usually is the first file of its folder.
    if path.file_name() == Some("index.html") {
        fs::create_dir_all(folder)?;
    }
    match File::create(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            File::create(path)
        }
        created => created,
    }
}

fn failed(path: &Utf8Path, error: &io::Error) -> Finding {
    let advice =
        advice(error, "check the permissions of the output folder and of the one it is in");
    Finding::new(Code::Output, format!("cannot be written: {}", reason(error)))
        .in_path(path.as_str())
        .help(format!("{advice}; the old site is untouched"))
}

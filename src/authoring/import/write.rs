//! Puts documents into the target folder: whole or not at all, and never over a file that differs unless asked.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::plan::Document;
use super::{Request, Status, Target};
use crate::diagnostic::{Code, Finding, advice, reason};
use crate::model::route::{Route, slug};
use crate::system::{disk, edit};

/// Writes the documents of one import.
pub(super) struct Writer<'a> {
    request: &'a Request,
    /// Addresses of the files that this import has taken; no other document may have them. Names that differ in case or
    /// signs are one file on some systems, and one address everywhere.
    taken: BTreeSet<String>,
    /// The last number behind a name.
    numbers: BTreeMap<String, usize>,
}

/// What tells apart the addresses that files will have.
fn address(path: &Path) -> String {
    slug(&path.to_string_lossy())
}

/// How a file on disk compares with a text.
enum There {
    Nothing,
    Same,
    Other,
}

impl<'a> Writer<'a> {
    pub(super) fn new(request: &'a Request) -> Self {
        Self { request, taken: BTreeSet::new(), numbers: BTreeMap::new() }
    }

    /// Writes a document to the first of its names that is free.
    pub(super) fn place(&mut self, document: &Document) -> (Target, Option<Finding>) {
        let path = self.choose(document);
        let (status, finding) = match self.put(&path, &document.text) {
            Ok(status) => (status, None),
            Err(finding) => (Status::Refused, Some(finding.in_path(path.to_string_lossy()))),
        };
        self.taken.insert(address(&path));
        (Target { path, entries: document.entries, status }, finding)
    }

    /// The first name that holds this text or is free; else the last that exists, to be refused or overwritten.
    fn choose(&mut self, document: &Document) -> PathBuf {
        let mut occupied = None;
        for name in &document.names {
            let path = self.path(name);
            if self.is_taken(&path) {
                continue;
            }
            match compare(&path, &document.text) {
                Ok(There::Other) | Err(_) => occupied = Some(path),
                Ok(There::Nothing) if self.request.force && occupied.is_some() => break,
                Ok(_) => return path,
            }
        }
        occupied.unwrap_or_else(|| self.numbered(document))
    }

    /// `NAME-2`, `NAME-3`, …: for several documents of one date and format. Numbers only grow, so that many documents of
    /// one name do not look through them again and again.
    fn numbered(&mut self, document: &Document) -> PathBuf {
        let name = document.names.last().cloned().unwrap_or_default();
        let mut number = self.numbers.get(&name).copied().unwrap_or(1);
        loop {
            number += 1;
            let path = self.path(&format!("{name}-{number}"));
            if !self.is_taken(&path) {
                self.numbers.insert(name, number);
                return path;
            }
        }
    }

    /// Whether a file would have the address of another one, or of a page that every site has.
    fn is_taken(&self, path: &Path) -> bool {
        let name = path.file_stem().map(|name| slug(&name.to_string_lossy())).unwrap_or_default();
        Route::is_reserved(&name) || self.taken.contains(&address(path))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.request.to.join(format!("{name}.md"))
    }

    fn put(&self, path: &Path, text: &str) -> Result<Status, Finding> {
        match compare(path, text).map_err(|error| failed(&error))? {
            There::Same => return Ok(Status::Unchanged),
            There::Other if !self.request.force => {
                let finding = Finding::new(
                    Code::Exists,
                    "the file exists and differs, so nothing was written",
                );
                return Err(
                    finding.help("compare the two, then import with `--force` to overwrite it")
                );
            }
            There::Nothing | There::Other => {}
        }
        if self.request.dry_run {
            return Ok(Status::WouldWrite);
        }
        edit::replace(path, text.as_bytes()).map_err(|error| failed(&error))?;
        Ok(Status::Written)
    }
}

fn failed(error: &std::io::Error) -> Finding {
    Finding::new(Code::Output, format!("cannot write the file: {}", reason(error))).help(advice(
        error,
        "check the permissions of file and folder, or name another folder with `--to`",
    ))
}

fn compare(path: &Path, text: &str) -> std::io::Result<There> {
    match disk::read(path, text.len() as u64) {
        Ok(bytes) if bytes == text.as_bytes() => Ok(There::Same),
        Ok(_) => Ok(There::Other),
        Err(error) if error.kind() == ErrorKind::FileTooLarge => Ok(There::Other),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(There::Nothing),
        Err(error) => Err(error),
    }
}

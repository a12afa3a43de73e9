//! Puts documents into the target folder: whole or not at all, and never over a file that differs unless asked.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::plan::Document;
use super::{Request, Status, Target};
use crate::diagnostic::{Code, Finding, reason};
use crate::edit;

/// Writes the documents of one import.
pub(super) struct Writer<'a> {
    request: &'a Request,
    /// Files that this import has taken; no other document may have them.
    taken: BTreeSet<PathBuf>,
}

/// How a file on disk compares with a text.
enum There {
    Nothing,
    Same,
    Other,
}

impl<'a> Writer<'a> {
    pub(super) fn new(request: &'a Request) -> Self {
        Self { request, taken: BTreeSet::new() }
    }

    /// Writes a document to the first of its names that is free.
    pub(super) fn place(&mut self, document: &Document) -> (Target, Option<Finding>) {
        let path = self.choose(document);
        let (status, finding) = match self.put(&path, &document.text) {
            Ok(status) => (status, None),
            Err(finding) => (Status::Refused, Some(finding.in_path(path.to_string_lossy()))),
        };
        self.taken.insert(path.clone());
        (Target { path, entries: document.entries, status }, finding)
    }

    /// The first name that holds this text or is free; else the last that exists, to be refused or overwritten.
    fn choose(&self, document: &Document) -> PathBuf {
        let mut occupied = None;
        for name in &document.names {
            let path = self.path(name);
            if self.taken.contains(&path) {
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

    /// `NAME-2`, `NAME-3`, …: for several documents of one date and format. As many numbers as files taken, and
    /// one more, always hold a free one.
    fn numbered(&self, document: &Document) -> PathBuf {
        let name = document.names.last().map_or("", String::as_str);
        let mut paths = (2..self.taken.len() + 3).map(|number| self.path(&format!("{name}-{number}")));
        paths.find(|path| !self.taken.contains(path)).unwrap_or_default()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.request.to.join(format!("{name}.md"))
    }

    fn put(&self, path: &Path, text: &str) -> Result<Status, Finding> {
        let failed = |error: std::io::Error| {
            Finding::new(Code::Output, format!("cannot write the file: {}", reason(&error)))
                .help("check the folder's permissions, or name another with `--to`")
        };
        match compare(path, text).map_err(failed)? {
            There::Same => return Ok(Status::Unchanged),
            There::Other if !self.request.force => {
                let finding = Finding::new(Code::Exists, "the file exists and differs, so nothing was written");
                return Err(finding.help("compare the two, then import with `--force` to overwrite it"));
            }
            There::Nothing | There::Other => {}
        }
        if self.request.dry_run {
            return Ok(Status::WouldWrite);
        }
        edit::replace(path, text.as_bytes()).map_err(failed)?;
        Ok(Status::Written)
    }
}

fn compare(path: &Path, text: &str) -> std::io::Result<There> {
    #[expect(clippy::disallowed_methods, reason = "import compares what it would write with what is there")]
    match fs::read(path) {
        Ok(bytes) if bytes == text.as_bytes() => Ok(There::Same),
        Ok(_) => Ok(There::Other),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(There::Nothing),
        Err(error) => Err(error),
    }
}

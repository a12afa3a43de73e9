//! Findings: what is wrong or odd in the user's files, with its place and what to do about it.
//!
//! A finding is a value. Making one needs no file name and no terminal: a reader knows only the text it
//! was given and says where in it (a byte range); whoever read the file says afterwards which file that
//! was ([`Finding::in_source`]). Printing lives in [`mod@print`]. This module must not know what a digest,
//! a site or a theme is.

mod code;
pub mod print;

use std::ops::Range;
use std::sync::Arc;

pub use code::Code;

/// How bad a finding is. Errors stop a build before anything is written; warnings never do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site cannot be made as written.
    Error,
    /// The site can be made, but something is probably not as meant.
    Warning,
    /// Something the program decided by itself and says.
    Note,
}

/// The text of one file as it was read, with the name to show for it.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceText {
    /// Path as shown to the user, with `/`, relative to the site's root where it is inside.
    pub path: String,
    /// The whole text; spans of findings are byte ranges of it.
    pub text: String,
}

/// One thing to tell the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing; decides the severity.
    pub code: Code,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Byte range in the file's text.
    pub span: Option<Range<usize>>,
    /// The file, once known.
    pub source: Option<Arc<SourceText>>,
    /// The file's name where there is no text to show (binary, missing, a folder).
    pub path: Option<String>,
    /// Of a name of facts that nothing knows: how TOML writes it as a key, and the field that its values look like.
    pub mapping: Option<Box<(String, &'static str)>>,
}

impl Finding {
    /// A finding without a place.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: None,
            span: None,
            source: None,
            path: None,
            mapping: None,
        }
    }

    /// The same at a byte range of the text being read.
    #[must_use]
    pub fn at(mut self, span: Range<usize>) -> Self {
        self.span = Some(span);
        self
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same about a file of which only the name is known.
    #[must_use]
    pub fn in_path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// The same in the file it was found in.
    #[must_use]
    pub fn in_source(mut self, source: &Arc<SourceText>) -> Self {
        self.source.get_or_insert_with(|| Arc::clone(source));
        self
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// The file to show, if any is known.
    pub fn file(&self) -> Option<&str> {
        self.source.as_ref().map(|source| source.path.as_str()).or(self.path.as_deref())
    }
}

/// What the system says of a file, as part of a sentence: without its number, and without a capital.
pub fn reason(error: &std::io::Error) -> String {
    error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase()
}

/// What to do where the system refuses to write; `otherwise` where it says nothing that anybody knows an answer to.
pub fn advice(error: &std::io::Error, otherwise: &str) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull => "free some space on its disk".to_owned(),
        ErrorKind::QuotaExceeded => "free some space: your share of its disk is used up".to_owned(),
        ErrorKind::ReadOnlyFilesystem => {
            "its disk is mounted so that nothing can be written; write elsewhere".to_owned()
        }
        _ => otherwise.to_owned(),
    }
}

/// One finding where several may be said.
impl From<Finding> for Vec<Finding> {
    fn from(finding: Finding) -> Self {
        vec![finding]
    }
}

/// Line and column (both from 1, columns in characters) of a byte offset; past the end means the end.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    Places::default().of(text, offset)
}

/// Lines and columns of places one after the other: a text whose places are asked for in their order is walked once.
#[derive(Debug, Default)]
struct Places<'t> {
    text: &'t str,
    /// How far the text was walked, and the line and column there, both from 0.
    at: usize,
    place: (usize, usize),
}

impl<'t> Places<'t> {
    fn of(&mut self, text: &'t str, offset: usize) -> (usize, usize) {
        let end = boundary(text, offset.min(text.len()));
        if !std::ptr::eq(self.text, text) || end < self.at {
            *self = Self { text, ..Self::default() };
        }
        let walked = &text[self.at..end];
        let (lines, line) =
            (walked.matches('\n').count(), walked.rsplit('\n').next().unwrap_or_default());
        let column = line.chars().count() + if lines == 0 { self.place.1 } else { 0 };
        (self.at, self.place) = (end, (self.place.0 + lines, column));
        (self.place.0 + 1, column + 1)
    }

    /// Where a finding stands.
    fn of_finding(&mut self, finding: &'t Finding) -> Option<(usize, usize)> {
        Some(self.of(&finding.source.as_ref()?.text, finding.span.as_ref()?.start))
    }
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

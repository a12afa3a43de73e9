//! What a format is: one constant in the module that reads it, and one line in the list.

use std::fmt;

use super::{Hints, Reading, front_matter};
use super::{
    arxiv_atom, arxiv_mail, bibtex, csl_json, csv, daily_papers, daily_papers_json, digest_page,
    endnote, html_page, list, markdown, records, reshape,
};
use super::{notes, papers_of_the_week, ris};

/// A format that a source can have.
pub struct Format {
    /// The name used in config.toml and on the command line.
    pub name: &'static str,
    /// What to give the program, in Markdown: a cell of the documentation's table.
    pub about: &'static str,
    /// What names of its files usually end in.
    pub extensions: &'static [&'static str],
    /// Who makes its texts.
    pub(crate) maker: Maker,
    /// Whether a text that no format above in the list claims is of this one.
    pub(super) detect: fn(&Sample<'_>) -> bool,
    /// Reads a text without comments.
    pub(super) read: fn(&str, &Hints<'_>) -> Reading,
}

/// Who makes the texts of a format; that says which comments and tags can be in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Maker {
    /// A person, with front matter, `%%…%%` and tags anywhere.
    Writer,
    /// A person who keeps a list: as above, but every entry has tags of its own.
    List,
    /// A person who copied a page, or a list that a page shows.
    Page,
    /// A program: texts stand in fields.
    Program,
}

/// Every format, from the one that says least about itself to the plainest: the order of the documentation. Which one a
/// text has is asked from the end.
pub const FORMATS: &[&Format] = &[
    markdown::FORMAT,
    list::FORMAT,
    notes::FORMAT,
    digest_page::FORMAT,
    daily_papers::FORMAT,
    papers_of_the_week::FORMAT,
    records::FORMAT,
    html_page::FORMAT,
    daily_papers_json::FORMAT,
    arxiv_atom::FORMAT,
    arxiv_mail::FORMAT,
    bibtex::FORMAT,
    csv::FORMAT,
    ris::FORMAT,
    endnote::FORMAT,
    csl_json::FORMAT,
];

impl Format {
    /// The format with this name.
    pub fn parse(name: &str) -> Option<&'static Self> {
        FORMATS.iter().copied().find(|format| format.name == name)
    }

    /// What stands first in the documentation goes first.
    pub(crate) fn rank(&self) -> usize {
        FORMATS.iter().position(|format| *format == self).unwrap_or(FORMATS.len())
    }

    /// Whether the names of its files end so, in capitals or not.
    pub(crate) fn has_extension(&self, extension: &str) -> bool {
        self.extensions.iter().any(|own| own.eq_ignore_ascii_case(extension))
    }
}

/// A text whose format is to be told.
pub(super) struct Sample<'t> {
    pub(super) text: &'t str,
    /// The file's name without folders and extension.
    pub(super) stem: &'t str,
    pub(super) extension: &'t str,
    /// The folders that it is in.
    pub(super) folder: &'t str,
}

/// As much of a text as is looked at for a sign that stands near its start.
const HEAD: usize = 4096;

impl<'t> Sample<'t> {
    pub(super) fn head(&self) -> &'t str {
        &self.text[..self.text.floor_char_boundary(HEAD)]
    }

    /// What the first line says that is not blank.
    pub(super) fn first_line(&self) -> &'t str {
        self.text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default()
    }

    pub(super) fn has_front_matter(&self) -> bool {
        let rule = matches!(self.first_line(), "+++" | "---");
        rule || self.extension != "json" && front_matter::json(self.text).is_some()
    }
}

/// Tells the format of a text from what is in it; the file's name only settles what the text leaves open. `None` where
/// nothing speaks for any.
pub fn detect(text: &str, name: &str) -> Option<&'static Format> {
    let (folder, name) = name.rsplit_once(['/', '\\']).unwrap_or(("", name));
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_markdown = markdown::FORMAT.has_extension(extension);
    let made = reshape::of(text, false).filter(|_| is_markdown);
    let text = made.as_ref().map_or(text, |made| made.text.as_str());
    let sample = Sample { text, stem, extension, folder };
    // Data is no Markdown, though each begins its lists alike.
    let is_data = records::FORMAT.has_extension(extension);
    let fits = |format: &Format| !is_data || format.maker == Maker::Program;
    FORMATS.iter().rev().copied().find(|format| fits(format) && (format.detect)(&sample))
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

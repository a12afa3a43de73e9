//! Readers: text of one format in, digests and findings out. Pure, and never a panic.

mod digest_page;
mod front_matter;
mod markdown;
mod metadata;
pub(crate) mod native_form;
mod notes;
mod passages;
mod settle;
mod text;
mod tongue;

use std::ops::Range;

use jiff::civil::Date;

use crate::diagnostic::Finding;
use crate::digest::{Digest, Lang, Page};

pub(crate) use native_form::NativeForm;

/// A format that a source can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The native format.
    Markdown,
    /// An Obsidian-style note about one paper.
    Notes,
    /// The text of a published digest.
    DigestPage,
    /// The text of a Hugging Face Daily Papers page.
    DailyPapers,
    /// A README of weekly tables.
    PapersOfTheWeek,
    /// The Daily Papers API's answer.
    DailyPapersJson,
    /// The arXiv API's answer.
    ArxivAtom,
    /// A BibTeX file.
    Bibtex,
}

/// What a reader may know besides the text.
#[derive(Debug, Clone)]
pub struct Hints<'a> {
    /// File name without extension: may hold a date and a title.
    pub stem: &'a str,
    /// The date to take where the text tells none (`--date`).
    pub date: Option<Date>,
    /// The year to take where the text tells none (`--year`).
    pub year: Option<i16>,
    /// The configured languages; the first is the default.
    pub languages: &'a [Lang],
    /// The source's own language, if config.toml says one.
    pub lang: Option<&'a Lang>,
}

/// What a text turned out to be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// Usually one; a weekly list or a bibliography gives many, newest first as written.
    pub digests: Vec<Digest>,
    /// A plain page: `markdown` without a date.
    pub page: Option<Page>,
    /// Spans are byte ranges of the text read.
    pub findings: Vec<Finding>,
}

/// Reads a text of a known format.
///
/// Every reader's digests but the native ones are settled here, so that the writer can write them and the
/// `markdown` reader reads the same back: no reader needs to know that format's structure.
pub fn read(format: Format, text: &str, hints: &Hints<'_>) -> Reading {
    let text = &*text::clean(text);
    let mut reading = match format {
        Format::Markdown => return markdown::read(text, hints),
        Format::Notes => notes::read(text, hints),
        Format::DigestPage => digest_page::read(text, hints),
        Format::DailyPapers
        | Format::PapersOfTheWeek
        | Format::DailyPapersJson
        | Format::ArxivAtom
        | Format::Bibtex => Reading::default(),
    };
    for digest in &mut reading.digests {
        settle::digest(digest, hints);
    }
    reading
}

/// Tells the format of a text, from its name and what is in it.
pub fn detect(text: &str, name: &str) -> Option<Format> {
    let _ = (text, name);
    None
}

/// A byte range of a text, named for readers' signatures.
pub type Span = Range<usize>;

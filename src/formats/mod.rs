//! Readers: text of one format in, digests and findings out. Pure, and never a panic.

mod alternation;
mod arxiv;
mod arxiv_atom;
mod arxiv_mail;
mod bibtex;
mod by_hand;
mod colons;
mod conflict;
mod csl_json;
mod csv;
pub(crate) mod csv_rows;
mod daily_papers;
mod daily_papers_json;
mod date_from;
mod dates;
mod definitions;
mod digest_page;
mod endnote;
mod escape_markdown;
pub mod fields;
mod fit;
mod format;
mod front_matter;
mod group;
mod heading;
mod hidden;
mod html_page;
mod jats;
mod label_list;
mod language_split;
mod list;
mod local;
mod markdown;
mod metadata;
mod months;
pub(crate) mod native_syntax;
mod normalize;
mod notes;
mod papers_of_the_week;
mod passages;
pub mod permalinks;
mod places;
mod private;
mod records;
mod reshape;
mod ris;
mod shortcodes;
mod tex;
mod text;
mod unknown;
pub mod writer;
mod written_tags;

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;

use crate::diagnostic::{Code, Finding};
use crate::model::{Digest, Entry, Lang, Page, Prose};
pub use crate::prose::component_name;

pub use arxiv_atom::FORMAT as ARXIV_ATOM;
pub use bibtex::{FORMAT as BIBTEX, bibtex};
pub use colons::is_box;
pub use conflict::conflict;
pub use csl_json::{FORMAT as CSL_JSON, csl};
pub(crate) use date_from::year_of;
pub use dates::order::{DayOrder, day_first, of_source as day_first_of};
pub(crate) use format::Maker;
use format::Sample;
pub use format::{FORMATS, Format, detect};
pub use front_matter::{Holds, all_keys as front_matter_keys, with_key};
pub(crate) use front_matter::{body as front_matter_end, inside as front_matter_text};
pub(crate) use group::join as join_entries;
pub use heading::section_names;
pub use list::FORMAT as LIST;
pub use markdown::FORMAT as MARKDOWN;
pub(crate) use markdown::SEPARATOR;
pub use notes::FORMAT as NOTES;
pub use ris::{FORMAT as RIS, ris};
pub(crate) use text::Fence;
pub use unknown::counted as unknown_names;
pub use written_tags::written_tags;

/// What a reader may know besides the text.
#[derive(Debug, Clone, Default)]
pub struct Hints<'a> {
    /// File name without extension: may hold a date and a title.
    pub stem: &'a str,
    /// The folders that the file is in, below what was named; parted by `/`, empty for none.
    pub folder: &'a str,
    /// The date to take where the text tells none (`--date`).
    pub date: Option<Date>,
    /// The year to take where the text tells none (`--year`).
    pub year: Option<i16>,
    /// The configured languages; the first is the default.
    pub languages: &'a [Lang],
    /// The source's own language, if config.toml says one.
    pub lang: Option<&'a Lang>,
    /// Names of fields that the source or config.toml adds to the dictionary.
    pub names: &'a fields::Names,
    /// Where dates come from, the first that says one; nothing for the usual order.
    pub date_from: &'a [String],
    /// Patterns of the addresses that texts had elsewhere.
    pub permalinks: &'a [String],
    /// Whether the day stands first in dates such as `3/12/2025`, as other texts of the source say.
    pub day_first: Option<bool>,
    /// Whether the text was not written for the program: then a heading is no paper without something that says so.
    pub foreign: bool,
    /// Whether the sections of a list are tags of its papers.
    pub sections: bool,
}

impl Hints<'_> {
    /// The day that the folders of the file say, the innermost first, if need be with the name of the file: `2025/03/12.md`.
    fn day_of_folder(&self) -> Option<Date> {
        dates::of_path(self.folder, self.stem)?.date()
    }
}

/// Where the metadata of an entry stands, by its heading: from the line below that on; empty where it has none.
pub fn head_of_entry(text: &str, heading: Range<usize>, hints: &Hints<'_>) -> Range<usize> {
    let next = text[heading.end..].find('\n').map_or(text.len(), |at| heading.end + at + 1);
    let body = markdown::entry::skip_blank(text, next..text.len());
    let (mut entry, lines) = (Entry::default(), text::lines(text, body.clone()));
    let end = metadata::read(lines, hints.names, &mut entry, &mut Vec::new());
    end.map_or(next..next, |end| body.start..end)
}

/// A value of metadata from a text of any shape.
pub fn one_line(text: &str) -> String {
    escape_markdown::line(text)
}

/// Paragraphs of plain text as Markdown that shows just these words.
pub fn plain_paragraphs(text: &str) -> Prose {
    escape_markdown::unplaced(&tex::plain(text))
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
    /// What its dates tell of the order of day and month.
    pub order: DayOrder,
    /// Comments of the writer's, as byte ranges of the text read: they reach nothing of the above.
    pub hidden: Vec<Range<usize>>,
}

/// Reads a text of a known format.
///
/// Every reader's digests but the native ones are settled here, so that the writer can write them and the
/// `markdown` reader reads the same back: no reader needs to know that format's structure.
pub fn read(format: &Format, text: &str, hints: &Hints<'_>) -> Reading {
    let clean = text::clean(text);
    let shown = hidden::of(format, &clean);
    let mut reading = dates::order::settled(&shown.text, hints, || {
        let mut reading = read_reshaped(format, &shown.text, hints);
        date_from::apply(&mut reading, hints);
        reading
    });
    shown.restore(&mut reading);
    permalinks::apply(&mut reading, &clean, hints);
    fit::reading(&mut reading, text, matches!(clean, Cow::Borrowed(_)));
    if format == MARKDOWN {
        hidden::settle_digests(&clean, &mut reading.digests);
        if hints.foreign {
            // What is no paper here must be none where it is written to.
            reading.digests.iter_mut().for_each(|digest| normalize::passages(&mut digest.intro));
        }
    } else {
        if format.maker == Maker::Program {
            hidden::in_lines(&mut reading.digests);
        }
        reading.digests.iter_mut().for_each(|digest| normalize::digest(digest, hints));
    }
    if matches!(format.maker, Maker::Writer | Maker::List) {
        private::look(&mut reading, &clean, hints);
    }
    // What a program wrote is Markdown from here on, and read as such again.
    let said = shortcodes::replace(texts(&mut reading.digests, &mut reading.page));
    reading.findings.extend(said);
    texts(&mut reading.digests, &mut reading.page).for_each(local::cut);
    let entries = reading.digests.iter_mut().flat_map(|digest| &mut digest.entries);
    entries.flat_map(|entry| &mut entry.fields).for_each(|(_, value)| local::cut_line(value));
    let aside = left_out(&mut reading.digests);
    reading.findings.extend(aside);
    reading.digests.iter_mut().for_each(definitions::share);
    reading.page.iter_mut().for_each(definitions::share_in_page);
    reading
}

/// Reads a text without comments, in the shapes that readers know.
fn read_reshaped(format: &Format, text: &str, hints: &Hints<'_>) -> Reading {
    let is_written = matches!(format.maker, Maker::Writer | Maker::List);
    let Some(made) = reshape::of(text, format.maker == Maker::List).filter(|_| is_written) else {
        return (format.read)(text, hints);
    };
    let mut reading = (format.read)(&made.text, hints);
    places::put_back(&mut reading, &|span| made.source_span(span.clone()).unwrap_or_default());
    reading
}

/// Says once what was left out of lists of authors.
fn left_out(digests: &mut [Digest]) -> Option<Finding> {
    let (mut count, mut first) = (0, None);
    for entry in digests.iter_mut().flat_map(|digest| &mut digest.entries) {
        let aside = std::mem::take(&mut entry.aside);
        count += aside.len();
        first = first.or_else(|| Some((aside.into_iter().next()?, entry.span.clone())));
    }
    let (word, span) = first?;
    let message = format!("{count} × degree or address of authors, such as `{word}`, was left out");
    Some(
        Finding::new(Code::LeftOut, message)
            .at(span)
            .help("lists of authors hold names; nothing need be done"),
    )
}

/// All texts that were read.
fn texts<'r>(
    digests: &'r mut [Digest],
    page: &'r mut Option<Page>,
) -> impl Iterator<Item = &'r mut Prose> {
    let page =
        page.iter_mut().flat_map(|page| page.body.iter_mut().map(|passage| &mut passage.text));
    digests
        .iter_mut()
        .flat_map(move |digest| {
            let intro = digest.intro.iter_mut().map(|passage| &mut passage.text);
            intro.chain(digest.entries.iter_mut().flat_map(|entry| {
                entry
                    .abstract_text
                    .iter_mut()
                    .chain(entry.body.iter_mut().map(|passage| &mut passage.text))
            }))
        })
        .chain(page)
}

/// Whether a file's name begins with a date.
pub fn is_dated(stem: &str) -> bool {
    front_matter::date_of_name(stem).is_ok_and(|date| date.is_some())
}

/// Whether a file of this name is the index of its folder.
pub fn is_index(stem: &str) -> bool {
    matches!(stem, "index" | "_index" | "README" | "readme" | "Readme")
}

/// The name of a file, or that of its folder where it is the index of one.
pub fn own_name<'t>(stem: &'t str, folder: &'t str) -> &'t str {
    let folder = folder.rsplit('/').next().filter(|folder| is_index(stem) && !folder.is_empty());
    folder.unwrap_or(stem)
}

/// Whether a text begins with a title, and front matter dates it not: a heading of one of the first two levels, or a key.
pub fn is_titled(text: &str) -> bool {
    let front = front_matter::read(text, &[]);
    let mut below = text[front.body..].lines().filter(|line| !line.trim().is_empty()).peekable();
    if below.peek().is_none() {
        return false;
    }
    let first = below.next().and_then(text::heading);
    let is_headed = first.is_some_and(|(level, _)| level < 3);
    let is_titled = !front.meta.title.is_empty() || is_headed;
    // A title alone is that of a folder.
    let says_more = !is_headed && first.is_none() || below.next().is_some();
    is_titled && says_more && !matches!(front.day, front_matter::Day::On(_))
}

/// Whether a format is one in which reference managers write libraries.
pub fn is_library(format: &Format) -> bool {
    [BIBTEX, CSL_JSON, RIS, endnote::FORMAT, csv::FORMAT].contains(&format)
}

/// How much a file looks like one that a reference manager called after its paper, by people, year and title.
pub fn filed(stem: &str) -> Option<usize> {
    notes::filed(stem).map(|filed| filed.signs)
}

/// So many signs in the names of a folder make all that are of this form names of papers: two that leave others unsaid, or one
/// and two others with several people.
pub const FILED: usize = 12;

/// A file's name without the date at its start.
pub fn undated(stem: &str) -> &str {
    match front_matter::date_of_name(stem) {
        Ok(Some((_, rest))) => rest,
        _ => stem,
    }
}

/// Whether a file's name says that a person wrote the text: what a program wrote is no page.
pub fn is_prose(name: &str) -> bool {
    let extension =
        name.rsplit(['/', '\\']).next().and_then(|name| name.rsplit_once('.')).map(|(_, end)| end);
    !extension.is_some_and(|extension| {
        FORMATS
            .iter()
            .copied()
            .filter(|format| format.maker == Maker::Program)
            .any(|format| format.has_extension(extension))
    })
}

/// A byte range of a text, named for readers' signatures.
pub type Span = Range<usize>;

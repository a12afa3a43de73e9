//! The native format: front matter, an introduction, and an entry under every level-2 heading.
//!
//! Only an ATX heading of level 2 at a line's start (three spaces at most) and outside fenced code opens an
//! entry; setext headings and deeper ones belong to the text. A level-1 heading before everything is the
//! document's title where front matter gives none. An empty comment, [`SEPARATOR`], parts what would run
//! together: at the start of the commentary it ends the metadata and says that there is no abstract, at its end
//! that there are no tags.

mod entry;

use std::ops::Range;

use jiff::civil::Date;

use crate::diagnostic::{Code, Finding};
use crate::digest::{Digest, Meta, Page, PaperId, Passage, Translated};

use super::format::Sample;
use super::front_matter::{self, Day, Other};
use super::heading::title_of;
use super::metadata::starts_with_metadata;
use super::passages::{Passages, trim};
use super::text::{Fence, Line, heading, lines};
use super::{Format, Hints, Maker, Reading, notes, tongue};

use entry::skip_blank;
pub(crate) use entry::{is_abstract_start, quote};

/// A paragraph that says nothing but parts what stands before and after it.
pub(crate) const SEPARATOR: &str = "<!-- -->";

/// The format.
pub const FORMAT: &Format = &Format {
    name: "markdown",
    about: "digests as Offprint writes them; they are brought into canonical form",
    extensions: &["md", "markdown", "mdown", "qmd"],
    maker: Maker::Writer,
    detect: is_native,
    read,
};

/// What people write who know the format, and Markdown of which nothing else is known.
fn is_native(sample: &Sample<'_>) -> bool {
    notes::is_note_name(sample.stem) || sample.has_front_matter() || FORMAT.has_extension(sample.extension)
}

/// Reads a document.
pub(super) fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let front = front_matter::read(text, hints.names);
    let mut findings = front.findings;
    findings.extend(front.others.iter().map(Other::unknown));
    let date = date(front.day, hints, &mut findings);
    let mut meta = front.meta;
    let body = front.body;
    let Some(date) = date else {
        let (mut passages, odd) = Passages::of(text, lines(text, body..text.len()), text.len(), hints.languages);
        findings.extend(odd);
        take_title(&mut passages, &mut meta, &mut findings);
        return Reading { page: Some(Page { meta, body: passages }), findings, ..Reading::default() };
    };
    let start = body;
    let mut sections = Sections::of(text, body, &mut findings);
    if sections.are_of_post(text, &meta, front.is_foreign, hints) {
        sections = Sections { intro_end: text.len(), all: Vec::new() };
    }
    if sections.all.is_empty() {
        findings.extend(without_heading(text, start));
    }
    let mut digest = Digest { date, meta, ..Digest::default() };
    digest.intro = intro(text, body..sections.intro_end, &mut digest.meta, hints, &mut findings);
    for section in &sections.all {
        digest.entries.push(entry::read(text, section, &digest.meta, hints, &mut findings));
    }
    Reading { digests: vec![digest], findings, ..Reading::default() }
}

/// A paper named on a line of its own in a digest without entries: what is meant as one is read as an introduction.
fn without_heading(text: &str, start: usize) -> Option<Finding> {
    let line = lines(text, start..text.len()).find(|line| PaperId::parse(line.text.trim()).is_some())?;
    let finding = Finding::new(Code::MissingHeading, "a paper is named here, but the digest has no entry");
    Some(finding.at(line.start..line.end()).help("put the paper's title above it, on a line that begins with `## `"))
}

/// The day of a digest, `Some(None)` for one without; `None` where this is a page.
#[allow(clippy::option_option, reason = "three answers: no digest, a digest without a date, one with")]
fn date(day: Day, hints: &Hints<'_>, findings: &mut Vec<Finding>) -> Option<Option<Date>> {
    match day {
        Day::On(date) => Some(Some(date)),
        Day::None => Some(None),
        Day::Unsaid => match front_matter::date_of_name(hints.stem) {
            Ok(Some((date, _))) => Some(Some(date)),
            Ok(None) => hints.date.map(Some),
            Err(written) => {
                let message = format!("the file name's date `{written}` is not a date of the calendar");
                findings
                    .push(Finding::new(Code::BadDate, message).help("rename the file, or give `date` in front matter"));
                hints.date.map(Some)
            }
        },
    }
}

/// Takes a level-1 heading at the start as the title, where there is none yet.
fn take_title(passages: &mut Vec<Passage>, meta: &mut Meta, findings: &mut Vec<Finding>) {
    let Some(first) = passages.first_mut().filter(|first| first.lang.is_none() && meta.title.is_empty()) else {
        return;
    };
    let text = &first.text.text;
    let end = text.find('\n').unwrap_or(text.len());
    let Some((1, title)) = heading(&text[..end]) else { return };
    let title = title_of(title);
    if title.words.is_empty() {
        return;
    }
    if title.has_link {
        let finding =
            Finding::new(Code::Unplaced, "a link in the title of a document leads nowhere: its words are the title");
        let place = first.text.source_span(0..end).unwrap_or_default();
        findings.push(finding.at(place).help("put the link into the text below the title"));
    }
    meta.title = Translated::plain(title.words);
    first.text = first.text.slice(end..text.len());
    trim(&mut first.text);
    if first.text.text.is_empty() {
        passages.remove(0);
    }
}

fn intro(
    text: &str,
    range: Range<usize>,
    meta: &mut Meta,
    hints: &Hints<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<Passage> {
    let (mut passages, odd) = Passages::of(text, lines(text, range.clone()), range.end, hints.languages);
    findings.extend(odd);
    take_title(&mut passages, meta, findings);
    tongue::split(&mut passages, meta.lang.as_ref(), hints);
    passages
}

/// A level-2 heading and what is under it.
struct Section<'t> {
    heading: Line<'t>,
    title: &'t str,
    body: Range<usize>,
    /// Whether code opens in it and never closes.
    open_code: bool,
}

struct Sections<'t> {
    intro_end: usize,
    all: Vec<Section<'t>>,
}

impl<'t> Sections<'t> {
    fn of(text: &'t str, body: usize, findings: &mut Vec<Finding>) -> Self {
        let mut sections = Self { intro_end: text.len(), all: Vec::new() };
        let mut fence = Fence::default();
        for line in lines(text, body..text.len()) {
            if !fence.take(line.text)
                && let Some((level, title)) = heading(line.text)
            {
                sections.heading(level, title, line, findings);
            }
        }
        if let Some(last) = sections.all.last_mut() {
            last.body.end = text.len();
            last.open_code = fence.is_open();
        }
        sections
    }

    /// Whether the headings are those of a text that is no digest: none of them opens an entry, and it has a title, or keys of
    /// another program.
    fn are_of_post(&self, text: &str, meta: &Meta, is_foreign: bool, hints: &Hints<'_>) -> bool {
        let first = |range: Range<usize>| lines(text, range).find(|line| !line.is_blank()).map_or("", |line| line.text);
        let opens = |section: &Section<'_>| {
            let body = skip_blank(text, section.body.clone());
            body.is_empty()
                || starts_with_metadata(&text[body.clone()])
                || notes::opens_entry(section.title, first(body))
        };
        let named = front_matter::date_of_name(hints.stem).ok().flatten().is_none_or(|(_, rest)| !rest.is_empty());
        let titled = !meta.title.is_empty()
            || self.intro_end > 0 && heading(first(front_matter::body(text)..self.intro_end)).is_some();
        (is_foreign || named && titled) && !self.all.iter().any(opens)
    }

    fn heading(&mut self, level: usize, title: &'t str, line: Line<'t>, findings: &mut Vec<Finding>) {
        if level == 2 {
            match self.all.last_mut() {
                Some(last) => last.body.end = line.start,
                None => self.intro_end = line.start,
            }
            self.all.push(Section { heading: line, title, body: line.next..line.next, open_code: false });
        } else if level == 1 && !self.all.is_empty() {
            let finding =
                Finding::new(Code::Unplaced, "a level-1 heading among entries belongs to the commentary before it");
            findings
                .push(finding.at(line.start..line.end()).help("`##` opens an entry, `###` is a heading inside one"));
        }
    }
}

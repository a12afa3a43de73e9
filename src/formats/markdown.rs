//! The native format: front matter, an introduction, and an entry under every level-2 heading.
//!
//! Only an ATX heading of level 2 at a line's start (three spaces at most) and outside fenced code opens an
//! entry; setext headings and deeper ones belong to the text. A level-1 heading before everything is the
//! document's title where front matter gives none. An empty comment, [`SEPARATOR`], parts what would run
//! together: at the start of the commentary it ends the metadata and says that there is no abstract, at its end
//! that there are no tags.

mod days;
pub(super) mod entry;
mod level;

use std::ops::Range;

use jiff::civil::Date;

use crate::diagnostic::{Code, Finding};
use crate::model::{Digest, Entry, Meta, Page, PaperId, Passage, Translated};

use super::format::Sample;
use super::front_matter::{self, Day, Other};
use super::heading::title_of;
use super::passages::{Passages, trim};
use super::text::{Fence, Line, heading, lines};
use super::{Format, Hints, Maker, Reading, dates, group, language_split, list, notes};

pub(crate) use entry::{is_abstract_start, quote};
pub(super) use level::{is_of_references, is_section, names_head};

/// A paragraph that says nothing but parts what stands before and after it.
pub(crate) const SEPARATOR: &str = "<!-- -->";

/// The format.
pub const FORMAT: &Format = &Format {
    name: "markdown",
    about: "digests as Offprint writes them; they are brought into canonical form",
    extensions: &["md", "markdown", "mdown", "qmd", "mdx"],
    maker: Maker::Writer,
    detect: is_native,
    read,
};

/// What people write who know the format, and Markdown of which nothing else is known.
fn is_native(sample: &Sample<'_>) -> bool {
    notes::is_note_name(sample.stem)
        || sample.has_front_matter()
        || FORMAT.has_extension(sample.extension)
}

/// Reads a document.
pub(super) fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let front = front_matter::read(text, hints.names);
    let foreign = hints.foreign || front.is_foreign || front_matter::is_bare(text);
    let hints = &Hints { foreign, ..hints.clone() };
    let published = front.published(hints.names);
    let mut findings = front.findings;
    let unused = front.others.iter().filter(|other| !other.is_of_document);
    let unused = unused.filter(|other| published.is_none() || !other.dates_paper(hints.names));
    findings.extend(unused.map(Other::unknown));
    let date = date(front.day, (hints, published), &mut findings);
    let meta = front.meta;
    let body = front.body;
    let Some(date) = date else {
        // Whoever keeps papers elsewhere may keep them below headings without any day.
        let when = dates::find(hints.stem).or_else(|| dates::above(&text[body..]));
        let day = when.and_then(dates::When::date);
        let read = hints.foreign.then(|| of_headings(text, body, &meta, day, hints));
        if let Some(read) = read.filter(|read| is_list(text, &read.digest)) {
            findings.extend(read.findings);
            let vague = when.filter(|when| !when.is_near());
            findings.extend(vague.map(|_| group::imprecise(1, 0..0)));
            let around =
                dates::of_file(hints.folder, hints.stem).or_else(|| year_above(text, body));
            let digests = days::part(read.digest, around.unwrap_or_default());
            findings.extend(group::undated(&digests));
            return Reading { digests, findings, ..Reading::default() };
        }
        if !findings.iter().any(|finding| finding.code == Code::BadDate) {
            findings.extend(without_date(text, body));
        }
        return page(text, body, Page { meta, ..Page::default() }, findings, hints);
    };
    let read = of_headings(text, body, &meta, date, hints);
    if date.is_some()
        && front.post.unwrap_or_else(|| {
            read.papers == 0 && level::is_post(text, body, (&meta, front.is_foreign), hints)
        })
    {
        return page(text, body, Page { date, meta, ..Page::default() }, findings, hints);
    }
    if read.digest.entries.is_empty() {
        findings.extend(without_heading(text, body));
    }
    findings.extend(read.findings);
    Reading { digests: vec![read.digest], findings, ..Reading::default() }
}

/// A text as the headings of that level part it which are those of most papers.
fn of_headings(
    text: &str,
    body: usize,
    meta: &Meta,
    date: Option<Date>,
    hints: &Hints<'_>,
) -> level::Read {
    let whole = Digest { date, meta: meta.clone(), ..Digest::default() };
    let own = level::Parted::of(2, text, body, hints);
    if own.papers > 0 {
        return own.read(text, body, (whole, hints));
    }
    // Others write papers below headings of the first level, or of deeper ones within sections.
    let others = [(1, 2), (3, 1), (4, 1), (5, 1)]
        .map(|(level, least)| (level::Parted::of(level, text, body, hints), least));
    let fits =
        others.into_iter().filter(|(other, least)| other.papers >= *least).map(|(other, _)| other);
    let most = fits.max_by_key(|other| other.papers).unwrap_or(own);
    most.read(text, body, (whole, hints))
}

/// Whether most entries of a text that has no date are papers, by their links, a year before their titles, or the day that they
/// stand below, and more than one is.
fn is_list(text: &str, digest: &Digest) -> bool {
    let has_year =
        |entry: &Entry| text[entry.span.clone()].trim_start_matches(['#', ' ']).starts_with('[');
    let is_dated = |entry: &Entry| days::of_section(entry).is_some();
    let told = digest.entries.iter().filter(|entry| {
        entry.links.iter().any(|link| list::is_paper(&link.url))
            || !entry.authors.is_empty() && !entry.links.is_empty() && is_dated(entry)
            || has_year(entry) && entry.field("year").or(entry.field("venue")).is_some()
    });
    let papers = told.count();
    // One heading with a paper below it and no other is one as well.
    let is_alone = papers == 1 && digest.entries.len() == 1 && digest.intro.is_empty();
    is_alone || papers > 1 && papers * 2 > digest.entries.len()
}

/// The year that the title of a text is.
fn year_above(text: &str, body: usize) -> Option<dates::When> {
    let first = lines(text, body..text.len()).find(|line| !line.is_blank())?;
    heading(first.text).filter(|(level, _)| *level == 1).and_then(|(_, title)| dates::whole(title))
}

/// A document about no paper, to which all text below its front matter belongs.
fn page(
    text: &str,
    body: usize,
    mut page: Page,
    mut findings: Vec<Finding>,
    hints: &Hints<'_>,
) -> Reading {
    page.body = intro(text, body..text.len(), &mut page.meta, hints, &mut findings);
    Reading { page: Some(page), findings, ..Reading::default() }
}

/// A paper named on a line of its own in a digest without entries: what is meant as one is read as an introduction.
fn without_heading(text: &str, start: usize) -> Option<Finding> {
    let line =
        lines(text, start..text.len()).find(|line| PaperId::parse(line.text.trim()).is_some())?;
    let finding =
        Finding::new(Code::MissingHeading, "a paper is named here, but the digest has no entry");
    Some(
        finding
            .at(line.start..line.end())
            .help("put the paper's title above it, on a line that begins with `## `"),
    )
}

/// Headings of papers in a text that is a page for want of a date.
fn without_date(text: &str, body: usize) -> Option<Finding> {
    let mut fence = Fence::default();
    let shown = lines(text, body..text.len()).filter(move |line| !fence.take(line.text));
    let mut all = shown.filter(|line| !line.is_blank()).peekable();
    let named: Vec<Line<'_>> = std::iter::from_fn(|| {
        let line = all.find(|line| heading(line.text).is_some_and(|(level, _)| level == 2))?;
        let below = all.peek().is_some_and(|below| PaperId::parse(below.text.trim()).is_some());
        Some(below.then_some(line))
    })
    .flatten()
    .collect();
    let first = named.first()?;
    let what = if named.len() == 1 {
        "a paper stands".to_owned()
    } else {
        format!("{} papers stand", named.len())
    };
    let finding = Finding::new(
        Code::MissingDate,
        format!("{what} in a text without a date, so it is a plain page"),
    );
    Some(
        finding
            .at(first.start..first.end())
            .help("give the file a date: `date` in front matter, or in its name"),
    )
}

/// The day of a digest, `Some(None)` for one without; `None` where this is a page.
#[allow(
    clippy::option_option,
    reason = "three answers: no digest, a digest without a date, one with"
)]
fn date(
    day: Day,
    (hints, published): (&Hints<'_>, Option<Date>),
    findings: &mut Vec<Finding>,
) -> Option<Option<Date>> {
    match day {
        Day::On(date) => Some(Some(date)),
        Day::None => Some(None),
        Day::Unsaid => match front_matter::date_of_name(hints.stem) {
            Ok(Some((date, _))) => Some(Some(date)),
            Ok(None) => published.or_else(|| hints.day_of_folder()).or(hints.date).map(Some),
            Err(written) => {
                let message =
                    format!("the file name's date `{written}` is not a date of the calendar");
                findings.push(
                    Finding::new(Code::BadDate, message)
                        .help("rename the file, or give `date` in front matter"),
                );
                hints.date.map(Some)
            }
        },
    }
}

/// Takes a level-1 heading at the start as the title, where there is none yet; those that say the title again are dropped.
fn take_title(passages: &mut Vec<Passage>, meta: &mut Meta, findings: &mut Vec<Finding>) {
    while take_heading(passages, meta, findings).is_some() {}
}

fn take_heading(
    passages: &mut Vec<Passage>,
    meta: &mut Meta,
    findings: &mut Vec<Finding>,
) -> Option<()> {
    let first = passages.first_mut().filter(|first| first.lang.is_none())?;
    let text = &first.text.text;
    let end = text.find('\n').unwrap_or(text.len());
    let (_, title) = heading(&text[..end]).filter(|(level, _)| *level == 1)?;
    let title = title_of(title);
    let is_again = meta.title.says(&title.words);
    if title.words.is_empty() || !meta.title.is_empty() && !is_again {
        return None;
    }
    if title.has_link && !is_again {
        let finding = Finding::new(
            Code::Unplaced,
            "a link in the title of a document leads nowhere: its words are the title",
        );
        let place = first.text.source_span(0..end).unwrap_or_default();
        findings.push(finding.at(place).help("put the link into the text below the title"));
    }
    if !is_again {
        meta.title = Translated::plain(title.words);
    }
    first.text = first.text.slice(end..text.len());
    trim(&mut first.text);
    if first.text.text.is_empty() {
        passages.remove(0);
    }
    Some(())
}

fn intro(
    text: &str,
    range: Range<usize>,
    meta: &mut Meta,
    hints: &Hints<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<Passage> {
    let (mut passages, odd) =
        Passages::of(text, lines(text, range.clone()), range.end, hints.languages);
    findings.extend(odd);
    take_title(&mut passages, meta, findings);
    language_split::split(&mut passages, meta.lang.as_ref(), hints);
    passages
}

//! A list of papers as people keep it: bullets or rows of tables, below headings that say days or subjects. A paper with
//! several lines on one date is one entry.
//!
//! [`item`] reads one line, [`paragraph`] a paper that is one, [`below`] the labels under it, [`table`] a table by its [`columns`], of which
//! [`rows`] takes those that are papers, [`html`] makes Markdown of tables and lists in HTML; this file walks through the text,
//! and [`days`] dates what it finds.

mod aside;
mod below;
mod cited;
mod columns;
mod days;
mod heads;
mod html;
mod item;
mod known;
mod paragraph;
mod pieces;
mod rows;
mod settle;
mod shape;
mod shield;
mod table;
mod title;
mod venue;

use std::ops::Range;

use crate::diagnostic::{Code, Finding};
use crate::model::lang::Script;
use crate::model::{Entry, Meta, PaperId, Passage, Prose, Tag};

use self::heads::{Head, month};
pub(super) use self::html::rows as html_rows;
use self::item::Item;
pub(super) use self::known::{BESIDE, is_paper};
use self::shape::{bullet, dedented, extent, is_of_page, is_row};
pub(super) use self::table::is_nothing;
use super::by_hand::{self, credits};
use super::dates::{self, When};
use super::format::Sample;
use super::heading::title_of;
use super::markdown::is_of_references;
use super::text::{Fence, Line, behind_bullet, heading, lines};
use super::{
    Format, Hints, Maker, Reading, Span, front_matter, group, label_list, metadata, places,
};
use crate::prose;

/// About how many words a text is; where blanks part none, a few characters are one.
fn weight(text: &str) -> usize {
    let unparted =
        text.chars().filter(|c| matches!(Script::of(*c), Some(Script::Han | Script::Kana))).count();
    text.split_whitespace().count() + unparted / 3
}

/// The level of a date that stands alone in its paragraph.
const LOWEST: usize = 6;

/// The date that is all of a paragraph.
fn date_alone(all: &[Line<'_>], at: usize) -> Option<When> {
    let is_alone = all.get(at + 1).is_none_or(Line::is_blank)
        && at.checked_sub(1).and_then(|at| all.get(at)).is_none_or(Line::is_blank);
    let starts = all[at].text.starts_with(|c: char| c.is_alphanumeric() || c == '*' || c == '_');
    dates::whole(all[at].text).filter(|when| is_alone && starts && when.year.is_some())
}

/// Words beside the items of a list: so many, and so many more for each item, but few for one with a number in brackets. What
/// says more is a text with references.
const WORDS: (usize, usize, usize) = (80, 30, 6);

/// So many papers are never the references of one note.
const LONG: usize = 20;

/// Fewer words beside papers make no note of them.
const ALONE: usize = 20;

/// So many titles that lead nowhere, with people or venues, are papers.
const FEW: usize = 5;

/// So many that lead anywhere are papers, where most say people or venues.
const SOME: usize = 3;

/// Whether a text is a venue and its year, and nothing else: `LampConf 2018`.
pub(super) fn names_venue(text: &str) -> bool {
    venue::whole(text).is_some()
}

/// The format.
pub const FORMAT: &Format = &Format {
    name: "list",
    about: "a list of papers: bullets or tables, below headings with dates or subjects, with a column of dates, or with none",
    extensions: &["md"],
    maker: Maker::List,
    detect: |sample| is_list(sample),
    read,
};

/// What a line says that is a reference: people, the title in quotes or behind a year, and where it appeared.
pub(super) fn reference(line: &str) -> Option<Entry> {
    let text = behind_bullet(line.trim()).unwrap_or(line).trim();
    let text = shape::reference(text).map_or(text, |number| &text[number..]);
    cited::split(text)?;
    let mut entry = item::read(text).entry;
    for (_, venue) in entry.fields.iter_mut().filter(|(key, _)| key == "venue") {
        // `"How Lamps Learn," in LampConf, 2024`
        *venue = ["in ", "In "]
            .iter()
            .find_map(|word| venue.strip_prefix(word))
            .unwrap_or(venue)
            .to_owned();
    }
    Some(entry)
}

/// Whether a text beside so many papers says no more than one beside a list does.
pub(super) fn is_little(text: &str, papers: usize) -> bool {
    weight(text) <= WORDS.0 + WORDS.1 * papers
}

/// Whether a text is a list so long that it is about no single paper, whatever its head says, or papers with their people or
/// venues and hardly a word beside them.
pub(super) fn is_long(sample: &Sample<'_>) -> bool {
    let linked = || sample.text.lines().filter(|line| line.contains("](http"));
    let rows = linked().filter(|line| line.trim_start().starts_with('|'));
    let titled = |line: &&str| line.split('|').any(|cell| shape::titled(cell.trim()).is_some());
    let many = linked().filter(|line| bullet(line).is_some() || line.starts_with('|')).take(LONG);
    let is_many = many.count() == LONG || rows.filter(titled).take(FEW).count() == FEW;
    is_many && is_list(sample) || is_alone(sample)
}

/// Whether a text without front matter is such papers, or ones with their ids, and none of them has its title.
fn is_alone(sample: &Sample<'_>) -> bool {
    let text = sample.text;
    if front_matter::body(text) > 0 || text.lines().filter(|line| line.contains("](")).count() < 2 {
        return false;
    }
    let hints = Hints { stem: sample.stem, ..Hints::default() };
    let tables = html::as_markdown(text);
    let text = tables.as_ref().map_or(text, |prose| prose.text.as_str());
    let walk = Walk::of(text, &hints);
    let heading = text.lines().find_map(heading).map(|(_, title)| title_of(title).words);
    let is_told = |found: &Found| {
        let entry = &found.entry;
        let says = !entry.authors.is_empty() || entry.field("venue").is_some();
        found.is_paper && (says || !entry.ids().is_empty())
    };
    let told = walk.found.iter().filter(|found| is_told(found)).count();
    let is_own = |found: &Found| {
        let title = &found.entry.title;
        Some(title) == heading.as_ref() || title.eq_ignore_ascii_case(sample.stem)
    };
    told > 1
        && told * 2 > walk.found.len()
        && walk.words < ALONE
        && !walk.loose.iter().any(|span| text[span.clone()].contains("://"))
        && !walk.found.iter().any(is_own)
}

/// Whether a text is mostly items that lead to papers.
pub(super) fn is_list(sample: &Sample<'_>) -> bool {
    let body = front_matter::body(sample.text);
    let likely = |line: &str| {
        let bare = line.trim_start();
        let (is_below, line) = (bare.len() < line.len(), bare);
        is_below
            || line.starts_with(['-', '*', '+', '|', '<', '>', '[', '\\', ':', '_'])
            || line.starts_with("http")
            || line.starts_with(|c: char| c.is_ascii_digit() || !c.is_ascii())
    };
    let named = |line: &str| {
        let mut inside = line.split([')', '）']);
        let has_number = inside.any(|part| part.ends_with(|c: char| c.is_ascii_digit()));
        line.contains("](") || line.contains("://") || has_number
    };
    let tables = html::as_markdown(&sample.text[body..]);
    let body = tables.as_ref().map_or(&sample.text[body..], |prose| prose.text.as_str());
    if !body.lines().any(|line| likely(line) && named(line)) || has_entries(body) {
        return false;
    }
    let hints = Hints { stem: sample.stem, ..Hints::default() };
    let walk = Walk::of(body, &hints);
    let is_dated = |found: &Found| found.own.or(walk.heads[found.head].when).is_some();
    // What links a note beside the list is a paper if it has a date.
    let is_paper =
        |found: &&Found| found.is_paper || is_dated(found) && found.entry.field("note").is_some();
    // What a post refers to makes it no list.
    let is_post = walk.words >= ALONE && front_matter::body(sample.text) > 0;
    let is_cited = |found: &&Found| is_post && is_of_references(&walk.heads[found.head].words);
    let papers = walk.found.iter().filter(is_paper).filter(|found| !is_cited(found)).count();
    // A journal's file is its day.
    let is_day = front_matter::date_of_name(sample.stem)
        .is_ok_and(|day| day.is_some_and(|(_, rest)| rest.is_empty()))
        && body.lines().all(|line| heading(line).is_none() && !line.starts_with('|'));
    let dated = is_day || walk.found.iter().any(|found| is_paper(&found) && is_dated(found));
    let references = walk.found.iter().filter(|found| found.is_reference).count();
    let room = WORDS.0 + WORDS.1 * papers.saturating_sub(references) + WORDS.2 * references;
    papers > usize::from(!dated) && walk.words <= room
}

/// Whether papers have headings, as in a digest: with a link, or with an address or authors below.
fn has_entries(body: &str) -> bool {
    let mut all = body.lines().map(str::trim).filter(|line| !line.is_empty());
    std::iter::from_fn(|| {
        let line = all.next()?;
        // A day is no title of a paper, whatever stands below it.
        let title = heading(line).filter(|(_, title)| dates::whole(title).is_none());
        let Some((1..=5, title)) = title else { return Some(false) };
        let below = label_list::telling(all.clone());
        let below = metadata::links(below).is_some()
            || is_in_parentheses(below)
            || by_hand::is_labelled(below, &[]) && !by_hand::names_subjects(below)
            || by_hand::says_of_paper(below);
        Some(below || prose::title(title).link.is_some_and(|url| PaperId::parse(&url).is_some()))
    })
    .any(|found| found)
}

fn is_in_parentheses(text: &str) -> bool {
    text.starts_with(['(', '（']) && text.ends_with([')', '）'])
}

/// Reads a list.
pub(super) fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let front = front_matter::read(text, hints.names);
    let tables = html::as_markdown(&text[front.body..]);
    let shown = tables.as_ref().map_or(&text[front.body..], |prose| prose.text.as_str());
    let year = hints.year.or_else(|| days::year_above(&front.meta.title, shown));
    let hints = &Hints { year, ..hints.clone() };
    let mut walk = Walk::of(shown, hints);
    walk.findings.extend(walk.loose.drain(..).map(unplaced));
    let digests = walk.digests(match front.day {
        front_matter::Day::On(date) => Some(date),
        _ if dates::of_file(hints.folder, hints.stem).is_some() => None,
        _ => dates::above(shown).and_then(When::date),
    });
    let findings = std::mem::take(&mut walk.findings);
    let mut reading = Reading { digests, findings, ..Reading::default() };
    places::put_back(&mut reading, &|span| {
        let made = tables.as_ref().map(|prose| prose.source_span(span.clone()).unwrap_or_default());
        let span = made.unwrap_or_else(|| span.clone());
        span.start + front.body..span.end + front.body
    });
    for digest in &mut reading.digests {
        let title = std::mem::take(&mut digest.meta.title);
        digest.meta = Meta { title, ..front.meta.clone() };
        if digest.meta.title.is_empty() && digest.entries.len() == walk.found.len() {
            digest.meta.title = front.meta.title.clone();
        }
    }
    reading.findings.extend(front.findings);
    reading.findings.extend(group::undated(&reading.digests));
    reading
}

/// Says that a text beside papers was left out.
pub(super) fn unplaced(span: Span) -> Finding {
    Finding::new(Code::Unplaced, "text that belongs to no paper of the list was left out")
        .at(span)
        .help("write it into a page of its own if readers should see it")
}

/// An item, with the heading it stands under.
#[derive(Default)]
struct Found {
    entry: Entry,
    head: usize,
    own: Option<When>,
    is_paper: bool,
    /// Whether it has a number in brackets, as references below a text have, or leads nowhere.
    is_reference: bool,
    /// Whether it says where it appeared: a paper where there are many such.
    is_told: bool,
    /// The lines of one that leads anywhere, and is a paper only among others that are.
    doubtful: Option<Range<usize>>,
}

/// Goes through a text once.
struct Walk<'a> {
    hints: &'a Hints<'a>,
    heads: Vec<Head>,
    /// The innermost open one.
    open: usize,
    found: Vec<Found>,
    /// Text that is no item, in stretches, and how many words of it.
    loose: Vec<Span>,
    words: usize,
    findings: Vec<Finding>,
    /// Whether headings of four digits are months such as `1911`: a year in which nobody kept such a list says so.
    has_months: bool,
    /// Whether code before titles is what they are tagged with.
    has_tags: bool,
}

/// The people that a line below an item says, and where their paper appeared.
fn people_of(line: &str) -> Option<(&str, Option<String>)> {
    let (people, venue) = match credits(bullet(line).map_or(line, |(_, at)| &line[at..])) {
        Some((people, venue)) => (people, Some(venue)),
        None => (paragraph::people(line)?, None),
    };
    Some((people, venue))
}

impl<'a> Walk<'a> {
    fn of(text: &'a str, hints: &'a Hints<'a>) -> Self {
        let mut walk = Self {
            hints,
            heads: vec![Head::default()],
            open: 0,
            found: Vec::new(),
            loose: Vec::new(),
            words: 0,
            findings: Vec::new(),
            has_months: false,
            has_tags: shape::begin_with_code(text),
        };
        let all: Vec<Line<'a>> = lines(text, 0..text.len()).collect();
        let headings = all.iter().filter_map(|line| heading(line.text));
        walk.has_months =
            headings.filter_map(|(_, title)| month(title)).any(|(year, _)| year < 1950);
        let (mut at, mut fence) = (0, Fence::default());
        while at < all.len() {
            let line = all[at];
            at = if fence.take(line.text) {
                walk.loose(line);
                at + 1
            } else if let Some((level, title)) = heading(line.text) {
                walk.heading(level, title);
                at + 1
            } else if is_row(&all, at) {
                walk.table(&all, at)
            } else if bullet(line.text).is_some()
                || shape::is_over_address(&all, at)
                || shape::is_defined(&all, at)
            {
                walk.item(text, &all, at)
            } else if let Some(found) = paragraph::at(&all, at) {
                walk.paragraph(&all, at, found)
            } else if let Some(when) = date_alone(&all, at) {
                walk.push(LOWEST, line.text.trim().to_owned(), (Some(when), false));
                at + 1
            } else {
                walk.loose(line);
                at + 1
            };
        }
        walk.settle(&all);
        walk
    }

    fn loose(&mut self, line: Line<'_>) {
        let text = line.text.trim();
        if text.is_empty() || text.chars().all(|c| "-*_=".contains(c)) || is_of_page(text) {
            return;
        }
        // Links of other kinds and tables of other things are no text.
        let is_text = !text.starts_with('|') && (bullet(text).is_none() || !text.contains("]("));
        self.words += if is_text { weight(text) } else { 0 };
        self.join(line.start..line.end());
    }

    /// Keeps a loose stretch; with the last one, where it follows that.
    fn join(&mut self, span: Range<usize>) {
        let last = self.loose.last_mut();
        match last.filter(|last| (last.start..=last.end + 2).contains(&span.start)) {
            Some(last) => last.end = span.end,
            None => self.loose.push(span),
        }
    }

    /// Takes a bullet with what belongs to it; where it ends.
    fn item(&mut self, text: &str, all: &[Line<'a>], at: usize) -> usize {
        let line = all[at];
        let (indent, start) = bullet(line.text).unwrap_or_default();
        let (head_end, end) = extent(all, at, indent);
        let level = 7 + indent;
        while self.heads[self.open].level >= level {
            self.open = self.heads[self.open].outer.unwrap_or(0);
        }
        let mut head = shape::head(all, at, (start, head_end)).replace("&mdash;", "—");
        let mut item = item::read(&head);
        let mut head_end = head_end;
        // People and links may stand in a paragraph of their own below the title.
        if !item.has_link
            && let Some((more, after)) = shape::paragraph(all, head_end..end)
        {
            head.push_str(" | ");
            head.push_str(&more);
            let whole = item::read(&head);
            if whole.has_link {
                (item, head_end) = (whole, after);
            }
        }
        let is_titled = !item.entry.title.is_empty();
        let below = &all[head_end..if is_titled { end } else { head_end }];
        let said = below::labels(below, self.hints.names, &mut item);
        let is_aside = self.is_aside();
        let dated = !is_aside && self.is_dated(&item);
        let is_told = item.is_told();
        // What leads on below is a subject.
        let leads_on = |line: &Line<'_>| line.text.contains("](") || line.text.contains("://");
        let is_whole = !all[head_end..end].iter().any(leads_on);
        let is_known = item.is_paper || dated;
        let is_doubtful = !is_known && !is_aside && is_whole && item.could_be_paper();
        let is_bare = item.entry.links.is_empty();
        if is_titled && (item.is_paper || dated || is_doubtful) {
            let (from, to) =
                (all.get(head_end).map_or(text.len(), |line| line.start), all[end - 1].next);
            let below =
                if head_end < end { dedented(text, from..to, &said) } else { Prose::default() };
            self.found_item(item, line.start..line.end(), below);
            if let Some(found) = self.found.last_mut() {
                found.doubtful = is_doubtful.then_some(at..end);
                found.is_told = is_told;
                found.is_reference = is_doubtful && is_told && is_bare
                    || shape::reference(line.text.trim_start()).is_some();
            }
            return end;
        }
        let stands_over = all
            .get(head_end)
            .is_some_and(|next| bullet(next.text).is_some_and(|(next, _)| next > indent));
        if stands_over {
            let words = title_of(head.lines().next().unwrap_or_default()).words;
            self.push(level, words.trim_end_matches(':').to_owned(), (item.when, false));
        } else {
            all[at..head_end].iter().for_each(|line| self.loose(*line));
        }
        head_end.max(at + 1)
    }

    fn found_item(&mut self, mut item: Item, span: Span, mut below: Prose) {
        if self.has_tags {
            let badges = item.badges.drain(..);
            item.entry.tags.extend(badges.filter_map(|words| Tag::of_words(&words)));
        }
        let rest = item.said();
        let Item { mut entry, when, is_paper, .. } = item;
        entry.span = span;
        let first = below.text.lines().next().unwrap_or_default();
        if entry.authors.is_empty()
            && let Some((people, venue)) = people_of(first)
        {
            metadata::add_authors(&mut entry, people);
            if let Some(venue) = venue {
                metadata::add_field(&mut entry, "venue", &venue);
            }
            let from = below.text[first.len()..]
                .find(|c: char| !c.is_whitespace())
                .map(|at| first.len() + at);
            below = from.map_or_else(Prose::default, |from| below.slice(from..below.text.len()));
        }
        let text = match (rest.is_empty(), below.text.is_empty()) {
            (true, true) => None,
            (false, true) => Some(Prose::at(rest, entry.span.start)),
            (true, false) => Some(below),
            (false, false) => {
                let mut text = Prose::at(rest, entry.span.start);
                text.text.push_str("\n\n");
                text.append(&below);
                Some(text)
            }
        };
        entry.body.extend(text.map(|text| Passage { lang: None, text }));
        let head = self.open;
        self.found.push(Found { entry, head, own: when, is_paper, ..Found::default() });
    }
}

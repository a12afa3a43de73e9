//! The text of a published digest: a date line, then title, (authors), abstract, commentary in one or two
//! languages and `#tags`, again and again. Blank lines between them may be there or not: a line is a paragraph.

mod day;

use crate::diagnostic::{Code, Finding};
use crate::model::lang::{Script, script_of};
use crate::model::{Digest, Entry, Link, Passage, Prose, Tag, Translated, author};

use self::day::Day;
use super::format::Sample;
use super::text::{Line, heading, lines, opens_other_block, start};
use super::{Format, Hints, Maker, Reading, escape_markdown, front_matter, group, metadata, notes};

/// Longest title in characters: what goes on for longer is text.
const LONGEST: usize = 300;

/// A text of this many characters in place of the abstract is one, though no commentary follows it.
const AN_ABSTRACT: usize = 400;

/// As many lines may stand above a date as a menu has.
const MENU: usize = 8;

/// The format.
pub(super) const FORMAT: &Format = &Format {
    name: "digest-page",
    about: "the text of a published digest, copied from a browser",
    extensions: &["txt"],
    maker: Maker::Page,
    detect: is_page,
    read,
};

fn is_page(sample: &Sample<'_>) -> bool {
    if notes::is_note_name(sample.stem) || sample.has_front_matter() {
        return false;
    }
    (is_date(sample.first_line()) && !is_markdown(sample.text)) || is_below_menu(sample.text)
}

/// Whether a text has what no browser copies: headings of the second level or below the first line, links with words, tables.
fn is_markdown(text: &str) -> bool {
    let shown = text.lines().filter(|line| !line.trim().is_empty());
    shown.enumerate().any(|(at, line)| {
        heading(line).is_some_and(|(level, _)| level > 1 || at > 0)
            || line.starts_with('|')
            || line.contains("](")
    })
}

/// Reads a page.
pub(super) fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let all: Vec<Line<'_>> =
        lines(text, start(text)..text.len()).filter(|line| !line.is_blank()).collect();
    let mut page =
        Page { all: &all, hints, digests: Vec::new(), day_at: None, findings: Vec::new() };
    let mut at = 0;
    while at < all.len() {
        at = page.take(at);
    }
    page.findings.extend(group::undated(&page.digests));
    Reading { digests: page.digests, findings: page.findings, ..Reading::default() }
}

struct Page<'t> {
    all: &'t [Line<'t>],
    hints: &'t Hints<'t>,
    digests: Vec<Digest>,
    /// The line that was last taken as a date.
    day_at: Option<usize>,
    findings: Vec<Finding>,
}

impl Page<'_> {
    /// Takes the date, the entry or the other text that starts at a line; where it ends.
    fn take(&mut self, at: usize) -> usize {
        if let Some(day) = self.day(at) {
            return self.dated(day, at);
        }
        if self.is_title(at) {
            return self.entry(at);
        }
        self.loose(self.all[at]);
        at + 1
    }

    /// The day that a line is. With words beside it, it is a heading: marked as one, above all papers, or below tags.
    fn day(&self, at: usize) -> Option<Day> {
        let text = self.all[at].text;
        let day = day::of_line(text)?;
        let has_authors = self.all.get(at + 1).and_then(|line| within(line.text)).is_some();
        let heads = !day.titled
            || !has_authors
                && (self.is_above_all()
                    || text.starts_with('#')
                    || Tag::parse_line(self.all[at - 1].text).is_some());
        heads.then_some(day)
    }

    /// Opens a day's digest, or dates the text that stands above its date.
    fn dated(&mut self, day: Day, at: usize) -> usize {
        let line = self.all[at];
        if day.date.is_none() {
            let finding =
                Finding::new(Code::BadDate, "there is no such day").at(line.start..line.end());
            self.findings
                .push(finding.help("write a day of the calendar, or say another with `--date`"));
        }
        if !self.is_above_all() {
            self.digests.push(Digest::default());
        }
        let date = day.date.or(self.hints.date);
        let digest = self.digest();
        digest.date = date;
        if day.titled {
            digest.meta.title = Translated::plain(escape_markdown::line(day::bare(line.text)));
        }
        self.day_at = Some(at);
        at + 1
    }

    /// Whether neither a date nor a paper has been read yet.
    fn is_above_all(&self) -> bool {
        self.day_at.is_none() && self.digests.last().is_none_or(|digest| digest.entries.is_empty())
    }

    /// Text that is no part of an entry, or of none that could be told.
    fn loose(&mut self, line: Line<'_>) {
        let into = self.digest();
        let text = escape_markdown::prose(line.text, line.start);
        match into.entries.last_mut() {
            Some(entry) => {
                entry.body.push(Passage { lang: None, text });
                let finding =
                    Finding::new(Code::Unplaced, "text between two entries stays with the first");
                self.findings.push(
                    finding
                        .at(line.start..line.end())
                        .help("tags close an entry: check where they stand"),
                );
            }
            None => into.intro.push(Passage { lang: None, text }),
        }
    }

    /// The digest being read; one dated from outside where the page has not said a date yet.
    fn digest(&mut self) -> &mut Digest {
        if self.digests.is_empty() {
            let named =
                front_matter::date_of_name(self.hints.stem).ok().flatten().map(|(date, _)| date);
            self.digests.push(Digest { date: self.hints.date.or(named), ..Digest::default() });
        }
        let last = self.digests.len() - 1;
        &mut self.digests[last]
    }

    /// Whether an entry starts at a line: where one may, what looks like a title; elsewhere only what has
    /// authors under it.
    fn is_title(&self, at: usize) -> bool {
        let text = self.all[at].text.trim();
        let next = self.all.get(at + 1).map(|line| line.text.trim());
        if within(text).is_some()
            || Tag::parse_line(text).is_some()
            || text.chars().count() > LONGEST
        {
            return false;
        }
        let free = at == 0
            || self.day_at == Some(at - 1)
            || Tag::parse_line(self.all[at - 1].text).is_some();
        match next.and_then(within) {
            Some(inner) if free => !inner.contains("http"),
            Some(inner) => (are_people(inner) || is_team(inner, text)) && !text.ends_with('.'),
            None => {
                free && at > 0
                    && next.is_some()
                    && !text.ends_with(['.', '!'])
                    && script_of(text) == Some(Script::Latin)
            }
        }
    }

    fn entry(&mut self, at: usize) -> usize {
        let title = self.all[at];
        let mut entry = Entry {
            title: escape_markdown::line(title.text),
            span: title.start..title.end(),
            ..Entry::default()
        };
        let mut from = at + 1;
        if let Some(inner) = self
            .all
            .get(from)
            .and_then(|line| within(line.text))
            .filter(|inner| !inner.contains("http"))
        {
            metadata::add_authors(&mut entry, inner);
            from += 1;
        }
        while let Some(urls) = self.all.get(from).and_then(|line| metadata::links(line.text.trim()))
        {
            entry.links.extend(urls.into_iter().map(|url| Link { key: None, url }));
            from += 1;
        }
        let mut end = from;
        while end < self.all.len() && !self.ends_entry(end, from) {
            end += 1;
        }
        place(&self.all[from..end], &mut entry);
        while let Some(tags) = self.all.get(end).and_then(|line| Tag::parse_line(line.text)) {
            entry.tags.extend(tags);
            end += 1;
        }
        self.digest().entries.push(entry);
        end
    }

    fn ends_entry(&self, at: usize, from: usize) -> bool {
        let text = self.all[at].text;
        let is_day = day::of_line(text).is_some_and(|day| !day.titled || text.starts_with('#'));
        Tag::parse_line(text).is_some() || is_day || (at > from && self.is_title(at))
    }
}

/// Whether a line is a date, for whoever wonders what a text is.
pub(super) fn is_date(line: &str) -> bool {
    day::of_line(line).is_some()
}

/// Whether a date stands under a few short lines, as under a copied menu, and a paper under it.
pub(super) fn is_below_menu(text: &str) -> bool {
    let all: Vec<Line<'_>> =
        lines(text, 0..text.len()).filter(|line| !line.is_blank()).take(MENU + 3).collect();
    let Some(at) = all.iter().position(|line| is_date(line.text)).filter(|&at| at <= MENU) else {
        return false;
    };
    let authors = all
        .get(at + 2)
        .and_then(|line| within(line.text))
        .is_some_and(|inner| !inner.contains("http"));
    authors
        && all[..at]
            .iter()
            .all(|line| line.text.split_whitespace().count() <= 3 && !opens_other_block(line.text))
}

/// What a line says that is wholly in parentheses.
fn within(line: &str) -> Option<&str> {
    line.trim().strip_prefix(['(', '（'])?.strip_suffix([')', '）'])
}

/// Whether parentheses hold several names rather than a remark.
fn are_people(inner: &str) -> bool {
    let names = author::split(inner).names;
    let fitting = names.iter().filter(|name| may_be_name(name)).count();
    names.len() > 1 && !inner.contains("http") && fitting * 10 >= names.len() * 9
}

fn may_be_name(name: &str) -> bool {
    name.split(' ').count() <= 7 && name.chars().next().is_some_and(|c| !c.is_lowercase())
}

/// Whether parentheses hold one author or team, under what can only be a title: all of it Latin.
fn is_team(inner: &str, title: &str) -> bool {
    let named = inner.starts_with(char::is_uppercase)
        && !inner.ends_with(['.', '!', '?'])
        && !inner.contains("http");
    named
        && inner.split(' ').count() <= 5
        && (script_of(inner) == Some(Script::Latin))
        && (script_of(title) == Some(Script::Latin))
        && !title.ends_with(['!', ':'])
}

/// Abstract and commentary. The abstract is in Latin script and comes first; commentary in another language
/// ends it, and without one it is the first paragraph.
fn place(paragraphs: &[Line<'_>], entry: &mut Entry) {
    let latin = paragraphs
        .iter()
        .take_while(|line| script_of(line.text).is_none_or(|script| script == Script::Latin))
        .count();
    let count = match (latin, paragraphs.len()) {
        (0, _) => 0,
        (latin, all) if latin < all => latin,
        (_, 1) => usize::from(
            paragraphs.first().is_some_and(|line| line.text.chars().count() >= AN_ABSTRACT),
        ),
        _ => 1,
    };
    let (first, rest) = paragraphs.split_at(count);
    entry.abstract_text = (count > 0).then(|| prose(first));
    if !rest.is_empty() {
        entry.body.push(Passage { lang: None, text: prose(rest) });
    }
}

fn prose(paragraphs: &[Line<'_>]) -> Prose {
    let mut out = Prose::default();
    for line in paragraphs {
        if !out.text.is_empty() {
            out.text.push_str("\n\n");
        }
        out.append(&escape_markdown::prose(line.text, line.start));
    }
    out
}

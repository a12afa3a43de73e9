//! The text of a published digest: a date line, then title, (authors), abstract, commentary in one or two
//! languages and `#tags`, again and again. Blank lines between them may be there or not: a line is a paragraph.

mod day;

use crate::diagnostic::{Code, Finding};
use crate::digest::lang::{Script, script_of};
use crate::digest::{Digest, Entry, Link, Passage, Prose, Tag, author};

use super::text::{Line, lines, start};
use super::{Hints, Reading, front_matter, group, metadata, plain};

/// Longest title in characters: what goes on for longer is text.
const LONGEST: usize = 300;

/// A text of this many characters in place of the abstract is one, though no commentary follows it.
const AN_ABSTRACT: usize = 400;

/// Whether a line is written as the date of a page is, on the calendar or not.
pub(super) fn is_date(line: &str) -> bool {
    day::of_line(line).is_some() || day::is_impossible(line)
}

/// Reads a page.
pub(super) fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let all: Vec<Line<'_>> = lines(text, start(text)..text.len()).filter(|line| !line.is_blank()).collect();
    let mut page = Page { all: &all, hints, digests: Vec::new(), findings: Vec::new() };
    let mut at = 0;
    while at < all.len() {
        at = page.take(at);
    }
    page.findings.extend(group::undated(&page.digests));
    Reading { digests: page.digests, page: None, findings: page.findings }
}

struct Page<'t> {
    all: &'t [Line<'t>],
    hints: &'t Hints<'t>,
    digests: Vec<Digest>,
    findings: Vec<Finding>,
}

impl Page<'_> {
    /// Takes the date, the entry or the other text that starts at a line; where it ends.
    fn take(&mut self, at: usize) -> usize {
        if let Some(date) = day::of_line(self.all[at].text) {
            match self.digests.last_mut().filter(|digest| digest.date.is_none() && digest.entries.is_empty()) {
                Some(digest) => digest.date = Some(date),
                None => self.digests.push(Digest { date: Some(date), ..Digest::default() }),
            }
            return at + 1;
        }
        if self.is_title(at) {
            return self.entry(at);
        }
        let line = self.all[at];
        if day::is_impossible(line.text) {
            let finding = Finding::new(Code::BadDate, "there is no such day").at(line.start..line.end());
            self.findings.push(finding.help("write a day of the calendar, or say another with `--date`"));
            self.digests.push(Digest { date: self.hints.date, ..Digest::default() });
            return at + 1;
        }
        let into = self.digest();
        let text = plain::prose(line.text, line.start);
        match into.entries.last_mut() {
            Some(entry) => {
                entry.body.push(Passage { lang: None, text });
                let finding = Finding::new(Code::Unplaced, "text between two entries stays with the first");
                self.findings
                    .push(finding.at(line.start..line.end()).help("tags close an entry: check where they stand"));
            }
            None => into.intro.push(Passage { lang: None, text }),
        }
        at + 1
    }

    /// The digest being read; one dated from outside where the page has not said a date yet.
    fn digest(&mut self) -> &mut Digest {
        if self.digests.is_empty() {
            let named = front_matter::date_of_name(self.hints.stem).ok().flatten().map(|(date, _)| date);
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
        if within(text).is_some() || Tag::parse_line(text).is_some() || text.chars().count() > LONGEST {
            return false;
        }
        let free = at == 0 || is_day(self.all[at - 1].text) || Tag::parse_line(self.all[at - 1].text).is_some();
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
        let mut entry = Entry { title: plain::line(title.text), span: title.start..title.end(), ..Entry::default() };
        let mut from = at + 1;
        if let Some(inner) =
            self.all.get(from).and_then(|line| within(line.text)).filter(|inner| !inner.contains("http"))
        {
            metadata::add_authors(&mut entry, inner);
            from += 1;
        }
        while let Some(urls) = self.all.get(from).and_then(|line| metadata::links(line.text.trim())) {
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
        Tag::parse_line(text).is_some() || is_day(text) || (at > from && self.is_title(at))
    }
}

fn is_day(line: &str) -> bool {
    day::of_line(line).is_some() || day::is_impossible(line)
}

/// What a line says that is wholly in parentheses.
fn within(line: &str) -> Option<&str> {
    line.trim().strip_prefix('(')?.strip_suffix(')')
}

/// Whether parentheses hold several names rather than a remark.
fn are_people(inner: &str) -> bool {
    let names = author::split(inner).names;
    let fits = |name: &String| name.split(' ').count() <= 7 && name.chars().next().is_some_and(|c| !c.is_lowercase());
    let fitting = names.iter().filter(|name| fits(name)).count();
    names.len() > 1 && !inner.contains("http") && fitting * 10 >= names.len() * 9
}

/// Whether parentheses hold one author or team, under what can only be a title: all of it Latin.
fn is_team(inner: &str, title: &str) -> bool {
    let latin = |text: &str| script_of(text) == Some(Script::Latin);
    let named = inner.starts_with(char::is_uppercase) && !inner.ends_with(['.', '!', '?']) && !inner.contains("http");
    named && inner.split(' ').count() <= 5 && latin(inner) && latin(title) && !title.ends_with(['!', ':'])
}

/// Abstract and commentary. The abstract is in Latin script and comes first; commentary in another language
/// ends it, and without one it is the first paragraph.
fn place(paragraphs: &[Line<'_>], entry: &mut Entry) {
    let latin =
        paragraphs.iter().take_while(|line| script_of(line.text).is_none_or(|script| script == Script::Latin)).count();
    let long = || paragraphs.first().is_some_and(|line| line.text.chars().count() >= AN_ABSTRACT);
    let count = match (latin, paragraphs.len()) {
        (0, _) => 0,
        (latin, all) if latin < all => latin,
        (_, 1) => usize::from(long()),
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
        out.append(&plain::prose(line.text, line.start));
    }
    out
}

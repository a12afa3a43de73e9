//! The page as a list without abstracts: a card a paper, with `Submitted by`, a name, votes, title, `· N authors` and
//! comments. Knows no page.

use super::{author_count, is_count, organisation, unplaced};
use crate::diagnostic::Finding;
use crate::formats::text::{Line, lines};
use crate::formats::{Span, escape_markdown};
use crate::model::Entry;

/// What opens a card.
const MARK: &str = "submitted by";

/// Longest title or organisation of a card, in bytes.
const LONGEST: usize = 400;

/// Where the first card of a page starts; a page of abstracts has none.
pub(super) fn start(text: &str) -> Option<usize> {
    lines(text, 0..text.len()).find(|line| opens(line.text)).map(|line| line.start)
}

/// Whether a line opens a card.
pub(in crate::formats) fn opens(line: &str) -> bool {
    submitter(line).is_some()
}

/// Whether a line of a card tells how many authors its paper has: `· 12 authors`.
pub(in crate::formats) fn counts_authors(line: &str) -> bool {
    line.trim().strip_prefix('·').is_some_and(|rest| author_count(rest.trim()).is_some())
}

/// The papers of all cards from a place on.
pub(super) fn read(text: &str, from: usize, findings: &mut Vec<Finding>) -> Vec<Entry> {
    let mut cards: Vec<Vec<Line<'_>>> = Vec::new();
    // A card without votes may show a dash in their place.
    for line in
        lines(text, from..text.len()).filter(|line| line.text.contains(char::is_alphanumeric))
    {
        match cards.last_mut().filter(|_| !opens(line.text)) {
            Some(card) => card.push(line),
            None => cards.push(vec![line]),
        }
    }
    cards.iter().filter_map(|card| entry(card, findings)).collect()
}

/// What a line that opens a card says besides: the submitter's name, or nothing where that stands below.
fn submitter(line: &str) -> Option<&str> {
    let line = line.trim();
    let rest = line.get(MARK.len()..).filter(|_| line[..MARK.len()].eq_ignore_ascii_case(MARK))?;
    let is_name =
        rest.is_empty() || (rest.starts_with(' ') && rest.split_whitespace().count() == 1);
    is_name.then(|| rest.trim())
}

/// One card: what it holds besides title and figures is reported.
fn entry(card: &[Line<'_>], findings: &mut Vec<Finding>) -> Option<Entry> {
    let (mark, mut rest) = card.split_first()?;
    let mut by = submitter(mark.text)?;
    let name = rest.split_first().filter(|(line, _)| by.is_empty() && !is_count(line.text.trim()));
    if let Some((line, after)) = name {
        (by, rest) = (line.text.trim(), after);
    }
    let votes = rest.split_first().filter(|(line, _)| is_count(line.text.trim()));
    if let Some((_, after)) = votes {
        rest = after;
    }
    let Some((title, rest)) = rest.split_first().filter(|(line, _)| !counts_authors(line.text))
    else {
        findings.extend(card.iter().map(|line| left_out(*line)));
        return None;
    };
    let mut entry =
        Entry { title: escape_markdown::line(title.text), span: place(*title), ..Entry::default() };
    let votes = votes.map_or("", |(line, _)| line.text);
    field(&mut entry, "votes", votes);
    field(&mut entry, "by", by);
    for line in rest {
        facts(*line, &mut entry, findings);
    }
    Some(entry)
}

/// `· 12 authors`, `4` or the name of an organisation, below a title.
fn facts(line: Line<'_>, entry: &mut Entry, findings: &mut Vec<Finding>) {
    let parts = line.text.split(['·', '•']).map(str::trim).filter(|part| !part.is_empty());
    for part in parts {
        if let Some(count) = author_count(part) {
            field(entry, "author-count", &count.to_string());
        } else if is_count(part) && entry.field("comments").is_none() {
            field(entry, "comments", part);
        } else if entry.org.is_none()
            && entry.field("author-count").is_none()
            && part.len() < LONGEST
        {
            entry.org = Some(organisation(part));
        } else {
            findings.push(left_out(line));
            return;
        }
    }
}

fn field(entry: &mut Entry, key: &str, value: &str) {
    let value = escape_markdown::line(value);
    if !value.is_empty() && entry.field(key).is_none() {
        entry.fields.push((key.to_owned(), value));
    }
}

fn left_out(line: Line<'_>) -> Finding {
    unplaced("a line of a paper's card was left out", place(line))
}

fn place(line: Line<'_>) -> Span {
    line.start..line.end()
}

//! Rows under a date → the parts of each entry. Nothing but the order of lines, their parentheses and their script
//! tells which is which.

use crate::digest::{Tag, lang::Script};
use crate::reader::rows::{self, Row};
use crate::reader::{people, trailing};

/// A first line in the other language that is shorter is commentary, where nothing else speaks for an abstract.
const SHORTEST_ABSTRACT: usize = 300;
/// No title is longer than this many bytes.
const LONGEST_TITLE: usize = 400;

/// What stands under a date.
pub(super) struct Parts<'r, 't> {
    /// What stands before the first title.
    pub intro: &'r [Row<'t>],
    /// In the order of the page.
    pub entries: Vec<Part<'r, 't>>,
}

/// The rows of one entry.
#[derive(Default)]
pub(super) struct Part<'r, 't> {
    pub title: Option<Row<'t>>,
    /// With their parentheses.
    pub authors: Option<Row<'t>>,
    pub links: Vec<String>,
    pub abstract_text: &'r [Row<'t>],
    pub body: Vec<Row<'t>>,
    pub tags: Vec<Tag>,
    /// Rows after the tags that open no entry; they are part of the body too.
    pub unplaced: Vec<Row<'t>>,
}

/// Parts rows at lines of tags and at titles with authors below them.
pub(super) fn split<'r, 't>(rows: &'r [Row<'t>]) -> Parts<'r, 't> {
    let mut parts = Parts { intro: &[], entries: Vec::new() };
    let mut start = 0;
    for at in 0..rows.len() {
        if at > start && is_titled(&rows[at..]) {
            parts.add(&rows[start..at], None);
            start = at;
        }
        if let Some(tags) = rows[at].tags() {
            parts.add(&rows[start..at], Some(tags));
            start = at + 1;
        }
    }
    parts.add(&rows[start..], None);
    parts
}

/// A title, and a line of authors in parentheses below it.
fn is_titled(rows: &[Row<'_>]) -> bool {
    matches!(rows, [title, authors, ..] if is_title(title) && is_authors(authors))
}

fn is_title(row: &Row<'_>) -> bool {
    row.text.len() <= LONGEST_TITLE && row.tags().is_none() && !is_authors(row) && rows::addresses(row.text).is_none()
}

fn is_authors(row: &Row<'_>) -> bool {
    people::last_group(row.text).is_some_and(|(before, inside)| before.is_empty() && people::is_plausible(inside))
}

impl<'r, 't> Parts<'r, 't> {
    fn add(&mut self, rows: &'r [Row<'t>], tags: Option<Vec<Tag>>) {
        let titled = is_titled(rows);
        let likely = rows.len() > 1 && is_title(&rows[0]) && !people::ends_sentence(rows[0].text);
        if rows.is_empty() && tags.is_none() {
            return;
        }
        if titled || (!rows.is_empty() && tags.is_some() && is_title(&rows[0])) || (likely && !self.is_intro()) {
            let mut part = part(rows, titled);
            part.tags = unique(tags.unwrap_or_default());
            self.entries.push(part);
            return;
        }
        match self.entries.last_mut() {
            Some(last) => {
                last.body.extend(rows);
                last.unplaced.extend(rows);
                last.tags =
                    unique(std::mem::take(&mut last.tags).into_iter().chain(tags.unwrap_or_default()).collect());
            }
            None if tags.is_none() && self.intro.is_empty() => self.intro = rows,
            None => self.entries.push(Part { body: rows.to_vec(), tags: tags.unwrap_or_default(), ..Part::default() }),
        }
    }

    /// Rows before the first title with authors or tags are no entry.
    fn is_intro(&self) -> bool {
        self.entries.is_empty()
    }
}

fn unique(tags: Vec<Tag>) -> Vec<Tag> {
    let mut kept: Vec<Tag> = Vec::with_capacity(tags.len());
    for tag in tags {
        if !kept.contains(&tag) {
            kept.push(tag);
        }
    }
    kept
}

fn part<'r, 't>(rows: &'r [Row<'t>], titled: bool) -> Part<'r, 't> {
    let mut part = Part { title: rows.first().copied(), ..Part::default() };
    let mut rest = &rows[1..];
    if let Some((authors, after)) = rest.split_first().filter(|_| titled) {
        (part.authors, rest) = (Some(*authors), after);
    }
    while let Some((urls, after)) =
        rest.split_first().and_then(|(row, after)| Some((rows::addresses(row.text)?, after)))
    {
        part.links.extend(urls);
        rest = after;
    }
    let (abstract_text, body) = rest.split_at(abstract_rows(rest));
    part.abstract_text = abstract_text;
    part.body = body.to_vec();
    part
}

/// How many rows are the abstract: those in the Latin script before the first in another, if Latin follows again or
/// they are as long as abstracts are; where all are in one script, the first if it is that long and not the only one.
fn abstract_rows(rows: &[Row<'_>]) -> usize {
    let scripts: Vec<Option<Script>> = rows.iter().map(|row| trailing::script_of(row.text)).collect();
    let latin = |script: &Option<Script>| script.is_none_or(|script| script == Script::Latin);
    let first = scripts.iter().take_while(|script| latin(script)).count();
    let long = rows.first().is_some_and(|row| row.text.len() >= SHORTEST_ABSTRACT);
    if first == rows.len() || first == 0 {
        return usize::from(long && first > 0);
    }
    let again = scripts[first..].iter().any(|script| *script == Some(Script::Latin));
    if long || again { first } else { 0 }
}

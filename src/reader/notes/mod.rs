//! Reader of Obsidian-style notes: one note a paper, dated by its file name.
//!
//! A note has a link first, then title and authors, abstract, commentary and tags; any of them may be missing. What
//! has no other place stays in the commentary.

mod body;
mod breaks;
mod head;
pub(super) mod name;

use crate::diagnostic::{Code, Finding};
use crate::digest::{Digest, Entry};

use super::rows::{self, Row};
use super::{Hints, Reading};

/// Reads a note: a digest with one entry.
pub(super) fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let (rows, fence) = rows::rows(text);
    let (date, title) = name::parts(hints.stem);
    let date = date.or(hints.date);
    let first = rows.iter().find(|row| !row.is_blank()).map_or(0..0, |row| row.start..row.end());
    let mut entry = Entry { span: first.clone(), ..Entry::default() };
    let mut findings = Vec::new();
    if date.is_none() {
        let finding = Finding::new(Code::Undated, "the note has no date, so its paper comes last in the archive");
        findings.push(finding.at(first).help("start its file name with the date: `250310 Title.md`"));
    }
    let head = head::read(&rows, title, &mut entry);
    if entry.title.is_empty() {
        entry.title = fallback(title, &rows[head..], hints.stem);
    }
    if !hints.stem.trim().is_empty() {
        entry.fields.push(("note".to_owned(), super::plain::line(hints.stem)));
    }
    body::read(&rows[head..], fence, hints, (&mut entry, &mut findings));
    Reading { digests: vec![Digest { date, entries: vec![entry], ..Digest::default() }], page: None, findings }
}

/// The title of a note that tells none: its name without date; else its first line, if that is short; else its name.
fn fallback(name: &str, rows: &[Row<'_>], stem: &str) -> String {
    if !name.is_empty() {
        return super::plain::line(name);
    }
    let first = rows.iter().find(|row| !row.is_blank()).filter(|row| !row.code && row.tags().is_none());
    let text = first.map_or("", |row| rows::heading(row.text).map_or(row.text, |(_, text)| text).trim());
    let short = (1..=120).contains(&text.chars().take(121).count()) && !text.starts_with(['<', '[', '!']);
    super::plain::line(if short { text } else { stem })
}

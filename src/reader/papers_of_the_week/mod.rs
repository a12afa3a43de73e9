//! A README of weekly tables: a heading a week, a row a paper. Newest week first, as such lists are kept.
//!
//! This file parts the text into weeks; [`week`] dates them, [`row`] reads a row. Knows no disk.

mod cell;
mod row;
mod week;

use super::{Hints, Reading, Span};
use crate::diagnostic::{Code, Finding};
use crate::digest::{Digest, Entry, Meta, Translated};

/// A heading and the rows under it.
struct Week<'a> {
    heading: &'a str,
    span: Span,
    entries: Vec<Entry>,
}

/// Reads the whole list.
pub(super) fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let mut reader = Reader { text, weeks: Vec::new(), heading: None, loose: None, findings: Vec::new() };
    reader.run();
    let headings: Vec<_> = reader.weeks.iter().map(|week| (week.heading, week.span.clone())).collect();
    let dates = week::dates(&headings, hints, &mut reader.findings);
    let digests = reader.weeks.into_iter().zip(dates).map(|(week, date)| Digest {
        date,
        meta: Meta { title: title(week.heading), ..Meta::default() },
        entries: week.entries,
        ..Digest::default()
    });
    Reading { digests: digests.collect(), page: None, findings: reader.findings }
}

fn title(heading: &str) -> Translated {
    if heading.is_empty() { Translated::default() } else { Translated::plain(heading) }
}

/// Goes through the lines once.
struct Reader<'a> {
    text: &'a str,
    weeks: Vec<Week<'a>>,
    /// A heading that has had no row yet.
    heading: Option<(&'a str, Span)>,
    /// Text that belongs to no row, to be reported as one stretch.
    loose: Option<Span>,
    findings: Vec<Finding>,
}

impl<'a> Reader<'a> {
    fn run(&mut self) {
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let lead = line.len() - line.trim_start().len();
            let trimmed = line.trim();
            self.line(trimmed, at + lead..at + lead + trimmed.len());
            at += line.len();
        }
        self.drop_heading();
        self.report();
    }

    fn line(&mut self, line: &'a str, span: Span) {
        let text = line.trim_start_matches('#');
        let is_heading = matches!(line.len() - text.len(), 1..=6) && text.starts_with([' ', '\t']);
        if is_heading {
            self.drop_heading();
            self.heading = Some((text.trim().trim_end_matches('#').trim_end(), span));
        } else if let Some(row) = line.strip_prefix('|') {
            self.row(row, span.start + 1);
        } else if !line.is_empty() && !is_rule(line) {
            self.keep_loose(span);
        }
    }

    fn row(&mut self, row: &str, offset: usize) {
        let cells = cell::split(row, offset);
        if cells.iter().all(cell::Cell::is_separator) || cell::is_table_head(&cells) {
            return;
        }
        self.report();
        if let Some((heading, span)) = self.heading.take() {
            self.weeks.push(Week { heading, span, entries: Vec::new() });
        } else if self.weeks.is_empty() {
            self.weeks.push(Week { heading: "", span: offset - 1..offset + row.len(), entries: Vec::new() });
        }
        if let Some(week) = self.weeks.last_mut() {
            week.entries.push(row::entry(&cells, offset - 1..offset + row.len(), &mut self.findings));
        }
    }

    /// A heading without rows is loose text.
    fn drop_heading(&mut self) {
        if let Some((_, span)) = self.heading.take() {
            self.keep_loose(span);
        }
    }

    fn keep_loose(&mut self, span: Span) {
        let loose = self.loose.get_or_insert_with(|| span.clone());
        *loose = loose.start.min(span.start)..loose.end.max(span.end);
    }

    fn report(&mut self) {
        if let Some(span) = self.loose.take() {
            let finding = Finding::new(Code::Unplaced, "text outside the weekly tables was left out");
            self.findings.push(finding.at(span).help("write it into a page of its own if readers should see it"));
        }
    }
}

fn is_rule(line: &str) -> bool {
    line.len() >= 3 && ["-", "*", "_"].iter().any(|mark| line.split(mark).all(|gap| gap.trim().is_empty()))
}

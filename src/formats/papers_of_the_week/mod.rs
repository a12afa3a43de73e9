//! A README of weekly tables: a heading a week, a row a paper. Newest week first, as such lists are kept.
//!
//! This file parts the text into weeks; [`week`] dates them, [`head`] tells columns, [`row`] reads a row. Knows no disk.

pub(super) mod cell;
mod head;
mod row;
mod week;

pub(super) use week::{is_week, week_of};

use self::cell::Cell;
use self::head::Column;
use super::format::Sample;
use super::text::is_rule;
use super::{Format, Hints, Maker, Reading, Span};
use crate::diagnostic::{Code, Finding};
use crate::model::{Digest, Entry, Meta, Translated};

/// A heading and the rows under it.
struct Week<'a> {
    heading: &'a str,
    span: Span,
    entries: Vec<Entry>,
}

/// The format.
pub(super) const FORMAT: &Format = &Format {
    name: "papers-of-the-week",
    about: "a README with a heading and a table for each week",
    extensions: &["md"],
    maker: Maker::Page,
    detect: is_list,
    read,
};

/// A numbered row with a link below a heading, or any below a week and the head of a table.
fn is_list(sample: &Sample<'_>) -> bool {
    if sample.has_front_matter() {
        return false;
    }
    let (mut heading, mut week, mut table) = (false, false, false);
    for line in sample.text.lines().map(str::trim) {
        let row = line.strip_prefix('|').map(str::trim_start);
        let row = row.filter(|row| row.contains("](") || row.contains("://"));
        if row.is_some_and(|row| table || (heading && numbered(row) && row.contains("]("))) {
            return true;
        }
        heading |= line.starts_with('#');
        week |= line.starts_with('#') && is_week(line.trim_start_matches('#'));
        table |= week && is_head(line);
    }
    false
}

/// `12) …`
fn numbered(row: &str) -> bool {
    let digits = row.bytes().take_while(u8::is_ascii_digit).count();
    let after = row[digits..].strip_prefix([')', '.']);
    // `24.03.18` is a day.
    (1..=3).contains(&digits)
        && after.is_some_and(|rest| !rest.starts_with(|c: char| c.is_numeric()))
}

/// Reads the whole list.
pub(super) fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let mut reader = Reader {
        text,
        weeks: Vec::new(),
        heading: None,
        row: None,
        columns: Vec::new(),
        loose: None,
        findings: Vec::new(),
    };
    reader.run();
    let headings: Vec<_> =
        reader.weeks.iter().map(|week| (week.heading, week.span.clone())).collect();
    let dates = week::dates(&headings, hints, &mut reader.findings);
    let digests = reader.weeks.into_iter().zip(dates).map(|(week, date)| Digest {
        date,
        meta: Meta { title: title(week.heading), ..Meta::default() },
        entries: week.entries,
        ..Digest::default()
    });
    Reading { digests: digests.collect(), findings: reader.findings, ..Reading::default() }
}

fn title(heading: &str) -> Translated {
    if heading.is_empty() { Translated::default() } else { Translated::plain(heading) }
}

/// The cells of a row, and where it stands.
struct Row<'a> {
    cells: Vec<Cell<'a>>,
    span: Span,
}

/// Whether a line is a row of names, one of which is that of papers.
pub(super) fn is_head(line: &str) -> bool {
    line.strip_prefix('|').is_some_and(|row| head::names_papers(&cell::split(row, 1)))
}

/// Goes through the lines once.
struct Reader<'a> {
    text: &'a str,
    weeks: Vec<Week<'a>>,
    /// A heading that has had no row yet.
    heading: Option<(&'a str, Span)>,
    /// A row that may still turn out to be the head of a table.
    row: Option<Row<'a>>,
    /// What the columns of the table hold; without a head nothing is known.
    columns: Vec<Column<'a>>,
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
        self.end_table();
        self.drop_heading();
        self.report();
    }

    fn line(&mut self, line: &'a str, span: Span) {
        let text = line.trim_start_matches('#');
        let is_heading = matches!(line.len() - text.len(), 1..=6) && text.starts_with([' ', '\t']);
        if let Some(row) = line.strip_prefix('|') {
            self.row(Row { cells: cell::split(row, span.start + 1), span });
            return;
        }
        self.end_table();
        if is_heading {
            self.drop_heading();
            self.heading = Some((text.trim().trim_end_matches('#').trim_end(), span));
        } else if !line.is_empty() && !is_rule(line) {
            self.keep_loose(span);
        }
    }

    /// Keeps a row until the next line says whether it was the head of a table.
    fn row(&mut self, row: Row<'a>) {
        if cell::is_rule(&row.cells) {
            if let Some(head) = self.row.take() {
                self.head(&head.cells);
            }
        } else if !row.cells.iter().all(Cell::is_separator) {
            self.take_row();
            self.row = Some(row);
        }
    }

    fn head(&mut self, cells: &[Cell<'a>]) {
        self.columns = head::columns(cells);
        for cell in head::unknown(cells) {
            let finding = Finding::new(Code::Unplaced, "nothing is known of a column of this name");
            let finding = finding.at(cell.offset..cell.offset + cell.text.len());
            self.findings.push(
                finding.help("its links and its text were kept; call it `Title`, `Authors` or `Links` if it is that"),
            );
        }
    }

    /// Takes the row that was kept: it is a paper.
    fn take_row(&mut self) {
        let Some(Row { cells, span }) = self.row.take() else { return };
        self.report();
        if let Some((heading, span)) = self.heading.take() {
            self.weeks.push(Week { heading, span, entries: Vec::new() });
        } else if self.weeks.is_empty() {
            self.weeks.push(Week { heading: "", span: span.clone(), entries: Vec::new() });
        }
        if let Some(week) = self.weeks.last_mut() {
            week.entries.push(row::entry(&cells, &self.columns, span, &mut self.findings));
        }
    }

    fn end_table(&mut self) {
        self.take_row();
        self.columns.clear();
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
            let finding =
                Finding::new(Code::Unplaced, "text outside the weekly tables was left out");
            self.findings.push(
                finding.at(span).help("write it into a page of its own if readers should see it"),
            );
        }
    }
}

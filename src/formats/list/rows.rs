//! Which rows of a table are papers.

use super::item::Item;
use super::shape::{self, is_row};
use super::table::{self, Row};
use super::{FEW, Found, Walk};
use crate::diagnostic::{Code, Finding};
use crate::formats::papers_of_the_week::cell;
use crate::formats::text::Line;

impl<'a> Walk<'a> {
    /// Takes a table; where it ends.
    pub(super) fn table(&mut self, all: &[Line<'a>], from: usize) -> usize {
        let end = (from..all.len()).find(|&at| !is_row(all, at)).unwrap_or(all.len());
        let mut rows: Vec<Row<'a>> = all[from..end]
            .iter()
            .map(|line| {
                let bare = line.text.trim();
                let inner = bare.strip_prefix('|').unwrap_or(bare);
                let offset = line.start
                    + (line.text.len() - line.text.trim_start().len())
                    + (bare.len() - inner.len());
                Row { cells: cell::split(inner, offset), span: line.start..line.end() }
            })
            .collect();
        let has_head = rows.get(1).is_some_and(|row| cell::is_rule(&row.cells));
        rows.retain(|row| !cell::is_rule(&row.cells));
        // A table of HTML may have none: then its first row is a paper like the others.
        let is_head =
            |row: &Row<'_>| !row.cells.iter().any(|cell| shape::titled(cell.text).is_some());
        let has_head = has_head && rows.first().is_some_and(is_head);
        let head = has_head.then(|| rows.remove(0));
        let table::Table { rows: read, dated, is_schedule, has_titles } =
            table::read(head.as_ref(), &rows, self.hints.names);
        let linked = read.iter().filter(|row| row.item.is_paper).count();
        let told = read.iter().filter(|row| row.is_told).count();
        let named = read.iter().filter(|row| !row.is_nothing).count();
        let are_told = told >= FEW && told * 3 > named * 2;
        if (linked * 3 < named && !is_schedule || linked == 0) && !are_told {
            all[from..end].iter().for_each(|line| self.loose(*line));
            return end;
        }
        self.findings
            .extend(head.iter().flat_map(|head| table::unnamed(head, &rows, self.hints.names)));
        for row in read.into_iter().filter(|row| !row.is_nothing) {
            let Item { entry, when, is_paper, has_link, is_linked, .. } = row.item;
            // What a schedule calls by one word is no title, wherever that leads.
            let is_told = dated && (!is_schedule || entry.title.contains(' '));
            // Where most titles lead to papers, one that leads elsewhere is one as well.
            let is_titled = is_linked || has_link && has_titles && entry.title.contains(' ');
            if is_paper || row.is_told || has_link && is_told || is_titled && linked * 2 > named {
                self.found.push(Found {
                    own: when,
                    head: self.open,
                    is_paper: is_paper || row.is_told,
                    entry,
                    is_reference: row.is_told,
                    ..Found::default()
                });
            } else {
                let message = "a row that leads to no paper was not taken for one";
                let finding = Finding::new(Code::NotRead, message).at(row.span.clone());
                self.findings.push(finding.help("link its title to the paper"));
            }
        }
        end
    }
}

//! Reader of the text of a published digest: a date, then title, authors, abstract, commentary in one or two languages
//! and tags, again and again. The page's links and markup are lost, so every line is a paragraph of plain text.

mod date;
mod parts;

use crate::diagnostic::{Code, Finding};
use crate::digest::{Digest, Entry, Passage, Prose};

use super::notes::name;
use super::rows::{self, Row};
use super::{Hints, Reading, people, plain, trailing};
use date::Dated;

/// Reads a page: a digest a date.
pub(super) fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let all = rows::rows(text).0;
    let rows: Vec<Row<'_>> =
        all.iter().map(|row| Row { code: false, ..row.trimmed() }).filter(|row| !row.text.is_empty()).collect();
    let mut page = Page { text, hints, reading: Reading::default() };
    let dates: Vec<usize> = (0..rows.len()).filter(|&at| date::parse(rows[at].text).is_some()).collect();
    let first = dates.first().copied().unwrap_or(0);
    let before = if dates.is_empty() { &[] } else { &rows[..first] };
    if dates.is_empty() {
        page.digest(None, &[], &rows);
    }
    for (index, &at) in dates.iter().enumerate() {
        let end = dates.get(index + 1).copied().unwrap_or(rows.len());
        page.digest(Some(&rows[at]), if index == 0 { before } else { &[] }, &rows[at + 1..end]);
    }
    page.reading
}

struct Page<'a> {
    text: &'a str,
    hints: &'a Hints<'a>,
    reading: Reading,
}

impl Page<'_> {
    /// Adds what stands under a date, and what stands before the first.
    fn digest(&mut self, line: Option<&Row<'_>>, before: &[Row<'_>], rows: &[Row<'_>]) {
        let date = match line.map(|line| (line, date::parse(line.text))) {
            Some((_, Some(Dated::On(date)))) => Some(date),
            Some((line, _)) => self.no_such_day(line),
            None => name::parts(self.hints.stem).0.or(self.hints.date),
        };
        if date.is_none() && line.is_none() {
            let at = rows.first().map_or(0..0, |row| row.start..row.end());
            let finding = Finding::new(Code::Undated, "the page has no date").at(at);
            self.reading.findings.push(finding.help("say the date of the digest with `--date`"));
        }
        let parts = parts::split(rows);
        let intro = before.iter().chain(parts.intro).copied().collect::<Vec<_>>();
        let mut digest = Digest { date, intro: self.passages(&intro), ..Digest::default() };
        for part in parts.entries {
            digest.entries.push(self.entry(&part));
        }
        self.reading.digests.push(digest);
    }

    fn no_such_day(&mut self, line: &Row<'_>) -> Option<jiff::civil::Date> {
        let finding = Finding::new(Code::BadDate, "there is no such day").at(line.start..line.end());
        self.reading.findings.push(finding.help("write a day of the calendar, or say another with `--date`"));
        self.hints.date
    }

    fn entry(&mut self, part: &parts::Part<'_, '_>) -> Entry {
        let mut entry = Entry { tags: part.tags.clone(), ..Entry::default() };
        if let Some(title) = part.title {
            let text = rows::heading(title.text).map_or(title.text, |(_, text)| text);
            entry.title = plain::line(text);
            entry.span = title.start..title.end();
        }
        if let Some(authors) = part.authors {
            let inside = people::last_group(authors.text).map_or(authors.text, |(_, inside)| inside);
            people::add(inside, &mut entry);
        }
        entry.links = part.links.iter().map(|url| crate::digest::Link { key: None, url: url.clone() }).collect();
        entry.abstract_text = (!part.abstract_text.is_empty()).then(|| self.prose(part.abstract_text));
        entry.body = self.passages(&part.body);
        for row in &part.unplaced {
            let finding = Finding::new(Code::Unplaced, "this text belongs to no paper").at(row.start..row.end());
            self.reading
                .findings
                .push(finding.help("it stays in the commentary before it; end that with a line of `#tags`"));
        }
        entry
    }

    fn prose(&self, rows: &[Row<'_>]) -> Prose {
        let mut prose = Prose::default();
        for row in rows {
            if !prose.text.is_empty() {
                prose.push("\n\n", row.start.saturating_sub(2));
            }
            let paragraph = plain::prose(&self.text[row.start..row.end()], row.start);
            super::cut::copy(&paragraph, 0..paragraph.text.len(), &mut prose);
        }
        prose
    }

    fn passages(&self, rows: &[Row<'_>]) -> Vec<Passage> {
        if rows.is_empty() {
            return Vec::new();
        }
        trailing::split(vec![Passage { lang: None, text: self.prose(rows) }], self.hints)
    }
}

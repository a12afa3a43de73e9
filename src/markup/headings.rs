//! Headings: levels that follow on from the page's, and ids that no other text of the page has.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::HeadingLevel;

use super::writer::Writer;
use super::{Heading, escape};

impl Writer<'_> {
    pub(super) fn start_heading(&mut self, _level: HeadingLevel) {
        self.divert();
        self.words = Some(String::new());
    }

    pub(super) fn end_heading(&mut self, level: HeadingLevel, range: Range<usize>) {
        let inner = self.diverted();
        let words = self.words.take().unwrap_or_default();
        if inner.html.is_empty() && inner.holes.is_empty() {
            return;
        }
        let level = self.heading_level(level as u8);
        let id = self.heading_id(&words);
        let _ = write!(self.out.html, "<h{level} id=\"");
        self.push_attribute(&id);
        self.push("\">");
        self.out.append(&inner);
        let _ = writeln!(self.out.html, "</h{level}>");
        let span = self.source.span(range);
        self.headings.push(Heading { level, id, html: escape::escaped(words.trim()), span });
    }

    /// The level that a heading has on the page: one below the heading it stands under, whatever was skipped.
    pub(super) fn heading_level(&mut self, written: u8) -> u8 {
        while self.outline.last().is_some_and(|&above| above >= written) {
            self.outline.pop();
        }
        let level = self.base_level + self.outline.len() as u8;
        self.outline.push(written);
        level.min(6)
    }

    /// The id of a heading; of equal ones the later have a number behind it.
    fn heading_id(&mut self, words: &str) -> String {
        let wanted = self.prefixed(&slug(words));
        // Numbers only grow, so that they are looked through once for all headings of these words.
        let mut number = self.heading_ids.get(&wanted).copied().unwrap_or(0);
        let id = loop {
            number += 1;
            let id = if number == 1 { wanted.clone() } else { format!("{wanted}-{number}") };
            if !self.heading_ids.contains_key(&id) {
                break id;
            }
        };
        self.heading_ids.insert(id.clone(), 1);
        self.heading_ids.insert(wanted, number);
        id
    }

    /// An id that no other text of the page has.
    pub(super) fn prefixed(&self, id: &str) -> String {
        prefixed(self.key, id)
    }
}

/// The ids in a piece of HTML, as they are written there.
pub fn parts(html: &str) -> impl Iterator<Item = &str> {
    html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next())
}

/// The id that a part of a text with this key has on a page.
pub fn prefixed(key: &str, id: &str) -> String {
    if key.is_empty() { id.to_owned() } else { format!("{key}-{id}") }
}

/// The part of an id that the words give: letters and digits of any script, in lower case, joined by `-`.
pub fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for c in words.chars().flat_map(char::to_lowercase).take(80) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "section".to_owned() } else { slug }
}

//! What people write in HTML within Markdown as Markdown, each stretch with its place: tables, lists, headings, and what can be
//! folded. Knows no columns.

use std::borrow::Cow;
use std::ops::Range;

use crate::formats::fields::{self, Kind};
use crate::model::{PaperId, Prose};
use crate::prose::address::addresses;

/// Longest heading and summary, in bytes.
const LONGEST: usize = 2000;
/// As much of what is folded is looked at to tell whether it is a list.
const PEEK: usize = 4000;
/// Longest tag, in bytes.
const TAG: usize = 400;
/// A list within lists is no deeper than this.
const DEEPEST: usize = 10;

/// A text with its tables and lists as Markdown; as it is where it has none.
pub(super) fn as_markdown(text: &str) -> Option<Prose> {
    let is_html = |at: usize| {
        let name = name(&text[at..]);
        ["table", "details", "li", "ul", "ol", "dl"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known))
    };
    let mut found = memchr::memchr_iter(b'<', text.as_bytes());
    let first = found.find(|at| is_html(*at))?;
    let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let mut made = Made { text, out: Prose::default(), lists: 0, folded: Vec::new(), items: 0 };
    made.out.push(&text[..start], 0);
    let mut at = start;
    while let Some(open) = memchr::memchr(b'<', &text.as_bytes()[at..]).map(|found| at + found) {
        made.plain(at..open);
        at = made.tag(open).unwrap_or_else(|| {
            made.out.push("<", open);
            open + 1
        });
    }
    made.plain(at..text.len());
    Some(made.out)
}

/// The name of a tag that a text begins with, with the stroke of one that closes.
fn name(text: &str) -> &str {
    let inner = text.get(1..).unwrap_or_default();
    let stroke = usize::from(inner.starts_with('/'));
    let letters = inner[stroke..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    &inner[..stroke + letters]
}

struct Made<'t> {
    text: &'t str,
    out: Prose,
    /// How many lists are open.
    lists: usize,
    /// For each fold that is open, whether it is an item with all that is in it.
    folded: Vec<bool>,
    /// How many of them are.
    items: usize,
}

impl Made<'_> {
    /// How far lines stand in: in lists of HTML, and below a paper that is folded.
    fn indent(&self) -> usize {
        2 * (self.lists + self.items).min(DEEPEST)
    }

    /// A stretch of text, its lines as far in as it belongs.
    fn plain(&mut self, range: Range<usize>) {
        let indent = self.indent();
        if indent == 0 {
            return self.out.push(&self.text[range.clone()], range.start);
        }
        let mut at = range.start;
        for line in self.text[range].split_inclusive('\n') {
            let is_start = self.out.text.ends_with('\n');
            let shown = line.trim_start_matches([' ', '\t']);
            if self.lists > 0 {
                // An item of a list is one line.
                self.out.push(shown.trim_end(), at + line.len() - shown.len());
                self.out.push(
                    if shown.ends_with('\n') { " " } else { &shown[shown.trim_end().len()..] },
                    at + line.len(),
                );
            } else {
                self.out.push(&" ".repeat(if is_start { indent } else { 0 }), at);
                self.out.push(line, at);
            }
            at += line.len();
        }
    }

    /// Takes a tag that makes structure; where it ends.
    fn tag(&mut self, open: usize) -> Option<usize> {
        let text = self.text;
        let name = name(&text[open..]).to_ascii_lowercase();
        let tag = &text[open..text.floor_char_boundary(open + TAG)];
        let end = || tag.find('>').map(|found| open + found + 1);
        let line = |made: &mut Self, mark: &str| {
            made.out.push("\n", open);
            let indent = made.indent().saturating_sub(2 * usize::from(mark == "- "));
            made.out.push(&" ".repeat(indent), open);
            made.out.push(mark, open);
        };
        match name.as_str() {
            "table" => return Some(self.table(open)),
            "ul" | "ol" | "dl" => self.lists += 1,
            "/ul" | "/ol" | "/dl" => {
                self.lists = self.lists.saturating_sub(1);
                self.out.push("\n", open);
            }
            // What is said of a term goes on its line.
            "dd" => self.out.push(" | ", open),
            "li" | "dt" => {
                self.lists = self.lists.max(1);
                line(self, "- ");
            }
            "details" => self.folded.push(false),
            "/details" => {
                self.items -= usize::from(self.folded.pop() == Some(true));
                self.out.push("\n", open);
            }
            "summary" => return self.summary(open, end()?),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.lists == 0 => {
                let level = usize::from(name.as_bytes()[1] - b'0');
                line(self, &("#".repeat(level) + " "));
                return self.inner(end()?, &format!("</{name}"));
            }
            "/li" | "/dt" | "/dd" => {}
            _ => return None,
        }
        end()
    }

    /// What stands up to a closing tag, on one line; where the tag ends.
    fn inner(&mut self, start: usize, close: &str) -> Option<usize> {
        let near = &self.text[start..self.text.floor_char_boundary(start + LONGEST)];
        let length = first(near, &[close])?;
        cell_of(&near[..length], start, &mut self.out);
        self.out.push("\n", start + length);
        near[length..].find('>').map(|found| start + length + found + 1)
    }

    /// What is shown of a fold: an item where it leads to a paper, a heading where a list of papers is folded.
    fn summary(&mut self, open: usize, start: usize) -> Option<usize> {
        let near = &self.text[start..self.text.floor_char_boundary(start + LONGEST)];
        let length = first(near, &["</summary"])?;
        let shown = &near[..length];
        let leads = |text: &str| {
            addresses(text).any(|range| super::is_paper(&text[range.clone()]))
                || text
                    .split(['"', '\'', '(', ')'])
                    .any(|part| PaperId::parse(part).is_some() && part.contains("://"))
        };
        let inside =
            &self.text[start + length..self.text.floor_char_boundary(start + length + PEEK)];
        let inside = &inside[..first(inside, &["</details"]).unwrap_or(inside.len())];
        let is_item = leads(shown);
        if let Some(field) =
            fields::named(&text_of(shown), &[]).filter(|field| field.kind == Kind::Text)
        {
            return self.said(field.name, open, start + length);
        }
        let is_list = || {
            inside.lines().any(|line| {
                line.contains("http")
                    && (super::bullet(line).is_some() || line.trim_start().starts_with(['|', '<']))
            }) || first(inside, &["<summary", "<td"]).is_some()
        };
        if !is_item && (self.indent() > 0 || !is_list()) {
            return None;
        }
        self.out.push("\n\n", open);
        if is_item {
            self.out.push(&" ".repeat(self.indent()), open);
            self.out.push("- ", open);
        } else {
            let depth = self.folded.len().clamp(1, 3);
            self.out.push(&"#".repeat(3 + depth), open);
            self.out.push(" ", open);
        }
        // A heading in it is its words.
        let inner = first(shown, &["<h1", "<h2", "<h3", "<h4", "<h5", "<h6"]);
        let from = inner.and_then(|at| Some(at + shown[at..].find('>')? + 1)).unwrap_or(0);
        let until = first(&shown[from..], &["</h"]).map_or(length, |at| from + at);
        cell_of(&shown[from..until], start + from, &mut self.out);
        self.out.push("\n", start + length);
        if let Some(last) = self.folded.last_mut().filter(|last| !**last) {
            *last = is_item;
            self.items += usize::from(is_item);
        }
        near[length..].find('>').map(|found| start + length + found + 1)
    }

    /// What is folded below the name of a field, as its label; where that ends.
    fn said(&mut self, name: &str, open: usize, end: usize) -> Option<usize> {
        let start = end + self.text[end..].find('>')? + 1;
        let inside = near(&self.text[start..]);
        let length = first(inside, &["</details"])?;
        // Below an item, wherever that stands.
        self.out.push("\n    - ", open);
        self.out.push(name, open);
        self.out.push(": ", open);
        cell_of(&inside[..length], start, &mut self.out);
        Some(start + length)
    }

    /// A table; where it ends.
    fn table(&mut self, open: usize) -> usize {
        let text = self.text;
        let end = first(&text[open..], &["</table>"]).map_or(text.len(), |found| open + found);
        self.out.push("\n", open);
        let mut is_first = true;
        for row in rows(text, open..end) {
            let columns = row.len();
            for (start, cell) in row {
                self.out.push("| ", start);
                cell_of(cell, start, &mut self.out);
                self.out.push(" ", start + cell.len());
            }
            self.out.push("|\n", end);
            if std::mem::take(&mut is_first) {
                self.out.push(&"|---".repeat(columns.max(1)), end);
                self.out.push("|\n", end);
            }
        }
        (end + "</table>".len()).min(text.len())
    }
}

/// The words of HTML without its tags.
fn text_of(html: &str) -> String {
    let mut parts = html.split('<');
    let first = parts.next().unwrap_or_default();
    let rest = parts.filter_map(|part| part.split_once('>')).map(|(_, words)| words);
    std::iter::once(first).chain(rest).collect::<String>().trim().to_owned()
}

/// The cells of each row, with their places.
pub(in crate::formats) fn rows(text: &str, range: Range<usize>) -> Vec<Vec<(usize, &str)>> {
    let mut rows: Vec<Vec<(usize, &str)>> = Vec::new();
    let mut at = range.start;
    while let Some(open) = text[at..range.end].find('<').map(|found| at + found) {
        let rest = &text[open..range.end];
        let name: String = rest[1..].chars().take(2).flat_map(char::to_lowercase).collect();
        let is_tag = rest.as_bytes().get(3).is_some_and(|b| matches!(b, b'>' | b' ' | b'\n'));
        let Some(close) = rest.find('>').map(|found| open + found + 1) else { break };
        at = close;
        match name.as_str() {
            "tr" if is_tag => rows.push(Vec::new()),
            "td" | "th" if is_tag => {
                let inside = &text[close..range.end];
                let end = close
                    + first(near(inside), &["</td", "</th", "<td", "<th>", "</tr", "<tr"])
                        .unwrap_or(near(inside).len());
                if rows.is_empty() {
                    rows.push(Vec::new());
                }
                rows.last_mut().into_iter().for_each(|row| row.push((close, &text[close..end])));
                at = end;
            }
            _ => {}
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}

/// Cells longer than this end here.
fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(20_000)]
}

/// A cell on one line, without bars.
fn cell_of(cell: &str, start: usize, out: &mut Prose) {
    let mut at = 0;
    for line in cell.split_inclusive('\n') {
        let text = line.trim();
        let lead = line.len() - line.trim_start().len();
        if !text.is_empty() {
            let shown: Cow<'_, str> =
                if text.contains('|') { text.replace('|', "\\|").into() } else { text.into() };
            out.push(&shown, start + at + lead);
            out.push(" ", start + at + line.len());
        }
        at += line.len();
    }
}

/// Where the first of some tags stands, in capitals or not.
fn first(text: &str, tags: &[&str]) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes).find(|at| {
        tags.iter().any(|tag| {
            bytes[*at..].get(..tag.len()).is_some_and(|b| b.eq_ignore_ascii_case(tag.as_bytes()))
        })
    })
}

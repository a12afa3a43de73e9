//! Tables of HTML as tables of Markdown, each stretch with its place. Knows no columns.

use std::borrow::Cow;

use crate::model::Prose;

/// A text with its tables as Markdown; as it is where it has none.
pub(super) fn with_tables(text: &str) -> Option<Prose> {
    find(text, "<table")?;
    let (mut out, mut at) = (Prose::default(), 0);
    while let Some(open) = find(&text[at..], "<table").map(|found| at + found) {
        let end = find(&text[open..], "</table>").map_or(text.len(), |found| open + found);
        out.push(&text[at..open], at);
        out.push("\n", open);
        let mut is_first = true;
        for row in rows(text, open..end) {
            let columns = row.len();
            for (start, cell) in row {
                out.push("| ", start);
                cell_of(cell, start, &mut out);
                out.push(" ", start + cell.len());
            }
            out.push("|\n", end);
            if std::mem::take(&mut is_first) {
                out.push(&"|---".repeat(columns.max(1)), end);
                out.push("|\n", end);
            }
        }
        at = (end + "</table>".len()).min(text.len());
    }
    out.push(&text[at..], at);
    Some(out)
}

/// The cells of each row, with their places.
fn rows(text: &str, range: std::ops::Range<usize>) -> Vec<Vec<(usize, &str)>> {
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

fn find(text: &str, tag: &str) -> Option<usize> {
    first(text, &[tag])
}

//! A table cell: parting a row, the links of a cell, and its text as Markdown blocks. Knows no row's meaning.

use crate::model::Prose;

/// Links have short labels; more than this is text in brackets.
const LONGEST_LABEL: usize = 200;

/// A trimmed cell and where it stands in the source.
#[derive(Debug, Clone, Copy)]
pub(in crate::formats) struct Cell<'a> {
    pub(in crate::formats) text: &'a str,
    pub(in crate::formats) offset: usize,
}

/// A link `[label](address)` of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) struct CellLink<'a> {
    pub(in crate::formats) label: &'a str,
    pub(in crate::formats) url: &'a str,
}

impl<'a> Cell<'a> {
    pub(in crate::formats) fn new(text: &'a str, offset: usize) -> Self {
        let lead = text.len() - text.trim_start().len();
        Self { text: text.trim(), offset: offset + lead }
    }

    /// `-----`, `:---:`: the line under a table's head.
    pub(in crate::formats) fn is_separator(&self) -> bool {
        self.text.bytes().all(|b| matches!(b, b'-' | b':'))
    }

    /// What follows a byte offset of the cell.
    pub(in crate::formats) fn from(&self, at: usize) -> Self {
        Self::new(self.text.get(at..).unwrap_or_default(), self.offset + at)
    }
}

/// The cells of a row without its first `|`; an escaped bar parts nothing.
pub(in crate::formats) fn split(row: &str, offset: usize) -> Vec<Cell<'_>> {
    let mut cells = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, byte) in row.bytes().enumerate() {
        if byte == b'|' && !escaped {
            cells.push(Cell::new(&row[start..at], offset + start));
            start = at + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    if !row[start..].trim().is_empty() {
        cells.push(Cell::new(&row[start..], offset + start));
    }
    cells
}

/// Whether the cells are the line under a table's head.
pub(in crate::formats) fn is_rule(cells: &[Cell<'_>]) -> bool {
    cells.iter().all(Cell::is_separator) && cells.iter().any(|cell| cell.text.contains('-'))
}

/// The link at the start of a text and its length. Brackets may pair wrongly, as in `[Tweet)](…)`.
pub(in crate::formats) fn leading_link(text: &str) -> Option<(CellLink<'_>, usize)> {
    let inner = text.strip_prefix('[')?;
    // Brackets in a label close before it does, and no link stands in it.
    let mut depth = 0_usize;
    let (close, _) = inner.char_indices().take(LONGEST_LABEL).find(|&(_, c)| {
        let ends = c == ']' && depth == 0;
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        ends
    })?;
    let label = &inner[..close];
    if !inner[close..].starts_with("](") || label.contains("](") {
        return None;
    }
    let address = &inner[close + 2..];
    let end = closing_bracket(address)?;
    let url = address[..end].trim();
    Some((CellLink { label, url }, 1 + close + 2 + end + 1))
}

/// Where the bracket closes that was opened before the text; never beyond the next link.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            b'[' => return None,
            _ => {}
        }
    }
    None
}

/// What stands between two breaks of a cell.
struct Piece<'a> {
    text: &'a str,
    at: usize,
    bullet: bool,
}

/// A cell's text as Markdown: `<br>` parts paragraphs, `●` opens an item of a list.
pub(in crate::formats) fn prose(cell: &Cell<'_>) -> Prose {
    let mut out = Prose::default();
    let mut in_list = false;
    for piece in pieces(cell.text).filter(|piece| !piece.text.trim().is_empty()) {
        let offset = cell.offset + piece.at;
        if !out.text.is_empty() {
            out.push(if in_list && piece.bullet { "\n" } else { "\n\n" }, offset);
        }
        if piece.bullet {
            out.push("- ", offset);
        }
        words(piece.text, offset, &mut out);
        in_list = piece.bullet;
    }
    out
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let (mut at, mut bullet) = (0, false);
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let stop =
            rest.char_indices().find_map(|(index, c)| Some((index, mark(&rest[index..], c)?)));
        let (end, (width, opens)) = stop.unwrap_or((rest.len(), (0, false)));
        let piece = Piece { text: &rest[..end], at, bullet };
        at += end + width;
        bullet = opens;
        Some(piece)
    })
}

/// The length of a break at the start of a text, and whether it opens an item.
fn mark(text: &str, first: char) -> Option<(usize, bool)> {
    match first {
        '●' => Some((first.len_utf8(), true)),
        '<' => ["<br>", "<br/>", "<br />"]
            .iter()
            .find(|tag| text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
            .map(|tag| (tag.len(), false)),
        _ => None,
    }
}

/// Appends words parted by single spaces, each with its place.
fn words(text: &str, offset: usize, out: &mut Prose) {
    let mut first = true;
    let mut at = 0;
    for gap in text.split_inclusive(char::is_whitespace) {
        let word = gap.trim_end();
        if !word.is_empty() {
            if !first {
                out.push(" ", (offset + at).saturating_sub(1));
            }
            out.push(word, offset + at);
            first = false;
        }
        at += gap.len();
    }
}

//! Rows of CSV, as RFC 4180 and spreadsheets have them. Knows no fields.

use std::borrow::Cow;

use super::Span;

/// A cell.
pub(crate) struct Cell<'t> {
    /// What stands in quotes at its beginning; in these, two quotes are one.
    quoted: Option<String>,
    /// What stands outside of quotes.
    bare: &'t str,
    /// Where it begins.
    pub(super) at: usize,
}

impl<'t> Cell<'t> {
    /// All of it, without the spaces around what stands outside of quotes.
    pub(super) fn trimmed(self) -> Cow<'t, str> {
        let bare = self.bare.trim();
        self.quoted.map_or(Cow::Borrowed(bare), |quoted| Cow::Owned(quoted + bare))
    }

    /// All of it, as it is written.
    pub(crate) fn whole(self) -> String {
        self.quoted.unwrap_or_default() + self.bare
    }
}

/// The cells of a row.
pub(crate) struct Row<'t> {
    pub(crate) cells: Vec<Cell<'t>>,
    pub(super) span: Span,
    /// Where a quote opens that never closes.
    pub(super) unclosed: Option<usize>,
}

/// The rows of a text from an offset on, whose cells a mark of ASCII parts.
pub(crate) struct Rows<'t> {
    pub(crate) text: &'t str,
    pub(crate) at: usize,
    pub(crate) mark: u8,
}

impl<'t> Iterator for Rows<'t> {
    type Item = Row<'t>;

    fn next(&mut self) -> Option<Row<'t>> {
        let bytes = self.text.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        let mut row = Row { cells: Vec::new(), span: self.at..self.at, unclosed: None };
        loop {
            let at = self.at;
            let (quoted, start) = match bytes.get(at) {
                Some(b'"') => self.quoted(&mut row.unclosed),
                _ => (None, at),
            };
            let end = memchr::memchr3(self.mark, b'\n', b'\r', &bytes[start..])
                .map_or(bytes.len(), |end| start + end);
            row.cells.push(Cell { quoted, bare: &self.text[start..end], at });
            row.span.end = end;
            self.at = end + 1;
            if bytes.get(end) == Some(&self.mark) {
                continue;
            }
            self.at +=
                usize::from(bytes.get(end) == Some(&b'\r') && bytes.get(end + 1) == Some(&b'\n'));
            return Some(row);
        }
    }
}

impl Rows<'_> {
    /// What stands in the quotes that open here, and where it ends. What follows belongs to the cell: spreadsheets write it
    /// where people did.
    fn quoted(&self, unclosed: &mut Option<usize>) -> (Option<String>, usize) {
        let (mut out, mut from) = (String::new(), self.at + 1);
        loop {
            let rest = &self.text[from..];
            let Some(close) = memchr::memchr(b'"', rest.as_bytes()) else {
                unclosed.get_or_insert(self.at);
                out.push_str(rest);
                return (Some(out), self.text.len());
            };
            out.push_str(&rest[..close]);
            from += close + 1;
            if !self.text[from..].starts_with('"') {
                return (Some(out), from);
            }
            out.push('"');
            from += 1;
        }
    }
}

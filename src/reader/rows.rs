//! A text as rows with places: what readers of Markdown notes and of pages stand on. Knows fenced code and, as far
//! as one line shows it, the kinds of blocks; knows no format.

use crate::digest::id::unwrap_redirector;
use crate::digest::{PaperId, Tag};

/// One line, without its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row<'t> {
    /// Where it starts, in bytes.
    pub start: usize,
    /// What it says.
    pub text: &'t str,
    /// Whether it belongs to fenced code, the fences included.
    pub code: bool,
}

impl<'t> Row<'t> {
    /// Where its text ends.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether nothing but white space is on it.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim_start().is_empty()
    }

    /// A part of it; `part` must be a slice of its text.
    pub(super) fn part(&self, from: usize, to: usize) -> Self {
        Self { start: self.start + from, text: self.text.get(from..to).unwrap_or_default(), code: self.code }
    }

    /// Without white space at both ends.
    pub(super) fn trimmed(&self) -> Row<'t> {
        let lead = self.text.len() - self.text.trim_start().len();
        Row { start: self.start + lead, text: self.text.trim(), code: self.code }
    }

    /// The tags, if it is made of nothing else.
    pub(super) fn tags(&self) -> Option<Vec<Tag>> {
        if self.code || !self.text.trim_start().starts_with('#') {
            return None;
        }
        let tag = |word: &str| word.starts_with('#').then(|| Tag::parse(word)).flatten();
        self.text.split_whitespace().map(tag).collect()
    }
}

/// The rows of a text, a byte order mark left out, and the fence that never closes, if there is one. Rows after such
/// a fence do not count as code, so that what follows is not lost to a slip.
pub(super) fn rows(text: &str) -> (Vec<Row<'_>>, Option<Fence>) {
    let mut start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut open: Option<Fence> = None;
    for line in text[start..].split_inclusive('\n') {
        let row = Row { start, text: line.trim_end_matches(['\n', '\r']), code: false };
        start += line.len();
        let fence = Fence::of(&row);
        let (code, next) = match (open, fence) {
            (Some(opened), Some(fence)) if fence.closes(opened) => (true, None),
            (Some(opened), _) => (true, Some(opened)),
            (None, Some(fence)) if fence.opens => (true, Some(fence)),
            (None, _) => (false, None),
        };
        open = next;
        rows.push(Row { code, ..row });
    }
    if let Some(fence) = open {
        rows.iter_mut().rev().take_while(|row| row.start >= fence.start).for_each(|row| row.code = false);
    }
    (rows, open)
}

/// A line that opens or closes fenced code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fence {
    /// Where its row starts and ends, in bytes.
    pub start: usize,
    /// The end of its row.
    pub end: usize,
    /// Whether it stands at the start of its line, in no list.
    pub outermost: bool,
    mark: char,
    length: usize,
    opens: bool,
    bare: bool,
}

impl Fence {
    fn of(row: &Row<'_>) -> Option<Self> {
        let line = row.text;
        let rest = line.trim_start_matches(' ');
        let mark = rest.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let info = rest.trim_start_matches(mark);
        let length = rest.len() - info.len();
        let indent = line.len() - rest.len();
        let opens = mark == '~' || !info.contains('`');
        let bare = info.trim().is_empty();
        (length >= 3 && indent <= 3).then_some(Self {
            start: row.start,
            end: row.end(),
            outermost: indent == 0,
            mark,
            length,
            opens,
            bare,
        })
    }

    fn closes(self, opened: Self) -> bool {
        self.bare && self.mark == opened.mark && self.length >= opened.length
    }

    /// The line that closes it.
    pub(super) fn closing(self) -> String {
        self.mark.to_string().repeat(self.length)
    }
}

/// The level and the text of a heading written with `#`.
pub(super) fn heading(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches(' ');
    let after = rest.trim_start_matches('#');
    let level = rest.len() - after.len();
    let opens = (1..=6).contains(&level) && (after.is_empty() || after.starts_with([' ', '\t']));
    (opens && line.len() - rest.len() <= 3).then(|| (level, after.trim()))
}

/// Whether a block that opens with this line is something else than prose: indented, a heading, quote, list, table,
/// code, rule, HTML, formula, a wikilink, an image or an address of its own.
pub(super) fn opens_other_block(line: &str) -> bool {
    const MARKS: [&str; 15] =
        ["#", ">", "|", "```", "~~~", "$$", ":::", "[[", "![", "---", "***", "___", "- ", "* ", "+ "];
    let html = |rest: &str| {
        rest.strip_prefix('<')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)))
    };
    let numbered = |rest: &str| {
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        after.len() < rest.len() && (after.starts_with(". ") || after.starts_with(") "))
    };
    line.starts_with([' ', '\t'])
        || MARKS.iter().any(|mark| line.starts_with(mark))
        || html(line)
        || numbered(line)
        || addresses(line).is_some()
}

/// The addresses of a line that holds nothing else: bare, in angle brackets, or a link that shows its address.
pub(super) fn addresses(line: &str) -> Option<Vec<String>> {
    let line = line.trim();
    if !line.starts_with(['h', 'H', '<', '[']) {
        return None;
    }
    line.split_whitespace().map(address).collect()
}

/// The address that a word is.
pub(super) fn address(word: &str) -> Option<String> {
    if let Some((shown, target)) = link(word) {
        let target = web(target)?;
        let shown = web(shown)?;
        let same = PaperId::parse(&shown).is_some_and(|id| PaperId::parse(&target) == Some(id));
        return Some(if same { shown } else { target });
    }
    web(word.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(word))
}

/// The text and the target of `[text](target)`, where that is all.
pub(super) fn link(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('[')?.strip_suffix(')')?;
    inner.rsplit_once("](")
}

fn web(text: &str) -> Option<String> {
    let host = ["https://", "http://"].iter().find_map(|scheme| {
        text.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme)).map(|_| &text[scheme.len()..])
    })?;
    let named = host.starts_with(|c: char| c.is_alphanumeric());
    let whole = named && !text.contains(|c: char| c.is_whitespace() || "<>\"`".contains(c));
    whole.then(|| unwrap_redirector(text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_know_their_places_and_code() {
        let text = "\u{feff}a\r\n```\n#b\n```\n";
        let all: Vec<_> = rows(text).0.iter().map(|row| (row.start, row.text, row.code)).collect();
        assert_eq!(all, [(3, "a", false), (6, "```", true), (10, "#b", true), (13, "```", true)]);
        let (open, fence) = rows("```\na");
        assert!(open.iter().all(|row| !row.code) && fence.is_some());
    }

    #[test]
    fn addresses_stand_alone() {
        assert_eq!(addresses("https://a.org/x <http://b.org>").map(|all| all.len()), Some(2));
        let wrapped = "[https://arxiv.org/abs/2501.00001](https://l.facebook.com/l.php?u=https%3A%2F%2Farxiv.org%2Fabs%2F2501.00001%3Ff%3Dx)";
        assert_eq!(addresses(wrapped), Some(vec!["https://arxiv.org/abs/2501.00001".to_owned()]));
        for line in ["", "https://a.org 는", "[text](https://a.org)", "http", "https://"] {
            assert_eq!(addresses(line), None, "{line}");
        }
    }
}

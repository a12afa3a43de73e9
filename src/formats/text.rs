//! Text as lines with places: what every reader stands on. Knows Markdown's fences and the kinds of its
//! blocks, as far as one line shows them; knows no format.

pub(crate) use crate::model::fit::clean;
use crate::model::id::is_web_address;

/// One line, without its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line<'t> {
    /// Where it starts, in bytes.
    pub(crate) start: usize,
    /// What it says.
    pub(crate) text: &'t str,
    /// Where the next line starts.
    pub(crate) next: usize,
}

impl Line<'_> {
    /// Where its text ends.
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether nothing but white space is on it.
    pub(crate) fn is_blank(&self) -> bool {
        is_blank(self.text)
    }

    /// How many bytes stand before its first word.
    pub(crate) fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }
}

/// Whether a text is nothing but white space.
pub(crate) fn is_blank(text: &str) -> bool {
    text.trim_start().is_empty()
}

/// The lines of a range of a text.
pub(crate) fn lines(
    text: &str,
    range: std::ops::Range<usize>,
) -> impl Iterator<Item = Line<'_>> + Clone {
    let mut start = range.start;
    std::iter::from_fn(move || {
        let rest = text.get(start..range.end).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let line = Line {
            start,
            text: rest[..length].trim_end_matches('\r'),
            next: (start + length + 1).min(range.end),
        };
        start = line.next;
        Some(line)
    })
}

/// Whether signs stand anywhere in a text, the first of which is rare there. All texts are asked for this, and nearly none has them.
pub(crate) fn has(text: &str, signs: &str) -> bool {
    let (bytes, signs) = (text.as_bytes(), signs.as_bytes());
    signs.first().is_none_or(|first| {
        memchr::memchr_iter(*first, bytes).any(|at| bytes[at..].starts_with(signs))
    })
}

/// Where a text starts after a byte order mark.
pub(crate) fn start(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// The line's text from its first character on, if it is indented by three spaces at most.
pub(crate) fn unindented(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(' ');
    (line.len() - rest.len() <= 3 && !rest.starts_with('\t')).then_some(rest)
}

/// The level and the text of an ATX heading.
pub(crate) fn heading(line: &str) -> Option<(usize, &str)> {
    let rest = unindented(line)?;
    let after = rest.trim_start_matches('#');
    let level = rest.len() - after.len();
    // `#[Lamps at Night](https://…)`, as some write it, is no tag.
    let is_linked = || after.starts_with('[') && after.ends_with(')') && after.contains("](http");
    let opens = (1..=6).contains(&level)
        && (after.is_empty() || after.starts_with([' ', '\t']) || is_linked());
    opens.then(|| (level, after.trim()))
}

/// Whether the line makes a block quote.
pub(crate) fn is_quote(line: &str) -> bool {
    unindented(line).is_some_and(|rest| rest.starts_with('>'))
}

/// What stands behind the bullet that a line begins with; `None` where it has none.
pub(crate) fn behind_bullet(line: &str) -> Option<&str> {
    ["- ", "* ", "+ "].iter().find_map(|bullet| line.strip_prefix(bullet))
}

/// Whether a line is a thematic break.
pub(crate) fn is_rule(line: &str) -> bool {
    let mut marks = line.chars().filter(|c| !c.is_whitespace());
    let first = marks.next().filter(|c| matches!(c, '-' | '*' | '_'));
    let mut more = 0;
    first.is_some_and(|first| marks.inspect(|_| more += 1).all(|c| c == first)) && more > 1
}

/// Whether a line ends the paragraph before it though no blank line parts them.
pub(crate) fn breaks_paragraph(line: &str) -> bool {
    let Some(rest) = unindented(line) else {
        return false;
    };
    match rest.as_bytes().first() {
        Some(b'>') => true,
        Some(b'#') => heading(line).is_some(),
        Some(b':') => rest.starts_with(":::"),
        Some(b'`') => rest.starts_with("```"),
        Some(b'~') => rest.starts_with("~~~"),
        Some(b'<') => rest.starts_with("<english>") || rest.starts_with("<!--"),
        _ => false,
    }
}

/// Words parted by single spaces.
pub(crate) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Fenced code, followed line by line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Fence {
    open: Option<(u8, usize)>,
}

impl Fence {
    /// Takes the next line; whether it belongs to fenced code, the fences included.
    pub(crate) fn take(&mut self, line: &str) -> bool {
        // Nearly every line starts with a letter, and needs no more than this.
        if self.open.is_none() && !matches!(line.as_bytes().first(), Some(b' ' | b'`' | b'~')) {
            return false;
        }
        let mark = unindented(line).and_then(fence);
        match (self.open, mark) {
            (Some((kind, length)), Some(mark))
                if mark.kind == kind && mark.length >= length && mark.info.is_empty() =>
            {
                self.open = None;
                true
            }
            (Some(_), _) => true,
            (None, Some(mark)) if mark.kind == b'~' || !mark.info.contains('`') => {
                self.open = Some((mark.kind, mark.length));
                true
            }
            (None, _) => false,
        }
    }

    /// The line that closes it, where it is open.
    pub(crate) fn closing(self) -> Option<String> {
        self.open.map(|(kind, length)| char::from(kind).to_string().repeat(length))
    }

    /// Whether it is open.
    pub(crate) fn is_open(self) -> bool {
        self.open.is_some()
    }
}

struct Mark<'t> {
    kind: u8,
    length: usize,
    info: &'t str,
}

fn fence(rest: &str) -> Option<Mark<'_>> {
    let kind = *rest.as_bytes().first().filter(|b| matches!(b, b'`' | b'~'))?;
    let after = rest.trim_start_matches(char::from(kind));
    let length = rest.len() - after.len();
    (length >= 3).then(|| Mark { kind, length, info: after.trim() })
}

/// Whether a line opens a block that is no prose: structure, or a wikilink, an image, an address alone or defined.
pub(crate) fn opens_other_block(line: &str) -> bool {
    let rest = line.trim_start();
    opens_structure(line)
        || rest.starts_with("[[")
        || rest.starts_with("![")
        || (rest.starts_with("http") && is_web_address(rest.trim_end()))
        || (rest.starts_with('[') && rest.contains("]:"))
}

/// Whether a line opens a heading, quote, list, table, code, rule, formula, footnote or HTML.
pub(crate) fn opens_structure(line: &str) -> bool {
    const MARKS: &[&str] = &[
        ">", "|", "```", "~~~", "<", "$$", ":::", "---", "***", "___", "===", "[^", "- ", "* ",
        "+ ",
    ];
    let Some(rest) = unindented(line) else { return true };
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = after.len() < rest.len() && (after.starts_with(". ") || after.starts_with(") "));
    MARKS.iter().any(|mark| rest.starts_with(mark)) || numbered || heading(line).is_some()
}

#[cfg(test)]
mod tests {
    use super::{Fence, heading, lines};

    #[test]
    fn lines_know_their_places() {
        let text = "a\r\n\nb";
        let all: Vec<_> =
            lines(text, 0..text.len()).map(|line| (line.start, line.text, line.next)).collect();
        assert_eq!(all, [(0, "a", 3), (3, "", 4), (4, "b", 5)]);
    }

    #[test]
    fn a_fence_closes_with_its_own_mark_at_least_as_long() {
        let mut fence = Fence::default();
        let inside: Vec<_> = ["a", "````rust", "```", "~~~~", "````", "b"]
            .iter()
            .map(|line| fence.take(line))
            .collect();
        assert_eq!(inside, [false, true, true, true, true, false]);
    }

    #[test]
    fn headings_have_a_level_and_a_space() {
        assert_eq!(heading("## A b ##"), Some((2, "A b ##")));
        assert_eq!(heading("#tag"), None);
        assert_eq!(heading("    ## code"), None);
    }
}

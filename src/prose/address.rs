//! Bare addresses in running text: `https://…`, `arXiv:2503.07565`, `doi:10.1038/x`.
//!
//! `CommonMark` links none of them, and tools that do take the Hangul particle after an address for a part of it.
//! Here an address ends where its characters end: before Hangul, Kana and Han, before punctuation that closes the
//! sentence, and before a bracket that it did not open itself.

use std::ops::Range;

use crate::digest::lang::Script;

/// All bare addresses of a piece of text, in order.
pub fn addresses(text: &str) -> Addresses<'_> {
    Addresses { text, from: 0, seen: 0 }
}

/// Iterator over the ranges of bare addresses.
#[derive(Debug)]
pub struct Addresses<'a> {
    text: &'a str,
    /// Where the search for the next colon goes on.
    from: usize,
    /// The end of the last address: none begins before it.
    seen: usize,
}

impl Iterator for Addresses<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        // Every kind of address has a colon, and text has few.
        while let Some(ahead) = memchr::memchr(b':', self.text.as_bytes().get(self.from..)?) {
            let colon = self.from + ahead;
            self.from = colon + 1;
            if let Some(range) = around(self.text, colon, self.seen) {
                (self.from, self.seen) = (range.end, range.end);
                return Some(range);
            }
        }
        self.from = self.text.len();
        None
    }
}

/// Schemes with what must follow the colon.
const SCHEMES: [(&str, &str); 4] = [("https", "//"), ("http", "//"), ("arxiv", ""), ("doi", "10.")];

/// The address around a colon, if it begins at or after `from`.
fn around(text: &str, colon: usize, from: usize) -> Option<Range<usize>> {
    let before = text.as_bytes().get(from..colon)?;
    let after = &text[colon + 1..];
    let is_scheme = |&&(scheme, next): &&(&str, &str)| {
        let tail = before.len().checked_sub(scheme.len()).map(|start| &before[start..]);
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(scheme.as_bytes())) && after.starts_with(next)
    };
    let (scheme, next) = SCHEMES.iter().find(is_scheme)?;
    let start = colon - scheme.len();
    if start > from && text.as_bytes()[start - 1].is_ascii_alphanumeric() {
        return None;
    }
    let rest = &after[next.len()..];
    let len = if *scheme == "arxiv" { arxiv_len(rest) } else { length(rest) };
    (len > 0).then(|| start..colon + 1 + next.len() + len)
}

/// How far an arXiv id goes: `2503.07565v2`, `cs/0601001`, `math.GT/0309136`. The id itself is checked elsewhere.
fn arxiv_len(rest: &str) -> usize {
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/' | b'-');
    let len = rest.bytes().take_while(|b| is_part(b)).count();
    let len = rest[..len].trim_end_matches(['.', '/', '-']).len();
    if rest[..len].bytes().any(|b| b.is_ascii_digit()) { len } else { 0 }
}

/// How far an address goes that has its scheme behind it.
fn length(rest: &str) -> usize {
    let end = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
    let len = balanced(&rest[..end]).len();
    let host = rest[..len].split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains(|c: char| c.is_alphanumeric()) { len } else { 0 }
}

fn is_part(c: char) -> bool {
    match c {
        '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
        c if c.is_ascii() => c.is_ascii_graphic(),
        c => c.is_alphanumeric() && matches!(Script::of(c), None | Some(Script::Latin | Script::Cyrillic)),
    }
}

/// The address without the sentence's own punctuation and closing brackets at its end.
fn balanced(address: &str) -> &str {
    address[..first_unbalanced(address)]
        .trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~', '(', '[', '$'])
}

/// Where the first bracket stands that the address did not open.
fn first_unbalanced(address: &str) -> usize {
    let (mut round, mut square) = (0_usize, 0_usize);
    for (at, b) in address.bytes().enumerate() {
        let open = match b {
            b'(' | b')' => &mut round,
            b'[' | b']' => &mut square,
            _ => continue,
        };
        match b {
            b'(' | b'[' => *open += 1,
            _ if *open == 0 => return at,
            _ => *open -= 1,
        }
    }
    address.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_they_end() {
        for (text, expected) in [
            ("https://arxiv.org/abs/1904.09925)가 나왔다", "https://arxiv.org/abs/1904.09925"),
            ("https://arxiv.org/abs/1904.09925가", "https://arxiv.org/abs/1904.09925"),
            ("(see https://a.b/c).", "https://a.b/c"),
            ("https://en.wikipedia.org/wiki/Gauss_(unit), and", "https://en.wikipedia.org/wiki/Gauss_(unit)"),
            ("https://a.b/x_(y))가", "https://a.b/x_(y)"),
            ("https://a.b/?q=[1]&r=2]", "https://a.b/?q=[1]&r=2"),
            ("https://a.b/%EA%B0%80/c, 그리고", "https://a.b/%EA%B0%80/c"),
            ("https://a.b/caf\u{e9}。", "https://a.b/caf\u{e9}"),
            ("「https://a.b/c」", "https://a.b/c"),
            ("https://a.b/c…", "https://a.b/c"),
            ("HTTPS://A.B/C!?", "HTTPS://A.B/C"),
            ("arXiv:2503.07565v2.", "arXiv:2503.07565v2"),
            ("(arXiv:cs/0601001)", "arXiv:cs/0601001"),
            ("doi:10.1000/xyz(3)4;", "doi:10.1000/xyz(3)4"),
        ] {
            let found: Vec<_> = addresses(text).map(|range| &text[range]).collect();
            assert_eq!(found, [expected], "{text}");
        }
    }

    #[test]
    fn text_is_no_address() {
        for text in [
            "https://",
            "https:// x",
            "https://.",
            "xhttps://a.b",
            "arXiv: 2503",
            "arXiv:abs",
            "doi:x",
            "12:30",
            ":",
            "http:a",
        ] {
            assert_eq!(addresses(text).count(), 0, "{text}");
        }
    }

    #[test]
    fn neighbours_are_two() {
        let text = "https://a.b/c가https://d.e arXiv:1706.03762";
        let found: Vec<_> = addresses(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["https://a.b/c", "https://d.e", "arXiv:1706.03762"]);
    }
}

//! Bare addresses in running text: `https://…`, `arXiv:2503.07565`, `doi:10.1038/x`.
//!
//! `CommonMark` links none of them, and tools that do take the Hangul particle after an address for a part of it.
//! Here an address ends where its characters end: before punctuation that closes the sentence, and before a bracket that
//! it did not open itself. Hangul, Kana and Han belong to it where a part of its path begins with them
//! (`…/wiki/등불`); after Latin letters they are a particle of the sentence (`…/abc를`).

use std::ops::Range;

use crate::model::lang::Script;

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
    let (scheme, next) = SCHEMES.iter().find(|&&(scheme, next)| {
        let tail = before.len().checked_sub(scheme.len()).map(|start| &before[start..]);
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(scheme.as_bytes()))
            && after.starts_with(next)
    })?;
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
    let len = rest.bytes().take_while(|b| is_of_arxiv(*b)).count();
    let len = rest[..len].trim_end_matches(['.', '/', '-']).len();
    if rest[..len].bytes().any(|b| b.is_ascii_digit()) { len } else { 0 }
}

fn is_of_arxiv(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/' | b'-')
}

/// How far an address goes that has its scheme behind it.
fn length(rest: &str) -> usize {
    let len = balanced(&rest[..end_of_parts(rest)]).len();
    let host = rest[..len].split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains(|c: char| c.is_alphanumeric()) { len } else { 0 }
}

/// Particles that Korean, Japanese and Chinese put after an address which ends in a slash. Where one stands there alone,
/// it is a part of the sentence.
const PARTICLES: &[&str] = &[
    "가",
    "과",
    "까지",
    "는",
    "도",
    "라는",
    "로",
    "를",
    "만",
    "부터",
    "에",
    "에는",
    "에도",
    "에서",
    "에서는",
    "와",
    "으로",
    "은",
    "을",
    "의",
    "이",
    "이다",
    "입니다",
    "から",
    "が",
    "で",
    "です",
    "と",
    "に",
    "の",
    "は",
    "へ",
    "まで",
    "も",
    "を",
    "上",
    "中",
    "和",
    "或",
    "是",
    "的",
];

/// Where the characters of an address end.
fn end_of_parts(rest: &str) -> usize {
    // Whether the part of the path that is being read began with letters of East Asia, once it began.
    let mut began = None;
    let (mut run, mut item_end) = (0, 0);
    for (at, c) in rest.char_indices() {
        let east_asian = is_east_asian(c);
        match c {
            '/' | '-' | '=' | '?' | '_' | '#' | '&' | '+' | '~' | '@' => began = None,
            '<' if item(&rest[at..]) > 0 => item_end = at + item(&rest[at..]),
            '>' if at == item_end => {}
            c if east_asian && began != Some(false) && c.is_alphanumeric() => {
                if began.is_none() {
                    run = at;
                }
                began = Some(true);
            }
            c if !is_part(c) => return without_particle(rest, run, at),
            c if c.is_alphanumeric() => began = began.or(Some(false)),
            _ => {}
        }
    }
    without_particle(rest, run, rest.len())
}

/// The end of an address, before a particle that would be the whole last part of its path.
fn without_particle(rest: &str, run: usize, end: usize) -> usize {
    let alone = rest[..run].ends_with('/') && PARTICLES.contains(&&rest[run..end]);
    if alone { run } else { end }
}

/// How far it is to the end of `<113::AID-ZZ9>`, as DOIs of old journals have it, or 0.
fn item(text: &str) -> usize {
    let item = text[1..].split(['<', '>', ' ', '\n']).next().unwrap_or_default();
    let page = item.split_once("::").map_or("", |(page, _)| page);
    let closed = text[1 + item.len()..].starts_with('>');
    let is_item = closed && !page.is_empty() && page.bytes().all(|b| b.is_ascii_alphanumeric());
    if is_item { 1 + item.len() } else { 0 }
}

fn is_east_asian(c: char) -> bool {
    matches!(Script::of(c), Some(Script::Hangul | Script::Kana | Script::Han))
}

fn is_part(c: char) -> bool {
    match c {
        '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
        c if c.is_ascii() => c.is_ascii_graphic(),
        c => c.is_alphanumeric() && !is_east_asian(c),
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
            (
                "https://en.wikipedia.org/wiki/Gauss_(unit), and",
                "https://en.wikipedia.org/wiki/Gauss_(unit)",
            ),
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
            (
                "doi:10.1000/(SICI)1:2<3::AID-L4>3.0.CO;2-2 은",
                "doi:10.1000/(SICI)1:2<3::AID-L4>3.0.CO;2-2",
            ),
            ("https://a.b/c<d>", "https://a.b/c"),
            ("https://a.b/<1::c>>", "https://a.b/<1::c>"),
            ("https://a.b/wiki/등불 참고", "https://a.b/wiki/등불"),
            ("https://a.b/@c/등불-리뷰-Lamp를 보라", "https://a.b/@c/등불-리뷰-Lamp"),
            ("https://a.b/c-등불.", "https://a.b/c-등불"),
            ("https://a.b/wiki/ランプ_(照明)。", "https://a.b/wiki/ランプ_(照明)"),
            ("(https://a.b/wiki/灯笼)，", "https://a.b/wiki/灯笼"),
            ("https://a.b/wiki/灯笼、油灯", "https://a.b/wiki/灯笼"),
            ("https://a.b/?q=등불&p=2를", "https://a.b/?q=등불&p=2"),
            ("https://a.b/c#절-둘", "https://a.b/c#절-둘"),
            ("https://a.b/에서 본", "https://a.b/"),
            ("https://a.b/c/를 본다", "https://a.b/c/"),
            ("https://a.b/등불Lamp등불/d", "https://a.b/등불Lamp등불/d"),
            ("https://a.b에서", "https://a.b"),
            ("https://a.b/c(등불)", "https://a.b/c"),
            ("https://a.b/c.그리고", "https://a.b/c"),
            ("https://등불.example/c는", "https://등불.example/c"),
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

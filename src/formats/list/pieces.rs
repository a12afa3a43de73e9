//! The pieces of a line: texts, links, badges, breaks. Knows no item.

use crate::formats::by_hand::are_people;
use crate::formats::papers_of_the_week::cell::leading_link;
use crate::prose::address::addresses;

/// Longest words in brackets at the start of an item that are a venue, a date or a kind, in bytes.
const BRACKETS: usize = 60;

/// A part of a line.
pub(super) enum Piece<'t> {
    Text(&'t str),
    Link(&'t str, &'t str),
    /// A key.
    Badge(&'t str),
    /// A picture as Markdown has it, and where it leads to, if anywhere.
    Picture(&'t str, &'t str),
    Code(&'t str),
    Break,
}

/// Parts a line into its texts, links and badges.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let bare: Vec<_> = addresses(text).collect();
    let mut bare = bare.iter().peekable();
    let (mut out, mut from, mut at) = (Vec::new(), 0, 0);
    while at < text.len() {
        while bare.next_if(|range| range.start < at).is_some() {}
        let rest = &text[at..];
        let found = match rest.as_bytes()[0] {
            b'[' if rest[1..].starts_with("![") => linked_picture(rest),
            b'[' => {
                leading_link(rest).map(|(link, length)| (Piece::Link(link.label, link.url), length))
            }
            b'!' => picture(rest).map(|length| (Piece::Picture(&rest[..length], ""), length)),
            b'`' => rest[1..].find('`').map(|end| (Piece::Code(&rest[1..=end]), end + 2)),
            // `<[Title](address)>`
            b'<' if rest[1..].starts_with('[') => Some((Piece::Badge(""), 1)),
            b'>' if from == at && matches!(out.last(), Some(Piece::Link(..))) => {
                Some((Piece::Badge(""), 1))
            }
            b'<' => tag(rest),
            _ => bare
                .next_if(|range| range.start == at)
                .map(|range| (Piece::Link("", &text[range.clone()]), range.len())),
        };
        match found {
            Some((piece, length)) => {
                out.extend((from < at).then(|| Piece::Text(&text[from..at])));
                out.push(piece);
                at += length;
                from = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    out.extend((from < text.len()).then(|| Piece::Text(&text[from..])));
    out
}

/// The length of a picture that a text begins with.
fn picture(text: &str) -> Option<usize> {
    let unnamed = text.strip_prefix("![](").and_then(|inner| inner.find(')')).map(|end| end + 5);
    unnamed.or_else(|| leading_link(text.strip_prefix('!')?).map(|(_, length)| length + 1))
}

/// A picture that is a link.
fn linked_picture(text: &str) -> Option<(Piece<'_>, usize)> {
    let length = picture(&text[1..])?;
    let after = text[1 + length..].trim_start().strip_prefix("](")?;
    let end = after.find(')')?;
    let whole = text.len() - after.len() + end + 1;
    let address = after[..end].split_whitespace().next().unwrap_or_default();
    Some((Piece::Picture(&text[1..=length], address), whole))
}

/// A tag of HTML at the start of a text: a break, a link, a key, or one that says nothing here.
fn tag(text: &str) -> Option<(Piece<'_>, usize)> {
    let end = text.bytes().take(600).position(|b| b == b'>')?;
    let inside = &text[1..end];
    let name = inside
        .trim_start_matches('/')
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    let name = name.to_ascii_lowercase();
    if inside.starts_with("http") {
        return Some((Piece::Link("", inside), end + 1));
    }
    let near = &text[end + 1..text.floor_char_boundary(end + 1 + 600)];
    match name.as_str() {
        "a" if !inside.starts_with('/') => {
            let close = near.find("</a>").map(|at| end + 1 + at)?;
            let (_, address) = inside.split_once("href=")?;
            let address = address.trim_start_matches(['"', '\'']).split(['"', '\'', ' ']).next()?;
            Some((Piece::Link(&text[end + 1..close], address), close + 4))
        }
        "kbd" if !inside.starts_with('/') => near
            .find("</kbd>")
            .map(|at| end + 1 + at)
            .map(|close| (Piece::Badge(&text[end + 1..close]), close + 6)),
        "br" | "p" | "div" => Some((Piece::Break, end + 1)),
        "img" | "kbd" | "b" | "i" | "em" | "strong" | "sup" | "sub" | "span" | "center"
        | "font" | "details" | "summary" | "small" | "code" | "u" | "a" => {
            Some((Piece::Badge(""), end + 1))
        }
        _ => None,
    }
}

/// Parts of a text that can each be names, a venue or words.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for line in text.split(['\n', '|', '·', '•', '【', '】']).flat_map(|line| line.split(" - "))
    {
        // `，Ada Wick, Bo Lind。` and what is said of the paper.
        let (people, line) = match line.split_once('。') {
            Some((people, rest)) if are_people(people.trim_matches(['，', '：', ' '])) => {
                (Some(people.trim_matches(['，', '：', ' '])), rest)
            }
            _ => (None, line),
        };
        parts.extend(people);
        let mut from = 0;
        for (at, _) in line.match_indices(". ") {
            let part = line[from..at].trim_end_matches(['*', '_']);
            let last = part.rsplit([' ', '*', '_', '(']).next().unwrap_or_default();
            if last.chars().count() > 2 || last == "al" {
                parts.push(&line[from..at]);
                from = at + 2;
            }
        }
        parts.push(&line[from..]);
    }
    parts
}

/// What short brackets at the start of a text hold, and what follows them.
pub(super) fn in_brackets(text: &str) -> Option<(&str, &str)> {
    let open = text.chars().next()?;
    let close = match open {
        '(' => ')',
        '[' => ']',
        '（' => '）',
        '【' => '】',
        _ => return None,
    };
    let inside = &text[open.len_utf8()..];
    let end = inside.find(close).filter(|end| *end <= BRACKETS)?;
    let after = &inside[end + close.len_utf8()..];
    // `(LA)^3: Long Answers`
    Some((&inside[..end], after)).filter(|_| !after.starts_with('^'))
}

/// People with where they work behind them, `Ada Wick (Lamp Lab) et al`; these and that.
pub(super) fn placed(text: &str) -> Option<(String, &str)> {
    let (name, rest) = text.split_once(" (")?;
    let (place, more) = rest.split_once(')')?;
    let people = format!("{name}{more}");
    (more.trim_start().starts_with("et al") && are_people(&people)).then_some((people, place))
}

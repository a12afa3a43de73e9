//! Characters that no page or feed can hold: XML forbids most control characters and the noncharacters U+FFFE and U+FFFF,
//! however they came. HTML forbids some more. Everything that is read passes here, and every page that is made.

use std::borrow::Cow;

use memchr::memmem;

/// The text with what no page or feed can hold replaced by as many bytes, so that every place stays true:
/// control characters by spaces, a lone carriage return by a newline, noncharacters by U+FFFD.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !holds_unfit(text) {
        return Cow::Borrowed(text);
    }
    let next = text.chars().skip(1).map(Some).chain(std::iter::once(None));
    Cow::Owned(text.chars().zip(next).map(|(c, next)| fit(c, next)).collect())
}

/// Whether a text holds anything that [`clean`] replaces. Nearly none does, so this decides how long reading takes.
fn holds_unfit(text: &str) -> bool {
    let bytes = text.as_bytes();
    let suspicious = bytes.chunks(CHUNK).enumerate().filter(|(_, chunk)| may_hold_unfit(chunk));
    let mut places =
        suspicious.flat_map(|(index, chunk)| index * CHUNK..index * CHUNK + chunk.len());
    places.any(|at| is_unfit(&bytes[at..]))
}

/// How much is looked at before anything in it is looked at closely.
const CHUNK: usize = 1024;

/// Whether a byte of a chunk could start an unfit character. Without branches, so that the compiler looks at many bytes at a
/// time: nearly no chunk has one.
fn may_hold_unfit(chunk: &[u8]) -> bool {
    chunk.iter().fold(0, |found, &b| {
        found | (control_flag(b) | u8::from(b == 0x7f) | u8::from(b == 0xc2) | u8::from(b == 0xef))
    }) != 0
}

/// 1 for a control character; arithmetic alone, so that a chunk is looked through without a branch.
fn control_flag(b: u8) -> u8 {
    u8::from(b < 0x20) & u8::from(b != b'\n') & u8::from(b != b'\t')
}

/// Whether an unfit character starts here.
fn is_unfit(rest: &[u8]) -> bool {
    match rest {
        [b'\n' | b'\t', ..] | [b'\r', b'\n', ..] => false,
        [0..=0x1f | 0x7f, ..] | [0xc2, 0x80..=0x9f, ..] | [0xef, 0xbf, 0xbe | 0xbf, ..] => true,
        _ => false,
    }
}

fn fit(c: char, next: Option<char>) -> char {
    match c {
        '\n' | '\t' => c,
        '\r' if next == Some('\n') => c,
        '\r' => '\n',
        '\0'..='\u{1f}' | '\u{7f}' => ' ',
        '\u{80}'..='\u{9f}' => '\u{a0}',
        '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        c => c,
    }
}

/// The first character of a text that [`clean`] replaces, and how many there are; a lone carriage return is none.
pub fn unfit(text: &str) -> Option<(usize, usize)> {
    if !holds_unfit(text) {
        return None;
    }
    let mut found =
        text.char_indices().filter(|&(_, c)| c != '\r' && fit(c, None) != c).map(|(at, _)| at);
    found.next().map(|first| (first, found.count() + 1))
}

/// Whether a reference of Markdown and HTML, such as `&#27;` or `&#xFFFE;`, means such a character.
pub fn is_unfit_reference(reference: &str) -> bool {
    let digits =
        reference.strip_prefix("&#").and_then(|rest| rest.strip_suffix(';')).unwrap_or_default();
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => digits.parse(),
    };
    number.ok().and_then(char::from_u32).is_some_and(|c| c != '\r' && fit(c, None) != c)
}

/// Takes such references out of a line that is no Markdown yet may hold some, a title or a name; how many there were.
pub fn drop_unfit_references(line: &mut String) -> usize {
    if !line.contains("&#") {
        return 0;
    }
    let mut pieces = line.split("&#");
    let mut kept = pieces.next().unwrap_or_default().to_owned();
    let mut count = 0;
    for piece in pieces {
        let reference = piece.split_once(';').map(|(digits, rest)| (format!("&#{digits};"), rest));
        if let Some((_, rest)) = reference.filter(|(reference, _)| is_unfit_reference(reference)) {
            kept.push_str(rest);
            count += 1;
        } else {
            kept.push_str("&#");
            kept.push_str(piece);
        }
    }
    *line = kept;
    count
}

/// Replaces what XML forbids in a finished page; says how many characters that were. Nearly always none, and then it takes
/// next to no time.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without branches the compiler looks at many bytes at a time"
)]
pub fn scrub(page: &mut [u8]) -> usize {
    // Every noncharacter begins with the last of these bytes.
    if !page.iter().fold(false, |any, &b| any | is_control(b) | (b == 0xef)) {
        return 0;
    }
    let mut count = 0;
    for b in page.iter_mut().filter(|b| is_control(**b)) {
        (*b, count) = (b' ', count + 1);
    }
    for noncharacter in ["\u{fffe}", "\u{ffff}"] {
        let found: Vec<usize> = memmem::find_iter(page, noncharacter).collect();
        for at in &found {
            page[*at..*at + noncharacter.len()].copy_from_slice("\u{fffd}".as_bytes());
        }
        count += found.len();
    }
    count
}

fn is_control(b: u8) -> bool {
    (b < 0x20) && (b != b'\t') && (b != b'\n') && (b != b'\r')
}

#[cfg(test)]
mod tests {
    use super::{clean, is_unfit_reference, scrub, unfit};

    #[test]
    fn cleaning_keeps_places() {
        let text = "a\0b\rc\r\nd\u{85}\u{ffff}";
        assert_eq!(clean(text), "a b\nc\r\nd\u{a0}\u{fffd}");
        assert_eq!(unfit(text), Some((1, 3)));
        assert!(matches!(clean("plain\n"), std::borrow::Cow::Borrowed(_)));
    }

    #[test]
    fn references_are_what_they_mean() {
        for reference in ["&#27;", "&#x1b;", "&#X0001B;", "&#xFFFE;", "&#0;"] {
            assert!(is_unfit_reference(reference), "{reference}");
        }
        for reference in ["&#32;", "&#x41;", "&#10;", "&amp;", "&#xD800;", "&#99999999999;"] {
            assert!(!is_unfit_reference(reference), "{reference}");
        }
    }

    #[test]
    fn finished_pages_are_scrubbed_in_place() {
        let mut page = "a\u{1b}b\u{fffe}\n\u{ffff}c".to_owned().into_bytes();
        assert_eq!(scrub(&mut page), 3);
        assert_eq!(String::from_utf8(page).unwrap(), "a b\u{fffd}\n\u{fffd}c");
    }
}

//! Where emphasis beside Hangul, Kana and Han needs help.
//!
//! `CommonMark` lets `**` close after punctuation only before a space or more punctuation, which languages that
//! attach particles to words break all the time: `**강조(괄호)**는`, `` **`코드`**를 `` (commonmark-spec #650). A
//! mark on the far side of the run is that punctuation.

use crate::digest::lang::Script;

/// Calls `found` with every place for a mark.
pub(super) fn marks(text: &str, mut found: impl FnMut(usize)) {
    runs(text, b'*', 1, &mut found);
    if text.contains("~~") {
        runs(text, b'~', 2, &mut found);
    }
}

fn runs(text: &str, delimiter: u8, shortest: usize, found: &mut impl FnMut(usize)) {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(ahead) = memchr::memchr(delimiter, &bytes[from..]) {
        let start = from + ahead;
        let end = start + bytes[start..].iter().take_while(|&&b| b == delimiter).count();
        from = end;
        let (Some(before), Some(after)) = (text[..start].chars().next_back(), text[end..].chars().next()) else {
            continue;
        };
        if end - start < shortest || before == '\\' {
            continue;
        }
        if closes(before) && is_attached(after) {
            found(end);
        } else if end - start > 1 && is_attached(before) && opens(after) {
            found(start);
        }
    }
}

/// Scripts that write particles next to words.
fn is_attached(c: char) -> bool {
    matches!(Script::of(c), Some(Script::Hangul | Script::Kana | Script::Han))
}

/// Punctuation that may end what is emphasised.
fn closes(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !"([{“‘「『《〈*~".contains(c)
}

/// Punctuation that may begin what is emphasised.
fn opens(c: char) -> bool {
    "([{\"'`$“‘「『《〈<".contains(c)
}

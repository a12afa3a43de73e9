//! Where emphasis beside Hangul, Kana and Han needs help.
//!
//! `CommonMark` lets `**` close after punctuation only before a space or more punctuation, which languages that
//! attach particles to words break all the time: `**강조(괄호)**는`, `` **`코드`**를 ``; and languages without spaces
//! break it before any word: `**注意：**10` (commonmark-spec #650). A mark on the far side of the run is that punctuation.

use crate::model::lang::{Script, is_wide};

/// Calls `found` with every place for a mark.
pub(super) fn marks(text: &str, mut found: impl FnMut(usize)) {
    // Nothing to attach to, and no wide punctuation.
    if text.is_ascii() {
        return;
    }
    runs(text, b'*', 1, &mut found);
    if text.contains("~~") {
        runs(text, b'~', 2, &mut found);
    }
    if text.contains('_') {
        runs(text, b'_', 1, &mut found);
    }
}

fn runs(text: &str, delimiter: u8, shortest: usize, found: &mut impl FnMut(usize)) {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(ahead) = memchr::memchr(delimiter, &bytes[from..]) {
        let start = from + ahead;
        let end = start + bytes[start..].iter().take_while(|&&b| b == delimiter).count();
        from = end;
        let (Some(before), Some(after)) =
            (text[..start].chars().next_back(), text[end..].chars().next())
        else {
            continue;
        };
        if end - start < shortest || before == '\\' {
            continue;
        }
        // Runs of other delimiters may stand between this one and what is emphasised: `**_注意：_**10`.
        let last = near(text[..start].chars().rev()).unwrap_or(before);
        let first = near(text[end..].chars()).unwrap_or(after);
        if closes(last) && (is_attached(after) || is_wide(last) && after.is_alphanumeric()) {
            found(end);
        } else if end - start > 1
            && opens(first)
            && (is_attached(before) || is_wide(first) && before.is_alphanumeric())
        {
            found(start);
        }
    }
}

/// The first character that is no delimiter, if few stand before it.
fn near(mut chars: impl Iterator<Item = char>) -> Option<char> {
    const MOST: usize = 8;
    (0..MOST).map_while(|_| chars.next()).find(|c| !matches!(c, '*' | '_' | '~'))
}

/// Scripts that write particles next to words.
fn is_attached(c: char) -> bool {
    matches!(Script::of(c), Some(Script::Hangul | Script::Kana | Script::Han))
}

/// Punctuation that may end what is emphasised.
fn closes(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !"([{“‘「『《〈【〔（［｛*~_".contains(c)
}

/// Punctuation that may begin what is emphasised.
fn opens(c: char) -> bool {
    "([{\"'`$“‘「『《〈【〔（［｛<".contains(c)
}

//! Tags: folded, so that `#Meta_Learning` and `#meta-learning` are one.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A tag in its folded form: lower case, `_` as `-`, without `#`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(Arc<str>);

impl Tag {
    /// A tag from what was written, with or without `#`; `None` where nothing is left of it.
    pub fn parse(written: &str) -> Option<Self> {
        let word = written.strip_prefix('#').unwrap_or(written);
        let word = if is_nfc(word) { Cow::Borrowed(word) } else { Cow::Owned(word.nfc().collect()) };
        let mut folded = String::with_capacity(word.len());
        for c in word.chars() {
            match c {
                '_' | '-' if folded.is_empty() || folded.ends_with('-') => {}
                '_' | '-' => folded.push('-'),
                // Lower case may be several characters, and not all of them letters.
                c if c.is_alphanumeric() => folded.extend(c.to_lowercase().filter(|c| c.is_alphanumeric())),
                '+' | '.' | '/' => folded.push(c),
                _ => return None,
            }
        }
        let folded = folded.trim_end_matches(['-', '.', '/']);
        let named = folded.chars().any(char::is_alphabetic);
        named.then(|| Self(folded.into()))
    }

    /// The tags of a line made only of them, with or without commas between; `None` for any other line.
    pub fn parse_line(line: &str) -> Option<Vec<Self>> {
        let line = line.trim();
        if !line.starts_with('#') {
            return None;
        }
        let words = line.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
        words.map(|word| word.starts_with('#').then(|| Self::parse(word)).flatten()).collect()
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

//! Tags: folded, so that `#Meta_Learning` and `#meta-learning` are one.

use std::fmt;
use std::sync::Arc;

/// A tag in its folded form: lower case, `_` as `-`, without `#`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(Arc<str>);

impl Tag {
    /// A tag from what was written, with or without `#`; `None` where nothing is left of it.
    pub fn parse(written: &str) -> Option<Self> {
        let word = written.strip_prefix('#').unwrap_or(written);
        let mut folded = String::with_capacity(word.len());
        for c in word.chars() {
            match c {
                '_' | '-' if folded.is_empty() || folded.ends_with('-') => {}
                '_' | '-' => folded.push('-'),
                c if c.is_alphanumeric() || "+./".contains(c) => folded.extend(c.to_lowercase()),
                _ => return None,
            }
        }
        let folded = folded.trim_end_matches(['-', '.', '/']);
        let named = folded.chars().any(char::is_alphabetic);
        named.then(|| Self(folded.into()))
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

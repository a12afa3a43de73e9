//! The visible words of a text.

/// The words that a reader sees: no markup, math as its TeX, code kept.
pub fn plain(text: &str) -> String {
    text.to_owned()
}

/// The first words of a text, cut at a sentence or word so that at most `max_chars` characters are left.
pub fn excerpt(text: &str, max_chars: usize) -> String {
    plain(text).chars().take(max_chars).collect()
}

//! Tags: folded, so that `#Meta_Learning` and `#meta-learning` are one.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::model::route::fit;

/// Longest tag in bytes before the rest becomes a hash: a tag is the name of a folder, with room for what a page adds.
const LONGEST: usize = 200;

/// A tag in its folded form: lower case, `_` as `-`, without `#`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(Arc<str>);

impl Tag {
    /// A tag from what was written, with or without `#`; `None` where nothing is left of it. Parts between `/` that an
    /// address cannot have are left out, and so are pictures: `#⭐must-read`. `#C#` is `c-sharp`, and a year is a tag.
    pub fn parse(written: &str) -> Option<Self> {
        let word = written.strip_prefix('#').unwrap_or(written);
        let (word, sharp) = word.strip_suffix('#').map_or((word, ""), |word| (word, "-sharp"));
        let word =
            if is_nfc(word) { Cow::Borrowed(word) } else { Cow::Owned(word.nfc().collect()) };
        let mut folded = String::with_capacity(word.len());
        for c in word.chars() {
            match c {
                '_' | '-' if folded.is_empty() || folded.ends_with('-') => {}
                // `#+END_SRC` is a line of org-mode.
                '+' if folded.is_empty() => return None,
                '_' | '-' => folded.push('-'),
                // Lower case may be several characters, and not all of them letters.
                c if c.is_alphanumeric() => {
                    folded.extend(c.to_lowercase().filter(|c| c.is_alphanumeric()));
                }
                '+' | '.' | '/' => folded.push(c),
                c if is_picture(c) => {}
                _ => return None,
            }
        }
        if folded.contains('/') || folded.starts_with('.') {
            let parts = folded
                .split('/')
                .map(|part| part.trim_matches(['-', '.']))
                .filter(|part| !part.is_empty());
            folded = parts.collect::<Vec<_>>().join("/");
        }
        folded.truncate(folded.trim_end_matches(['-', '.']).len());
        let is_year = folded.len() == 4 && folded.bytes().all(|b| b.is_ascii_digit());
        let named = is_year || folded.chars().any(char::is_alphabetic);
        named.then(|| Self((fit(&folded, LONGEST) + sharp).into()))
    }

    /// A tag from words of any kind, as lists of keywords have them: what no tag can hold parts words, so that
    /// `Artificial Intelligence (cs.AI)` is `artificial-intelligence-cs.ai`. `None` where nothing is left of them.
    pub fn of_words(words: &str) -> Option<Self> {
        let words = words.trim();
        let last = words.len().saturating_sub(1);
        let fits = |(at, c): (usize, char)| {
            let is_kept = c.is_alphanumeric() || "-_./+".contains(c) || c == '#' && at == last;
            if is_kept || is_picture(c) { c } else { '-' }
        };
        let word: String = words.char_indices().map(fits).collect();
        Self::parse(word.trim_start_matches(['-', '_', '+']))
    }

    /// The tags of a line made only of them, with or without commas or spaces between; `None` for any other line.
    pub fn parse_line(line: &str) -> Option<Vec<Self>> {
        let line = line.trim();
        if !line.starts_with('#') {
            return None;
        }
        let mut words =
            line.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
        words.try_fold(Vec::new(), |mut tags, word| {
            for part in glued(word)? {
                tags.push(Self::parse(part)?);
            }
            Some(tags)
        })
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

/// The tags of a word, `#llm#rl` or `#C#`, each without the `#` before it.
fn glued(word: &str) -> Option<impl Iterator<Item = &str>> {
    let mut rest = word.strip_prefix('#');
    rest?;
    Some(std::iter::from_fn(move || {
        let word = rest?;
        let end = word.find('#').filter(|end| end + 1 < word.len());
        rest = end.map(|end| &word[end + 1..]);
        Some(end.map_or(word, |end| &word[..end]))
    }))
}

/// Emoji, symbols like them, and what joins and varies them.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{FE0E}' | '\u{FE0F}' | '\u{200D}' | '\u{20E3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(line: &str) -> Option<Vec<String>> {
        Some(Tag::parse_line(line)?.iter().map(Tag::to_string).collect())
    }

    #[test]
    fn lines_of_tags() {
        for (line, tags) in [
            ("#llm #Meta_Learning", Some("llm meta-learning")),
            ("#llm,#rl , #vision", Some("llm rl vision")),
            ("#llm#rl #C# #F#", Some("llm rl c-sharp f-sharp")),
            ("#⭐must-read #C++ #node.js", Some("must-read c++ node.js")),
            ("#2025 #논문", Some("2025 논문")),
            ("#/unread #a//b #../x #a/./b #.net", Some("unread a/b x a/b net")),
            ("#1 on the list", None),
            ("#12", None),
            ("#", None),
            ("##", None),
            ("## heading", None),
            ("#..", None),
            ("#(x)", None),
            ("# llm", None),
        ] {
            assert_eq!(folded(line).map(|tags| tags.join(" ")).as_deref(), tags, "{line}");
        }
    }

    #[test]
    fn what_is_folded_stays() {
        for word in ["a/b", "c++", "c-sharp", "node.js", "2025", "한글"] {
            assert_eq!(Tag::parse(word).as_ref().map(Tag::as_str), Some(word));
        }
    }
}

//! What is known of each language: marks of comments, strings and names, and words, read from `languages.toml` once.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

/// What a piece of code is: the word in the class that themes colour.
pub(super) type Class = &'static str;

/// Where a mark means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Anywhere,
    /// After a space or at the start of a line.
    Spaced,
    /// At the start of a line.
    Start,
}

/// A mark that gives a class to what follows it.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub(super) struct Mark {
    pub(super) text: String,
    pub(super) class: String,
    pub(super) place: Place,
}

impl From<Vec<String>> for Mark {
    fn from(row: Vec<String>) -> Self {
        let place = match row.get(2).map(String::as_str) {
            Some("start") => Place::Start,
            Some("spaced") => Place::Spaced,
            _ => Place::Anywhere,
        };
        let (text, class, _) = pair(row);
        Self { text, class, place }
    }
}

/// Marks around a comment.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub(super) struct Block {
    pub(super) open: String,
    pub(super) close: String,
    pub(super) nests: bool,
}

impl From<Vec<String>> for Block {
    fn from(row: Vec<String>) -> Self {
        let (open, close, words) = pair(row);
        Self { open, close, nests: !words.is_empty() }
    }
}

/// Marks around a string.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
#[allow(clippy::struct_excessive_bools, reason = "a row of a table: each column stands for itself")]
pub(super) struct Quote {
    pub(super) open: String,
    pub(super) close: String,
    /// Whether a backslash keeps the next character from closing it.
    pub(super) escapes: bool,
    /// Whether it may go on in the next line.
    pub(super) lines: bool,
    /// Whether it opens nothing right behind a value: `A'` is a matrix turned.
    pub(super) free: bool,
    /// Whether exactly one character stands in it.
    pub(super) one: bool,
}

impl From<Vec<String>> for Quote {
    fn from(row: Vec<String>) -> Self {
        let (open, close, words) = pair(row);
        let [lines, free, one, raw] =
            ["lines", "free", "one", "raw"].map(|word| words.iter().any(|said| said == word));
        Self { escapes: !raw, lines, free, one, open, close }
    }
}

/// The two marks that a row begins with, and the words after them.
fn pair(row: Vec<String>) -> (String, String, Vec<String>) {
    let mut row = row.into_iter();
    (row.next().unwrap_or_default(), row.next().unwrap_or_default(), row.collect())
}

/// A language. The head of `languages.toml` says what each of these means.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "a row of a table: each column stands for itself")]
pub(super) struct Language {
    names: String,
    pub(super) lines: Vec<Mark>,
    pub(super) blocks: Vec<Block>,
    pub(super) quotes: Vec<Quote>,
    pub(super) fence: Option<[String; 5]>,
    pub(super) marks: Vec<Mark>,
    keywords: String,
    types: String,
    constants: String,
    pub(super) letters: String,
    pub(super) key: Option<char>,
    pub(super) calls: bool,
    pub(super) capitals: bool,
    pub(super) fold: bool,
    pub(super) macros: bool,
    pub(super) numbers: bool,
    pub(super) tags: bool,
}

impl Default for Language {
    fn default() -> Self {
        Self {
            names: String::new(),
            lines: Vec::new(),
            blocks: Vec::new(),
            quotes: Vec::new(),
            fence: None,
            marks: Vec::new(),
            keywords: String::new(),
            types: String::new(),
            constants: String::new(),
            letters: String::new(),
            key: None,
            calls: false,
            capitals: false,
            fold: false,
            macros: false,
            numbers: true,
            tags: false,
        }
    }
}

impl Language {
    /// Each word that means something, with its class; a keyword wins over a type of the same letters.
    fn words(&'static self) -> FxHashMap<&'static str, Class> {
        let lists =
            [(&self.types, "type"), (&self.constants, "constant"), (&self.keywords, "keyword")];
        lists
            .into_iter()
            .flat_map(|(words, class)| words.split_whitespace().map(move |word| (word, class)))
            .collect()
    }
}

#[derive(Debug, Default, Deserialize)]
struct Table {
    language: Vec<Language>,
}

/// Nothing here depends on what is read, so a mistake in the table is found by the test below, never by a user.
static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("languages.toml")).unwrap_or_default());

/// A language with what its words are.
pub(super) struct Known {
    pub(super) language: &'static Language,
    pub(super) words: FxHashMap<&'static str, Class>,
}

/// Every language by each of its names.
pub(super) static KNOWN: LazyLock<FxHashMap<&str, Known>> = LazyLock::new(|| {
    TABLE
        .language
        .iter()
        .flat_map(|language| {
            language
                .names
                .split(' ')
                .map(move |name| (name, Known { language, words: language.words() }))
        })
        .collect()
});

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_of_languages_is_read() {
        let table: super::Table = toml::from_str(include_str!("languages.toml")).unwrap();
        assert!(table.language.len() > 40);
    }
}

//! What can be known of a language: marks of comments, strings and names, and words. A language is a row of data.

/// What a piece of code is; its name is in the class that themes colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Attribute,
    Comment,
    Constant,
    Deleted,
    Function,
    Heading,
    Inserted,
    Keyword,
    Macro,
    Number,
    String,
    Tag,
    Type,
    Variable,
}

impl Class {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Attribute => "attribute",
            Self::Comment => "comment",
            Self::Constant => "constant",
            Self::Deleted => "deleted",
            Self::Function => "function",
            Self::Heading => "heading",
            Self::Inserted => "inserted",
            Self::Keyword => "keyword",
            Self::Macro => "macro",
            Self::Number => "number",
            Self::String => "string",
            Self::Tag => "tag",
            Self::Type => "type",
            Self::Variable => "variable",
        }
    }
}

/// Where a mark means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Anywhere,
    /// After a space or at the start of a line.
    Spaced,
    /// At the start of a line.
    Start,
}

/// Marks around a string.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "a row of a table: each column stands for itself")]
pub(super) struct Quote {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    /// Whether a backslash keeps the next character from closing it.
    pub(super) escapes: bool,
    /// Whether it may go on in the next line.
    pub(super) lines: bool,
    /// Whether it opens nothing right behind a value: `A'` is a matrix turned.
    pub(super) free: bool,
    /// Whether exactly one character stands in it.
    pub(super) one: bool,
}

/// A string whose marks hold any number of one sign.
#[derive(Debug)]
pub(super) struct Fence {
    pub(super) head: &'static str,
    pub(super) sign: u8,
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    pub(super) tail: &'static str,
}

type Mark = (&'static str, Class, Place);

/// A language. Lists of words have spaces between them; a mark that begins with another one comes before it.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "a row of a table: each column stands for itself")]
pub(super) struct Language {
    pub(super) names: &'static str,
    /// Marks whose class reaches to the end of the line.
    pub(super) lines: &'static [Mark],
    /// Marks of comments, and whether they nest.
    pub(super) blocks: &'static [(&'static str, &'static str, bool)],
    pub(super) quotes: &'static [Quote],
    pub(super) fence: Option<Fence>,
    /// Marks that belong to the word after them.
    pub(super) marks: &'static [Mark],
    pub(super) keywords: &'static str,
    pub(super) types: &'static str,
    pub(super) constants: &'static str,
    /// What words hold besides letters, digits and `_`.
    pub(super) letters: &'static str,
    /// What stands between a name and its value, where that is worth a colour.
    pub(super) key: Option<char>,
    /// Whether a word before a parenthesis is a function.
    pub(super) calls: bool,
    /// Whether a word that begins with a capital is a type.
    pub(super) capitals: bool,
    /// Whether keywords are known in capitals as well; the list has them in small letters.
    pub(super) fold: bool,
    /// Whether `word!` is a macro.
    pub(super) macros: bool,
    pub(super) numbers: bool,
    /// Whether it is made of tags, with text between them.
    pub(super) tags: bool,
}

/// Nothing but words and numbers.
pub(super) const WORDS: Language = Language {
    names: "",
    lines: &[],
    blocks: &[],
    quotes: &[],
    fence: None,
    marks: &[],
    keywords: "",
    types: "",
    constants: "",
    letters: "",
    key: None,
    calls: false,
    capitals: false,
    fold: false,
    macros: false,
    numbers: true,
    tags: false,
};

pub(super) const fn quote(open: &'static str, close: &'static str) -> Quote {
    Quote { open, close, escapes: true, lines: false, free: false, one: false }
}

/// A string that takes everything as it is.
pub(super) const fn raw(open: &'static str, close: &'static str) -> Quote {
    Quote { escapes: false, ..quote(open, close) }
}

/// A string of many lines.
pub(super) const fn long(mark: &'static str) -> Quote {
    Quote { lines: true, ..quote(mark, mark) }
}

pub(super) const fn comment(mark: &'static str) -> Mark {
    (mark, Class::Comment, Place::Anywhere)
}

pub(super) const fn mark(mark: &'static str, class: Class) -> Mark {
    (mark, class, Place::Anywhere)
}

pub(super) const DOUBLE: Quote = quote("\"", "\"");
pub(super) const SINGLE: Quote = quote("'", "'");
pub(super) const ONE: Quote = Quote { one: true, ..SINGLE };
pub(super) const FREE: Quote = Quote { free: true, ..raw("'", "'") };
pub(super) const SLASHES: &[Mark] = &[comment("//")];
pub(super) const HASH: &[Mark] = &[comment("#")];
pub(super) const SPACED_HASH: &[Mark] = &[("#", Class::Comment, Place::Spaced)];
pub(super) const STARS: &[(&str, &str, bool)] = &[("/*", "*/", false)];
pub(super) const ANNOTATION: Mark = mark("@", Class::Attribute);
pub(super) const VARIABLES: &[Mark] =
    &[mark("${", Class::Variable), mark("$(", Class::Variable), mark("$", Class::Variable)];

/// Languages with the comments and strings of C.
pub(super) const C_LIKE: Language =
    Language { lines: SLASHES, blocks: STARS, quotes: &[DOUBLE, SINGLE], calls: true, ..WORDS };
/// Languages with the comments and strings of a shell.
pub(super) const SHELL_LIKE: Language = Language { lines: HASH, quotes: &[DOUBLE, SINGLE], calls: true, ..WORDS };

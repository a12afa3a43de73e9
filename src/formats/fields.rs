//! The dictionary of fields: what people call the facts of a paper, in seven languages, and what these are for the program.
//! It is data (`fields.txt`), and a source or config.toml adds names to it. Front matter, labelled lines and columns of tables
//! ask it alike.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

const TEXT: &str = include_str!("fields.txt");

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Line,
    /// Names of people.
    People,
    /// Tags.
    List,
    /// A day.
    Day,
    /// An address, or the id of a paper.
    Link,
    /// Paragraphs.
    Text,
    /// A fact of the document, not of its paper.
    Page,
    /// A key that only another program needs.
    None,
}

/// A field of the program's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name here, as metadata of the native format has it.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
}

impl Field {
    /// Whether what is called so leads to the paper, or to something of it.
    pub(super) fn leads_to_paper(self) -> bool {
        self.kind == Kind::Link || self.is_paper()
    }

    /// Whether it is the paper itself, by its title or an address.
    pub(super) fn is_paper(self) -> bool {
        self.name == "paper"
    }
}

/// Names that a source or config.toml adds: as people write them, and the field that each means.
pub type Names = [(String, Field)];

static FIELDS: LazyLock<Vec<(Field, Vec<&str>)>> =
    LazyLock::new(|| TEXT.lines().filter_map(line).collect());
static BY_NAME: LazyLock<FxHashMap<String, Field>> = LazyLock::new(|| {
    let others =
        FIELDS.iter().flat_map(|(field, names)| names.iter().map(|name| (folded(name), *field)));
    // A field's own name is nobody else's.
    others.chain(FIELDS.iter().map(|(field, _)| (folded(field.name), *field))).collect()
});

fn line(line: &'static str) -> Option<(Field, Vec<&'static str>)> {
    let (head, names) = line.split_once(':').filter(|_| !line.starts_with('#'))?;
    let (name, kind) = head.split_once(' ')?;
    let kind = match kind {
        "people" => Kind::People,
        "list" => Kind::List,
        "day" => Kind::Day,
        "link" => Kind::Link,
        "text" => Kind::Text,
        "page" => Kind::Page,
        "none" => Kind::None,
        _ => Kind::Line,
    };
    Some((
        Field { name, kind },
        names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect(),
    ))
}

/// A name without what people vary: case, blanks, signs.
fn folded(name: &str) -> String {
    let next = name.chars().skip(1).map(Some).chain([None]);
    name.chars()
        .zip(next)
        .filter(|(c, next)| c.is_alphanumeric() && *next != Some(PICTURE))
        .flat_map(|(c, _)| c.to_lowercase())
        .collect()
}

/// Makes a picture of the letter before it.
const PICTURE: char = '\u{fe0f}';

/// Longest name of a field, in bytes: what is longer is a sentence.
const LONGEST: usize = 60;

/// The field that a name means; `own` counts for more than the dictionary.
pub fn named(name: &str, own: &Names) -> Option<Field> {
    if name.len() > LONGEST {
        return None;
    }
    of_writer(name, own)
        .or_else(|| known(name))
        .or_else(|| of_paper(name))
        .or_else(|| of_parts(name))
}

/// What several names of one field mean: `会议 / 期刊`; people may stand before where they work.
fn of_parts(name: &str) -> Option<Field> {
    let (first, rest) = name.split_once('/')?;
    let field = known(first)?;
    let fits = |other: Field| {
        other == field || {
            field.name == "authors" && ["org", "institution", "school"].contains(&other.name)
        }
    };
    rest.split('/').all(|part| known(part).is_some_and(fits)).then_some(field)
}

fn known(name: &str) -> Option<Field> {
    if !name.is_ascii() {
        return BY_NAME.get(&folded(name)).copied();
    }
    let (mut room, mut length) = ([0; LONGEST], 0);
    for b in name.bytes().filter(u8::is_ascii_alphanumeric) {
        *room.get_mut(length)? = b.to_ascii_lowercase();
        length += 1;
    }
    BY_NAME.get(std::str::from_utf8(&room[..length]).ok()?).copied()
}

/// Words that say of a name that it is the paper's: `originalUrl`, `paper_authors`.
const OF_PAPER: [&str; 4] = ["paper", "original", "article", "publication"];

/// What a name means behind a word that says that it is the paper's. Its day is the one that it was published on.
fn of_paper(name: &str) -> Option<Field> {
    let field = known(OF_PAPER.iter().find_map(|word| {
        let rest = name.get(word.len()..)?;
        let is_word = name[..word.len()].eq_ignore_ascii_case(word)
            && rest.starts_with(|c: char| c.is_uppercase() || " _-".contains(c));
        is_word.then_some(rest)
    })?)?;
    match field.kind {
        Kind::Day => of_program("published"),
        Kind::Page | Kind::None => None,
        _ => Some(field),
    }
}

/// The field that a source or config.toml says that a name means.
pub(super) fn of_writer(name: &str, own: &Names) -> Option<Field> {
    if own.is_empty() || name.len() > LONGEST {
        return None;
    }
    let name = folded(name);
    own.iter().find(|(known, _)| folded(known) == name).map(|(_, field)| *field)
}

/// The field that has this name in the program.
pub fn of_program(name: &str) -> Option<Field> {
    FIELDS
        .iter()
        .map(|(field, _)| *field)
        .find(|field| field.name == name && field.kind != Kind::None)
}

/// Every field that means something, with its other names, in the order of the documentation.
pub fn all() -> impl Iterator<Item = (Field, &'static [&'static str])> {
    FIELDS
        .iter()
        .filter(|(field, _)| field.kind != Kind::None)
        .map(|(field, names)| (*field, names.as_slice()))
}

/// The parts of a list that is one text and no item of another: those of [`parts`], or what strokes between spaces part where
/// no other sign does.
pub(super) fn parts_of_text(list: &str) -> Vec<&str> {
    let by_strokes = list.contains(" / ") && !list.contains([',', ';', '、', '，', '；', '[']);
    if by_strokes {
        list.split(" / ").flat_map(|part| parts(part, false)).collect()
    } else {
        parts(list, false)
    }
}

/// The parts of a list in one text: by commas and semicolons of any script, else by blanks where that is the custom of the
/// key; links to notes are parts as they are. Marks of links are none of them.
pub(super) fn parts(list: &str, by_blanks: bool) -> Vec<&str> {
    let hashes = list.split_whitespace().filter(|word| word.starts_with('#')).count() > 1;
    // `LLM` `lamps that learn`
    let code = list.matches('`').count() > 2;
    let ends = move |c: char| {
        [',', ';', '、', '，', '；'].contains(&c)
            || (by_blanks || hashes) && c.is_whitespace()
            || code && c == '`'
    };
    let (mut parts, mut rest) = (Vec::new(), list);
    while let Some((before, (linked, after))) =
        rest.split_once("[[").and_then(|(before, link)| Some((before, link.split_once("]]")?)))
    {
        parts.extend(before.split(ends));
        parts.push(linked.rsplit_once('|').map_or(linked, |(_, shown)| shown));
        rest = after;
    }
    parts.extend(rest.split(ends));
    parts
        .into_iter()
        .map(|part| part.trim_matches(|c: char| c.is_whitespace() || "[]\"'`/|·".contains(c)))
        .filter(|part| !part.is_empty())
        .collect()
}

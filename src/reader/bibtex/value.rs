//! What a field says: `@string` names replaced, LaTeX decoded, people told apart. Knows no entry.

use std::collections::HashMap;

use biblatex::{Bibliography, ChunksExt, Entry, Person, RawBibliography};

use super::split::{Field, Piece};
use crate::reader::{months, plain};

/// Deeper braces than this are kept as written: the decoder would recurse into them.
const DEEPEST: usize = 40;

/// Fields that hold an address or an id, as they are but for what exporters escape.
const VERBATIM: &[&str] = &["url", "doi", "eprint", "file", "pdf", "code", "project"];

/// Commands that put an accent on what follows; of letters only those that need no space before it.
const ACCENTS: &[u8] = b"'`^\"~=.";

/// Commands around words that only change how they look, and such that hold to the end of a group.
const STYLES: &[&str] = &[
    "emph",
    "textbf",
    "textit",
    "textsc",
    "texttt",
    "textrm",
    "textsf",
    "textsl",
    "underline",
    "mbox",
    "hbox",
    "text",
    "url",
    "path",
];
const SWITCHES: &[&str] = &["em", "bf", "it", "sc", "tt", "rm", "sf", "sl", "bfseries", "itshape", "scshape"];

/// Longest text that a chain of `@string` names may give.
const LONGEST: usize = 1 << 20;

/// The `@string` names of a file.
pub(super) struct Values {
    strings: HashMap<String, String>,
}

impl Values {
    /// Each string may use those before it, as in BibTeX; so none can hold itself.
    pub(super) fn new(definitions: Vec<(String, Vec<Piece<'_>>)>) -> Self {
        let mut values = Self { strings: HashMap::new() };
        for (name, pieces) in definitions {
            let text = values.joined(&pieces);
            values.strings.insert(name, text);
        }
        values
    }

    fn joined(&self, pieces: &[Piece<'_>]) -> String {
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Name(name) => {
                    let known = self.strings.get(&name.to_ascii_lowercase()).map(String::as_str);
                    text.push_str(known.filter(|known| text.len() + known.len() < LONGEST).unwrap_or(name));
                }
            }
        }
        text
    }

    /// The field as plain text in which `$…$` is math, on one line.
    pub(super) fn text(&self, field: &Field<'_>) -> String {
        let source = self.joined(&field.pieces);
        if let Some(address) = address(&source) {
            return address;
        }
        if VERBATIM.contains(&field.name.as_str()) {
            return plain::line(&verbatim(&source));
        }
        let decoded = decode("title", &source);
        let text = decoded.as_ref().and_then(|entry| entry.get("title")).map(ChunksExt::format_verbatim);
        plain::line(&text.unwrap_or_else(|| stripped(&source)))
    }

    /// The names of a list of people, given name first, and whether it ends in `and others`.
    pub(super) fn people(&self, field: &Field<'_>) -> (Vec<String>, bool) {
        let source = self.joined(&field.pieces);
        let decoded = decode("author", &source);
        let people = decoded.as_ref().and_then(|entry| entry.get_as::<Vec<Person>>("author").ok());
        let mut names: Vec<String> = match people {
            Some(people) => people.iter().map(full_name).collect(),
            None => stripped(&source).split(" and ").map(plain::line).collect(),
        };
        names.retain(|name| !name.is_empty());
        let others = names.last().is_some_and(|name| name == "others");
        names.truncate(names.len() - usize::from(others));
        (names, others)
    }
}

fn full_name(person: &Person) -> String {
    let parts = [&person.given_name, &person.prefix, &person.name, &person.suffix];
    unnumbered(&plain::line(&parts.map(String::as_str).join(" "))).to_owned()
}

/// dblp numbers people of one name: `Wei Wick 0001`.
fn unnumbered(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((before, number)) if number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit()) => before,
        _ => name,
    }
}

/// An entry with this one field, if the decoder can read it. Never a name by which entries refer to others.
fn decode(name: &str, source: &str) -> Option<Entry> {
    let source = unstyled(&dotted(source));
    if too_deep(&source) || months::month(&source).is_some() {
        return None;
    }
    let mut file = String::with_capacity(source.len() + 64);
    file.push_str("@misc{entry, ");
    file.push_str(name);
    file.push_str(" = {");
    file.push_str(&source);
    file.push_str("}}");
    let raw = RawBibliography::parse(&file).ok()?;
    Bibliography::from_raw(raw).ok()?.into_vec().pop()
}

/// Whether the decoder would have to go too deep.
fn too_deep(source: &str) -> bool {
    let mut depth = 0_usize;
    source.bytes().any(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}

/// What `\url{…}` holds, where a field says nothing else.
fn address(source: &str) -> Option<String> {
    let bare = source.trim().trim_matches(['{', '}']).trim();
    let held = bare.strip_prefix("\\url")?.trim_start().strip_prefix('{')?;
    let plain = unescaped(held);
    (!plain.contains(['{', '}', '\\'])).then_some(plain)
}

/// An address or id as it is.
fn verbatim(source: &str) -> String {
    stripped(&unescaped(source))
}

/// Without the backslashes before what would mean something to LaTeX.
fn unescaped(source: &str) -> String {
    let escaped = ["\\_", "\\%", "\\#", "\\&", "\\~"];
    let named = source.replace("\\textasciitilde", "~").replace("\\textunderscore", "_");
    escaped.iter().fold(named, |text, escape| text.replace(escape, &escape[1..]))
}

/// Letters that lose their dot below an accent, as the decoder knows them: `\'\i` is `\'i`, `\"{\i}` is `\"{i}`.
fn dotted(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find("\\i").into_iter().chain(rest.find("\\j")).min() {
        let (before, letter, after) = (&rest[..at], &rest[at + 1..at + 2], &rest[at + 2..]);
        let accent = before.strip_suffix('{').unwrap_or(before).as_bytes();
        let accented = matches!(accent, [.., b'\\', accent] if ACCENTS.contains(accent));
        out.push_str(before);
        if accented && !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
            out.push_str(letter);
        } else {
            out.extend(["\\", letter]);
        }
        rest = after;
    }
    out + rest
}

/// The source without commands that only change how words look, of which the decoder knows nothing.
fn unstyled(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let (mut rest, mut math) = (source, false);
    while let Some(at) = rest.find('\\') {
        let name = rest[at + 1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let (before, command) = (&rest[..at], &rest[at + 1..at + 1 + name]);
        let after = &rest[at + 1 + name..];
        math ^= before.matches('$').count() % 2 == 1;
        let wraps = !math && STYLES.contains(&command) && after.starts_with('{');
        let switches = !math && SWITCHES.contains(&command) && after.starts_with(char::is_whitespace);
        out.push_str(before);
        if !wraps && !switches {
            let escaped = after.chars().next().filter(|_| name == 0).map_or(0, char::len_utf8);
            out.push_str(&rest[at..at + 1 + name + escaped]);
            rest = &after[escaped..];
        } else {
            rest = after;
        }
    }
    out + rest
}

/// Text that could not be decoded, without its braces.
fn stripped(source: &str) -> String {
    source.chars().filter(|c| !matches!(c, '{' | '}')).collect()
}

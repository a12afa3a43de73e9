//! What a field says: `@string` names replaced, LaTeX decoded, people told apart. Knows no entry.

use std::collections::HashMap;

use biblatex::{Bibliography, ChunksExt, Entry, Person, RawBibliography};

use super::latex;
use super::split::{Field, Piece};
use crate::formats::{escape_markdown, hidden, jats, months};
use crate::model::author;
use crate::model::record;

/// Fields that hold an address or an id, as they are but for what exporters escape.
const VERBATIM: &[&str] = &["url", "doi", "eprint", "file", "pdf", "code", "project"];

/// What follows the comma in a company's name, where it would be a given name.
const COMPANIES: &[&str] = &["Inc", "Ltd", "LLC", "GmbH", "Corp"];

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
                    text.push_str(
                        known.filter(|known| text.len() + known.len() < LONGEST).unwrap_or(name),
                    );
                }
            }
        }
        // Decoded, the signs of a comment would be dashes.
        if text.contains("<!--") { hidden::without_html(&text).into_owned() } else { text }
    }

    /// The field as plain text in which `$…$` is math, on one line.
    pub(super) fn text(&self, field: &Field<'_>) -> String {
        let source = self.joined(&field.pieces);
        if let Some(address) = latex::address(&source) {
            return address;
        }
        if VERBATIM.contains(&field.name.as_str()) {
            return escape_markdown::line(&latex::verbatim(&source));
        }
        line(&source)
    }

    /// The same for a field of several paragraphs, which an empty line parts.
    pub(super) fn paragraphs(&self, field: &Field<'_>) -> String {
        let source = self.joined(&field.pieces);
        let source = jats::plain(&source);
        let lines =
            latex::paragraphs(&source).into_iter().map(line).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n\n")
    }

    /// The people of a list, in the order of their script.
    pub(super) fn people(&self, field: &Field<'_>) -> People {
        let source = self.joined(&field.pieces);
        let decoded = decode("author", &source);
        let people = decoded.as_ref().and_then(|entry| entry.get_as::<Vec<Person>>("author").ok());
        let Some(people) = people else {
            // The decoder cannot read this list.
            let list =
                author::split(&escape_markdown::line(&latex::stripped(&latex::decodable(&source))));
            return People { names: list.names, others: list.more.is_some(), ..People::default() };
        };
        let mut found = People::default();
        for person in &people {
            found.add(person);
        }
        found.names.retain(|name| !name.is_empty());
        found.others = found.names.last().is_some_and(|name| name == "others");
        found.names.truncate(found.names.len() - usize::from(found.others));
        found.persons.retain(|person| !person.family.is_empty() && person.family != "others");
        found
    }
}

/// Whom a list names.
#[derive(Default)]
pub(in crate::formats) struct People {
    pub names: Vec<String>,
    /// Those whose names would be taken for several.
    pub organisations: Vec<String>,
    /// Whether the list ends in `and others`.
    pub others: bool,
    /// All of them, by the parts of their names.
    pub persons: Vec<record::Person>,
}

impl People {
    /// People by the parts of their names, the last of whom may be called `others`.
    pub(in crate::formats) fn of(mut persons: Vec<record::Person>) -> Self {
        let others = persons.last().is_some_and(|last| last.family == "others");
        persons.truncate(persons.len() - usize::from(others));
        let names = persons.iter().map(|person| author::kept_whole(&person.shown())).collect();
        Self { names, others, persons, ..Self::default() }
    }

    fn add(&mut self, person: &Person) {
        let alone =
            [&person.given_name, &person.prefix, &person.suffix].iter().all(|part| part.is_empty());
        let several = [",", ";", " and ", " & "].iter().any(|mark| person.name.contains(mark));
        if COMPANIES.contains(&person.given_name.trim_end_matches('.')) && person.suffix.is_empty()
        {
            let name = format!("{} {}, {}", person.prefix, person.name, person.given_name);
            self.organisation(&name);
        } else if alone && several {
            self.organisation(&person.name);
        } else {
            let name = full_name(person);
            let parts = [&person.given_name, &person.prefix, &person.name, &person.suffix];
            let parts = parts.map(|part| escape_markdown::line(part));
            let parts =
                record::Person::from_parts(&parts[0], &parts[1], unnumbered(&parts[2]), &parts[3]);
            // What stands in braces has no parts.
            let whole = alone && person.name.contains(' ');
            self.persons.push(if whole { record::Person::whole(&name) } else { parts });
            self.names.push(name);
        }
    }

    fn organisation(&mut self, name: &str) {
        let name = escape_markdown::line(name);
        self.persons.push(record::Person::whole(&name));
        self.organisations.push(name);
    }
}

/// LaTeX as one line of plain text.
fn line(source: &str) -> String {
    let decoded = decode("title", source);
    let text =
        decoded.as_ref().and_then(|entry| entry.get("title")).map(ChunksExt::format_verbatim);
    escape_markdown::line(&text.unwrap_or_else(|| latex::stripped(&latex::decodable(source))))
}

fn full_name(person: &Person) -> String {
    let name = author::in_order(&person.given_name, &person.prefix, &person.name, &person.suffix);
    unnumbered(&escape_markdown::line(&name)).to_owned()
}

/// dblp numbers people of one name: `Wei Wick 0001`.
fn unnumbered(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((before, number))
            if number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit()) =>
        {
            before
        }
        _ => name,
    }
}

/// An entry with this one field, if the decoder can read it. Never a name by which entries refer to others.
fn decode(name: &str, source: &str) -> Option<Entry> {
    let source = latex::decodable(source);
    if latex::too_deep(&source) || months::month(&source).is_some() {
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

/// A stretch of TeX that stands in no field, as the decoder reads it.
pub(in crate::formats) fn decoded(source: &str) -> Option<String> {
    decode("title", source)?.get("title").map(ChunksExt::format_verbatim)
}

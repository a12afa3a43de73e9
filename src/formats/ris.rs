//! RIS, which every reference manager exports: lines of a tag of two letters and a value, a record up to `ER`. Its fields
//! mean what those of BibTeX mean, and are read as these. Knows no disk.

mod write;

pub use write::ris;

use super::bibtex::{self, People, Reference, Texts};
use super::format::Sample;
use super::text::{Line, lines};
use super::{Format, Hints, Maker, Reading, escape_markdown, jats};
use crate::diagnostic::{Code, Finding};
use crate::model::record::{FIELDS, Kind, PEOPLE, Person, sorted};
use crate::model::{Entry, author};

/// The format.
pub const FORMAT: &Format = &Format {
    name: "ris",
    about: "a library that a reference manager exported as RIS",
    extensions: &["ris"],
    maker: Maker::Program,
    detect: is_ris,
    read,
};

fn is_ris(sample: &Sample<'_>) -> bool {
    let mut shown = sample.text.lines().filter(|line| !line.trim().is_empty() && !is_number(line));
    let first = shown.next().unwrap_or_default().trim();
    tag(first).is_some_and(|(tag, _)| tag == "TY")
}

/// `12.`, as some databases count records.
fn is_number(line: &str) -> bool {
    let line = line.trim().trim_end_matches('.');
    !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit())
}

/// Tags that have a place of their own, and the fields of BibTeX that they are, best first; nothing for what is read apart, or is
/// about the record. `container` is the field that the kind has for what a paper is in.
const APART: &[(&str, &str)] = &[
    ("TI", "title"),
    ("T1", "title"),
    ("CT", "title"),
    ("T2", "container"),
    ("JF", "container"),
    ("JO", "container"),
    ("BT", "container"),
    ("DO", "doi"),
    ("UR", "url"),
    ("LK", "url"),
    ("L1", "pdf"),
    ("N1", "note"),
    ("KW", "keywords"),
    ("DA", "date"),
    ("PY", "date"),
    ("Y1", "date"),
    ("AU", ""),
    ("A1", ""),
    ("AB", ""),
    ("N2", ""),
    ("EP", ""),
    ("ER", ""),
    ("ID", ""),
    ("L2", ""),
    ("L4", ""),
    ("SP", ""),
    ("TY", ""),
];

/// The tags that are read, with the fields of BibTeX that they are.
fn tags() -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = FIELDS.iter().chain(PEOPLE);
    APART.iter().copied().chain(all.flat_map(|field| {
        // Fields that BibTeX has no name for keep that of the metadata.
        let name = field.bibtex.first().copied().unwrap_or(field.name);
        field.ris.iter().map(move |tag| (*tag, name))
    }))
}

/// The tag and the value of a line: `AU  - Wick, Ada`.
fn tag(line: &str) -> Option<(&str, &str)> {
    let (tag, value) = line.trim_end().split_at_checked(2)?;
    let known = tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let value = value.trim_start().strip_prefix('-').filter(|_| value.starts_with("  "))?;
    (known && (value.is_empty() || value.starts_with(' '))).then_some((tag, value.trim()))
}

/// Values by tag in the order written; a line without a tag goes on with the value before it.
pub(super) struct Record<'t> {
    pub(super) values: Vec<(&'t str, String)>,
    pub(super) span: std::ops::Range<usize>,
}

impl Record<'_> {
    fn all<'r>(&'r self, tags: &'r [&str]) -> impl Iterator<Item = &'r str> {
        self.values.iter().filter(|(tag, _)| tags.contains(tag)).map(|(_, value)| value.as_str())
    }

    fn first(&self, tags: &[&str]) -> &str {
        tags.iter()
            .find_map(|tag| self.values.iter().find(|(known, _)| known == tag))
            .map_or("", |(_, value)| value)
    }
}

/// Reads a whole file.
fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let (mut findings, mut records) = (Vec::new(), Vec::<Record<'_>>::new());
    let (mut open, mut others) = (false, Vec::new());
    for line in lines(text, super::text::start(text)..text.len()) {
        match tag(line.text) {
            Some(("TY", kind)) => {
                records.push(Record {
                    values: vec![("TY", kind.to_owned())],
                    span: line.start..line.end(),
                });
                open = true;
            }
            Some(("ER", _)) if open => open = false,
            Some((tag, value)) if open => {
                add(&mut records, |record| record.values.push((tag, value.to_owned())));
            }
            None if open && line.is_blank() => {}
            None if open => add(&mut records, |record| {
                if let Some((_, value)) = record.values.last_mut() {
                    value.push('\n');
                    value.push_str(line.text.trim());
                }
            }),
            _ if line.is_blank() || is_number(line.text) => {}
            _ => others.push(line),
        }
    }
    findings.extend(loose(&others));
    let entries: Vec<Entry> =
        records.iter().map(|record| entry(record, hints, &mut findings)).collect();
    bibtex::digest(entries, findings, hints)
}

fn add<'t>(records: &mut [Record<'t>], change: impl FnOnce(&mut Record<'t>)) {
    if let Some(record) = records.last_mut() {
        change(record);
    }
}

/// Says once what stands between records.
fn loose(lines: &[Line<'_>]) -> Option<Finding> {
    let first = lines.first()?;
    let message = match lines.len() {
        1 => "this stands in no record".to_owned(),
        count => format!("{count} lines such as this stand in no record"),
    };
    let finding = Finding::new(Code::Unplaced, message).at(first.start..first.end());
    Some(finding.help("a record begins with `TY  - …` and ends with `ER  -`"))
}

pub(super) fn entry(record: &Record<'_>, hints: &Hints<'_>, findings: &mut Vec<Finding>) -> Entry {
    let kind = Kind::of_ris(record.first(&["TY"]));
    let place = Kind::place_of(&kind);
    let of_publisher = Kind::is_of_publisher(place);
    let mut fields: Vec<(&str, String)> = Vec::new();
    for (tag, field) in tags().filter(|(_, field)| !field.is_empty()) {
        let value = value(record, tag, field);
        let field = match field {
            // A book is in a series, a report or a thesis in one of its house.
            "container" if of_publisher => "series",
            "container" => place,
            "publisher" if of_publisher => place,
            field => field,
        };
        // The path of a file on somebody's machine is nobody else's business.
        let is_path = field == "pdf" && !value.starts_with("http");
        if !value.is_empty() && !is_path && !fields.iter().any(|(known, _)| *known == field) {
            fields.push((field, value));
        }
    }
    let pages = [record.first(&["SP"]), record.first(&["EP"])];
    let pages: Vec<&str> = pages.into_iter().filter(|page| !page.is_empty()).collect();
    fields.push(("pages", pages.join("–")));
    let people = people(record);
    let abstract_text =
        jats::without_tags(&jats::plain(record.first(&["AB", "N2"]))).replace('\n', "\n\n");
    let (texts, key) = (Texts::of(fields), record.first(&["ID"]));
    let span = record.span.clone();
    let mut entry =
        bibtex::made(&Reference { kind: &kind, key, span, texts, people, abstract_text }, findings);
    for (tag, value) in record.values.iter().filter(|(tag, _)| !is_known(tag)) {
        bibtex::other(&mut entry, ("tag", tag, value), hints, findings);
    }
    entry
}

fn is_known(tag: &str) -> bool {
    tags().any(|(known, _)| known == tag)
}

/// What the lines of a tag say of a field, as one text.
fn value(record: &Record<'_>, tag: &str, field: &str) -> String {
    // Each line is one keyword, whatever commas it has, but for a list on the only line.
    let is_list = |record: &Record<'_>| {
        let mut all = record.all(&["KW"]);
        all.next().is_some_and(|first| first.matches(',').count() > 1) && all.next().is_none()
    };
    let between = if field == "keywords" { "\n" } else { " " };
    // A serial number of ten digits or more is that of a book.
    let tags = [tag];
    let values =
        record.all(&tags).filter(|value| tag != "SN" || is_of_book(value) == (field == "isbn"));
    let values = values.map(|value| escape_markdown::line(&jats::without_tags(value)));
    if PEOPLE.iter().any(|people| people.name == field) {
        let people: Vec<Person> = values.map(|name| Person::of_sorted(&name)).collect();
        return sorted(&people, false);
    }
    let mut value = values.collect::<Vec<_>>().join(between);
    if field == "keywords" && !value.is_empty() && !is_list(record) {
        value.push('\n');
    }
    if matches!(field, "date" | "urldate") { date(&value) } else { value }
}

fn is_of_book(value: &str) -> bool {
    value.bytes().filter(|b| b.is_ascii_digit() || *b == b'X').count() >= 10
}

/// The authors, by the parts of their names where each line is one name.
fn people(record: &Record<'_>) -> People {
    let lines: Vec<String> = record.all(&["AU", "A1"]).map(escape_markdown::line).collect();
    let mut persons: Vec<Person> = lines.iter().map(|name| Person::of_sorted(name)).collect();
    let others = persons.last().is_some_and(is_others);
    persons.truncate(persons.len() - usize::from(others));
    if lines.iter().all(|line| is_one(line)) && !persons.iter().any(is_others) {
        return People { others, ..People::of(persons) };
    }
    let read = author::of_items(record.all(&["AU", "A1"]));
    People { names: read.names, others: read.more.is_some(), ..People::default() }
}

fn is_one(line: &str) -> bool {
    let several =
        line.contains([';', ':', '(', '{']) || line.contains(" and ") && !author::is_group(line);
    let last = line.rsplit(',').next().unwrap_or_default().trim();
    !several && (line.matches(',').count() < 2 || author::is_suffix(last))
}

fn is_others(person: &Person) -> bool {
    author::tells_of_others(&person.shown())
}

/// `2024/06/01/` as `2024-06-01`.
fn date(value: &str) -> String {
    let parts = value
        .split(['/', '-'])
        .map(str::trim)
        .take_while(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let parts: Vec<String> =
        parts.filter(|part| !part.is_empty()).take(3).map(|part| format!("{part:0>2}")).collect();
    if parts.is_empty() { value.to_owned() } else { parts.join("-") }
}

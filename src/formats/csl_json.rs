//! CSL-JSON, as Zotero exports it and citation processors read it: a list of items. Its fields mean what those of BibTeX mean,
//! and are read as these. Knows no disk.

mod write;

pub use write::csl;

use serde_json::{Map, Value};

use super::bibtex::{self, People, Reference, Texts};
use super::format::Sample;
use super::{Format, Hints, Maker, Reading, escape_markdown, jats};
use crate::diagnostic::{Code, Finding};
use crate::model::Entry;
use crate::model::record::{self, FIELDS, Kind, Person};

/// The format.
pub const FORMAT: &Format = &Format {
    name: "csl-json",
    about: "a library that Zotero or another reference manager exported as CSL-JSON",
    extensions: &["json"],
    maker: Maker::Program,
    detect: is_csl,
    read,
};

/// Variables that have a place of their own, and the fields of BibTeX that they are; those that are read apart or are about the
/// record have none.
const APART: &[(&str, &str)] = &[
    ("title", "title"),
    ("container-title", "container"),
    ("keyword", "keywords"),
    ("note", "note"),
    ("DOI", "doi"),
    ("URL", "url"),
    ("abstract", ""),
    ("author", ""),
    ("citation-key", ""),
    ("citation-label", ""),
    ("id", ""),
    ("issued", ""),
    ("page-first", ""),
    ("submitted", ""),
    ("type", ""),
];

/// The variables that are read, with the fields of BibTeX that they are.
fn variables() -> impl Iterator<Item = (&'static str, &'static str)> {
    FIELDS
        .iter()
        .flat_map(|field| {
            // Fields that BibTeX has no name for keep that of the metadata.
            let name = field.bibtex.first().copied().unwrap_or(field.name);
            field.csl.iter().map(move |variable| (*variable, name))
        })
        .chain(APART.iter().copied())
}

const TITLE: &str = "\"title\"";
/// As much of an item's title as findings quote, in bytes.
const LONGEST: usize = 200;

/// A list of objects of which the first has a type of CSL.
fn is_csl(sample: &Sample<'_>) -> bool {
    let text = sample.text.trim_start();
    let is_list = text.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'));
    is_list
        && sample
            .head()
            .split("\"type\"")
            .skip(1)
            .find_map(|rest| {
                let value = rest
                    .trim_start()
                    .strip_prefix(':')?
                    .trim_start()
                    .strip_prefix('"')?
                    .split('"')
                    .next()?;
                Kind::is_of_csl(value).then_some(())
            })
            .is_some()
}

/// Reads a whole file.
fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let items = match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Array(items)) => items,
        Ok(_) => return refused("it is no list"),
        Err(error) => return refused(&error.to_string()),
    };
    let (mut findings, mut entries, mut from) = (Vec::new(), Vec::new(), 0);
    for whole in &items {
        let item = whole.as_object();
        // Items come in the order of the text, so each title stands behind the one before it.
        let mut span = from..from;
        if item.is_some_and(|item| item.contains_key("title")) {
            let at = text[from..].find(TITLE).map_or(text.len(), |at| from + at);
            from = text.len().min(at + TITLE.len());
            // A whole library may stand on one line.
            let near = &text[at..text.floor_char_boundary(at + LONGEST)];
            span = at..at + near.lines().next().unwrap_or_default().len();
        }
        let Some(item) =
            item.filter(|item| item.contains_key("type") && item.contains_key("title"))
        else {
            let finding = Finding::new(
                Code::Unplaced,
                format!("not an item with a type and a title: {whole}"),
            );
            findings.push(finding.at(span).help("nothing need be done if it is none"));
            continue;
        };
        entries.push(entry(item, span, hints, &mut findings));
    }
    bibtex::digest(entries, findings, hints)
}

fn refused(why: &str) -> Reading {
    let finding = Finding::new(Code::UnknownFormat, format!("this is no CSL-JSON: {why}")).at(0..0);
    let help = "export the library again, as CSL JSON";
    Reading { findings: vec![finding.help(help)], ..Reading::default() }
}

fn entry(
    item: &Map<String, Value>,
    span: std::ops::Range<usize>,
    hints: &Hints<'_>,
    findings: &mut Vec<Finding>,
) -> Entry {
    let kind = text_of(item, "type");
    let kind = Kind::of_csl(&kind);
    let place = Kind::place_of(kind);
    let of_publisher = Kind::is_of_publisher(place);
    let mut fields: Vec<(&str, String)> = Vec::new();
    for (variable, field) in variables().filter(|(_, field)| !field.is_empty()) {
        let field = match field {
            "container" if of_publisher => "booktitle",
            "container" => place,
            "eid" if is_numbered(Kind::csl_of(kind)) => "number",
            "publisher" if of_publisher => place,
            field => field,
        };
        let is_date = matches!(variable, "accessed" | "event-date");
        let value = if is_date {
            item.get(variable).map(date).unwrap_or_default()
        } else {
            escape_markdown::line(&jats::without_tags(&text_of(item, variable)))
        };
        if !value.is_empty() && !fields.iter().any(|(known, _)| *known == field) {
            fields.push((field, value));
        }
    }
    fields.push(("date", item.get("issued").map(date).unwrap_or_default()));
    for field in record::PEOPLE {
        let people = persons(item.get(field.csl[0]));
        fields.push((field.bibtex[0], record::sorted(&people, false)));
    }
    let people = People::of(persons(item.get("author")));
    let abstract_text =
        jats::without_tags(&jats::plain(&text_of(item, "abstract"))).replace('\n', "\n\n");
    let key = [text_of(item, "citation-key"), text_of(item, "id")]
        .into_iter()
        .find(|key| !key.is_empty() && !key.contains("://"));
    let (texts, key) = (Texts::of(fields), key.unwrap_or_default());
    let mut entry =
        bibtex::made(&Reference { kind, key: &key, span, texts, people, abstract_text }, findings);
    for (key, value) in item.iter().filter(|(key, _)| !is_known(key)) {
        bibtex::other(&mut entry, ("variable", key, &said(value)), hints, findings);
    }
    entry
}

fn is_known(key: &str) -> bool {
    is_of_people(key) || variables().any(|(known, _)| known == key)
}

fn text_of(item: &Map<String, Value>, key: &str) -> String {
    item.get(key).map(said).unwrap_or_default()
}

fn is_of_people(key: &str) -> bool {
    record::PEOPLE.iter().any(|field| field.csl.contains(&key))
}

/// Types of items that have a number of their own, not one of an issue.
fn is_numbered(kind: &str) -> bool {
    matches!(kind, "report" | "patent" | "standard" | "dataset" | "software")
}

/// A value as a text: numbers may be written as such.
fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(items) => items.iter().map(said).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// People, each by the parts of a name or as a whole.
fn persons(people: Option<&Value>) -> Vec<Person> {
    let people = people.and_then(Value::as_array).into_iter().flatten();
    people.map(person).filter(|person| !person.family.is_empty()).collect()
}

fn person(person: &Value) -> Person {
    let particles =
        [part_of_name(person, "dropping-particle"), part_of_name(person, "non-dropping-particle")]
            .join(" ");
    match part_of_name(person, "literal").as_str() {
        "" => Person::from_parts(
            &part_of_name(person, "given"),
            &particles,
            &part_of_name(person, "family"),
            &part_of_name(person, "suffix"),
        ),
        whole => Person::whole(whole),
    }
}

fn part_of_name(person: &Value, key: &str) -> String {
    escape_markdown::line(&person.get(key).map(said).unwrap_or_default())
}

/// `{"date-parts": [[2024, 6, 1]]}` and its like as `2024-06-01`.
fn date(value: &Value) -> String {
    let all = value.get("date-parts").and_then(Value::as_array).into_iter().flatten().take(2);
    let dates: Vec<String> = all
        .map(|parts| {
            let parts = parts.as_array().into_iter().flatten().take(3);
            parts.map(|part| format!("{:0>2}", said(part))).collect::<Vec<_>>().join("-")
        })
        .filter(|date| !date.is_empty())
        .collect();
    match ["raw", "literal"].iter().find_map(|key| value.get(key)) {
        _ if !dates.is_empty() => dates.join("/"),
        Some(text) => said(text),
        None => value.as_str().unwrap_or_default().to_owned(),
    }
}

//! The answer of Crossref about a work. Its fields are those of CSL, but that many are lists.

use serde_json::{Map, Value, json};

use super::of_csl;
use crate::model::Entry;

/// Types of works, and those of CSL.
const TYPES: &[(&str, &str)] = &[
    ("journal-article", "article-journal"),
    ("proceedings-article", "paper-conference"),
    ("book-chapter", "chapter"),
    ("book-section", "chapter"),
    ("book-part", "chapter"),
    ("posted-content", "article"),
    ("monograph", "book"),
    ("book", "book"),
    ("edited-book", "book"),
    ("reference-book", "book"),
    ("reference-entry", "entry-encyclopedia"),
    ("report", "report"),
    ("dissertation", "thesis"),
    ("dataset", "dataset"),
    ("standard", "standard"),
    ("peer-review", "review"),
];

/// Fields that are taken over, by their names here and in CSL.
const FIELDS: &[(&str, &str)] = &[
    ("container-title", "container-title"),
    ("short-container-title", "container-title-short"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("page", "page"),
    ("article-number", "number"),
    ("edition-number", "edition"),
    ("publisher", "publisher"),
    ("publisher-location", "publisher-place"),
    ("ISSN", "ISSN"),
    ("ISBN", "ISBN"),
    ("DOI", "DOI"),
    ("URL", "URL"),
    ("abstract", "abstract"),
    ("language", "language"),
    ("issued", "issued"),
    ("editor", "editor"),
    ("translator", "translator"),
];

/// The entry of an answer.
pub(super) fn entry(text: &str) -> Option<Entry> {
    let answer: Value = serde_json::from_str(text).ok()?;
    let work = answer.get("message").unwrap_or(&answer).as_object()?;
    let first = |name: &str| first(work.get(name)?);
    let mut item = Map::new();
    let kind = work.get("type").and_then(Value::as_str).unwrap_or_default();
    let known = TYPES.iter().find(|(name, _)| *name == kind).map_or("document", |(_, csl)| csl);
    item.insert("type".to_owned(), known.into());
    let title = match (first("title")?.as_str()?.to_owned(), first("subtitle")) {
        (title, Some(Value::String(more))) if !title.contains(&more) => format!("{title}: {more}"),
        (title, _) => title,
    };
    item.insert("title".to_owned(), title.into());
    for (name, csl) in FIELDS {
        if let Some(value) = first(name) {
            item.insert((*csl).to_owned(), value);
        }
    }
    for name in ["author", "editor", "translator"] {
        let people = work.get(name).and_then(Value::as_array).into_iter().flatten();
        let people: Vec<Value> = people.map(person).collect();
        item.insert(name.to_owned(), people.into());
    }
    if let Some(event) = work.get("event").and_then(Value::as_object) {
        for (name, csl) in [("name", "event-title"), ("location", "event-place")] {
            item.extend(event.get(name).map(|value| (csl.to_owned(), value.clone())));
        }
    }
    // A preprint appeared where it was posted.
    let institution = first("institution").and_then(|one| one.get("name").cloned());
    if let Some(name) = institution.filter(|_| kind == "posted-content") {
        item.insert("container-title".to_owned(), name);
    }
    of_csl(&Value::Object(item))
}

/// The first of a list; what is none is itself.
fn first(value: &Value) -> Option<Value> {
    match value {
        // Dates and people are taken whole.
        Value::Array(items) => items.first().cloned(),
        Value::Null => None,
        other => Some(other.clone()),
    }
}

fn person(person: &Value) -> Value {
    match person.get("name") {
        Some(name) => json!({ "literal": name }),
        None => person.clone(),
    }
}

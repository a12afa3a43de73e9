//! Records as items of CSL-JSON. Pure.

use serde_json::{Map, Value, json};

use crate::model::record::{DATES, Kind, Person, Record, date_parts};

/// A record as an item, with an abstract in paragraphs of plain text.
pub fn csl(record: &Record, abstract_text: &str) -> Value {
    let mut item = Map::new();
    let mut add = |name: &str, value: Value| {
        let is_empty = value.as_str().is_some_and(str::is_empty) || value == json!([]);
        if !is_empty && !item.contains_key(name) {
            item.insert(name.to_owned(), value);
        }
    };
    add("id", record.key.as_str().into());
    add("citation-key", record.key.as_str().into());
    add("type", record.csl().into());
    add("title", record.title.as_str().into());
    add("author", people(&record.authors, record.others));
    for (field, names) in &record.people {
        add(field.csl[0], people(names, false));
    }
    if !record.date.is_empty() {
        add("issued", date(&record.date));
    }
    let of_publisher = Kind::is_of_publisher(record.place());
    add(if of_publisher { "publisher" } else { "container-title" }, record.venue.as_str().into());
    let is_numbered = super::is_numbered(record.csl());
    for (field, value) in &record.fields {
        match field.csl.first() {
            Some(&"issue") if is_numbered => add("number", value.as_str().into()),
            Some(name) if DATES.contains(&field.name) => add(name, date(value)),
            Some(name) => add(name, value.as_str().into()),
            None => {}
        }
    }
    add("DOI", record.doi().unwrap_or_default().into());
    if let Some(number) = record.arxiv() {
        add("number", Value::from(format!("arXiv:{number}")));
    }
    add("URL", record.url.as_str().into());
    add("keyword", Value::from(record.keywords.join(", ")));
    add("note", record.note.as_str().into());
    add("abstract", abstract_text.into());
    Value::Object(item)
}

fn people(people: &[Person], others: bool) -> Value {
    let others = (others && !people.is_empty()).then(|| json!({ "literal": "others" }));
    Value::from(people.iter().map(person).chain(others).collect::<Vec<_>>())
}

fn person(person: &Person) -> Value {
    if person.is_whole {
        return json!({ "literal": person.family });
    }
    let parts = [
        ("family", &person.family),
        ("given", &person.given),
        ("non-dropping-particle", &person.particle),
        ("suffix", &person.suffix),
    ];
    let parts = parts.into_iter().filter(|(_, part)| !part.is_empty());
    Value::Object(parts.map(|(name, part)| (name.to_owned(), part.as_str().into())).collect())
}

/// A date, or two with a slash between them; else the words of its source.
fn date(date: &str) -> Value {
    let parts: Option<Vec<Value>> = date
        .split('/')
        .map(|date| {
            let parts = date_parts(date)?;
            // Numbers, and no zeros before them.
            let parts: Option<Vec<u32>> = parts.into_iter().map(|part| part.parse().ok()).collect();
            parts.map(Value::from)
        })
        .collect();
    parts.map_or_else(|| json!({ "literal": date }), |parts| json!({ "date-parts": parts }))
}

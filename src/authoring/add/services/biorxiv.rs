//! The answer of bioRxiv and medRxiv about a preprint: its versions, of which the last counts.

use serde_json::{Value, json};

use super::{of_csl, text};
use crate::model::Entry;

/// Whether an answer says that there is no such preprint.
pub(super) fn has_none(text: &str) -> bool {
    let answer: Option<Value> = serde_json::from_str(text).ok();
    answer.is_some_and(|answer| {
        answer.get("collection").and_then(Value::as_array).is_some_and(Vec::is_empty)
    })
}

/// The entry of an answer.
pub(super) fn entry(answer: &str) -> Option<Entry> {
    let answer: Value = serde_json::from_str(answer).ok()?;
    let version = answer.get("collection")?.as_array()?.last()?;
    let people = text(version, "authors").split(';').filter(|name| !name.trim().is_empty());
    let server =
        if text(version, "server").eq_ignore_ascii_case("medrxiv") { "medRxiv" } else { "bioRxiv" };
    let item = json!({
        "type": "article",
        "title": text(version, "title"),
        "author": people.map(person).collect::<Vec<_>>(),
        "container-title": server,
        "issued": { "raw": text(version, "date") },
        "DOI": text(version, "doi"),
        "abstract": text(version, "abstract"),
    });
    let mut entry = of_csl(&item)?;
    if !text(version, "category").is_empty() {
        entry.fields.push(("subjects".to_owned(), text(version, "category").to_owned()));
    }
    Some(entry)
}

fn person(name: &str) -> Value {
    match name.split_once(',') {
        Some((family, given)) => json!({ "family": family.trim(), "given": given.trim() }),
        None => json!({ "literal": name.trim() }),
    }
}

//! The answer of `OpenReview` about a forum, of either version of its API: in the newer one each field is an object.

use serde_json::Value;

use super::of_format;
use crate::formats::{self, BIBTEX};
use crate::model::{Entry, Prose, author};

/// Whether an answer says that there is no such forum.
pub(super) fn has_none(text: &str) -> bool {
    let answer: Option<Value> = serde_json::from_str(text).ok();
    answer.is_some_and(|answer| {
        answer.get("notes").and_then(Value::as_array).is_some_and(Vec::is_empty)
    })
}

/// The entry of an answer.
pub(super) fn entry(text: &str) -> Option<Entry> {
    let answer: Value = serde_json::from_str(text).ok()?;
    let note = answer.get("notes")?.get(0)?;
    let content = note.get("content")?;
    let field = |name: &str| {
        let value = content.get(name)?;
        Some(value.get("value").unwrap_or(value))
    };
    let said = |name: &str| field(name).and_then(Value::as_str).unwrap_or_default();
    // The BibTeX that authors are given names the type, the conference and the year.
    let mut entry = of_format(BIBTEX, said("_bibtex")).unwrap_or_default();
    let title = formats::one_line(said("title"));
    if !title.is_empty() {
        entry.title = title;
    }
    let people = field("authors").and_then(Value::as_array).into_iter().flatten();
    let names: Vec<&str> = people.filter_map(Value::as_str).collect();
    if !names.is_empty() {
        entry.authors = author::of_items(names.into_iter()).names;
    }
    entry.tags.clear();
    let said_summary = said("abstract");
    if !said_summary.trim().is_empty() {
        entry.abstract_text = Some(formats::plain_paragraphs(said_summary))
            .filter(|prose: &Prose| !prose.text.is_empty());
    }
    let mut add = |name: &str, value: &str| {
        if !value.is_empty() && entry.field(name).is_none() {
            entry.fields.push((name.to_owned(), formats::one_line(value)));
        }
    };
    add("venue", said("venue"));
    let millis = ["pdate", "odate", "cdate"].iter().find_map(|name| note.get(name)?.as_i64());
    let day = millis.and_then(|millis| jiff::Timestamp::from_millisecond(millis).ok());
    add("published", &day.map(|day| day.strftime("%Y-%m-%d").to_string()).unwrap_or_default());
    (!entry.title.is_empty()).then_some(entry)
}

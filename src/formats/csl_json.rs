//! CSL-JSON, as Zotero exports it and citation processors read it: a list of items. Its fields mean what those of BibTeX mean,
//! and are read as these. Knows no disk.

use serde_json::{Map, Value};

use super::bibtex::{self, People, Reference, Texts};
use super::format::Sample;
use super::{Format, Hints, Maker, Reading, escape_markdown, jats};
use crate::diagnostic::{Code, Finding};
use crate::model::{Entry, author};

/// The format.
pub(super) const FORMAT: &Format = &Format {
    name: "csl-json",
    about: "a library that Zotero or another reference manager exported as CSL-JSON",
    extensions: &["json"],
    maker: Maker::Program,
    detect: is_csl,
    read,
};

/// Types of items, and the kinds of BibTeX that they are, with the field for where they appeared.
const KINDS: &[(&str, &str, &str)] = &[
    ("article-journal", "article", "journal"),
    ("article-magazine", "article", "journal"),
    ("article-newspaper", "article", "journal"),
    ("article", "misc", "howpublished"),
    ("book", "book", "booktitle"),
    ("chapter", "incollection", "booktitle"),
    ("dataset", "misc", "howpublished"),
    ("document", "misc", "howpublished"),
    ("entry-encyclopedia", "incollection", "booktitle"),
    ("manuscript", "misc", "howpublished"),
    ("paper-conference", "inproceedings", "booktitle"),
    ("post", "misc", "howpublished"),
    ("post-weblog", "misc", "howpublished"),
    ("report", "techreport", "howpublished"),
    ("software", "misc", "howpublished"),
    ("speech", "misc", "howpublished"),
    ("thesis", "phdthesis", "school"),
    ("webpage", "misc", "howpublished"),
];

/// Variables and the fields of BibTeX that they are; those that are read apart or are about the record have none.
const FIELDS: &[(&str, &str)] = &[
    ("title", "title"),
    ("container-title", "venue"),
    ("event-title", "eventtitle"),
    ("event", "eventtitle"),
    ("collection-title", "series"),
    ("volume", "volume"),
    ("issue", "number"),
    ("number", "number"),
    ("page", "pages"),
    ("edition", "edition"),
    ("publisher", "publisher"),
    ("keyword", "keywords"),
    ("genre", "type"),
    ("note", "note"),
    ("annote", "annote"),
    ("DOI", "doi"),
    ("URL", "url"),
    ("ISBN", "isbn"),
    ("ISSN", "issn"),
    ("abstract", ""),
    ("accessed", ""),
    ("archive", ""),
    ("author", ""),
    ("citation-key", ""),
    ("citation-label", ""),
    ("container-title-short", ""),
    ("editor", ""),
    ("event-date", ""),
    ("event-place", ""),
    ("id", ""),
    ("issued", ""),
    ("journalAbbreviation", ""),
    ("language", ""),
    ("license", ""),
    ("number-of-pages", ""),
    ("page-first", ""),
    ("publisher-place", ""),
    ("shortTitle", ""),
    ("source", ""),
    ("submitted", ""),
    ("title-short", ""),
    ("type", ""),
];

const TITLE: &str = "\"title\"";
/// As much of an item's title as findings quote, in bytes.
const LONGEST: usize = 200;

/// A list of objects of which the first has a type of CSL.
fn is_csl(sample: &Sample<'_>) -> bool {
    let text = sample.text.trim_start();
    let is_list = text.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'));
    let typed = |rest: &str| {
        let value = rest
            .trim_start()
            .strip_prefix(':')?
            .trim_start()
            .strip_prefix('"')?
            .split('"')
            .next()?;
        KINDS.iter().any(|(known, ..)| *known == value).then_some(())
    };
    is_list && sample.head().split("\"type\"").skip(1).find_map(typed).is_some()
}

/// Reads a whole file.
fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let refused = |why: &str| {
        let finding =
            Finding::new(Code::UnknownFormat, format!("this is no CSL-JSON: {why}")).at(0..0);
        let help = "export the library again, as CSL JSON";
        Reading { findings: vec![finding.help(help)], ..Reading::default() }
    };
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

fn entry(
    item: &Map<String, Value>,
    span: std::ops::Range<usize>,
    hints: &Hints<'_>,
    findings: &mut Vec<Finding>,
) -> Entry {
    let text = |key: &str| item.get(key).map(said).unwrap_or_default();
    let kind = text("type");
    let found = KINDS.iter().find(|(known, ..)| *known == kind);
    let (_, kind, venue) = found.copied().unwrap_or(("", "misc", "howpublished"));
    let mut fields: Vec<(&str, String)> = Vec::new();
    for (variable, field) in FIELDS.iter().filter(|(_, field)| !field.is_empty()) {
        let field = if *field == "venue" { venue } else { field };
        let value = escape_markdown::line(&jats::without_tags(&text(variable)));
        if !value.is_empty() && !fields.iter().any(|(known, _)| *known == field) {
            fields.push((field, value));
        }
    }
    fields.push(("date", item.get("issued").map(date).unwrap_or_default()));
    fields.push(("editor", names(item.get("editor")).join(" and ")));
    let people = People { names: names(item.get("author")), ..People::default() };
    let abstract_text = jats::without_tags(&jats::plain(&text("abstract"))).replace('\n', "\n\n");
    let key = [text("citation-key"), text("id")]
        .into_iter()
        .find(|key| !key.is_empty() && !key.contains("://"));
    let (texts, key) = (Texts::of(fields), key.unwrap_or_default());
    let mut entry =
        bibtex::made(&Reference { kind, key: &key, span, texts, people, abstract_text }, findings);
    for (key, value) in item.iter().filter(|(key, _)| !FIELDS.iter().any(|(known, _)| known == key))
    {
        bibtex::other(&mut entry, ("variable", key, &said(value)), hints, findings);
    }
    entry
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
fn names(people: Option<&Value>) -> Vec<String> {
    let people = people.and_then(Value::as_array).into_iter().flatten();
    let name = |person: &Value| {
        let part = |key: &str| person.get(key).map(said).unwrap_or_default();
        let particles = [part("dropping-particle"), part("non-dropping-particle")].join(" ");
        let name = match part("literal").as_str() {
            "" => {
                author::in_order(&part("given"), particles.trim(), &part("family"), &part("suffix"))
            }
            whole => whole.to_owned(),
        };
        escape_markdown::line(&name)
    };
    people.map(name).filter(|name| !name.is_empty()).collect()
}

/// `{"date-parts": [[2024, 6, 1]]}` and its like as `2024-06-01`.
fn date(value: &Value) -> String {
    let parts = value.get("date-parts").and_then(|parts| parts.get(0)).and_then(Value::as_array);
    let parts: Vec<String> =
        parts.into_iter().flatten().take(3).map(|part| format!("{:0>2}", said(part))).collect();
    match ["raw", "literal"].iter().find_map(|key| value.get(key)) {
        _ if !parts.is_empty() => parts.join("-"),
        Some(text) => said(text),
        None => value.as_str().unwrap_or_default().to_owned(),
    }
}

//! The answer of `DataCite` about a DOI.

use serde_json::{Map, Value, json};

use super::{of_csl, text};
use crate::model::Entry;

/// The entry of an answer.
pub(super) fn entry(answer: &str) -> Option<Entry> {
    let answer: Value = serde_json::from_str(answer).ok()?;
    let said = answer.get("data")?.get("attributes")?;
    let list = |name: &str| said.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let mut item = Map::new();
    let mut add = |name: &str, value: Value| {
        if !value.is_null() && value != json!("") {
            item.insert(name.to_owned(), value);
        }
    };
    let types = said.get("types").cloned().unwrap_or_default();
    let kind = text(&types, "citeproc");
    add("type", if kind.is_empty() { "document".into() } else { kind.into() });
    let titles = list("titles");
    add("title", text(titles.first()?, "title").into());
    add("author", list("creators").iter().map(person).collect::<Vec<_>>().into());
    let editors: Vec<Value> = list("contributors")
        .iter()
        .filter(|person| text(person, "contributorType") == "Editor")
        .map(person)
        .collect();
    add("editor", editors.into());
    let publisher = said.get("publisher").cloned().unwrap_or_default();
    add("publisher", publisher.get("name").cloned().unwrap_or(publisher));
    let issued = list("dates")
        .iter()
        .find(|date| text(date, "dateType") == "Issued")
        .map(|date| text(date, "date").to_owned());
    add(
        "issued",
        issued
            .or_else(|| said.get("publicationYear").map(|year| year.to_string().replace('"', "")))
            .map(|date| json!({ "raw": date }))
            .unwrap_or_default(),
    );
    for (name, csl) in
        [("version", "version"), ("url", "URL"), ("doi", "DOI"), ("language", "language")]
    {
        add(csl, text(said, name).into());
    }
    let of_abstract =
        list("descriptions").into_iter().find(|one| text(one, "descriptionType") == "Abstract");
    add("abstract", of_abstract.map(|one| text(&one, "description").into()).unwrap_or_default());
    let container = said.get("container").cloned().unwrap_or_default();
    for (name, csl) in [("title", "container-title"), ("volume", "volume"), ("issue", "issue")] {
        add(csl, text(&container, name).into());
    }
    let pages = [text(&container, "firstPage"), text(&container, "lastPage")];
    add(
        "page",
        pages.iter().filter(|page| !page.is_empty()).copied().collect::<Vec<_>>().join("–").into(),
    );
    of_csl(&Value::Object(item))
}

/// Somebody by the parts of a name; `Wick, Ada` has them as well.
fn person(person: &Value) -> Value {
    if text(person, "nameType") == "Organizational" {
        return json!({ "literal": text(person, "name") });
    }
    match (text(person, "familyName"), text(person, "name").split_once(", ")) {
        ("", Some((family, given))) => json!({ "family": family, "given": given }),
        ("", None) => json!({ "literal": text(person, "name") }),
        (family, _) => json!({ "family": family, "given": text(person, "givenName") }),
    }
}

//! JSON Schema of what people write and programs read: config.toml, front matter and `papers.json`. What there may be, the readers
//! tell; what it means and what holds where nothing is written stand in the pages of the documentation, which are read here.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::config::Config;
use crate::formats::fields::{self, Kind};
use crate::formats::{Holds, front_matter_keys};
use crate::render::switches;
use crate::theme::Manifest;

pub use crate::render::papers_schema as papers;

/// The pages that explain every key of config.toml; the first block in TOML says every default.
const CONFIG: &str = concat!(
    include_str!("../docs/config.md"),
    include_str!("../docs/config-people.md"),
    include_str!("../docs/config-texts.md")
);
/// The pages that explain front matter.
const DIGESTS: &str =
    concat!(include_str!("../docs/digest-format.md"), include_str!("../docs/posts.md"));
/// The draft that editors understand.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";
/// What stands in names of keys for a name of the writer's own.
const NAME: &str = "NAME";

/// What config.toml may say, with the options that a chain of themes declares.
pub fn config(themes: &[Manifest]) -> Value {
    let mut shape = Config::shape(&switches());
    let block = CONFIG.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
    let defaults = block.and_then(|block| block.parse::<toml::Table>().ok()).unwrap_or_default();
    inside(&mut shape, "", &meanings(CONFIG), Some(&toml::Value::Table(defaults)));
    let options = &mut shape["properties"]["theme_options"];
    options["properties"] = Value::Object(theme_options(themes));
    headed("config.toml of Offprint", shape)
}

/// What front matter may say. Other keys are no mistake: notes hold facts of their papers, and what other programs need.
pub fn front_matter() -> Value {
    let said = meanings(DIGESTS);
    let mut properties = Map::new();
    for (field, _) in fields::all().filter(|(field, _)| field.kind != Kind::Page) {
        let texts = matches!(field.kind, Kind::List | Kind::People);
        let about = "A fact of the paper that a note is about.";
        let shape = if texts { texts_or_text() } else { json!({ "type": ["string", "number"] }) };
        properties.insert(field.name.to_owned(), with_meaning(shape, Some(about)));
    }
    for (key, holds) in front_matter_keys() {
        let meaning = said.get(key).map(String::as_str);
        properties.insert(key.to_owned(), with_meaning(held(holds), meaning));
    }
    let shape = json!({ "type": "object", "additionalProperties": true, "properties": properties });
    headed("Front matter of Offprint", shape)
}

fn headed(title: &str, shape: Value) -> Value {
    let mut schema = json!({ "$schema": DRAFT, "title": title });
    if let (Some(schema), Value::Object(shape)) = (schema.as_object_mut(), shape) {
        schema.extend(shape);
    }
    schema
}

/// Gives each key of a shape its meaning and its default.
fn inside(
    shape: &mut Value,
    path: &str,
    said: &HashMap<String, String>,
    defaults: Option<&toml::Value>,
) {
    let below = |name: &str| if path.is_empty() { name.into() } else { format!("{path}.{name}") };
    let properties = shape.get_mut("properties").and_then(Value::as_object_mut);
    for (key, value) in properties.into_iter().flatten() {
        let path = below(key);
        let default = defaults.and_then(|defaults| defaults.get(key));
        inside(value, &path, said, default);
        if let Some(meaning) = said.get(&path) {
            value["description"] = meaning.as_str().into();
        }
        let is_leaf = value.get("properties").is_none();
        if let Some(default) = default.filter(|_| is_leaf) {
            value["default"] = json!(default);
        }
    }
    for branch in shape.get_mut("anyOf").and_then(Value::as_array_mut).into_iter().flatten() {
        inside(branch, path, said, None);
    }
    for (word, path) in [("items", path), ("additionalProperties", &below(NAME))] {
        if let Some(value) = shape.get_mut(word).filter(|value| value.is_object()) {
            inside(value, path, said, None);
        }
    }
}

fn theme_options(themes: &[Manifest]) -> Map<String, Value> {
    let mut properties = Map::new();
    for (name, option) in themes.iter().rev().flat_map(|theme| &theme.options) {
        let mut shape = match &option.default {
            toml::Value::Boolean(_) => json!({ "type": "boolean" }),
            toml::Value::Integer(_) => json!({ "type": "integer" }),
            toml::Value::Float(_) => json!({ "type": "number" }),
            toml::Value::Array(_) => json!({ "type": "array" }),
            toml::Value::Table(_) => json!({ "type": "object" }),
            toml::Value::String(_) | toml::Value::Datetime(_) => json!({ "type": "string" }),
        };
        if !option.choices.is_empty() {
            shape["enum"] = json!(option.choices);
        }
        shape["default"] = json!(option.default);
        properties.insert(name.clone(), with_meaning(shape, Some(&option.description)));
    }
    properties
}

fn held(holds: Holds) -> Value {
    let by_language = json!({ "type": "object", "additionalProperties": { "type": "string" } });
    match holds {
        Holds::Text => json!({ "type": "string" }),
        Holds::Translated => json!({ "anyOf": [{ "type": "string" }, by_language] }),
        Holds::Menu => json!({ "anyOf": [{ "type": ["boolean", "string"] }, by_language] }),
        Holds::Flag => json!({ "type": "boolean" }),
        Holds::Texts => texts_or_text(),
        Holds::Day => json!({ "type": ["string", "boolean"] }),
        Holds::Number => json!({ "type": "integer" }),
        Holds::Table => json!({ "type": "object" }),
    }
}

fn texts_or_text() -> Value {
    json!({ "type": ["string", "array"], "items": { "type": ["string", "number"] } })
}

fn with_meaning(mut shape: Value, meaning: Option<&str>) -> Value {
    if let Some(meaning) = meaning.filter(|meaning| !meaning.is_empty()) {
        shape["description"] = meaning.into();
    }
    shape
}

/// What the tables of a page say of each key: the last cell of the row that begins with it.
fn meanings(page: &str) -> HashMap<String, String> {
    const BAR: &str = "\\|";
    const STAND_IN: &str = "\u{fdd0}";
    let mut said = HashMap::new();
    for row in page.lines().filter(|line| line.starts_with("| `")) {
        let row = row.replace(BAR, STAND_IN);
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let (Some(keys), Some(meaning)) = (cells.first(), cells.last()) else { continue };
        let meaning = without_links(&meaning.replace(STAND_IN, "|"));
        for key in keys.split('`').skip(1).step_by(2) {
            said.entry(key.replace("SLUG", NAME)).or_insert_with(|| meaning.clone());
        }
    }
    said
}

/// `[a](b)` → `a`
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        out.push_str(before);
        let inner = link.split_once("](").and_then(|(words, target)| {
            Some((words, target.split_once(')')?.1)).filter(|_| !words.contains(']'))
        });
        rest = if let Some((words, after)) = inner {
            out.push_str(words);
            after
        } else {
            out.push('[');
            link
        };
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{meanings, without_links};

    #[test]
    fn a_row_explains_its_keys() {
        let said = meanings(
            "| key | is |\n| --- | --- |\n| `a`, `b.SLUG` | x | One \\| [two](c.md#d) [3]. |\n",
        );
        assert_eq!(said["a"], "One | two [3].");
        assert_eq!(said["b.NAME"], said["a"]);
        assert_eq!(without_links("[] ![ [x"), "[] ![ [x");
    }
}

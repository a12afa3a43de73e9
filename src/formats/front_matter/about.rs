//! What front matter says of a document besides its day, title and tags: for its page, its head and its place in the menu.

use serde_json::{Map, Value as Json};

use super::value::Value;
use super::{Holds, held};
use crate::formats::hidden;
use crate::model::{About, InMenu, Translated, author};

/// The keys of it.
pub(super) const KEYS: &[(&str, Holds)] = &[
    ("description", Holds::Translated),
    ("image", Holds::Text),
    ("authors", Holds::Texts),
    ("series", Holds::Text),
    ("slug", Holds::Text),
    ("template", Holds::Text),
    ("menu", Holds::Menu),
    ("weight", Holds::Number),
    ("pinned", Holds::Flag),
    ("children", Holds::Flag),
    ("extra", Holds::Table),
];

/// Takes the value of a key; `Err` says what the key has to be.
pub(super) fn take(about: &mut About, key: &str, value: &Value) -> Result<(), &'static str> {
    match key {
        "description" => {
            about.description =
                translated(value).ok_or("a text, or `{ ko = \"…\", en = \"…\" }`")?;
        }
        "image" => about.image = Some(line(value).ok_or("a path or an address")?),
        "authors" => about.authors = people(value).ok_or("a list of names")?,
        "series" => about.series = Some(line(value).ok_or("the name of a series")?),
        "slug" => about.slug = Some(line(value).ok_or("a text")?),
        "template" => {
            about.template = Some(line(value).ok_or("the name of a template of the theme")?);
        }
        "menu" => about.menu = menu(value).ok_or("`true`, `false`, or a name for the menu")?,
        "weight" => {
            let weight = value.text().and_then(|text| text.parse().ok());
            about.weight = Some(weight.ok_or("a whole number")?);
        }
        "pinned" => about.pinned = held::flag(value).ok_or("`true` or `false`")?,
        "children" => about.children = held::flag(value).ok_or("`true` or `false`")?,
        "extra" => about.extra = table(value).ok_or("a table")?,
        _ => {}
    }
    Ok(())
}

fn translated(value: &Value) -> Option<Translated> {
    value.translated().map(super::shown)
}

fn line(value: &Value) -> Option<String> {
    value.text().map(|text| hidden::without(text).trim().to_owned()).filter(|text| !text.is_empty())
}

fn people(value: &Value) -> Option<Vec<String>> {
    let texts = value.texts()?;
    Some(texts.iter().flat_map(|text| author::split(&hidden::without(text)).names).collect())
}

fn menu(value: &Value) -> Option<InMenu> {
    // Hugo names the menus that a page is in: `menu: main`, `menu: { main: { weight: 1 } }`.
    let is_main = match value {
        Value::Table(pairs) => pairs.iter().any(|(name, _)| name == "main"),
        value => value.texts().is_some_and(|names| names.iter().any(|name| name == "main")),
    };
    match value {
        _ if is_main => Some(InMenu::Shown(true)),
        Value::Bool(shown) => Some(InMenu::Shown(*shown)),
        _ => translated(value).map(InMenu::As),
    }
}

fn table(value: &Value) -> Option<Map<String, Json>> {
    match json(value) {
        Json::Object(table) => Some(table),
        _ => None,
    }
}

fn json(value: &Value) -> Json {
    match value {
        Value::Text(text) => {
            number(text).unwrap_or_else(|| hidden::without(text).into_owned().into())
        }
        Value::Bool(flag) => (*flag).into(),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Table(pairs) => {
            Json::Object(pairs.iter().map(|(key, value)| (key.clone(), json(value))).collect())
        }
        Value::Null => Json::Null,
    }
}

/// A text that is a number, as its writer wrote it.
fn number(text: &str) -> Option<Json> {
    let number: serde_json::Number = text.parse().ok()?;
    (number.to_string() == text).then_some(Json::Number(number))
}

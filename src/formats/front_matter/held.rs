//! What front matter says of being published: in any spelling of the keys, of `true` and of `false`, and at any depth,
//! for programs have their own places for it (`extra.draft`).

use super::value::Value;
use crate::model::Meta;

/// Keys that speak of it, as folded, and what they are when the text is for all.
const KEYS: &[(&str, bool)] = &[
    ("draft", false),
    ("private", false),
    ("publish", true),
    ("published", true),
    ("dg-publish", true),
    ("public", true),
    ("is-draft", false),
    ("isdraft", false),
    ("unpublished", false),
    ("hidden", false),
    ("unlisted", false),
    ("headless", false),
];
/// Those of which any answer but yes or no keeps the text back. `published` has a date elsewhere.
const PLAIN: &[&str] = &["draft", "private", "publish", "dg-publish"];

/// Keys of other programs that keep a text back by one of these words, the last of them by any.
const WORDS: &[(&str, &[&str])] = &[
    ("status", HIDDEN),
    ("visibility", HIDDEN),
    ("access", HIDDEN),
    ("permission", HIDDEN),
    ("render", &["never", "false"]),
    ("password", &[]),
];
const HIDDEN: &[&str] = &["draft", "hidden", "private", "secret", "unlisted", "unpublished"];

fn folded(key: &str) -> String {
    key.trim().to_lowercase().replace(['_', ' '], "-")
}

fn meaning(key: &str) -> Option<bool> {
    let key = folded(key);
    KEYS.iter().find(|(known, _)| *known == key).map(|(_, public)| *public)
}

/// Whether a key speaks of being published.
pub(super) fn is_key(key: &str) -> bool {
    meaning(key).is_some()
}

/// The longest answer.
const LONGEST: usize = "false".len();

/// A value as yes or no, however it is spelt; nothing at all is no answer.
pub(super) fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Text(text) => word(text),
        Value::List(items) => match items.as_slice() {
            [item] => flag(item),
            _ => None,
        },
        Value::Table(_) | Value::Null => None,
    }
}

pub(in crate::formats) fn word(text: &str) -> Option<bool> {
    let bare = text.trim().trim_matches(['"', '\'']).trim();
    if bare.len() > LONGEST {
        return None;
    }
    match bare.to_lowercase().as_str() {
        "true" | "yes" | "on" | "y" | "t" | "1" => Some(true),
        "false" | "no" | "off" | "n" | "f" | "0" => Some(false),
        _ => None,
    }
}

/// Notes what a pair says of being published. Where a key that can only mean this has a value that is no answer, the
/// text is held back: in doubt, nobody is to see it.
pub(in crate::formats) fn look(key: &str, value: &Value, meta: &mut Meta) {
    if let Some(public) = meaning(key) {
        match flag(value) {
            Some(flag) if folded(key) == "draft" => meta.draft |= flag,
            Some(flag) if flag != public => meta.publish = Some(false),
            Some(_) if public => meta.publish = meta.publish.or(Some(true)),
            None if is_unclear(value) && PLAIN.contains(&folded(key).as_str()) => {
                meta.publish = Some(false);
            }
            _ => {}
        }
    }
    if WORDS.iter().any(|(known, words)| *known == folded(key) && is_one_of(value, words)) {
        meta.publish = Some(false);
    }
    look_inside(value, meta);
}

/// Tables in tables and lists count as well.
fn look_inside(value: &Value, meta: &mut Meta) {
    match value {
        Value::Table(pairs) => pairs.iter().for_each(|(key, value)| look(key, value, meta)),
        Value::List(items) => items.iter().for_each(|item| look_inside(item, meta)),
        Value::Text(_) | Value::Bool(_) | Value::Null => {}
    }
}

fn is_one_of(value: &Value, words: &[&str]) -> bool {
    match value {
        Value::Text(text) => {
            let word = text.trim().to_lowercase();
            !word.is_empty() && (words.is_empty() || words.contains(&word.as_str()))
        }
        Value::Bool(flag) => words.contains(&flag.to_string().as_str()),
        _ => false,
    }
}

/// What a property outside of front matter says, where it plainly keeps its text back.
pub(in crate::formats) fn answer(key: &str, value: &str) -> Option<Meta> {
    let mut said = Meta::default();
    if value.len() <= LONGEST && word(value).is_some() {
        look(key, &Value::Text(value.to_owned()), &mut said);
    }
    (said.draft || said.publish == Some(false)).then_some(said)
}

/// Whether a value is one, but neither an answer nor a date.
fn is_unclear(value: &Value) -> bool {
    match value {
        Value::Text(text) => {
            !text.trim().is_empty() && !text.trim().starts_with(|c: char| c.is_ascii_digit())
        }
        Value::List(items) => !items.is_empty(),
        Value::Bool(_) | Value::Table(_) | Value::Null => false,
    }
}

/// The same for a text that could not be read as front matter: a key anywhere in it counts.
pub(super) fn look_anywhere(text: &str, meta: &mut Meta) {
    for (at, _) in text.match_indices([':', '=']) {
        let before = text[..at].trim_end_matches([' ', '\t', '"', '\'']);
        let key = &before[before.trim_end_matches(is_of_word).len()..];
        if !is_key(key) {
            continue;
        }
        let value = text[at + 1..].trim_start_matches([' ', '\t', '"', '\'']);
        let value = &value[..value.find(|c: char| !is_of_word(c)).unwrap_or(value.len())];
        look(key, &Value::Text(value.to_owned()), meta);
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

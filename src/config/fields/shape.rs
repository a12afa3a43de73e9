//! What a reader asks for, in the words of JSON Schema: it is given an empty table, and each key that it names is noted with what
//! it may hold.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use toml::de::DeTable;

use super::Fields;

/// What the keys of a table may hold, by name, in the order in which they are asked for.
pub(super) type Shape = Map<String, Value>;

/// Stands for any name of the writer's own.
pub(super) const NAME: &str = "NAME";
/// The key under which a shape has what other keys than the known ones hold.
pub(super) const OTHERS: &str = "";

pub(super) fn text() -> Value {
    json!({ "type": "string" })
}

pub(super) fn flag() -> Value {
    json!({ "type": "boolean" })
}

pub(super) fn flag_or(word: &str) -> Value {
    either(&flag(), &json!({ "type": "string", "enum": [word] }))
}

pub(super) fn number(least: u64, most: Option<u64>) -> Value {
    let mut number = json!({ "type": "integer", "minimum": least });
    if let Some(most) = most {
        number["maximum"] = most.into();
    }
    number
}

pub(super) fn list(items: &Value) -> Value {
    json!({ "type": "array", "items": items })
}

pub(super) fn translated() -> Value {
    either(&text(), &named(&text()))
}

/// A table by names of the writer's own.
pub(super) fn named(values: &Value) -> Value {
    json!({ "type": "object", "additionalProperties": values })
}

pub(super) fn anything_in_a_table() -> Value {
    named(&anything())
}

pub(super) fn anything() -> Value {
    json!({})
}

pub(super) fn either(one: &Value, other: &Value) -> Value {
    json!({ "anyOf": [one, other] })
}

impl<'i> Fields<'i, '_> {
    /// What a reader asks for.
    pub fn shape_of_all(read: impl FnOnce(&mut Fields<'_, '_>)) -> Value {
        let mut findings = Vec::new();
        let (known, shape) = (BTreeSet::new(), Some(Shape::new()));
        let mut fields = Fields {
            table: DeTable::new(),
            prefix: String::new(),
            place: 0..0,
            offset: 0,
            known,
            shape,
            // What is missing in nothing is no mistake.
            findings: &mut findings,
        };
        fields.shape_of(read)
    }

    /// Says which words a text, or the texts of a list, may be.
    pub fn note_words<'w>(&mut self, key: &str, words: impl Iterator<Item = &'w str>) {
        if let Some(noted) = self.shape.as_mut().and_then(|shape| shape.get_mut(key)) {
            let text = match noted.get("items") {
                Some(_) => &mut noted["items"],
                None => noted,
            };
            text["enum"] = words.collect();
        }
    }

    /// Whether it is asked what there may be, and nothing is read.
    pub(super) fn is_asked(&self) -> bool {
        self.shape.is_some()
    }

    pub(super) fn note(&mut self, key: &str, kind: impl FnOnce() -> Value) {
        if let Some(shape) = &mut self.shape {
            shape.insert(key.to_owned(), kind());
        }
    }

    /// What a table may hold.
    pub(super) fn shape_of(&mut self, read: impl FnOnce(&mut Fields<'i, '_>)) -> Value {
        let mut inside = Fields {
            table: DeTable::new(),
            prefix: String::new(),
            place: 0..0,
            offset: 0,
            known: BTreeSet::new(),
            shape: Some(Shape::new()),
            findings: &mut *self.findings,
        };
        read(&mut inside);
        let mut properties = inside.shape.unwrap_or_default();
        let others = properties.shift_remove(OTHERS).unwrap_or(Value::Bool(false));
        json!({ "type": "object", "additionalProperties": others, "properties": properties })
    }
}

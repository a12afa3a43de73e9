//! What the files of the API hold, declared once: the structs that are written, and the JSON Schema that says what they are.

use serde_json::{Map, Value, json};

use crate::render::views::type_inside;

/// A declared object.
pub(super) struct Object {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// The name, the Rust type and the meaning of each field.
    pub(super) fields: &'static [(&'static str, &'static str, &'static str)],
}

/// Declares objects.
macro_rules! api {
    ($($(#[doc = $doc:literal])+ $object:ident { $($(#[doc = $field_doc:literal])+ $field:ident as $name:literal: $type:ty,)+ })+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug, serde::Serialize)]
            // Names are those of the files.
            #[allow(clippy::struct_field_names)]
            struct $object { $($(#[doc = $field_doc])+ #[serde(rename = $name)] $field: $type,)+ }
        )+

        /// Every object.
        const OBJECTS: &[schema::Object] = &[$(schema::Object {
            name: stringify!($object),
            about: concat!($($doc),+),
            fields: &[$(($name, stringify!($type), concat!($($field_doc),+)),)+],
        },)+];
    };
}

pub(super) use api;

/// The schema of objects, for files that hold any of `roots`.
pub(super) fn schema(id: Option<&str>, objects: &[Object], roots: &[&str]) -> Value {
    let definitions: Map<String, Value> =
        objects.iter().map(|object| (object.name.to_owned(), definition(object))).collect();
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": id,
        "title": "Papers of a site",
        "description": "papers.json, and with `outputs.api = \"full\"` index.json of each paper and date.",
        "anyOf": roots.iter().map(reference).collect::<Vec<_>>(),
        "$defs": definitions,
    });
    if let (None, Some(said)) = (id, schema.as_object_mut()) {
        said.shift_remove("$id");
    }
    schema
}

fn reference(name: &&str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn definition(object: &Object) -> Value {
    let properties: Map<String, Value> = object
        .fields
        .iter()
        .map(|(name, rust, about)| {
            let mut property = of_type(rust);
            if let Some(property) = property.as_object_mut() {
                property.insert("description".to_owned(), about.trim().into());
            }
            ((*name).to_owned(), property)
        })
        .collect();
    let required: Vec<&str> = object.fields.iter().map(|(name, ..)| *name).collect();
    json!({
        "description": object.about.trim(),
        "type": "object",
        "properties": properties,
        "required": required,
        // A later version may say more.
        "additionalProperties": true,
    })
}

/// The schema of a Rust type.
fn of_type(rust: &str) -> Value {
    if let Some(item) = type_inside(rust, "Vec") {
        return json!({ "type": "array", "items": of_type(item) });
    }
    if let Some(some) = type_inside(rust, "Option") {
        return json!({ "anyOf": [of_type(some), { "type": "null" }] });
    }
    match rust {
        "String" => json!({ "type": "string" }),
        "u32" => json!({ "type": "integer" }),
        "Map<String, Value>" => json!({ "type": "object" }),
        name => json!({ "$ref": format!("#/$defs/{name}") }),
    }
}

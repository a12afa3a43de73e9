//! Every key of config.toml with its value, and where that comes from.

use camino::Utf8Path;
use serde_json::{Value, json};

use crate::config::{self, Config};
use crate::diagnostic::{SourceText, line_column};

/// Longest value that is printed, in characters.
const LONGEST: usize = 120;

/// A key with its value.
pub(super) struct Setting {
    pub(super) key: String,
    pub(super) value: String,
    pub(super) from: String,
    pub(super) is_default: bool,
}

/// What is written, in its order, then what stands as by default.
pub(super) fn all(root: &Utf8Path, config: &Config, text: &SourceText) -> Vec<Setting> {
    let schema = super::super::schema::config(Some(root));
    let mut defaults = Vec::new();
    leaves(&schema, "", &mut defaults);
    let written = config::written(&text.text);
    let mut settings: Vec<Setting> = Vec::new();
    for one in &written {
        let (line, _) = line_column(&text.text, one.at);
        let from = format!("{}:{line}", text.path);
        let value = shortened(&json!(one.value).to_string());
        settings.push(Setting { key: one.key.clone(), value, from, is_default: false });
    }
    let is_written = |key: &str| {
        let below = format!("{key}.");
        written.iter().any(|one| one.key == key || one.key.starts_with(&below))
    };
    // The address of a domain is that of the site.
    if let (Some(_), false) = (&config.domain, is_written("base_url")) {
        let value = json!(config.base_url.absolute("")).to_string();
        let from = "made of `domain`".to_owned();
        settings.push(Setting { key: "base_url".into(), value, from, is_default: false });
    }
    for (key, value) in defaults {
        if !is_written(&key) && !is_said(&settings, &key) {
            let is_of_theme = key.starts_with("theme_options.");
            let from =
                if is_of_theme { format!("theme {}", config.theme) } else { "default".to_owned() };
            let value = shortened(&value.to_string());
            settings.push(Setting { key, value, from, is_default: true });
        }
    }
    settings
}

fn is_said(settings: &[Setting], key: &str) -> bool {
    settings.iter().any(|said| said.key == key)
}

/// The keys that have a default.
fn leaves(schema: &Value, above: &str, all: &mut Vec<(String, Value)>) {
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, shape) in properties.into_iter().flatten() {
        let key = format!("{above}{name}");
        if shape.get("properties").is_some() {
            leaves(shape, &format!("{key}."), all);
        } else if let Some(default) = shape.get("default") {
            all.push((key, default.clone()));
        }
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}

//! Interface strings: what a theme says in its own words, by language, with plural forms.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::layer::Layer;
use crate::diagnostic::{Code, Finding};

/// One string: a text, or one for each plural form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// The same for any number.
    Plain(String),
    /// By number.
    Plural {
        /// For 1.
        one: String,
        /// For every other number.
        other: String,
    },
}

/// All strings, shared with the template functions.
#[derive(Debug, Clone, Default)]
pub struct Strings {
    by_lang: Arc<BTreeMap<String, BTreeMap<String, Text>>>,
}

impl Strings {
    /// Reads `strings/LANG.toml` of every layer; a higher layer's string hides a lower one's.
    pub(super) fn load(layers: &[Layer], findings: &mut Vec<Finding>) -> Self {
        let mut by_lang: BTreeMap<String, BTreeMap<String, Text>> = BTreeMap::new();
        for layer in layers.iter().rev() {
            for path in layer.files.keys() {
                let lang = path.strip_prefix("strings/").and_then(|name| name.strip_suffix(".toml"));
                if let Some(lang) = lang {
                    by_lang.entry(lang.to_owned()).or_default().extend(read(layer, path, findings));
                }
            }
        }
        Self { by_lang: Arc::new(by_lang) }
    }

    /// The string with this key in a language, its main language, or English; `None` where nobody has it.
    pub fn get(&self, lang: &str, key: &str) -> Option<&Text> {
        let main = lang.split('-').next().unwrap_or(lang);
        [lang, main, "en"].iter().find_map(|lang| self.by_lang.get(*lang)?.get(key))
    }

    /// The string for a number, with `{n}` filled in; the key itself where nobody has it.
    pub fn say(&self, lang: &str, key: &str, number: Option<u64>) -> String {
        let text = match (self.get(lang, key), number) {
            (Some(Text::Plural { one, .. }), Some(1)) => one,
            (Some(Text::Plural { other, .. } | Text::Plain(other)), _) => other,
            (None, _) => return key.to_owned(),
        };
        match number {
            Some(number) => text.replace("{n}", &grouped(number)),
            None => text.clone(),
        }
    }

    /// Languages that have strings.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.by_lang.keys().map(String::as_str)
    }
}

/// A number with thousands apart.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn read(layer: &Layer, path: &str, findings: &mut Vec<Finding>) -> BTreeMap<String, Text> {
    let Some(source) = layer.text(path) else {
        findings.push(Finding::new(Code::Theme, "is not UTF-8").in_path(layer.shown(path)));
        return BTreeMap::new();
    };
    match source.text.parse::<toml::Table>() {
        Ok(table) => table.into_iter().filter_map(|(key, value)| Some((key, text(value)?))).collect(),
        Err(error) => {
            let finding = Finding::new(Code::Theme, error.message().trim()).at(error.span().unwrap_or(0..0));
            findings.push(finding.in_source(&source));
            BTreeMap::new()
        }
    }
}

fn text(value: toml::Value) -> Option<Text> {
    match value {
        toml::Value::String(text) => Some(Text::Plain(text)),
        toml::Value::Table(forms) => {
            let other = forms.get("other")?.as_str()?.to_owned();
            let one = forms.get("one").and_then(toml::Value::as_str).unwrap_or(&other).to_owned();
            Some(Text::Plural { one, other })
        }
        _ => None,
    }
}

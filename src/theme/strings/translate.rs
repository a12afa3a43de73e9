//! A file of strings in English, for whoever translates a theme.

use std::fmt::Write as _;

use super::{RULES, Strings, Text, cldr};
use crate::theme::layer::Layer;

impl Strings {
    /// The English strings of the layers in their order, the lowest first, each with its English beside it, and with the
    /// plural forms that a language has. What CLDR says of dates stands above, as comments.
    pub fn to_translate(layers: &[Layer], lang: &str) -> String {
        let strings = Self::load(layers, &[], &mut Vec::new());
        let mut out = format!(
            "# The words of the theme, to be put into `{lang}`. Each line ends with the English of it.\n\
             # {{…}} are filled in by the program and stay as they are.\n"
        );
        dates(lang, &mut out);
        let mut written = Vec::new();
        for layer in layers.iter().rev() {
            let Some(source) = layer.text("strings/en.toml") else { continue };
            // The first comment says that the file is in English.
            for line in source.text.lines().skip_while(|line| line.starts_with('#')) {
                let key = line.split_once('=').map_or("", |(key, _)| key.trim());
                match strings.by_lang.get("en").and_then(|strings| strings.get(key)) {
                    Some(_) if written.contains(&key.to_owned()) => {}
                    Some(text) => {
                        written.push(key.to_owned());
                        entry(key, text, &plural_rules(lang), &mut out);
                    }
                    None if line.is_empty() || line.starts_with('#') => {
                        out.extend([line, "\n"]);
                    }
                    None => {}
                }
            }
        }
        out
    }
}

fn plural_rules(lang: &str) -> String {
    let own = cldr::chain(lang).find_map(|lang| cldr::texts(lang).remove("plural"));
    own.unwrap_or_default()
}

fn dates(lang: &str, out: &mut String) {
    let texts = cldr::chain(lang).map(cldr::texts).find(|texts| !texts.is_empty());
    let texts = texts.unwrap_or_default();
    if texts.is_empty() {
        return;
    }
    out.push_str("\n# Known already; a line without its `#` is stronger:\n");
    for (key, text) in texts.iter().filter(|(key, _)| !RULES.contains(&key.as_str())) {
        let _ = writeln!(out, "# {key} = {}", quoted(text));
    }
}

fn entry(key: &str, text: &Text, rules: &str, out: &mut String) {
    let _ = match text {
        Text::Plain(text) => writeln!(out, "{key} = {} # {text}", quoted(text)),
        Text::Plural(forms) => {
            let other = forms.get("other").map_or("", String::as_str);
            let own = cldr::forms(rules).map(|form| {
                let text = forms.get(form).map_or(other, String::as_str);
                format!("{form} = {}", quoted(text))
            });
            writeln!(out, "{key} = {{ {} }} # {other}", own.collect::<Vec<_>>().join(", "))
        }
    };
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

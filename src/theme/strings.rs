//! Interface strings: what a theme says in its own words, by language, with plural forms.

mod plural;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml::Spanned;

use super::layer::Layer;
use crate::diagnostic::{Code, Finding};

/// One string: a text, or one for each plural form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// The same for any number.
    Plain(String),
    /// By number: `one`, `few`, `other` … as the language has them.
    Plural(BTreeMap<String, String>),
}

impl Text {
    /// Whether it depends on a number.
    fn has_number(&self) -> bool {
        match self {
            Self::Plain(text) => text.contains("{n}"),
            Self::Plural(_) => true,
        }
    }
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
                let lang =
                    path.strip_prefix("strings/").and_then(|name| name.strip_suffix(".toml"));
                if let Some(lang) = lang {
                    by_lang.entry(lang.to_owned()).or_default().extend(read(layer, path, findings));
                }
            }
        }
        Self { by_lang: Arc::new(by_lang) }
    }

    /// The string with this key in a language, its main language, or English; `None` where nobody has it.
    pub fn get(&self, lang: &str, key: &str) -> Option<&Text> {
        self.find(lang, key).map(|(_, text)| text)
    }

    /// The same, with the language that it is in.
    pub fn find(&self, lang: &str, key: &str) -> Option<(&str, &Text)> {
        let in_lang = |lang: &str| {
            let (lang, strings) = self.by_lang.get_key_value(lang)?;
            Some((lang.as_str(), strings.get(key)?))
        };
        [lang, main(lang), "en"].into_iter().find_map(in_lang)
    }

    /// Keys that some language has and this one has not, nor its main language; in their order.
    pub fn missing(&self, lang: &str) -> Vec<&str> {
        self.keys().into_iter().filter(|key| !self.says(lang, key)).collect()
    }

    /// The string for a number, with `{n}` filled in; the key itself where nobody has it.
    pub fn say(&self, lang: &str, key: &str, number: Option<u64>) -> String {
        self.words(lang, key, number).into_owned()
    }

    /// The same, not copied where nothing is filled in.
    pub(super) fn words<'s>(
        &'s self,
        lang: &str,
        key: &'s str,
        number: Option<u64>,
    ) -> Cow<'s, str> {
        let text = match self.find(lang, key) {
            Some((_, Text::Plain(text))) => text,
            Some((lang, Text::Plural(forms))) => {
                let form = number.map_or("other", |number| plural::form(main(lang), number));
                forms.get(form).or_else(|| forms.get("other")).map_or(key, String::as_str)
            }
            None => key,
        };
        match number {
            Some(number) => text.replace("{n}", &grouped(number)).into(),
            None => text.into(),
        }
    }

    /// Every string that depends on no number, with its key; in the order of keys.
    pub fn plain<'s>(&'s self, lang: &'s str) -> impl Iterator<Item = (&'s str, Cow<'s, str>)> {
        // A language without plurals says with one text what others say with several.
        let depends = |key: &str| {
            self.by_lang.values().filter_map(|strings| strings.get(key)).any(Text::has_number)
        };
        let keys: Vec<&str> = self.keys().into_iter().filter(|key| !depends(key)).collect();
        keys.into_iter().map(move |key| (key, self.words(lang, key, None)))
    }

    /// Every key that some language has, in order.
    pub fn keys(&self) -> BTreeSet<&str> {
        self.by_lang.values().flatten().map(|(key, _)| key.as_str()).collect()
    }

    /// Whether a language, or its main language, has a string itself.
    pub fn says(&self, lang: &str, key: &str) -> bool {
        [lang, main(lang)]
            .iter()
            .any(|lang| self.by_lang.get(*lang).is_some_and(|strings| strings.contains_key(key)))
    }

    /// Languages that have strings.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.by_lang.keys().map(String::as_str)
    }
}

/// A language without its subtags.
fn main(lang: &str) -> &str {
    lang.split('-').next().unwrap_or(lang)
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
    match toml::from_str::<BTreeMap<String, Spanned<toml::Value>>>(&source.text) {
        Ok(table) => {
            let mut strings = BTreeMap::new();
            for (key, value) in table {
                let span = value.span();
                match text(value.into_inner()) {
                    Some(text) => drop(strings.insert(key, text)),
                    None => findings.push(no_text(&key).at(span).in_source(&source)),
                }
            }
            strings
        }
        Err(error) => {
            let finding =
                Finding::new(Code::Theme, error.message().trim()).at(error.span().unwrap_or(0..0));
            findings.push(finding.in_source(&source));
            BTreeMap::new()
        }
    }
}

fn no_text(key: &str) -> Finding {
    Finding::new(
        Code::Theme,
        format!("the string `{key}` is neither a text nor a table of plural forms"),
    )
    .help("write \"…\", or { one = \"…\", other = \"…\" } with at least `other`")
}

fn text(value: toml::Value) -> Option<Text> {
    match value {
        toml::Value::String(text) => Some(Text::Plain(text)),
        toml::Value::Table(forms) if forms.contains_key("other") => {
            let form =
                |(form, text): (String, toml::Value)| Some((form, text.as_str()?.to_owned()));
            Some(Text::Plural(forms.into_iter().filter_map(form).collect()))
        }
        _ => None,
    }
}

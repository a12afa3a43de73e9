//! Interface strings: what a theme says in its own words, by language, with plural forms.

mod cldr;
mod translate;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml::Spanned;

use super::layer::Layer;
use crate::diagnostic::{Code, Finding};
use crate::model::Lang;

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
    by_lang: Arc<ByLang>,
    /// What CLDR has for the languages of the site and of the theme.
    known: Arc<ByLang>,
}

type ByLang = BTreeMap<String, BTreeMap<String, Text>>;

/// Rules of plurals; they are no words.
const RULES: [&str; 2] = ["plural", "ordinal"];

impl Strings {
    /// Reads `strings/LANG.toml` of every layer; a higher layer's string hides a lower one's. What no layer says of dates and
    /// numbers is known of the languages of the site.
    pub(super) fn load(layers: &[Layer], site: &[Lang], findings: &mut Vec<Finding>) -> Self {
        let mut by_lang = ByLang::new();
        for layer in layers.iter().rev() {
            for path in layer.files.keys() {
                let lang =
                    path.strip_prefix("strings/").and_then(|name| name.strip_suffix(".toml"));
                if let Some(lang) = lang {
                    let strings = read(layer, path, findings);
                    by_lang.entry(lang.to_ascii_lowercase()).or_default().extend(strings);
                }
            }
        }
        let mut known = ByLang::new();
        let langs = by_lang.keys().map(String::as_str).chain(site.iter().map(Lang::as_str));
        for lang in langs.chain(["en"]).flat_map(cldr::chain) {
            known.entry(lang.to_owned()).or_insert_with(|| {
                let texts = cldr::texts(lang).into_iter();
                texts.map(|(key, text)| (key, Text::Plain(text))).collect()
            });
        }
        Self { by_lang: Arc::new(by_lang), known: Arc::new(known) }
    }

    /// The string with this key in a language, one that it falls back to, or English; `None` where nobody has it.
    pub fn get(&self, lang: &str, key: &str) -> Option<&Text> {
        self.find(lang, key).map(|(_, text)| text)
    }

    /// The same, with the language that it is in.
    pub fn find(&self, lang: &str, key: &str) -> Option<(&str, &Text)> {
        self.own(lang, key).or_else(|| self.own("en", key))
    }

    /// What a language has, or one that it falls back to but for English; the theme's words come first.
    fn own(&self, lang: &str, key: &str) -> Option<(&str, &Text)> {
        of(&self.by_lang, lang, key).or_else(|| of(&self.known, lang, key))
    }

    /// Keys that some language has and this one has not, nor one that it falls back to; in their order.
    pub fn missing(&self, lang: &str) -> Vec<&str> {
        self.keys().into_iter().filter(|key| !self.says(lang, key)).collect()
    }

    /// The string for a number, with `{n}` filled in; the key itself where nobody has it.
    pub fn say(&self, lang: &str, key: &str, number: Option<u64>) -> String {
        self.words(lang, key, number, "plural").into_owned()
    }

    /// The same, not copied where nothing is filled in; `rules` are `plural` or `ordinal`.
    pub(super) fn words<'s>(
        &'s self,
        lang: &str,
        key: &'s str,
        number: Option<u64>,
        rules: &str,
    ) -> Cow<'s, str> {
        let (lang, text) = match self.find(lang, key) {
            Some((lang, Text::Plain(text))) => (lang, text.as_str()),
            Some((lang, Text::Plural(forms))) => {
                let form = number.map_or("other", |number| {
                    cldr::form(self.known(lang, rules).unwrap_or_default(), number)
                });
                (lang, forms.get(form).or_else(|| forms.get("other")).map_or(key, String::as_str))
            }
            None => (lang, key),
        };
        match number {
            Some(number) => text.replace("{n}", &self.number(lang, number)).into(),
            None => text.into(),
        }
    }

    /// A text that a language has, or one that it falls back to but for English.
    pub fn known(&self, lang: &str, key: &str) -> Option<&str> {
        match self.own(lang, key)?.1 {
            Text::Plain(text) => Some(text),
            Text::Plural(_) => None,
        }
    }

    /// A number with thousands apart, as the language has them: `number_format` shows how, by a small and a large one.
    fn number(&self, lang: &str, number: u64) -> String {
        let digits = number.to_string();
        let pattern = self.known(lang, "number_format").unwrap_or("1,234 1,234,567");
        let (small, large) = pattern.split_once(' ').unwrap_or((pattern, pattern));
        if digits.len() < 4 || digits.len() == 4 && small.len() == 4 {
            return digits;
        }
        let mark: String = large.chars().find(|c| !c.is_ascii_digit()).into_iter().collect();
        let mut sizes = large.rsplit(|c: char| !c.is_ascii_digit()).map(str::len);
        let (last, others) = (sizes.next().unwrap_or(3), sizes.next().unwrap_or(3).max(1));
        let (mut rest, end) = digits.split_at(digits.len().saturating_sub(last));
        let mut parts = vec![end];
        while !rest.is_empty() {
            let (before, part) = rest.split_at(rest.len().saturating_sub(others));
            parts.push(part);
            rest = before;
        }
        parts.reverse();
        parts.join(&mark)
    }

    /// The keys of strings that depend on no number, in order.
    pub fn plain(&self) -> Vec<&str> {
        // A language without plurals says with one text what others say with several.
        self.keys().into_iter().filter(|key| !self.depends_on_number(key)).collect()
    }

    fn depends_on_number(&self, key: &str) -> bool {
        self.by_lang.values().filter_map(|strings| strings.get(key)).any(Text::has_number)
    }

    /// Whether a string says how a language writes something, or what it is called, rather than being words for a page.
    pub fn is_rule(&self, key: &str) -> bool {
        key == "language_name" || self.known.get("en").is_some_and(|known| known.contains_key(key))
    }

    /// Every key that some language has, in order.
    pub fn keys(&self) -> BTreeSet<&str> {
        let known = self.known.get("en").into_iter().flatten();
        let all = self.by_lang.values().flatten().chain(known).map(|(key, _)| key.as_str());
        all.filter(|key| !RULES.contains(key)).collect()
    }

    /// Whether a language, or one that it falls back to, has a string itself.
    pub fn says(&self, lang: &str, key: &str) -> bool {
        self.own(lang, key).is_some()
    }

    /// Languages that the theme has strings in.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.by_lang.keys().map(String::as_str)
    }
}

/// What a table has for a language, or for one that it falls back to.
fn of<'t>(table: &'t ByLang, lang: &str, key: &str) -> Option<(&'t str, &'t Text)> {
    cldr::chain(lang).find_map(|lang| {
        let (lang, strings) = table.get_key_value(lang)?;
        Some((lang.as_str(), strings.get(key)?))
    })
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
        toml::Value::Table(forms) if forms.contains_key("other") => Some(Text::Plural(
            forms
                .into_iter()
                .filter_map(|(form, text)| Some((form, text.as_str()?.to_owned())))
                .collect(),
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_apart_as_the_language_has_them() {
        let langs =
            ["en", "de", "es", "hi", "pl", "fr", "zh-Hant"].map(|tag| Lang::parse(tag).unwrap());
        let strings = Strings::load(&[], &langs, &mut Vec::new());
        assert_eq!(strings.number("en", 999), "999");
        assert_eq!(strings.number("en", 1234), "1,234");
        assert_eq!(strings.number("de", 1_234_567), "1.234.567");
        assert_eq!(strings.number("es", 1234), "1234");
        assert_eq!(strings.number("es", 12_345), "12.345");
        assert_eq!(strings.number("hi", 123_456_789), "12,34,56,789");
        assert_eq!(strings.number("pl", 1234), "1234");
        assert_eq!(strings.number("fr", 12_345), "12\u{202f}345");
        assert_eq!(strings.number("zh-hant", 12_345), "12,345");
    }
}

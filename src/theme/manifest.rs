//! theme.toml: name, contract version, parent, declared options; and the options' values.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::Value;

use super::API;
use super::layer::Layer;
use crate::config::{Config, Fields, nearest};
use crate::diagnostic::{Code, Finding, Severity, SourceText};

/// What theme.toml says.
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    /// The theme's name.
    pub name: String,
    /// One sentence.
    pub description: String,
    /// The theme it builds on.
    pub extends: Option<String>,
    /// How wide images of content are shown: the `sizes` of `img` elements.
    pub image_sizes: Option<String>,
    /// Whether its style sheet shows one version of what pages say in several languages.
    pub in_each_language: bool,
    /// Declared options by name.
    pub options: BTreeMap<String, OptionSpec>,
}

/// One declared option.
#[derive(Debug, Clone)]
pub struct OptionSpec {
    /// Its default; its type is the option's.
    pub default: toml::Value,
    /// What it does.
    pub description: String,
    /// What it may be; anything of its type when empty.
    pub choices: Vec<String>,
}

impl Manifest {
    /// Reads a layer's manifest; `None` after an error.
    pub(super) fn read(layer: &Layer, findings: &mut Vec<Finding>) -> Option<Self> {
        let Some(source) = layer.text("theme.toml") else {
            findings.push(
                Finding::new(Code::Theme, "is missing or not UTF-8")
                    .in_path(layer.shown("theme.toml")),
            );
            return None;
        };
        let mut found = Vec::new();
        let mut manifest = Self { name: layer.name.clone(), ..Self::default() };
        if let Some(mut fields) = Fields::parse(&source.text, &mut found) {
            manifest.read_fields(&mut fields, &source.text);
            fields.finish();
        }
        let broken = found.iter().any(|finding| finding.severity() == Severity::Error);
        findings.extend(found.into_iter().map(|finding| finding.in_source(&source)));
        (!broken).then_some(manifest)
    }

    fn read_fields(&mut self, fields: &mut Fields<'_, '_>, text: &str) {
        fields.string("name", &mut self.name);
        fields.string("description", &mut self.description);
        let mut parent = String::new();
        fields.string("extends", &mut parent);
        self.extends = (!parent.is_empty()).then_some(parent);
        let mut sizes = String::new();
        fields.string("image_sizes", &mut sizes);
        self.image_sizes = (!sizes.is_empty()).then_some(sizes);
        fields.flag("in_each_language", &mut self.in_each_language);
        match fields.any("theme_api") {
            Some((toml::Value::Integer(API), _)) => {}
            Some((_, span)) => fields.push(
                Finding::new(
                    Code::Theme,
                    format!("this theme was made for another version of Offprint (its `theme_api` is not {API})"),
                )
                .at(span)
                .help(format!("see docs/upgrading.md for what changed, then set theme_api = {API}")),
            ),
            None => fields.push(
                Finding::new(Code::Theme, "`theme_api` is missing").at(0..0).help(format!("add theme_api = {API}")),
            ),
        }
        let options = &mut self.options;
        fields.named_tables("options", |name, option| match OptionSpec::read(option) {
            Ok(spec) => drop(options.insert(name.to_owned(), spec)),
            Err(why) => {
                let finding = Finding::new(Code::Theme, format!("option `{name}` {why}"));
                option.push(finding.at(place_of_option(text, name)));
            }
        });
    }
}

/// How wide the nearest theme of a chain that says so shows images; else all of a small screen, a column of a large one.
pub(super) fn image_sizes(chain: &[Manifest]) -> String {
    let said = chain.iter().find_map(|manifest| manifest.image_sizes.clone());
    said.unwrap_or_else(|| "(max-width: 48em) 100vw, 48em".into())
}

impl OptionSpec {
    fn read(fields: &mut Fields<'_, '_>) -> Result<Self, &'static str> {
        let default = fields.any("default").map(|(default, _)| default);
        let (mut description, mut choices) = (String::new(), Vec::new());
        fields.string("description", &mut description);
        fields.strings("choices", &mut choices);
        let default = default.ok_or("has no default")?;
        match default.as_str() {
            _ if choices.is_empty() => {}
            Some(text) if choices.iter().any(|choice| choice == text) => {}
            Some(_) => return Err("has a default that is none of its choices"),
            None => return Err("has choices, though it is no text"),
        }
        Ok(Self { default, description, choices })
    }
}

/// Where a manifest declares an option; its start where the table is written in another way.
pub fn place_of_option(text: &str, name: &str) -> std::ops::Range<usize> {
    const TABLE: &str = "[options.";
    match text.find(&format!("{TABLE}{name}]")) {
        Some(at) => at + TABLE.len()..at + TABLE.len() + name.len(),
        None => 0..0,
    }
}

/// The options of a chain of themes with the site's values, checked against what is declared.
pub(super) fn options(
    chain: &[Manifest],
    config: &Config,
    source: &Arc<SourceText>,
    findings: &mut Vec<Finding>,
) -> Value {
    let mut declared: BTreeMap<&str, &OptionSpec> = BTreeMap::new();
    for manifest in chain.iter().rev() {
        declared.extend(manifest.options.iter().map(|(name, spec)| (name.as_str(), spec)));
    }
    for (name, value) in &config.theme_options {
        if let Some(mut finding) = check(name, value, &declared) {
            if let Some(span) = place(&source.text, name) {
                finding = finding.at(span);
            }
            findings.push(finding.in_source(source));
        }
    }
    let value = |name: &str, spec: &OptionSpec| {
        config.theme_options.get(name).unwrap_or(&spec.default).clone()
    };
    let table: toml::Table =
        declared.iter().map(|(name, spec)| ((*name).to_owned(), value(name, spec))).collect();
    Value::try_from_serializable(&table).unwrap_or_else(|_| Value::none())
}

fn check(
    name: &str,
    value: &toml::Value,
    declared: &BTreeMap<&str, &OptionSpec>,
) -> Option<Finding> {
    let Some(spec) = declared.get(name) else {
        let finding = Finding::new(Code::UnknownKey, format!("the theme has no option `{name}`"));
        return Some(match nearest(name, declared.keys().copied()) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help(format!(
                "its options: {}",
                declared.keys().copied().collect::<Vec<_>>().join(", ")
            )),
        });
    };
    if !value.same_type(&spec.default) {
        let (wanted, got) = (spec.default.type_str(), value.type_str());
        return Some(Finding::new(
            Code::Config,
            format!("theme option `{name}` must be of type {wanted}, not {got}"),
        ));
    }
    let chosen = value.as_str().is_none_or(|text| {
        spec.choices.is_empty() || spec.choices.iter().any(|choice| choice == text)
    });
    (!chosen).then(|| {
        let message = format!("theme option `{name}` cannot be {value}");
        Finding::new(Code::Config, message)
            .help(format!("choose one of {}", spec.choices.join(", ")))
    })
}

/// Where an option's key stands in config.toml; good enough for a pointer, since keys are unique there.
fn place(text: &str, name: &str) -> Option<std::ops::Range<usize>> {
    let table = text.find("theme_options")?;
    let at = table + text[table..].find(name)?;
    Some(at..at + name.len())
}

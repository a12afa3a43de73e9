//! `[[sources]]`: what is read besides `content/`, and what of it is published.

use std::ops::Range;

use super::Fields;
use crate::diagnostic::{Code, Finding};
use crate::formats::fields::{self, Field};
use crate::formats::{FORMATS, Format, permalinks};
use crate::model::{Lang, Tag};

/// `[[sources]]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceConfig {
    /// A folder or a file, relative to the folder of config.toml.
    pub path: String,
    /// Told from each file when not given.
    pub format: Option<&'static Format>,
    /// Globs of the files to read, relative to `path`; all when empty.
    pub include: Vec<String>,
    /// Globs of the files to leave out.
    pub exclude: Vec<String>,
    /// Entries with one of these tags are left out.
    pub exclude_tags: Vec<Tag>,
    /// Whether nothing is published but what says so, by `publish: true` or by one of `include_tags`.
    pub only_marked: bool,
    /// Texts with one of these tags are published where only what is marked is.
    pub include_tags: Vec<Tag>,
    /// Language of unmarked text.
    pub lang: Option<Lang>,
    /// Names of fields in it, besides those of `[fields]` and the dictionary.
    pub fields: Vec<(String, Field)>,
    /// Where dates come from, the first that says one: `date` (the text), `file`, `folder`, `heading`, `saved`, `published`, or a field.
    pub date_from: Vec<String>,
    /// Patterns of the addresses that its texts had elsewhere, which then lead to the new ones.
    pub permalinks: Vec<String>,
    /// Whether the sections of lists become tags.
    pub sections: bool,
}

impl SourceConfig {
    pub(super) fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let mut path = String::new();
        fields.string("path", &mut path);
        let mut format = None;
        fields.parsed("format", named_format, &mut format);
        fields.note_words("format", ["auto"].into_iter().chain(FORMATS.iter().map(|f| f.name)));
        let (mut include, mut exclude) = (Vec::new(), Vec::new());
        fields.strings("include", &mut include);
        fields.strings("exclude", &mut exclude);
        let mut exclude_tags = Vec::new();
        fields.list("exclude_tags", super::tag, &mut exclude_tags);
        let (mut only_marked, mut include_tags) = (false, Vec::new());
        fields.choice("only", &[("all", false), ("marked", true)], &mut only_marked);
        fields.list("include_tags", super::tag, &mut include_tags);
        let mut lang = None;
        fields.parsed("lang", |text| super::language(text).map(Some), &mut lang);
        let names = names(fields);
        let (mut date_from, mut sections) = (Vec::new(), false);
        fields.strings("date_from", &mut date_from);
        let mut old = Vec::new();
        fields.list("permalinks", permalink, &mut old);
        fields.choice("sections", &[("fields", false), ("tags", true)], &mut sections);
        if path.is_empty() {
            let finding = Finding::new(Code::Config, "a source without `path`").at(fields.place());
            fields.push(finding.help("add path = \"folder or file\""));
            return None;
        }
        Some(Self {
            path,
            format,
            include,
            exclude,
            exclude_tags,
            only_marked,
            include_tags,
            lang,
            fields: names,
            date_from,
            permalinks: old,
            sections,
        })
    }
}

fn named_format(text: &str) -> Result<Option<&'static Format>, String> {
    match Format::parse(text) {
        Some(format) => Ok(Some(format)),
        None if text == "auto" => Ok(None),
        None => {
            let known: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
            Err(format!("`{text}` is none of auto, {}", known.join(", ")))
        }
    }
}

fn permalink(text: &str) -> Result<String, String> {
    let is_pattern = permalinks::is_pattern(text);
    is_pattern
        .then(|| text.to_owned())
        .ok_or_else(|| format!("`{text}` is no pattern such as `/:year/:title/`"))
}

/// `fields`: names that people give to fields, each with the name that it has in the program.
pub(super) fn names(fields: &mut Fields<'_, '_>) -> Vec<(String, Field)> {
    let Some((value, place)) = fields.any("fields") else { return Vec::new() };
    let toml::Value::Table(table) = value else {
        fields.push(
            Finding::new(Code::Config, "`fields` must be a table, such as { \"분야\" = \"tags\" }")
                .at(place),
        );
        return Vec::new();
    };
    let values = table.into_iter().map(|(name, value)| (name, value, place.clone())).collect();
    meanings(values, fields)
}

/// The names among some values, each with the field that it means.
pub(super) fn meanings(
    values: Vec<(String, toml::Value, Range<usize>)>,
    fields: &mut Fields<'_, '_>,
) -> Vec<(String, Field)> {
    let mut names = Vec::new();
    for (name, value, place) in values {
        if let Some(field) = value.as_str().and_then(fields::of_program) {
            names.push((name, field));
            continue;
        }
        let message = format!("`fields` gives `{name}` the meaning {value}, which is no field");
        let help = "`offprint import --fields` prints the fields there are";
        fields.push(Finding::new(Code::Config, message).at(place).help(help));
    }
    names
}

//! TOML, YAML and JSON as one kind of value, with the place of every key.

use std::ops::Range;

use rustc_hash::FxHashMap;
use serde_json::Value as Json;
use toml::de::{DeTable, DeValue};

use super::{bare, yaml};

use crate::diagnostic::{Code, Finding};
use crate::formats::fields::{self, Kind, Names};
use crate::formats::text::lines;
use crate::model::id::is_web_address;
use crate::model::{Lang, PaperId, Translated};

/// How front matter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Toml,
    Yaml,
    Json,
    /// `Title: Lamps That Dim` and the like up to a blank line, without marks around them.
    Lines,
    /// `% Lamps That Dim`, `% Ada Wick`, `% March 10, 2025`: the title, the people and the day, each if it is there.
    Block,
}

/// Whether a list holds one table, and that says where a paper is or who wrote it.
pub(super) fn is_one_paper(items: &[Value], names: &Names) -> bool {
    let [Value::Table(pairs)] = items else { return false };
    let kind = |key: &str| fields::named(key, names).map(|field| field.kind);
    pairs.iter().any(|(key, _)| matches!(kind(key), Some(Kind::Link | Kind::People)))
}

/// Whether a table has the id of a paper, and no address that leads elsewhere.
pub(super) fn is_of_paper(pairs: &[(String, Value)]) -> bool {
    let mut texts = pairs.iter().filter_map(|(_, value)| value.text());
    let leads = |text: &str| PaperId::parse(text).is_some();
    texts.clone().any(leads) && texts.all(|text| leads(text) || !is_web_address(text))
}

/// What a key can hold.
#[derive(Debug)]
pub(in crate::formats) enum Value {
    /// A text, a number or a time, as written.
    Text(String),
    /// `true`, `false`.
    Bool(bool),
    /// A list.
    List(Vec<Value>),
    /// A table, in the order written.
    Table(Vec<(String, Value)>),
    /// Nothing.
    Null,
}

/// A key and its value, with their places in the whole text.
#[derive(Debug)]
pub(super) struct Pair {
    /// The key.
    pub(super) key: String,
    /// Where it stands.
    pub(super) key_span: Range<usize>,
    /// The value.
    pub(super) value: Value,
    /// Where that stands.
    pub(super) span: Range<usize>,
}

impl Value {
    pub(in crate::formats) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// A list of texts; a text alone is a list of one, nothing a list of none.
    pub(in crate::formats) fn texts(&self) -> Option<Vec<String>> {
        match self {
            Self::Text(text) => Some(vec![text.clone()]),
            Self::List(items) => items.iter().map(Self::line).collect(),
            Self::Null => Some(Vec::new()),
            Self::Table(_) => self.line().map(|text| vec![text]),
            Self::Bool(_) => None,
        }
    }

    /// A text; a person or a day as CSL has them, `{ family, given }` and `{ date-parts }`, as one text.
    fn line(&self) -> Option<String> {
        let parts = match self {
            Self::Text(text) => return Some(text.clone()),
            Self::List(items) => {
                return Some(items.iter().map(Self::line).collect::<Option<Vec<_>>>()?.join("-"));
            }
            Self::Table(pairs) => pairs,
            Self::Bool(_) | Self::Null => return None,
        };
        let of = |name: &str| {
            parts.iter().find(|(key, _)| key == name).and_then(|(_, value)| value.line())
        };
        let joined = |names: &[&str], by| {
            Some(names.iter().filter_map(|name| of(name)).collect::<Vec<_>>().join(by))
        };
        let whole = ["literal", "name", "full", "raw", "date-parts", "title"]
            .iter()
            .find_map(|name| of(name));
        whole
            .or_else(|| {
                joined(
                    &[
                        "given",
                        "first",
                        "dropping-particle",
                        "non-dropping-particle",
                        "family",
                        "last",
                    ],
                    " ",
                )
            })
            .filter(|text| !text.is_empty())
            .or_else(|| joined(&["year", "month", "day"], "-"))
            .filter(|text| !text.is_empty())
    }

    pub(super) fn translated(&self) -> Option<Translated> {
        match self {
            Self::Text(text) => Some(Translated::plain(text)),
            Self::Table(pairs) => Some(Translated {
                texts: pairs
                    .iter()
                    .map(|(lang, text)| Some((Some(Lang::parse(lang)?), text.text()?.to_owned())))
                    .collect::<Option<_>>()?,
            }),
            _ => None,
        }
    }
}

/// Parses a range of a text: what can be understood, and what cannot.
pub(super) fn parse(text: &str, range: Range<usize>, form: Form) -> (Vec<Pair>, Vec<Finding>) {
    match form {
        Form::Toml => parse_toml(&text[range.clone()], range.start),
        Form::Json => parse_json(text, range),
        Form::Lines => (lines(text, range).filter_map(bare::pair).collect(), Vec::new()),
        Form::Block => (bare::block(text, range), Vec::new()),
        Form::Yaml => match parse_yaml(text, range.clone()) {
            Ok(pairs) => (pairs, Vec::new()),
            Err(finding) => parse_yaml_key_by_key(text, range, finding),
        },
    }
}

/// JSON that is wrong says nothing at all: its reader does not tell keys from what is in them.
fn parse_json(text: &str, range: Range<usize>) -> (Vec<Pair>, Vec<Finding>) {
    let read = serde_json::from_str::<Json>(&text[range.clone()]);
    let pairs = match read.map(Value::from) {
        Ok(Value::Table(pairs)) => pairs,
        Ok(_) => return wrong(&range, "front matter has to be keys with values".to_owned()),
        Err(error) => return wrong(&range, error.to_string()),
    };
    let mut from = range.start;
    (
        pairs
            .into_iter()
            .map(|(key, value)| {
                let found = text[from..range.end].find(&format!("\"{key}\""));
                let key_span = found.map_or(from..from, |at| from + at..from + at + key.len() + 2);
                from = key_span.end;
                let end = lines(text, from..range.end).next().map_or(from, |line| line.end());
                Pair { key, key_span, value, span: from..end }
            })
            .collect(),
        Vec::new(),
    )
}

fn wrong(range: &Range<usize>, message: String) -> (Vec<Pair>, Vec<Finding>) {
    let finding = Finding::new(Code::FrontMatter, message).at(range.start..range.start + 1);
    (Vec::new(), vec![finding.help("front matter between `{` and `}` is JSON")])
}

/// What of broken YAML can be understood: each key with what follows it, alone. `whole` is what is wrong if no key is.
fn parse_yaml_key_by_key(
    text: &str,
    range: Range<usize>,
    whole: Finding,
) -> (Vec<Pair>, Vec<Finding>) {
    let starts =
        lines(text, range.clone()).filter(|line| begins_key(line.text)).map(|line| line.start);
    let mut starts: Vec<usize> = starts.collect();
    starts.push(range.end);
    let (mut pairs, mut findings, mut repaired) = (Vec::new(), Vec::new(), false);
    let before = written(text, range.start..starts[0]);
    if !before.is_empty() {
        findings.push(Finding::new(Code::FrontMatter, "this belongs to no key").at(before));
    }
    for key in starts.windows(2) {
        match parse_yaml(text, key[0]..key[1]) {
            Ok(understood) => pairs.extend(understood),
            Err(finding) => match as_written(text, written(text, key[0]..key[1])) {
                Some(pair) => {
                    repaired = true;
                    pairs.push(pair);
                }
                // All of it is left out, not only what the parser stopped at.
                None => findings.push(finding.at(written(text, key[0]..key[1]))),
            },
        }
    }
    if findings.is_empty() && !repaired {
        findings.push(whole);
    }
    (pairs, findings)
}

fn written(text: &str, part: Range<usize>) -> Range<usize> {
    part.start..part.start + text[part].trim_end().len()
}

/// A key with a value on its line that YAML cannot read, such as `Lamps: a study`: the value is what is written there.
fn as_written(text: &str, range: Range<usize>) -> Option<Pair> {
    let line = &text[range.clone()];
    let (key, value) = line.split_once(':').filter(|_| !line.contains('\n'))?;
    let value = value.trim();
    let unquoted = value.trim_matches(['"', '\'']).trim();
    // Links to notes in a row are no list of YAML, whatever they begin with.
    let linked = value.starts_with("[[") && value.contains("]]");
    // What opens a list or a table, or quotes a part of itself, cannot be told without its end.
    let opens = value.starts_with(['[', '{', '|', '>', '&', '*', '!']) && !linked;
    if unquoted.is_empty() || opens {
        return None;
    }
    let at = range.start + line.len() - line[key.len() + 1..].trim_start().len();
    Some(Pair {
        key: key.trim().trim_matches(['"', '\'']).to_owned(),
        key_span: range.start..range.start + key.len(),
        value: Value::Text(unquoted.to_owned()),
        span: at..range.end,
    })
}

/// Whether a line of YAML is a key of the outermost table.
fn begins_key(line: &str) -> bool {
    let key = line.split(':').next().filter(|key| key.len() < line.len()).unwrap_or_default();
    key.starts_with(|c: char| c.is_alphanumeric() || c == '"' || c == '\'')
        && key
            .chars()
            .all(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '"' | '\''))
}

fn parse_toml(text: &str, offset: usize) -> (Vec<Pair>, Vec<Finding>) {
    let shift = |span: Range<usize>| span.start + offset..span.end + offset;
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut wrong: Vec<Range<usize>> = errors.iter().filter_map(toml::de::Error::span).collect();
    wrong.sort_by_key(|wrong| wrong.start);
    // How far what is wrong reaches, up to each of its places.
    let reach = wrong.iter().scan(0, |end, wrong| {
        *end = wrong.end.max(*end);
        Some(*end)
    });
    let reach: Vec<usize> = reach.collect();
    let findings = errors.iter().map(|error| toml_error(error, text, offset)).collect();
    let mut pairs: Vec<_> = table.into_inner().into_iter().collect();
    pairs.sort_by_key(|(key, _)| key.span().start);
    let understood = pairs.into_iter().filter(|(key, value)| {
        let all = key.span().start..value.span().end;
        let before = wrong.partition_point(|wrong| wrong.start <= all.end);
        before.checked_sub(1).and_then(|last| reach.get(last)).is_none_or(|end| *end < all.start)
    });
    (
        understood
            .map(|(key, value)| Pair {
                key: key.get_ref().to_string(),
                key_span: shift(key.span()),
                span: shift(value.span()),
                value: from_toml(value.into_inner()),
            })
            .collect(),
        findings,
    )
}

fn toml_error(error: &toml::de::Error, text: &str, offset: usize) -> Finding {
    let span = error.span().unwrap_or(0..text.len().min(1));
    let written = text.get(span.clone()).unwrap_or_default();
    let place = span.start + offset..span.end + offset;
    let is_date =
        written.len() >= 10 && written.bytes().take(10).all(|b| b.is_ascii_digit() || b == b'-');
    if is_date {
        return super::bad_date(written, place);
    }
    let finding = Finding::new(Code::FrontMatter, error.message().trim().replace('\n', ", "));
    finding.at(place).help("front matter between `+++` is TOML")
}

fn from_toml(value: DeValue<'_>) -> Value {
    match value {
        DeValue::String(value) => Value::Text(value.into_owned()),
        DeValue::Integer(value) => Value::Text(value.as_str().to_owned()),
        DeValue::Float(value) => Value::Text(value.as_str().to_owned()),
        DeValue::Boolean(value) => Value::Bool(value),
        DeValue::Datetime(value) => Value::Text(value.to_string()),
        DeValue::Array(items) => {
            Value::List(items.into_iter().map(|item| from_toml(item.into_inner())).collect())
        }
        DeValue::Table(table) => {
            let mut pairs: Vec<_> = table.into_iter().collect();
            pairs.sort_by_key(|(key, _)| key.span().start);
            Value::Table(
                pairs
                    .into_iter()
                    .map(|(key, value)| {
                        (key.into_inner().into_owned(), from_toml(value.into_inner()))
                    })
                    .collect(),
            )
        }
    }
}

fn parse_yaml(text: &str, range: Range<usize>) -> Result<Vec<Pair>, Finding> {
    let block = &text[range.clone()];
    if block.trim().is_empty() {
        return Ok(Vec::new());
    }
    let line_at = |line: usize| {
        lines(text, range.clone())
            .nth(line.saturating_sub(1))
            .map_or(range.clone(), |line| line.start..line.end())
    };
    let value = yaml::read(block, false).map_err(|error| {
        let place =
            error.location().map_or(range.start..range.start, |at| line_at(at.line() as usize));
        let message = error.without_snippet().to_string();
        let message = message.lines().next().unwrap_or_default().trim();
        // The place is ours to say: the parser counts from where it was let begin.
        let message =
            message.rsplit_once(" at line ").map_or(message, |(message, _)| message).to_owned();
        Finding::new(Code::FrontMatter, message)
            .at(place)
            .help("front matter between `---` is YAML")
    })?;
    match value {
        Value::Table(pairs) => {
            let places = yaml_places(text, range.clone());
            Ok(pairs
                .into_iter()
                .map(|(key, value)| {
                    let (key_span, span) =
                        places.get(key.as_str()).cloned().unwrap_or((range.clone(), range.clone()));
                    Pair { key, key_span, value, span }
                })
                .collect())
        }
        Value::Null => Ok(Vec::new()),
        _ => {
            Err(Finding::new(Code::FrontMatter, "front matter has to be keys with values")
                .at(range))
        }
    }
}

/// The places of keys and their values: the first line that starts with each.
fn yaml_places(text: &str, range: Range<usize>) -> FxHashMap<&str, (Range<usize>, Range<usize>)> {
    let mut places = FxHashMap::default();
    for line in lines(text, range) {
        let ended = line.text.ends_with(':').then(|| line.text.len() - 1);
        let Some(colon) = line.text.find(": ").or(ended).or_else(|| line.text.find(':')) else {
            continue;
        };
        let key =
            line.text[..colon].trim_end_matches(['"', '\'', ' ']).trim_start_matches(['"', '\'']);
        let value = &text[line.start + colon + 1..line.end()];
        let value = line.end() - value.trim_start().len()..line.end();
        places.entry(key).or_insert((line.start..line.start + colon, value));
    }
    places
}

impl From<Json> for Value {
    fn from(value: Json) -> Self {
        match value {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(value),
            Json::Number(value) => Self::Text(value.to_string()),
            Json::String(value) => Self::Text(value),
            Json::Array(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Json::Object(pairs) => {
                Self::Table(pairs.into_iter().map(|(key, item)| (key, item.into())).collect())
            }
        }
    }
}

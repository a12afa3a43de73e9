//! The answer of the Daily Papers API: a list of papers as JSON. Lenient: what is missing is missing, and one
//! odd paper never costs another. Knows no network.

use std::borrow::Cow;

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::format::Sample;
use super::{Format, Hints, Maker, Reading, escape_markdown, group};
use crate::diagnostic::{Code, Finding};
use crate::model::{Entry, Link, PaperId};

/// Keys of the answer that say nothing about the paper, or say again what another key says.
const IGNORED: &[&str] = &[
    "_id",
    "id",
    "title",
    "summary",
    "authors",
    "paper",
    "publishedAt",
    "submittedOnDailyAt",
    "submittedOnDailyBy",
    "submittedBy",
    "upvotes",
    "numComments",
    "githubRepo",
    "githubStars",
    "githubRepoAddedBy",
    "projectPage",
    "organization",
    "thumbnail",
    "mediaUrls",
    "discussionId",
    "isAuthorParticipating",
    "ai_summary",
    "ai_keywords",
    "hidden",
    "comments",
];

/// The format.
pub(super) const FORMAT: &Format = &Format {
    name: "daily-papers-json",
    about: "the answer of `https://huggingface.co/api/daily_papers`, saved",
    extensions: &["json"],
    maker: Maker::Program,
    detect: is_json,
    read,
};

/// What is shorter holds no paper, whatever it is; it may be an answer for a day without papers.
const SHORTEST: usize = 16;

/// `[{`, `{"`, or nothing inside: a Markdown link looks otherwise.
fn is_json(sample: &Sample<'_>) -> bool {
    // An object with a text below it is the text's front matter.
    if sample.extension != "json"
        && (super::MARKDOWN.has_extension(sample.extension) || is_below_front_matter(sample))
    {
        return false;
    }
    let inside = |open: char| sample.text.trim_start().strip_prefix(open).map(str::trim_start);
    let is_json = inside('[').is_some_and(|rest| rest.starts_with('{') || rest.trim() == "]")
        || inside('{').is_some_and(|rest| rest.starts_with('"') || rest.trim() == "}");
    // Other programs keep JSON beside texts, and nothing of a paper is in it.
    let names = ["\"paper\"", "\"title\"", "\"authors\"", "\"submittedOnDailyAt\""];
    is_json
        && (sample.text.len() < SHORTEST || names.iter().any(|name| sample.text.contains(name)))
        && match values(sample.text).map(listed) {
            Ok(Some(items)) => {
                items.is_empty() || items.iter().filter_map(Value::as_object).any(is_likely)
            }
            Ok(None) => false,
            Err(_) => true,
        }
}

fn is_below_front_matter(sample: &Sample<'_>) -> bool {
    super::front_matter::json(sample.text).is_some_and(|end| !sample.text[end..].trim().is_empty())
}

/// Reads a whole answer.
pub(super) fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let mut reading = Reading::default();
    let paired = without_lone_surrogates(text);
    if matches!(paired, Cow::Owned(_)) {
        let finding = Finding::new(Code::ForbiddenCharacter, "half of a character was taken out");
        reading.findings.push(
            finding
                .at(0..0)
                .help("the program that wrote the list cut a text in the middle of one"),
        );
    }
    let items = match parsed(&paired) {
        Ok(values) => match listed(values) {
            Some(items) => items,
            None => return refused(0, "the answer is no list of papers"),
        },
        Err(error) => {
            return refused(offset(text, error.line(), error.column()), &error.to_string());
        }
    };
    if !has_papers(&items) {
        return refused(0, "nothing in it is a paper");
    }
    let mut places = Places { text, at: 0 };
    let mut dated: Vec<(Option<Date>, Entry)> = Vec::new();
    for item in &items {
        let Some(item) = item.as_object().map(Item::new) else {
            let finding = Finding::new(Code::Unplaced, format!("not a paper: {item}"));
            let help = "save the answer of the API as it is";
            reading.findings.push(finding.at(places.at..places.at).help(help));
            continue;
        };
        let known = reading.findings.len();
        let mut entry = item.entry(&mut reading.findings);
        entry.span = places.next(item.paper_text("id").unwrap_or(&entry.title));
        for finding in &mut reading.findings[known..] {
            finding.span = Some(entry.span.clone());
        }
        dated.push((hints.date.or_else(|| item.date()), entry));
    }
    reading.digests = group::by_date(dated);
    reading.findings.extend(group::undated(&reading.digests));
    reading
}

/// The values of a text, usually one, or one a line; halves of characters are no mistake.
pub(super) fn values(text: &str) -> serde_json::Result<Vec<Value>> {
    parsed(&without_lone_surrogates(text))
}

fn parsed(paired: &str) -> serde_json::Result<Vec<Value>> {
    serde_json::Deserializer::from_str(paired).into_iter().collect()
}

fn listed(mut values: Vec<Value>) -> Option<Vec<Value>> {
    match (values.pop()?, values.is_empty()) {
        (Value::Array(items), true) => Some(items),
        (item @ Value::Object(_), true) => Some(vec![item]),
        _ => None,
    }
}

/// Whether an object has the form of an item of this answer, and not of any list of papers: a paper inside, or the day it came.
fn is_likely(item: &Map<String, Value>) -> bool {
    let has = |key: &str| item.contains_key(key);
    item.get("paper").is_some_and(Value::is_object)
        || has("title") && (has("submittedOnDailyAt") || has("publishedAt"))
}

/// Whether something in a list is a paper, or nothing in it is anything.
fn has_papers(items: &[Value]) -> bool {
    items.is_empty()
        || items.iter().filter_map(Value::as_object).any(|item| Item::new(item).is_paper())
}

/// The text with halves of characters, such as `\ud83d` alone, replaced by as many bytes: a parser refuses them.
fn without_lone_surrogates(text: &str) -> Cow<'_, str> {
    let (mut out, mut copied, mut from) = (String::new(), 0, 0);
    while let Some(at) = text[from..].find('\\').map(|found| from + found) {
        let (first, second) = (
            code_unit(text, at).filter(|_| text[at..].starts_with("\\u")),
            text.get(at + 6..).and_then(|_| code_unit(text, at + 6)),
        );
        let pair = second
            .filter(|_| text[(at + 6)..].starts_with("\\u"))
            .is_some_and(|low| (0xdc00..0xe000).contains(&low));
        match first {
            Some(0xd800..0xdc00) if pair => from = at + 12,
            Some(0xd800..0xe000) => {
                out.push_str(&text[copied..at]);
                out.push_str("\\ufffd");
                (copied, from) = (at + 6, at + 6);
            }
            // What follows a backslash may be one itself, and then begins nothing.
            _ => from = at + 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
        }
    }
    if copied == 0 { Cow::Borrowed(text) } else { Cow::Owned(out + &text[copied..]) }
}

fn code_unit(text: &str, at: usize) -> Option<u16> {
    text.get(at + 2..at + 6).and_then(|digits| u16::from_str_radix(digits, 16).ok())
}

fn refused(at: usize, why: &str) -> Reading {
    let finding = Finding::new(
        Code::UnknownFormat,
        format!("this JSON is neither CSL-JSON nor an answer of the Daily Papers API: {why}"),
    );
    let help = "export BibTeX, RIS, CSL-JSON or Markdown from the program that made it; save an answer of https://huggingface.co/api/daily_papers as it is";
    Reading { findings: vec![finding.at(at..at).help(help)], ..Reading::default() }
}

/// The offset of a line and a column, as `serde_json` counts them: from 1, columns in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let lines =
        text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let mut at = (lines + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Finds where each paper stands, going forward only.
struct Places<'a> {
    text: &'a str,
    at: usize,
}

impl Places<'_> {
    fn next(&mut self, key: &str) -> super::Span {
        let quoted = format!("\"{key}\"");
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(found) = rest.find(&quoted) else {
            let end = self.text.len();
            return std::mem::replace(&mut self.at, end).min(end)..end;
        };
        let start = self.at + found + 1;
        self.at = start + key.len();
        start..self.at
    }
}

/// An item of the list: what the page says, and the paper in it.
struct Item<'a> {
    item: &'a Map<String, Value>,
    paper: &'a Map<String, Value>,
}

impl<'a> Item<'a> {
    fn new(item: &'a Map<String, Value>) -> Self {
        Self { item, paper: item.get("paper").and_then(Value::as_object).unwrap_or(item) }
    }

    fn get(&self, key: &str) -> Option<&'a Value> {
        self.paper.get(key).or_else(|| self.item.get(key)).filter(|value| !value.is_null())
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        self.get(key)?.as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    fn paper_text(&self, key: &str) -> Option<&'a str> {
        self.paper.get(key)?.as_str()
    }

    /// The paper's arXiv id, as it is written; anything else that is called an id names no paper.
    fn id(&self) -> Option<&'a str> {
        let id = self.paper_text("id").map(str::trim)?;
        PaperId::parse(id).is_some_and(|known| matches!(known, PaperId::Arxiv(_))).then_some(id)
    }

    /// Whether it is what the API answers, and not any object that has a title: it has a paper inside, or an arXiv id.
    fn is_paper(&self) -> bool {
        self.id().is_some() || self.paper.get("title").is_some() && self.item.contains_key("paper")
    }

    /// The day it was submitted to the list, else the day the answer gives the item.
    fn date(&self) -> Option<Date> {
        self.text("submittedOnDailyAt")
            .or_else(|| self.item.get("publishedAt").and_then(Value::as_str))
            .and_then(group::iso_date)
    }

    fn entry(&self, findings: &mut Vec<Finding>) -> Entry {
        let mut entry = Entry {
            title: self.text("title").map(escape_markdown::line).unwrap_or_default(),
            ..Entry::default()
        };
        entry.authors = self.names();
        entry.org = self.get("organization").and_then(name).map(escape_markdown::line);
        self.links(&mut entry);
        self.fields(&mut entry);
        entry.abstract_text = self.text("summary").map(escape_markdown::unplaced);
        self.report(&entry, findings);
        entry
    }

    fn names(&self) -> Vec<String> {
        let list = self.get("authors").and_then(Value::as_array).into_iter().flatten();
        list.filter_map(name).map(escape_markdown::line).filter(|name| !name.is_empty()).collect()
    }

    fn links(&self, entry: &mut Entry) {
        let url = self.id().map(|id| format!("https://arxiv.org/abs/{id}"));
        entry.links.extend(url.map(|url| Link { key: None, url }));
        for (key, name) in [("githubRepo", "code"), ("projectPage", "project")] {
            let url = self.text(key).and_then(escape_markdown::address);
            entry.links.extend(url.map(|url| Link { key: Some(name.to_owned()), url }));
        }
    }

    fn fields(&self, entry: &mut Entry) {
        let count =
            |key: &str| self.get(key).and_then(Value::as_u64).map(|count| count.to_string());
        let published =
            self.paper_text("publishedAt").and_then(group::iso_date).map(|date| date.to_string());
        let by = self
            .get("submittedBy")
            .or_else(|| self.get("submittedOnDailyBy"))
            .and_then(name)
            .map(escape_markdown::line);
        let keywords = self.get("ai_keywords").and_then(Value::as_array).map(|words| {
            words
                .iter()
                .filter_map(Value::as_str)
                .map(escape_markdown::line)
                .collect::<Vec<_>>()
                .join(", ")
        });
        let values = [
            ("published", published),
            ("votes", count("upvotes")),
            ("comments", count("numComments")),
            ("by", by),
            ("ai-summary", self.text("ai_summary").map(escape_markdown::line)),
            ("keywords", keywords),
        ];
        let given = values.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
        entry.fields.extend(given.filter(|(_, value)| !value.is_empty()));
    }

    fn report(&self, entry: &Entry, findings: &mut Vec<Finding>) {
        if entry.title.is_empty() {
            let finding = Finding::new(Code::MissingTitle, "a paper without a title");
            findings.push(finding.help("write its title into the imported digest"));
        }
        let keys = self.item.iter().chain(self.paper);
        let strange =
            keys.filter(|(key, value)| !IGNORED.contains(&key.as_str()) && says_something(value));
        for (key, value) in strange {
            let finding = Finding::new(Code::Unplaced, format!("`{key}` was left out: {value}"));
            findings.push(
                finding.help("add it to the imported digest by hand if readers should see it"),
            );
        }
    }
}

fn says_something(value: &Value) -> bool {
    matches!(value, Value::String(text) if !text.trim().is_empty())
        || matches!(value, Value::Array(_) | Value::Object(_))
}

/// The name of a person or an organisation, who may be a string or an object.
fn name(value: &Value) -> Option<&str> {
    value
        .as_str()
        .or_else(|| text_of(value, "fullname"))
        .or_else(|| text_of(value, "name"))
        .or_else(|| text_of(value, "user"))
}

fn text_of<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str).filter(|name| !name.trim().is_empty())
}

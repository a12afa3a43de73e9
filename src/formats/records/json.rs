//! Papers as JSON: a value, or several one below the other; and what programs keep in it that is no record, but a line of a list
//! or a row of a table in Markdown for each paper. Knows no fields.

use std::fmt::Write as _;

use crate::formats::front_matter::Value;
use crate::formats::{Hints, Reading, Sample, daily_papers_json, list, places};

use super::{Pairs, python};

/// What a text of JSON holds, lines of values as a list of them; nothing where it is something else.
pub(super) fn pairs(text: &str) -> Option<Vec<(String, Value)>> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let mut values = daily_papers_json::values(text)
        .or_else(|error| {
            python::as_json(text).map_or(Err(error), |json| daily_papers_json::values(&json))
        })
        .ok()?;
    let whole = match values.len() {
        1 => Value::from(values.remove(0)),
        _ => Value::List(values.into_iter().map(Value::from).collect()),
    };
    match whole {
        Value::Table(pairs) => Some(pairs),
        whole => Some(vec![(String::new(), whole)]),
    }
}

/// Lines of Markdown in tables of JSON, below headings that say the keys of these; and where each line stands in the JSON.
pub(super) struct Lines {
    text: String,
    places: Vec<(usize, usize)>,
}

impl Lines {
    pub(super) fn of(json: &str, pairs: &Pairs) -> Option<Self> {
        let mut lines = Self { text: String::new(), places: vec![(0, 0)] };
        lines.take(json, "", pairs, 1);
        (!lines.text.is_empty()).then_some(lines)
    }

    fn take(&mut self, json: &str, name: &str, pairs: &Pairs, depth: usize) {
        let is_line = |text: &str| text.starts_with(['|', '-', '*']) && text.contains("](");
        let mut is_headed = name.is_empty();
        for (key, value) in pairs {
            match value {
                Value::Text(text) if is_line(text) => {
                    if !std::mem::replace(&mut is_headed, true) {
                        let _ = writeln!(self.text, "\n{} {name}\n", "#".repeat(depth.min(6)));
                    }
                    let from = self.places.last().map_or(0, |(_, at)| *at);
                    let key = format!("\"{key}\"");
                    let found = memchr::memmem::find(&json.as_bytes()[from..], key.as_bytes());
                    self.places.push((self.text.len(), found.map_or(from, |at| from + at)));
                    self.text.push_str(&text.trim().replace('\n', " "));
                    self.text.push('\n');
                }
                Value::Table(inner) if depth < super::DEEPEST => {
                    self.take(json, key, inner, depth + 1);
                }
                _ => {}
            }
        }
    }

    pub(super) fn are_papers(&self) -> bool {
        list::is_list(&Sample { text: &self.text, stem: "", extension: "md", folder: "" })
    }

    pub(super) fn read(&self, hints: &Hints<'_>) -> Reading {
        let mut reading = list::read(&self.text, hints);
        places::put_back(&mut reading, &|span| {
            let line = self.places.partition_point(|(at, _)| *at <= span.start);
            let at = self.places[line.saturating_sub(1)].1;
            at..at
        });
        reading
    }
}

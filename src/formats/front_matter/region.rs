//! Where front matter stands, also where it never closes: its lines are never text.

use std::ops::Range;

use serde::de::IgnoredAny;

use super::value::{self, Form};
use crate::formats::text::{Line, is_blank, lines, start};

/// Front matter with its place in the text.
pub(in crate::formats) struct Region {
    /// Between its marks.
    pub(in crate::formats) inside: Range<usize>,
    pub(super) form: Form,
    /// Where the text after it starts.
    pub(super) body: usize,
    /// All of it, where its mark comes no second time.
    pub(super) unclosed: Option<Range<usize>>,
}

/// Whether front matter stands without marks around it, as no digest has it: another program's writers do that.
pub(crate) fn is_bare(text: &str) -> bool {
    Region::of(text).is_ok_and(|region| matches!(region.form, Form::Block | Form::Lines))
}

/// What stands between the marks of front matter.
pub(crate) fn inside(text: &str) -> Option<&str> {
    Region::of(text).ok().map(|region| &text[region.inside])
}

/// A text whose front matter says one thing more, above all else; `None` where that is of a form that takes no lines more.
pub fn with_key(text: &str, key: &str, value: &str) -> Option<String> {
    let (at, line) = match Region::of(text) {
        Err(_) if text.trim_start().starts_with("---") => return None,
        Err(start) => (start, format!("+++\n{key} = {value}\n+++\n\n")),
        Ok(region) if region.unclosed.is_some() || text[region.inside.clone()].contains('\r') => {
            return None;
        }
        Ok(region) if region.form == Form::Yaml => {
            (region.inside.start, format!("{key}: {value}\n"))
        }
        Ok(region) if region.form == Form::Toml => {
            (region.inside.start, format!("{key} = {value}\n"))
        }
        Ok(_) => return None,
    };
    Some([&text[..at], &line, &text[at..]].concat())
}

/// Where the text starts after front matter, or where there is none.
pub(crate) fn body(text: &str) -> usize {
    match Region::of(text) {
        Ok(region) => region.body,
        Err(body) => body,
    }
}

/// Where a text starts after front matter in JSON, if it has such.
pub(crate) fn json(text: &str) -> Option<usize> {
    Region::of(text).ok().filter(|region| region.form == Form::Json).map(|region| region.body)
}

impl Region {
    /// The front matter of a text; where the text starts if it has none.
    pub(in crate::formats) fn of(text: &str) -> Result<Self, usize> {
        let begin = start(text);
        // Other programs read it behind blank lines as well.
        let mut all = lines(text, begin..text.len()).skip_while(|line| is_blank(line.text));
        let first = all.next().ok_or(begin)?;
        let is_first = first.start == begin;
        let mark = first.text.trim_end();
        let form = match mark {
            "+++" => Form::Toml,
            "---" => Form::Yaml,
            _ => return Self::json(text, begin).or_else(|| Self::bare(text, begin)).ok_or(begin),
        };
        let toml = form == Form::Toml;
        let last = all.find(|line| line.text.trim_end() == mark);
        // A rule far below may pass for its end: then a text stands between, behind a blank line.
        let whole = last.filter(|last| {
            let mut below =
                lines(text, first.next..last.start).skip_while(|line| !is_blank(line.text));
            toml || !below.any(|line| !is_blank(line.text) && !is_of_keys(line.text))
                || value::parse(text, first.next..last.start, form).1.is_empty()
        });
        if let Some(last) = whole {
            let inside = first.next..last.start;
            let no_key = !is_blank(&text[inside.clone()])
                && !lines(text, inside.clone()).any(|line| is_key(line.text));
            // Two rules with a text between them.
            let two_rules = !toml && no_key;
            return if two_rules {
                Err(begin)
            } else {
                Ok(Self { inside, form, body: last.next, unclosed: None })
            };
        }
        if !is_first {
            return Err(begin);
        }
        // All up to its last key, for what stands between keys belongs to them.
        let block = lines(text, first.next..text.len()).take_while(|line| !is_blank(line.text));
        let keys =
            block.filter(|line| is_key(line.text) || line.text.starts_with(['-', ' ', '\t']));
        let end = keys.last().map_or(first.next, |line| line.next);
        if !toml && !lines(text, first.next..end).any(|line| is_key(line.text)) {
            return Err(begin);
        }
        let unclosed = Some(first.start..first.start + text[first.start..end].trim_end().len());
        Ok(Self { inside: first.next..end, form, body: end, unclosed })
    }

    /// Lines without marks around them: a title block, or keys up to a blank line that name the title and the day.
    fn bare(text: &str, begin: usize) -> Option<Self> {
        const MOST: usize = 20;
        let block: Vec<Line<'_>> = lines(text, begin..text.len())
            .take(MOST)
            .take_while(|line| !is_blank(line.text))
            .collect();
        let is_of_block = |line: &Line<'_>| line.text.starts_with(['%', ' ']);
        let has = |wanted: &str| {
            block.iter().any(|line| {
                line.text.split_once(": ").is_some_and(|(key, _)| key.eq_ignore_ascii_case(wanted))
            })
        };
        let (form, count) = if block.first()?.text.starts_with("% ") {
            (Form::Block, block.iter().take_while(|line| is_of_block(line)).count())
        } else if block.iter().all(|line| is_key(line.text)) && has("title") && has("date") {
            (Form::Lines, block.len())
        } else {
            return None;
        };
        let end = block.get(count - 1)?.next;
        Some(Self { inside: begin..end, form, body: end, unclosed: None })
    }

    /// An object of JSON, alone on its lines. One that cannot be read ends at a line `}`, or with its paragraph.
    fn json(text: &str, begin: usize) -> Option<Self> {
        let inner = text[begin..].strip_prefix('{')?;
        if !inner.trim_start().starts_with(['"', '}']) {
            return None;
        }
        let mut values =
            serde_json::Deserializer::from_str(&text[begin..]).into_iter::<IgnoredAny>();
        let read =
            values.next().is_some_and(|value| value.is_ok()).then(|| begin + values.byte_offset());
        let all = lines(text, begin..text.len());
        let last = match read {
            Some(end) => all
                .clone()
                .find(|line| line.next >= end)
                .filter(|line| is_blank(&text[end..line.end()]))?,
            None => all
                .clone()
                .find(|line| is_blank(line.text) || line.text.trim_end() == "}")
                .or_else(|| all.last())?,
        };
        let closed = read.is_some() || last.text.trim_end() == "}";
        let unclosed = (!closed).then_some(begin..last.end());
        Some(Self { inside: begin..last.next, form: Form::Json, body: last.next, unclosed })
    }
}

fn is_of_keys(line: &str) -> bool {
    line.starts_with([' ', '\t', '#', '-', ']', '}', '[']) || is_key(line)
}

/// Whether a line begins with a key: `key: value`, `key = value`, in a table of one line or not.
pub(super) fn is_key(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches(['{', '-', ' ']);
    let Some(end) = line.find([':', '=']) else { return false };
    let key = line[..end].trim().trim_matches(['"', '\'']);
    !key.is_empty()
        && key.len() <= 60
        && key.chars().all(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.'))
        && !line[end..].starts_with("://")
}

//! Calls of components, `::: NAME …` with text up to `:::` or alone: lines that the parser is to take for comments, so that
//! they end what stands before them and stand in the list or quote that they are written in.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::prose::{component_name, holds};

/// A line of colons that means something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallMark {
    /// Where it stands in the original, from its first colon to the end of its line.
    pub range: Range<usize>,
    /// What it does.
    pub role: Role,
}

/// What a line of colons does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It calls a component for the text up to its end.
    Open,
    /// It calls one that has no text.
    Alone,
    /// It ends the text of the call before it.
    Close,
}

/// Deeper calls have no text of their own.
const DEEPEST: usize = 32;

/// A line of colons that is no code.
struct Found {
    range: Range<usize>,
    colons: usize,
    /// How many quotes it stands in.
    quotes: usize,
    is_call: bool,
}

/// The lines of a text that call components, and those that end their texts; in order.
pub(super) fn find(text: &str, options: Options) -> Vec<CallMark> {
    if memchr::memmem::find(text.as_bytes(), b":::").is_none() {
        return Vec::new();
    }
    let found = lines(text, options);
    let mut marks: Vec<CallMark> = Vec::new();
    let mut open: Vec<(usize, &Found)> = Vec::new();
    for line in &found {
        // A quote that ended has ended what was open in it.
        open.truncate(
            open.iter().rposition(|(_, of)| of.quotes <= line.quotes).map_or(0, |at| at + 1),
        );
        let range = line.range.clone();
        if line.is_call {
            if open.len() < DEEPEST {
                open.push((marks.len(), line));
            }
            marks.push(CallMark { range, role: Role::Alone });
        } else if let Some(at) = closes(&open, line) {
            marks[open[at].0].role = Role::Open;
            open.truncate(at);
            marks.push(CallMark { range, role: Role::Close });
        }
    }
    marks
}

/// Which of the open calls a line of colons ends: the innermost with as many colons, else the innermost with fewer.
fn closes(open: &[(usize, &Found)], line: &Found) -> Option<usize> {
    open.iter().rposition(|(_, of)| (of.quotes == line.quotes) && of.colons == line.colons).or_else(
        || open.iter().rposition(|(_, of)| (of.quotes == line.quotes) && of.colons < line.colons),
    )
}

fn lines(text: &str, options: Options) -> Vec<Found> {
    let mut found: Vec<Found> = text
        .split_inclusive('\n')
        .scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line.trim_end()))
        })
        .filter_map(|(start, line)| {
            let rest = line.trim_start_matches([' ', '\t', '>']);
            let name = rest.trim_start_matches(':');
            let (colons, at) = (rest.len() - name.len(), start + line.len() - rest.len());
            let is_call = component_name(name).is_some();
            let counts = colons >= 3 && (is_call || name.trim().is_empty());
            let quotes = line[..line.len() - rest.len()].matches('>').count();
            counts.then(|| Found { range: at..start + line.len(), colons, quotes, is_call })
        })
        .collect();
    if found.iter().any(|line| line.is_call) {
        let code = code(text, options);
        found.retain(|line| !holds(&code, line.range.start));
    }
    found
}

/// Where code, formulas and raw HTML stand, in order.
fn code(text: &str, options: Options) -> Vec<Range<usize>> {
    let events = Parser::new_ext(text, options).into_offset_iter();
    events
        .filter(|(event, _)| {
            matches!(
                event,
                Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)
                    | Event::Code(_)
                    | Event::DisplayMath(_)
            )
        })
        .map(|(_, range)| range)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_have_text_or_stand_alone() {
        use Role::{Alone, Close, Open};
        for (text, roles) in [
            ("::: a\nx\n:::", vec![Open, Close]),
            ("::: a b=c", vec![Alone]),
            (":::: a\n::: b\n::::", vec![Open, Alone, Close]),
            ("::: a\n::: b\n:::\n:::", vec![Open, Open, Close, Close]),
            ("> ::: a\n> x\n> :::\n\n:::", vec![Open, Close]),
            ("> ::: a\n\n:::", vec![Alone]),
            ("- ::: a\n", vec![]),
            ("- x\n\n  ::: a\n  :::", vec![Open, Close]),
            ("```\n::: a\n```\n\n    ::: a\n\n::::", vec![]),
            (":::\n:) x\n:: a", vec![]),
        ] {
            let found = find(text, super::super::OPTIONS);
            let found: Vec<_> = found.into_iter().map(|mark| mark.role).collect();
            assert_eq!(found, roles, "{text}");
        }
    }
}

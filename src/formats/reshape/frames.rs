//! Facts of papers that stand each in a frame below a heading: in a quote, a callout, or an admonition (`!!! info`).

use super::{inside, is_quote};
use crate::formats::text::{Fence, Line, heading, lines};
use crate::formats::{by_hand, fields};
use crate::model::Prose;

/// A text with the facts of several papers out of their frames; `None` where no more than one paper has such.
pub(super) fn without(text: &str, body: usize) -> Option<Prose> {
    let mut fence = Fence::default();
    let all: Vec<(Line<'_>, bool)> =
        lines(text, body..text.len()).map(|line| (line, fence.take(line.text))).collect();
    let (mut at, mut is_below, mut found) = (0, false, 0);
    let mut out = Prose::default();
    out.push(&text[..body], 0);
    while let Some((line, is_code)) = all.get(at) {
        let frame = if is_below && !is_code { Frame::of(&all[at..]) } else { None };
        let length = frame.as_ref().map_or(1, |frame| frame.length);
        if let Some(frame) = frame {
            found += 1;
            for (line, inner) in frame.facts {
                out.push(inner, line.end() - inner.len());
                out.push("\n", line.end());
            }
            out.push("\n", line.end());
            // What the frame is called says little, and is no fact.
            if !frame.title.is_empty() {
                out.push(frame.title, frame.title.as_ptr() as usize - text.as_ptr() as usize);
                out.push("\n\n", line.end());
            }
        } else {
            out.push(&text[line.start..line.next], line.start);
        }
        is_below = !is_code && heading(line.text).is_some() || is_below && line.is_blank();
        at += length;
    }
    (found > 1).then_some(out)
}

/// A frame that holds facts alone: how many lines it has, what it is called, and the lines within.
struct Frame<'l, 't> {
    length: usize,
    title: &'t str,
    facts: Vec<(&'l Line<'t>, &'t str)>,
}

impl<'l, 't> Frame<'l, 't> {
    fn of(all: &'l [(Line<'t>, bool)]) -> Option<Self> {
        let first = all.first().map(|(line, _)| line)?;
        let is_admonition =
            ["!!! ", "??? ", "???+ "].iter().any(|mark| first.text.starts_with(mark));
        if !is_admonition && !is_quote(first.text) {
            return None;
        }
        // What belongs to an admonition is indented.
        let belongs = |line: &Line<'t>| {
            let is_indented = line.is_blank() || line.text.starts_with("    ");
            if is_admonition { is_indented } else { is_quote(line.text) }
        };
        let inner = |line: &Line<'t>| {
            let indented = line.text.strip_prefix("    ").filter(|_| is_admonition);
            indented.unwrap_or_else(|| inside(line)).trim()
        };
        let is_named = is_admonition || inside(first).starts_with("[!");
        let head = usize::from(is_named);
        let length = head + all[head..].iter().take_while(|(line, _)| belongs(line)).count();
        let lines = all[head..length].iter().map(|(line, _)| (line, inner(line)));
        let facts: Vec<_> = lines.collect();
        let said: Vec<&str> =
            facts.iter().map(|(_, inner)| *inner).filter(|inner| !inner.is_empty()).collect();
        let is_fact = |line: &&str| by_hand::items(line, &[]).is_some();
        let is_labelled = |line: &&str| {
            by_hand::label(line).is_some_and(|(name, ..)| fields::named(name, &[]).is_some())
        };
        let holds_facts =
            said.iter().all(|line| is_fact(line) || is_labelled(line)) && said.iter().any(is_fact);
        let title = if is_named { title(first.text) } else { "" };
        holds_facts.then_some(Self { length, title, facts })
    }
}

/// What stands behind the kind of a frame: `!!! info "Facts"`, `> [!info]- Facts`.
fn title(line: &str) -> &str {
    let callout = line.split_once("[!").and_then(|(_, inside)| inside.split_once(']'));
    let behind = callout.map(|(_, behind)| behind).or_else(|| line.splitn(3, ' ').nth(2));
    behind.unwrap_or_default().trim_matches(|c: char| c.is_whitespace() || "+-\"".contains(c))
}

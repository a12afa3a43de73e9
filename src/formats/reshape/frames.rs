//! Facts of papers that stand each in a frame below a heading: in a quote, a callout, or an admonition (`!!! info`).

use super::{inside, is_quote};
use crate::formats::text::{Fence, Line, heading, lines};
use crate::formats::{by_hand, fields};
use crate::model::Prose;

/// A text with the facts of several papers out of their frames; `None` where no more than one paper has such.
pub(super) fn without(text: &str, body: usize) -> Option<Prose> {
    let mut fence = Fence::default();
    let (mut out, mut from, mut found, mut is_below) = (Prose::default(), 0, 0, false);
    for line in lines(text, body..text.len()) {
        // Within the last frame.
        if line.start < from {
            continue;
        }
        let is_code = fence.take(line.text);
        if is_below
            && !is_code
            && let Some(frame) = Frame::of(text, &line)
        {
            found += 1;
            out.push(&text[from..line.start], from);
            from = frame.end;
            for (place, fact) in frame.facts {
                out.push(fact, place);
                out.push("\n", place + fact.len());
            }
            out.push("\n", line.end());
            // What the frame is called says little, and is no fact.
            if !frame.title.is_empty() {
                out.push(frame.title, frame.title.as_ptr() as usize - text.as_ptr() as usize);
                out.push("\n\n", line.end());
            }
        }
        is_below = !is_code && heading(line.text).is_some() || is_below && line.is_blank();
    }
    out.push(&text[from..], from);
    (found > 1).then_some(out)
}

/// A frame that holds facts alone: where it ends, what it is called, and the lines within with their places.
struct Frame<'t> {
    end: usize,
    title: &'t str,
    facts: Vec<(usize, &'t str)>,
}

impl<'t> Frame<'t> {
    fn of(text: &'t str, first: &Line<'t>) -> Option<Self> {
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
        let is_fact = |line: &str| by_hand::items(line, &[]).is_some();
        let is_labelled = |line: &str| {
            by_hand::label(line).is_some_and(|(name, ..)| fields::named(name, &[]).is_some())
        };
        let is_named = is_admonition || inside(first).starts_with("[!");
        let start = if is_named { first.next } else { first.start };
        let (mut end, mut facts, mut holds_facts) = (start, Vec::new(), false);
        for line in lines(text, start..text.len()).take_while(belongs) {
            let indented = line.text.strip_prefix("    ").filter(|_| is_admonition);
            let inner = indented.unwrap_or_else(|| inside(&line)).trim();
            // Most quotes below headings are none: the first line tells.
            let says = is_fact(inner);
            if !inner.is_empty() && !says && !is_labelled(inner) {
                return None;
            }
            holds_facts |= says && !inner.is_empty();
            facts.push((inner.as_ptr() as usize - text.as_ptr() as usize, inner));
            end = line.next;
        }
        let title = if is_named { title(first.text) } else { "" };
        holds_facts.then_some(Self { end, title, facts })
    }
}

/// What stands behind the kind of a frame: `!!! info "Facts"`, `> [!info]- Facts`.
fn title(line: &str) -> &str {
    let callout = line.split_once("[!").and_then(|(_, inside)| inside.split_once(']'));
    let behind = callout.map(|(_, behind)| behind).or_else(|| line.splitn(3, ' ').nth(2));
    behind.unwrap_or_default().trim_matches(|c: char| c.is_whitespace() || "+-\"".contains(c))
}

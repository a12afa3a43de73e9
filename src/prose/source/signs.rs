//! Obsidian's signs in running text: where they stand, and the text cut there.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use super::events::{Item, is_verbatim};

/// What a sign begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Mark,
    Unmark,
    Note,
    EndOfNote,
}

/// Running text, cut at its signs.
pub(super) enum Part<'a> {
    Event(Item<'a>),
    Sign(Sign, Range<usize>),
}

/// A sign in the text of an event.
#[derive(Debug, Clone, Copy)]
struct Cut {
    event: usize,
    at: usize,
    len: usize,
    sign: Sign,
}

/// Cuts the running text of a block where its signs are.
pub(super) fn parts<'a>(text: &str, run: Vec<Item<'a>>) -> impl Iterator<Item = Part<'a>> {
    let mut cuts = if any_text_with(&run, "^[") { notes(text, &run) } else { Vec::new() };
    if any_text_with(&run, "==") {
        let marks = marks(text, &run, &cuts);
        cuts.extend(marks);
        cuts.sort_unstable_by_key(|cut| (cut.event, cut.at));
    }
    let mut cuts = cuts.into_iter().peekable();
    run.into_iter().enumerate().flat_map(move |(index, item)| {
        let mut parts = Vec::new();
        let (mut from, mut rest) = (0, item);
        while let Some(cut) = cuts.next_if(|cut| cut.event == index) {
            let (before, after) = halves(rest, cut.at - from);
            parts.extend(before.map(Part::Event));
            let (sign, after) = halves(after, cut.len);
            parts.extend(sign.map(|(_, range)| Part::Sign(cut.sign, range)));
            (from, rest) = (cut.at + cut.len, after);
        }
        let left = !matches!(&rest.0, Event::Text(text) if text.is_empty() && from > 0);
        parts.extend(left.then_some(Part::Event(rest)));
        parts
    })
}

fn any_text_with(run: &[Item<'_>], sign: &str) -> bool {
    run.iter().any(|(event, _)| matches!(event, Event::Text(text) if text.contains(sign)))
}

/// A verbatim text, cut in two; the first half only where there is something in it.
fn halves((event, range): Item<'_>, at: usize) -> (Option<Item<'_>>, Item<'_>) {
    let Event::Text(CowStr::Borrowed(text)) = event else { return (None, (event, range)) };
    let (before, after) = text.split_at(at);
    let middle = range.start + at;
    let first = (!before.is_empty()).then(|| (Event::Text(before.into()), range.start..middle));
    (first, (Event::Text(after.into()), middle..range.end))
}

/// Where notes begin and end: `^[` and the bracket that closes it, at the same depth. One within another is text.
fn notes(text: &str, run: &[Item<'_>]) -> Vec<Cut> {
    let mut open: Vec<(usize, Option<Cut>)> = Vec::new();
    let mut found: Vec<(Cut, Cut)> = Vec::new();
    let mut depth = 0_usize;
    for (event, (what, range)) in run.iter().enumerate() {
        match what {
            Event::Start(_) => depth += 1,
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                while open.pop_if(|(outer, _)| *outer > depth).is_some() {}
            }
            Event::Text(words) if is_verbatim(what, range) => {
                for at in memchr::memchr2_iter(b'[', b']', words.as_bytes()) {
                    let place = range.start + at;
                    if is_escaped(text, place) {
                    } else if words[at..].starts_with('[') {
                        let is_note = words[..at].ends_with('^') && !is_escaped(text, place - 1);
                        open.push((
                            depth,
                            is_note.then(|| Cut { event, at: at - 1, len: 2, sign: Sign::Note }),
                        ));
                    } else if let Some((_, Some(note))) = open.pop_if(|(outer, _)| *outer == depth)
                    {
                        found.push((note, Cut { event, at, len: 1, sign: Sign::EndOfNote }));
                    }
                }
            }
            _ => {}
        }
    }
    found.sort_unstable_by_key(|(start, _)| (start.event, start.at));
    let mut end = (0, 0);
    found.retain(|(start, close)| {
        let outside = (start.event, start.at) >= end && says_something(run, start, close);
        if outside {
            end = (close.event, close.at);
        }
        outside
    });
    found.into_iter().flat_map(|(start, close)| [start, close]).collect()
}

/// Whether a note holds anything. `^[1]^` is how Pandoc raises a number.
fn says_something(run: &[Item<'_>], start: &Cut, close: &Cut) -> bool {
    let (Event::Text(words), true) = (&run[start.event].0, start.event == close.event) else {
        return true;
    };
    let inside = words[start.at + start.len..close.at].trim();
    let raised = words[close.at + close.len..].starts_with('^')
        && inside.bytes().all(|b| b.is_ascii_digit());
    !inside.is_empty() && !raised
}

/// Where marks begin and end: `==` at a word's start and at one's end, in the same element and the same note.
fn marks(text: &str, run: &[Item<'_>], notes: &[Cut]) -> Vec<Cut> {
    let mut found = Vec::new();
    let mut open: Vec<Option<Cut>> = vec![None];
    let mut notes = notes.iter().peekable();
    for (event, (what, range)) in run.iter().enumerate() {
        match what {
            Event::Start(_) => open.push(None),
            Event::End(_) => drop(open.pop()),
            Event::Text(words) if is_verbatim(what, range) => {
                for (at, len) in runs_of_equals(words) {
                    while let Some(note) = notes.next_if(|note| (note.event, note.at) < (event, at))
                    {
                        if note.sign == Sign::Note {
                            open.push(None);
                        } else {
                            open.pop();
                        }
                    }
                    if len != 2 || is_escaped(text, range.start + at) {
                        continue;
                    }
                    let Some(innermost) = open.last_mut() else { continue };
                    let (opens, closes) = flanks(text, range.start + at);
                    if closes && let Some(start) = innermost.take() {
                        found.extend([start, Cut { event, at, len, sign: Sign::Unmark }]);
                    } else if opens && innermost.is_none() {
                        *innermost = Some(Cut { event, at, len, sign: Sign::Mark });
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// Runs of `=`, with their lengths.
fn runs_of_equals(words: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + memchr::memchr(b'=', &words.as_bytes()[from..])?;
        let len = words.as_bytes()[at..].iter().take_while(|b| **b == b'=').count();
        from = at + len;
        Some((at, len))
    })
}

/// Whether the `==` at a place may open a mark, and whether it may close one. Between words of code, as in `a==b`, it
/// does neither.
fn flanks(text: &str, at: usize) -> (bool, bool) {
    let before = text[..at].chars().next_back().unwrap_or(' ');
    let after = text[at + 2..].chars().next().unwrap_or(' ');
    let opens = !after.is_whitespace() && !is_of_code(before) && !matches!(before, ')' | ']');
    (opens, !before.is_whitespace() && !is_of_code(after))
}

fn is_of_code(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn is_escaped(text: &str, at: usize) -> bool {
    text.as_bytes()[..at].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

/// Takes the id off the end of a block: `The claim. ^claim`, or `^claim` on a last line of its own.
pub(super) fn take_block_id<'a>(run: &mut Vec<Item<'a>>) -> Option<Item<'a>> {
    let (event, range) = run.last().filter(|(event, range)| is_verbatim(event, range))?;
    let Event::Text(CowStr::Borrowed(words)) = event else { return None };
    let bare = words.trim_end();
    let (before, id) = bare.rsplit_once('^')?;
    let alone = before.trim().is_empty()
        && run
            .iter()
            .rev()
            .nth(1)
            .is_none_or(|(event, _)| matches!(event, Event::SoftBreak | Event::HardBreak));
    let told = alone || before.ends_with([' ', '\t']) && is_telling(id);
    if !told || !is_id(id) {
        return None;
    }
    let tag = (tag(id), range.start + before.len()..range.start + bare.len());
    let before = before.trim_end();
    let left =
        (!alone).then(|| (Event::Text(before.into()), range.start..range.start + before.len()));
    run.pop();
    if alone {
        run.pop();
    }
    run.extend(left);
    Some(tag)
}

/// The event of the id that a text is.
pub(super) fn block_id<'a>(text: &str) -> Option<Event<'a>> {
    text.strip_prefix('^').filter(|id| is_id(id)).map(tag)
}

fn tag<'a>(id: &str) -> Event<'a> {
    Event::InlineHtml(format!("<^{id}>").into())
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 64 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Whether what follows a `^` at the end of a sentence is an id rather than a power: `n ^2`, `x ^k`.
fn is_telling(id: &str) -> bool {
    id.len() > 3 || id.len() > 1 && id.bytes().any(|b| b.is_ascii_alphabetic())
}

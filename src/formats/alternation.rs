//! Paragraphs that alternate: each is followed by its translation in another script. Such a text is two, one in each language.

use std::ops::Range;

use super::language_split::{other_script, paragraphs};
use super::text::{heading, lines};
use crate::model::Prose;
use crate::model::lang::Script;

/// Two pairs are no chance any more.
const LEAST: usize = 4;
/// Of translations, the longest is so many times as long as the shortest, measured by what they translate.
const EVEN: usize = 4;
/// Letters added to each length, so that short paragraphs do not differ for a word.
const SLACK: usize = 20;

/// The two texts, that in the text's own script first, and the other script; nothing where the paragraphs do not alternate
/// throughout, or one is a quotation and no translation.
pub(super) fn parted(text: &Prose, own: Script) -> Option<(Prose, Prose, Script)> {
    let mut all: Vec<(Range<usize>, Option<Script>)> = Vec::new();
    for at in paragraphs(&text.text) {
        let script = match other_script(&text.text[at.clone()], own) {
            Ok(script) => Some(script),
            Err(true) => None,
            Err(false) => continue,
        };
        all.push((at, script));
        // The first pair tells of nearly every text that it is none of these.
        if all.len().is_multiple_of(2) && !alternates(&all) {
            return None;
        }
    }
    if all.len() < LEAST || !all.len().is_multiple_of(2) {
        return None;
    }
    let other = all[0].1.or(all[1].1)?;
    let (mut least, mut most) = (usize::MAX, 0);
    for pair in all.chunks(2) {
        let (own, other) =
            if pair[0].1.is_none() { (&pair[0].0, &pair[1].0) } else { (&pair[1].0, &pair[0].0) };
        if is_quotation(text, other) && !is_quotation(text, own) {
            return None;
        }
        let measure = (text.text[other.clone()].chars().count() + SLACK) * 1000
            / (text.text[own.clone()].chars().count() + SLACK);
        (least, most) = (least.min(measure), most.max(measure));
    }
    (most <= least * EVEN).then(|| {
        let (own, translated) = parts(text, &all);
        (own, translated, other)
    })
}

/// Whether the last two paragraphs are in two scripts as the first two are, in the same order.
fn alternates(all: &[(Range<usize>, Option<Script>)]) -> bool {
    let [(_, first), (_, second), ..] = all else { return false };
    let [.., (_, before), (_, last)] = all else { return false };
    let pair = first.xor(*second);
    pair.is_some() && before.xor(*last) == pair && before.is_some() == first.is_some()
}

fn is_quotation(text: &Prose, at: &Range<usize>) -> bool {
    text.text[at.clone()].trim_start().starts_with(['"', '“', '„', '«', '「', '『', '‘'])
}

/// What stands behind a paragraph belongs to its language, but headings and what follows them to that of the text.
fn parts(text: &Prose, all: &[(Range<usize>, Option<Script>)]) -> (Prose, Prose) {
    let (mut own, mut other) = (text.slice(0..all[0].0.start), Prose::default());
    let ends = all.iter().skip(1).map(|(at, _)| at.start).chain([text.text.len()]);
    for ((at, script), end) in all.iter().zip(ends) {
        let mut of_headings =
            lines(&text.text, at.end..end).filter(|line| heading(line.text).is_some());
        let turn = of_headings.next().map_or(end, |line| line.start);
        let turn = if script.is_some() { turn } else { end };
        let place = if script.is_some() { &mut other } else { &mut own };
        place.append(&text.slice(at.start..turn));
        apart(place);
        if turn < end {
            own.append(&text.slice(turn..end));
            apart(&mut own);
        }
    }
    (own, other)
}

/// An empty line at the end, so that what follows is a paragraph of its own.
fn apart(text: &mut Prose) {
    let end = text.text.trim_end_matches([' ', '\n']).len();
    text.text.truncate(end);
    text.text.push_str("\n\n");
    while text.origin.pop_if(|(at, _)| *at as usize >= end).is_some() {}
}

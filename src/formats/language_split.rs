//! Telling languages by their script: a run of prose at the end of unmarked text, in another script and with no
//! prose of the first after it, is split off as that language. Nothing is moved: what is no prose stays with
//! the text before it.

use std::collections::BTreeMap;

use crate::model::lang::{self, Script, script_of};
use crate::model::{Lang, Passage};

use super::passages::trim;
use super::text::{Fence, has, lines, opens_other_block};
use super::{Hints, alternation, colons};

/// Splits the unmarked passages of one text, from its end, until one holds prose in the text's own script.
pub(crate) fn split(passages: &mut Vec<Passage>, declared: Option<&Lang>, hints: &Hints<'_>) {
    let own = declared.or(hints.lang).map(Lang::script).or_else(|| {
        passages
            .iter()
            .filter(|passage| passage.lang.is_none())
            .find_map(|passage| first_script(&passage.text.text))
    });
    let Some(own) = own else { return };
    alternate(passages, own, hints);
    let mut index = passages.len();
    while index > 0 {
        index -= 1;
        if passages[index].lang.is_some() {
            continue;
        }
        let (own_prose, turn) = turn(&passages[index].text.text, own);
        if let Some((at, lang)) = turn.and_then(|(at, script)| {
            Some((at, language(script, &passages[index].text.text[at..], hints)?))
        }) {
            cut(passages, index, at, lang);
        }
        if own_prose {
            return;
        }
    }
}

/// Parts each passage of which the paragraphs are followed by their translations.
fn alternate(passages: &mut Vec<Passage>, own: Script, hints: &Hints<'_>) {
    for index in (0..passages.len()).rev().filter(|_| hints.languages.len() > 1) {
        let Passage { lang: None, text } = &mut passages[index] else { continue };
        let found = alternation::parted(text, own);
        let Some((mut first, mut second, lang)) = found.and_then(|(first, second, script)| {
            let lang = language(script, &second.text, hints)?;
            Some((first, second, lang))
        }) else {
            continue;
        };
        trim(&mut first);
        trim(&mut second);
        *text = first;
        passages.insert(index + 1, Passage { lang: Some(lang), text: second });
    }
}

fn cut(passages: &mut Vec<Passage>, index: usize, at: usize, lang: Lang) {
    let text = &mut passages[index].text;
    let mut after = text.slice(at..text.text.len());
    *text = text.slice(0..at);
    trim(text);
    trim(&mut after);
    let split = Passage { lang: Some(lang), text: after };
    if text.text.is_empty() {
        passages[index] = split;
    } else {
        passages.insert(index + 1, split);
    }
}

/// The configured language of a text in a script; a passage in any other stays where it is.
fn language(script: Script, text: &str, hints: &Hints<'_>) -> Option<Lang> {
    lang::in_script(script, text, hints.languages).cloned()
}

/// The script of the first prose. Lists are none, but what is written in letters of its own before Latin prose was not
/// written in that language.
fn first_script(text: &str) -> Option<Script> {
    let (at, script) = paragraphs(text).find_map(|at| Some((at.start, script(&text[at])?)))?;
    let before = (script == Script::Latin).then(|| self::script(&text[..at])).flatten();
    Some(before.unwrap_or(script))
}

/// The script of what a paragraph says; its addresses say nothing.
fn script(paragraph: &str) -> Option<Script> {
    if !paragraph.contains("://") {
        return script_of(paragraph);
    }
    let words: Vec<_> =
        paragraph.split_whitespace().filter_map(|word| word.split("://").next()).collect();
    script_of(&words.join(" ").replace("https", "").replace("http", ""))
}

/// Whether a text has prose in its own script, and where the prose after the last such paragraph starts.
fn turn(text: &str, own: Script) -> (bool, Option<(usize, Script)>) {
    let all: Vec<_> = paragraphs(text).collect();
    let mut turn = None;
    for at in all.into_iter().rev() {
        match other_script(&text[at.clone()], own) {
            // The last paragraph says which language it is: before it may stand a few words in a third.
            Ok(script) => turn = Some((at.start, turn.map_or(script, |(_, last)| last))),
            Err(true) => return (true, turn),
            Err(false) => {}
        }
    }
    (false, turn)
}

/// The paragraph's script where it is another one, or whether it is the own one.
pub(super) fn other_script(paragraph: &str, own: Script) -> Result<Script, bool> {
    let has_own = own != Script::Latin && paragraph.chars().any(|c| Script::of(c) == Some(own));
    if has_own {
        return Err(true);
    }
    match script(paragraph) {
        Some(script) if script != own => Ok(script),
        script => Err(script.is_some()),
    }
}

/// The ranges of the paragraphs that are prose. Blocks between lines of colons are none: nothing parts them.
pub(super) fn paragraphs(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut all = lines(text, 0..text.len());
    let blocks = if has(text, ":::") {
        colons::closed(all.clone(), Vec::new(), &[])
    } else {
        BTreeMap::new()
    };
    let mut fence = Fence::default();
    std::iter::from_fn(move || {
        loop {
            let first = all.find(|line| !line.is_blank())?;
            let mut prose = !opens_other_block(first.text);
            let mut end = first.end();
            let mut last = blocks.get(&first.start).copied();
            prose &= !fence.take(first.text);
            // A block goes on to the next blank line; fenced code to its end.
            for line in all.by_ref() {
                let inside = fence.is_open() || last.is_some_and(|last| line.start <= last);
                if line.is_blank() && !inside {
                    break;
                }
                fence.take(line.text);
                last = last.max(blocks.get(&line.start).copied());
                end = line.end();
            }
            if prose {
                return Some(first.start..end);
            }
        }
    })
}

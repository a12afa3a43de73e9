//! The languages that texts are written in. Touches no disk.

use std::collections::BTreeMap;

use crate::formats;
use crate::model::Lang;
use crate::model::lang::{self, Script};

/// Letters of a script that a note must have to be in it; a name or two are no language.
const LETTERS: usize = 20;

/// Paragraphs in Latin letters that are asked for their language: an abstract, and what is said of it.
const PARAGRAPHS: usize = 3;

/// The languages of a text besides English, which every text about papers has: of each other script, and of paragraphs
/// whose words leave no doubt.
pub(super) fn of(text: &str) -> Vec<Lang> {
    let scripts = scripts(text);
    if !scripts.is_empty() {
        return scripts.into_iter().map(Script::usual_language).collect();
    }
    let mut languages: Vec<Lang> =
        paragraphs(text).filter_map(lang::of_latin).take(PARAGRAPHS).collect();
    languages.retain(|lang| *lang != Lang::english());
    languages.sort();
    languages.dedup();
    languages
}

/// The scripts of a text besides Latin.
fn scripts(text: &str) -> Vec<Script> {
    let mut letters = Script::ALL.map(|script| (script, 0_usize));
    for script in text.chars().filter(|c| !c.is_ascii()).filter_map(Script::of) {
        letters[script as usize].1 += 1;
    }
    let mut found: Vec<Script> = letters
        .into_iter()
        .filter(|(script, count)| *script != Script::Latin && *count >= LETTERS)
        .map(|(script, _)| script)
        .collect();
    // Japanese and older Korean are written with Han as well.
    if found.len() > 1 {
        found.retain(|script| *script != Script::Han);
    }
    found
}

/// The paragraphs of prose below the front matter.
fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    let body = text.get(formats::front_matter_end(text)..).unwrap_or_default();
    body.split("\n\n").filter(|paragraph| !paragraph.contains("```"))
}

/// Languages of at least a tenth of all notes, the commonest first; English where there is no other.
pub(super) fn common<'a>(notes: impl Iterator<Item = &'a [Lang]>, all: usize) -> Vec<Lang> {
    let mut counts: BTreeMap<&Lang, usize> = BTreeMap::new();
    for lang in notes.flatten() {
        *counts.entry(lang).or_default() += 1;
    }
    let mut many: Vec<_> = counts.into_iter().filter(|(_, count)| *count * 10 >= all).collect();
    many.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    if many.is_empty() {
        return vec![Lang::english()];
    }
    many.into_iter().map(|(lang, _)| lang.clone()).collect()
}

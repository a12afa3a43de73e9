//! The scripts that texts are written in. Touches no disk.

use crate::model::lang::Script;

/// Letters of a script that a note must have to be in it; a name or two are no language.
const LETTERS: usize = 20;

/// Every script that tells a language by itself.
fn besides_latin() -> impl Iterator<Item = Script> {
    Script::ALL.into_iter().filter(|script| *script != Script::Latin)
}

/// The scripts of a text besides Latin, which every text about papers has.
pub(super) fn of(text: &str) -> Vec<Script> {
    let mut letters: Vec<_> = besides_latin().map(|script| (script, 0_usize)).collect();
    for script in text.chars().filter(|c| !c.is_ascii()).filter_map(Script::of) {
        if let Some((_, count)) = letters.iter_mut().find(|(known, _)| *known == script) {
            *count += 1;
        }
    }
    letters.retain(|(_, count)| *count >= LETTERS);
    // Japanese and older Korean are written with Han as well.
    if letters.len() > 1 {
        letters.retain(|(script, _)| *script != Script::Han);
    }
    letters.into_iter().map(|(script, _)| script).collect()
}

/// Scripts in at least a tenth of all notes; Latin where there is no other.
pub(super) fn common<'a>(notes: impl Iterator<Item = &'a [Script]>, all: usize) -> Vec<Script> {
    let mut counts: Vec<_> = besides_latin().map(|script| (0_usize, script)).collect();
    for script in notes.flatten() {
        if let Some((count, _)) = counts.iter_mut().find(|(_, known)| known == script) {
            *count += 1;
        }
    }
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let many: Vec<Script> = counts
        .iter()
        .filter(|(count, _)| *count > 0 && count * 10 >= all)
        .map(|(_, script)| *script)
        .collect();
    if many.is_empty() { vec![Script::Latin] } else { many }
}

//! Forms of a word: its stem in English, and the words that a compound is made of. The search counts all forms of a word as
//! one, in the index and in what is typed.
//!
//! The rules are a table, [`ENDINGS`], which the search ships to the page: nobody writes them twice. `tests/browser/words.json`
//! holds examples that both the program and the page are tested with.

use std::borrow::Cow;

/// An ending, and what stands instead of it.
pub type Ending = (&'static str, &'static str);

/// What [`stem`] does, step by step. Of each step the first ending that a word has is replaced: the plural; the forms of a
/// verb, if a vowel stays; the letter that those double; and the last letter, which other forms lack.
pub const ENDINGS: [&[Ending]; 4] = [
    &[
        ("sses", "ss"),
        ("shes", "sh"),
        ("ches", "ch"),
        ("xes", "x"),
        ("zes", "z"),
        ("iases", "ias"),
        ("yses", "ysis"),
        ("ies", "y"),
        ("ss", "ss"),
        ("ias", "ias"),
        ("us", "us"),
        ("is", "is"),
        ("s", ""),
    ],
    &[("embed", "embed"), ("eed", "eed"), ("ing", ""), ("ied", "y"), ("ed", "")],
    &[
        ("bb", "b"),
        ("dd", "d"),
        ("gg", "g"),
        ("ll", "l"),
        ("mm", "m"),
        ("nn", "n"),
        ("pp", "p"),
        ("rr", "r"),
        ("tt", "t"),
    ],
    &[("e", ""), ("y", "i")],
];

/// No stem is shorter: `bus`, `this` and `sing` are words.
const SHORTEST: usize = 3;

/// An English word in small letters without its ending: `wicks` and `wick`, `trimming` and `trim`, `studies` and `study`
/// have one stem. Any other word is its own. The first three letters stay, so all forms are in one file of the search.
pub fn stem(word: &str) -> Cow<'_, str> {
    if word.len() <= SHORTEST || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word.into();
    }
    let [plural, verb, double, last] = ENDINGS;
    let one = shorter(word, plural);
    let bare = shorter(&one, verb);
    let bare = if bare.contains(is_vowel) { bare } else { one.as_ref().into() };
    let root = shorter(&bare, double);
    let stem = if root.len() > SHORTEST { shorter(&root, last) } else { root.as_ref().into() };
    stem.into_owned().into()
}

fn is_vowel(letter: char) -> bool {
    "aeiouy".contains(letter)
}

/// The word with the first of the endings that it has replaced, unless its first letters would not stay.
fn shorter<'w>(word: &'w str, endings: &[Ending]) -> Cow<'w, str> {
    let first = endings
        .iter()
        .find_map(|(ending, instead)| word.strip_suffix(ending).map(|rest| (rest, *instead)));
    let made = first.map(|(rest, instead)| [rest, instead].concat());
    match made.filter(|made| made.len() >= SHORTEST && made[..SHORTEST] == word[..SHORTEST]) {
        Some(made) => made.into(),
        None => word.into(),
    }
}

/// No part of a compound is shorter: `LoRA` and `GANs` are one word.
const PART: usize = 3;

/// Calls `sink` with the words of every compound of a text, in small letters: `sparse` and `attention` of `SparseAttention`.
/// With `whole`, also with what a hyphen parts as one word: `flashattention` of `Flash-Attention`.
pub fn compounds(plain: &str, whole: bool, mut sink: impl FnMut(&str)) {
    for run in plain.split(|c| !is_of_compound(c)).filter(|run| run.len() > PART) {
        for word in run.split('-') {
            for part in camel_parts(word) {
                sink(&part.to_ascii_lowercase());
            }
        }
        let letters = run.bytes().filter(|byte| *byte != b'-').count();
        if whole && run.trim_matches('-').contains('-') && letters <= super::word::LONGEST {
            sink(&run.replace('-', "").to_ascii_lowercase());
        }
    }
}

fn is_of_compound(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
}

/// The parts of a word that begin with a capital: none of a word that has only one, or whose parts are no words.
fn camel_parts(word: &str) -> Vec<&str> {
    let bytes = word.as_bytes();
    let begins = (1..bytes.len()).filter(|&at| {
        bytes[at].is_ascii_uppercase()
            && (!bytes[at - 1].is_ascii_uppercase()
                || bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase))
    });
    let mut parts = Vec::new();
    let mut start = 0;
    for at in begins.chain([bytes.len()]) {
        parts.push(&word[start..at]);
        start = at;
    }
    if parts.len() < 2 || parts.iter().any(|part| part.len() < PART) {
        parts.clear();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Examples {
        words: Vec<(String, Vec<Vec<String>>)>,
        stems: Vec<Vec<String>>,
        stay: Vec<String>,
        compounds: Vec<(String, Vec<String>)>,
    }

    fn examples() -> Examples {
        serde_json::from_str(include_str!("../../tests/browser/words.json")).unwrap()
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in examples().stems {
            let stems: Vec<_> = forms.iter().map(|form| stem(form)).collect();
            assert!(stems.iter().all(|other| *other == stems[0]), "{forms:?}: {stems:?}");
        }
        for word in examples().stay {
            assert_eq!(stem(&word), word);
        }
    }

    #[test]
    fn compounds_are_parted_and_joined() {
        for (text, expected) in examples().compounds {
            let mut found = Vec::new();
            compounds(&text, true, |part| found.push(part.to_owned()));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn words_are_those_of_the_page() {
        for (text, expected) in examples().words {
            let mut found = Vec::new();
            super::super::search_words(&text, |word| found.push(word.to_owned()));
            assert_eq!(found, expected.concat(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_beginning_of_a_word_stays(word in "[a-z]{1,9}(s|es|ies|ing|ed|y|e|tt|sses)?") {
            let stem = stem(&word);
            proptest::prop_assert!(stem.starts_with(&word[..word.len().min(SHORTEST)]), "{word} {stem}");
        }
    }
}

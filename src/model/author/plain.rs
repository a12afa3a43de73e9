//! Lists that hold nothing but names, as most do: `Ada Wick, Bo B. Flame and Cyd Dim`. They are read in one pass.

/// Words that mean something else at the end of a name.
#[rustfmt::skip]
const MEANING: &[&str] = &[
    "al", "alii", "autres", "co-workers", "coll", "colleagues", "dr", "ds", "esq", "etal", "jr", "msc", "others", "otros",
    "phd", "phds", "preprint", "prof", "professor", "review", "shown", "sr",
];
/// Words that mean something else at its start.
const ADDRESSING: &[&str] =
    &["and", "dipl-ing", "dr", "for", "mr", "mrs", "ms", "on", "prof", "professor"];

/// What stands between two names.
const AND: &[u8] = b" and ";

/// The names of such a list; `None` where anything in it could mean more, which [`super::split`] then reads with care.
pub(super) fn names(list: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let (bytes, mut from) = (list.as_bytes(), 0);
    let commas = memchr::memchr_iter(b',', bytes).filter(|at| bytes[at + 1..].starts_with(b" "));
    for end in commas.chain([list.len()]) {
        let piece = &list[from..end];
        let piece = piece.strip_prefix("and ").unwrap_or(piece);
        match piece.as_bytes().windows(AND.len()).position(|part| part == AND) {
            Some(at) => names.extend([name(&piece[..at])?, name(&piece[at + AND.len()..])?]),
            None => names.push(name(piece)?),
        }
        from = end + 2;
    }
    Some(names)
}

/// Two words or more, each with a capital, of which the last is a family's name.
pub(super) fn name(text: &str) -> Option<&str> {
    let (bytes, mut from) = (text.as_bytes(), 0);
    for at in (0..bytes.len()).filter(|at| bytes[*at] == b' ') {
        let word = &text[from..at];
        if !(is_word(word) || is_initial(word)) || from == 0 && !is_given(word) {
            return None;
        }
        from = at + 1;
    }
    (from > 0 && is_family(&text[from..])).then_some(text)
}

/// Whether a word can be nothing but a family's name: no degree, and nothing that ends a remark on others.
fn is_family(word: &str) -> bool {
    is_word(word) && !is_among(word, MEANING)
}

/// Whether a word begins a name: it is no form of address, and does not begin a remark on a team.
fn is_given(word: &str) -> bool {
    !is_among(word.trim_end_matches('.'), ADDRESSING)
}

fn is_among(word: &str, words: &[&str]) -> bool {
    words.iter().any(|meaning| word.eq_ignore_ascii_case(meaning))
}

/// A capital and a small letter at the least, of Latin script, with hyphens and apostrophes.
fn is_word(word: &str) -> bool {
    if let [first, rest @ ..] = word.as_bytes()
        && word.is_ascii()
    {
        return first.is_ascii_uppercase()
            && rest.iter().all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'\''))
            && rest.iter().any(u8::is_ascii_lowercase);
    }
    let mut small = false;
    let mut chars = word.chars();
    chars.next().is_some_and(|c| is_latin(c) && c.is_uppercase())
        && chars.all(|c| {
            small |= c.is_lowercase();
            is_latin(c) || matches!(c, '-' | '\'')
        })
        && small
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(&c) && c.is_alphabetic()
}

fn is_initial(word: &str) -> bool {
    matches!(word.as_bytes(), [letter, b'.'] if letter.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_plain_list_is_read_as_with_care(
            list in "((Ada|Bo B\\.|Øyvind|Li-Na|Dr|D\\.|For|The|Ph|Prof|Et|Under) (Wick|D'Arc|Flame|PhD|Al|Others|III|Jr|Ds|Review|AI|Lab|of Fog|Não)( Team|)(, | and |, and |)){1,5}",
        ) {
            let list = list.trim_end_matches([',', ' ']).trim_end_matches(" and").trim_end_matches([',', ' ']);
            if let Some(names) = super::names(list) {
                let names = super::super::Authors { names: names.into_iter().map(str::to_owned).collect(), ..Default::default() };
                prop_assert_eq!(super::super::with_care(list), names, "{}", list);
            }
        }
    }
}

//! Words as a reader looks for them: folded, and in Korean, Japanese and Chinese every pair of neighbouring characters,
//! for there a word may begin anywhere.
//!
//! The page of the search folds what is typed in the same way, by the tables of this file, which the search ships to it:
//! `themes/offprint/static/search/find.js`. `tests/browser/words.json` holds examples that both are tested with.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Characters of a word that count.
pub(super) const LONGEST: usize = 24;
/// The bit that makes a letter of ASCII small; digits have it, too.
const SMALL: u8 = 0x20;

/// Calls `sink` with every word of a plain text that can be looked for, in order, with repeats.
// Most words are ASCII or syllables between other characters, and need no more than a look at their bytes.
pub fn search_words(plain: &str, mut sink: impl FnMut(&str)) {
    let (bytes, mut room, mut at) = (plain.as_bytes(), String::new(), 0);
    while at < bytes.len() {
        let latin = at + letters(bytes, at);
        if bytes.get(latin).is_none_or(u8::is_ascii) {
            if at < latin {
                sink(beginning(small(&plain[at..latin], &mut room)));
            }
            at = latin + 1;
            continue;
        }
        let wide = latin + syllables(&plain[latin..]);
        let next = plain[wide..].chars().next();
        // Where a letter of another kind follows, all are folded together: accents may stand for themselves.
        if next.is_some_and(|next| !next.is_ascii() && is_of_word(next)) {
            let end = plain[wide..].find(|c| !is_of_word(c)).map_or(plain.len(), |end| wide + end);
            // What is one letter may be several words: a half has a stroke.
            let words = fold(&plain[at..end], &mut room).split(|c| !is_of_word(c));
            words.for_each(|word| by_script(word, &mut sink));
            at = end;
            continue;
        }
        if at < latin {
            sink(beginning(small(&plain[at..latin], &mut room)));
        }
        if latin < wide {
            pairs(&plain[latin..wide], &mut sink);
        }
        at = wide + next.filter(|next| !is_of_word(*next)).map_or(0, char::len_utf8);
    }
}

/// How many ASCII letters and digits stand here.
fn letters(bytes: &[u8], start: usize) -> usize {
    bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// How many bytes of syllables a text begins with.
fn syllables(text: &str) -> usize {
    text.chars().take_while(|&c| is_syllable(c)).map(char::len_utf8).sum()
}

/// Characters of Hangul, Kana and Han, from the first to the last of each range.
pub const WIDE: [(char, char); 9] = [
    ('\u{1100}', '\u{11ff}'),
    ('\u{3005}', '\u{3007}'),
    ('\u{3040}', '\u{318f}'),
    ('\u{31f0}', '\u{31ff}'),
    ('\u{3400}', '\u{4dbf}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{ac00}', '\u{d7ff}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{20000}', '\u{3ffff}'),
];

/// Whether the search knows a word by pairs of its characters: those of Hangul, Kana, Han.
fn is_wide(c: char) -> bool {
    c >= WIDE[0].0 && WIDE.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

fn is_of_word(c: char) -> bool {
    match c {
        ascii if ascii.is_ascii() => ascii.is_ascii_alphanumeric(),
        // A soft hyphen is no end of a word.
        '\u{ad}' => true,
        other => is_syllable(other) || other.is_alphanumeric() || is_combining_mark(other),
    }
}

/// Letters that no decomposition makes plain, each before what people type for it.
pub const PLAIN: &str = "ςσ øo łl đd ðd ßss æae œoe þth ħh ıi";

/// Small letters, without the accents that go with Latin, Greek and Cyrillic ones; ligatures and wide letters as plain ones.
/// `room` is for what has to be written.
fn fold<'a>(run: &str, room: &'a mut String) -> &'a str {
    let accents = '\u{300}'..='\u{36f}';
    let bare: String = run.nfkd().filter(|c| !accents.contains(c) && *c != '\u{ad}').collect();
    room.clear();
    // Whether a sigma is the last letter depends on what stands around it.
    for c in bare.to_lowercase().nfc() {
        let plain = || PLAIN.split(' ').find_map(|pair| pair.strip_prefix(c));
        match Some(c).filter(|c| ('ß'..='ς').contains(c)).and_then(|_| plain()) {
            Some(plain) => room.push_str(plain),
            None => room.push(c),
        }
    }
    room
}

/// The same of ASCII letters and digits: of these only capitals lack the bit that makes letters small.
fn small<'a>(run: &'a str, room: &'a mut String) -> &'a str {
    if run.bytes().fold(SMALL, |all, byte| all & byte) == SMALL {
        return run;
    }
    room.clear();
    room.push_str(run);
    room.make_ascii_lowercase();
    room
}

/// A character that has no other form: nearly all of a Korean or Chinese text.
fn is_syllable(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{4e00}'..='\u{9fff}')
}

/// A run of letters, cut where the script begins or ends that is known by pairs: `gpt` and `모델` of `gpt모델`.
fn by_script(run: &str, sink: &mut impl FnMut(&str)) {
    let mut rest = run;
    while let Some(first) = rest.chars().next() {
        let wide = is_wide(first);
        let (part, next) = rest.split_at(rest.find(|c| is_wide(c) != wide).unwrap_or(rest.len()));
        if wide {
            pairs(part, sink);
        } else {
            sink(beginning(part));
        }
        rest = next;
    }
}

/// Every pair of neighbours; a single character is a word by itself.
fn pairs(run: &str, sink: &mut impl FnMut(&str)) {
    let mut before = None;
    for (at, c) in run.char_indices() {
        let end = at + c.len_utf8();
        match before.replace(at) {
            Some(start) => sink(&run[start..end]),
            None if end == run.len() => sink(run),
            None => {}
        }
    }
}

fn beginning(word: &str) -> &str {
    // No word has more characters than bytes.
    if word.len() <= LONGEST {
        return word;
    }
    word.char_indices().nth(LONGEST).map_or(word, |(end, _)| &word[..end])
}

/// All letters of a text together, folded, as many as count of a word: `attentionisallyouneed`. A whole title is known by it.
pub fn joined(text: &str) -> String {
    let (mut room, mut out) = (String::new(), String::new());
    for run in text.split(|c| !is_of_word(c)) {
        out.push_str(fold(run, &mut room));
    }
    out.truncate(beginning(&out).len());
    out
}

/// What a shard of the search is known by: the first three letters of a word, so that all words that begin like it are
/// together; one character where words are pairs. Words of a kind of names, `tag:lamp`, are parted by it; but whole titles,
/// `is:lamplight`, are with their first word. Ids are looked for as a whole, and begin alike: they are known by all of it.
pub fn shard_key(word: &str) -> &str {
    if word.starts_with("id:") {
        return word;
    }
    let word = word.strip_prefix("is:").unwrap_or(word);
    let name = word.find(':').map_or(0, |colon| colon + 1);
    let letters = if word[name..].starts_with(is_wide) { 1 } else { 3 };
    word[name..].char_indices().nth(letters).map_or(word, |(end, _)| &word[..name + end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        search_words(text, |word| found.push(word.to_owned()));
        found
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(
            words("Few-Step MODELS, GPT-4 (2503.07565)"),
            ["few", "step", "models", "gpt", "4", "2503", "07565"]
        );
        assert_eq!(
            words("Schölkopf Mæhlum Łukasz e\u{301}t\u{e9} Ωμέγας"),
            ["scholkopf", "maehlum", "lukasz", "ete", "ωμεγασ"]
        );
        assert_eq!(
            words("Møller ﬁlament Ｇ２ Straße ½"),
            ["moller", "filament", "g2", "strasse", "1", "2"]
        );
        assert_eq!(words("≠ = \u{301} … 、。"), [""; 0]);
    }

    #[test]
    fn where_words_run_together_each_pair_is_one() {
        assert_eq!(words("강화학습을"), ["강화", "화학", "학습", "습을"]);
        assert_eq!(words("GPT모델 3개 뇌"), ["gpt", "모델", "3", "개", "뇌"]);
        assert_eq!(words("が\u{30ac} 大規模言語"), ["がガ", "大規", "規模", "模言", "言語"]);
        assert_eq!(words("\u{1112}\u{1161}\u{11ab}글"), ["한글"]);
    }

    #[test]
    fn the_rest_of_a_long_word_is_ignored() {
        assert_eq!(words(&"é".repeat(1000)), ["e".repeat(LONGEST)]);
    }

    #[test]
    fn shards_are_known_by_beginnings() {
        assert_eq!(
            [
                "diffusion",
                "ai",
                "ωμεγα",
                "강화",
                "tag:lamps",
                "tag:등불",
                "id:250307565",
                "is:lamplight"
            ]
            .map(shard_key),
            ["dif", "ai", "ωμε", "강", "tag:lam", "tag:등", "id:250307565", "lam"]
        );
    }

    /// What [`search_words`] does, as the script on the page of the search does it: every run of letters is folded.
    fn words_of_folded(text: &str) -> Vec<String> {
        let (mut room, mut found) = (String::new(), Vec::new());
        for run in runs(text).iter().flat_map(|run| runs(fold(run, &mut room))) {
            by_script(&run, &mut |word: &str| found.push(word.to_owned()));
        }
        found
    }

    fn runs(text: &str) -> Vec<String> {
        text.split(|c| !is_of_word(c)).filter(|run| !run.is_empty()).map(str::to_owned).collect()
    }

    proptest::proptest! {
        #[test]
        fn words_are_found_however_they_lie(text in "([a-cA-C0-9가-깋一-丏ぁ-か]{0,3}[\u{300}-\u{303}éÅÖΣ漢\u{f900}\u{1112}\u{1161}\u{11ab}ー・ -/、]{0,2}){0,8}") {
            proptest::prop_assert_eq!(words(&text), words_of_folded(&text));
        }

        #[test]
        fn folded_words_are_their_own(text in "\\PC{0,40}") {
            for word in words(&text) {
                let all = words(&word);
                proptest::prop_assert!(all == [word.as_str()], "{text:?}: {word:?} {all:?}");
            }
        }
    }
}

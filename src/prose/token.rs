//! Tokens for related papers: ASCII words, and pairs of neighbouring Hangul, Kana and Han characters.
//!
//! Tokens are hashes from the start: nothing is interned, so threads that read files share nothing. Works on bytes,
//! since this runs over every word of the site.

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// The longest word worth comparing; the rest of a longer one is ignored.
const LONGEST: usize = 32;

/// Calls `sink` with the hash of every token of a plain text, in order, with repeats.
pub fn tokens(plain: &str, mut sink: impl FnMut(u32)) {
    let bytes = plain.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            at = word(bytes, at, &mut sink);
        } else if is_wide(bytes, at) {
            let len = wide_run(bytes, at);
            bytes[at..at + len].windows(6).step_by(3).for_each(|pair| sink(mixed(packed(pair))));
            at += len;
        } else {
            at += 1;
        }
    }
}

/// Whether a character of Kana, Han or Hangul starts here: three bytes from U+3040 to U+D7FF.
fn is_wide(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        0xe3 => bytes.get(at + 1).is_some_and(|&second| second >= 0x81),
        first => (0xe4..=0xed).contains(&first),
    }
}

fn wide_run(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    while end < bytes.len() && is_wide(bytes, end) {
        end += 3;
    }
    end - start
}

/// How many ASCII letters and digits stand here.
pub(super) fn letters(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    loop {
        let len = Eight::at(bytes, end).word();
        end += len;
        if len < 8 {
            return end - start;
        }
    }
}

/// Reads the word that starts here; answers with where it ends.
fn word(bytes: &[u8], start: usize, sink: &mut impl FnMut(u32)) -> usize {
    let eight = Eight::at(bytes, start);
    let (letters, len) = (eight.letters(), eight.word());
    if len == 8 && bytes.get(start + 8).is_some_and(u8::is_ascii_alphanumeric) {
        return long_word(bytes, start, sink);
    }
    let packed = eight.folded(len);
    // A short word is a number: nothing needs to be copied or compared byte by byte.
    if len > 1 && letters.first(len) && !is_stop_word(packed) {
        sink(mixed(packed));
    }
    start + len
}

/// The same for a word of more than eight bytes.
fn long_word(bytes: &[u8], start: usize, sink: &mut impl FnMut(u32)) -> usize {
    let len = letters(bytes, start);
    let word = &bytes[start..start + len];
    if word.iter().any(u8::is_ascii_alphabetic) {
        let mut folded = [0; LONGEST];
        let kept = len.min(LONGEST);
        folded[..kept].copy_from_slice(&word[..kept]);
        folded.make_ascii_lowercase();
        sink(hash(&folded[..kept], 0));
    }
    start + len
}

/// Eight bytes of a text in one number, the first one lowest; zeros after its end.
#[derive(Clone, Copy)]
struct Eight(u64);

/// Of eight bytes, which have a property: those whose highest bit is set.
#[derive(Clone, Copy)]
struct Those(u64);

impl Eight {
    fn at(bytes: &[u8], start: usize) -> Self {
        let mut eight = [0; 8];
        match bytes[start..].first_chunk() {
            Some(all) => eight = *all,
            None => eight[..bytes.len() - start].copy_from_slice(&bytes[start..]),
        }
        Self(u64::from_le_bytes(eight))
    }

    /// The bytes from one to another, both ASCII. Below 128, a byte gets its highest bit when what is missing is added.
    fn between(self, first: u8, last: u8) -> Those {
        let low = self.0 & !HIGH;
        let from = low + EACH * u64::from(0x80 - first);
        let beyond = low + EACH * u64::from(0x7f - last);
        Those(from & !beyond & !self.0 & HIGH)
    }

    fn letters(self) -> Those {
        Self(self.0 | SMALL).between(b'a', b'z')
    }

    /// How many letters and digits it begins with.
    fn word(self) -> usize {
        let word = self.letters().0 | self.between(b'0', b'9').0;
        (!word & HIGH).trailing_zeros() as usize / 8
    }

    /// The first bytes as [`packed`] gives them, letters small.
    fn folded(self, len: usize) -> u64 {
        let folded = (self.0 | SMALL).swap_bytes();
        if len == 0 { 0 } else { folded >> (64 - 8 * len) }
    }
}

impl Those {
    /// Whether one of the first bytes is among them.
    fn first(self, len: usize) -> bool {
        self.0.trailing_zeros() as usize / 8 < len
    }
}

/// A one in each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each.
const HIGH: u64 = EACH << 7;
/// The bit that makes letters small, in each; digits have it anyway.
const SMALL: u64 = EACH << 5;

/// The hash of a name of some kind: equal names of two kinds are different terms.
pub fn hash(name: &[u8], kind: u8) -> u32 {
    xxh3_64_with_seed(name, u64::from(kind)) as u32
}

/// Up to eight bytes as a number; none of them is zero, so no two texts are one number.
const fn packed(bytes: &[u8]) -> u64 {
    let (mut packed, mut at) = (0, 0);
    while at < bytes.len() {
        packed = packed << 8 | bytes[at] as u64;
        at += 1;
    }
    packed
}

/// The hash of a short token: every bit of it moves the upper bits.
const fn mixed(packed: u64) -> u32 {
    let product = packed as u128 * 0x9e37_79b9_7f4a_7c15;
    (product as u64 ^ (product >> 64) as u64).rotate_left(32) as u32
}

/// Words so common that they say nothing about a paper.
pub const STOP_WORDS: [&str; 73] = [
    "an", "as", "at", "be", "by", "do", "if", "in", "is", "it", "no", "of", "on", "or", "so", "to",
    "we", "abs", "all", "and", "are", "but", "can", "for", "has", "its", "may", "not", "our",
    "the", "use", "via", "was", "also", "been", "both", "each", "from", "have", "http", "into",
    "more", "most", "only", "over", "show", "such", "than", "that", "they", "this", "were", "when",
    "will", "with", "based", "could", "https", "other", "paper", "their", "these", "those",
    "under", "using", "where", "which", "while", "between", "however", "propose", "results",
    "through",
];

/// Where each stop word is looked for: at the slot of its hash, or in the next free one.
static STOP_TABLE: [u64; 256] = {
    let (mut table, mut word) = ([0; 256], 0);
    while word < STOP_WORDS.len() {
        let packed = packed(STOP_WORDS[word].as_bytes());
        let mut slot = slot(packed);
        while table[slot] != 0 {
            slot = (slot + 1) % table.len();
        }
        table[slot] = packed;
        word += 1;
    }
    table
};

const fn slot(packed: u64) -> usize {
    (mixed(packed) >> 24) as usize
}

/// Whether a word in small letters is one of them.
pub fn is_common(word: &str) -> bool {
    let eight = Eight::at(word.as_bytes(), 0);
    word.len() <= 8 && word.is_ascii() && is_stop_word(eight.folded(word.len()))
}

fn is_stop_word(packed: u64) -> bool {
    let mut slot = slot(packed);
    while STOP_TABLE[slot] != 0 {
        if STOP_TABLE[slot] == packed {
            return true;
        }
        slot = (slot + 1) % STOP_TABLE.len();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        let mut count = 0;
        tokens(text, |_| count += 1);
        count
    }

    fn all(text: &str) -> Vec<u32> {
        let mut found = Vec::new();
        tokens(text, |token| found.push(token));
        found
    }

    #[test]
    fn words_are_folded_and_stop_words_dropped() {
        assert_eq!(all("Diffusion MODELS"), all("the diffusion, models of 2025 x"));
        assert_eq!(count("a an the 42"), 0);
        assert!(STOP_WORDS.iter().all(|word| count(word) == 0));
    }

    #[test]
    fn tokens_of_any_length_differ() {
        let words = ["ab", "ba", "abcdefgh", "abcdefgi", "bbcdefgh", "abcdefghi", "2025a", "2026a"];
        let mut hashes: Vec<u32> = words.iter().flat_map(|word| all(word)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), words.len());
    }

    /// What [`tokens`] does, byte by byte.
    fn words_one_by_one(text: &str) -> Vec<u32> {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() > 1);
        let words = words
            .filter(|word| word.contains(|c: char| c.is_ascii_alphabetic()))
            .map(str::to_ascii_lowercase);
        let words = words.filter(|word| !STOP_WORDS.contains(&word.as_str()));
        let hash = |word: String| match word.as_bytes() {
            short if short.len() <= 8 => mixed(packed(short)),
            long => hash(&long[..long.len().min(LONGEST)], 0),
        };
        words.map(hash).collect()
    }

    proptest::proptest! {
        #[test]
        fn words_are_found_however_they_lie(text in "([a-zA-Z0-9]{0,12}[ -~é…\u{7f}]{0,2}){0,8}") {
            proptest::prop_assert_eq!(all(&text), words_one_by_one(&text));
        }
    }

    #[test]
    fn hangul_gives_pairs() {
        assert_eq!(count("확산 모델을"), 3);
        assert_eq!(all("모델을 쓴다")[0], all("모델")[0]);
        assert_eq!(count("Transformer를"), 1);
        assert_eq!(count("가"), 0);
        assert_eq!(count("、。é…"), 0);
    }

    #[test]
    fn a_very_long_word_is_one_token() {
        assert_eq!(count(&"x".repeat(100_000)), 1);
    }
}

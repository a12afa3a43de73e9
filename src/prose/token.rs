//! Tokens for related papers: the words that can be looked for, but for those that say nothing about a paper.
//!
//! Tokens are hashes from the start: nothing is interned, so threads that read files share nothing.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::word::search_words;

/// Calls `sink` with the hash of every token of a plain text, in order, with repeats.
pub fn tokens(plain: &str, mut sink: impl FnMut(u32)) {
    search_words(plain, |word| {
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        let is_letter = word.chars().nth(1).is_none();
        if !(is_number || is_letter || is_common(word)) {
            sink(hash(word.as_bytes(), 0));
        }
    });
}

/// The hash of a name of some kind: equal names of two kinds are different terms.
pub fn hash(name: &[u8], kind: u8) -> u32 {
    xxh3_64_with_seed(name, u64::from(kind)) as u32
}

/// Words so common that they say nothing about a paper, in order.
pub const STOP_WORDS: [&str; 73] = [
    "abs", "all", "also", "an", "and", "are", "as", "at", "based", "be", "been", "between", "both",
    "but", "by", "can", "could", "do", "each", "for", "from", "has", "have", "however", "http",
    "https", "if", "in", "into", "is", "it", "its", "may", "more", "most", "no", "not", "of", "on",
    "only", "or", "other", "our", "over", "paper", "propose", "results", "show", "so", "such",
    "than", "that", "the", "their", "these", "they", "this", "those", "through", "to", "under",
    "use", "using", "via", "was", "we", "were", "when", "where", "which", "while", "will", "with",
];

/// The same, each as a number: every word of every text is looked up, and comparing strings took 7 % of a build.
const PACKED: [u64; STOP_WORDS.len()] = {
    let mut packed = [0; STOP_WORDS.len()];
    let mut at = 0;
    while at < packed.len() {
        packed[at] = pack(STOP_WORDS[at].as_bytes());
        at += 1;
    }
    packed
};

/// A word of at most eight bytes as a number; the order of words is that of their numbers.
const fn pack(word: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    let mut at = 0;
    while at < word.len() {
        bytes[at] = word[at];
        at += 1;
    }
    u64::from_be_bytes(bytes)
}

/// Whether a word in small letters is one of them.
pub fn is_common(word: &str) -> bool {
    word.len() <= 8
        && PACKED.binary_search(&pack(word.as_bytes())).is_ok_and(|place| STOP_WORDS[place] == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<u32> {
        let mut found = Vec::new();
        tokens(text, |token| found.push(token));
        found
    }

    #[test]
    fn words_are_folded_and_stop_words_dropped() {
        assert!(STOP_WORDS.is_sorted() && STOP_WORDS.iter().all(|word| is_common(word)));
        assert!(!["", "lamp", "the\0", "thereafter", "가"].into_iter().any(is_common));
        assert_eq!(all("Diffusion MODELS"), all("the diffusion, models of 2025 x"));
        assert_eq!(all("a an the 42 가"), [0_u32; 0]);
        assert!(STOP_WORDS.iter().all(|word| all(word).is_empty()));
    }

    #[test]
    fn hangul_gives_pairs() {
        assert_eq!(all("확산 모델을").len(), 3);
        assert_eq!(all("모델을 쓴다")[0], all("모델")[0]);
    }
}

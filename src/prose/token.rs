//! Tokens for related papers: ASCII words, and pairs of neighbouring Hangul, Kana and Han characters.
//!
//! Tokens are hashes from the start: nothing is interned, so threads that read files share nothing. Works on bytes,
//! since this runs over every word of the site.

use xxhash_rust::xxh3::xxh3_64;

/// The longest word worth comparing; the rest of a longer one is ignored.
const LONGEST: usize = 32;

/// Calls `sink` with the hash of every token of a plain text, in order, with repeats.
pub fn tokens(plain: &str, mut sink: impl FnMut(u32)) {
    let bytes = plain.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            let len = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            word(&bytes[at..at + len], &mut sink);
            at += len;
        } else if is_wide(bytes, at) {
            let len = wide_run(bytes, at);
            bytes[at..at + len].windows(6).step_by(3).for_each(|pair| sink(hash(pair)));
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

fn word(word: &[u8], sink: &mut impl FnMut(u32)) {
    let mut lower = [0; LONGEST];
    let len = word.len().min(LONGEST);
    let lower = &mut lower[..len];
    lower.copy_from_slice(&word[..len]);
    lower.make_ascii_lowercase();
    if len > 1 && !is_stop_word(lower) && !lower.iter().all(u8::is_ascii_digit) {
        sink(hash(lower));
    }
}

/// The hash of a token.
pub fn hash(token: &[u8]) -> u32 {
    xxh3_64(token) as u32
}

/// Words so common that they say nothing about a paper; those of one length in one string.
fn is_stop_word(word: &[u8]) -> bool {
    let same_length = match word.len() {
        2 => b"anasatbebydoifinisitnoofonorsotowe".as_slice(),
        3 => b"absallandarebutcanforhasitsmaynotourtheuseviawas".as_slice(),
        4 => b"alsobeenbotheachfromhavehttpintomoremostonlyovershowsuchthanthattheythiswerewhenwillwith".as_slice(),
        5 => b"basedcouldhttpsotherpapertheirthesethoseunderusingwherewhichwhile".as_slice(),
        7 => b"betweenhoweverproposeresultsthrough".as_slice(),
        _ => return false,
    };
    same_length.chunks_exact(word.len()).any(|stop| stop == word)
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

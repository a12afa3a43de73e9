//! Every word of a site and where it is found, as lines for files.
//!
//! A word goes into the file that the hash of its beginning names, so that all words that begin like it are in one. A
//! line is a word and what has it, in the order of numbers, each as the distance from the one before with what the word is to
//! it; common words say so, and only name what has them in titles, names or tags. Knows no Site: it is told words.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::found::shards;
use crate::prose;

/// Parts that each thread reads: enough that none waits long for the other.
const PARTS: usize = 4;
/// With so much to find, words may be common.
const MANY: usize = 64;
/// A word is common if more than one in so many has it.
const COMMON: usize = 4;
/// A word that texts have so often says more.
const OFTEN: u8 = 3;

/// What a word is to what has it, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// In its texts.
    Text,
    /// There, again and again.
    Often,
    /// A tag, an author, an organisation, a part of an id.
    Name,
    /// In its title.
    Title,
}

/// The number of something that has a word, and what the word is to it, in one number that sorts by the former.
type Posting = u32;

const RANKS: u32 = 4;

fn posting(number: u32, rank: Rank) -> Posting {
    number * RANKS + rank as u32
}

/// Every word of the site.
#[derive(Debug)]
pub(in crate::render) struct Index {
    /// Of all words and what has them.
    pub(in crate::render) version: String,
    /// The lines of each file.
    pub(in crate::render) shards: Vec<String>,
}

/// A word and what has it, in order.
#[derive(Debug)]
struct Word {
    text: Box<str>,
    had: Vec<Posting>,
}

/// What is asked of a word again and again.
struct Open {
    /// Of the word among all.
    place: u32,
    /// What has it while that is being told, and how often its texts have it.
    posting: Posting,
    times: u8,
}

/// The words of some things that follow each other.
#[derive(Default)]
pub(super) struct Words {
    /// By the hash of the word. It has 64 bits: no two words of a site have the same, but for one site of many millions.
    open: FxHashMap<u64, Open>,
    /// In the order in which they were found first; without what is open.
    found: Vec<Word>,
}

impl Words {
    /// Adds the words of a plain text, which is this to the thing of that number.
    pub(super) fn say(&mut self, number: u32, rank: Rank, text: &str) {
        // Texts are full of what nobody looks for.
        let told = |word: &str| {
            rank > Rank::Text
                || word.len() > 1
                    && word.bytes().any(|byte| !byte.is_ascii_digit())
                    && !prose::is_common(word)
        };
        prose::search_words(text, |word| {
            if told(word) {
                self.add(word, number, rank);
            }
        });
    }

    /// Adds the words of a name by which a search can be narrowed, each with what kind of name it is: `tag:lamp`.
    pub(super) fn say_as(&mut self, number: u32, kind: &str, name: &str) {
        prose::search_words(name, |word| {
            self.add(&[kind, ":", word].concat(), number, Rank::Name);
        });
    }

    fn add(&mut self, word: &str, number: u32, rank: Rank) {
        let found = &mut self.found;
        let open = self.open.entry(xxh3_64(word.as_bytes())).or_insert_with(|| {
            found.push(Word { text: word.into(), had: Vec::new() });
            Open { place: found.len() as u32 - 1, posting: posting(number, Rank::Text), times: 0 }
        });
        if open.posting / RANKS != number {
            found[open.place as usize].had.push(open.posting);
            (open.posting, open.times) = (posting(number, Rank::Text), 0);
        }
        open.times = open.times.saturating_add(u8::from(rank == Rank::Text));
        let rank = if rank == Rank::Text && open.times >= OFTEN { Rank::Often } else { rank };
        open.posting = open.posting.max(posting(number, rank));
    }

    /// The words of each of so many files.
    fn by_shard(mut self, shards: u32) -> Vec<Vec<Word>> {
        for open in self.open.into_values() {
            self.found[open.place as usize].had.push(open.posting);
        }
        let mut of_shards: Vec<Vec<_>> = (0..shards).map(|_| Vec::new()).collect();
        for word in self.found {
            of_shards[shard(&word.text, shards) as usize].push(word);
        }
        of_shards
    }
}

/// The file that a word is in: FNV-1a of the UTF-16 of its stem, as a script computes it with the least effort.
fn shard(word: &str, shards: u32) -> u32 {
    let mix = |hash: u32, unit: u16| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193);
    let hash = prose::stem(word).encode_utf16().fold(0x811c_9dc5, mix);
    (hash ^ hash >> 15) % shards
}

impl Index {
    /// Of so many things, each told by its number.
    pub(super) fn of(count: usize, tell: impl Fn(u32, &mut Words) + Sync) -> Self {
        let shards = shards(count);
        // As with related papers: a thread of the pool must not take up other work while it holds what that waits for.
        let alone = if rayon::current_thread_index().is_some() { usize::MAX } else { 1 };
        let together = count.div_ceil(PARTS * rayon::current_num_threads()).max(1);
        let read = |part: usize| {
            let mut words = Words::default();
            for number in part * together..count.min((part + 1) * together) {
                tell(number as u32, &mut words);
            }
            words.by_shard(shards)
        };
        let parts = (0..count.div_ceil(together)).into_par_iter().with_min_len(alone);
        let parts: Vec<_> = parts.map(read).collect();
        let lines = |file: u32| {
            let common =
                prose::STOP_WORDS.iter().copied().filter(|word| shard(word, shards) == file);
            lines(parts.iter().flat_map(|part| &part[file as usize]), common, count)
        };
        let shards: Vec<String> =
            (0..shards).into_par_iter().with_min_len(alone).map(lines).collect();
        let hashes: Vec<[u8; 8]> =
            shards.iter().map(|lines| xxh3_64(lines.as_bytes()).to_le_bytes()).collect();
        Self { version: format!("{:08x}", xxh3_64(hashes.as_flattened()) >> 32), shards }
    }
}

/// The lines of a file: its words in order, each with what has it in any of the parts.
fn lines<'w>(
    parts: impl Iterator<Item = &'w Word>,
    common: impl Iterator<Item = &'w str>,
    count: usize,
) -> String {
    // Common words stand there even if no title has them: scripts must know that they are common.
    let mut words: Vec<(&str, Vec<&[Posting]>)> = common.map(|word| (word, Vec::new())).collect();
    let mut places: FxHashMap<&str, usize> =
        words.iter().enumerate().map(|(at, (word, _))| (*word, at)).collect();
    for Word { text, had, .. } in parts {
        let place = *places.entry(text).or_insert(words.len());
        if place == words.len() {
            words.push((text, Vec::new()));
        }
        // Parts come in the order of numbers.
        words[place].1.push(had);
    }
    words.sort_unstable_by_key(|&(word, _)| word);
    let mut out = String::new();
    for (word, had) in &words {
        line(word, had, count, &mut out);
    }
    out
}

fn line(word: &str, had: &[&[Posting]], count: usize, out: &mut String) {
    let often: usize = had.iter().map(|had| had.len()).sum();
    let common = prose::is_common(word) || count >= MANY && often > count / COMMON;
    out.push_str(word);
    out.push_str(if common { " *" } else { " " });
    let telling = |posting: &Posting| !common || posting % RANKS >= Rank::Name as u32;
    let mut last = 0;
    for &posting in had.iter().copied().flatten().filter(|posting| telling(posting)) {
        let (number, rank) = (posting / RANKS, posting % RANKS);
        digits((number - last) * RANKS + rank, out);
        last = number;
    }
    out.push('\n');
}

/// A number as digits of five bits from `0` on, lowest first; those that are followed by another one come 32 later.
fn digits(mut number: u32, out: &mut String) {
    loop {
        let more = number > 31;
        out.push(char::from(b'0' + (number % 32) as u8 + if more { 32 } else { 0 }));
        number /= 32;
        if !more {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// What a script makes of the lines of a file.
    fn read(lines: &str) -> BTreeMap<String, (bool, Vec<(u32, u32)>)> {
        let line = |line: &str| {
            let (word, digits) = line.split_once(' ').unwrap();
            let (mut paper, mut number, mut bits, mut papers) = (0, 0, 0, Vec::new());
            for digit in digits.trim_start_matches('*').bytes().map(|byte| u32::from(byte - b'0')) {
                number |= (digit % 32) << bits;
                bits += 5;
                if digit < 32 {
                    paper += number / RANKS;
                    papers.push((paper, number % RANKS));
                    (number, bits) = (0, 0);
                }
            }
            (word.to_owned(), (digits.starts_with('*'), papers))
        };
        lines.lines().map(line).collect()
    }

    proptest! {
        #[test]
        fn files_hold_what_was_said(said in prop::collection::vec(prop::collection::vec(("[a-d]{1,2}|[가-나]", 0_u32..4), 0..9), 1..300)) {
            let (papers, shards) = (said.len(), 4);
            let ranks = [Rank::Text, Rank::Often, Rank::Name, Rank::Title];
            let mut expected: BTreeMap<String, BTreeMap<u32, (u32, u32)>> = BTreeMap::new();
            let mut parts = Vec::new();
            for (part, together) in said.chunks(100).enumerate() {
                let mut words = Words::default();
                for (paper, said) in (part as u32 * 100..).zip(together) {
                    for (word, rank) in said.iter().filter(|(_, rank)| ranks[*rank as usize] != Rank::Often) {
                        words.add(word, paper, ranks[*rank as usize]);
                        let (best, texts) = expected.entry(word.clone()).or_default().entry(paper).or_default();
                        *best = (*best).max(*rank);
                        *texts += u32::from(*rank == 0);
                    }
                }
                parts.push(words.by_shard(shards));
            }
            let mut found = BTreeMap::new();
            for shard in 0..shards {
                let lines = lines(parts.iter().flat_map(|part: &Vec<Vec<Word>>| &part[shard as usize]), std::iter::empty(), papers);
                for (word, holds) in read(&lines) {
                    prop_assert_eq!(super::shard(&word, shards), shard);
                    prop_assert!(found.insert(word, holds).is_none());
                }
            }
            prop_assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
            for (word, (is_common, holds)) in found {
                let rank = |(best, texts): (u32, u32)| if best == 0 && texts >= u32::from(OFTEN) { 1 } else { best };
                let all: Vec<(u32, u32)> = expected[&word].iter().map(|(&paper, &said)| (paper, rank(said))).collect();
                prop_assert_eq!(is_common, papers >= MANY && all.len() > papers / COMMON);
                let telling = all.into_iter().filter(|&(_, rank)| !is_common || rank >= 2);
                prop_assert_eq!(holds, telling.collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn the_file_of_a_word_is_the_one_that_scripts_compute() {
        assert_eq!(
            ["diffusion", "ai", "강화", "ωμεγα"].map(|word| shard(word, 256)),
            [221, 214, 180, 112]
        );
    }
}

//! Every word of a site and where it is found, as lines for files.
//!
//! A word goes into the file that the hash of its beginning names, so that all words that begin like it are in one. A
//! line is a word and what has it, by what the word is to it, each number as the distance from the one before; common words
//! say so, and those that tell nothing in English only name what has them in titles, names or tags. What texts say counts for all forms of a word, and stands at one of them. Below the words, a file tells the first results that
//! have them in their titles, so that a browser shows those without asking for more. Knows no Site: it is told words.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

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
    /// A tag, an organisation, a venue.
    Name,
    /// Who wrote it.
    Author,
    /// In its title.
    Title,
}

/// The number of something that has a word, and what the word is to it, in one number that sorts by the former.
type Posting = u32;

const RANKS: u32 = 5;

fn posting(number: u32, rank: Rank) -> Posting {
    number * RANKS + rank as u32
}

/// Every word of the site.
#[derive(Debug)]
pub(in crate::render) struct Index {
    /// Of all words and what has them.
    pub(in crate::render) version: String,
    /// Each file's words, and what it tells at once, line by line.
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
        let mut say = |word: &str| {
            if is_indexed(rank, word) {
                self.add(word, number, rank);
            }
        };
        prose::search_words(text, &mut say);
        prose::compounds(text, rank > Rank::Text, say);
    }

    /// Adds a title: its words, all of it as one word, and so what stands before a colon: `VAR: …` is called `VAR`.
    pub(super) fn say_title(&mut self, number: u32, title: &str) {
        self.say(number, Rank::Title, title);
        let name = title.split_once(": ").map_or(title, |(name, _)| name);
        for whole in [title, name] {
            let joined = prose::joined(whole);
            if !joined.is_empty() {
                self.add(&["is:", &joined].concat(), number, Rank::Title);
            }
        }
    }

    /// Adds an id as one word: `id:250307565`.
    pub(super) fn say_id(&mut self, number: u32, id: &str) {
        let letters: String = id.chars().filter(|c| c.is_alphanumeric()).collect();
        self.add(&["id:", &letters.to_lowercase()].concat(), number, Rank::Title);
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

fn is_indexed(rank: Rank, word: &str) -> bool {
    rank > Rank::Text
        || word.len() > 1
            && word.bytes().any(|byte| !byte.is_ascii_digit())
            && !prose::is_common(word)
}

/// The file that a word is in: FNV-1a of the UTF-16 of its stem, as a script computes it with the least effort.
fn shard(word: &str, shards: u32) -> u32 {
    let hash = prose::shard_key(word)
        .encode_utf16()
        .fold(0x811c_9dc5, |hash, unit| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193));
    (hash ^ hash >> 15) % shards
}

impl Index {
    /// Of so many things, each told by its number. `kinds` are the numbers with which another kind of thing begins, with how
    /// many of those a file tells at once, and `at_once` is how it tells one.
    pub(super) fn of(
        count: usize,
        kinds: &[(u32, usize)],
        tell: impl Fn(u32, &mut Words) + Sync,
        at_once: impl Fn(u32) -> String + Sync,
    ) -> Self {
        let shards = shards(count);
        // As with related papers: a thread of the pool must not take up other work while it holds what that waits for.
        let alone = if rayon::current_thread_index().is_some() { usize::MAX } else { 1 };
        let together = count.div_ceil(PARTS * rayon::current_num_threads()).max(1);
        let parts = (0..count.div_ceil(together)).into_par_iter().with_min_len(alone);
        let parts: Vec<_> = parts
            .map(|part| {
                let mut words = Words::default();
                for number in part * together..count.min((part + 1) * together) {
                    tell(number as u32, &mut words);
                }
                words.by_shard(shards)
            })
            .collect();
        let file = |file: u32| {
            let common =
                prose::STOP_WORDS.iter().copied().filter(|word| shard(word, shards) == file);
            let words = words(parts.iter().flat_map(|part| &part[file as usize]), common);
            let mut out = String::new();
            for (word, had) in &words {
                line(word, had, count, &mut out);
            }
            out.push('\n');
            for number in titled(&words, kinds) {
                out.push_str(&at_once(number));
                out.push('\n');
            }
            out
        };
        let shards: Vec<String> =
            (0..shards).into_par_iter().with_min_len(alone).map(file).collect();
        let hashes: Vec<[u8; 8]> =
            shards.iter().map(|lines| xxh3_64(lines.as_bytes()).to_le_bytes()).collect();
        Self { version: format!("{:08x}", xxh3_64(hashes.as_flattened()) >> 32), shards }
    }
}

/// The words of a file in order, each with what has it in any of the parts.
fn words<'w>(
    parts: impl Iterator<Item = &'w Word>,
    common: impl Iterator<Item = &'w str>,
) -> Vec<(&'w str, Vec<Posting>)> {
    // Common words stand there even if no title has them: scripts must know that they are common.
    let mut words: Vec<(&str, Vec<Posting>)> = common.map(|word| (word, Vec::new())).collect();
    let mut places: FxHashMap<&str, usize> =
        words.iter().enumerate().map(|(at, (word, _))| (*word, at)).collect();
    for Word { text, had, .. } in parts {
        let place = *places.entry(text).or_insert(words.len());
        if place == words.len() {
            words.push((text, Vec::new()));
        }
        // Parts come in the order of numbers.
        words[place].1.extend(had);
    }
    words.sort_unstable_by_key(|&(word, _)| word);
    gather_forms(&mut words);
    words
}

/// Moves what texts say from all forms of a word to the shortest of them, and drops the forms that nothing else has.
fn gather_forms(words: &mut Vec<(&str, Vec<Posting>)>) {
    let mut forms: BTreeMap<Cow<'_, str>, Vec<usize>> = BTreeMap::new();
    for (at, (word, _)) in words.iter().enumerate() {
        // Of a name, every form is its own.
        if word.is_ascii() && !word.contains(':') {
            forms.entry(prose::stem(word)).or_default().push(at);
        }
    }
    for forms in forms.values().filter(|forms| forms.len() > 1) {
        let shortest = forms.iter().copied().min_by_key(|&at| (words[at].0.len(), at));
        let mut texts: Vec<Posting> = Vec::new();
        for &at in forms {
            texts
                .extend(words[at].1.extract_if(.., |posting| *posting % RANKS < Rank::Name as u32));
        }
        let had = &mut words[shortest.unwrap_or(forms[0])].1;
        had.append(&mut texts);
        // Of each thing only what tells most of it: the last of those that sort together.
        had.sort_unstable_by_key(|&posting| Reverse(posting));
        had.dedup_by_key(|posting| *posting / RANKS);
        had.reverse();
    }
    words.retain(|(word, had)| !had.is_empty() || prose::is_common(word));
}

/// The numbers of what has a word of a file in its title: of each word and each kind of thing the first.
fn titled(words: &[(&str, Vec<Posting>)], kinds: &[(u32, usize)]) -> BTreeSet<u32> {
    let mut numbers = BTreeSet::new();
    for (_, had) in words.iter().filter(|(word, _)| !word.contains(':')) {
        let in_title = had.iter().filter(|posting| *posting % RANKS == Rank::Title as u32);
        let (mut kind, mut taken) = (usize::MAX, 0);
        for number in in_title.map(|posting| posting / RANKS) {
            let of = kinds.partition_point(|(first, _)| *first <= number).saturating_sub(1);
            taken = if of == kind { taken + 1 } else { 1 };
            kind = of;
            if kinds.get(of).is_some_and(|(_, most)| taken <= *most) {
                numbers.insert(number);
            }
        }
    }
    numbers
}

/// A word, then by rank from the highest what has it, each list as the distances between its numbers: most of them are small,
/// and pack well.
fn line(word: &str, had: &[Posting], count: usize, out: &mut String) {
    let common = prose::is_common(word) || count >= MANY && had.len() > count / COMMON;
    out.push_str(word);
    out.push_str(if common { " *" } else { " " });
    let lowest = if prose::is_common(word) { Rank::Name } else { Rank::Text } as u32;
    for rank in (lowest..RANKS).rev() {
        let mut last = 0;
        for number in had.iter().filter(|&had| had % RANKS == rank).map(|had| had / RANKS) {
            digits(number - last, out);
            last = number;
        }
        out.push(' ');
    }
    out.truncate(out.trim_end_matches(' ').len());
    out.push('\n');
}

/// A number as digits of five bits from `0` on, lowest first; those that are followed by another one come 32 later.
pub(in crate::render) fn digits(mut number: u32, out: &mut String) {
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
    use proptest::prelude::*;

    use super::*;

    /// What a script makes of the lines of a file.
    fn read(lines: &str) -> BTreeMap<String, (bool, Vec<(u32, u32)>)> {
        lines.lines().map(read_line).collect()
    }

    fn read_line(line: &str) -> (String, (bool, Vec<(u32, u32)>)) {
        let (word, lists) = line.split_once(' ').unwrap_or((line, ""));
        let mut papers = Vec::new();
        for (rank, list) in (0..RANKS).rev().zip(lists.trim_start_matches('*').split(' ')) {
            let (mut paper, mut number, mut bits) = (0, 0, 0);
            for digit in list.bytes().map(|byte| u32::from(byte - b'0')) {
                number |= (digit % 32) << bits;
                bits += 5;
                if digit < 32 {
                    paper += number;
                    papers.push((paper, rank));
                    (number, bits) = (0, 0);
                }
            }
        }
        papers.sort_unstable();
        (word.to_owned(), (lists.starts_with('*'), papers))
    }

    proptest! {
        #[test]
        fn files_hold_what_was_said(said in prop::collection::vec(prop::collection::vec(("[a-d]{1,2}|[가-나]", 0_u32..5), 0..9), 1..300)) {
            let (papers, shards) = (said.len(), 4);
            let ranks = [Rank::Text, Rank::Often, Rank::Name, Rank::Author, Rank::Title];
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
                let words = words(parts.iter().flat_map(|part: &Vec<Vec<Word>>| &part[shard as usize]), std::iter::empty());
                let mut lines = String::new();
                for (word, had) in &words {
                    line(word, had, papers, &mut lines);
                }
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
                prop_assert_eq!(holds, all);
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

//! The search: which papers hold a word, cut into files of which a browser asks for those that it needs.
//!
//! A word goes into the file that the hash of its beginning names, so that all words that begin like it are in one. A
//! line of such a file is a word and its papers, newest first, each as the distance from the one before with what the
//! word is to it; common words say so, and only have papers whose titles, authors or tags hold them. What a result looks
//! like is the theme's: files of their own hold sixteen each. Every file begins with the version of the whole, so that a
//! browser notices files that do not belong together.
//!
//! `themes/offprint/static/search.js` reads all this; `docs/themes.md` describes it for other readers.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;
use tera::Context;
use xxhash_rust::xxh3::xxh3_64;

use super::Press;
use super::pages::put;
use super::views::SearchView;
use crate::diagnostic::Finding;
use crate::plan::{RESULTS, shards};
use crate::prose;
use crate::route::Route;
use crate::site::PaperIndex;

/// Parts that each thread reads: enough that none waits long for the other.
const PARTS: usize = 4;
/// On a site of so many papers and more, words may be common.
const MANY: usize = 64;
/// A word is common if more than one in so many papers has it.
const COMMON: usize = 4;
/// A word that a paper's texts have so often says more about it.
const OFTEN: u8 = 3;

/// What a word is to a paper, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// In its texts.
    Text,
    /// There, again and again.
    Often,
    /// A tag, an author, an organisation, a part of an id.
    Name,
    /// In its title.
    Title,
}

/// A paper that has a word, and what the word is to it, in one number that sorts by paper.
type Posting = u32;

const RANKS: u32 = 4;

fn posting(paper: PaperIndex, rank: Rank) -> Posting {
    paper * RANKS + rank as u32
}

/// Every word of the site.
#[derive(Debug)]
pub(super) struct Index {
    /// Of all words and papers.
    version: String,
    /// The lines of each file.
    shards: Vec<String>,
}

/// `search/index.json`
#[derive(Serialize)]
struct Sizes<'a> {
    version: &'a str,
    /// How many there are.
    papers: usize,
    /// Files of words.
    words: u32,
    /// Papers in a file of results.
    results: usize,
}

/// `search/results/NUMBER.json`
#[derive(Serialize)]
struct Results<'a> {
    version: &'a str,
    papers: Vec<String>,
}

/// A word with the papers that have it, in order.
#[derive(Debug)]
struct Word {
    text: Box<str>,
    papers: Vec<Posting>,
    /// The last of them while it is being read, and how often its texts have the word.
    open: Posting,
    times: u8,
}

/// The words of some papers that follow each other.
#[derive(Default)]
struct Words {
    /// By the hash of the word. It has 64 bits: no two words of a site have the same, but for one site of many millions.
    numbers: FxHashMap<u64, u32>,
    /// In the order in which they were found first.
    found: Vec<Word>,
}

impl Words {
    fn add(&mut self, word: &str, paper: PaperIndex, rank: Rank) {
        let found = &mut self.found;
        let number = *self.numbers.entry(xxh3_64(word.as_bytes())).or_insert_with(|| {
            let (papers, open) = (Vec::new(), posting(paper, Rank::Text));
            found.push(Word { text: word.into(), papers, open, times: 0 });
            found.len() as u32 - 1
        });
        let word = &mut found[number as usize];
        if word.open / RANKS != paper {
            word.papers.push(word.open);
            (word.open, word.times) = (posting(paper, Rank::Text), 0);
        }
        word.times = word.times.saturating_add(u8::from(rank == Rank::Text));
        let rank = if rank == Rank::Text && word.times >= OFTEN { Rank::Often } else { rank };
        word.open = word.open.max(posting(paper, rank));
    }

    /// The words of each of so many files.
    fn by_shard(self, shards: u32) -> Vec<Vec<Word>> {
        let mut of_shards: Vec<Vec<_>> = (0..shards).map(|_| Vec::new()).collect();
        for mut word in self.found {
            word.papers.push(word.open);
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
    fn of(press: &Press<'_>) -> Self {
        let papers = press.site.paper_count();
        let shards = shards(papers);
        // As with related papers: a thread of the pool must not take up other work while it holds what that waits for.
        let alone = if rayon::current_thread_index().is_some() { usize::MAX } else { 1 };
        let together = papers.div_ceil(PARTS * rayon::current_num_threads()).max(1);
        let read = |part: usize| {
            let mut words = Words::default();
            for paper in part * together..papers.min((part + 1) * together) {
                press.search_words_of(paper as PaperIndex, &mut words);
            }
            words.by_shard(shards)
        };
        let parts = (0..papers.div_ceil(together)).into_par_iter().with_min_len(alone);
        let parts: Vec<_> = parts.map(read).collect();
        let lines = |number: u32| {
            let common = prose::STOP_WORDS.iter().copied().filter(|word| shard(word, shards) == number);
            lines(parts.iter().flat_map(|part| &part[number as usize]), common, papers)
        };
        let shards: Vec<String> = (0..shards).into_par_iter().with_min_len(alone).map(lines).collect();
        let version = xxh3_64(
            shards.iter().map(|lines| xxh3_64(lines.as_bytes()).to_le_bytes()).collect::<Vec<_>>().as_flattened(),
        );
        Self { version: format!("{:08x}", version >> 32), shards }
    }
}

/// The lines of a file: its words, each with the papers of all parts.
fn lines<'w>(parts: impl Iterator<Item = &'w Word>, common: impl Iterator<Item = &'w str>, papers: usize) -> String {
    // Common words stand there even if no paper has them in its title: scripts must know that they are common.
    let mut words: Vec<(&str, Vec<&[Posting]>)> = common.map(|word| (word, Vec::new())).collect();
    let mut numbers: FxHashMap<&str, usize> = words.iter().enumerate().map(|(at, (word, _))| (*word, at)).collect();
    for Word { text, papers, .. } in parts {
        let number = *numbers.entry(text).or_insert(words.len());
        if number == words.len() {
            words.push((text, Vec::new()));
        }
        // Parts come in the order of papers.
        words[number].1.push(papers);
    }
    words.sort_unstable_by_key(|&(word, _)| word);
    let mut out = String::new();
    for (word, found) in &words {
        line(word, found, papers, &mut out);
    }
    out
}

fn line(word: &str, found: &[&[Posting]], papers: usize, out: &mut String) {
    let count: usize = found.iter().map(|papers| papers.len()).sum();
    let common = prose::is_common(word) || papers >= MANY && count > papers / COMMON;
    out.push_str(word);
    out.push_str(if common { " *" } else { " " });
    let telling = |posting: &Posting| !common || posting % RANKS >= Rank::Name as u32;
    let mut last = 0;
    for &posting in found.iter().copied().flatten().filter(|posting| telling(posting)) {
        let (paper, rank) = (posting / RANKS, posting % RANKS);
        digits((paper - last) * RANKS + rank, out);
        last = paper;
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

impl Press<'_> {
    /// The words of the site; made once.
    pub(super) fn search(&self) -> &Index {
        self.shared.search.get_or_init(|| Index::of(self))
    }

    /// Every word by which a paper can be found.
    fn search_words_of(&self, paper: PaperIndex, words: &mut Words) {
        let mut add = |text: &str, rank: Rank| prose::search_words(text, |word| words.add(word, paper, rank));
        add(self.title(paper), Rank::Title);
        for title in self.site.other_titles(paper) {
            add(title, Rank::Title);
        }
        for id in self.ids(paper) {
            add(id.as_str(), Rank::Name);
        }
        for tag in self.site.tags_of(paper) {
            add(tag.text(), Rank::Name);
            let config = self.config.tag.iter().find(|config| config.tag.as_str() == tag.text());
            config.into_iter().flat_map(|config| &config.label.texts).for_each(|(_, label)| add(label, Rank::Name));
        }
        for &entry in self.site.entries_of(paper) {
            let entry = self.site.entry(entry);
            let names = entry.authors.iter().chain(&entry.org).map(String::as_str).chain(entry.field("venue"));
            names.for_each(|name| add(name, Rank::Name));
        }
        for &entry in self.site.entries_of(paper) {
            let entry = self.site.entry(entry);
            for text in entry.body.iter().map(|passage| &passage.text).chain(&entry.abstract_text) {
                let told = |word: &str| {
                    word.len() > 1 && word.bytes().any(|byte| !byte.is_ascii_digit()) && !prose::is_common(word)
                };
                prose::search_words(&prose::unwrapped(&text.text), |word| {
                    if told(word) {
                        words.add(word, paper, Rank::Text);
                    }
                });
            }
        }
    }

    /// `search`, for its page.
    pub(super) fn search_view(&self) -> SearchView {
        // A file of a folder, without its name.
        let folder = |route: &Route| {
            let mut address = self.href(route);
            address.truncate(address.rfind('/').map_or(0, |slash| slash + 1));
            address
        };
        SearchView {
            index: self.href(&Route::SearchIndex),
            words: folder(&Route::SearchWords(0)),
            results: folder(&Route::SearchResults(0)),
        }
    }

    /// `search/index.json`
    pub(super) fn search_index(&self) -> String {
        let papers = self.site.paper_count();
        json(&Sizes { version: &self.search().version, papers, words: shards(papers), results: RESULTS })
    }

    /// `search/words/NUMBER.txt`
    pub(super) fn search_words(&self, file: u32) -> String {
        let index = self.search();
        let lines = index.shards.get(file as usize).map_or("", String::as_str);
        [&index.version, "\n", lines].concat()
    }

    /// `search/results/NUMBER.json`, with each paper as `result` makes it of what its template is given.
    pub(super) fn search_results(
        &self,
        file: u32,
        result: impl Fn(Context) -> Result<Vec<u8>, Vec<Finding>>,
    ) -> Result<Vec<u8>, Vec<Finding>> {
        let html = |paper: PaperIndex| {
            let mut context = self.base();
            self.result(paper, &mut context);
            // Templates are made of text.
            Ok(String::from_utf8_lossy(result(context)?.trim_ascii()).into_owned())
        };
        let papers: Result<_, Vec<Finding>> = self.results_of(file).map(html).collect();
        Ok(json(&Results { version: &self.search().version, papers: papers? }).into_bytes())
    }

    /// What the template is given for the first paper of a file.
    pub(super) fn first_result(&self, file: u32, context: &mut Context) {
        if let Some(paper) = self.results_of(file).next() {
            self.result(paper, context);
        }
    }

    fn results_of(&self, file: u32) -> impl Iterator<Item = PaperIndex> {
        self.site.papers().skip(file as usize * RESULTS).take(RESULTS)
    }

    fn result(&self, paper: PaperIndex, context: &mut Context) {
        put(context, "page", self.page_of_papers());
        put(context, "paper", self.paper_view(paper));
    }
}

/// What is written here always has a form in JSON.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
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
        assert_eq!(["diffusion", "ai", "강화", "ωμεγα"].map(|word| shard(word, 256)), [221, 214, 180, 112]);
    }
}

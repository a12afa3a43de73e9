//! Related papers: TF-IDF over words and Hangul bigrams, with tags and authors as terms of their own.
//!
//! All arithmetic is on integers, with idf rounded to a whole number, so that any machine finds the same
//! order and one edit changes the weights of few papers.

mod terms;

use std::borrow::Cow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::adjacency::Lists;
use super::{PaperIndex, Site};
use terms::{TERM_BITS, Term, fold};
pub(super) use terms::{Terms, terms};

/// Terms kept of a paper: those that tell most.
const KEPT: usize = 32;
/// Occurrences that a query follows: what makes it cost the same on a site of any size.
const FOLLOWED: usize = 512;
/// For each paper asked for, so many are compared term by term.
const COMPARED: usize = 2;

/// The index that answers which papers are near.
#[derive(Debug)]
pub struct Related {
    /// The kept terms of each paper, in order, each with its weight in the lowest byte.
    weights: Vec<Box<[u32]>>,
    /// The square of each paper's length, with the terms that are not kept.
    lengths: Vec<u32>,
    /// For each term the papers that keep it, each with the weight in the lowest byte.
    papers: OnceLock<Lists>,
    /// How many questions were answered without those lists.
    asked: AtomicU32,
}

/// So many questions are answered by looking through the terms of all papers: a preview asks once or twice of each
/// Site, and the lists take ten times as long to make. The answers are the same.
const FEW: u32 = 4;

/// A paper or a term with a weight, in one number.
fn pack(number: u32, weight: u32) -> u32 {
    number << 8 | weight
}

fn unpack(packed: u32) -> (u32, u32) {
    (packed >> 8, packed & 0xff)
}

impl Related {
    /// Indexes every paper of a site.
    pub(super) fn of(site: &Site) -> Self {
        use rayon::prelude::*;
        // A thread of the pool takes up other work while it waits for its helpers, and that may ask for the very index
        // that it is making: such a thread makes it alone.
        let alone = if rayon::current_thread_index().is_some() { usize::MAX } else { 1 };
        let papers = site.papers().into_par_iter().with_min_len(alone);
        let terms: Vec<Cow<'_, [Term]>> = papers.map(|paper| paper_terms(site, paper)).collect();
        let idf = idf(&terms);
        Self::new(terms.par_iter().with_min_len(alone).map(|terms| weigh(terms, &idf)).collect())
    }

    fn new(papers: Vec<(Box<[u32]>, u32)>) -> Self {
        let (weights, lengths) = papers.into_iter().unzip();
        Self { weights, lengths, papers: OnceLock::new(), asked: AtomicU32::new(0) }
    }

    fn lists(&self) -> Lists {
        Lists::from_ascending(1 << TERM_BITS, || {
            let packed = |paper: u32, term: u32| (unpack(term).0, pack(paper, unpack(term).1));
            (0_u32..)
                .zip(&self.weights)
                .flat_map(move |(paper, terms)| terms.iter().map(move |&term| packed(paper, term)))
        })
    }

    /// For each term of a paper all papers that keep it.
    fn papers_by_term(&self, paper: PaperIndex) -> Vec<Cow<'_, [u32]>> {
        let few = self.papers.get().is_none() && self.asked.fetch_add(1, Ordering::Relaxed) < FEW;
        if few {
            return self.looked_through(paper).into_iter().map(Cow::Owned).collect();
        }
        let papers = self.papers.get_or_init(|| self.lists());
        self.weights[paper as usize]
            .iter()
            .map(|&term| Cow::Borrowed(papers.of(unpack(term).0)))
            .collect()
    }

    /// The same without lists.
    fn looked_through(&self, paper: PaperIndex) -> Vec<Vec<u32>> {
        let terms = &self.weights[paper as usize];
        let mut places = vec![0_u8; 1 << TERM_BITS];
        for (&term, place) in terms.iter().zip(1_u8..) {
            places[unpack(term).0 as usize] = place;
        }
        let mut found = vec![Vec::new(); terms.len()];
        for (other, others) in (0_u32..).zip(&self.weights) {
            for (term, weight) in others.iter().copied().map(unpack) {
                if let Some(place) = usize::from(places[term as usize]).checked_sub(1) {
                    found[place].push(pack(other, weight));
                }
            }
        }
        found
    }

    /// The nearest papers, best first; equals in the order of papers. Rare terms say who comes into question,
    /// all terms decide.
    pub(super) fn nearest(
        &self,
        paper: PaperIndex,
        count: usize,
        room: &mut Room,
    ) -> Vec<PaperIndex> {
        let own = Own::new(&self.weights[paper as usize]);
        let mut best = Best::new(count);
        for other in self.in_question(paper, count * COMPARED, room) {
            best.offer(other, own.dot(&self.weights[other as usize]), self.lengths[other as usize]);
        }
        best.papers()
    }

    /// The papers nearest by rare terms, best first.
    fn in_question(
        &self,
        paper: PaperIndex,
        count: usize,
        Room { dots, touched }: &mut Room,
    ) -> Vec<PaperIndex> {
        let weights = self.weights[paper as usize].iter().map(|&term| unpack(term).1);
        let mut terms: Vec<(Cow<'_, [u32]>, u32)> =
            self.papers_by_term(paper).into_iter().zip(weights).collect();
        terms.sort_by_key(|(papers, _)| papers.len());
        // Products of two bytes, one for each term that is kept: far from overflowing.
        dots.resize(self.weights.len(), 0);
        let mut followed = 0;
        for (papers, weight) in terms {
            followed += papers.len();
            if followed > FOLLOWED && !touched.is_empty() {
                break;
            }
            for (other, other_weight) in papers.iter().copied().map(unpack) {
                let dot = &mut dots[other as usize];
                if *dot == 0 {
                    touched.push(other);
                }
                *dot += weight * other_weight;
            }
        }
        dots[paper as usize] = 0;
        let mut best = Best::new(count);
        for other in touched.drain(..) {
            best.offer(
                other,
                std::mem::take(&mut dots[other as usize]),
                self.lengths[other as usize],
            );
        }
        best.papers()
    }
}

/// What a question writes on, and leaves as it was: whoever asks many brings it along, for making it takes as long as
/// answering where papers are many.
#[derive(Debug, Default)]
pub struct Room {
    /// What each paper has in common with the one that is asked for.
    dots: Vec<u32>,
    /// Those that have something.
    touched: Vec<PaperIndex>,
}

/// The terms of one paper, placed so that those of many others are compared with them without a branch: which come
/// first cannot be foreseen.
struct Own {
    /// By the lowest bits of the term.
    places: [u32; 256],
    /// Those whose place was taken.
    others: Vec<u32>,
}

impl Own {
    fn new(terms: &[u32]) -> Self {
        let mut own = Self { places: [0; 256], others: Vec::new() };
        for &term in terms {
            match &mut own.places[place(term)] {
                free @ 0 => *free = term,
                _ => own.others.push(term),
            }
        }
        own
    }

    /// What another paper has in common with this one.
    fn dot(&self, terms: &[u32]) -> u32 {
        let product = |(a, b): (u32, u32)| {
            let ((term, weight), (other, other_weight)) = (unpack(a), unpack(b));
            u32::from(term == other) * weight * other_weight
        };
        let placed: u32 = terms.iter().map(|&term| product((self.places[place(term)], term))).sum();
        let found = |own: u32| {
            let at = terms.binary_search_by_key(&unpack(own).0, |&term| unpack(term).0);
            at.map_or(0, |at| product((own, terms[at])))
        };
        placed + self.others.iter().map(|&own| found(own)).sum::<u32>()
    }
}

fn place(term: u32) -> usize {
    unpack(term).0 as usize % 256
}

/// The papers with the greatest cosine so far, best first.
struct Best {
    count: usize,
    papers: Vec<(u64, PaperIndex)>,
    /// The least rank that gets in.
    bar: u64,
}

impl Best {
    fn new(count: usize) -> Self {
        Self { count, papers: Vec::with_capacity(count + 1), bar: 0 }
    }

    /// Offers a paper; in whatever order they are offered, the answer is the same.
    // The rank is the cosine, squared and without the factor that is the same for all: dot² / length². Most
    // papers are turned away, so they are compared without the division.
    fn offer(&mut self, paper: PaperIndex, dot: u32, length: u32) {
        let (dot, length) = (u64::from(dot), u64::from(length));
        if dot == 0 || self.count == 0 || dot * dot < self.bar * length {
            return;
        }
        let rank = dot * dot / length;
        let at = self
            .papers
            .partition_point(|&(other, number)| other > rank || other == rank && number < paper);
        self.papers.insert(at, (rank, paper));
        self.papers.truncate(self.count);
        if let Some(&(worst, _)) = self.papers.get(self.count - 1) {
            self.bar = worst;
        }
    }

    fn papers(self) -> Vec<PaperIndex> {
        self.papers.into_iter().map(|(_, paper)| paper).collect()
    }
}

fn paper_terms(site: &Site, paper: PaperIndex) -> Cow<'_, [Term]> {
    let entries = site.entries_of(paper);
    let of = |entry: u32| &site.digest_of(entry).terms()[site.position(entry)];
    match entries {
        [entry] => Cow::Borrowed(of(*entry)),
        entries => {
            let mut terms: Terms = entries.iter().flat_map(|&entry| of(entry)).copied().collect();
            fold(&mut terms);
            Cow::Owned(terms)
        }
    }
}

/// Marks the idf of a term that only one paper has: it makes nothing near, but tells that paper from others.
const ALONE: u8 = 0x80;

/// log2(N / df) of each term, rounded.
fn idf(papers: &[Cow<'_, [Term]>]) -> Vec<u8> {
    let mut df = vec![0_u32; 1 << TERM_BITS];
    for term in papers.iter().flat_map(|terms| terms.iter()) {
        df[term.term() as usize] += 1;
    }
    let all = papers.len() as u64;
    // There are many more terms than different answers.
    let alone = |df: u64| if df == 1 { ALONE } else { 0 };
    let answers: Vec<u8> = (0..=all).map(|df| rounded_log2(all, df) | alone(df)).collect();
    df.into_iter().map(|df| answers[df as usize]).collect()
}

/// log2(a / b) rounded to the nearest whole number; 0 where `b` is 0 or more than `a`.
fn rounded_log2(a: u64, b: u64) -> u8 {
    if b == 0 || b >= a {
        return 0;
    }
    // Twice the logarithm, rounded down, is the logarithm of the square.
    let twice = (a * a / (b * b)).max(1).ilog2();
    twice.div_ceil(2) as u8
}

/// The terms that tell most and that other papers have, by term, with their weights; of equals those first in the order of
/// terms. And the square of the length of all terms.
// A weight is a byte, so counting how many there are of each says where to stop, and nothing needs to be sorted.
fn weigh(terms: &[Term], idf: &[u8]) -> (Box<[u32]>, u32) {
    let (mut counts, mut length) = ([0_usize; 256], 0_u32);
    let weigh = |term: &Term| {
        let idf = idf[term.term() as usize];
        let weight = weight(term.count(), idf & !ALONE);
        length = length.saturating_add(u32::from(weight).pow(2));
        let shared = if idf & ALONE == 0 { weight } else { 0 };
        counts[usize::from(shared)] += 1;
        shared
    };
    let weights: Vec<u8> = terms.iter().map(weigh).collect();
    let (mut least, mut room) = (u8::MAX, KEPT);
    while least > 1 && counts[usize::from(least)] <= room {
        room -= counts[usize::from(least)];
        least -= 1;
    }
    let kept = terms.iter().zip(weights).filter(|&(_, weight)| {
        let equal = weight == least && room > 0;
        room -= usize::from(equal);
        equal || weight > least
    });
    (kept.map(|(term, weight)| pack(term.term(), u32::from(weight))).collect(), length.max(1))
}

/// What a term that occurs so often counts; at most 255, so that it can be packed.
fn weight(count: u32, idf: u8) -> u8 {
    u8::try_from((2 + 2 * count.max(1).ilog2()) * u32::from(idf)).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        // Each case makes tables of all terms there can be.
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn the_terms_that_tell_most_are_kept(counts in prop::collection::vec((1_u32..40, 0_u8..14, any::<bool>()), 0..90)) {
            let term = |(term, (count, ..)): (u32, &(u32, u8, bool))| Term::new(term << (32 - TERM_BITS), *count);
            let terms: Vec<Term> = (0..).zip(&counts).map(term).collect();
            let idf: Vec<u8> = counts.iter().map(|(_, idf, alone)| idf | if *alone { ALONE } else { 0 }).collect();
            let weighed = |&(count, idf, _): &(u32, u8, bool)| u32::from(weight(count, idf));
            let length: u32 = counts.iter().map(|of| weighed(of).pow(2)).sum();
            let mut sorted: Vec<(u32, u32)> = (0..).zip(counts.iter().map(weighed)).collect();
            sorted.retain(|&(term, weight)| weight > 0 && !counts[term as usize].2);
            sorted.sort_by_key(|&(term, weight)| (std::cmp::Reverse(weight), term));
            sorted.truncate(KEPT);
            sorted.sort_unstable();
            let packed: Box<[u32]> = sorted.into_iter().map(|(term, weight)| pack(term, weight)).collect();
            prop_assert_eq!(weigh(&terms, &idf), (packed, length.max(1)));
        }

        #[test]
        fn answers_do_not_depend_on_how_often_was_asked(
            papers in prop::collection::vec(prop::collection::btree_map(0_u32..40, 1_u32..256, 0..12), 1..20)
        ) {
            let packed = |terms: std::collections::BTreeMap<u32, u32>| terms.into_iter().map(|(term, weight)| pack(term, weight)).collect();
            let length = |terms: &[u32]| terms.iter().map(|&term| unpack(term).1.pow(2)).sum::<u32>().max(1);
            let weigh = |terms: Box<[u32]>| (terms.clone(), length(&terms));
            let weights: Vec<(Box<[u32]>, u32)> = papers.into_iter().map(packed).map(weigh).collect();
            let (asked_often, count) = (Related::new(weights.clone()), weights.len() as u32);
            asked_often.asked.store(FEW, Ordering::Relaxed);
            let mut room = Room::default();
            for paper in 0..count {
                let first = Related::new(weights.clone()).nearest(paper, 6, &mut Room::default());
                prop_assert_eq!(first, asked_often.nearest(paper, 6, &mut room));
            }
        }
    }
}

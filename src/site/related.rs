//! Related papers: TF-IDF over words and Hangul bigrams, with tags and authors as terms of their own.
//!
//! All arithmetic is on integers, with idf rounded to a whole number, so that any machine finds the same
//! order and one edit changes the weights of few papers.

mod terms;

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};

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
    papers: Lists,
}

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
        let (weights, lengths): (Vec<Box<[u32]>>, _) = papers.into_iter().unzip();
        let papers = Lists::from_ascending(1 << TERM_BITS, || {
            (0_u32..).zip(&weights).flat_map(|(paper, terms)| {
                terms.iter().map(move |&term| (unpack(term).0, pack(paper, unpack(term).1)))
            })
        });
        Self { weights, lengths, papers }
    }

    /// The nearest papers, best first; equals in the order of papers. Rare terms say who comes into question,
    /// all terms decide.
    pub(super) fn nearest(
        &self,
        paper: PaperIndex,
        count: usize,
        room: &mut Room,
    ) -> Vec<PaperIndex> {
        let own = &self.weights[paper as usize];
        let others = self.in_question(paper, count * COMPARED, room);
        let dots = others.into_iter().map(|other| (other, dot(own, &self.weights[other as usize])));
        self.best(dots, count)
    }

    /// The papers nearest by rare terms, best first.
    fn in_question(
        &self,
        paper: PaperIndex,
        count: usize,
        Room { dots, touched }: &mut Room,
    ) -> Vec<PaperIndex> {
        let terms = self.weights[paper as usize].iter().map(|&term| unpack(term));
        let mut terms: Vec<(&[u32], u32)> =
            terms.map(|(term, weight)| (self.papers.of(term), weight)).collect();
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
        let found =
            touched.drain(..).map(|other| (other, std::mem::take(&mut dots[other as usize])));
        self.best(found, count)
    }

    /// The papers with the greatest cosine, best first; equals in the order of papers.
    // The rank is the cosine, squared and without the factor that is the same for all: dot² / length².
    fn best(&self, dots: impl Iterator<Item = (PaperIndex, u32)>, count: usize) -> Vec<PaperIndex> {
        let ranked = dots.filter(|(_, dot)| *dot > 0).map(|(paper, dot)| {
            (Reverse(u64::from(dot).pow(2) / u64::from(self.lengths[paper as usize])), paper)
        });
        let mut ranked: Vec<_> = ranked.collect();
        if ranked.len() > count {
            ranked.select_nth_unstable(count);
            ranked.truncate(count);
        }
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, paper)| paper).collect()
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

/// What two papers have in common; the terms of both are in order.
fn dot(mut one: &[u32], mut other: &[u32]) -> u32 {
    let mut dot = 0;
    while let ([a, rest @ ..], [b, others @ ..]) = (one, other) {
        let ((term, weight), (term_b, weight_b)) = (unpack(*a), unpack(*b));
        match term.cmp(&term_b) {
            Ordering::Less => one = rest,
            Ordering::Greater => other = others,
            Ordering::Equal => {
                dot += weight * weight_b;
                (one, other) = (rest, others);
            }
        }
    }
    dot
}

fn paper_terms(site: &Site, paper: PaperIndex) -> Cow<'_, [Term]> {
    let entries = site.entries_of(paper);
    match entries {
        [entry] => Cow::Borrowed(terms_of(site, *entry)),
        entries => {
            let mut terms: Terms =
                entries.iter().flat_map(|&entry| terms_of(site, entry)).copied().collect();
            fold(&mut terms);
            Cow::Owned(terms)
        }
    }
}

fn terms_of(site: &Site, entry: u32) -> &Terms {
    &site.digest_of(entry).terms()[site.position(entry)]
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
    let answers: Vec<u8> =
        (0..=all).map(|df| rounded_log2(all, df) | if df == 1 { ALONE } else { 0 }).collect();
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
fn weigh(terms: &[Term], idf: &[u8]) -> (Box<[u32]>, u32) {
    let (mut shared, mut length) = (Vec::with_capacity(terms.len()), 0_u32);
    for term in terms {
        let idf = idf[term.term() as usize];
        let weight = u32::from(weight(term.count(), idf & !ALONE));
        length = length.saturating_add(weight.pow(2));
        if idf & ALONE == 0 && weight > 0 {
            shared.push((Reverse(weight), term.term()));
        }
    }
    if shared.len() > KEPT {
        shared.select_nth_unstable(KEPT);
        shared.truncate(KEPT);
    }
    let mut kept: Box<[u32]> =
        shared.into_iter().map(|(Reverse(weight), term)| pack(term, weight)).collect();
    kept.sort_unstable();
    (kept, length.max(1))
}

/// What a term that occurs so often counts; at most 255, so that it can be packed.
fn weight(count: u32, idf: u8) -> u8 {
    u8::try_from((2 + 2 * count.max(1).ilog2()) * u32::from(idf)).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        // Each case makes tables of all terms there can be.
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn the_nearest_have_the_greatest_cosine(
            papers in prop::collection::vec(prop::collection::btree_map(0_u32..40, 1_u32..256, 0..12), 1..12)
        ) {
            let packed = |terms: &BTreeMap<u32, u32>| {
                let length = terms.values().map(|weight| weight.pow(2)).sum::<u32>().max(1);
                (terms.iter().map(|(&term, &weight)| pack(term, weight)).collect(), length)
            };
            let related = Related::new(papers.iter().map(packed).collect());
            let mut room = Room::default();
            for (paper, terms) in (0_u32..).zip(&papers) {
                let dot = |other: &BTreeMap<u32, u32>| {
                    let shared = |(term, weight)| other.get(term).map_or(0, |other| weight * other);
                    terms.iter().map(shared).sum::<u32>()
                };
                let others = (0_u32..).zip(&papers).filter(|(other, _)| *other != paper);
                let others = others.map(|(other, of)| (other, dot(of), packed(of).1));
                let mut ranked: Vec<_> = others
                    .filter(|(_, dot, _)| *dot > 0)
                    .map(|(other, dot, length)| {
                        (Reverse(u64::from(dot).pow(2) / u64::from(length)), other)
                    })
                    .collect();
                ranked.sort_unstable();
                let nearest: Vec<u32> = ranked.into_iter().take(20).map(|(_, paper)| paper).collect();
                prop_assert_eq!(related.nearest(paper, 20, &mut room), nearest);
            }
        }
    }

    #[test]
    fn the_terms_that_tell_most_are_kept() {
        let terms: Vec<Term> = (0..40).map(|term| Term::new(term << (32 - TERM_BITS), 1)).collect();
        // The first is in every paper, the second in this one alone; later ones tell more.
        let mut idf: Vec<u8> = (0..40).map(|term| term / 10 + 1).collect();
        (idf[0], idf[39]) = (0, 4 | ALONE);
        let (kept, length) = weigh(&terms, &idf);
        let kept: Vec<u32> = kept.iter().map(|&term| unpack(term).0).collect();
        assert_eq!(kept, [&[1, 2, 3][..], &(10..39).collect::<Vec<u32>>()].concat());
        assert_eq!(length, 9 * 4 + 10 * (16 + 36 + 64));
    }
}

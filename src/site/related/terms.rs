//! The terms of an entry, counted: its words and pairs, its tags and authors, each as a hash. Knows no other entry.

use crate::model::Entry;
use crate::prose;
use crate::site::facts::Facts;

/// Terms are hashes folded to this many bits: no vocabulary to build, few collisions.
pub(super) const TERM_BITS: u32 = 20;
/// Bytes of a text that are looked at: most texts are shorter, and of a long one the beginning says what it is about.
const TELLING: usize = 2000;
/// A word of a title counts as this many of a text.
const TITLE: u32 = 3;
/// A shared tag or author counts as this many words.
const SHARED: u32 = 3;

/// How often each term occurs in an entry, by term.
pub(in crate::site) type Terms = Vec<Term>;

/// A term and how often it occurs, in one number that sorts by term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::site) struct Term(u32);

impl Term {
    const COUNT: u32 = (1 << (32 - TERM_BITS)) - 1;

    pub(super) fn new(hash: u32, count: u32) -> Self {
        Self(hash & !Self::COUNT | count.min(Self::COUNT))
    }

    pub(super) fn term(self) -> u32 {
        self.0 >> (32 - TERM_BITS)
    }

    pub(super) fn count(self) -> u32 {
        self.0 & Self::COUNT
    }

    fn add(self, count: u32) -> Self {
        Self::new(self.0, self.count() + count)
    }
}

/// The terms of one entry.
pub(in crate::site) fn terms((entry, facts): (&Entry, &Facts)) -> Terms {
    let mut counts = Counts::default();
    prose::tokens(&entry.title, |token| counts.add(token, TITLE));
    for text in entry.texts() {
        let beginning = &text.text[..text.text.floor_char_boundary(TELLING)];
        prose::tokens(&prose::unwrapped(beginning), |token| counts.add(token, 1));
    }
    for (kind, name) in facts
        .tags
        .iter()
        .map(|tag| (b'#', tag))
        .chain(facts.authors.iter().map(|name| (b'@', name)))
    {
        counts.add(prose::hash(name.text().as_bytes(), kind), SHARED);
    }
    counts.terms()
}

/// Terms being counted: each in the slot that its upper bits name, or in the next free one. Read from the first slot
/// on they are nearly in order.
struct Counts {
    slots: [u32; Self::SLOTS],
    /// Those that found the table full.
    others: Terms,
    taken: usize,
}

impl Default for Counts {
    fn default() -> Self {
        Self { slots: [0; Self::SLOTS], others: Vec::new(), taken: 0 }
    }
}

impl Counts {
    /// Twice as many as most papers have terms.
    const SLOTS: usize = 1024;
    /// With more in it, what is looked for stands too far away.
    const FULL: usize = Self::SLOTS / 4 * 3;

    fn add(&mut self, hash: u32, count: u32) {
        let new = Term::new(hash, count);
        let mut slot = (hash >> (32 - Self::SLOTS.ilog2())) as usize;
        loop {
            match Term(self.slots[slot]) {
                Term(0) if self.taken < Self::FULL => {
                    self.taken += 1;
                    self.slots[slot] = new.0;
                    return;
                }
                Term(0) => return self.others.push(new),
                same if same.term() == new.term() => {
                    self.slots[slot] = same.add(count).0;
                    return;
                }
                _ => slot = (slot + 1) % Self::SLOTS,
            }
        }
    }

    fn terms(self) -> Terms {
        let mut terms: Terms = Vec::with_capacity(self.taken + self.others.len());
        terms.extend(self.slots.into_iter().filter(|&slot| slot != 0).map(Term));
        if self.others.is_empty() {
            in_order(&mut terms);
        } else {
            terms.extend(self.others);
            fold(&mut terms);
        }
        terms
    }
}

/// Sorts what is nearly in order.
fn in_order(terms: &mut [Term]) {
    for at in 1..terms.len() {
        let (mut to, term) = (at, terms[at]);
        while to > 0 && terms[to - 1] > term {
            terms[to] = terms[to - 1];
            to -= 1;
        }
        terms[to] = term;
    }
}

/// Sorts by term and adds up the counts of equal ones.
pub(super) fn fold(terms: &mut Terms) {
    terms.sort_unstable();
    terms.dedup_by(|next, kept| {
        let same = next.term() == kept.term();
        if same {
            *kept = kept.add(next.count());
        }
        same
    });
    terms.shrink_to_fit();
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn counted_terms_are_folded_terms(hashes in prop::collection::vec(0_u32..1500, 0..3000), spread in 1_u32..5_000_000) {
            let mut counts = Counts::default();
            let mut terms = Terms::new();
            for hash in hashes.into_iter().map(|hash| hash.wrapping_mul(spread)) {
                counts.add(hash, 1);
                terms.push(Term::new(hash, 1));
            }
            fold(&mut terms);
            prop_assert_eq!(counts.terms(), terms);
        }
    }
}

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
    let mut all = Terms::new();
    prose::tokens(&entry.title, |token| all.push(Term::new(token, TITLE)));
    for text in entry.texts() {
        let beginning = &text.text[..text.text.floor_char_boundary(TELLING)];
        prose::tokens(&prose::unwrapped(beginning), |token| all.push(Term::new(token, 1)));
    }
    for (kind, name) in facts
        .tags
        .iter()
        .map(|tag| (b'#', tag))
        .chain(facts.authors.iter().map(|name| (b'@', name)))
    {
        all.push(Term::new(prose::hash(name.text().as_bytes(), kind), SHARED));
    }
    fold(&mut all);
    all
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

//! Which entries are one paper.
//!
//! Entries that share any id are one paper, and so are those that name one note and have its title, and a note with the entry
//! of a bibliography that has its name, or the key it says, for a key. Where an entry has no id, its title tells what it is
//! about, and a title alone is weak evidence: sections called "Introduction" are no paper, and two papers may have one title.
//! So such an entry joins others of its title that name one of its authors. Where one side names nobody, it joins the only
//! paper with an id that has its title, if the title tells enough, and what the same day says. A title taken from a file name joins nothing.

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::facts::Facts;
use super::interner::Key;

const NONE: u32 = u32::MAX;
const MANY: u32 = u32::MAX - 1;
/// Words, or else characters, of a title that two texts hardly have by chance.
const TELLING: (usize, usize) = (3, 16);

/// An entry before it has a paper.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) facts: &'a Facts,
    /// The number of its digest, and the date of that.
    pub(super) digest: u32,
    pub(super) date: Option<Date>,
}

/// Which entries are one paper.
pub(super) struct Merged {
    /// For each entry the first entry of its paper.
    pub(super) firsts: Vec<u32>,
    pub(super) doubts: Doubts,
}

/// Entries that may have become one paper by mistake.
#[derive(Debug)]
pub(super) struct Doubts {
    /// Entries that are of their paper because of nothing but their title.
    pub(super) by_title: Vec<u32>,
    /// Entries that share an id with an earlier one, and neither a word of their titles nor an author.
    pub(super) unlike: Vec<(u32, u32)>,
}

/// Joins entries; `addresses` is how many keys of addresses there are.
pub(super) fn merge(entries: &[Candidate<'_>], addresses: usize) -> Merged {
    let mut groups = Groups::new(entries.len());
    let unlike = join_by_id(entries, addresses, &mut groups);
    join_by_note(entries, &mut groups);
    join_by_key(entries, &mut groups);
    let by_title = join_by_title(entries, &mut groups);
    Merged {
        firsts: (0..entries.len() as u32).map(|entry| groups.first(entry)).collect(),
        doubts: Doubts { by_title, unlike },
    }
}

/// Returns pairs that one of them may have by a slip.
fn join_by_id(entries: &[Candidate<'_>], addresses: usize, groups: &mut Groups) -> Vec<(u32, u32)> {
    let mut unlike = Vec::new();
    let mut owner = vec![NONE; addresses];
    for (number, entry) in (0_u32..).zip(entries) {
        for id in &entry.facts.ids {
            let owner = &mut owner[id.key() as usize];
            if *owner == NONE {
                *owner = number;
                continue;
            }
            let is_new = groups.first(*owner) != groups.first(number);
            if is_new && are_unlike(entries[*owner as usize].facts, entry.facts) {
                unlike.push((*owner, number));
            }
            groups.join(*owner, number);
        }
    }
    unlike
}

/// Words that titles of any two papers may share.
const COMMON: [&str; 8] = ["that", "with", "from", "this", "into", "over", "when", "your"];

/// Whether two entries that name one paper seem to be about two: titles of some words in one script that share none, and no
/// author that both name.
fn are_unlike(one: &Facts, other: &Facts) -> bool {
    let words = |facts: &Facts| -> Vec<String> {
        let words = facts.title.text().split(|c: char| !c.is_alphanumeric());
        words.filter(|word| word.len() > 3 && !COMMON.contains(word)).map(str::to_owned).collect()
    };
    let is_latin =
        |facts: &Facts| facts.title.text().chars().all(|c| c < '\u{0250}' || !c.is_alphabetic());
    let share_author = one.authors.iter().any(|author| other.authors.contains(author));
    let (first, second) = (words(one), words(other));
    one.names_paper()
        && other.names_paper()
        && !share_author
        && is_latin(one)
        && is_latin(other)
        && first.len().min(second.len()) > 1
        && !first.iter().any(|word| second.contains(word))
}

/// A list may link the note that tells more: what names one note under one title, or begins so, is one paper. Where nothing else
/// names the note, some words are enough.
fn join_by_note(entries: &[Candidate<'_>], groups: &mut Groups) {
    let mut known: FxHashMap<Key, u32> = FxHashMap::default();
    let mut counts: FxHashMap<Key, usize> = FxHashMap::default();
    for note in entries.iter().filter_map(|entry| entry.facts.note.as_ref()) {
        *counts.entry(note.key()).or_default() += 1;
    }
    for (number, entry) in (0_u32..).zip(entries) {
        let facts = entry.facts;
        let Facts { note: Some(note), title, ids, .. } = facts else { continue };
        let first = *known.entry(note.key()).or_insert(number);
        let other = entries[first as usize].facts;
        // A list may say more behind the title, such as its month.
        let (one, two) = (title.text(), other.title.text());
        let shorter = if one.len() < two.len() { one } else { two };
        let alike = one == two && (says_something(facts) || says_something(other))
            || is_telling(shorter) && one.starts_with(shorter) && two.starts_with(shorter)
            || first != number && counts.get(&note.key()) == Some(&2) && begin_alike(one, two);
        // Notes of one name in two folders may be about two papers.
        let apart =
            disjoint(&facts.links, &other.links) || disjoint(&facts.authors, &other.authors);
        if alike && !apart && (ids.is_empty() || other.ids.is_empty()) {
            groups.join(first, number);
        }
    }
}

/// Whether two titles begin with the same words, a few at least; what is to be done is no word of them.
fn begin_alike(one: &str, two: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.skip_while(|word| matches!(*word, "todo" | "wip")).map(str::to_owned).collect()
    };
    words(one).iter().zip(words(two)).take(2).filter(|(one, two)| *one == two).count() == 2
}

/// A note may be called by the key under which a bibliography has its paper, or say that key.
fn join_by_key(entries: &[Candidate<'_>], groups: &mut Groups) {
    let mut known: FxHashMap<Key, u32> = FxHashMap::default();
    for (number, entry) in (0_u32..).zip(entries).filter(|(_, entry)| entry.facts.note.is_none()) {
        for key in &entry.facts.cite_keys {
            known.entry(key.key()).or_insert(number);
        }
    }
    for (number, entry) in (0_u32..).zip(entries).filter(|(_, entry)| entry.facts.note.is_some()) {
        let facts = entry.facts;
        let Some(&first) = facts.cite_keys.iter().find_map(|key| known.get(&key.key())) else {
            continue;
        };
        let other = entries[first as usize].facts;
        // Two libraries may have two papers under one key.
        let differ = facts.title.key() != other.title.key() && facts.names_paper();
        let apart = disjoint(&facts.ids, &other.ids) || disjoint(&facts.authors, &other.authors);
        if !(differ && apart) {
            groups.join(first, number);
        }
    }
}

fn says_something(facts: &Facts) -> bool {
    !(facts.ids.is_empty() && facts.links.is_empty()) || facts.has_authors
}

/// Whether two lists say something, and nothing of it is the same.
fn disjoint<T: PartialEq>(one: &[T], two: &[T]) -> bool {
    !one.is_empty() && !two.is_empty() && !one.iter().any(|item| two.contains(item))
}

/// Returns the entries that joined others by nothing but their title.
fn join_by_title(entries: &[Candidate<'_>], groups: &mut Groups) -> Vec<u32> {
    let named = (0_u32..).zip(entries).filter(|(_, entry)| entry.facts.names_paper());
    let without = named.clone().filter(|(_, entry)| entry.facts.ids.is_empty());
    let mut titles = Titles {
        asked: without.clone().map(|(_, entry)| entry.facts.title.key()).collect(),
        ..Titles::default()
    };
    if titles.asked.is_empty() {
        return Vec::new();
    }
    for (number, entry) in named.filter(|(_, entry)| !entry.facts.ids.is_empty()) {
        titles.add_known(entry.facts, groups.first(number));
    }
    let mut by_title = Vec::new();
    for (number, entry) in without {
        let people = titles.of_people(entry.facts, number);
        let found = people.or_else(|| titles.of_title(entry, number));
        if let Some(first) = found.filter(|&first| first != number) {
            groups.join(first, number);
            if people.is_none() && entries[first as usize].digest != entry.digest {
                by_title.push(number);
            }
        }
    }
    by_title
}

/// What is known of the titles that entries without id have.
#[derive(Default)]
struct Titles {
    asked: FxHashSet<Key>,
    /// The paper with an id that has a title, and whether it names authors; `MANY` where there are several.
    known: FxHashMap<Key, (u32, bool)>,
    /// The paper that has a title and an author.
    people: FxHashMap<(Key, Key), u32>,
    /// The entry of a day, or else of a digest, that has a title and no authors.
    days: FxHashMap<(Key, Option<Date>, u32), u32>,
}

impl Titles {
    /// Takes over an entry with an id; `first` is the first entry of its paper.
    fn add_known(&mut self, facts: &Facts, first: u32) {
        let title = facts.title.key();
        if !self.asked.contains(&title) {
            return;
        }
        let known = self.known.entry(title).or_insert((first, false));
        known.0 = if known.0 == first { first } else { MANY };
        known.1 |= facts.has_authors;
        for author in &facts.authors {
            let owner = self.people.entry((title, author.key())).or_insert(first);
            *owner = if *owner == first { first } else { MANY };
        }
    }

    /// What names this title and one of its authors; from now on the entry does, too.
    fn of_people(&mut self, facts: &Facts, number: u32) -> Option<u32> {
        let title = facts.title.key();
        let found = facts.authors.iter().find_map(|author| {
            self.people.get(&(title, author.key())).copied().filter(|owner| *owner != MANY)
        });
        for author in &facts.authors {
            self.people.entry((title, author.key())).or_insert(number);
        }
        found
    }

    /// What has this title, where nothing says that it is by somebody else.
    fn of_title(&mut self, entry: &Candidate<'_>, number: u32) -> Option<u32> {
        let Facts { title, has_authors, .. } = entry.facts;
        let telling = is_telling(title.text());
        let known = self
            .known
            .get(&title.key())
            .filter(|(first, named)| *first != MANY && !(*named && *has_authors));
        if let Some((first, _)) = known.filter(|_| telling) {
            return Some(*first);
        }
        if *has_authors {
            return None;
        }
        let day = entry.date.filter(|_| telling);
        let digest = if day.is_some() { NONE } else { entry.digest };
        Some(*self.days.entry((title.key(), day, digest)).or_insert(number))
    }
}

/// Whether two texts hardly have a title by chance.
fn is_telling(title: &str) -> bool {
    title.split(' ').nth(TELLING.0 - 1).is_some() || title.chars().nth(TELLING.1 - 1).is_some()
}

/// Disjoint sets of entries, each named by its first.
struct Groups {
    parent: Vec<u32>,
}

impl Groups {
    fn new(entries: usize) -> Self {
        Self { parent: (0..entries as u32).collect() }
    }

    fn first(&mut self, mut entry: u32) -> u32 {
        while self.parent[entry as usize] != entry {
            let grandparent = self.parent[self.parent[entry as usize] as usize];
            self.parent[entry as usize] = grandparent;
            entry = grandparent;
        }
        entry
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.first(a), self.first(b));
        self.parent[a.max(b) as usize] = a.min(b);
    }
}

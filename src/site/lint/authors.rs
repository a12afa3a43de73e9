//! Authors whose names differ by a hyphen, a space, an accent or an initial, and who are probably one person.
//!
//! Only what can hardly be two people is said: names that never stand on one paper, and that differ by an initial only
//! where they share a co-author and nobody else fits.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::config::Config;
use crate::diagnostic::{Code, Finding};
use crate::site::{EntryIndex, Key, Site, Sym};

/// A name with all that is needed to compare it.
struct Person<'a> {
    key: &'a Sym,
    /// As spelt first.
    name: &'a str,
    /// Where it is spelt so.
    entry: EntryIndex,
    /// Words without accents, in lower case; at least two.
    words: Vec<String>,
}

/// Names that are probably one person's.
pub(super) fn alike(site: &Site, config: &Config) -> Vec<Finding> {
    let people = people(site);
    let mut pairs = spelt_apart(site, &people);
    pairs.extend(abbreviated(site, &people));
    pairs.sort_unstable();
    pairs.dedup();
    let all = pairs.iter().map(|&(a, b)| finding(site, &people[a], &people[b]));
    let mut findings: Vec<Finding> = all.collect();
    for (first, group) in groups(&pairs) {
        let help =
            proposal(site, config, group.into_iter().map(|person| &people[person]).collect());
        findings[first].help.get_or_insert_default().push_str(&help);
    }
    findings
}

/// People whom pairs join, each group with the first of its pairs.
fn groups(pairs: &[(usize, usize)]) -> Vec<(usize, BTreeSet<usize>)> {
    let mut groups: Vec<(usize, BTreeSet<usize>)> = Vec::new();
    let mut group_of: FxHashMap<usize, usize> = FxHashMap::default();
    for (place, &(a, b)) in pairs.iter().enumerate() {
        let known = [a, b].iter().find_map(|person| group_of.get(person).copied());
        let group = known.unwrap_or(groups.len());
        if group == groups.len() {
            groups.push((place, BTreeSet::new()));
        }
        for person in [a, b] {
            groups[group].1.insert(person);
            group_of.entry(person).or_insert(group);
        }
    }
    groups
}

/// The table for config.toml that makes some names one person's.
fn proposal(site: &Site, config: &Config, mut group: Vec<&Person<'_>>) -> String {
    // A table that is there already stays the one to write to.
    group.sort_by_key(|person| {
        let declared = config.known_author(person.key.text()).is_some();
        Reverse((declared, papers(site, person).len(), person.name.len()))
    });
    let Some((keep, others)) = group.split_first() else { return String::new() };
    let known = config.known_author(keep.key.text());
    let mut aliases: Vec<&str> =
        known.iter().flat_map(|known| known.aliases.iter().map(String::as_str)).collect();
    aliases.extend(others.iter().map(|other| other.name));
    let (verb, key) =
        (if known.is_some() { "say" } else { "put" }, super::super::check::key(keep.key.text()));
    format!("\nor {verb} in config.toml:\n[author.{key}]\naliases = {aliases:?}")
}

/// Everybody with at least two names, in the order of keys.
fn people(site: &Site) -> Vec<Person<'_>> {
    let mut seen: FxHashSet<Key> = FxHashSet::default();
    let mut people = Vec::new();
    for entry in site.entries() {
        for (name, key) in site.entry(entry).authors.iter().zip(&site.facts(entry).authors) {
            if seen.insert(key.key()) {
                let words: Vec<String> = key.text().split('-').map(without_accents).collect();
                if words.len() > 1 && words.iter().all(|word| !word.is_empty()) {
                    people.push(Person { key, name, entry, words });
                }
            }
        }
    }
    people.sort_unstable_by(|a, b| a.key.text().cmp(b.key.text()));
    people
}

fn without_accents(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    // Hangul falls apart as well, and is put together again.
    word.nfd()
        .filter(|c| !is_combining_mark(*c))
        .nfc()
        .map(|c| match c {
            'ø' => "o".to_owned(),
            'ł' => "l".to_owned(),
            'đ' => "d".to_owned(),
            'ı' => "i".to_owned(),
            'ß' => "ss".to_owned(),
            'æ' => "ae".to_owned(),
            c => c.to_string(),
        })
        .collect()
}

/// Pairs with the same letters, parted otherwise or accented otherwise.
fn spelt_apart(site: &Site, people: &[Person<'_>]) -> Vec<(usize, usize)> {
    let mut by_letters: Vec<(String, usize)> =
        people.iter().map(|person| person.words.concat()).zip(0..).collect();
    by_letters.sort_unstable();
    let same = by_letters.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
    let pairs = same.flat_map(|group| group.windows(2).map(|pair| (pair[0].1, pair[1].1)));
    pairs
        .filter(|&(a, b)| {
            let (a, b) = (&people[a], &people[b]);
            let anchored = a.words.first() == b.words.first() || a.words.last() == b.words.last();
            anchored && !share(papers(site, a), papers(site, b))
        })
        .collect()
}

/// Pairs in which one name has an initial where the other has a name, or one initial more.
fn abbreviated(site: &Site, people: &[Person<'_>]) -> Vec<(usize, usize)> {
    let mut by_family: FxHashMap<(&str, char), Vec<usize>> = FxHashMap::default();
    for (index, person) in people.iter().enumerate() {
        by_family.entry(person.bucket()).or_default().push(index);
    }
    let mut pairs = Vec::new();
    for (index, person) in people.iter().enumerate().filter(|(_, person)| person.has_initial()) {
        let others = by_family.get(&person.bucket()).into_iter().flatten();
        let others =
            others.copied().filter(|&other| other != index && person.may_be(&people[other]));
        let mut alike = others.filter(|&other| is_one(site, person, &people[other]));
        // Where two fit, nobody can tell which is meant.
        if let (Some(other), None) = (alike.next(), alike.next()) {
            pairs.push((index.min(other), index.max(other)));
        }
    }
    pairs
}

impl Person<'_> {
    fn given(&self) -> &[String] {
        &self.words[..self.words.len() - 1]
    }

    /// The family name, and what the first name begins with.
    fn bucket(&self) -> (&str, char) {
        let family = self.words.last().map_or("", String::as_str);
        (family, self.words[0].chars().next().unwrap_or_default())
    }

    fn has_initial(&self) -> bool {
        self.given().iter().any(|word| is_initial(word))
    }

    /// Whether the given names fit: each the same, or one the initial of the other. One may have initials more, if both
    /// spell the first name, or if the one that does holds their letters: `R. X. Xu` may be `Runxin Xu`.
    fn may_be(&self, other: &Self) -> bool {
        let (long, short) =
            if self.words.len() < other.words.len() { (other, self) } else { (self, other) };
        let (long, short) = (long.given(), short.given());
        let more = &long[short.len()..];
        let last = short.last().map_or("", String::as_str);
        let held = || more.iter().all(|letter| last.chars().skip(1).any(|c| letter.starts_with(c)));
        let may = more.iter().all(|word| is_initial(word))
            && ((long[0] == short[0] && !is_initial(&long[0])) || (is_initial(&long[0]) && held()));
        long.iter().zip(short).all(|(a, b)| a == b || abbreviates(a, b) || abbreviates(b, a))
            && (more.is_empty() || may)
    }
}

fn abbreviates(initial: &str, word: &str) -> bool {
    is_initial(initial) && word.starts_with(initial)
}

fn is_initial(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Whether two people wrote with the same third, and never with each other.
fn is_one(site: &Site, a: &Person<'_>, b: &Person<'_>) -> bool {
    let [of_a, of_b] = [a, b].map(|person| {
        let entries = papers(site, person).iter().flat_map(|&paper| site.entries_of(paper));
        let authors = entries.flat_map(|&entry| &site.facts(entry).authors);
        authors.map(Sym::key).collect::<FxHashSet<Key>>()
    });
    !of_a.contains(&b.key.key())
        && of_b.iter().any(|key| *key != b.key.key() && *key != a.key.key() && of_a.contains(key))
}

fn papers<'s>(site: &'s Site, person: &Person<'_>) -> &'s [u32] {
    site.papers_of_author(person.key)
}

/// Whether two ascending lists have something in common.
fn share(a: &[u32], b: &[u32]) -> bool {
    a.iter().any(|item| b.binary_search(item).is_ok())
}

/// At the rarer name, where it stands first.
fn finding(site: &Site, a: &Person<'_>, b: &Person<'_>) -> Finding {
    // Of names as common as each other, the one that is spelt out.
    let [first, second] = [a, b].map(|person| (count(site, person), person.name.len()));
    let (rare, common) = if first < second { (a, b) } else { (b, a) };
    let source = &site.digest_of(rare.entry).source;
    let heading = site.entry(rare.entry).span.clone();
    let found = source.text.get(heading.start..).and_then(|text| text.find(rare.name));
    let span = found
        .map_or(heading.clone(), |at| heading.start + at..heading.start + at + rare.name.len());
    let message = format!("`{}` and `{}` may be one person", rare.name, common.name);
    let help = format!(
        "if so, write the name one way everywhere: {} under `{}`, {} under `{}`",
        told(count(site, common)),
        common.name,
        told(count(site, rare)),
        rare.name
    );
    Finding::new(Code::SimilarAuthors, message).at(span).in_source(source).help(help)
}

fn count(site: &Site, person: &Person<'_>) -> usize {
    papers(site, person).len()
}

fn told(papers: usize) -> String {
    match papers {
        1 => "1 paper".to_owned(),
        count => format!("{count} papers"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Interner;

    fn may_be(one: &str, other: &str) -> bool {
        let mut keys = Interner::default();
        let key = keys.intern("somebody");
        let person = |name: &'static str, words: &str| {
            let words = words.split(' ').map(without_accents).collect();
            Person { key: &key, name, entry: 0, words }
        };
        person("", one).may_be(&person("", other))
    }

    #[test]
    fn initials_fit_names_that_they_may_stand_for() {
        for (one, other) in [
            ("j smith", "john smith"),
            ("john smith", "john a smith"),
            ("r x xu", "runxin xu"),
            ("j a smith", "john albert smith"),
            ("é wick", "élodie wick"),
        ] {
            assert!(may_be(one, other) && may_be(other, one), "{one}, {other}");
        }
        for (one, other) in [
            ("z z ren", "zehui ren"),
            ("j smith", "adam smith"),
            ("john smith", "john albert smith"),
            ("john b smith", "john a smith"),
            ("홍 길 동", "홍 동"),
        ] {
            assert!(!may_be(one, other) && !may_be(other, one), "{one}, {other}");
        }
    }

    #[test]
    fn accents_go_and_hangul_stays() {
        assert_eq!(without_accents("üstün"), "ustun");
        assert_eq!(without_accents("søren"), "soren");
        assert_eq!(without_accents("홍길동"), "홍길동");
    }
}

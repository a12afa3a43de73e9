//! Names that are nearly the same, found without comparing every name with every other.
//!
//! Two words that differ by one letter more, fewer, other or swapped have a word in common that is one letter
//! shorter than either, or is one of them. So each word is filed under itself and under all it becomes by losing a
//! letter, and only words that meet in some file are compared.

use rustc_hash::{FxHashMap, FxHashSet};

/// Fewest letters of words in which a single letter can be a slip.
const SHORTEST: usize = 6;

/// Groups of indices of tags that look like one, the first of each the one to keep: `weight` says how common a tag is.
/// A tag is in one group at most, and each of a group is near to its first.
pub(super) fn groups<W: Ord>(tags: &[&str], weight: impl Fn(usize) -> W) -> Vec<Vec<usize>> {
    let letters: Vec<String> = tags.iter().map(|tag| letters(tag)).collect();
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); tags.len()];
    for (a, b) in pairs(&letters) {
        near[a].push(b);
        near[b].push(a);
    }
    let mut order: Vec<usize> = (0..tags.len()).filter(|&tag| !near[tag].is_empty()).collect();
    order.sort_by_key(|&tag| (std::cmp::Reverse(weight(tag)), tag));
    let mut taken = vec![false; tags.len()];
    let mut groups = Vec::new();
    for keep in order {
        if std::mem::replace(&mut taken[keep], true) {
            continue;
        }
        let mut group = vec![keep];
        near[keep].sort_unstable();
        group.extend(
            near[keep].iter().copied().filter(|&other| !std::mem::replace(&mut taken[other], true)),
        );
        if group.len() > 1 {
            groups.push(group);
        }
    }
    groups
}

/// Every pair of words that are equal or a slip apart, in order.
fn pairs(words: &[String]) -> Vec<(usize, usize)> {
    let mut files: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (index, word) in words.iter().enumerate() {
        files.entry(word.clone()).or_default().push(index);
        if word.chars().count() >= SHORTEST {
            for shorter in shorter(word) {
                files.entry(shorter).or_default().push(index);
            }
        }
    }
    let mut files: Vec<(String, Vec<usize>)> =
        files.into_iter().filter(|(_, file)| file.len() > 1).collect();
    files.sort_unstable();
    let mut found: FxHashSet<(usize, usize)> = FxHashSet::default();
    let mut pairs = Vec::new();
    for (_, file) in files {
        for (at, &a) in file.iter().enumerate() {
            let after =
                file[at + 1..].iter().copied().filter(|&b| a != b && is_slip(&words[a], &words[b]));
            pairs.extend(after.map(|b| (a.min(b), a.max(b))).filter(|pair| found.insert(*pair)));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// The word without one of its letters; digits stay, for names that differ in one are different on purpose.
fn shorter(word: &str) -> impl Iterator<Item = String> + '_ {
    let letters = word.char_indices().filter(|(_, c)| !c.is_ascii_digit());
    letters.map(|(at, c)| format!("{}{}", &word[..at], &word[at + c.len_utf8()..]))
}

/// Whether two words are equal or one letter apart, and their digits the same.
fn is_slip(a: &str, b: &str) -> bool {
    let long = a.chars().count().min(b.chars().count()) >= SHORTEST;
    a == b || (long && digits(a) == digits(b) && strsim::osa_distance(a, b) == 1)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect::<String>()
}

/// A tag without hyphens and without a plural `s`.
fn letters(tag: &str) -> String {
    let letters: String = tag.chars().filter(|c| *c != '-').collect();
    match letters.strip_suffix('s') {
        Some(singular) if singular.len() > 3 && !singular.ends_with('s') => singular.to_owned(),
        _ => letters,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(tags: &[&str]) -> Vec<String> {
        let groups = groups(tags, |tag| tags.len() - tag);
        groups
            .iter()
            .map(|group| group.iter().map(|&tag| tags[tag]).collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn slips_hyphens_and_plurals_are_near() {
        let cases: [(&[&str], &[&str]); 8] = [
            (&["pre-training", "pretraining"], &["pre-training pretraining"]),
            (&["classification", "classificiation"], &["classification classificiation"]),
            (
                &["transformer", "transformers", "trasnformer"],
                &["transformer transformers trasnformer"],
            ),
            (&["diffusion", "difusion", "diffusoin"], &["diffusion difusion diffusoin"]),
            (&["benchmark-2024", "benchmark-2025"], &[]),
            (&["vae", "gae", "gan"], &[]),
            (&["확산모델", "확산-모델"], &["확산모델 확산-모델"]),
            (&["alignment", "assignment"], &[]),
        ];
        for (tags, groups) in cases {
            assert_eq!(near(tags), groups, "{tags:?}");
        }
    }

    proptest! {
        /// The files lose no pair that comparing all with all finds.
        #[test]
        fn every_near_pair_is_found(words in prop::collection::vec("[ab1]{5,8}", 0..12)) {
            let mut all = Vec::new();
            for a in 0..words.len() {
                all.extend((a + 1..words.len()).filter(|&b| is_slip(&words[a], &words[b])).map(|b| (a, b)));
            }
            prop_assert_eq!(pairs(&words), all);
        }
    }
}

//! Long indexes by their first letters, as at the end of a book: how names are filed, and on which page what stands.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::view::Of;
use super::views::{LetterLink, LetterView};
use crate::model::route::slug;
use crate::render::plan::Paging;

/// How many things an index has on a page: with letters and counts a page stays below two thousand elements.
const ON_PAGE: usize = 300;

/// What follows a family name.
const SUFFIXES: [&str; 6] = ["Jr", "Jr.", "Sr.", "II", "III", "IV"];

/// An index that is one page, or an overview and pages behind it.
#[derive(Debug, Clone, Copy)]
pub(super) struct IndexPages {
    things: usize,
    paging: Paging,
}

impl IndexPages {
    pub(super) fn new(things: usize) -> Self {
        Self { things, paging: Paging::new(things, ON_PAGE) }
    }

    /// Whether the first page is an overview, because the index has pages of its own.
    pub(super) fn is_long(self) -> bool {
        self.things > ON_PAGE
    }

    /// All pages, that of the overview included.
    pub(super) fn count(self) -> u32 {
        self.paging.pages() + u32::from(self.is_long())
    }

    /// What of the index stands on a page.
    pub(super) fn slice(self, page: u32) -> std::ops::Range<usize> {
        self.paging.slice(page - u32::from(self.is_long()))
    }

    /// The letters with the pages on which they begin, for the overview.
    pub(super) fn letters(self, all: &[String], href: impl Fn(u32) -> String) -> Vec<LetterLink> {
        let mut links: Vec<LetterLink> = Vec::new();
        for page in 2..=self.count() {
            let letters = all[self.slice(page)].chunk_by(|a, b| a == b).zip(1..);
            for (group, number) in letters {
                let url = format!("{}#letter-{number}", href(page));
                if links.last().is_none_or(|link| link.text != group[0]) {
                    links.push(LetterLink { text: group[0].clone(), url });
                }
            }
        }
        links
    }
}

/// A name as an index files it: `He, Kaiming`. Names of one word, and those in scripts that write the family first, stay.
pub(super) fn filed(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let suffix = usize::from(words.len() > 2 && words.last().is_some_and(|w| SUFFIXES.contains(w)));
    let is_latin = name.chars().filter(|c| c.is_alphabetic()).all(|c| u32::from(c) < 0x2000);
    let Some(family) = words.len().checked_sub(1 + suffix).filter(|at| *at > 0 && is_latin) else {
        return words.join(" ");
    };
    let given: Vec<&str> = words[..family].iter().chain(&words[family + 1..]).copied().collect();
    format!("{}, {}", words[family], given.join(" "))
}

/// The key by which a filed name is sorted, and its letter: `Ü` stands with `U`.
pub(super) fn key(filed: &str) -> (String, String) {
    let key: String = slug(filed).nfd().filter(|c| !is_combining_mark(*c)).nfc().collect();
    (letter(if key.is_empty() { filed } else { &key }), key)
}

/// Consonants that begin Korean syllables, in the order of their code points; doubled ones stand with the single.
const CONSONANTS: [&str; 19] = [
    "ㄱ", "ㄱ", "ㄴ", "ㄷ", "ㄷ", "ㄹ", "ㅁ", "ㅂ", "ㅂ", "ㅅ", "ㅅ", "ㅇ", "ㅈ", "ㅈ", "ㅊ", "ㅋ",
    "ㅌ", "ㅍ", "ㅎ",
];
/// Syllables that one of them begins, and the first of all.
const SYLLABLES: u32 = 588;
const GA: u32 = 0xAC00;

/// Groups of neighbours with one letter. The same letter may come up again: an index is sorted by more than this.
pub(super) fn by_letter<T>(
    all: &[(String, Of<T>)],
    view: impl Fn(LetterView, Vec<Of<T>>) -> LetterView,
) -> Vec<LetterView> {
    let groups = all.chunk_by(|a, b| a.0 == b.0).zip(1..);
    groups
        .map(|(group, number)| {
            let id = format!("letter-{number}");
            let letter =
                LetterView { text: group[0].0.clone(), id, authors: Vec::new(), tags: Vec::new() };
            view(letter, group.iter().map(|(_, item)| item.clone()).collect())
        })
        .collect()
}

/// The letter under which a word stands.
pub(super) fn letter(word: &str) -> String {
    let Some(first) = word.chars().next().filter(|first| first.is_alphabetic()) else {
        return "#".into();
    };
    let consonant = u32::from(first)
        .checked_sub(GA)
        .and_then(|place| CONSONANTS.get((place / SYLLABLES) as usize));
    consonant.map_or_else(|| first.to_uppercase().collect(), |consonant| (*consonant).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_filed_by_family() {
        for (name, is) in [
            ("Ada Wick", "Wick, Ada"),
            ("Aaron van den Oil", "Oil, Aaron van den"),
            ("Ada B. Wick Jr.", "Wick, Ada B. Jr."),
            ("Wick", "Wick"),
            ("김심지", "김심지"),
            ("김 심지", "김 심지"),
        ] {
            assert_eq!(filed(name), is);
        }
    }

    #[test]
    fn marks_on_letters_do_not_part_names() {
        for (name, under) in [("Üstün, Ahmet", "U"), ("Élan, Ada", "E"), ("김심지", "ㄱ")] {
            assert_eq!(key(name).0, under);
        }
    }

    #[test]
    fn a_long_index_has_an_overview_that_leads_to_every_letter() {
        let all: Vec<String> = (0..700).map(|at| if at < 400 { "A" } else { "B" }.into()).collect();
        let pages = IndexPages::new(all.len());
        assert_eq!(pages.count(), 4);
        let links = pages.letters(&all, |page| format!("p{page}"));
        let links: Vec<(&str, &str)> = links.iter().map(|l| (&*l.text, &*l.url)).collect();
        assert_eq!(links, [("A", "p2#letter-1"), ("B", "p3#letter-2")]);
        assert_eq!(IndexPages::new(300).count(), 1);
    }

    #[test]
    fn words_stand_under_their_first_letters() {
        for (word, under) in [
            ("ada-wick", "A"),
            ("각", "ㄱ"),
            ("까치", "ㄱ"),
            ("힣", "ㅎ"),
            ("한", "ㅎ"),
            ("3d", "#"),
            ("", "#"),
            ("élan", "É"),
            ("漢", "漢"),
        ] {
            assert_eq!(letter(word), under, "{word}");
        }
    }
}

//! Long indexes by their first letters, as at the end of a book.

use super::view::Of;
use super::views::LetterView;

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
    let group = |(group, number): (&[(String, Of<T>)], usize)| {
        let id = format!("letter-{number}");
        let letter =
            LetterView { text: group[0].0.clone(), id, authors: Vec::new(), tags: Vec::new() };
        view(letter, group.iter().map(|(_, item)| item.clone()).collect())
    };
    groups.map(group).collect()
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

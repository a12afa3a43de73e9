//! Languages that share their letters, told from one another by what their words look like.

use std::sync::LazyLock;

use whatlang::{Detector, Lang as Known};

use super::{Lang, Script};

/// The languages that share a script, by their tags and as the library calls them.
const KNOWN: [(&str, Known); 31] = [
    ("en", Known::Eng),
    ("de", Known::Deu),
    ("fr", Known::Fra),
    ("es", Known::Spa),
    ("pt", Known::Por),
    ("it", Known::Ita),
    ("nl", Known::Nld),
    ("pl", Known::Pol),
    ("cs", Known::Ces),
    ("sk", Known::Slk),
    ("hu", Known::Hun),
    ("ro", Known::Ron),
    ("tr", Known::Tur),
    ("sv", Known::Swe),
    ("da", Known::Dan),
    ("no", Known::Nob),
    ("nb", Known::Nob),
    ("fi", Known::Fin),
    ("ca", Known::Cat),
    ("vi", Known::Vie),
    ("id", Known::Ind),
    ("ru", Known::Rus),
    ("uk", Known::Ukr),
    ("bg", Known::Bul),
    ("be", Known::Bel),
    ("sr", Known::Srp),
    ("ar", Known::Ara),
    ("fa", Known::Pes),
    ("ur", Known::Urd),
    ("hi", Known::Hin),
    ("mr", Known::Mar),
];

/// Tells any of them from the others.
static ANY: LazyLock<Detector> =
    LazyLock::new(|| Detector::with_allowlist(KNOWN.iter().map(|(_, known)| *known).collect()));

/// Letters that a paragraph must have for its words to tell a language without doubt.
const LETTERS: usize = 80;

/// So few words tell nothing.
const WORDS: usize = 2;

/// The one of these languages that a text looks most like; the first where the library knows no other, or sees no words.
pub(super) fn nearest<'a>(text: &str, first: &'a Lang, others: &[&'a Lang]) -> &'a Lang {
    // A word says too little.
    if text.split_whitespace().nth(WORDS).is_none() {
        return first;
    }
    let candidates: Vec<_> = std::iter::once(first)
        .chain(others.iter().copied())
        .filter_map(|lang| Some((lang, known(lang)?)))
        .collect();
    let detector = Detector::with_allowlist(candidates.iter().map(|(_, known)| *known).collect());
    let found = detector.detect_lang(text);
    let mut same = candidates.into_iter().filter(|(_, known)| Some(*known) == found);
    same.next().map_or(first, |(lang, _)| lang)
}

fn known(lang: &Lang) -> Option<Known> {
    let (main, _) = lang.parts();
    KNOWN.iter().find(|(tag, _)| *tag == main).map(|(_, known)| *known)
}

/// The language of a paragraph in Latin letters; `None` where it is short, or looks nearly as much like another.
pub fn of_latin(paragraph: &str) -> Option<Lang> {
    let letters = paragraph.chars().filter(|c| Script::of(*c) == Some(Script::Latin)).count();
    if letters < LETTERS {
        return None;
    }
    let found = ANY.detect(paragraph).filter(whatlang::Info::is_reliable)?;
    let (tag, _) = KNOWN.iter().find(|(_, known)| *known == found.lang())?;
    Lang::parse(tag).filter(|lang| lang.script() == Script::Latin)
}

#[cfg(test)]
mod tests {
    use super::of_latin;
    use crate::model::Lang;
    use crate::model::lang::of_text;

    const GERMAN: &str = "Die Lampen lernen erst am Abend, wie hell sie sein müssen, und wir \
        zeigen, dass dafür kein einziges Beispiel nötig ist.";

    #[test]
    fn words_tell_languages_of_one_script_apart() {
        let languages = ["de", "en-gb", "fr"].map(|tag| Lang::parse(tag).unwrap());
        let told = |text| of_text(text, &languages).map_or("", Lang::as_str);
        assert_eq!(told(GERMAN), "de");
        assert_eq!(
            told("We show that lamps learn in the evening how bright they have to be."),
            "en-gb"
        );
        assert_eq!(told("Les lampes apprennent le soir combien elles doivent être claires."), "fr");
        assert_eq!(told("24 h"), "de");
        assert_eq!(told("램프는 저녁에 배운다."), "");
    }

    #[test]
    fn only_a_paragraph_without_doubt_tells_its_language() {
        assert_eq!(of_latin(GERMAN), Lang::parse("de"));
        assert_eq!(of_latin("Lampen, die lernen"), None);
        let numbers = "ViT-B/16, ResNet-50, CIFAR-10, top-1 84.2, FLOPs 4.1G, AdamW lr 1e-4, BERT, \
            GPT-2, T5, BART, RoBERTa, ALBERT, DeBERTa, ELECTRA, XLNet, CLIP, SigLIP";
        assert_eq!(of_latin(numbers), None);
    }
}

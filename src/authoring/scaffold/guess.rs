//! Guesses from what is known anyway: a title from a folder's name, languages from scripts.

use crate::model::Lang;
use crate::model::lang::Script;

/// A title from a folder's name: `my-notes` → `My notes`.
pub fn title(folder: &str) -> String {
    let words: String =
        folder.chars().map(|c| if matches!(c, '-' | '_') { ' ' } else { c }).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Papers".to_owned(),
    }
}

/// The languages of someone whose texts are in these scripts, and whose system speaks `system`.
///
/// Abstracts are English nearly everywhere, so English always comes with another language.
pub fn languages(scripts: &[Script], system: Option<&Lang>) -> Vec<Lang> {
    let english = Lang::english();
    let mut languages: Vec<Lang> = scripts
        .iter()
        .filter(|script| **script != Script::Latin)
        .map(|script| script.usual_language())
        .collect();
    if languages.is_empty() {
        languages
            .extend(system.filter(|_| scripts.is_empty() || system.is_some_and(is_latin)).cloned());
    }
    if !languages.contains(&english) {
        languages.push(english);
    }
    languages
}

fn is_latin(lang: &Lang) -> bool {
    lang.script() == Script::Latin
}

#[cfg(test)]
mod tests {
    use super::{languages, title};
    use crate::model::Lang;
    use crate::model::lang::Script;

    #[test]
    fn a_folder_names_its_site() {
        assert_eq!(title("my-notes"), "My notes");
        assert_eq!(title("논문_노트"), "논문 노트");
        assert_eq!(title("Ada's \"best\" papers"), "Ada's \"best\" papers");
        assert_eq!(title("--"), "Papers");
    }

    #[test]
    fn texts_tell_more_than_the_system() {
        assert_eq!(said(&[], None), "en");
        assert_eq!(said(&[], Some("en")), "en");
        assert_eq!(said(&[], Some("ko")), "ko en");
        assert_eq!(said(&[Script::Hangul], Some("en")), "ko en");
        assert_eq!(said(&[Script::Latin], Some("de")), "de en");
        assert_eq!(said(&[Script::Latin], Some("ko")), "en");
    }

    fn said(scripts: &[Script], system: Option<&str>) -> String {
        let system = system.and_then(Lang::parse);
        languages(scripts, system.as_ref())
            .iter()
            .map(Lang::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

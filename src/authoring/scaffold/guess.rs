//! Guesses from what is known anyway: a title from a folder's name, languages from texts.

use crate::model::Lang;

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

/// The languages of someone whose texts are in these, and whose system speaks `system`; texts tell more.
///
/// Abstracts are English nearly everywhere, so English always comes with another language.
pub fn languages(told: &[Lang], system: Option<&Lang>) -> Vec<Lang> {
    let english = Lang::english();
    let mut languages = told.to_vec();
    if languages.is_empty() {
        languages.extend(system.cloned());
    }
    if !languages.contains(&english) {
        languages.push(english);
    }
    languages
}

#[cfg(test)]
mod tests {
    use super::{languages, title};
    use crate::model::Lang;

    #[test]
    fn a_folder_names_its_site() {
        assert_eq!(title("my-notes"), "My notes");
        assert_eq!(title("논문_노트"), "논문 노트");
        assert_eq!(title("Ada's \"best\" papers"), "Ada's \"best\" papers");
        assert_eq!(title("--"), "Papers");
    }

    #[test]
    fn texts_tell_more_than_the_system() {
        assert_eq!(said("", None), "en");
        assert_eq!(said("", Some("en")), "en");
        assert_eq!(said("", Some("ko")), "ko en");
        assert_eq!(said("ko", Some("en")), "ko en");
        assert_eq!(said("en", Some("de")), "en");
    }

    fn said(told: &str, system: Option<&str>) -> String {
        let told: Vec<Lang> = told.split_whitespace().filter_map(Lang::parse).collect();
        let system = system.and_then(Lang::parse);
        let languages = languages(&told, system.as_ref());
        languages.iter().map(Lang::as_str).collect::<Vec<_>>().join(" ")
    }
}

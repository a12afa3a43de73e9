//! What language a text is said to be in where nobody says, and in which direction it runs.

use crate::desk::{Desk, TODAY};

/// The attributes of the element that holds these words, as the page has them.
fn around<'p>(page: &'p str, words: &str) -> &'p str {
    let paragraph = format!("<p>{words}");
    let at = page.find(&paragraph).unwrap_or_else(|| panic!("no {words} in {page}"));
    let start =
        page[..at].rfind(" lang=\"").unwrap_or_else(|| panic!("no language before {words}"));
    page[start..].split('>').next().unwrap()
}

/// The paper's page of a site in these languages with this commentary.
fn page(languages: &str, text: &str) -> String {
    let config = format!(
        "title = \"Lamps\"\nbase_url = \"https://lamps.example/\"\nlanguages = [{languages}]\n"
    );
    let digest =
        format!("## Lamps That Learn\n\n(Ada Wick)\nhttps://arxiv.org/abs/2503.90001\n\n{text}\n");
    let desk = Desk::of(&[("config.toml", &config), ("content/2025-03-12.md", &digest)]);
    let said = desk.run(&["build", "--today", TODAY]);
    assert_eq!(said.code, 0, "{}", said.text);
    String::from_utf8(desk.public()["papers/2503.90001/index.html"].clone()).unwrap()
}

/// Words, the language that their script tells on an English site, and their direction.
const SCRIPTS: &[(&str, &str, &str)] = &[
    ("등불은 오래 탄다.", "ko", ""),
    ("灯りは長く燃える。", "ja", ""),
    ("灯火长久燃烧。", "zh", ""),
    ("Лампы горят долго.", "ru", ""),
    ("المصابيح تحترق طويلا.", "ar", "rtl"),
    ("המנורות בוערות זמן רב.", "he", "rtl"),
    ("Οι λάμπες καίνε πολύ.", "el", ""),
    ("दीपक देर तक जलते हैं।", "hi", ""),
    ("ตะเกียงลุกไหม้นาน", "th", ""),
    // Terms of English in a text of another language.
    ("Transformer 모델의 loss를 줄인다.", "ko", ""),
    ("نموذج Transformer الجديد يعمل", "ar", "rtl"),
];

#[test]
fn the_script_tells_the_language_and_the_direction() {
    for (words, lang, direction) in SCRIPTS {
        let page = page("\"en\"", words);
        let found = around(&page, words);
        assert!(found.starts_with(&format!(" lang=\"{lang}\"")), "{words}: {found}");
        assert_eq!(found.contains("dir=\"rtl\""), *direction == "rtl", "{words}: {found}");
    }
}

#[test]
fn a_language_of_the_site_comes_before_the_usual_one_of_its_script() {
    for (languages, words, lang) in [
        ("\"en\", \"uk\"", "Лампи горять довго.", "uk"),
        ("\"en\", \"fa\"", "چراغ‌ها می‌سوزند", "fa"),
        ("\"de\"", "Lampen brennen lange.", "de"),
    ] {
        let page = page(languages, words);
        let found = around(&page, words);
        assert!(found.starts_with(&format!(" lang=\"{lang}\"")), "{words}: {found}");
    }
}

#[test]
fn a_page_runs_in_the_direction_of_its_language() {
    for (lang, direction) in [
        ("ar", "rtl"),
        ("he", "rtl"),
        ("fa", "rtl"),
        ("az-Arab", "rtl"),
        ("en", ""),
        ("ku-Latn", ""),
    ] {
        let page = page(&format!("\"{lang}\""), "A lamp.");
        let html = page.split("<html").nth(1).unwrap().split('>').next().unwrap();
        assert_eq!(html.contains(" dir=\"rtl\""), direction == "rtl", "{lang}: {html}");
        // Words of a language that runs otherwise say so on such a page.
        let paragraph = around(&page, "A lamp.");
        let left = paragraph.contains("dir=\"ltr\"");
        assert_eq!(left, direction == "rtl", "{lang}: {paragraph}");
    }
}

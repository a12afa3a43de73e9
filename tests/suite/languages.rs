//! What language a text is said to be in where nobody says, and in which direction it runs.

use std::collections::{BTreeMap, BTreeSet};

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
        ("\"de\", \"en\"", "The lamps learn in the evening how bright they have to be.", "en"),
        ("\"en\", \"de\"", "Die Lampen lernen am Abend, wie hell sie sein müssen.", "de"),
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

/// The strings of a language that the default theme brings: keys, and what is to be filled in.
fn strings(lang: &str) -> BTreeMap<String, BTreeSet<String>> {
    let path = format!("{}/themes/offprint/strings/{lang}.toml", env!("CARGO_MANIFEST_DIR"));
    let table: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    let holes = |value: &toml::Value| {
        let texts: Vec<&str> = match value {
            toml::Value::Table(forms) => forms.values().filter_map(toml::Value::as_str).collect(),
            text => text.as_str().into_iter().collect(),
        };
        let parts = texts.iter().flat_map(|text| text.split('{').skip(1));
        parts.map(|part| part.split('}').next().unwrap().to_owned()).collect()
    };
    table.iter().map(|(key, value)| (key.clone(), holes(value))).collect()
}

#[test]
fn every_language_of_the_theme_says_all_with_the_same_holes() {
    let english = strings("en");
    for lang in ["ko", "ja", "zh", "zh-hant", "de", "fr", "es"] {
        let mut own = strings(lang);
        // A language may say better than CLDR what a week is called.
        own.retain(|key, _| english.contains_key(key) || !key.ends_with("_format"));
        assert_eq!(own, english, "themes/offprint/strings/{lang}.toml");
    }
}

#[test]
fn dates_are_said_as_each_language_has_them() {
    for (lang, date, month) in [
        ("ko", "2025년 3월 1일", "2025년 3월"),
        ("en", "March 1, 2025", "March 2025"),
        ("en-GB", "1 March 2025", "March 2025"),
        ("ja", "2025年3月1日", "2025年3月"),
        ("zh-Hant", "2025年3月1日", "2025年3月"),
        ("de", "1. März 2025", "März 2025"),
        ("fr", "1er mars 2025", "mars 2025"),
        ("es", "1 de marzo de 2025", "marzo de 2025"),
        ("es-MX", "1 de marzo de 2025", "marzo de 2025"),
        ("pt-BR", "1º de março de 2025", "março de 2025"),
        ("ru", "1 марта 2025 г.", "март 2025 г."),
        ("pl", "1 marca 2025", "marzec 2025"),
        ("ca", "1 de març del 2025", "març del 2025"),
        ("fa", "1 مارس 2025", "مارس 2025"),
        ("hu", "2025. március 1.", "2025. március"),
        ("vi", "1 tháng 3, 2025", "tháng 3 năm 2025"),
    ] {
        let config = format!(
            "title = \"Lamps\"\nbase_url = \"https://lamps.example/\"\nlanguages = [\"{lang}\"]\n"
        );
        let digest = "## Lamps That Learn\n\nhttps://arxiv.org/abs/2503.90001\n\nA lamp.\n";
        let desk = Desk::of(&[("config.toml", &config), ("content/2025-03-01.md", digest)]);
        let said = desk.run(&["build", "--today", TODAY]);
        assert_eq!(said.code, 0, "{}", said.text);
        let public = desk.public();
        let text = |path: &str| String::from_utf8(public[path].clone()).unwrap();
        let page = |path: &str| text(path).replace(['\u{a0}', '\u{202f}'], " ");
        let title = format!("<title>{date} · ");
        assert!(page("2025/03/01/index.html").contains(&title), "{lang}: {title}");
        assert!(page("2025/03/index.html").contains(&format!("<title>{month} · ")), "{lang}");
    }
}

#[test]
fn a_language_without_words_is_told_once_and_made_to_translate() {
    let config = "title = \"Lamps\"\nbase_url = \"https://lamps.example/\"\nlanguages = [\"pl\"]\n";
    let digest = "## Lamps That Learn\n\nhttps://arxiv.org/abs/2503.90001\n\nA lamp.\n";
    let desk = Desk::of(&[("config.toml", config), ("content/2025-03-01.md", digest)]);
    let said = desk.run(&["build", "--today", TODAY]);
    assert_eq!(said.text.matches("note[missing-string]").count(), 1, "{}", said.text);
    assert!(said.text.contains("`offprint theme eject strings/pl.toml`"), "{}", said.text);
    let ejected = desk.run(&["theme", "eject", "strings/pl.toml"]);
    assert_eq!(ejected.code, 0, "{}", ejected.text);
    let made = std::fs::read_to_string(desk.path("strings/pl.toml")).unwrap();
    assert!(made.contains("archive = \"Archive\" # Archive\n"), "{made}");
    assert!(made.contains("# date_format = \"{day} {month_name} {year}\"\n"), "{made}");
    let count = "papers_count = { one = \"{n} paper\", few = \"{n} papers\", many = \"{n} papers\", other = ";
    assert!(made.contains(count), "{made}");
    let said = desk.run(&["build", "--today", TODAY]);
    assert!(!said.text.contains("missing-string"), "{}", said.text);
    // The words of another language are copied as they are.
    let copied = desk.run(&["theme", "eject", "strings/ja.toml"]);
    assert_eq!(copied.code, 0, "{}", copied.text);
}

/// Style sheets that say where a line begins and ends fit both directions; what says left and right fits one.
#[test]
fn style_sheets_fit_both_directions() {
    let physical = |rule: &str| {
        let (name, value) = rule.split_once(':').unwrap_or_default();
        let sides: Vec<&str> = value.split_whitespace().collect();
        let has_sides =
            ["margin", "padding", "border-width", "border-radius"].contains(&name.trim());
        let names = ["-left", "-right"].iter().any(|side| name.trim().ends_with(side));
        let places = ["left", "right"].contains(&name.trim());
        names || places || has_sides && sides.len() == 4 && sides[1] != sides[3]
    };
    for (theme, sheet) in [("offprint", "style"), ("ledger", "ledger")] {
        let path = format!("{}/themes/{theme}/static/{sheet}.css", env!("CARGO_MANIFEST_DIR"));
        let css = std::fs::read_to_string(path).unwrap();
        let rules = css.split(['{', '}', ';']).filter(|rule| !rule.contains("rotate"));
        // The corner of a border that is turned to be a triangle has no sides of its own.
        let wrong: Vec<&str> =
            rules.filter(|rule| physical(rule) && !rule.contains("1.5px")).collect();
        assert!(wrong.is_empty(), "{theme}: {wrong:#?}");
    }
}

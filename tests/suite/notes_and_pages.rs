//! Readers of notes and of published digests: what the corpus holds, and that no word is lost.
//!
//! `OFFPRINT_CORPUS` names the folder with the samples.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use offprint::formats::{self, Format, Hints, NOTES, Reading, read};
use offprint::model::{Digest, Entry, Lang};

use crate::common::format;

fn languages() -> [Lang; 2] {
    ["ko", "en"].map(|tag| Lang::parse(tag).unwrap())
}

fn read_as(format: &Format, text: &str, stem: &str) -> Reading {
    read(format, text, &Hints { stem, languages: &languages(), ..Hints::default() })
}

fn entry(reading: &Reading) -> &Entry {
    let [digest] = reading.digests.as_slice() else { panic!("one digest a note") };
    let [entry] = digest.entries.as_slice() else { panic!("one entry a note") };
    entry
}

fn codes(reading: &Reading) -> Vec<&str> {
    reading.findings.iter().map(|finding| finding.code.as_str()).collect()
}

/// The texts of a folder of the corpus by the stems of their files, in order; none where there is no corpus.
fn corpus(folder: &str) -> Vec<(String, String)> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the corpus is too large to be part of the repository"
    )]
    let Ok(root) = std::env::var("OFFPRINT_CORPUS") else {
        {
            eprintln!("OFFPRINT_CORPUS is unset: not tested on {folder}");
        }
        return Vec::new();
    };
    let mut found = Vec::new();
    gather(&Path::new(&root).join(folder), &mut found);
    found.sort();
    found
}

fn gather(folder: &Path, found: &mut Vec<(String, String)>) {
    for file in std::fs::read_dir(folder).unwrap() {
        let path: PathBuf = file.unwrap().path();
        if path.is_dir() {
            gather(&path, found);
        } else {
            #[expect(clippy::disallowed_methods, reason = "a test reads its samples")]
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path.file_stem().unwrap().to_str().unwrap().to_owned(), text));
        }
    }
}

/// Words of two letters or more, folded, but for those of addresses.
fn words(text: &str) -> BTreeSet<String> {
    let tokens = text.split_whitespace().filter_map(|token| token.split("://").next());
    let words = tokens.flat_map(|token| token.split(|c: char| !c.is_alphanumeric()));
    words
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
        .map(str::to_lowercase)
        .collect()
}

/// Everything that a digest says.
fn said(digest: &Digest) -> String {
    let mut all: Vec<String> =
        digest.intro.iter().map(|passage| passage.text.text.clone()).collect();
    for entry in &digest.entries {
        all.push(entry.title.clone());
        all.extend(entry.title_markup.clone());
        all.extend(entry.authors.iter().chain(&entry.org).cloned());
        all.extend(entry.fields.iter().map(|(_, value)| value.clone()));
        all.extend(entry.tags.iter().map(ToString::to_string));
        all.extend(entry.abstract_text.iter().map(|prose| prose.text.clone()));
        all.extend(entry.body.iter().map(|passage| passage.text.text.clone()));
    }
    all.join("\n")
}

/// Words that are form: marks of a language, a section, a list of authors, a date line; a command of TeX, a character of HTML.
const FORM: [&str; 13] = [
    "et", "al", "amp", "https", "http", "english", "links", "and", "april", "요일", "textbf",
    "textit", "emph",
];

fn lost(text: &str, reading: &Reading) -> Vec<String> {
    let mut told: BTreeSet<String> =
        reading.digests.iter().flat_map(|digest| words(&said(digest))).collect();
    for span in reading.findings.iter().filter_map(|finding| finding.span.clone()) {
        told.extend(words(text.get(span).unwrap()));
    }
    // The number of an affiliation goes, the name that it is a mark of stays.
    let is_told = |word: &String| {
        told.contains(word) || told.contains(word.trim_end_matches(|c: char| c.is_ascii_digit()))
    };
    words(text)
        .into_iter()
        .filter(|word| !is_told(word) && !FORM.contains(&word.as_str()))
        .collect()
}

#[test]
fn every_note_of_the_corpus_is_read_and_no_word_lost() {
    let notes = corpus("vault");
    if notes.is_empty() {
        return;
    }
    let readings: Vec<_> =
        notes.iter().map(|(stem, text)| (stem, read_as(NOTES, text, stem))).collect();
    assert_eq!(readings.len(), 698);
    for ((stem, reading), (_, text)) in readings.iter().zip(&notes) {
        assert_eq!(lost(text, reading), Vec::<String>::new(), "{stem}");
        let entry = entry(reading);
        assert!((2..250).contains(&entry.title.len()), "{stem}: {}", entry.title);
        assert_eq!(
            entry.field("note").map(|note| note.replace(' ', "")),
            Some(stem.replace(' ', ""))
        );
    }
    let count = |test: &dyn Fn(&Entry) -> bool| {
        readings.iter().filter(|(_, reading)| test(entry(reading))).count()
    };
    assert_eq!(count(&|entry| entry.authors.is_empty()), 34);
    assert_eq!(count(&|entry| entry.links.is_empty()), 5);
    let undated: Vec<_> =
        readings.iter().filter(|(_, reading)| reading.digests[0].date.is_none()).collect();
    assert_eq!(
        undated.iter().map(|(stem, _)| stem.as_str()).collect::<Vec<_>>(),
        ["Cosmos", "Reka Core"]
    );
    let unclosed = readings.iter().filter(|(_, reading)| codes(reading).contains(&"unclosed"));
    let names: Vec<_> = unclosed.map(|(stem, _)| stem.split(' ').next().unwrap()).collect();
    assert_eq!(names, ["250225", "250510"]);
}

#[test]
fn the_pages_of_the_corpus_hold_5_and_8_entries() {
    for ((stem, text), count) in corpus("digest-pages").into_iter().zip([5, 8]) {
        let reading = read_as(format("digest-page"), &text, &stem);
        let [digest] = reading.digests.as_slice() else { panic!("one digest a page") };
        assert_eq!(digest.date.map(|date| date.to_string()), Some(stem));
        assert_eq!((digest.entries.len(), digest.intro.len()), (count, 0));
        for entry in &digest.entries {
            let marks: Vec<_> =
                entry.body.iter().map(|text| text.lang.as_ref().map(Lang::as_str)).collect();
            assert_eq!(marks, [None, Some("en")], "{}", entry.title);
            let length = entry.abstract_text.as_ref().map_or(0, |prose| prose.text.len());
            assert!(
                length > 400 && entry.authors.len() > 1 && !entry.tags.is_empty(),
                "{}",
                entry.title
            );
        }
        assert_eq!(lost(&text, &reading), Vec::<String>::new());
        assert_eq!(reading.findings, []);
    }
}

#[test]
fn a_note_takes_its_date_from_its_name_else_from_the_hint() {
    let date = Some(jiff::civil::date(2024, 5, 6));
    let read = |stem, date| read(NOTES, "글\n", &Hints { stem, date, ..Hints::default() });
    let told = |reading: Reading| reading.digests[0].date.map(|date| date.to_string());
    assert_eq!(told(read("250310 A", date)).as_deref(), Some("2025-03-10"));
    assert_eq!(told(read("A", date)).as_deref(), Some("2024-05-06"));
    assert_eq!(codes(&read("A", None)), ["undated"]);
    assert_eq!(codes(&read("250310", None)), ["missing-title"]);
}

#[test]
fn a_remark_in_parentheses_is_no_title() {
    for text in [
        "https://arxiv.org/abs/2501.00001\n\n모델이 나왔네요. (드디어)\n",
        "https://arxiv.org/abs/2501.00001\n\nA model is out. (At last)\n",
        "https://arxiv.org/abs/2501.00001\n\nIt is like another one (https://arxiv.org/abs/2401.00001)\n",
        "https://arxiv.org/abs/2501.00001\n\n[a link](https://example.org)\n",
        "글을 썼다.\nTitle (A B, C D)\nhttps://arxiv.org/abs/2501.00001\n글.\n",
    ] {
        let reading = read_as(NOTES, text, "250101 The Name");
        assert_eq!(entry(&reading).title, "The Name", "{text}");
        assert_eq!(entry(&reading).links.len(), 1, "{text}");
    }
}

#[test]
fn a_name_that_config_gives_a_meaning_has_it_in_every_format() {
    let texts = [
        ("notes", "---\n갈래: 등불\n---\nhttps://arxiv.org/abs/2503.01001\n\n*Wax* (Ada Wick)\n"),
        ("notes", "# Wax\n\n- **갈래:** 등불\n- **Link:** https://arxiv.org/abs/2503.01001\n"),
        (
            "markdown",
            "---\ndate: 2025-03-02\n---\n## Wax\n\nhttps://arxiv.org/abs/2503.01001\n갈래: 등불\n",
        ),
        (
            "list",
            "| Title | Link | 갈래 |\n|---|---|---|\n| Wax | https://arxiv.org/abs/2503.01001 | 등불 |\n",
        ),
        ("ris", "TY  - JOUR\nTI  - Wax\nZZ  - 등불\nER  -\n"),
        ("csl-json", r#"[{"type": "article", "title": "Wax", "갈래": "등불"}]"#),
        ("bibtex", "@article{wax, title = {Wax}, zz = {등불}}"),
    ];
    let tags = formats::fields::of_program("tags").unwrap();
    let names = ["갈래", "ZZ"].map(|name| (name.to_owned(), tags));
    for (name, text) in texts {
        let hints =
            Hints { stem: "wax", languages: &languages(), names: &names, ..Hints::default() };
        let reading = read(format(name), text, &hints);
        let tags: Vec<&str> =
            entry(&reading).tags.iter().map(offprint::model::Tag::as_str).collect();
        assert_eq!(tags, ["등불"], "{name}: {reading:?}");
    }
}

#[test]
fn paragraphs_that_alternate_with_their_translations_are_two_texts() {
    let head = "https://arxiv.org/abs/2503.01001\n\n*Wax* (Ada Wick)\n\n";
    let (one, uno) = ("밀랍은 추운 방에서 더 오래 기다린다.", "Wax waits longer in a cold room.");
    let (two, duo) = ("기름은 스스로 심지를 타고 오른다.", "Oil climbs the wick by itself.");
    let said = |text: &str| {
        let reading = read_as(NOTES, &format!("{head}{text}"), "250310 Wax");
        let lang = |passage: &offprint::model::Passage| passage.lang.as_ref().map(Lang::to_string);
        entry(&reading)
            .body
            .iter()
            .map(|passage| (lang(passage), passage.text.text.clone()))
            .collect::<Vec<_>>()
    };
    let en = Some("en".to_owned());
    let split = vec![(None, format!("{one}\n\n{two}")), (en.clone(), format!("{uno}\n\n{duo}"))];
    assert_eq!(said(&format!("{one}\n\n{uno}\n\n{two}\n\n{duo}\n")), split);
    let headed =
        vec![(None, format!("{one}\n\n### 기름\n\n{two}")), (en, format!("{uno}\n\n{duo}"))];
    assert_eq!(said(&format!("{one}\n\n{uno}\n\n### 기름\n\n{two}\n\n{duo}\n")), headed);
    // One pair is no habit, and an essay that quotes is no translation.
    for whole in [
        format!("{one}\n\n{uno}\n\n{two}\n"),
        format!("{one}\n\n{uno}\n\n{two}\n\n{one}\n"),
        format!("{one}\n\n“{uno}”\n\n{two}\n\n“{duo}”\n\n{one}\n"),
    ] {
        assert_eq!(said(&whole).len(), 1, "{whole}");
    }
    let quoting = said(&format!("{one}\n\n“{uno}”\n\n{two}\n\n“{duo}”\n"));
    assert!(quoting[0].1.contains("a cold room"), "{quoting:?}");
}

#[test]
fn other_dates_of_a_text_say_whether_the_day_or_the_month_stands_first() {
    let day = |other: &str, day_first: Option<bool>| {
        let row =
            |date: &str, id: &str| format!("| {date} | Wax {id} | https://arxiv.org/abs/{id} |\n");
        let text = format!(
            "| Date | Title | Link |\n|---|---|---|\n{}{}",
            row("3/12/2025", "2503.01001"),
            row(other, "2503.01002")
        );
        let reading =
            read(format("list"), &text, &Hints { stem: "wax", day_first, ..Hints::default() });
        let has = |day: &str| {
            reading.digests.iter().any(|digest| digest.date.unwrap().to_string() == day)
        };
        assert_ne!(has("2025-03-12"), has("2025-12-03"), "{reading:?}");
        (has("2025-03-12"), codes(&reading) == ["unsure-date"])
    };
    assert_eq!(day("25/12/2025", None), (false, false));
    assert_eq!(day("25.12.2025", None), (false, false));
    assert_eq!(day("12/25/2025", None), (true, false));
    assert_eq!(day("4/11/2025", None), (true, true));
    assert_eq!(day("4/11/2025", Some(true)), (false, false));
    assert_eq!(day("12/25/2025", Some(true)), (true, false));
    assert_eq!(day("2025-12-25", None), (true, true));
}

#[test]
fn a_few_words_in_a_third_script_do_not_name_the_language() {
    let text = "https://example.org\n\n한글이다.\n\n一二三 (One)\n\nEnglish (https://example.org/a) text.\n";
    let reading = read_as(NOTES, text, "250101 T");
    let marks: Vec<_> =
        entry(&reading).body.iter().map(|text| text.lang.as_ref().map(Lang::as_str)).collect();
    assert_eq!(marks, [None, Some("en")]);
}

#[test]
fn prose_of_a_note_knows_its_place() {
    let text = "\u{feff}https://arxiv.org/abs/2501.00001\r\n\r\n*T* (A B)\r\n\r\n> An abstract\r\n\r\n하나\r\n둘\r\n\r\nThree\r\n";
    let reading = read_as(NOTES, text, "250101 T");
    let entry = entry(&reading);
    for (prose, word) in [
        (entry.abstract_text.as_ref().unwrap(), "abstract"),
        (&entry.body[0].text, "둘"),
        (&entry.body[1].text, "Three"),
    ] {
        let at = prose.text.find(word).unwrap();
        assert_eq!(&text[prose.source_span(at..at + word.len()).unwrap()], word);
    }
    assert_eq!(entry.body[0].text.text, "하나\\\n둘");
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    const PIECES: [&str; 32] = [
        "\n",
        "\n\n",
        "https://arxiv.org/abs/2501.00001",
        "*Title* (Ann Bee, Cy Dee)",
        "Title of it (Ann Bee, et al.)\n",
        "(",
        ")",
        "*",
        "> quote\n",
        ">",
        "<english>",
        "</english>",
        "\n#tag #other_tag\n",
        "\n# Links\n",
        "[[a note]]",
        "[[",
        "# Heading\n",
        "```\n",
        "- item\n",
        "한국어 문장이다.",
        "English text.",
        "\r\n",
        "\u{feff}",
        "\0",
        "$x$ $5",
        "`code`",
        "line\n===\n",
        "2025년 3월 12일\n",
        "March 12, 2025\n",
        "(Ann Bee)\n",
        "**강조(괄호)**는",
        "<mid> &amp; _x_",
    ];

    fn text() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..24)
            .prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn no_word_is_lost(text in text()) {
            for format in [NOTES, format("digest-page")] {
                let reading = read_as(format, &text, "250101 Name");
                let lost: Vec<_> = lost(&text, &reading).into_iter().filter(|word| word != "march").collect();
                prop_assert!(lost.is_empty(), "{format}: {lost:?}");
            }
        }
    }
}

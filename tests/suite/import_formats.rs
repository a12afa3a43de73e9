//! Readers of lists made elsewhere: golden files beside their sources, the samples of the corpus, properties.
//!
//! `UPDATE_EXPECT=1` writes the golden files anew; `OFFPRINT_CORPUS` names the folder with the samples.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use offprint::formats::{FORMATS, Hints, MARKDOWN, NOTES, Reading, detect, read};
use offprint::model::Digest;

use crate::common::dump::{dump, dump_digest};
use crate::common::format;

/// Formats whose golden files `readers` holds.
const ELSEWHERE: [&str; 3] = ["markdown", "notes", "digest-page"];

const SAMPLES: [(&str, &str); 2] = [
    ("daily-papers", "daily-papers/dec-10.txt"),
    ("papers-of-the-week", "papers-of-the-week/README.md"),
];

fn hints(stem: &str) -> Hints<'_> {
    Hints { stem, ..Hints::default() }
}

/// The sources of a format's golden files: everything in its folder that is not an expectation.
fn sources(format: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers").join(format);
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> =
        files.filter(|path| path.extension().is_none_or(|end| end != "expect")).collect();
    files.sort();
    files
}

fn text_of(path: &Path) -> String {
    #[expect(clippy::disallowed_methods, reason = "a test reads its own files")]
    std::fs::read_to_string(path).unwrap()
}

fn corpus(path: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the corpus is too large to be part of the repository"
    )]
    let folder = std::env::var("OFFPRINT_CORPUS").ok();
    if folder.is_none() {
        {
            eprintln!("OFFPRINT_CORPUS is unset: not tested on {path}");
        }
    }
    folder.map(|folder| text_of(&Path::new(&folder).join(path)))
}

#[test]
fn the_daily_papers_page_of_the_corpus_holds_56_papers() {
    let Some(text) = corpus("daily-papers/dec-10.txt") else {
        return;
    };
    let reading = read(format("daily-papers"), &text, &hints("dec-10"));
    let [digest] = reading.digests.as_slice() else { panic!("one digest a page") };
    assert_eq!(digest.date, Some(jiff::civil::date(2025, 12, 10)));
    assert_eq!(digest.entries.len(), 56);
    for entry in &digest.entries {
        let length = entry.abstract_text.as_ref().map_or(0, |prose| prose.text.len());
        assert!((10..200).contains(&entry.title.len()) && length > 400, "{}", entry.title);
        assert!(entry.body.is_empty(), "{}", entry.title);
    }
    let dated = digest.entries.iter().filter(|entry| entry.field("published").is_some()).count();
    let teams: Vec<_> = digest.entries.iter().filter_map(|entry| entry.org.as_deref()).collect();
    assert_eq!((dated, teams), (50, vec!["ByteDance", "Tencent", "Moonshot AI"]));
    let codes: Vec<_> = reading.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["inferred-year"]);
}

#[test]
fn papers_in_sections_that_days_head_are_of_those_days() {
    let text = "# Log\n\n## 2025-04-03\n\n### [Soot in Rooms](https://arxiv.org/abs/2504.94001)\n\nBlack.\n\n\
                ## 2025-04-02\n\n### [Soot in Halls](https://arxiv.org/abs/2504.94002)\n\nGrey.\n";
    let reading = read(MARKDOWN, text, &Hints { stem: "log", foreign: true, ..Hints::default() });
    let days: Vec<_> = reading
        .digests
        .iter()
        .map(|digest| (digest.date.unwrap().to_string(), digest.entries[0].title.as_str()))
        .collect();
    let said =
        [("2025-04-03".to_owned(), "Soot in Rooms"), ("2025-04-02".to_owned(), "Soot in Halls")];
    assert_eq!(days, said);
    assert!(reading.findings.is_empty());
}

#[test]
fn the_weekly_list_of_the_corpus_holds_44_weeks_of_ten() {
    let Some(text) = corpus("papers-of-the-week/README.md") else {
        return;
    };
    let reading = read(format("papers-of-the-week"), &text, &hints("README"));
    assert_eq!(reading.digests.len(), 44);
    assert!(
        reading.digests.windows(2).all(|pair| pair[0].date > pair[1].date),
        "newest first, without a gap"
    );
    for digest in &reading.digests {
        assert_eq!(digest.entries.len(), 10, "{:?}", digest.date);
        for entry in &digest.entries {
            assert!((3..120).contains(&entry.title.len()), "{}", entry.title);
            assert!(!entry.title.contains("**") && !entry.links.is_empty(), "{}", entry.title);
        }
    }
    let first = reading.digests.last().unwrap();
    assert_eq!(first.date, Some(jiff::civil::date(2023, 1, 8)));
}

#[test]
fn the_samples_of_the_corpus_are_told_apart() {
    let samples = [
        ("daily-papers/dec-10.txt", format("daily-papers")),
        ("papers-of-the-week/README.md", format("papers-of-the-week")),
        ("digest-pages/2025-03-12.txt", format("digest-page")),
        ("digest-pages/2025-03-18.txt", format("digest-page")),
        ("vault/arXiv/2019/190620 XLNet.md", NOTES),
        ("vault/arXiv/2024/Reka Core.md", NOTES),
    ];
    for (path, format) in samples {
        let Some(text) = corpus(path) else { return };
        assert_eq!(detect(&text, path), Some(format), "{path}");
    }
}

#[test]
fn formats_are_told_apart_by_what_is_in_them() {
    let cases = [
        ("+++\ndate = 2025-03-12\n+++\n", "x.md", Some(MARKDOWN)),
        ("---\ntitle: x\n---\n", "250310 x.md", Some(MARKDOWN)),
        ("## A Paper\n\n(A, B)\n", "2025-03-12.md", Some(MARKDOWN)),
        ("---\ntags: [x]\ncreated: 2025-03-10\n---\nText.\n", "250310 x.md", Some(NOTES)),
        ("---\ntags: [x]\n---\n\nhttps://arxiv.org/abs/2501.00001\n", "250310 x.md", Some(NOTES)),
        ("---\ntitle: x\n---\n\n## A Paper\n\n(A, B)\n", "250310 x.md", Some(MARKDOWN)),
        ("## A Paper\n\narXiv:2503.07576\n", "250314 Steps.md", Some(MARKDOWN)),
        ("Read.\n\n## A\n\n(A, B)\n\n## B\n\n(C, D)\n", "250314.md", Some(MARKDOWN)),
        ("https://arxiv.org/abs/2501.00001\n\n## Why\n\nBecause.\n", "250314 x.md", Some(NOTES)),
        ("Just a page.\n", "about.md", Some(MARKDOWN)),
        ("", "empty.md", Some(MARKDOWN)),
        ("", "empty.txt", None),
        ("Just a text.\n", "about.txt", None),
        ("https://arxiv.org/abs/2501.00001\n\nTitle (A)\n", "Some note.md", Some(NOTES)),
        ("A title\n", "250310 A title.md", Some(NOTES)),
        ("A title\n", "251310 A title.md", Some(MARKDOWN)),
        ("2025년 3월 12일\n\n제목\n", "page.txt", Some(format("digest-page"))),
        ("March 12, 2025\n\nTitle\n", "page.md", Some(format("digest-page"))),
        ("2025-03-12\n\nTitle\n", "page.txt", Some(format("digest-page"))),
        ("2025. 3. 12.\n\nTitle\n", "page.txt", Some(format("digest-page"))),
        ("2025.03.12\n\nTitle\n", "page.txt", Some(format("digest-page"))),
        ("2025/03/12\n\nTitle\n", "page.txt", Some(format("digest-page"))),
        ("Wednesday, March 12, 2025\n\nTitle\n", "page.txt", Some(format("digest-page"))),
        ("12 March 2025\n\nTitle\n", "page.txt", Some(format("digest-page"))),
        ("2025年3月12日\n\nTitle\n", "page.txt", Some(format("digest-page"))),
        ("2025-03-12T09:00\n\nTitle\n", "page.txt", Some(format("digest-page"))),
        ("2025년 3월 12일 논문 정리\n\nTitle\n", "page.txt", Some(format("digest-page"))),
        ("# 2025-03-12\n\n| Title | Link |\n|--|--|\n| Lamps | x |\n", "x.md", Some(MARKDOWN)),
        ("# 2025-03-12\n\n### 1. Lamps\n\nTitle\n", "x.md", Some(MARKDOWN)),
        (
            "Home\nAbout\nMarch 12, 2025\nLamps\n(Ada Byron)\n",
            "page.txt",
            Some(format("digest-page")),
        ),
        ("About\nMarch 12, 2025\nWe met, and lamps were lit.\n", "page.md", Some(MARKDOWN)),
        ("2025-03-12 was a day of lamps.\n", "page.md", Some(MARKDOWN)),
        ("[{\"paper\": {}}]", "x", Some(format("daily-papers-json"))),
        ("[a link](https://example.org)", "x.md", Some(MARKDOWN)),
        ("\u{feff}<?xml version='1.0'?><feed/>", "x", Some(format("arxiv-atom"))),
        (
            "Submitted by\nakhaliq\n\n52\nLamps\n\n· 12 authors\n4\n",
            "x.txt",
            Some(format("daily-papers")),
        ),
        (
            "## Week 10, 2025\n| Paper | Links |\n|--|--|\n| Lamps | [Paper](x) |\n",
            "x.md",
            Some(format("papers-of-the-week")),
        ),
        ("## Lamps\n| Paper | Links |\n|--|--|\n| Lamps | [Paper](x) |\n", "x.md", Some(MARKDOWN)),
        ("<html></html>", "x.html", None),
        ("% a comment\n@article{x, title={y}}", "x.txt", Some(format("bibtex"))),
        ("@someone wrote", "x.md", Some(MARKDOWN)),
    ];
    for (text, name, format) in cases {
        assert_eq!(detect(text, name), format, "{name}: {text}");
    }
}

#[test]
fn a_page_takes_its_year_from_what_is_told() {
    let page = "Daily Papers\n\nMar 4\n\nA Title\n\nAn abstract.\n\n• 2 authors\n·\nMar 1\n";
    let date = |hints: &Hints<'_>| {
        read(format("daily-papers"), page, hints).digests[0].date.map(|date| date.to_string())
    };
    assert_eq!(date(&hints("x")), None);
    assert_eq!(date(&Hints { year: Some(2024), ..hints("x") }).as_deref(), Some("2024-03-04"));
    let told = Hints { date: Some(jiff::civil::date(2023, 3, 5)), ..hints("x") };
    assert_eq!(date(&told).as_deref(), Some("2023-03-05"));
}

#[test]
fn one_date_for_all_makes_one_digest() {
    let date = Some(jiff::civil::date(2025, 11, 4));
    for (name, file) in [
        ("daily-papers-json", "answer.json"),
        ("arxiv-atom", "answer.xml"),
        ("bibtex", "library.bib"),
    ] {
        let path = sources(name).into_iter().find(|path| path.ends_with(file)).unwrap();
        let reading = read(format(name), &text_of(&path), &Hints { date, ..hints("x") });
        assert_eq!(reading.digests.len(), 1, "{name}");
        assert_eq!(reading.digests[0].date, date, "{name}");
        assert!(
            reading.findings.iter().all(|finding| finding.code.as_str() != "undated"),
            "{name}"
        );
    }
}

/// Words of two letters or more, folded.
fn words(text: &str) -> Vec<String> {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1);
    words.map(str::to_lowercase).collect()
}

/// Every word of the source is in a digest or in the span of a finding, but for those that are form.
fn assert_no_word_lost(text: &str, reading: &Reading, form: &[&str]) {
    let mut said = dump(reading, text);
    for digest in &reading.digests {
        write!(
            said,
            " {}",
            digest.date.map(|date| date.strftime("%B %b").to_string()).unwrap_or_default()
        )
        .unwrap();
        for date in digest
            .entries
            .iter()
            .filter_map(|entry| entry.field("published")?.parse::<jiff::civil::Date>().ok())
        {
            write!(said, " {}", date.strftime("%B %b")).unwrap();
        }
    }
    for finding in &reading.findings {
        write!(
            said,
            " {}",
            finding.span.clone().and_then(|span| text.get(span)).unwrap_or_default()
        )
        .unwrap();
    }
    let said: std::collections::BTreeSet<String> = words(&said).into_iter().collect();
    let lost: Vec<_> = words(text)
        .into_iter()
        .filter(|word| !said.contains(word) && !form.contains(&word.as_str()))
        .collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
}

/// What a page prints that says nothing about a paper.
const PAGE: &[&str] = &[
    "new",
    "ak",
    "get",
    "trending",
    "papers",
    "in",
    "your",
    "email",
    "inbox",
    "subscribe",
    "daily",
    "byak",
    "and",
    "the",
    "research",
    "community",
    "authors",
    "author",
    "moonshotai",
    "harbourlab",
    "company",
    "tos",
    "by",
    "submitted",
    "hugging",
    "face",
    "logo",
    "models",
    "datasets",
    "spaces",
    "docs",
    "enterprise",
    "pricing",
    "log",
    "sign",
    "up",
    "previous",
    "next",
    "privacy",
    "about",
    "system",
    "theme",
    "website",
];

/// Names of columns, and what breaks a line in a cell.
const TABLE: &[&str] =
    &["emph", "paper", "links", "link", "title", "authors", "rank", "no", "code", "br"];

#[test]
fn no_word_of_a_page_or_a_list_is_lost() {
    for (name, sample) in SAMPLES {
        let texts = sources(name)
            .iter()
            .map(|path| text_of(path))
            .chain(corpus(sample))
            .collect::<Vec<_>>();
        for text in texts {
            let mut form = PAGE.to_vec();
            form.extend(TABLE);
            assert_no_word_lost(&text, &read(format(name), &text, &hints("x")), &form);
        }
    }
}

/// What a reader found, written and read again, is the same.
fn assert_survives_writing(reading: &Reading) {
    for digest in reading.digests.iter().filter(|digest| digest.date.is_some()) {
        let written = offprint::formats::writer::write(digest);
        let again = read(MARKDOWN, &written, &hints("x"));
        let said = |digest: &Digest| {
            let mut text = String::new();
            dump_digest(&mut text, digest);
            text
        };
        assert_eq!(
            again.digests.iter().map(said).collect::<String>(),
            said(digest),
            "written:\n{written}"
        );
        assert_eq!(again.digests, std::slice::from_ref(digest), "written:\n{written}");
    }
}

#[test]
fn what_was_read_survives_writing() {
    let date = Some(jiff::civil::date(2025, 11, 4));
    for format in FORMATS.iter().filter(|format| !ELSEWHERE.contains(&format.name)) {
        for path in sources(format.name) {
            let text = text_of(&path);
            assert_survives_writing(&read(format, &text, &hints("x")));
            assert_survives_writing(&read(format, &text, &Hints { date, ..hints("x") }));
        }
    }
    for (name, sample) in SAMPLES {
        if let Some(text) = corpus(sample) {
            assert_survives_writing(&read(format(name), &text, &hints("x")));
        }
    }
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    /// Pieces of all formats, so that random texts get past the first check of each reader.
    const PIECES: &[&str] = &[
        "\n",
        "\n\n",
        "• 3 authors\n·\n",
        "Dec 10",
        "Feb 30, 2024 1",
        "·",
        "Daily Papers\n\n",
        "Submitted by\n",
        "52\n",
        "· 12 authors\n",
        "Previous\n1\n2\nNext\n",
        "| 1) ",
        "| Title | Authors | Lantern | Links |\n",
        "|---|---|---|---|\n",
        "## 2025-03-03 ~ 2025-03-09\n",
        "| ",
        "**",
        " - ",
        "  ",
        "[Paper](https://arxiv.org/abs/2501.00001)",
        "[Tweet)](",
        "](",
        "<br>",
        "●",
        "## Week (Jan 1-7) - 2025\n",
        "## (Dec 30 - Jan 5)\n",
        "@article{key,",
        "@string{a = a # \"b\"}",
        "title = {",
        "author = {Last, First and ",
        "}",
        "{",
        "\"",
        "#",
        "\\",
        "$",
        "$$",
        "<entry>",
        "</entry>",
        "<title>",
        "</title>",
        "&amp;",
        "&",
        "\\emph{",
        "\\'",
        "\\H{o}",
        "``",
        "--",
        "<summary>",
        "</summary>",
        "<creator>",
        "]]>",
        "<![CDATA[",
        "<author><name>",
        "[{\"paper\":{\"title\":\"",
        "\"}}]",
        "한국어",
        "Привет",
        "\u{feff}",
        "\r\n",
        "\0",
        "https://",
        "*a_b*",
        "`",
        "1. ",
        "- ",
        "~",
        "\u{2028}",
        "month = jan,",
        "= {",
        ",",
        "%",
    ];

    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![4 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => ".{0,12}"]
    }

    fn text() -> impl Strategy<Value = String> {
        prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn no_text_panics_and_every_span_is_inside(text in text()) {
            detect(&text, "x.md");
            for format in FORMATS {
                let reading = read(format, &text, &hints("x"));
                for finding in &reading.findings {
                    let span = finding.span.clone().unwrap_or_default();
                    prop_assert!(text.get(span.clone()).is_some(), "{format}: {span:?}");
                }
                for entry in reading.digests.iter().flat_map(|digest| &digest.entries) {
                    prop_assert!(text.get(entry.span.clone()).is_some(), "{format}: {:?}", entry.span);
                    prop_assert!(!entry.title.contains('\n'));
                    prop_assert!(entry.fields.iter().all(|(_, value)| !value.is_empty() && !value.contains('\n')));
                }
            }
        }

        #[test]
        fn what_was_read_survives_writing(text in text()) {
            let date = Some(jiff::civil::date(2025, 11, 4));
            for format in FORMATS {
                assert_survives_writing(&read(format, &text, &Hints { date, year: Some(2025), ..hints("x") }));
            }
        }

        #[test]
        fn no_word_of_a_list_is_lost(text in text()) {
            let reading = read(format("papers-of-the-week"), &text, &hints("x"));
            assert_no_word_lost(&text, &reading, TABLE);
            let reading = read(format("daily-papers"), &text, &hints("x"));
            if !reading.digests.is_empty() {
                assert_no_word_lost(&text, &reading, PAGE);
            }
        }
    }
}

#[test]
fn a_quote_below_a_heading_of_another_program_is_no_abstract() {
    let text = "% How Lamps Wait\n% 2025-03-12 (Wed.)\n\n## A lemma\n\n> Wax melts.\n\n## A proof\n\nIt is warm.\n";
    let reading = read(MARKDOWN, text, &Hints { stem: "wait", foreign: true, ..Hints::default() });
    assert!(reading.digests.iter().all(|digest| digest.entries.is_empty()));
    let page = reading.page.unwrap();
    assert_eq!(page.date, Some(jiff::civil::date(2025, 3, 12)));
    assert_eq!(page.meta.title.texts[0].1, "How Lamps Wait");
}

#[test]
fn json_of_another_program_is_no_answer_of_the_papers_api() {
    for text in [
        "{\"name\": \"paper\", \"dependencies\": {\"title\": \"1.0\"}}",
        "{\"aid\": 3, \"type\": \"Film\", \"title\": \"A Lamp at Sea\"}",
    ] {
        assert_eq!(detect(text, "x.json"), None, "{text}");
    }
}

#[test]
fn notes_without_a_day_of_their_own_may_have_that_of_their_paper() {
    let text = "---\npaperTitle: Lamps That Wait\nsourceUrl: https://arxiv.org/abs/2503.90011\npublishedAt: 2025-03-12\n---\n\nText.\n";
    let order = ["date".to_owned(), "published".to_owned()];
    let hints = Hints { stem: "wait", date_from: &order, ..Hints::default() };
    let own = text.replace("paperTitle", "date: 2025-04-01\npaperTitle");
    for (text, day) in [(text, 12), (&own, 1)] {
        let digest = &read(NOTES, text, &hints).digests[0];
        assert_eq!(digest.date.map(jiff::civil::Date::day), Some(day));
        assert_eq!(digest.entries[0].title, "Lamps That Wait");
    }
}

#[test]
fn a_table_that_names_nothing_of_papers_is_none() {
    for (text, name) in [
        ("Name,Email,Phone\nAda,ada@lamps.example,1\n", "people.csv"),
        ("x;y\n1;2\n", "data.csv"),
        (
            "Title, authors, and a date are what a note has.\nSome have more, and some less.\n",
            "note.md",
        ),
        ("title,authors\n", "empty.csv"),
    ] {
        let found = detect(text, name).map(|format| format.name);
        assert_ne!(found, Some("csv"), "{text}");
    }
    let told = "sep=;\nTitle;URL;When\nWax, and oil;https://arxiv.org/abs/2503.01001;2025-03-04\n";
    assert_eq!(detect(told, "list.txt").map(|format| format.name), Some("csv"));
}

//! Properties that hold for any input: no panic, no word lost, and what is written reads back the same.

use offprint::formats::writer;
use offprint::formats::{self, FORMATS, MARKDOWN};
use proptest::prelude::*;

use crate::common::{hints, words_missing};

/// Readers whose every word is accounted for on any input at all.
const TEXTS: [&str; 3] = ["markdown", "notes", "digest-page"];

/// Lines in which the structure of every format occurs, so that random orders of them meet every rule.
const LINES: &[&str] = &[
    "",
    "",
    "",
    " ",
    "+++",
    "---",
    "## A title",
    "##",
    "## C ##",
    "## [Linked](https://arxiv.org/abs/2503.07565v2)",
    "## \\[x](http://y.z)",
    "### Deeper",
    "# Top",
    "# Links",
    "Setext",
    "=====",
    "(Ada Byron, Emil Post)",
    "(ACME: Ada Byron and Emil Post, et al.)",
    "(broken,",
    "over lines)",
    "()",
    "https://arxiv.org/abs/2503.07565",
    "https://arxiv.org/abs/2401.00001v3 \\",
    "<https://openreview.net/forum?id=aB-1>",
    "arXiv:cs/0601001",
    "doi: 10.1000/X.1",
    "code: https://example.org/x",
    "vnue: EMNLP",
    "see: [[230518 Old]]",
    "note: back\\",
    "> Quoted words",
    ">",
    "> ",
    ">> twice",
    "lazy line",
    "::: en",
    "::: ko",
    ":::",
    ":::: ja",
    "::::",
    "::: warning",
    "<english>",
    "<english>",
    "</english>",
    "<english>one line</english>",
    "```rust",
    "```",
    "~~~~",
    "    code",
    "\ttab",
    "- item",
    "1. item",
    "| a | b |",
    "$$x$$",
    "한국어 문장입니다.",
    "An English sentence.",
    "日本語の文です。",
    "#tag",
    "#tag #Other_Tag",
    "#1",
    "[[230518 Old]]",
    "- [[Old.md|name]]",
    "![[image.png]]",
    "[[]]",
    "*Starred Title* (Ada Byron, Emil Post)",
    "**Bold Title** (ACME)",
    "Plain: A Title (Ada Byron, Emil Post)",
    "Linked Title (https://arxiv.org/abs/2103.15375)",
    "<!-- -->",
    "<!-- note -->",
    "<!-- over",
    "lines -->",
    "%%",
    "%%aside%% and more",
    "seen %% unseen",
    "rose by 100%% so",
    "`a %%` b %%c%%",
    "> quoted %%aside%%",
    "[//]: # (aside)",
    "publish: false",
    "2025년 3월 12일",
    "2025. 3. 12.",
    "2025년 3월 12일 논문 정리",
    "# 25년 3월 12일: 등불",
    "March 12, 2025",
    "2025-03-12",
    "date = 2025-03-12",
    "title = \"T\"",
    "tags = [\"x\"]",
    "lang = \"ko\"",
    "date = false",
    "nul\0byte",
    "cr\rreturn",
    "crlf\r",
    "\u{feff}",
    "trailing  ",
    "back\\",
    "\\## escaped",
    "\u{a0}",
    "가,나(다)라",
];

fn text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        12 => prop::sample::select(LINES).prop_map(str::to_owned),
        1 => ".{0,12}",
        1 => "[ #>:`~()\\[\\]*<!a-z가-힣-]{0,10}",
    ];
    let dated = prop_oneof![
        Just(String::new()),
        Just("+++\ndate = 2025-03-12\n+++\n".to_owned()),
        Just("+++\ndate = 2025-03-12\n+++\n\n## T\n".to_owned()),
    ];
    (dated, prop::collection::vec(line, 0..24)).prop_map(|(head, lines)| head + &lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::common::cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_read_back(text in prop_oneof![4 => text(), 1 => "\\PC{0,80}", 1 => any::<String>()]) {
        for format in FORMATS {
            for stem in ["", "250312 A title"] {
                let reading = formats::read(format, &text, &hints(stem));
                let missing = if TEXTS.contains(&format.name) { words_missing(&text, &reading) } else { Vec::new() };
                prop_assert!(missing.is_empty(), "{format:?} lost {missing:?} of {text:?}");
                for digest in &reading.digests {
                    let written = writer::write(digest);
                    let again = formats::read(MARKDOWN, &written, &hints(""));
                    prop_assert_eq!(again.digests.first(), Some(digest), "{:?}\nwritten as\n{}", format, written);
                }
            }
        }
    }
}

/// Asserts that what every format makes of a text is read back as it is written.
fn assert_read_back(text: &str) {
    for format in FORMATS {
        for stem in ["", "250312 A title"] {
            for digest in &formats::read(format, text, &hints(stem)).digests {
                let written = writer::write(digest);
                let again = formats::read(MARKDOWN, &written, &hints(""));
                assert_eq!(again.digests.first(), Some(digest), "{format:?}\n{written}");
            }
        }
    }
}

#[test]
fn what_was_not_read_back_once_is() {
    for text in [
        // What only an unclosed comment hid opens none.
        "+++\ndate = 2025-03-12\n+++\n`\n<!-- over\n%%\n::: en\n`\n",
        // A box ends with the block that follows it.
        "::: warning\n<english>\n<english>\n## A title\n:::",
    ] {
        assert_read_back(text);
    }
}

#[test]
fn what_a_program_says_is_no_property_of_the_text() {
    let text =
        "2025-03-12\n\nLamps\n(Ada Wick)\nhttps://arxiv.org/abs/2503.00001\n\nprivate: true\n";
    let format = crate::common::format("digest-page");
    let reading = formats::read(format, text, &hints(""));
    let written = writer::write(&reading.digests[0]);
    let again = formats::read(MARKDOWN, &written, &hints(""));
    assert_eq!(
        (again.digests[0].meta.publish, again.digests[0].entries.len()),
        (None, 1),
        "{written}"
    );
}

#[test]
fn a_property_in_code_keeps_nothing_back() {
    for code in [
        "```\nprivate: true\n```",
        "> ```\n> private: true\n> ```",
        "- ```\n  private: true\n  ```",
        "See `private:: true`.",
    ] {
        let text = format!("+++\ndate = 2025-03-12\n+++\n## One\n\n(Ada Wick)\n\n{code}\n");
        let reading = formats::read(MARKDOWN, &text, &hints(""));
        assert_eq!(reading.digests[0].meta.publish, None, "{code}");
    }
}

#[test]
fn one_entry_of_a_day_may_be_kept_back() {
    let entry = |name: &str, more: &str| format!("## {name}\n\n(Ada Wick)\n{more}\nWords.\n\n");
    let text = format!(
        "+++\ndate = 2025-03-12\n+++\n{}{}",
        entry("One", ""),
        entry("Two", "\nprivate:: true\n")
    );
    let reading = formats::read(MARKDOWN, &text, &hints(""));
    let said: Vec<_> = reading
        .digests
        .iter()
        .map(|digest| (digest.meta.publish, digest.entries[0].title.as_str()))
        .collect();
    assert_eq!(said, [(None, "One"), (Some(false), "Two")]);
}

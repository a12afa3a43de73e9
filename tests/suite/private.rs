//! Nothing private is published: a word that stands only in what is held back, excluded or commented out is in no file of
//! the output, nor in the name of one; and what stands around it is all there.

use std::fmt::Write;

use proptest::prelude::*;

use crate::desk::Desk;

/// Comments that hide `{}` within a line.
const INLINE: &[&str] = &[
    "%%{}%%",
    "%% {}, 5 %%",
    "%%{} `x%%",
    "<!-- {} -->",
    "<!--{}-->",
    "<!-- {}, %%, ` -->",
    "%% {}%%",
];
/// The same in the words of other programs; no word of theirs is in another kind of text.
const OTHERS: &[&str] = &[
    "{% comment %} {} {% endcomment %}",
    "{%- comment -%}{}\n\n{}{%- endcomment -%}",
    "{% # {} %}",
    "{{/* {} */}}",
    "{{% comment %}}{}{{% /comment %}}",
    "{/* {}\n\n{} */}",
    "{# {} %% #}",
    "{::comment}{}{:/comment}",
];
/// Comments on lines of their own.
const BLOCKS: &[&str] = &[
    "%%\n{}\n%%",
    "%%\n{}\n\n- {}\n\n## {}\n%%",
    "%%\n```\n{}\n%%",
    "%%\n{} %%",
    "%% {}\n{} %%",
    "<!--\n{}\n\n## {}\n-->",
    "<!-- {}\n> {} -->",
    "[//]: # ({})",
    "[comment]: <> ({})",
    "[Hidden]: # ({})",
    "[{}]: #",
    "[//]: # ({}\n{})",
    "#+BEGIN_COMMENT\n{}\n\n{}\n#+END_COMMENT",
];
/// Comments that never close.
const ENDS: &[&str] = &[
    "%%\n{}\n\n{}",
    "<!-- {}\n\n{}",
    "Words %% {} on\nand {}",
    "Last %%{}",
    "Words <!-- {}\n\n{}",
];
/// What looks like a mark of a comment and is none.
const NOISE: &[&str] = &[
    "Rose by 100%% this year.",
    "Run `%%time` and `` a ` %% `` here.",
    "A `span\nof %% two` lines, and `<!--` in one.",
    "Formulas $a %% b$ and $$x %% y$$ stay.",
    "See https://example.org/a%25%25b, and \\%% too.",
    "```py\n%%time\n<!-- x\n```",
    "- `%%`\n- ```\n  %%\n  ```",
    "So:\n\n    %% code",
    "> ```\n> %%time\n> ```",
    "It is 5 <- 6 --> 7, $5 and 6$.",
];
/// Where a comment within a line may stand, with a word beside it.
const PLACES: &[&str] = &[
    "Text {c} more {o}.",
    "{c} {o}",
    "{o}{c}",
    "- one {c}\n- {o}",
    "1. {o} {c}",
    "> {c} {o}",
    "> [!note] {o} {c}\n> more",
    "| a | b |\n|---|---|\n| {c} | {o} |",
    "### Part {c}\n\n{o}",
    "**bold {c} x** {o}",
    "[a link {c}](https://example.org/) {o}",
    "A formula $x$ {c} {o} $y$.",
    "Term[^1] {o}\n\n[^1]: A footnote {c}.",
];
/// Front matter that holds a text back, and may stand in a digest.
const HELD: &[&str] = &[
    "---\npublish: false\n---\n",
    "---\nPublish: False\n---\n",
    "---\npublished: no\n---\n",
    "---\nprivate: \"true\"\n---\n",
    "---\ndg-publish: off\n---\n",
    "---\npublish: 0 # soon\n---\n",
    "---\npublish:\tfalse\n---\n",
    "---\ndraft: TRUE\n---\n",
    "---\nDraft: yes\n---\n",
    "---\n{publish: false}\n---\n",
    "---\npublic: false\n---\n",
    "---\nhidden: true\n---\n",
    "---\nvisibility: Private\n---\n",
    "---\nstatus: draft\n---\n",
    "---\npassword: lamp\n---\n",
    "---\nbuild:\n  render: never\n---\n",
    "---\nextra:\n- publish: false\n---\n",
    "+++\ndraft = true\n+++\n",
    "+++\nprivate = true\n+++\n",
];
/// The same for a vault, where mistakes in front matter stop nothing.
const BROKEN: &[&str] = &[
    "---\nextra:\n  draft: true\n---\n",
    "---\ntags: [x\npublish: false\n---\n",
    "---\nrating: @5\n\tprivate: true\n---\n",
    "---\npublish: false\n",
    "---\ntitle: a: b\ndraft: true\n\n",
    "---\npublish: true\npublish: false\n---\n",
    "---\nextra: {private: true, x: [}\n---\n",
    "---\nprivate: maybe\n---\n",
    "\n\n---\npublish: false\n---\n\n",
    "\u{2014}\nprivate: true\n\u{2014}\n\n",
    "publish:: false\n\n",
    "- private:: true\n\n",
    "> **Draft**: yes\n\n",
    "Read on Monday [publish:: no], at home.\n\n",
];
/// Notes that carry the tag `private`.
const TAGGED: &[&str] = &[
    "---\ntags: [lamp, private]\n---\n{}",
    "---\ntag: lamp private\n---\n{}",
    "---\nTags:\n- lamp\n- \"#Private\"\n---\n{}",
    "---\ntags:\n\t- private\n---\n{}",
    "---\ntags: [private\n---\n{}",
    "---\ntags: private\n{}",
    "{}\n\nKeep #private please.",
    "{}\n\n- #PRIVATE",
    "{}\n\nTags: lamp, private",
    "{}\n\n(#private/home)",
    "{}\n\n%%#private%%",
    "{}\n\n#lamp #private",
];

/// Choices that a test runner can make smaller.
struct Picks<'a> {
    numbers: &'a [u16],
    at: usize,
    words: usize,
    hidden: Vec<String>,
    public: Vec<String>,
}

impl Picks<'_> {
    fn number(&mut self, below: usize) -> usize {
        self.at += 1;
        usize::from(
            self.numbers.get(self.at % self.numbers.len().max(1)).copied().unwrap_or_default(),
        ) % below
    }

    fn of(&mut self, all: &'static [&'static str]) -> &'static str {
        all[self.number(all.len())]
    }

    fn word(&mut self, kind: &str) -> String {
        self.words += 1;
        format!("zq{kind}{:03}x", self.words)
    }

    fn secret(&mut self) -> String {
        let word = self.word("hush");
        self.hidden.push(word.clone());
        word
    }

    fn open(&mut self) -> String {
        let word = self.word("open");
        self.public.push(word.clone());
        word
    }

    /// A pattern with a word of its own for each `{}`.
    fn fill(&mut self, pattern: &str) -> String {
        let mut pieces = pattern.split("{}");
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            out.push_str(&self.secret());
            out.push_str(piece);
        }
        out
    }

    fn inline(&mut self) -> String {
        let pattern = if self.number(5) == 0 { self.of(OTHERS) } else { self.of(INLINE) };
        self.fill(pattern)
    }

    fn comment_or_nothing(&mut self) -> String {
        if self.number(2) == 0 { self.inline() } else { String::new() }
    }

    fn commentary(&mut self) -> String {
        let mut out = String::new();
        for _ in 0..=self.number(4) {
            let paragraph = match self.number(4) {
                0 => self.of(NOISE).to_owned(),
                1 => {
                    let block = self.of(BLOCKS);
                    self.fill(block)
                }
                _ => {
                    let place = self.of(PLACES).replace("{c}", &self.inline());
                    place.replace("{o}", &self.open())
                }
            };
            let _ = write!(out, "{paragraph}\n\n");
        }
        out
    }

    fn line_or_nothing(&mut self) -> String {
        match self.number(4) {
            0 => format!("{}\n", self.inline()),
            1 => self.fill("<!--\n{}\n-->\n"),
            _ => String::new(),
        }
    }

    fn end(&mut self) -> String {
        match self.number(3) {
            0 => {
                let end = self.of(ENDS);
                self.fill(end)
            }
            _ => String::new(),
        }
    }

    fn digest(&mut self, number: usize) -> String {
        let mut out = format!("Intro {} {}.\n\n", self.comment_or_nothing(), self.open());
        for entry in 0..=self.number(2) {
            let _ = writeln!(out, "## Lamp {} {}", self.open(), self.comment_or_nothing());
            out += &self.line_or_nothing();
            let _ = writeln!(out, "(Ada {}, Bo Flame {})", self.open(), self.comment_or_nothing());
            out += &self.line_or_nothing();
            let _ = writeln!(out, "https://arxiv.org/abs/2401.{number:03}0{entry}\n");
            let _ = writeln!(out, "> Abstract {} {}\n", self.open(), self.comment_or_nothing());
            out += &self.commentary();
            let _ = writeln!(out, "#lamp {} #oil\n", self.comment_or_nothing());
        }
        out + &self.end()
    }

    fn note(&mut self, number: usize) -> String {
        let mut out = format!("https://arxiv.org/abs/2402.{number:05}\n\n");
        out += &self.line_or_nothing();
        let _ = writeln!(
            out,
            "*Lamp {}* (Ada {}, Bo Flame {})\n",
            self.open(),
            self.open(),
            self.comment_or_nothing()
        );
        let _ = writeln!(out, "> Abstract {} {}\n", self.open(), self.comment_or_nothing());
        out += &self.commentary();
        out + &self.end()
    }

    /// A text all of whose words are hidden.
    fn whole(&mut self, number: usize) -> String {
        let id = format!("https://arxiv.org/abs/2403.{number:05}");
        self.fill(&format!(
            "{id}\n\n*Lamp {{}}* (Ada {{}}, Bo Flame)\n\n> Abstract {{}}\n\nWords {{}} ![{{}}]({{}}.png).\n"
        ))
    }

    fn whole_digest(&mut self, number: usize) -> String {
        let id = format!("https://arxiv.org/abs/2404.{number:05}");
        self.fill(&format!(
            "Intro {{}}\n\n## Lamp {{}}\n\n(Ada {{}})\n{id}\n\n> Abstract {{}}\n\nWords {{}} ![{{}}]({{}}.png).\n"
        ))
    }

    /// One text of each kind, under the name that it has.
    fn files(&mut self) -> Vec<(String, String)> {
        let mut files = Vec::new();
        for number in 0..3 {
            files.push((format!("content/2024-01-1{number}.md"), self.digest(number)));
            files.push((format!("notes/24021{number} Note {number}.md"), self.note(number)));
        }
        files.push((
            "content/page.md".into(),
            format!("# Page {}\n\n{}{}", self.open(), self.commentary(), self.end()),
        ));
        let held = self.of(HELD);
        files.push(("content/2024-03-10.md".into(), held.to_owned() + &self.whole_digest(1)));
        let held = self.of(HELD);
        files.push((
            "content/hidden.md".into(),
            held.to_owned() + &self.fill("# Page {}\n\nWords {} <img src=\"{}.png\">\n"),
        ));
        for number in 0..2 {
            let held = if number == 0 { self.of(BROKEN) } else { self.of(HELD) };
            let name = self.secret();
            files.push((
                format!("notes/24031{number} {name}.md"),
                held.to_owned() + &self.whole(number),
            ));
            let tagged = self.of(TAGGED);
            let name = self.secret();
            files.push((
                format!("notes/24032{number} {name}.md"),
                tagged.replace("{}", &self.whole(10 + number)),
            ));
        }
        files.push(("content/2034-01-10.md".into(), self.whole_digest(2)));
        self.machine(&mut files);
        for (_, text) in files
            .iter_mut()
            .filter(|(name, _)| !name.starts_with("lists") && !name.starts_with("shelf"))
        {
            if self.number(4) == 0 {
                *text = text.replace('\n', "\r\n");
            }
            if self.number(4) == 0 {
                text.insert(0, '\u{feff}');
            }
        }
        files
    }

    /// Formats that programs write, with comments in their texts.
    fn machine(&mut self, files: &mut Vec<(String, String)>) {
        let bib = format!(
            "@comment{{{}}}\n@article{{a, title={{Lamp {}}}, author={{Ada Wick}}, year=2024, month=1}}\n",
            self.secret(),
            self.open()
        );
        files.push(("lists/list.bib".into(), bib));
        let (title, words) = (self.fill("<!-- {} -->"), self.fill("&lt;!-- {} --&gt;"));
        let atom = format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><!-- {} --><entry><id>http://arxiv.org/abs/2405.00001</id><published>2024-01-20T00:00:00Z</published><title>Lamp {} {title}</title><summary>Words {words} here.</summary><author><name>Ada Wick</name></author></entry></feed>",
            self.secret(),
            self.open()
        );
        files.push(("lists/feed.xml".into(), atom));
        let (a, b) = (self.inline_html(), self.inline_html());
        let week = format!(
            "## Top Papers of the Week (January 22 - January 28) - 2024\n| **Paper** | **Links** |\n| --- | --- |\n| 1) **Lamp {}** {a} - Words {b} of it. | [Paper](https://arxiv.org/abs/2405.00002) |\n",
            self.open()
        );
        files.push(("lists/week.md".into(), week));
        let (a, b) = (self.inline_html(), self.inline_html());
        let page = format!(
            "2024년 1월 29일\n\nLamp {} {a}\n(Ada Wick)\nhttps://arxiv.org/abs/2405.00003\n\nWords {b} of it.\n",
            self.open()
        );
        files.push(("pages/page.txt".into(), page));
        let json = format!(
            "[{{\"paper\": {{\"id\": \"2405.00004\", \"title\": \"Lamp {}\", \"summary\": \"Words {} here.\", \"authors\": [{{\"name\": \"Ada Wick\"}}], \"publishedAt\": \"2024-01-30T00:00:00.000Z\"}}, \"publishedAt\": \"2024-01-30T00:00:00.000Z\"}}]",
            self.open(),
            self.inline_html()
        );
        files.push(("lists/daily.json".into(), json));
        self.libraries(files);
    }

    /// Libraries and lists of other programs, with comments, and with files of the writer's machine.
    fn libraries(&mut self, files: &mut Vec<(String, String)>) {
        let open = self.open();
        let ris = self.fill(&format!(
            "TY  - JOUR\nTI  - Lamp {open} <!-- {{}} -->\nAU  - Wick, Ada\nDA  - 2024/01/21\nL1  - file:///home/{{}}/a.pdf\nUR  - file:///home/{{}}/b.html\nAB  - Words <!-- {{}} --> here.\nKW  - oil\nER  - \n"
        ));
        let ris = ris
            + &self.fill("TY  - JOUR\nTI  - Lamp {}\nDA  - 2024/01/21\nKW  - private\nER  - \n");
        files.push(("shelf/library.ris".into(), ris));
        let (a, b, c) = (self.inline_html(), self.secret(), self.secret());
        let (open, held) = (self.open(), self.secret());
        let csl = format!(
            "[{{\"type\": \"book\", \"title\": \"Lamp {open} {a}\", \"accessed\": {{\"date-parts\": [[2024, 1, 22]]}}, \"URL\": \"file:///home/{b}/a.pdf\", \"note\": \"<!-- {c} -->\"}}, {{\"type\": \"book\", \"title\": \"Lamp {held}\", \"accessed\": {{\"date-parts\": [[2024, 1, 22]]}}, \"keyword\": \"private\"}}]"
        );
        files.push(("shelf/library.json".into(), csl));
        let open = self.open();
        let bib = self.fill(&format!(
            "% @misc{{c, title={{{{}}}}, year=2024}}\n@misc{{d, title={{Lamp {open}}}, year=2024, month=1, % {{}}\n file={{/home/{{}}/a.pdf}}, howpublished={{\\url{{file:///home/{{}}/a.pdf}}}}}}\n"
        ));
        files.push(("shelf/more.bib".into(), bib));
        let open = self.open();
        let mail = self.fill(&format!(
            "From: {{}} <ada@{{}}.example>\nSubject: lamps\n\n\\\\\narXiv:2406.00001\nDate: Tue, 23 Jan 2024 00:00:01 GMT   (10kb)\n\nTitle: Lamp {open} <!-- {{}} -->\nAuthors: Ada Wick\nCategories: cs.LG\n\\\\\n  Words <!-- {{}} --> of it.\n\\\\ ( https://arxiv.org/abs/2406.00001 ,  10kb)\n"
        ));
        files.push(("shelf/mail.txt".into(), mail));
        let (one, other) = (self.open(), self.open());
        let list = self.fill(&format!(
            "# Lamps\n\n## 2024-01-24\n\n- [Lamp {one}](https://arxiv.org/abs/2406.00002) {{% comment %}}{{}}{{% endcomment %}} <!-- {{}} -->\n<!-- - [Lamp {{}}](https://arxiv.org/abs/2406.00003) -->\n- [Lamp {{}}](https://arxiv.org/abs/2406.00004)\n  private:: true\n- [Lamp {other}](https://arxiv.org/abs/2406.00005) [a](file:///home/{{}}/a.pdf)\n"
        ));
        files.push(("readme/README.md".into(), list));
    }

    fn inline_html(&mut self) -> String {
        self.fill("<!-- {} -->")
    }
}

const CONFIG: &str = r#"
title = "Lamps"
base_url = "https://lamps.example/"
languages = ["en", "ko"]

[[sources]]
path = "notes"
format = "notes"
exclude_tags = ["private"]

[[sources]]
path = "lists"

[[sources]]
path = "lists/list.bib"
format = "bibtex"

[[sources]]
path = "lists/feed.xml"
format = "arxiv-atom"

[[sources]]
path = "lists/daily.json"
format = "daily-papers-json"

[[sources]]
path = "pages/page.txt"
format = "digest-page"

[[sources]]
path = "shelf/library.ris"
format = "ris"
exclude_tags = ["private"]

[[sources]]
path = "shelf/library.json"
format = "csl-json"
exclude_tags = ["private"]

[[sources]]
path = "shelf/more.bib"
format = "bibtex"

[[sources]]
path = "shelf/mail.txt"
format = "arxiv-mail"

[[sources]]
path = "readme"
format = "list"
"#;

/// Every word that is somewhere in the output, names of files included.
fn said(desk: &Desk) -> String {
    let mut all = String::new();
    for (name, bytes) in desk.public() {
        let _ = writeln!(all, "{name}\n{}", String::from_utf8_lossy(&bytes));
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::common::cases() / 64, failure_persistence: None, max_shrink_iters: 4, ..ProptestConfig::default() })]

    #[test]
    fn what_is_hidden_is_in_no_file(numbers in prop::collection::vec(any::<u16>(), 64..256)) {
        let mut picks = Picks { numbers: &numbers, at: 0, words: 0, hidden: Vec::new(), public: Vec::new() };
        let files = picks.files();
        let desk = Desk::empty();
        desk.write("config.toml", CONFIG);
        for (name, text) in &files {
            desk.write(name, text);
            // A picture beside each text that is hidden, under a name that only it says.
            let shown: Vec<&str> = text.split(['(', '"']).filter_map(|rest| rest.split_once(".png").map(|(name, _)| name)).collect();
            let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            for picture in shown {
                desk.write(&format!("{folder}/{picture}.png"), PICTURE);
            }
        }
        let built = desk.run(&["build", "--today", "2024-06-01"]);
        prop_assert_eq!(built.code, 0, "{}\n{:#?}", built.text, files);
        let said = said(&desk);
        let with = |word: &String| files.iter().filter(|(name, text)| text.contains(word) || name.contains(word)).collect::<Vec<_>>();
        for word in &picks.hidden {
            prop_assert!(!said.contains(word), "{word} of {:#?}", with(word));
        }
        for word in &picks.public {
            prop_assert!(said.contains(word), "{word} of {:#?} is lost\n{}", with(word), built.text);
        }
    }
}

/// A PNG of one pixel.
const PICTURE: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0,
    0, 0, 58, 126, 155, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 156, 99, 96, 0, 0, 0, 2, 0, 1, 72,
    175, 164, 113, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

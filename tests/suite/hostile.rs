//! Inputs made to do harm: each kind in a small form. `tests/reliability/hostile.py` measures the large ones, and the fuzzer
//! made those of `tests/fuzz-corpus`.

use std::io::Write as _;

use offprint::model::fit;
use proptest::prelude::*;

use crate::desk::{Desk, TODAY};
use crate::entries;

const CONFIG: &str = "title = \"Lamps\"\nbase_url = \"https://lamps.example/\"\n";
const HEAD: &str = "## Lamps That Learn\n\n(Ada Wick)\nhttps://arxiv.org/abs/2503.90001\n\n";

/// A site of these texts; what a build says, which must go well.
fn built(files: &[(&str, &str)]) -> (Desk, String) {
    let desk = Desk::of(files);
    let said = desk.run(&["build", "--today", TODAY]);
    assert_eq!(said.code, 0, "{}", said.text);
    (desk, said.text)
}

/// A site of one entry with this text.
fn entry(text: &str) -> (Desk, String) {
    built(&[("config.toml", CONFIG), ("content/2025-03-12.md", &format!("{HEAD}{text}\n"))])
}

/// Whether XML 1.0 knows a character.
fn is_of_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Every page and every XML of the output holds only what XML knows, and the XML is well-formed.
fn is_clean(desk: &Desk) {
    for (name, bytes) in desk.public() {
        let kind = name.rsplit('.').next().unwrap();
        if !["xml", "html", "svg"].contains(&kind) {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.chars().all(is_of_xml), "{name} holds what XML forbids");
        assert!(
            !text.split("&#").skip(1).any(|rest| {
                let digits = rest.split(';').next().unwrap_or_default();
                fit::is_unfit_reference(&format!("&#{digits};"))
            }),
            "{name} refers to what XML forbids"
        );
        if kind != "html" {
            let mut reader = quick_xml::Reader::from_str(&text);
            loop {
                match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
                    quick_xml::events::Event::Eof => break,
                    quick_xml::events::Event::GeneralRef(reference) => {
                        let c = reference.resolve_char_ref().unwrap();
                        assert!(c.is_none_or(is_of_xml), "{name} refers to what XML forbids");
                    }
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn what_xml_forbids_is_in_no_output_however_it_came() {
    let yaml = "---\ntitle: \"Dim\\x1B lamps\"\naliases: [\"old\\x07\"]\n---\n\n# About\n\nIt\u{8} hums.\n";
    let toml = format!(
        "+++\ntitle = \"A\\u001B day\"\ntags = [\"lamps\"]\n+++\n\n{HEAD}The li&#16;ght and &#xFFFE; [of](https://a.example/&#27;b) it.\n\n```&#7;py\nx\n```\n"
    );
    let bib = "@article{l, title={Lamps \u{ffff} at {\\char27} sea}, author={Wick, A\u{1}da}, year={2025}, urldate={2025-03-14}}\n";
    let json = r#"[{"paper": {"id": "2503.90007", "title": "A\u0000 lamp \ud83d and \uffff", "summary": "Dim\u001b."}, "publishedAt": "2025-03-15"}]"#;
    let config = format!(
        "{CONFIG}description = \"Light\\u0007 reading\"\n[tag.lamps]\nlabel = \"La\\u001Bmps\"\n\n[[sources]]\npath = \"more\"\n"
    );
    let (desk, said) = built(&[
        ("config.toml", &config),
        ("content/about.md", yaml),
        ("content/2025-03-12.md", &toml),
        ("content/2025-03-13 Da\u{1b}rk.md", HEAD.replace("90001", "90002").as_str()),
        ("more/lamps.bib", bib),
        ("more/list.json", json),
    ]);
    is_clean(&desk);
    let found = said.matches("forbidden-character").count();
    assert!(found >= 3, "{found} findings\n{said}");
}

proptest! {
    // Every case is a whole build.
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn no_reference_and_no_character_gets_through(
        codes in proptest::collection::vec(prop_oneof![0_u32..0x20, 0xfffe_u32..=0xffff, 0x7f_u32..0xa0], 1..8),
        hex in any::<bool>(),
    ) {
        let reference = |code: &u32| if hex { format!("&#x{code:x};") } else { format!("&#0{code};") };
        let references: String = codes.iter().map(reference).collect();
        let literal: String = codes.iter().filter(|code| **code > 0).filter_map(|code| char::from_u32(*code)).collect();
        let text = format!("## Lamps {references}\n\n(A {literal} B)\n\nx {references} {literal}\n\n> {references}\n");
        let (desk, _) = built(&[("config.toml", CONFIG), ("content/2025-03-12.md", &text)]);
        is_clean(&desk);
    }
}

#[test]
fn names_longer_than_a_file_name_can_be_are_cut() {
    let long = |letter: &str| letter.repeat(300);
    let text = format!(
        "## {}\n\nWords.\n\n#{}\n\n## {}\n\nhttps://doi.org/10.1234/{}\n\nWords.\n\n#{}\n",
        long("등"),
        long("불"),
        long("𝗟"),
        long("a"),
        "a/".repeat(300)
    );
    let (desk, _) = built(&[
        ("config.toml", CONFIG),
        ("content/2025-03-12.md", &text),
        ("content/2025-03-13.md", &text),
    ]);
    let public = desk.public();
    assert!(
        public
            .keys()
            .all(|name| name.len() < 1000 && name.split('/').all(|part| part.len() <= 255))
    );
    assert!(public.keys().filter(|name| name.starts_with("papers/")).count() >= 3);
}

#[test]
fn an_alias_with_a_query_leads_nowhere_and_is_said() {
    let text =
        format!("---\naliases: [\"?p=42\", \"old/?page=2\", \"a#b\", \"gone/\"]\n---\n\n{HEAD}");
    let (desk, said) = built(&[("config.toml", CONFIG), ("content/2025-03-12.md", &text)]);
    assert_eq!(said.matches("dead-alias").count(), 3, "{said}");
    let public = desk.public();
    assert!(
        public.contains_key("gone/index.html")
            && !public.keys().any(|name| name.contains(['?', '#']))
    );
}

#[test]
fn a_source_never_stops_a_site_by_its_addresses() {
    let config = format!("{CONFIG}\n[[sources]]\npath = \"more\"\nformat = \"markdown\"\n");
    let aliased = "---\naliases: [\"/2025/03/12/\", \"/about/\"]\n---\n\nNot archived.\n";
    let (desk, said) = built(&[
        ("config.toml", &config),
        ("content/2025-03-12.md", HEAD),
        ("content/about.md", "About, as it should be.\n"),
        ("more/About.md", "About, again.\n"),
        ("more/archive.md", "Mine.\n"),
        ("more/notes.md", aliased),
    ]);
    assert_eq!(said.matches("address-taken").count(), 4, "{said}");
    let about = desk.public()["about/index.html"].clone();
    assert!(String::from_utf8(about).unwrap().contains("as it should be"));
}

#[test]
fn what_is_too_much_is_cut_and_said() {
    let (desk, said) = entry(&format!("First words.\n\n{}", "| ".repeat(310_000)));
    assert!(said.contains("too-much") && said.contains("marks of Markdown"), "{said}");
    let page = String::from_utf8(desk.public()["papers/2503.90001/index.html"].clone()).unwrap();
    assert!(page.contains("First words."));

    let tags: Vec<String> = (0..150).map(|tag| format!("#tag{tag}x")).collect();
    let (desk, said) = entry(&format!("Words.\n\n{}", tags.join(" ")));
    assert!(said.contains("150 tags are too many: the first 100 are left"), "{said}");
    assert_eq!(
        desk.public()
            .keys()
            .filter(|name| name.starts_with("tags/tag") && name.ends_with("index.html"))
            .count(),
        100
    );

    let page = |number: usize| {
        (format!("content/deep/page{number}.md"), format!("# Page {number}\n\nWords.\n"))
    };
    let mut pages: Vec<(String, String)> = (0..60).map(page).collect();
    pages.push(("content/about.md".into(), "# About\n\nWords.\n".into()));
    pages.push(("config.toml".into(), CONFIG.into()));
    let files: Vec<(&str, &str)> =
        pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (desk, said) = built(&files);
    assert!(said.contains("60 of 61 pages are not in the menu"), "{said}");
    let home = String::from_utf8(desk.public()["index.html"].clone()).unwrap();
    assert!(home.contains("/about/") && !home.contains("/deep/page7/"));
    assert!(desk.public().contains_key("deep/page7/index.html"));
}

/// A chunk of a PNG; its checksum is not looked at.
fn chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    let mut sum = flate2::Crc::new();
    sum.update(name);
    sum.update(content);
    [&length[..], name, content, &sum.sum().to_be_bytes()].concat()
}

fn deflated(size: usize) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(&vec![0; size]).unwrap();
    packer.finish().unwrap()
}

/// A white picture with this colour profile.
fn png(side: u32, profile: &[u8]) -> Vec<u8> {
    let head = [&side.to_be_bytes()[..], &side.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let rows = deflated((side * (side * 3 + 1)) as usize);
    let start = b"\x89PNG\r\n\x1a\n".to_vec();
    let chunks = [
        chunk(b"IHDR", &head),
        chunk(b"iCCP", profile),
        chunk(b"IDAT", &rows),
        chunk(b"IEND", b""),
    ];
    // Large enough to be made smaller.
    let filler = chunk(b"tEXt", &vec![b'a'; 80_000]);
    [start, chunks[..2].concat(), filler, chunks[2..].concat()].concat()
}

#[test]
fn a_colour_profile_that_inflates_goes_nowhere() {
    let desk = Desk::of(&[
        ("config.toml", CONFIG),
        ("content/2025-03-12.md", &format!("{HEAD}![Lamp](lamp.png)\n")),
    ]);
    desk.write("content/lamp.png", png(900, &[b"lamp\0\0".to_vec(), deflated(5 << 20)].concat()));
    let said = desk.run(&["build", "--today", TODAY]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert!(said.text.contains("colour profile"), "{}", said.text);
    let pictures: Vec<_> =
        desk.public().into_iter().filter(|(name, _)| name.contains(".png")).collect();
    assert!(pictures.iter().any(|(name, _)| name == "lamp.png"));
    assert!(pictures.iter().all(|(_, bytes)| !bytes.windows(4).any(|name| name == b"iCCP")));
}

/// The files kept for a target; there are some.
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz-corpus").join(name);
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

#[test]
fn what_the_fuzzer_kept_is_taken() {
    for (name, enter) in entries::ALL {
        for bytes in corpus(name) {
            enter(&bytes);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A fuzzer for those who have none: what was kept, cut, doubled and joined.
    #[test]
    fn changes_of_what_the_fuzzer_kept_are_taken(
        target in 0..entries::ALL.len(),
        picks in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        cuts in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        change in (any::<prop::sample::Index>(), any::<u8>(), 1_usize..40),
    ) {
        let (name, enter) = entries::ALL[target];
        let kept = corpus(name);
        let (one, other) = (picks.0.get(&kept), picks.1.get(&kept));
        let (head, tail) = (cuts.0.index(one.len() + 1), cuts.1.index(other.len() + 1));
        let mut joined = [&one[..head], &other[tail..]].concat();
        if !joined.is_empty() {
            let at = change.0.index(joined.len());
            joined.splice(at..=at, std::iter::repeat_n(change.1, change.2));
        }
        enter(&joined);
    }
}

#[test]
fn equal_headings_are_told_apart() {
    let text = "### Notes\n\nLine.\n\n".repeat(300);
    let (desk, _) = entry(&format!("{text}### Notes 2\n\nEnd.\n"));
    let page = String::from_utf8(desk.public()["papers/2503.90001/index.html"].clone()).unwrap();
    let mut ids: Vec<&str> = page
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|id| id.contains("notes"))
        .collect();
    assert_eq!(ids.len(), 301);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 301);
}

//! Readers of lists made elsewhere: golden files beside their sources, the samples of the corpus, properties.
//!
//! `UPDATE_EXPECT=1` writes the golden files anew; `OFFPRINT_CORPUS` names the folder with the samples.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use offprint::digest::{Digest, Entry, Passage};
use offprint::reader::{Format, Hints, Reading, detect, read};

const FORMATS: [(Format, &str); 5] = [
    (Format::DailyPapers, "daily-papers"),
    (Format::PapersOfTheWeek, "papers-of-the-week"),
    (Format::DailyPapersJson, "daily-papers-json"),
    (Format::ArxivAtom, "arxiv-atom"),
    (Format::Bibtex, "bibtex"),
];

fn hints(stem: &str) -> Hints<'_> {
    Hints {
        stem,
        date: None,
        year: None,
        languages: &[],
        lang: None,
    }
}

/// Everything a reading says, as text that shows what changed.
fn dump(reading: &Reading, source: &str) -> String {
    let mut out = String::new();
    for digest in &reading.digests {
        dump_digest(&mut out, digest);
    }
    for finding in &reading.findings {
        let span = finding.span.clone().unwrap_or_default();
        let (line, column) = offprint::diagnostic::line_column(source, span.start);
        let shown = source.get(span).unwrap_or("?");
        writeln!(
            out,
            "{} {line}:{column} {}\n  `{}`",
            finding.code.as_str(),
            finding.message,
            shown.replace('\n', "⏎")
        )
        .unwrap();
        writeln!(out, "  help: {}", finding.help.as_deref().unwrap_or("none")).unwrap();
    }
    out
}

fn dump_digest(out: &mut String, digest: &Digest) {
    let date = digest
        .date
        .map_or("undated".to_owned(), |date| date.to_string());
    let titles: Vec<_> = digest
        .meta
        .title
        .texts
        .iter()
        .map(|(_, text)| text.as_str())
        .collect();
    writeln!(out, "=== {date} {}", titles.join(" / ")).unwrap();
    dump_passages(out, "intro", &digest.intro);
    for entry in &digest.entries {
        dump_entry(out, entry);
    }
}

fn dump_entry(out: &mut String, entry: &Entry) {
    writeln!(out, "--- {}", entry.title).unwrap();
    for author in &entry.authors {
        writeln!(out, "author: {author}").unwrap();
    }
    for org in &entry.org {
        writeln!(out, "org: {org}").unwrap();
    }
    for link in &entry.links {
        writeln!(
            out,
            "link: {} {}",
            link.key.as_deref().unwrap_or("-"),
            link.url
        )
        .unwrap();
    }
    for (key, value) in &entry.fields {
        writeln!(out, "field: {key} = {value}").unwrap();
    }
    for tag in &entry.tags {
        writeln!(out, "tag: {tag}").unwrap();
    }
    for prose in &entry.abstract_text {
        writeln!(out, "abstract: {}", prose.text).unwrap();
    }
    dump_passages(out, "body", &entry.body);
}

fn dump_passages(out: &mut String, name: &str, passages: &[Passage]) {
    for passage in passages {
        let lang = passage.lang.as_ref().map_or("-", |lang| lang.as_str());
        writeln!(out, "{name} {lang}: {}", passage.text.text).unwrap();
    }
}

/// The sources of a format's golden files: everything in its folder that is not an expectation.
fn sources(format: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/readers")
        .join(format);
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let mut files: Vec<_> = files
        .filter(|path| path.extension().is_none_or(|end| end != "expect"))
        .collect();
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
        #[expect(clippy::print_stderr, reason = "says that a test had nothing to do")]
        {
            eprintln!("OFFPRINT_CORPUS is unset: not tested on {path}");
        }
    }
    folder.map(|folder| text_of(&Path::new(&folder).join(path)))
}

#[test]
fn golden_files() {
    #[expect(
        clippy::disallowed_methods,
        reason = "asked for by whoever runs the tests"
    )]
    let update = std::env::var("UPDATE_EXPECT").is_ok();
    for (format, name) in FORMATS {
        let sources = sources(name);
        assert!(!sources.is_empty(), "no golden files for {name}");
        for path in sources {
            let text = text_of(&path);
            let stem = path.file_stem().unwrap().to_str().unwrap();
            let said = dump(&read(format, &text, &hints(stem)), &text);
            let expectation = path.with_extension("expect");
            if update {
                #[expect(clippy::disallowed_methods, reason = "a test writes its own files")]
                std::fs::write(&expectation, &said).unwrap();
            }
            assert_eq!(said, text_of(&expectation), "{}", path.display());
            assert_eq!(
                detect(&text, path.to_str().unwrap()),
                Some(format),
                "{}",
                path.display()
            );
        }
    }
}

#[test]
#[ignore]
fn listing() {
    for (format, path) in [
        (Format::DailyPapers, "daily-papers/dec-10.txt"),
        (Format::PapersOfTheWeek, "papers-of-the-week/README.md"),
    ] {
        let Some(text) = corpus(path) else { return };
        let reading = read(format, &text, &hints("x"));
        println!("{}", dump(&reading, &text));
    }
}

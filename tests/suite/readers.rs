//! Readers of what a blogger writes: golden files beside their sources, and what the real archives hold.
//!
//! `UPDATE_EXPECT=1` writes the golden files anew; `OFFPRINT_CORPUS` names the folder with the archives.

use std::path::{Path, PathBuf};

use offprint::formats::writer;
use offprint::formats::{Format, MARKDOWN, NOTES, Reading, read};
use offprint::model::{Entry, Lang};

use crate::common::{format, hints, words_missing};

/// Files of a folder and the folders in it, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn text_of(path: &Path) -> String {
    #[expect(clippy::disallowed_methods, reason = "a test reads its own files")]
    std::fs::read_to_string(path).unwrap()
}

fn stem(path: &Path) -> &str {
    path.file_stem().unwrap().to_str().unwrap()
}

fn corpus(folder: &str) -> Option<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the corpus is too large to be part of the repository"
    )]
    let root = std::env::var("OFFPRINT_CORPUS").ok();
    if root.is_none() {
        {
            eprintln!("OFFPRINT_CORPUS is unset: not tested on {folder}");
        }
    }
    root.map(|root| Path::new(&root).join(folder))
}

/// No word is lost, and what was read survives being written and read.
fn assert_whole(format: &Format, path: &Path, text: &str, reading: &Reading) {
    assert_eq!(words_missing(text, reading), Vec::<String>::new(), "{}", path.display());
    for digest in &reading.digests {
        let written = writer::write(digest);
        let again = read(MARKDOWN, &written, &hints(""));
        assert_eq!(
            again.digests,
            std::slice::from_ref(digest),
            "{format} {} written as\n{written}",
            path.display()
        );
        assert_eq!(writer::write(&again.digests[0]), written, "{}", path.display());
    }
}

/// What the 698 notes of the archive hold, counted apart from the reader by searching the files.
#[test]
fn every_note_of_the_archive_is_read() {
    let Some(folder) = corpus("vault") else { return };
    let mut notes: Vec<Entry> = Vec::new();
    let (mut dated, mut unclosed) = (0, 0);
    for path in
        files(&folder).into_iter().filter(|path| path.extension().is_some_and(|end| end == "md"))
    {
        let text = text_of(&path);
        let reading = read(NOTES, &text, &hints(stem(&path)));
        assert_whole(NOTES, &path, &text, &reading);
        unclosed +=
            reading.findings.iter().filter(|finding| finding.code.as_str() == "unclosed").count();
        dated += usize::from(reading.digests[0].date.is_some());
        notes.extend(reading.digests.into_iter().flat_map(|digest| digest.entries));
    }
    let count = |holds: &dyn Fn(&Entry) -> bool| notes.iter().filter(|note| holds(note)).count();
    let english = |note: &Entry| {
        note.body
            .iter()
            .any(|passage| passage.lang.as_ref().is_some_and(|lang| lang.as_str() == "en"))
    };
    assert_eq!((notes.len(), dated, unclosed), (698, 696, 2));
    assert_eq!(count(&|note| !note.authors.is_empty()), 664);
    assert_eq!(count(&|note| note.abstract_text.is_some()), 575);
    assert_eq!(count(&|note| !note.tags.is_empty()), 633);
    assert_eq!(count(&english), 530, "490 `<english>` blocks and 40 passages told by their script");
    assert_eq!(count(&|note| note.ids().is_empty()), 58);
    assert!(notes.iter().all(|note| !note.title.is_empty() && note.field("note").is_some()));
}

#[test]
fn the_published_pages_are_read_apart() {
    let Some(folder) = corpus("digest-pages") else { return };
    let counts = files(&folder).into_iter().map(|path| {
        let text = text_of(&path);
        let reading = read(format("digest-page"), &text, &hints("x"));
        assert_whole(format("digest-page"), &path, &text, &reading);
        let [digest] = reading.digests.as_slice() else { panic!("one digest a page") };
        assert!(digest.date.is_some() && digest.intro.is_empty() && reading.findings.is_empty());
        for entry in &digest.entries {
            let languages: Vec<_> =
                entry.body.iter().map(|passage| passage.lang.as_ref().map(Lang::as_str)).collect();
            let whole = !entry.authors.is_empty()
                && entry.abstract_text.is_some()
                && !entry.tags.is_empty();
            assert!(whole && languages == [None, Some("en")], "{} {languages:?}", entry.title);
        }
        digest.entries.len()
    });
    assert_eq!(counts.collect::<Vec<_>>(), [5, 8]);
}

//! What each format reads: `tests/readers/FORMAT/` holds texts, and beside each what comes of it in a file `.expect`. Those in
//! a folder `told` are told for that format by what is in them, and those in `foreign` were written for another program.

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::Trial;
use offprint::formats::{FORMATS, Format, Hints, MARKDOWN, Reading, detect, read, writer};

use crate::common::dump::dump;
use crate::common::{hints, words_missing};
use crate::desk::tests;
use crate::{expect, trial};

/// Formats that keep every word of any text, and take any.
pub(crate) const WHOLE: [&str; 3] = ["markdown", "notes", "digest-page"];

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for format in FORMATS {
        let texts = texts(&tests().join("readers").join(format.name));
        assert!(!texts.is_empty(), "no golden files for {format}");
        trials.extend(texts.iter().map(|path| trial(path, |path| is_read(format, path))));
    }
    trials
}

/// The texts of a folder and the folders in it: all that is no expectation.
fn texts(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            found.extend(texts(&path));
        } else if path.extension().is_none_or(|end| end != "expect") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn is_read(format: &'static Format, path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    let stands_in = |folder| path.ancestors().any(|parent| parent.ends_with(folder));
    let hints = hints(path.file_stem().unwrap().to_str().unwrap());
    let reading = read(format, &text, &Hints { foreign: stands_in("foreign"), ..hints });
    expect(&path.with_extension("expect"), &dump(&reading, &text));
    let is_whole = WHOLE.contains(&format.name);
    if is_whole {
        assert_whole(format, &text, &reading);
    }
    if !is_whole || stands_in("told") {
        assert_eq!(detect(&text, path.to_str().unwrap()), Some(format));
    }
}

/// No word is lost, and what was read survives being written and read.
fn assert_whole(format: &Format, text: &str, reading: &Reading) {
    assert_eq!(words_missing(text, reading), Vec::<String>::new());
    for digest in &reading.digests {
        let written = writer::write(digest);
        let again = read(MARKDOWN, &written, &hints(""));
        assert_eq!(again.digests, std::slice::from_ref(digest), "{format} written as\n{written}");
        assert_eq!(writer::write(&again.digests[0]), written);
    }
}

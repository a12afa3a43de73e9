//! Tests that are data: each case of each folder is a test of its own, named by its path, such as `sites/split`.
//!
//! `cargo test --test data -- sites/split` runs one. `UPDATE_EXPECT=1` writes what comes out over what is expected; look at
//! the difference before you keep it. A file that no harness takes is an error.

#![allow(clippy::disallowed_methods, reason = "these tests are about files")]
#![allow(clippy::expect_used, reason = "a test stops at its first surprise")]
#![allow(clippy::panic, reason = "a test stops at its first surprise")]
#![allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
#![allow(dead_code, reason = "the suite uses the rest of what both share")]

mod broken;
#[path = "../suite/common/mod.rs"]
mod common;
#[path = "../suite/desk/mod.rs"]
mod desk;
mod hosts;
mod markup;
mod pages;
mod readers;
mod sites;
mod templates;
mod themes;

use std::fs;
use std::path::Path;

use libtest_mimic::{Arguments, Trial};

use desk::{tests, update};

fn main() {
    let trials = [
        broken::trials(),
        hosts::trials(),
        markup::trials(),
        pages::trials(),
        readers::trials(),
        sites::trials(),
        templates::trials(),
        themes::trials(),
    ];
    assert!(trials.iter().all(|of_folder| !of_folder.is_empty()), "a folder has no case");
    libtest_mimic::run(&Arguments::from_args(), trials.into_iter().flatten().collect()).exit();
}

/// A case as a test, named by its path below `tests/`.
fn trial(path: &Path, test: impl FnOnce(&Path) + Send + 'static) -> Trial {
    let name = path.strip_prefix(tests()).unwrap().to_str().unwrap().replace('\\', "/");
    let path = path.to_owned();
    Trial::test(name, move || {
        test(&path);
        Ok(())
    })
}

/// Compares a text with the file that holds what is expected, or writes that anew.
fn expect(path: &Path, text: &str) {
    if update() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(text == expected, "{} differs:\n{}", path.display(), difference(&expected, text));
}

/// The lines that only one of two texts has.
fn difference(expected: &str, text: &str) -> String {
    let diff = similar::TextDiff::from_lines(expected, text);
    diff.unified_diff().context_radius(2).to_string()
}

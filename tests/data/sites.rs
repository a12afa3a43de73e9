//! Whole sites against whole folders: every byte of every output of small sites that each show one thing.
//!
//! `tests/sites/NAME/` holds a site and, in `expected/`, what it becomes.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use libtest_mimic::Trial;

use crate::desk::{Desk, TODAY, Tree, cases, tree, update};
use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    let cases = cases("sites").into_iter().filter(|case| case.join("config.toml").is_file());
    cases.map(|case| trial(&case, both)).collect()
}

fn both(case: &Path) {
    is_what_it_was(case);
    a_path_changes_nothing_but_addresses(case);
}

fn is_what_it_was(case: &Path) {
    let built = without_version(Desk::from(case).build());
    let expected = case.join("expected");
    if update() {
        refresh(&expected, &built);
    }
    let differences = differences(&tree(&expected), &built);
    assert!(
        differences.is_empty(),
        "UPDATE_EXPECT=1 takes these over:\n{}",
        differences.join("\n")
    );
}

/// The program's own version stands in feeds, and is no change of a site; nor is the list of files in the marker.
fn without_version(tree: Tree) -> Tree {
    let own = concat!("Offprint ", env!("CARGO_PKG_VERSION"));
    let replace = |bytes: Vec<u8>| match String::from_utf8(bytes) {
        Ok(text) => text.replace(own, "Offprint VERSION").into_bytes(),
        Err(error) => error.into_bytes(),
    };
    // The marker also lists the files, by numbers that say nothing to whoever reads the difference.
    let first_line = |bytes: Vec<u8>| {
        bytes.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default().to_vec()
    };
    let shown =
        |name: &str, bytes| if name == ".offprint" { first_line(bytes) } else { replace(bytes) };
    tree.into_iter().map(|(name, bytes)| (name.clone(), shown(&name, bytes))).collect()
}

fn refresh(expected: &Path, built: &Tree) {
    if expected.exists() {
        fs::remove_dir_all(expected).unwrap();
    }
    for (name, bytes) in built {
        let path = expected.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Every file that differs, with the first line that does.
fn differences(expected: &Tree, built: &Tree) -> Vec<String> {
    let names: BTreeSet<&String> = expected.keys().chain(built.keys()).collect();
    let compare = |name: &String| match (expected.get(name), built.get(name)) {
        (Some(a), Some(b)) if a == b => None,
        (Some(a), Some(b)) => Some(format!("{name} differs:\n{}", first_difference(a, b))),
        (Some(_), None) => Some(format!("{name} is missing")),
        (None, _) => Some(format!("{name} is new")),
    };
    names.into_iter().filter_map(compare).collect()
}

fn first_difference(a: &[u8], b: &[u8]) -> String {
    let (a, b) = (String::from_utf8_lossy(a), String::from_utf8_lossy(b));
    let mut lines = a.split('\n').zip(b.split('\n')).enumerate();
    match lines.find(|(_, (a, b))| a != b) {
        Some((number, (a, b))) => format!("  line {}\n  - {a}\n  + {b}", number + 1),
        None => "  one goes on where the other ends".into(),
    }
}

/// The same site at a root and under a path: nothing differs but the path, in no file.
fn a_path_changes_nothing_but_addresses(case: &Path) {
    let built_at = |base: &str| {
        let desk = Desk::from(case);
        let said = desk.run(&["build", "--today", TODAY, "--base-url", base]);
        assert_eq!(said.code, 0, "{}", said.text);
        desk.public()
    };
    let root = built_at("https://lamps.example/");
    let mut below = built_at("https://lamps.example/some/where/");
    for (name, bytes) in &mut below {
        // The tag: addresses of feeds never change, so they name the address of the site in full.
        *bytes = String::from_utf8_lossy(bytes).replace("/some/where/", "/").into_bytes();
        assert_eq!(
            root.get(name).map(|bytes| String::from_utf8_lossy(bytes)),
            Some(String::from_utf8_lossy(bytes)),
            "{name}"
        );
    }
    assert_eq!(root.len(), below.len());
}

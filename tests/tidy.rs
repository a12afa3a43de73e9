//! The house rules that no compiler checks: who may use whom, how long a file may be, what a file must say of itself.

#![expect(clippy::disallowed_methods, reason = "these tests read the project's own files")]
#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// Most lines of a source file before its tests; longer ones hold more than one idea.
const LONGEST_FILE: usize = 480;
/// Most lines of ARCHITECTURE.md, or nobody reads it.
const LONGEST_MAP: usize = 200;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files below a folder that end like this, with their text, by path from the root.
fn files(folder: &str, ending: &str) -> BTreeMap<String, String> {
    let kept =
        |name: &str| !matches!(name, "target" | "public" | ".git" | "node_modules" | "tools");
    let walk = WalkDir::new(root().join(folder)).into_iter();
    let walk = walk.filter_entry(move |entry| {
        entry.depth() == 0 || entry.file_name().to_str().is_some_and(kept)
    });
    let entries = walk.map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let wanted = entries
        .filter(|entry| entry.file_name().to_str().is_some_and(|name| name.ends_with(ending)));
    wanted
        .filter_map(|entry| {
            let path =
                entry.path().strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
            Some((path, fs::read_to_string(entry.path()).ok()?))
        })
        .collect()
}

/// The code of a file: no comments, and nothing from its tests on.
fn code(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]").next().unwrap_or_default();
    before_tests
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default().to_owned() + "\n")
        .collect()
}

/// `src/render/view.rs` → `render`
fn module(path: &str) -> &str {
    let below = path.strip_prefix("src/").unwrap_or(path);
    below.split('/').next().unwrap_or(below).trim_end_matches(".rs")
}

/// Every module that code names by a path from the crate's root, groups in braces included.
fn uses(text: &str, crate_name: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices(crate_name) {
        let rest = &text[at + crate_name.len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(top_of_group(group)),
            None => found.extend(first_word(rest)),
        }
    }
    found
}

fn first_word(text: &str) -> Option<String> {
    let word: String =
        text.trim_start().chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
    (!word.is_empty()).then_some(word)
}

/// The first words at the outermost level of `a::b, c::{d, e}, f}`.
fn top_of_group(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut words = Vec::from_iter(first_word(group));
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => words.extend(first_word(&group[at + 1..])),
            _ => {}
        }
    }
    words
}

/// Who may use whom, in the order of ARCHITECTURE.md.
fn table() -> Vec<(String, Vec<String>)> {
    rows("Who may use whom")
}

/// The rows of a table of two columns in ARCHITECTURE.md, below a heading: the first word, and the names in the second.
fn rows(heading: &str) -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let (_, section) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let names = |cell: &str| -> Vec<String> {
        cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let rows = section.lines().filter(|line| line.starts_with("| ")).skip(2);
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        (cells[0].trim().trim_matches('`').to_owned(), names(cells[1]))
    })
    .collect()
}

#[test]
fn the_table_leads_only_downwards() {
    let mut above = BTreeSet::new();
    for (module, uses) in table() {
        for used in uses {
            assert!(
                above.contains(&used),
                "ARCHITECTURE.md: `{module}` may use `{used}`, which does not stand above it"
            );
        }
        assert!(above.insert(module.clone()), "ARCHITECTURE.md: `{module}` has two rows");
    }
}

#[test]
fn modules_use_only_what_the_table_allows() {
    let allowed: BTreeMap<_, _> = table().into_iter().collect();
    let mut wrong = Vec::new();
    for (path, text) in files("src", ".rs") {
        let from = module(&path);
        if from == "lib" {
            continue;
        }
        let Some(allowed) = allowed.get(from) else {
            wrong.push(format!("{path}: `{from}` has no row"));
            continue;
        };
        let code = code(&text);
        let mut used = uses(&code, "crate::");
        used.extend(uses(&code, "offprint::"));
        // From the top file of a module, `super` is the crate itself.
        if path.matches('/').count() == 1 || path.ends_with(&format!("{from}/mod.rs")) {
            used.extend(uses(&code, "super::").into_iter().filter(|name| files_of(name)));
        }
        let strange = used
            .into_iter()
            .filter(|name| name != from && files_of(name) && !allowed.contains(name));
        wrong.extend(strange.map(|name| format!("{path}: `{from}` may not use `{name}`")));
    }
    assert!(wrong.is_empty(), "against the table in ARCHITECTURE.md:\n{}", wrong.join("\n"));
}

/// From files to files, in order; who names them all decides how a site is made.
const STAGES: [&str; 4] = ["content", "site", "render", "output"];

#[test]
fn only_the_workspace_names_every_stage() {
    for (path, text) in files("src", ".rs") {
        let used = uses(&code(&text), "crate::");
        let all = STAGES.iter().all(|stage| used.contains(*stage));
        assert!(!all || module(&path) == "workspace", "{path} names every stage: {STAGES:?}");
    }
    let sources = files("src/workspace", ".rs");
    let used = sources.values().map(|text| uses(&code(text), "crate::"));
    let used: BTreeSet<String> = used.flatten().collect();
    assert!(STAGES.iter().all(|stage| used.contains(*stage)), "the workspace lacks one: {used:?}");
}

/// Whether a name is a module of the crate, and not a macro or an item of `lib.rs`.
fn files_of(name: &str) -> bool {
    let src = root().join("src");
    src.join(format!("{name}.rs")).is_file() || src.join(name).is_dir()
}

#[test]
fn every_row_is_a_module() {
    for (module, _) in table() {
        assert!(files_of(&module), "ARCHITECTURE.md: there is no module `{module}`");
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for folder in ["src", "tests", "benches"] {
        for (path, text) in files(folder, ".rs") {
            assert!(text.starts_with("//! "), "{path} does not open with `//!`");
        }
    }
}

#[test]
fn files_hold_one_idea() {
    for (path, text) in files("src", ".rs") {
        let lines = text.lines().count();
        assert!(
            lines <= LONGEST_FILE,
            "{path} has {lines} lines; more than {LONGEST_FILE} is two ideas"
        );
    }
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap().lines().count();
    assert!(
        map <= LONGEST_MAP,
        "ARCHITECTURE.md has {map} lines; {LONGEST_MAP} is what people read"
    );
}

#[test]
fn nothing_outside_of_tests_gives_up() {
    for (path, text) in files("src", ".rs") {
        let code = code(&text);
        for word in [".unwrap()", ".expect(\"", "panic!(", "todo!("] {
            assert!(!code.contains(word), "{path} has `{word}` outside of its tests");
        }
    }
}

/// What code names when it touches each part of the machine.
const TOUCHES: [(&str, &[&str]); 4] = [
    ("disk", &["std::fs", " fs::", "(fs::", "!fs::", "WalkDir::new", "[fs::", "load_system_fonts"]),
    ("network", &["std::net", "tokio::net", "ureq::", "lettre::"]),
    ("clock", &["SystemTime::now", "Timestamp::now", "Zoned::now"]),
    ("environment", &["env::var", "env::current_dir"]),
];

/// The list in ARCHITECTURE.md holds where clippy's cannot: it says who may.
#[test]
fn the_machine_is_touched_where_it_may_be() {
    let rows: BTreeMap<_, _> = rows("What touches the machine").into_iter().collect();
    assert_eq!(
        rows.keys().map(String::as_str).collect::<Vec<_>>(),
        ["clock", "disk", "environment", "network"]
    );
    let mut wrong = Vec::new();
    let mut idle: BTreeSet<(&str, &String)> =
        rows.iter().flat_map(|(what, all)| all.iter().map(|room| (what.as_str(), room))).collect();
    for (path, text) in files("src", ".rs") {
        let code = code(&text);
        for (what, words) in
            TOUCHES.iter().filter(|(_, words)| words.iter().any(|word| code.contains(word)))
        {
            match rows[*what].iter().find(|room| is_in(&path, room)) {
                Some(room) => drop(idle.remove(&(*what, room))),
                None => wrong.push(format!("{path} touches the {what} ({words:?})")),
            }
        }
    }
    assert!(wrong.is_empty(), "against the table in ARCHITECTURE.md:\n{}", wrong.join("\n"));
    assert!(idle.is_empty(), "ARCHITECTURE.md lets these touch what they do not: {idle:?}");
}

/// Whether a file is a module, or lies below it: `src/output/staging.rs` is in `output`.
fn is_in(path: &str, module: &str) -> bool {
    let rest =
        path.strip_prefix("src/").and_then(|path| path.strip_prefix(&module.replace("::", "/")));
    rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

#[test]
fn no_file_names_somebodys_machine() {
    let folders = ["work", "tmp", "home", "root", "Users"];
    let places: Vec<String> = folders.iter().map(|folder| format!("/{folder}/")).collect();
    for (path, text) in files("", "") {
        for place in &places {
            let named = text.match_indices(place).any(|(at, _)| starts_a_path(&text[..at]));
            assert!(!named, "{path} names a place on one machine: {place}");
        }
    }
}

/// Whether a slash after this text begins a path, rather than going on with one or with an address.
fn starts_a_path(before: &str) -> bool {
    before
        .chars()
        .next_back()
        .is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '(' | '=' | ':'))
}

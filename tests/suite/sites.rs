//! Whole sites against whole folders: every byte of every output of small sites that each show one thing.
//!
//! `tests/sites/NAME/` holds a site and, in `expected/`, what it becomes. `UPDATE_EXPECT=1` writes that anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::desk::{Desk, TODAY, Tree, cases, texts, tree, update};

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

#[test]
fn sites_are_what_they_were() {
    let mut wrong = Vec::new();
    for case in cases("sites").iter().filter(|case| case.join("config.toml").is_file()) {
        let built = without_version(Desk::from(case).build());
        let expected = case.join("expected");
        if update() {
            refresh(&expected, &built);
        }
        wrong.extend(
            differences(&tree(&expected), &built)
                .into_iter()
                .map(|what| format!("{}: {what}", case.display())),
        );
    }
    assert!(wrong.is_empty(), "UPDATE_EXPECT=1 takes these over:\n{}", wrong.join("\n"));
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
#[test]
fn a_path_changes_nothing_but_addresses() {
    for case in cases("sites").iter().filter(|case| case.join("config.toml").is_file()) {
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
}

/// The program's own themes change often, so their pages are held to what must hold of any.
#[test]
fn pages_of_the_program_s_own_themes_hang_together() {
    for theme in ["offprint", "ledger"] {
        hangs_together(theme);
    }
}

fn hangs_together(theme: &str) {
    for case in cases("sites").iter().filter(|case| case.join("config.toml").is_file()) {
        let desk = Desk::from(case);
        let config = fs::read_to_string(desk.path("config.toml")).unwrap();
        desk.write(
            "config.toml",
            config.replace("theme = \"plain\"", &format!("theme = \"{theme}\"")),
        );
        let said = desk.run(&[
            "build",
            "--today",
            TODAY,
            "--base-url",
            "https://lamps.example/some/where/",
        ]);
        assert_eq!(said.code, 0, "{}", said.text);
        let site = desk.public();
        for (name, html) in texts(&site)
            .filter(|(name, _)| Path::new(name).extension().is_some_and(|kind| kind == "html"))
        {
            ids_are_unique(name, html);
            links_resolve(name, html, &site);
        }
    }
}

/// The values of an attribute, entities undone as far as addresses have them.
fn attributes<'a>(html: &'a str, name: &str) -> impl Iterator<Item = String> + use<'a> {
    let opening = format!(" {name}=\"");
    let mut rest = html;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once(&opening)?;
        let (value, after) = after.split_once('"')?;
        rest = after;
        Some(value.replace("&amp;", "&"))
    })
}

fn ids_are_unique(name: &str, html: &str) {
    let mut seen = BTreeMap::new();
    attributes(html, "id").for_each(|id| *seen.entry(id).or_insert(0) += 1);
    let twice: Vec<_> = seen.into_iter().filter(|(_, count)| *count > 1).collect();
    assert!(twice.is_empty(), "{name}: ids more than once: {twice:?}");
}

fn links_resolve(name: &str, html: &str, site: &Tree) {
    for link in attributes(html, "href").chain(attributes(html, "src")) {
        let local = link.strip_prefix("https://lamps.example").unwrap_or(&link);
        let Some(path) = local.strip_prefix("/some/where/") else {
            assert!(!local.starts_with('/'), "{name}: {link} leaves the site's path");
            continue;
        };
        let path = path.split(['#', '?']).next().unwrap();
        let path = percent_encoding::percent_decode_str(path).decode_utf8().unwrap();
        let file = if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.into_owned()
        };
        assert!(site.contains_key(&file), "{name}: {link} leads nowhere");
    }
}

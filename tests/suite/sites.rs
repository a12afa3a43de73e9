//! Whole sites against whole folders: every byte of every output of small sites that each show one thing.
//!
//! `tests/sites/NAME/` holds a site and, in `expected/`, what it becomes. `UPDATE_EXPECT=1` writes that anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::desk::{Desk, TODAY, Tree, cases, texts};

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

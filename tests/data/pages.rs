//! A page of each kind in each theme that is shipped, of the sample site that `theme check` renders: `tests/pages/THEME/KIND`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::{env, fs};

use libtest_mimic::Trial;
use offprint::commands::theme_kit::{self, Look};
use offprint::diagnostic::SourceText;
use offprint::output::Content;
use offprint::render::KINDS;

use crate::desk::{tests, update};
use crate::{expect, trial};

pub(crate) fn trials() -> Vec<Trial> {
    let themes = ["offprint", "ledger"].map(|theme| tests().join("pages").join(theme));
    themes.iter().map(|folder| trial(folder, are_what_they_were)).collect()
}

fn are_what_they_were(folder: &Path) {
    let pages = pages(folder.file_name().unwrap().to_str().unwrap());
    let missing = KINDS.iter().filter(|kind| !pages.contains_key(kind.template));
    let missing: Vec<&str> = missing.map(|kind| kind.template).collect();
    assert!(missing.is_empty(), "the sample site has no page of these kinds: {missing:?}");
    if update() {
        let _ = fs::remove_dir_all(folder);
    }
    for (kind, page) in &pages {
        expect(&folder.join(kind), page);
    }
    assert_eq!(fs::read_dir(folder).unwrap().count(), pages.len(), "a golden page has no kind");
}

/// By the name of its template: the first page of each kind in a theme.
fn pages(theme: &str) -> BTreeMap<String, String> {
    let asked = Arc::new(SourceText { path: "config.toml".into(), text: String::new() });
    let look = Look { languages: vec!["ko", "en"], ..Look::default() };
    let (project, findings) = theme_kit::sample("nowhere".into(), theme, &asked, &look);
    let project = project.unwrap_or_else(|| panic!("{findings:?}"));
    let shared = project.shared();
    let renderer = project.press(&shared);
    let outputs = project.plan.outputs();
    renderer.prepare(outputs.iter());
    let mut pages = BTreeMap::new();
    for output in outputs.iter().filter(|output| output.is_page()) {
        if !pages.contains_key(output.kind()) {
            let content = project.content(&renderer, output).unwrap();
            let Content::Bytes(bytes) = content else { panic!("{output:?} is copied") };
            pages.insert(output.kind().to_owned(), settled(&String::from_utf8(bytes).unwrap()));
        }
    }
    pages
}

/// A page without the hashes in names of assets and the version of the program, which are no change of a page.
fn settled(page: &str) -> String {
    let is_hash =
        |piece: &str| piece.len() == 8 && piece.bytes().all(|byte| byte.is_ascii_hexdigit());
    let pieces = page.split('.').map(|piece| if is_hash(piece) { "HASH" } else { piece });
    let page = pieces.collect::<Vec<_>>().join(".");
    page.replace(concat!("Offprint ", env!("CARGO_PKG_VERSION")), "Offprint VERSION")
}

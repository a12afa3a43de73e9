//! A page of each kind in each theme that is shipped, of the sample site that `theme check` renders.
//!
//! `tests/pages/THEME/KIND` holds the page. `UPDATE_EXPECT=1` writes them anew; look at the difference before you keep it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::{env, fs};

use offprint::commands::theme_kit::{self, Look};
use offprint::diagnostic::SourceText;
use offprint::output::Content;
use offprint::render::KINDS;

use crate::desk::update;

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

#[test]
fn a_page_of_each_kind_is_what_it_was() {
    let mut wrong = Vec::new();
    for theme in ["offprint", "ledger"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(theme);
        let pages = pages(theme);
        let missing = KINDS.iter().filter(|kind| !pages.contains_key(kind.template));
        let missing: Vec<&str> = missing.map(|kind| kind.template).collect();
        assert!(missing.is_empty(), "the sample site has no page of these kinds: {missing:?}");
        if update() {
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).unwrap();
            for (kind, page) in &pages {
                fs::write(folder.join(kind), page).unwrap();
            }
        }
        let expected: BTreeMap<String, String> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                (name, fs::read_to_string(path).unwrap())
            })
            .collect();
        for kind in expected.keys().chain(pages.keys()) {
            let (was, is) = (expected.get(kind), pages.get(kind));
            if was != is && !wrong.contains(&format!("{theme}/{kind}")) {
                wrong.push(format!("{theme}/{kind}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "UPDATE_EXPECT=1 takes these over, git shows how they differ: {wrong:?}"
    );
}

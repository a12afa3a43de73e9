//! What a real archive shows: `OFFPRINT_CORPUS` names a folder of Markdown; without it there is nothing to check.

use std::path::Path;

use offprint::diagnostic::Code;
use offprint::markup::{Options, Renderer};
use offprint::prose::source::formulas;
use walkdir::WalkDir;

/// The texts under a folder, in order of path.
fn texts(folder: &Path) -> Vec<String> {
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let files =
        files.filter(|file| file.path().extension().is_some_and(|extension| extension == "md"));
    files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect()
}

#[test]
fn formulas_of_the_corpus_are_math() {
    let Some(folder) = std::env::var_os("OFFPRINT_CORPUS") else {
        eprintln!("skipped: OFFPRINT_CORPUS is not set");
        return;
    };
    let renderer = Renderer::new(&Options::default()).unwrap();
    let texts = texts(Path::new(&folder));
    let markups: Vec<_> = texts.iter().map(|text| renderer.render(text, "k")).collect();
    let count = |code: Code| {
        markups
            .iter()
            .flat_map(|markup| &markup.findings)
            .filter(|found| found.code == code)
            .count()
    };
    let all: usize = texts.iter().map(|text| formulas(text).len()).sum();
    let bad = count(Code::BadMath);
    for (text, finding) in texts
        .iter()
        .zip(&markups)
        .flat_map(|(text, markup)| markup.findings.iter().map(move |f| (text, f)))
    {
        eprintln!(
            "{}: {} at {:?}",
            finding.code.as_str(),
            finding.message,
            finding.span.clone().map(|span| &text[span])
        );
    }
    eprintln!("{all} formulas, {bad} of them beyond the converter");
    assert!(all > 0 && bad * 20 <= all, "{bad} of {all} formulas fail");
    assert_eq!(count(Code::UnsafeLink), 0);
}

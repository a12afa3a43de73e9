//! Broken sites: what the program says of them, whole, and that it harms nothing.
//!
//! `tests/broken/NAME/` holds a site and, in `expected.txt`, what `offprint check` says. Where there is `expected.github` or
//! `expected.sarif`, that is what it prints for annotations on GitHub, or as SARIF.

use std::path::Path;

use libtest_mimic::Trial;

use crate::desk::{Desk, TODAY, cases, nothing_is_harmed};
use crate::{expect, trial};

pub(crate) fn trials() -> Vec<Trial> {
    cases("broken").iter().map(|case| trial(case, told)).collect()
}

fn told(case: &Path) {
    let name = case.file_name().unwrap().to_str().unwrap();
    let desk = Desk::from(case);
    let said = desk.run(&["check", "--today", TODAY]);
    expect(&case.join("expected.txt"), &format!("{}\nexit code {}\n", said.text, said.code));
    for format in ["github", "sarif"] {
        let file = case.join(format!("expected.{format}"));
        if file.exists() {
            let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
            let printed = desk.prints(&["check", "--today", TODAY, "--format", format]);
            expect(&file, &printed.replace(&version, "\"version\": \"…\""));
        }
    }
    if name != "no-config" {
        nothing_is_harmed(&desk, name);
    }
}

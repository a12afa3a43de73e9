//! What `theme check` says of themes with mistakes: `tests/themes/NAME/` holds a site and, in `expected.txt`, what it says.

use std::path::Path;

use libtest_mimic::Trial;

use crate::desk::{Desk, cases};
use crate::{expect, trial};

pub(crate) fn trials() -> Vec<Trial> {
    cases("themes").iter().map(|case| trial(case, told)).collect()
}

fn told(case: &Path) {
    let desk = Desk::from(case);
    let said = desk.run(&["theme", "check"]);
    let text = format!("{}\nexit code {}\n", without_counts(&said.text), said.code);
    expect(&case.join("expected.txt"), &text);
    assert!(!desk.path("public").exists(), "a check wrote something");
}

/// How many templates and strings the default theme has is no concern of a theme below.
fn without_counts(text: &str) -> String {
    let counts = |line: &str| {
        line.contains(" templates; rendered ")
            || line.contains(" more")
            || line.contains(", and in ")
    };
    let line = |line: &str| {
        if counts(line) { line.replace(|c: char| c.is_ascii_digit(), "") } else { line.to_owned() }
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

//! The checker of templates: `tests/templates/NAME.html` stands for the page of a paper, and `NAME.txt` holds what is said of
//! it and which fields of views it uses.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use camino::Utf8PathBuf;
use libtest_mimic::Trial;
use offprint::config::Config;
use offprint::diagnostic::SourceText;
use offprint::diagnostic::print::{self, Choice};
use offprint::render::switches;
use offprint::render::theme_check;
use offprint::theme::Theme;

use crate::desk::{Desk, tests};
use crate::{expect, trial};

const CONFIG: &str = "base_url = \"https://lamps.example/\"\ntheme = \"plain\"\n";

pub(crate) fn trials() -> Vec<Trial> {
    let files = fs::read_dir(tests().join("templates")).unwrap();
    let files = files.map(|entry| entry.unwrap().path());
    let templates = files.filter(|path| path.extension().is_some_and(|end| end == "html"));
    templates.map(|path| trial(&path, is_checked)).collect()
}

/// The fields that the other templates use.
static OF_OTHERS: LazyLock<BTreeSet<String>> = LazyLock::new(|| checked("").1);

fn is_checked(path: &Path) {
    let (said, used) = checked(&fs::read_to_string(path).unwrap());
    let used: Vec<String> = used.difference(&OF_OTHERS).cloned().collect();
    expect(&path.with_extension("txt"), &format!("{said}uses: {}\n", used.join(", ")));
}

/// What walking the plain theme says of this as the template of a paper, and the fields that all templates use.
fn checked(template: &str) -> (String, BTreeSet<String>) {
    let desk = Desk::of(&[("config.toml", CONFIG), ("templates/paper.html", template)]);
    let root = Utf8PathBuf::from_path_buf(desk.path("")).unwrap();
    let text = Arc::new(SourceText { path: "config.toml".into(), text: CONFIG.into() });
    let (config, _) = Config::parse(CONFIG, &switches());
    let (theme, mut findings) = Theme::load(&root, &config, &text);
    let checked = theme.map(|theme| theme_check::check(&theme));
    let used = checked.as_ref().map(|checked| checked.used.names()).unwrap_or_default();
    findings.extend(checked.into_iter().flat_map(|checked| checked.findings));
    findings.retain(|finding| finding.file() == Some("templates/paper.html"));
    (print::text(&findings, &Choice { every: true, ..Choice::default() }), used)
}

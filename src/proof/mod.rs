//! Templates against the contract, without rendering: what they name, and what names them.
//!
//! Rendering finds a mistake only on the way it takes. Here every branch is walked, with the types that
//! `docs/themes.md` promises in place of values. Knows a loaded theme, no site and no disk. Tera keeps its own syntax
//! tree to itself, so the templates, which Tera has compiled before, are parsed once more.

mod contract;
mod expressions;
mod infer;
mod owned;
mod statements;
mod syntax;
mod templates;
mod walk;

use std::collections::BTreeSet;

pub use contract::{Contract, Kind};
pub use templates::blocks;

use crate::diagnostic::Finding;
use crate::theme::Theme;

/// What walking all templates brought.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// Wrong and odd things, each with its place.
    findings: Vec<Finding>,
    /// Templates that some page needs, by layer and name.
    templates: BTreeSet<(usize, String)>,
    /// Options that some template asks for.
    options: BTreeSet<String>,
    /// Whether some template takes the options as a whole.
    all_options: bool,
}

/// Everything that can be said about a theme's templates, options and strings without a site.
///
/// `entries` are the templates that pages are made from. Unused things are reported of the site's own layer and of the
/// theme itself, not of what it extends.
pub fn read(theme: &Theme, entries: &[&str]) -> Vec<Finding> {
    let contract = Contract::of(theme);
    let templates = templates::Templates::read(theme);
    let mut walk = walk::Walk::new(theme, &contract, &templates);
    for entry in entries {
        walk.page(entry);
    }
    // The program renders these for whoever names them.
    for part in theme.templates.within("parts/").iter().filter(|part| is_shown(theme, part)) {
        walk.page(part);
    }
    walk.components();
    let mut seen = walk.finish();
    let mut findings = std::mem::take(&mut seen.findings);
    findings.extend(owned::unused_templates(theme, &seen));
    findings.extend(owned::unused_options(theme, &seen));
    findings.extend(owned::missing_strings(theme));
    findings
}

/// Whether some template names a part as it is shown: `page.parts.footer` for `parts/page/footer.html`.
fn is_shown(theme: &Theme, part: &str) -> bool {
    let name = part.strip_prefix("parts/").and_then(|part| part.strip_suffix(".html"));
    name.and_then(|name| name.split_once('/'))
        .is_some_and(|(of, name)| theme.templates.name(&format!("{of}.parts.{name}")))
}

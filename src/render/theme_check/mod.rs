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
use crate::render::{UsedFields, templates as asked_for};
use crate::theme::Theme;
use crate::theme::components::FOLDER;

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
    /// Templates of parts that some template shows: `page.parts.footer` is `parts/page/footer.html`.
    parts: BTreeSet<String>,
    /// Fields of views that some template uses.
    used: UsedFields,
}

/// What walking a theme's templates with types tells, without a site.
#[derive(Debug)]
pub struct Checked {
    /// The fields of views that some template uses.
    pub used: UsedFields,
    /// Wrong and odd things. Unused things are reported of the site's own layer and of the theme itself, not of what it
    /// extends.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// A finding about a template that failed, with the advice that the walk has for that place: it knows every name that
    /// could stand there, and not only those that were made.
    pub fn advise(&self, finding: Finding) -> Finding {
        match self
            .findings
            .iter()
            .find(|known| known.span == finding.span && known.file() == finding.file())
            .and_then(|known| known.help.clone())
        {
            Some(help) if finding.span.is_some() => {
                let page = finding
                    .help
                    .as_deref()
                    .and_then(|help| Some(&help[help.find("(while rendering")?..]));
                let advice = format!("{help} {}", page.unwrap_or_default());
                finding.help(advice.trim_end().to_owned())
            }
            _ => finding,
        }
    }
}

/// Walks every template that pages are made from, or that those name.
pub fn check(theme: &Theme) -> Checked {
    let contract = Contract::of(theme);
    let templates = templates::Templates::read(theme);
    let mut walk = walk::Walk::new(theme, &contract, &templates);
    for template in asked_for() {
        walk.page(template.name);
    }
    for template in theme.templates.within("pages/") {
        walk.page(&template);
    }
    for template in theme.templates.within(FOLDER) {
        walk.page(&template);
    }
    walk.components();
    walk.parts();
    let mut seen = walk.finish();
    let mut findings = std::mem::take(&mut seen.findings);
    findings.extend(owned::unused_templates(theme, &seen));
    findings.extend(owned::unused_options(theme, &seen));
    findings.extend(owned::missing_strings(theme));
    Checked { used: seen.used, findings }
}

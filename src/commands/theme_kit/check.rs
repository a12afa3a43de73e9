//! A thorough look at a theme: every template compiled and walked, a sample and the user's own site rendered.

use std::collections::BTreeSet;
use std::sync::Arc;

use camino::Utf8Path;

use super::origins;
use super::sample::{self, Look};
use crate::diagnostic::{Code, Finding, SourceText};
use crate::render::theme_check;
use crate::theme::Theme;
use crate::workspace::{self, Clock, Progress, Request};

/// What came of it.
#[derive(Debug, Default)]
pub struct Checked {
    /// Sorted by place, each once.
    pub findings: Vec<Finding>,
    /// Templates in all layers.
    pub templates: usize,
    /// How many times the sample was rendered.
    pub looks: usize,
}

/// Looks at a theme of a site. `asked` is where its name was written.
pub fn check(
    request: &Request,
    name: &str,
    asked: &Arc<SourceText>,
    clock: &Clock,
    progress: Progress<'_>,
) -> Checked {
    let mut checked = Checked::default();
    // A template of the site may show what its config.toml says; what is wrong there is said by the check of the site below.
    let own = workspace::read_config(&request.root, &mut Vec::new());
    let extra = own.map(|(config, _)| config.extra).unwrap_or_default();
    let first = Look { languages: vec!["ko", "en"], extra, ..Look::default() };
    let (project, findings) = sample::project(&request.root, name, asked, &first);
    checked.findings.extend(findings);
    if let Some(project) = project {
        let layers = project.theme.layers.iter();
        checked.templates = layers
            .flat_map(|layer| layer.files.keys())
            .filter(|path| path.starts_with("templates/"))
            .count();
        checked.findings.extend(theme_check::check(&project.theme).findings);
        let looks = looks(&project.theme, first);
        checked.looks = looks.len();
        for look in looks {
            checked.findings.extend(rendered(&request.root, name, asked, &look));
        }
        let themed = Request { theme: Some(name.to_owned()), ..request.clone() };
        let own = workspace::check(&themed, clock, progress, &|_| Vec::new());
        checked.findings.extend(own.findings.into_iter().filter(of_theme));
    }
    let copies = origins::outdated(&request.root, name, asked).unwrap_or_default();
    checked.findings.extend(copies.iter().map(origins::Outdated::finding));
    once(&mut checked.findings);
    workspace::sort(&mut checked.findings);
    checked
}

fn rendered(root: &Utf8Path, name: &str, asked: &Arc<SourceText>, look: &Look) -> Vec<Finding> {
    let project = sample::project(root, name, asked, look).0;
    project.map(|project| workspace::rehearse(&project)).unwrap_or_default()
}

/// The sample in two languages, in one, in a tree for each; bare; empty; and with each choice of each option.
fn looks(theme: &Theme, first: Look) -> Vec<Look> {
    let one = Look { languages: vec!["en"], ..first.clone() };
    let mut looks = vec![
        Look { split: true, ..first.clone() },
        Look { bare: true, ..one.clone() },
        Look { empty: true, ..one.clone() },
        one,
    ];
    for (name, spec) in theme.manifests.iter().flat_map(|manifest| &manifest.options) {
        let values: Vec<toml::Value> = match &spec.default {
            toml::Value::Boolean(on) => vec![toml::Value::Boolean(!on)],
            _ => spec.choices.iter().map(|choice| toml::Value::String(choice.clone())).collect(),
        };
        for value in values.into_iter().filter(|value| *value != spec.default) {
            let options = toml::Table::from_iter([(name.clone(), value)]);
            looks.push(Look { options, ..first.clone() });
        }
    }
    looks.push(first);
    looks
}

/// Findings that are about a theme, its templates and options, not about content.
fn of_theme(finding: &Finding) -> bool {
    matches!(
        finding.code,
        Code::Theme | Code::Template | Code::UnknownKey | Code::Config | Code::Unreadable
    )
}

/// The same mistake found by reading and by rendering, or on several sites, is said once: the first of a place wins.
fn once(findings: &mut Vec<Finding>) {
    let mut places = BTreeSet::new();
    findings.retain(|finding| {
        let place = finding.span.as_ref().map(|span| span.start);
        let message = if place.is_some() { String::new() } else { finding.message.clone() };
        places.insert((finding.file().map(str::to_owned), place, message))
    });
}

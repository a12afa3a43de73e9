//! Findings as text: the look of rustc, or what other programs read.

mod machines;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Code, Finding, Places, Severity, boundary};

pub use machines::{github, json, sarif};

/// Findings of one code that are printed before the rest is only counted.
const EACH: usize = 3;

/// How many of a code are printed. Notes of a kind that can be many are for whoever asks.
fn each(code: Code) -> usize {
    match code {
        Code::Untagged
        | Code::NoAbstract
        | Code::NoId
        | Code::OddAddress
        | Code::AliasTag
        | Code::OwnKey => 0,
        Code::ImpreciseDate | Code::Mermaid | Code::UnsureDate => 1,
        _ => EACH,
    }
}

/// What to print.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Codes that are not shown.
    pub allow: Vec<Code>,
    /// Only this code, and all of it.
    pub only: Option<Code>,
    /// All of every code, not three of each.
    pub every: bool,
    /// Colours and other escape sequences.
    pub color: bool,
}

/// Findings as a person reads them, each followed by an empty line; errors in full, of each other code three.
pub fn text(findings: &[Finding], choice: &Choice) -> String {
    let renderer = if choice.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    let (mut out, mut places) = (String::new(), Places::default());
    for finding in findings.iter().filter(|finding| choice.shows(finding)) {
        let count = counts.entry(finding.code).or_default();
        *count += 1;
        if finding.severity() == Severity::Error
            || *count <= each(finding.code)
            || choice.shows_every()
        {
            let _ = writeln!(out, "{}\n", one(finding, places.of_finding(finding), &renderer));
        }
    }
    if !choice.shows_every() {
        rest(&counts, &mut out);
    }
    out
}

/// `2 errors, 14 warnings`; empty where there is neither.
pub fn summary(findings: &[Finding], choice: &Choice) -> String {
    let parts = [
        said(count_of(choice, findings, Severity::Error), "error"),
        said(count_of(choice, findings, Severity::Warning), "warning"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn count_of(choice: &Choice, findings: &[Finding], severity: Severity) -> usize {
    findings
        .iter()
        .filter(|finding| choice.shows(finding) && finding.severity() == severity)
        .count()
}

fn said(count: usize, one: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {one}s")),
    }
}

impl Choice {
    fn shows_every(&self) -> bool {
        self.every || self.only.is_some()
    }

    /// Whether a finding is one of those to print.
    pub fn shows(&self, finding: &Finding) -> bool {
        let chosen = self.only.is_none_or(|only| only == finding.code);
        let quiet = finding.severity() != Severity::Error
            && self.allow.contains(&finding.code)
            && self.only.is_none();
        chosen && !quiet
    }
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn rest(counts: &BTreeMap<Code, usize>, out: &mut String) {
    for (code, &count) in counts.iter().filter(|(code, _)| code.severity() != Severity::Error) {
        let code_text = code.as_str();
        match each(*code) {
            0 => {
                let _ =
                    writeln!(out, "{count} × {code_text}: `offprint check --code {code_text}`\n");
            }
            each if count > each => {
                let _ = writeln!(
                    out,
                    "… and {} more: `offprint check --code {code_text}`\n",
                    count - each
                );
            }
            _ => {}
        }
    }
}

fn one(finding: &Finding, place: Option<(usize, usize)>, renderer: &Renderer) -> String {
    let level = match finding.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group =
        Group::with_title(level.primary_title(&finding.message).id(finding.code.as_str()));
    match (&finding.source, &finding.span, place) {
        (Some(source), Some(span), Some((line, _))) => {
            let (text, span) = excerpt(&source.text, span);
            let snippet = Snippet::source(text).path(&source.path).line_start(line).fold(false);
            group = group.element(snippet.annotation(AnnotationKind::Primary.span(span)));
        }
        _ => {
            if let Some(file) = finding.file() {
                group = group.element(Origin::path(file));
            }
        }
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help));
    }
    let text = renderer.render(&[group]);
    at_its_column(text, finding, place)
}

/// Where a long line was cut at its start, the renderer counts columns from the cut.
fn at_its_column(text: String, finding: &Finding, place: Option<(usize, usize)>) -> String {
    let (Some(source), Some(span), Some((line, column))) = (&finding.source, &finding.span, place)
    else {
        return text;
    };
    let (cut, shown) = excerpt(&source.text, span);
    let counted = cut[..shown.start].chars().count() + 1;
    if counted == column {
        return text;
    }
    text.replacen(
        &format!("{}:{line}:{counted}", source.path),
        &format!("{}:{line}:{column}", source.path),
        1,
    )
}

/// Longest piece of a line that is shown on either side of a place.
const AROUND: usize = 120;

/// The line of a place, cut where it is very long, and the place in it.
fn excerpt<'a>(text: &'a str, span: &std::ops::Range<usize>) -> (&'a str, std::ops::Range<usize>) {
    let start = boundary(text, span.start.min(text.len()));
    let low = boundary(text, start.saturating_sub(AROUND));
    let high = boundary(text, text.len().min(start + AROUND));
    let from = text[low..start].rfind('\n').map_or(low, |at| low + at + 1);
    let to = text[start..high].find(['\r', '\n']).map_or(high, |at| start + at);
    let end = boundary(text, span.end.clamp(start, to));
    (&text[from..to], start - from..end - from)
}

//! `build`: makes the site.

use std::sync::OnceLock;
use std::time::Duration;

use camino::Utf8PathBuf;

use super::{Console, Exit, plural, request};
use crate::cli::Build;
use crate::diagnostic::print::Choice;
use crate::diagnostic::{Code, Severity};
use crate::workspace::{self, Clock, Progress, Report, Request, Step};

/// Outputs between two looks at the clock.
const STEP: usize = 16;
/// What takes no longer needs no progress bar.
const SHORT: Duration = Duration::from_millis(500);

pub(super) fn run(options: &Build, root: Utf8PathBuf, console: &Console, clock: &Clock) -> Exit {
    let clock = Clock { detailed: options.timings, ..*clock };
    let start = (clock.elapsed)();
    let request = Request {
        base_url: options.base_url.clone(),
        output: options.output.clone(),
        ..request(&options.shown, root)
    };
    let report = make(&request, &clock, console);
    console.findings(&report.findings, Choice { allow: report.allow.clone(), ..Choice::default() });
    say_written(&report, (clock.elapsed)().saturating_sub(start), console);
    if options.timings {
        console.say(&timings(&report));
    }
    exit(&report, options.shown.strict)
}

/// Builds, with a progress bar where it takes long.
pub(super) fn make(request: &Request, clock: &Clock, console: &Console) -> Report {
    shown(console, clock, |progress| workspace::build(request, clock, progress))
}

/// Does something that tells how far it is, with a progress bar as soon as it has taken long.
pub(super) fn shown<T>(
    console: &Console,
    clock: &Clock,
    work: impl FnOnce(Progress<'_>) -> T,
) -> T {
    let (bar, start) = (OnceLock::new(), (clock.elapsed)());
    let is_long = || (clock.elapsed)().saturating_sub(start) > SHORT;
    let result = work(&|step| match step {
        Step::Waiting(folder) => {
            console.say(&format!("another offprint is writing to {folder}; waiting for it"));
        }
        Step::Made(done, all) if done.is_multiple_of(STEP) && is_long() => {
            bar.get_or_init(|| console.progress(all as u64)).set_position(done as u64);
        }
        Step::Made(..) => {}
    });
    if let Some(bar) = bar.get() {
        bar.finish_and_clear();
    }
    result
}

/// Errors fail; with `--strict` warnings do too.
pub(super) fn exit(report: &Report, strict: bool) -> Exit {
    let worst = if strict { Severity::Warning } else { Severity::Error };
    let bad = report
        .findings
        .iter()
        .filter(|finding| {
            !report.allow.contains(&finding.code) || finding.severity() == Severity::Error
        })
        .any(|finding| finding.severity() <= worst);
    if bad { Exit::Errors } else { Exit::Done }
}

/// `52 papers of 16 dates with 1 tag, 2 texts are held back`
pub(super) fn counts(report: &Report) -> String {
    let (papers, days, tags) = report.counts;
    let held = report.findings.iter().find(|finding| finding.code == Code::HeldBack);
    let held = held
        .and_then(|held| held.message.split(" (").next())
        .map(|held| format!(", {held}"))
        .unwrap_or_default();
    format!(
        "{} of {} with {}{held}",
        plural(papers, "paper"),
        plural(days, "date"),
        plural(tags, "tag")
    )
}

fn say_written(report: &Report, took: Duration, console: &Console) {
    let counts = counts(report);
    tell(report, console);
    match &report.written {
        Some(written) => console.say(&format!(
            "{counts}: {} pages, {} files, {} in {:.2} s → {}",
            written.pages,
            written.files,
            indicatif::HumanBytes(written.bytes),
            took.as_secs_f64(),
            written.folder,
        )),
        None => console.say("nothing was written; the old site, if there is one, is untouched"),
    }
}

/// What other programs are told of a build or a check.
pub(super) fn tell(report: &Report, console: &Console) {
    let (papers, days, tags) = report.counts;
    let counts = [
        ("papers", papers),
        ("dates", days),
        ("tags", tags),
        ("errors", count_of(report, Severity::Error)),
        ("warnings", count_of(report, Severity::Warning)),
        ("notes", count_of(report, Severity::Note)),
    ];
    for (name, count) in counts {
        console.tell(name, count);
    }
    if let Some(written) = &report.written {
        console.tell("pages", written.pages);
        console.tell("files", written.files);
        console.tell("bytes", written.bytes);
        console.tell("folder", written.folder.as_str());
    }
}

fn count_of(report: &Report, severity: Severity) -> usize {
    report.findings.iter().filter(|found| found.severity() == severity).count()
}

fn timings(report: &Report) -> String {
    let stages = report.timings.stages().iter().map(|(stage, time)| {
        let name = format!("{stage:?}").to_lowercase();
        format!("{name:<14}{:>10.1} ms", time.as_secs_f64() * 1e3)
    });
    let mut lines: Vec<String> = stages.collect();
    lines.push("templates, all threads together:".into());
    lines.extend(report.timings.outputs().into_iter().map(|(kind, count, time)| {
        format!(
            "  {kind:<14}{:>8.1} ms {count:>7} × {:.3} ms",
            time.as_secs_f64() * 1e3,
            time.as_secs_f64() * 1e3 / f64::from(count.max(1) as u32)
        )
    }));
    lines.join("\n")
}

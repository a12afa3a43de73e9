//! Building and checking: a workspace is read once, and what it says is rendered, written or counted.

use std::sync::{Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::{Changes, Clock, Project, Request, Stage, Timings, Workspace, has_error, sort};
use crate::content::source::Stamp;
use crate::diagnostic::{Code, Finding};
use crate::output::{self, Staging, Writer};
use crate::render::plan::Output;
use crate::render::{MailOf, PageRenderer, dead_parts};
use crate::site::lint::{self, Size};

/// What came of a build.
#[derive(Debug, Default)]
pub struct Report {
    /// Sorted by place.
    pub findings: Vec<Finding>,
    /// Pages, files and bytes written; `None` where nothing was.
    pub written: Option<Written>,
    /// How large the site would be; `None` where it was written, or could not be made.
    pub size: Option<Size>,
    /// Papers, days and tags of the site.
    pub counts: (usize, usize, usize),
    /// Codes that config.toml does not want shown.
    pub allow: Vec<Code>,
    /// By stage and template.
    pub timings: Timings,
}

impl Report {
    /// What was read, before anything is made of it.
    fn of(project: Option<&Project>, findings: Vec<Finding>, timings: Timings) -> Self {
        let mut report = Self { findings, timings, ..Self::default() };
        if let Some(Project { site, config, .. }) = project {
            report.counts = (site.paper_count(), site.dated().len(), site.tags().len());
            report.allow.clone_from(&config.warnings.allow);
        }
        report
    }
}

/// How much was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// HTML pages.
    pub pages: usize,
    /// All files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Where.
    pub folder: Utf8PathBuf,
}

/// Told how far a long build is.
pub type Progress<'a> = &'a (dyn Fn(Step<'_>) + Sync);

/// What a build is at.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    /// Another one writes to the same folder.
    Waiting(&'a Utf8Path),
    /// So many outputs are made, of all.
    Made(usize, usize),
}

/// Reads and assembles everything; `None` after an error that leaves nothing to render.
pub fn load(request: &Request, clock: &Clock) -> (Option<Project>, Vec<Finding>, Timings) {
    let mut workspace = Workspace::new(request.clone(), *clock);
    workspace.read_settings();
    read(workspace)
}

/// The same for a workspace that has its settings.
fn read(mut workspace: Workspace) -> (Option<Project>, Vec<Finding>, Timings) {
    workspace.update(&Changes::all());
    let project = workspace.project();
    let findings = workspace.findings(project.as_ref());
    let timings = std::mem::take(&mut workspace.timings);
    // The program is about to end: giving memory back piece by piece takes longer.
    std::mem::forget(workspace);
    (project, findings, timings)
}

/// Reads, renders and writes a site. With errors nothing is written and the old site stays.
pub fn build(request: &Request, clock: &Clock, progress: Progress<'_>) -> Report {
    let mut workspace = Workspace::new(request.clone(), *clock);
    workspace.read_settings();
    // Before anything is read: whoever waits for another build must not write what was there before that one began.
    let target = workspace.settings().map(|settings| {
        let folder = settings.output.clone();
        let staging = Staging::prepare(&folder, &|| progress(Step::Waiting(&folder)));
        (folder, staging)
    });
    let (project, findings, timings) = read(workspace);
    let mut report = Report::of(project.as_ref(), findings, timings);
    if let Some(project) = project {
        make(&project, target, &mut report, clock, progress);
        std::mem::forget(project);
    }
    sort(&mut report.findings);
    report
}

/// What `check` is asked to look at besides: findings about a project.
pub type Further<'a> = &'a dyn Fn(&Project) -> Vec<Finding>;

/// Does everything a build does, but writes nothing, and says more.
pub fn check(
    request: &Request,
    clock: &Clock,
    progress: Progress<'_>,
    further: Further<'_>,
) -> Report {
    let start = (clock.elapsed)();
    let (project, findings, timings) = load(request, clock);
    let mut report = Report::of(project.as_ref(), findings, timings);
    if let Some(project) = project {
        make(&project, None, &mut report, clock, progress);
        report.findings.extend(lint::site(&project.site, &project.config));
        let took = (clock.elapsed)().saturating_sub(start);
        report.findings.extend(report.size.iter().flat_map(|size| lint::beyond(size, took)));
        report.findings.extend(further(&project));
        std::mem::forget(project);
    }
    sort(&mut report.findings);
    report
}

/// Renders everything that templates make, and says what is wrong with it.
pub fn rehearse(project: &Project) -> Vec<Finding> {
    let outputs = project.plan.outputs();
    let shared = project.shared();
    let press = project.press(&shared);
    press.prepare(outputs.iter());
    let newest = project.site.dated().last().and_then(|day| day.date);
    let mail = newest.and_then(|date| press.mail(MailOf::Date(date), None).err());
    let pages = outputs
        .par_iter()
        .flat_map_iter(|output| project.render(&press, output).err().unwrap_or_default());
    once_each(pages.chain(mail.unwrap_or_default()).collect())
}

fn make(
    project: &Project,
    target: Option<Target>,
    report: &mut Report,
    clock: &Clock,
    progress: Progress<'_>,
) {
    let outputs = project.plan.outputs();
    let is_check = target.is_none();
    let (folder, staging) = target.unzip();
    let staging = staging.and_then(|staging| stage(staging, &mut report.findings));
    let shared = project.shared();
    let press = project.press(&shared);
    let run = Run { project, press: &press, outputs, clock, progress, size: Mutex::default() };
    let rendered = report.timings.timed(Stage::Render, clock, |timings| {
        press.prepare(outputs.iter());
        run.all(staging.as_ref(), timings)
    });
    report.findings.extend(press.take_findings());
    report.findings.extend(project.take_findings());
    if is_check {
        report.findings.extend(dead_parts(&press));
        report.size =
            rendered.is_ok().then(|| run.size.into_inner().unwrap_or_else(PoisonError::into_inner));
    }
    let totals = match rendered {
        Ok(totals) if !has_error(&report.findings) => totals,
        failed => {
            report.findings.extend(failed.err().unwrap_or_default());
            return staging.into_iter().for_each(Staging::discard);
        }
    };
    if let (Some(staging), Some(folder)) = (staging, folder) {
        let pages = outputs.iter().filter(|output| output.is_page()).count();
        let files = outputs.iter().map(Output::file).collect();
        match report.timings.stage(Stage::Swap, clock, || staging.swap(&files)) {
            Ok(findings) => {
                report.findings.extend(findings);
                project.tidy();
                report.written = Some(Written { pages, files: totals.0, bytes: totals.1, folder });
            }
            Err(finding) => report.findings.push(finding),
        }
    }
    // The program is about to end: giving its memory back piece by piece takes longer.
    std::mem::forget(shared);
}

/// The output folder, and a place to write to if it can be replaced.
type Target = (Utf8PathBuf, Result<Staging, Finding>);

/// A folder to write to, unless there is an error.
fn stage(staging: Result<Staging, Finding>, findings: &mut Vec<Finding>) -> Option<Staging> {
    let mut staging = staging.map_err(|finding| findings.push(finding)).ok()?;
    if has_error(findings) {
        return None;
    }
    staging.open().map_err(|finding| findings.push(finding)).ok()?;
    Some(staging)
}

/// Renders every output, and writes it where there is a staging folder.
struct Run<'a> {
    project: &'a Project,
    press: &'a PageRenderer<'a>,
    outputs: &'a [Output],
    clock: &'a Clock,
    progress: Progress<'a>,
    /// What would be written, where nothing is.
    size: Mutex<Size>,
}

impl Run<'_> {
    fn all(
        &self,
        staging: Option<&Staging>,
        timings: &Timings,
    ) -> Result<(u64, u64), Vec<Finding>> {
        let writer = staging
            .map(|staging| Writer::new(staging.folder(), self.outputs.iter().map(Output::file)))
            .transpose()
            .map_err(|finding| vec![finding])?;
        let done = std::sync::atomic::AtomicUsize::new(0);
        let failed: Vec<Finding> = self
            .outputs
            .par_iter()
            .with_min_len(8)
            .flat_map_iter(|output| {
                let result = self.one(output, writer.as_ref(), timings);
                let done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
                (self.progress)(Step::Made(done, self.outputs.len()));
                result.err().unwrap_or_default()
            })
            .collect();
        if failed.is_empty() {
            Ok(writer.map(|writer| writer.totals()).unwrap_or_default())
        } else {
            Err(once_each(failed))
        }
    }

    fn one(
        &self,
        output: &Output,
        writer: Option<&Writer<'_>>,
        timings: &Timings,
    ) -> Result<(), Vec<Finding>> {
        let content =
            timings.output(output, self.clock, || self.project.content(self.press, output))?;
        let Some(writer) = writer else {
            self.count(&output.file(), &content);
            return Ok(());
        };
        writer.write(&output.file(), &content).map_err(|finding| vec![finding])
    }

    fn count(&self, name: &str, content: &output::Content) {
        let bytes = match content {
            output::Content::Bytes(bytes) => bytes.len() as u64,
            output::Content::Copy(path) => Stamp::of(path).map_or(0, Stamp::length),
            output::Content::Stream(write) => output::length(&**write),
        };
        self.size.lock().unwrap_or_else(PoisonError::into_inner).add(name, bytes);
    }
}

/// One mistake in a template fails many pages: it is said once, with how many. A disk that is full fails all of them.
fn once_each(mut findings: Vec<Finding>) -> Vec<Finding> {
    sort(&mut findings);
    let mut once: Vec<Finding> = Vec::new();
    for group in findings.chunk_by(|a, b| {
        a.message == b.message
            && (is_output(a) && is_output(b) || (a.span == b.span && a.file() == b.file()))
    }) {
        let mut first = group[0].clone();
        // What many pages share fails once, however many of them say so.
        let failed = group.chunk_by(|a, b| a.help == b.help).count();
        if failed > 1 && !is_output(&first) {
            first.help = Some(with_others(first.help.as_deref().unwrap_or_default(), failed - 1));
        }
        once.push(first);
    }
    once
}

fn is_output(finding: &Finding) -> bool {
    finding.code == Code::Output
}

/// A help that names where a mistake came up, and how many more outputs have it.
fn with_others(help: &str, others: usize) -> String {
    match help.strip_suffix(')') {
        Some(help) => format!("{help}, and in {others} more)"),
        None if help.is_empty() => format!("the same in {others} more"),
        None => format!("{help} (and in {others} more)"),
    }
}

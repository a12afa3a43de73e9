//! `check`: everything a build does, but nothing is written; and what only an editor wants to know.

mod fix;

use camino::Utf8PathBuf;

use super::{Console, Exit, build, request};
use crate::cli::{self, Check};
use crate::diagnostic::Finding;
use crate::diagnostic::print::Choice;
use crate::site::lint::external::{self, Asker};
use crate::system::cache::Cache;
use crate::workspace::{self, Clock, Project};

pub(super) fn run(options: &Check, root: Utf8PathBuf, console: &Console, clock: &Clock) -> Exit {
    let request = request(&options.shown, root);
    if options.fix {
        fix::run(options.yes, &request, console, clock);
    }
    let report = build::shown(console, clock, |progress| {
        workspace::check(&request, clock, progress, &|project| {
            if options.external { ask(project, console, clock) } else { Vec::new() }
        })
    });
    let choice = Choice { allow: report.allow.clone(), only: options.code, ..Choice::default() };
    console.findings(&report.findings, choice);
    let exit = build::exit(&report, options.shown.strict);
    build::tell(&report, console);
    if let Some(size) = &report.size {
        console.tell("files", size.files);
        console.tell("bytes", size.bytes);
    }
    if exit == Exit::Done {
        let size = report.size.as_ref();
        let size = size
            .map(|size| format!(", {} files, {}", size.files, indicatif::HumanBytes(size.bytes)));
        console.say(&format!("{}{}: no errors", build::counts(&report), size.unwrap_or_default()));
    }
    exit
}

/// Asks whether links to other sites still work.
fn ask(project: &Project, console: &Console, clock: &Clock) -> Vec<Finding> {
    let links = external::links(&project.site, &project.config);
    let bar = console.progress(links.len() as u64);
    let progress = |done: usize| bar.set_position(done as u64);
    let cache = Cache::new(cli::caches().as_deref(), "links");
    let asker = Asker {
        config: &project.config.check,
        cache,
        now: clock.now,
        sleep: &std::thread::sleep,
        progress: &progress,
    };
    let heard = asker.ask(links.keys());
    bar.finish_and_clear();
    external::findings(&links, &heard)
}

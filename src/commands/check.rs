//! `check`: everything a build does, but nothing is written.

use camino::Utf8PathBuf;

use super::{Console, Exit, build, request};
use crate::cli::Check;
use crate::diagnostic::print::Choice;
use crate::pipeline::{self, Clock};

pub(super) fn run(options: &Check, root: Utf8PathBuf, console: &Console, clock: &Clock) -> Exit {
    let report = pipeline::check(&request(&options.shown, root), clock);
    let choice = Choice { allow: report.allow.clone(), only: options.code, ..Choice::default() };
    console.findings(&report.findings, choice);
    let exit = build::exit(&report, options.shown.strict);
    if exit == Exit::Done {
        console.say(&format!("{}: no errors", build::counts(&report)));
    }
    exit
}

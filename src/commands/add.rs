//! `add`: papers by id → entries of a digest.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::json;

use super::{Console, Exit, hold, plural};
use crate::authoring::add::{self, Arxiv, Asked, Listed, Outcome, Place, Services, Wanted};
use crate::cli::{self, Add};
use crate::content::source;
use crate::diagnostic::print::Choice;
use crate::diagnostic::{Code, Finding, Severity};
use crate::workspace::{Clock, Request, Settings, Workspace};

pub(super) fn run(options: &Add, root: Utf8PathBuf, console: &Console, clock: &Clock) -> Exit {
    let Some(mut papers) = wanted(options, console) else { return Exit::Usage };
    let listed = match options.from.as_deref().map(from).transpose() {
        Ok(listed) => listed.unwrap_or_default(),
        Err(finding) => {
            console.findings(&[finding], Choice::default());
            return Exit::Errors;
        }
    };
    papers.extend(listed.papers);
    let papers = Wanted::unique(&papers);
    // What is held back is on the site as well.
    let request = Request { drafts: true, future: true, ..Request::new(root) };
    let root = request.root.clone();
    // Held until the end: of two that add to one day, the second reads what the first has written.
    let _lock = (!options.dry_run).then(|| hold(&root.join("content"), console));
    let mut workspace = match Workspace::open(request, *clock) {
        Ok(workspace) => workspace,
        Err(findings) => {
            console.findings(&findings, Choice::default());
            return Exit::Errors;
        }
    };
    let (Some(site), Some(rules)) = (workspace.site(), workspace.rules()) else {
        return Exit::Errors;
    };
    let Some(Settings { config, .. }) = workspace.settings() else { return Exit::Errors };
    let caches = cli::caches();
    let arxiv = Arxiv::new(&config.add, caches.as_deref(), &clock.now, &std::thread::sleep)
        .refreshed(options.refresh);
    let date = options.date.unwrap_or(rules.today);
    let title = options.title.as_deref();
    let services = Services::new(&config.add, caches.as_deref(), &clock.now, &std::thread::sleep)
        .refreshed(options.refresh);
    let (entries, tags, again) = (listed.entries, &options.tags[..], options.again);
    let wanted = add::Request { papers, entries, title, date, tags, again };
    let waiting = console.waiting(format!("asking for {}", plural(wanted.papers.len(), "paper")));
    let place = Place { root: &root, site: &site, config };
    let asked = Asked { arxiv: &arxiv, services: &services };
    let mut outcome = match &options.to {
        Some(to) => add::fill(&wanted, to, &place, &asked),
        None => add::add(&wanted, &place, &asked),
    };
    outcome.findings.extend(listed.findings);
    waiting.finish_and_clear();
    finish(&outcome, options.dry_run, console)
}

/// What a file lists.
fn from(path: &Utf8Path) -> Result<Listed, Finding> {
    let text = source::read_text(path, path.as_str(), Code::Edit)?;
    Ok(add::listed(&text.source))
}

/// What was typed, understood; `None` after saying what cannot be.
fn wanted(options: &Add, console: &Console) -> Option<Vec<Wanted>> {
    let mut papers = Vec::new();
    let mut wrong = false;
    for typed in &options.papers {
        match Wanted::parse(typed) {
            Ok(paper) => papers.push(paper),
            Err(why) => {
                console.error(&format!("`{typed}` is {why}"));
                wrong = true;
            }
        }
    }
    if options.title.is_some() && !matches!(papers.as_slice(), [Wanted::Other { .. }]) && !wrong {
        console.error("--title is for one address that is not on arXiv; arXiv says the titles of its papers itself");
        wrong = true;
    }
    (!wrong).then_some(papers)
}

/// Writes, and says what was done.
fn finish(outcome: &Outcome, dry_run: bool, console: &Console) -> Exit {
    let mut findings = outcome.findings.clone();
    if outcome.stale {
        console.say("the service cannot be asked: these are answers of an earlier day");
    }
    if let Some((title, _)) = outcome.filled.as_ref().filter(|(_, names)| names.is_empty()) {
        console.say(&format!("\"{title}\" lacks nothing that is known of it"));
    }
    console.tell(
        "added",
        outcome
            .added
            .iter()
            .map(|entry| json!({ "title": entry.title, "ids": ids(entry) }))
            .collect::<Vec<_>>(),
    );
    console.tell("dry_run", dry_run);
    if let Some(edit) = &outcome.edit {
        console.tell("file", edit.shown.as_str());
        let papers = plural(outcome.added.len(), "paper");
        let added = match &outcome.filled {
            Some((title, names)) => {
                format!("{} to \"{title}\" in {}", names.join(", "), edit.shown)
            }
            None => format!("{papers} to {}", edit.shown),
        };
        if dry_run && outcome.filled.is_some() {
            console.say(&format!("would add {added}"));
        } else if dry_run {
            console.say(&format!("would add {added}:"));
            let kept = edit
                .before
                .as_deref()
                .filter(|before| edit.after.starts_with(before))
                .map_or(0, str::len);
            console.print(&edit.after[kept..]);
        } else {
            match edit.apply() {
                Ok(()) => console.say(&said(outcome, &format!("added {added}"))),
                Err(finding) => findings.push(finding),
            }
        }
    }
    console.findings(&findings, Choice { every: true, ..Choice::default() });
    let failed = findings.iter().any(|finding| finding.severity() == Severity::Error);
    if failed { Exit::Errors } else { Exit::Done }
}

fn ids(entry: &crate::model::Entry) -> Vec<String> {
    entry.ids().iter().map(ToString::to_string).collect()
}

/// The headline, and a line for each paper.
fn said(outcome: &Outcome, headline: &str) -> String {
    let lines: Vec<String> = outcome
        .added
        .iter()
        .map(|entry| match entry.ids().first() {
            Some(id) => format!("  {id}  {}", entry.title),
            None => format!("  {}", entry.title),
        })
        .collect();
    [&[headline.to_owned()], &lines[..]].concat().join("\n")
}

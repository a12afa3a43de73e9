//! `publish`: builds, and puts the site on a branch of a remote, or into an object store.

mod bucket;

use std::fmt::Write as _;
use std::time::Duration;

use camino::Utf8PathBuf;

use super::{Console, Exit, build, plural};
use crate::cli::{Environment, Publish};
use crate::config::Config;
use crate::diagnostic::print::Choice;
use crate::diagnostic::{Code, Finding};
use crate::model::route::BaseUrl;
use crate::output::publish::{self, Changes, Files, Published, Remote, Repository, Workshop};
use crate::site::lint::{self, Size};
use crate::workspace::{self, Clock, Report};

pub(super) fn run(options: &Publish, root: Utf8PathBuf, console: &Console, clock: &Clock) -> Exit {
    let done = match &options.to {
        Some(place) => bucket::steps(options, place, &root, (console, clock)),
        None => steps(options, root, console, clock),
    };
    done.unwrap_or_else(|findings| {
        console.findings(&findings, Choice::default());
        console.say("nothing was published");
        Exit::Errors
    })
}

fn steps(
    options: &Publish,
    root: Utf8PathBuf,
    console: &Console,
    clock: &Clock,
) -> Result<Exit, Vec<Finding>> {
    let config = read_config(&root)?;
    let repository = Repository::find(&root, console.is_quiet())?;
    repository.check_branch(&options.branch)?;
    let remote = repository.remote(&options.remote)?;
    let (base_url, odd) = address(options, &config, &remote)?;
    let workshop = Workshop::open(repository, &|| {
        console.say("another `offprint publish` is at work here; waiting for it");
    })?;
    let request = workspace::Request {
        base_url: Some(base_url.clone()),
        output: Some(workshop.site()),
        cards: Environment::draws_cards(),
        ..workspace::Request::new(root)
    };
    let report = build::make(&request, clock, console);
    let files = match report.written {
        Some(_) => publish::files(&workshop.site())?,
        None => Files::new(),
    };
    let found = report.findings.iter().cloned().chain(odd).chain(too_large(&files, &remote));
    let found: Vec<Finding> = found.collect();
    console.findings(&found, Choice { allow: report.allow.clone(), ..Choice::default() });
    if report.written.is_none() || workspace::has_error(&found) {
        console.say("nothing was published; the branch still holds the old site, if there is one");
        return Ok(Exit::Errors);
    }
    let published =
        publish::publish(&workshop, &remote, &files, &wanted(options, &config, &report))?;
    say(&published, options, &remote, console);
    if published.commit.is_some() {
        console.tell("address", base_url.absolute(""));
        console.say(&format!("the site's address: {}", base_url.absolute("")));
    }
    Ok(Exit::Done)
}

fn read_config(root: &Utf8PathBuf) -> Result<Config, Vec<Finding>> {
    let mut findings = Vec::new();
    workspace::read_config(root, &mut findings).map(|(config, _)| config).ok_or(findings)
}

/// Where the site will be: as typed, as config.toml says, or as the remote tells; and what is odd about it.
fn address(
    options: &Publish,
    config: &Config,
    remote: &Remote,
) -> Result<(BaseUrl, Option<Finding>), Finding> {
    if let Some(typed) = &options.base_url {
        return Ok((typed.clone(), None));
    }
    let own = config
        .domain
        .as_ref()
        .and_then(|domain| BaseUrl::parse(&format!("https://{domain}/")).ok());
    let told = own.or_else(|| remote.address());
    if config.base_url.is_local() {
        return told
            .map(|told| (told, None))
            .ok_or_else(|| no_address(&format!(", and {remote} does not tell one")));
    }
    // That a domain of one's own is elsewhere was said when config.toml was read.
    let odd = told.filter(|told| {
        config.domain.is_none() && *told != config.base_url && is_pages(&config.base_url)
    });
    let odd = odd.map(|told| {
        let (base, told) = (config.base_url.absolute(""), told.absolute(""));
        Finding::new(
            Code::OtherAddress,
            format!("`base_url` is {base}, but the site will be at {told}"),
        )
        .in_path("config.toml")
        .help(format!(
            "write base_url = \"{told}\", or readers will find pages without style and dead links"
        ))
    });
    Ok((config.base_url.clone(), odd))
}

/// That nobody says where the site will be, with what else was asked.
fn no_address(asked: &str) -> Finding {
    Finding::new(Code::Publish, format!("config.toml has no address for the site{asked}"))
        .help("put base_url = \"https://…/\" into config.toml, or name it with --base-url")
}

/// Whether an address is one that GitHub gives.
fn is_pages(address: &BaseUrl) -> bool {
    address.origin().ends_with(".github.io")
}

/// What of a site is larger than GitHub takes: errors where the push would be refused.
fn too_large(files: &Files, remote: &Remote) -> Vec<Finding> {
    let mut size = Size::default();
    for (name, bytes) in files {
        size.add(name, *bytes);
    }
    let mut found = lint::beyond(&size, Duration::ZERO);
    for finding in found.iter_mut().filter(|finding| remote.is_github() && finding.path.is_some()) {
        finding.code = Code::Publish;
    }
    found
}

fn wanted(options: &Publish, config: &Config, report: &Report) -> publish::Request {
    let message =
        options.message.clone().unwrap_or_else(|| format!("Publish {}", build::counts(report)));
    publish::Request {
        branch: options.branch.clone(),
        message,
        author: (config.author.name.clone(), config.author.email.clone()),
        dry_run: options.dry_run,
        force: options.force,
    }
}

fn say(published: &Published, options: &Publish, remote: &Remote, console: &Console) {
    let place = format!("`{}` of {remote}", options.branch);
    console.tell("branch", options.branch.as_str());
    console.tell("commit", published.commit.clone());
    tell(&published.changes, console);
    if options.dry_run {
        console.print(&list(&published.changes));
    }
    let figures = figures(&published.changes);
    match &published.commit {
        Some(commit) => console.say(&format!("published to {place}: {figures}, commit {commit}")),
        None if options.dry_run => console.say(&format!("would publish to {place}: {figures}")),
        None => console.say(&format!("{place} holds this very site already; nothing was sent")),
    }
    if published.new_branch && published.commit.is_some() && remote.is_github() {
        console.say(&format!(
            "once: on GitHub, under Settings, Pages, choose \"Deploy from a branch\", `{}` and `/ (root)`",
            options.branch
        ));
    }
}

/// What other programs are told of what differs.
fn tell(changes: &Changes, console: &Console) {
    console.tell("added", names(&changes.added));
    console.tell("changed", names(&changes.changed));
    console.tell("removed", changes.removed.clone());
    console.tell("bytes", changes.bytes());
}

fn names(files: &[(String, u64)]) -> Vec<String> {
    files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>()
}

/// `3 added, 8 changed, 1 removed, 120 KiB`
fn figures(changes: &Changes) -> String {
    if changes.is_empty() {
        return "no changes".to_owned();
    }
    let kinds = [
        (changes.added.len(), "added"),
        (changes.changed.len(), "changed"),
        (changes.removed.len(), "removed"),
    ];
    let kinds = kinds.iter().filter(|(count, _)| *count > 0);
    let kinds: Vec<String> =
        kinds.map(|(count, kind)| format!("{} {kind}", plural(*count, "file"))).collect();
    format!("{}, {}", kinds.join(", "), indicatif::HumanBytes(changes.bytes()))
}

/// A line for each file.
fn list(changes: &Changes) -> String {
    let mut out = String::new();
    for (kind, files) in [("added  ", &changes.added), ("changed", &changes.changed)] {
        for (name, bytes) in files {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{kind} {name} ({})", indicatif::HumanBytes(*bytes));
        }
    }
    for name in &changes.removed {
        let _ = writeln!(out, "removed {name}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_github_refuses_is_an_error_there() {
        let files: Files =
            [("index.html".to_owned(), 9_000), ("talk.mp4".to_owned(), 101 << 20)].into();
        let codes = |url: &str| -> Vec<Code> {
            let remote = Remote { name: "origin".into(), url: url.into(), written: String::new() };
            too_large(&files, &remote).iter().map(|found| found.code).collect()
        };
        assert_eq!(codes("git@github.com:me/notes.git"), [Code::Publish]);
        assert_eq!(codes("https://git.example.org/me/notes.git"), [Code::TooLarge]);
    }
}

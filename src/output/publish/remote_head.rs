//! What is on the remote's branch now, and whether it may be replaced.

use super::remote::Remote;
use super::repository::Workshop;
use super::{Request, trouble};
use crate::diagnostic::Finding;

/// Begins the line of a commit's message by which the program knows its own commits.
pub(super) const OURS: &str = "Offprint-Version: ";
/// Begins the line that names the commit of the sources a site was made from.
pub(super) const SOURCE: &str = "Offprint-Source: ";

/// The branch as it is on the remote.
#[derive(Debug)]
pub(super) struct Tip {
    /// Its commit, which the own repository has; `None` where there is no branch yet.
    pub(super) commit: Option<String>,
}

impl Tip {
    /// Asks the remote, and fetches the commit where it is not known: only the newest, and into the own repository.
    pub(super) fn look(
        workshop: &Workshop,
        remote: &Remote,
        branch: &str,
    ) -> Result<Self, Finding> {
        let commit = commit_at(workshop, remote, branch)?;
        if commit.as_deref().is_some_and(|commit| !is_known(workshop, commit)) {
            let from_to = format!("+refs/heads/{branch}:refs/offprint/tip");
            let fetch = [
                "fetch",
                "--quiet",
                "--no-tags",
                "--depth=1",
                "--no-recurse-submodules",
                "--no-write-fetch-head",
            ];
            let fetch = [&fetch[..], &["--refmap=", &remote.name, &from_to]].concat();
            workshop.own.talk(&fetch).map_err(|_| unreachable_remote(remote))?;
        }
        Ok(Self { commit })
    }

    /// Only what the program made, and what this repository knows of, is replaced without being told to.
    pub(super) fn may_be_replaced(
        &self,
        workshop: &Workshop,
        remote: &Remote,
        request: &Request,
    ) -> Result<(), Finding> {
        let Some(commit) = &self.commit else { return Ok(()) };
        let message = workshop.own.run(&["log", "-1", "--format=%B", commit])?;
        if !message.lines().any(|line| line.starts_with(OURS)) {
            return Err(foreign(workshop, remote, request, commit));
        }
        let user = &workshop.user;
        let here = [workshop.remembered(&request.branch), user.fetched(remote, &request.branch)];
        let source = message.lines().find_map(|line| line.strip_prefix(SOURCE));
        if here.iter().flatten().any(|known| known == commit)
            || source.is_some_and(|source| user.has(source) || workshop.led_here(source, remote))
        {
            return Ok(());
        }
        let made_of = source.map(|source| {
            format!(" of the sources at {}", &source[..source.len().min(super::SHORT)])
        });
        Err(trouble(format!(
            "`{}` of {remote} holds a newer site that was published from elsewhere{}",
            request.branch,
            made_of.unwrap_or_default()
        ))
        .help("get the newest sources, with `git pull` for example (in a shallow clone `git fetch --unshallow`), and publish again; --force replaces the site"))
    }
}

fn is_known(workshop: &Workshop, commit: &str) -> bool {
    workshop.own.ask(&["cat-file", "-e", &format!("{commit}^{{tree}}")]).is_some()
}

/// The commit that a branch of a remote is at.
pub(super) fn commit_at(
    workshop: &Workshop,
    remote: &Remote,
    branch: &str,
) -> Result<Option<String>, Finding> {
    let wanted = format!("refs/heads/{branch}");
    let list = workshop
        .own
        .talk(&["ls-remote", &remote.name, &wanted])
        .map_err(|_| unreachable_remote(remote))?;
    let mut lines = list.lines().filter_map(|line| line.split_once('\t'));
    Ok(lines.find(|(_, name)| *name == wanted).map(|(commit, _)| commit.to_owned()))
}

fn unreachable_remote(remote: &Remote) -> Finding {
    trouble(format!("{remote} cannot be read")).help(
        "git says why above; is the address right, does the repository exist, and are you online?",
    )
}

/// A commit of somebody else's. GitHub makes one itself when a domain is set in its settings.
fn foreign(workshop: &Workshop, remote: &Remote, request: &Request, commit: &str) -> Finding {
    let said =
        workshop.own.ask(&["log", "-1", "--format=%h \"%s\" by %an", commit]).unwrap_or_default();
    let domain = workshop.own.ask(&["cat-file", "blob", &format!("{commit}:CNAME")]);
    let finding = trouble(format!(
        "the last commit on `{}` of {remote} was not made by `offprint publish`: {said}",
        request.branch
    ));
    match domain.as_deref().map(str::trim).filter(|domain| !domain.is_empty()) {
        Some(domain) => finding.help(format!(
            "the branch holds the domain of your own: put domain = \"{domain}\" into config.toml, then use --force once"
        )),
        None => finding.help("name another branch with --branch, or use --force once to put the site on top of it"),
    }
}

//! A built site → a commit in the own repository, by one `git fast-import`: no index, no working tree.

use std::fs::File;
use std::io::{Error, Result as Io, Write};

use super::git::Git;
use super::remote_head::{OURS, SOURCE};
use super::repository::Workshop;
use super::{Changes, Files, Request};
use crate::diagnostic::Finding;

/// Where the commit is made.
const NEW: &str = "refs/offprint/new";

/// Makes a commit of these files on top of what is on the branch; returns its number.
pub(super) fn commit(
    workshop: &Workshop,
    files: &Files,
    parent: Option<&str>,
    request: &Request,
) -> Result<String, Finding> {
    // Where there is no parent, the new commit must not follow what an earlier run left.
    let _ = workshop.own.run(&["update-ref", "-d", NEW]);
    let committer = committer(&workshop.own, request)?;
    let mut message =
        format!("{}\n\n{OURS}{}\n", request.message.trim(), env!("CARGO_PKG_VERSION"));
    if let Some(source) = workshop.user.head() {
        message.extend([SOURCE, &source, "\n"]);
    }
    let import = ["-c", "core.ignoreCase=false", "fast-import", "--quiet", "--force"];
    workshop.own.feed(&import, |out| {
        write!(out, "commit {NEW}\ncommitter {committer}\ndata {}\n{message}\n", message.len())?;
        if let Some(parent) = parent {
            writeln!(out, "from {parent}")?;
        }
        writeln!(out, "deleteall")?;
        files.keys().try_for_each(|name| file(out, name, &workshop.site()))?;
        writeln!(out, "done")
    })?;
    Ok(workshop.own.run(&["rev-parse", NEW])?.trim().to_owned())
}

fn file(out: &mut dyn Write, name: &str, folder: &camino::Utf8Path) -> Io<()> {
    let mut file = File::open(folder.join(name))?;
    let length = file.metadata()?.len();
    write!(out, "M 100644 inline {}\ndata {length}\n", quoted(name))?;
    if std::io::copy(&mut file, out)? != length {
        return Err(Error::other(format!("{name} changed while it was read")));
    }
    writeln!(out)
}

/// A path as `fast-import` takes it.
fn quoted(name: &str) -> String {
    if !name.starts_with('"') && !name.contains('\n') {
        return name.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in name.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// `Ada Wick <ada@example.org> 1741737600 +0900`: as git knows it, else as the site does.
fn committer(git: &Git, request: &Request) -> Result<String, Finding> {
    if let Some(known) = git.ask(&["var", "GIT_COMMITTER_IDENT"]) {
        return Ok(known);
    }
    let (name, email) = &request.author;
    let name = format!("user.name={}", plain(name, "Offprint"));
    let email = format!("user.email={}", plain(email, "offprint@localhost"));
    Ok(git.run(&["-c", &name, "-c", &email, "var", "GIT_COMMITTER_IDENT"])?.trim().to_owned())
}

fn plain(text: &str, otherwise: &str) -> String {
    match text.replace(['<', '>', '\n'], "").trim() {
        "" => otherwise.to_owned(),
        text => text.to_owned(),
    }
}

/// What the commit changes.
pub(super) fn changes(workshop: &Workshop, files: &Files) -> Result<Changes, Finding> {
    let compare =
        ["diff-tree", "--root", "-r", "-z", "--no-commit-id", "--no-renames", "--name-status", NEW];
    let list = workshop.own.run(&compare)?;
    let mut changes = Changes::default();
    let mut words = list.split('\0');
    while let (Some(kind), Some(name)) = (words.next(), words.next()) {
        let bytes = files.get(name).copied().unwrap_or_default();
        match kind {
            "A" => changes.added.push((name.to_owned(), bytes)),
            "D" => changes.removed.push(name.to_owned()),
            _ => changes.changed.push((name.to_owned(), bytes)),
        }
    }
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strange_names_are_quoted() {
        assert_eq!(quoted("papers/2503.07565/index.html"), "papers/2503.07565/index.html");
        assert_eq!(quoted("a b/종이.html"), "a b/종이.html");
        assert_eq!(quoted("\"a\\b\".txt"), "\"\\\"a\\\\b\\\".txt\"");
        assert_eq!(quoted("a\nb.txt"), "\"a\\nb.txt\"");
    }
}

//! `new`: the digest of a day, or where it is already; or a post.

use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Console, Exit, hold};
use crate::authoring::scaffold::{self, Document, Fate};
use crate::cli::{Day, Environment, New};
use crate::diagnostic::print::Choice;
use crate::diagnostic::{Code, Finding};
use crate::model::Lang;
use crate::model::route::slug;
use crate::workspace::{Clock, Request, Workspace};

pub(super) fn run(
    options: &New,
    root: Utf8PathBuf,
    environment: &Environment,
    console: &Console,
    clock: &Clock,
) -> Exit {
    // Whatever is held back from readers is there all the same.
    let request =
        Request { drafts: true, future: true, today: options.today, ..Request::new(root) };
    let root = request.root.clone();
    let lock = hold(&root.join("content"), console);
    let mut workspace = match Workspace::open(request, *clock) {
        Ok(workspace) => workspace,
        Err(findings) => return refuse(console, &findings, Exit::Errors),
    };
    let Some(date) = date(options, &workspace, clock) else {
        console.error("that day is beyond the calendar");
        return Exit::Usage;
    };
    let languages =
        workspace.settings().map(|settings| settings.config.languages.clone()).unwrap_or_default();
    let there = if options.post.is_some() { None } else { there(&mut workspace, date) };
    let path = match there {
        Some(shown) => {
            console.say(&format!("the digest of {date} is in {}", shown.join(" and ")));
            shown.into_iter().next().unwrap_or_default()
        }
        None => match write(options, &root, date, &languages) {
            Ok(path) => {
                console.say(&format!("wrote {path}"));
                path
            }
            Err(finding) => return refuse(console, &[finding], Exit::Errors),
        },
    };
    console.tell("file", path.as_str());
    console.tell("date", date.to_string());
    // The editor may stay open for hours.
    drop(lock);
    if options.edit { edit(&root.join(path), environment, console) } else { Exit::Done }
}

fn refuse(console: &Console, findings: &[Finding], exit: Exit) -> Exit {
    console.findings(findings, Choice::default());
    exit
}

fn date(options: &New, workspace: &Workspace, clock: &Clock) -> Option<Date> {
    let zone = &workspace.settings()?.config.timezone;
    let today = options.today.unwrap_or_else(|| clock.today(zone));
    match options.date {
        Day::On(date) => Some(date),
        Day::FromToday(days) => today.checked_add(days.days()).ok(),
    }
}

/// The files that hold this date's digest, as shown; whatever their format, and drafts too.
fn there(workspace: &mut Workspace, date: Date) -> Option<Vec<String>> {
    let site = workspace.site()?;
    let mut files: Vec<String> =
        site.day_digests(site.day(date)?).iter().map(|digest| digest.source.path.clone()).collect();
    files.dedup();
    Some(files)
}

fn write(
    options: &New,
    root: &Utf8Path,
    date: Date,
    languages: &[Lang],
) -> Result<String, Finding> {
    let (path, text) = if let Some(title) = &options.post {
        (format!("content/{date}-{}.md", slug(title)), scaffold::post(date, title))
    } else {
        let text = scaffold::skeleton(date, options.title.as_deref(), languages);
        (format!("content/{date}.md"), text)
    };
    let placed = scaffold::place(root, &[Document { path: path.clone(), text }])?;
    if placed.iter().any(|placed| placed.fate == Fate::Left) {
        let (message, help) = match &options.post {
            Some(_) => (
                "there is a post of this day and title already".to_owned(),
                "write on in it, or give another title",
            ),
            None => (
                format!("the file exists, but holds no digest of {date}"),
                "see whether it is empty or has another `date` in its front matter; rename it or put that right",
            ),
        };
        return Err(Finding::new(Code::Exists, message).in_path(path).help(help));
    }
    Ok(path)
}

/// Opens the file in the editor and waits for it. The variable is a command line, so a shell reads it.
fn edit(path: &Utf8Path, environment: &Environment, console: &Console) -> Exit {
    let Some(editor) = &environment.editor else {
        console.error("no editor is known; set VISUAL or EDITOR to the command that edits a file");
        return Exit::Usage;
    };
    let status = if cfg!(windows) {
        Command::new("cmd").args(["/C", editor, path.as_str()]).status()
    } else {
        Command::new("sh").args(["-c", &format!("{editor} \"$@\""), editor, path.as_str()]).status()
    };
    match status {
        Ok(status) if status.success() => Exit::Done,
        Ok(status) => {
            console.error(&format!("the editor `{editor}` ended with {status}"));
            Exit::Errors
        }
        Err(error) => {
            console.error(&format!("the editor `{editor}` could not be started: {error}"));
            Exit::Errors
        }
    }
}

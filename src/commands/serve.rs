//! `serve`: the site in a browser while it is being written.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use camino::Utf8PathBuf;

use super::{Console, Exit};
use crate::cli::{Environment, Serve};
use crate::diagnostic::print::Choice;
use crate::serve::{Change, News, Options, Tell, serve};
use crate::workspace::{Clock, Request};

/// Names of changed files in one line.
const NAMED: usize = 3;

pub(super) fn run(options: &Serve, root: Utf8PathBuf, console: &Console, clock: &Clock) -> Exit {
    let cards = Environment::draws_cards();
    let request =
        Request { drafts: options.drafts, future: options.future, cards, ..Request::new(root) };
    let how = Options {
        host: options.host.clone(),
        port: options.port,
        poll: options.poll.map(Duration::from_millis),
    };
    let (told, open) = (console.clone(), options.open);
    let tell: Tell = Arc::new(move |news| say(&told, news, open));
    match serve(request, &how, *clock, &tell) {
        Ok(()) => Exit::Done,
        Err(why) => {
            console.error(&why);
            Exit::Usage
        }
    }
}

fn say(console: &Console, news: News, open: bool) {
    match news {
        News::Listening(addresses) => {
            console.tell("addresses", addresses.clone());
            console.say(&format!("serving at {} (Ctrl-C ends)", addresses.join(" and ")));
            if let (true, Some(address)) = (open, addresses.first()) {
                open_browser(address, console);
            }
        }
        News::PortTaken(asked, used) => {
            console.say(&format!("port {asked} is taken; using {used}"));
        }
        News::Polling(every, why) => {
            console.say(&format!("looking for changes every {} ms: {why}", every.as_millis()));
        }
        News::Changed(change) => console.say(&line(&change)),
        News::Findings(findings) => console.findings(&findings, Choice::default()),
        News::Gone(findings) => {
            for finding in findings {
                let file = finding.file().map(|file| format!("{file}: ")).unwrap_or_default();
                console.say(&format!("no longer: {file}{}", finding.message));
            }
        }
        News::Broken(findings) => {
            console.findings(&findings, Choice::default());
            console.say("the last good site stays until this is put right");
        }
        News::Ended => console.say("ended"),
    }
}

/// `content/2025-03-12.md: 3,854 papers in 12 ms`
fn line(change: &Change) -> String {
    let names = change.what.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = match change.what.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let what = if names.is_empty() { String::new() } else { format!("{names}{more}: ") };
    let papers =
        if change.papers == 1 { "1 paper".to_owned() } else { format!("{} papers", change.papers) };
    format!("{what}{papers} in {:.1} ms", change.took.as_secs_f64() * 1e3)
}

/// Asks the system to open an address; a preview works without it.
fn open_browser(address: &str, console: &Console) {
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let started = Command::new(program)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Err(error) = started {
        console.say(&format!("no browser could be opened ({program}: {error})"));
    }
}

//! `init`: what is known, and what only the person at the keyboard knows → a new site.

mod guess;
mod said;
mod start;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::tz::TimeZone;
use serde_json::json;

use super::{Console, Exit};
use crate::authoring::scaffold::{self, Document, Fate};
use crate::cli::{Environment, Init};
use crate::diagnostic::print::Choice;
use crate::diagnostic::{Code, Finding, Severity};
use crate::system::edit;
use crate::workspace::{self, Clock, Request};
use guess::Known;
use start::Start;

/// Asks a question with a guess; `None` takes the guess.
type Ask<'a> = &'a dyn Fn(&str, &str) -> Option<String>;

pub(super) fn run(
    options: &Init,
    root: Option<&Utf8Path>,
    environment: &Environment,
    console: &Console,
    clock: &Clock,
) -> Exit {
    let folder = options.dir.as_deref().or(root).unwrap_or(Utf8Path::new("."));
    match begin(options, folder, environment, (console, clock)) {
        Ok(said) => {
            console.say(&said);
            Exit::Done
        }
        Err(findings) => {
            console.findings(&findings, Choice::default());
            Exit::Errors
        }
    }
}

/// Makes the site; returns what to say of it.
fn begin(
    options: &Init,
    folder: &Utf8Path,
    environment: &Environment,
    (console, clock): (&Console, &Clock),
) -> Result<String, Vec<Finding>> {
    let silent = options.yes || !console.can_ask();
    let ask =
        |question: &str, guess: &str| if silent { None } else { console.ask(question, guess) };
    let site = site(folder).map_err(one)?;
    let start = start::start(options.from.as_deref(), &site, &ask).map_err(one)?;
    if let Some(taken) = said::taken(&start, &guess::languages(options, &start, environment)) {
        console.say(&taken);
    }
    let known = Known::look(&site, environment);
    let beginning = guess::beginning(options, &site, (&start, &known), &ask);
    let zone = TimeZone::get(&beginning.timezone).unwrap_or(TimeZone::UTC);
    // config.toml comes last: a folder that has it is a site.
    let mut documents = scaffold::documents(&beginning, clock.today(&zone));
    documents.insert(documents.len() - 1, schema());
    let imported = start.import(options, folder, &beginning.languages, console)?;
    let placed = scaffold::place(&site, &documents).map_err(one)?;
    console.tell(
        "files",
        placed
            .iter()
            .map(|placed| json!({ "file": placed.path, "new": placed.fate == Fate::Written }))
            .collect::<Vec<_>>(),
    );
    let done = said::done(folder, &placed, &beginning, (&start, imported));
    // What starts from nothing has nothing that could stop it.
    let request = Request::new(folder.to_owned());
    let findings = if matches!(start, Start::Nothing) {
        Vec::new()
    } else {
        workspace::load(&request, clock).1
    };
    let errors: Vec<Finding> =
        findings.into_iter().filter(|finding| finding.severity() == Severity::Error).collect();
    if errors.is_empty() {
        return Ok(done);
    }
    console.say(&done);
    Err(errors)
}

fn one(finding: Finding) -> Vec<Finding> {
    vec![finding]
}

/// What config.toml may say, beside it, for editors.
fn schema() -> Document {
    let text = super::schema::text(&super::schema::config(None));
    Document { path: super::schema::FILE.to_owned(), text }
}

/// The whole path of the folder that becomes a site, if it can.
fn site(folder: &Utf8Path) -> Result<Utf8PathBuf, Finding> {
    let site = scaffold::resolve(folder)?;
    if !edit::is_free(site.as_std_path()) && !site.is_dir() {
        let finding = Finding::new(Code::Exists, "is a file, so it cannot be the folder of a site");
        return Err(finding.in_path(folder.as_str()).help("name another folder"));
    }
    let config = site.join("config.toml");
    if !edit::is_free(config.as_std_path()) {
        let finding = Finding::new(
            Code::Exists,
            "the folder has a config.toml already, so nothing was written",
        );
        let help =
            "if it is a site of Offprint, go on with `offprint serve`; if not, name another folder";
        let shown = if folder == "." { "config.toml".into() } else { folder.join("config.toml") };
        return Err(finding.in_path(shown.as_str()).help(help));
    }
    Ok(site)
}

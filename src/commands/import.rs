//! `import`: other formats → digests.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::{Console, Exit, hold, plural};
use crate::authoring::import::{self, Outcome, Request, Status};
use crate::cli::Import;
use crate::diagnostic::Severity;
use crate::diagnostic::print::Choice;
use crate::formats::Format;
use crate::formats::fields::{self, Field};
use crate::model::Lang;
use crate::workspace;

pub(super) fn run(options: &Import, root: Option<Utf8PathBuf>, console: &Console) -> Exit {
    if options.fields {
        console.tell(
            "fields",
            fields::all()
                .map(|(field, names)| (field.name.to_owned(), json!(names)))
                .collect::<serde_json::Map<_, _>>(),
        );
        console.say(&fields());
        return Exit::Done;
    }
    let to = options.to.clone().unwrap_or_else(|| root.clone().unwrap_or_default().join("content"));
    let (languages, names) = known(root);
    let request = Request {
        // What is no format is `auto`: the command line takes nothing else.
        format: options.kind.as_deref().and_then(Format::parse),
        paths: options.paths.iter().map(|path| path.clone().into_std_path_buf()).collect(),
        to: to.into_std_path_buf(),
        date: options.date,
        year: options.year,
        date_from: options.date_from.clone(),
        permalinks: options.permalinks.clone(),
        languages,
        names,
        dry_run: options.dry_run,
        dates_of_libraries: Vec::new(),
        force: options.force,
    };
    let lock =
        (!request.dry_run).then(|| Utf8Path::from_path(&request.to).map(|to| hold(to, console)));
    let outcome = import::import(&request);
    drop(lock);
    console.findings(&outcome.findings, Choice::default());
    tell(&outcome, console);
    console.say(&say(&outcome));
    let failed = outcome.findings.iter().any(|finding| finding.severity() == Severity::Error);
    let refused = outcome.targets.iter().any(|target| target.status == Status::Refused);
    if failed || refused { Exit::Errors } else { Exit::Done }
}

/// What other programs are told.
fn tell(outcome: &Outcome, console: &Console) {
    console.tell(
        "read",
        outcome
            .sources
            .iter()
            .map(|source| {
                json!({
                    "file": source.path,
                    "format": source.format.map(|format| format.name),
                    "digests": source.digests,
                    "papers": source.entries,
                })
            })
            .collect::<Vec<_>>(),
    );
    console.tell("written", outcome.targets.iter().map(told_target).collect::<Vec<_>>());
    console.tell("pictures", outcome.pictures);
}

fn told_target(target: &import::Target) -> Value {
    let status = match target.status {
        Status::Written => "written",
        Status::WouldWrite => "would be written",
        Status::Unchanged => "unchanged",
        Status::Refused => "refused",
    };
    json!({
        "file": target.path.to_string_lossy(),
        "papers": target.entries,
        "status": status,
    })
}

/// The languages of the site around, if there is one, which tell what language unmarked text is in, and its names of fields.
fn known(root: Option<Utf8PathBuf>) -> (Vec<Lang>, Vec<(String, Field)>) {
    let config = root.and_then(|root| workspace::read_config(&root, &mut Vec::new()));
    config.map_or_else(
        || (guessed_languages(), Vec::new()),
        |(config, _)| (config.languages, config.fields),
    )
}

fn guessed_languages() -> Vec<Lang> {
    ["ko", "en", "ja", "zh"].iter().filter_map(|tag| Lang::parse(tag)).collect()
}

/// The dictionary of fields, a field a line.
fn fields() -> String {
    fields::all()
        .map(|(field, names)| format!("{}: {}", field.name, names.join(", ")))
        .collect::<Vec<_>>()
        .join("\n")
}

pub(super) fn say(outcome: &Outcome) -> String {
    let mut lines: Vec<String> = Vec::new();
    let many = outcome.sources.len() > 20;
    for source in outcome.sources.iter().filter(|_| !many) {
        let format = source.format.map_or("unknown", |format| format.name);
        lines.push(format!(
            "read {} ({format}): {}, {}",
            source.path,
            plural(source.digests, "digest"),
            plural(source.entries, "paper")
        ));
    }
    if many {
        let papers = outcome.sources.iter().map(|source| source.entries).sum();
        lines.push(format!(
            "read {}: {}",
            plural(outcome.sources.len(), "file"),
            plural(papers, "paper")
        ));
    }
    for (status, word) in [
        (Status::Written, "wrote"),
        (Status::WouldWrite, "would write"),
        (Status::Unchanged, "unchanged"),
        (Status::Refused, "refused"),
    ] {
        let targets: Vec<_> =
            outcome.targets.iter().filter(|target| target.status == status).collect();
        for target in targets.iter().take(20) {
            lines.push(format!(
                "{word} {} ({})",
                target.path.display(),
                plural(target.entries, "paper")
            ));
        }
        if targets.len() > 20 {
            lines.push(format!("{word} … and {} more", targets.len() - 20));
        }
    }
    if outcome.pictures > 0 {
        lines.push(format!("{} of the texts came along", plural(outcome.pictures, "picture")));
    }
    lines.join("\n")
}

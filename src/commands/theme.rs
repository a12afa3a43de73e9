//! `theme`: what themes there are, a start of one's own, a file to change, a look for mistakes.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::json;

use super::{Console, Exit, build, plural};
use crate::cli::Theme;
use crate::commands::theme_kit::{self, Row};
use crate::config::Config;
use crate::diagnostic::print::Choice;
use crate::diagnostic::{Finding, Severity, SourceText};
use crate::workspace::{self, Clock, Request};

/// The site whose themes are asked about.
struct Desk<'a> {
    root: Utf8PathBuf,
    config: Config,
    text: Arc<SourceText>,
    console: &'a Console,
}

pub(super) fn run(action: &Theme, root: Utf8PathBuf, console: &Console, clock: &Clock) -> Exit {
    let mut findings = Vec::new();
    let Some((config, text)) = workspace::read_config(&root, &mut findings) else {
        return failed(console, &findings);
    };
    let desk = Desk { root, config, text, console };
    match action {
        Theme::List { files: false } => desk.list(),
        Theme::List { files: true } => desk.files(),
        Theme::New { name, extends } => desk.create(name, extends),
        Theme::Eject { files, to } => desk.eject(files, to.as_deref()),
        Theme::Diff { files, seen } => desk.diff(files, *seen),
        Theme::Check { name, strict } => desk.check(name.as_deref(), *strict, clock),
    }
}

fn failed(console: &Console, findings: &[Finding]) -> Exit {
    console.findings(findings, Choice::default());
    Exit::Errors
}

impl Desk<'_> {
    fn list(&self) -> Exit {
        let themes = theme_kit::list(&self.root, &self.text);
        let width = themes.iter().map(|theme| theme.name.chars().count()).max().unwrap_or_default();
        let lines: Vec<String> = themes
            .iter()
            .map(|theme| {
                let mark = if theme.name == self.config.theme { '*' } else { ' ' };
                let place =
                    if theme.broken.is_empty() { theme.place.as_str() } else { "cannot be used" };
                let extends = theme
                    .extends
                    .as_ref()
                    .map(|parent| format!(", extends {parent}"))
                    .unwrap_or_default();
                let name = pad(&theme.name, width);
                format!(
                    "{mark} {name}  {place}{extends}\n  {}  {}",
                    " ".repeat(width),
                    theme.description
                )
                .trim_end()
                .to_owned()
            })
            .collect();
        self.console.tell(
            "themes",
            themes
                .iter()
                .map(|theme| {
                    json!({
                        "name": theme.name,
                        "place": theme.place,
                        "extends": theme.extends,
                        "description": theme.description,
                        "in_use": theme.name == self.config.theme,
                        "usable": theme.broken.is_empty(),
                    })
                })
                .collect::<Vec<_>>(),
        );
        self.console.print(&format!("{}\n", lines.join("\n")));
        let broken: Vec<Finding> = themes.into_iter().flat_map(|theme| theme.broken).collect();
        self.console.findings(&broken, Choice::default());
        Exit::Done
    }

    fn files(&self) -> Exit {
        let mut findings = Vec::new();
        let rows = theme_kit::files(&self.root, &self.config.theme, &self.text, &mut findings);
        let Some(rows) = rows else { return failed(self.console, &findings) };
        self.console.tell(
            "files",
            rows.files
                .iter()
                .map(|row| json!({ "file": row.path, "layers": row.layers }))
                .collect::<Vec<_>>(),
        );
        let mut lines = vec!["Layers, in the order of look-up:".to_owned()];
        lines.extend(
            rows.layers
                .iter()
                .enumerate()
                .map(|(at, (name, place))| format!("  {} {name}: {place}", at + 1)),
        );
        lines.push("\nFiles, each with the layer that it comes from:".into());
        let width = rows.files.iter().map(|row| row.path.chars().count()).max().unwrap_or_default();
        lines.extend(
            rows.files.iter().map(|row| format!("  {}  {}", pad(&row.path, width), origin(row))),
        );
        self.console.print(&format!("{}\n", lines.join("\n")));
        Exit::Done
    }

    fn create(&self, name: &str, parent: &str) -> Exit {
        match theme_kit::create(&self.root, name, parent, &self.text) {
            Err(findings) => failed(self.console, &findings),
            Ok(created) => {
                self.console.tell("files", json!(created.files));
                created.files.iter().for_each(|file| self.console.say(&format!("made {file}")));
                self.console.say(&format!(
                    "to use it, write this into config.toml:\n\n  theme = \"{name}\"\n"
                ));
                Exit::Done
            }
        }
    }

    fn eject(&self, files: &[String], to: Option<&str>) -> Exit {
        let (mut findings, mut copied) = (Vec::new(), Vec::new());
        for file in files {
            match theme_kit::eject(&self.root, &self.config.theme, (file, to), &self.text) {
                Ok(ejected) => {
                    self.console.say(&format!("copied {} to {}", ejected.from, ejected.file));
                    copied.push(json!({ "from": ejected.from, "file": ejected.file }));
                }
                Err(found) => findings.extend(found),
            }
        }
        self.console.tell("copied", copied);
        if findings.is_empty() { Exit::Done } else { failed(self.console, &findings) }
    }

    fn diff(&self, files: &[String], seen: bool) -> Exit {
        let outdated = match theme_kit::outdated(&self.root, &self.config.theme, &self.text) {
            Ok(outdated) => outdated,
            Err(findings) => return failed(self.console, &findings),
        };
        let mut findings = Vec::new();
        let wanted: Vec<_> = outdated
            .iter()
            .filter(|copy| {
                files.is_empty()
                    || files
                        .iter()
                        .any(|name| copy.file == *name || copy.file.ends_with(&format!("/{name}")))
            })
            .collect();
        for copy in &wanted {
            if !seen {
                self.console.print(&copy.diff());
            } else if let Err(finding) = copy.seen(&self.root) {
                findings.push(finding);
            } else {
                let message =
                    format!("{} counts as made from the {} of now", copy.file, copy.theme);
                self.console.say(&message);
            }
        }
        self.console.tell("outdated_copies", wanted.len());
        if wanted.is_empty() {
            self.console.say("no copied file is older than what it was made from");
        }
        if findings.is_empty() { Exit::Done } else { failed(self.console, &findings) }
    }

    fn check(&self, name: Option<&str>, strict: bool, clock: &Clock) -> Exit {
        let name = name.unwrap_or(&self.config.theme);
        let (request, asked) = (request(&self.root), self.asked(name));
        let checked = build::shown(self.console, clock, |progress| {
            theme_kit::check(&request, name, &asked, clock, progress)
        });
        self.console.tell("theme", name);
        self.console.tell("templates", checked.templates);
        self.console.findings(&checked.findings, Choice::default());
        let worst = if strict { Severity::Warning } else { Severity::Error };
        if checked.findings.iter().any(|finding| finding.severity() <= worst) {
            return Exit::Errors;
        }
        let templates = plural(checked.templates, "template");
        let looks = plural(checked.looks, "way");
        self.console.say(&format!(
            "{name}: {templates}; rendered this site, and a sample in {looks}: no errors"
        ));
        Exit::Done
    }

    /// Where the theme was asked for: config.toml, unless it was the command line.
    fn asked(&self, name: &str) -> Arc<SourceText> {
        if name == self.config.theme {
            return Arc::clone(&self.text);
        }
        let line = format!("offprint theme check \"{name}\"");
        Arc::new(SourceText { path: "command line".into(), text: line })
    }
}

/// Everything that is written, whether it is shown yet or not.
fn request(root: &Utf8Path) -> Request {
    Request { drafts: true, future: true, ..Request::new(root.to_owned()) }
}

/// `mine, hides offprint`; strings of all layers add up.
fn origin(row: &Row) -> String {
    let (first, rest) =
        row.layers.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    match rest {
        [] => first.to_owned(),
        rest if row.path.starts_with("strings/") => {
            format!("{first}, then {}, key by key", rest.join(", "))
        }
        rest => format!("{first}, hides {}", rest.join(", ")),
    }
}

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.chars().count())))
}

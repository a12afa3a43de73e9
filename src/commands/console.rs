//! The terminal: the only place that prints.

use std::io::{IsTerminal as _, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value, json};

use crate::cli::{Format, Global, When};
use crate::diagnostic::print::{self, Choice};
use crate::diagnostic::{Finding, Severity};

/// Prints as the options ask.
#[derive(Debug, Clone)]
pub struct Console {
    quiet: bool,
    color: bool,
    format: Format,
    /// The site's folder, as seen from the top of its repository.
    site: String,
    kept: Arc<Mutex<Kept>>,
}

/// What other programs are told when the command is done.
#[derive(Debug, Default)]
struct Kept {
    facts: Map<String, Value>,
    /// What the command printed.
    output: String,
    /// What was found, of which one log is made.
    findings: Vec<Finding>,
}

impl Console {
    /// A console for these options; `site` is asked only where paths are told from the top of the repository.
    pub fn new(global: &Global, site: impl FnOnce() -> Option<String>) -> Self {
        let color = match global.color {
            When::Always => true,
            When::Never => false,
            When::Auto => {
                anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never
            }
        };
        let format = global.format;
        let asked = matches!(format, Format::Github | Format::Sarif);
        let site = if asked { site().unwrap_or_default() } else { String::new() };
        Self { quiet: global.quiet, color, format, site, kept: Arc::default() }
    }

    /// Whether another program reads what is printed, which then is told facts in place of words.
    pub fn is_machine(&self) -> bool {
        self.format == Format::Json
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells other programs a fact about what came of the command.
    pub fn tell(&self, name: &str, fact: impl Into<Value>) {
        if self.is_machine() {
            self.kept().facts.insert(name.to_owned(), fact.into());
        }
    }

    /// Prints what could only be said when the command was done.
    pub fn finish(&self, command: &str, code: u8) {
        let kept = std::mem::take(&mut *self.kept());
        match self.format {
            Format::Text | Format::Github => {}
            Format::Sarif => {
                let choice = Choice { every: true, ..Choice::default() };
                write_out(&print::sarif(&kept.findings, &choice, &self.site));
            }
            Format::Json => {
                let mut said = json!({ "command": command, "exit": code, "result": kept.facts });
                if !kept.output.is_empty() {
                    said["output"] = kept.output.into();
                }
                write_out(&format!("{said}\n"));
            }
        }
    }

    /// Whether only errors are wanted.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Prints a result to standard output, unless that is for a program that reads something else there.
    pub fn print(&self, text: &str) {
        match self.format {
            Format::Text | Format::Github => write_out(text),
            Format::Json => self.kept().output.push_str(text),
            Format::Sarif => self.say(text.trim_end()),
        }
    }

    /// Says something that is not a result; silent with `--quiet`.
    pub fn say(&self, text: &str) {
        if !self.quiet {
            let _ = writeln!(std::io::stderr(), "{text}");
        }
    }

    /// Says what is wrong with what was typed.
    pub fn error(&self, text: &str) {
        let _ = writeln!(std::io::stderr(), "error: {text}");
    }

    /// Prints findings: text to standard error, what other programs read to standard output.
    pub fn findings(&self, findings: &[Finding], choice: Choice) {
        let choice = Choice { color: self.color, ..choice };
        let loud: Vec<Finding> = findings
            .iter()
            .filter(|finding| !self.quiet || finding.severity() == Severity::Error)
            .cloned()
            .collect();
        match self.format {
            Format::Text => {}
            Format::Json => return write_out(&print::json(&loud, &choice)),
            Format::Github => return write_out(&print::github(&loud, &choice, &self.site)),
            Format::Sarif => {
                let shown = loud.into_iter().filter(|finding| choice.shows(finding));
                return self.kept().findings.extend(shown);
            }
        }
        let mut err = std::io::stderr().lock();
        let _ = err.write_all(print::text(&loud, &choice).as_bytes());
        let summary = print::summary(findings, &choice);
        if !summary.is_empty() {
            let _ = writeln!(err, "{summary}");
        }
    }

    /// Whether somebody is there to answer.
    pub fn can_ask(&self) -> bool {
        !self.quiet
            && self.format == Format::Text
            && std::io::stdin().is_terminal()
            && std::io::stderr().is_terminal()
    }

    /// Asks, with what is taken where nothing is typed; `None` is that.
    pub fn ask(&self, question: &str, guess: &str) -> Option<String> {
        let guess = if guess.is_empty() { String::new() } else { format!(" [{guess}]") };
        let mut err = std::io::stderr().lock();
        let _ = write!(err, "{question}{guess}: ").and_then(|()| err.flush());
        let mut line = String::new();
        let _ = std::io::stdin().read_line(&mut line);
        let typed = line.trim();
        (!typed.is_empty()).then(|| typed.to_owned())
    }

    /// Asks a question that is answered by yes or no; `None` where nobody is there to answer.
    pub fn confirm(&self, question: &str) -> Option<bool> {
        let answer = self.can_ask().then(|| self.ask(question, "y/N"))?;
        Some(answer.is_some_and(|answer| matches!(answer.to_lowercase().as_str(), "y" | "yes")))
    }

    /// Says what is waited for and for how long, where someone is looking; for waits that have no end to count to.
    pub fn waiting(&self, what: String) -> indicatif::ProgressBar {
        if !self.is_watched() {
            return indicatif::ProgressBar::hidden();
        }
        let style = indicatif::ProgressStyle::with_template("{spinner} {msg}, {elapsed}");
        let bar = indicatif::ProgressBar::new_spinner().with_message(what);
        bar.enable_steady_tick(std::time::Duration::from_millis(200));
        style.map_or_else(|_| indicatif::ProgressBar::hidden(), |style| bar.with_style(style))
    }

    /// Whether what comes and goes on the screen is seen by somebody.
    fn is_watched(&self) -> bool {
        !self.quiet && self.format == Format::Text && std::io::stderr().is_terminal()
    }

    /// A progress bar, where someone is looking.
    pub fn progress(&self, all: u64) -> indicatif::ProgressBar {
        if !self.is_watched() {
            return indicatif::ProgressBar::hidden();
        }
        let style = indicatif::ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}");
        let bar = indicatif::ProgressBar::new(all);
        style.map_or_else(|_| indicatif::ProgressBar::hidden(), |style| bar.with_style(style))
    }
}

fn write_out(text: &str) {
    // A closed pipe is nobody's mistake.
    let _ = std::io::stdout().write_all(text.as_bytes());
}

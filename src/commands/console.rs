//! The terminal: the only place that prints.

use std::io::{IsTerminal as _, Write as _};

use crate::cli::{Format, Global, When};
use crate::diagnostic::print::{self, Choice};
use crate::diagnostic::{Finding, Severity};

/// Prints as the options ask.
#[derive(Debug, Clone)]
pub struct Console {
    quiet: bool,
    color: bool,
    json: bool,
}

impl Console {
    /// A console for these options.
    pub fn new(global: &Global) -> Self {
        let color = match global.color {
            When::Always => true,
            When::Never => false,
            When::Auto => {
                anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never
            }
        };
        Self { quiet: global.quiet, color, json: global.format == Format::Json }
    }

    /// Whether only errors are wanted.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Prints a result to standard output.
    pub fn print(&self, text: &str) {
        // A closed pipe is nobody's mistake.
        let _ = std::io::stdout().write_all(text.as_bytes());
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

    /// Prints findings: text to standard error, JSON to standard output.
    pub fn findings(&self, findings: &[Finding], choice: Choice) {
        let choice = Choice { color: self.color, ..choice };
        let loud = |finding: &&Finding| !self.quiet || finding.severity() == Severity::Error;
        let loud: Vec<Finding> = findings.iter().filter(loud).cloned().collect();
        if self.json {
            return self.print(&print::json(&loud, &choice));
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
            && !self.json
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
        !self.quiet && !self.json && std::io::stderr().is_terminal()
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

//! Runs the `git` program: arguments in, text out. Knows nothing of sites.

use std::io::{ErrorKind, Read as _, Write};
use std::process::{Child, Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};

use super::trouble;
use crate::diagnostic::Finding;

/// What a hook or an alias of git's may have set, which would lead to another repository than the one meant.
const MISLEADING: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_SHALLOW_FILE",
];

/// One repository, as `git` is to see it.
#[derive(Debug, Clone)]
pub(super) struct Git {
    /// Where it runs.
    folder: Utf8PathBuf,
    /// The repository; told from the folder where not given.
    directory: Option<Utf8PathBuf>,
    /// Whether it keeps quiet about its progress.
    quiet: bool,
}

impl Git {
    /// Git in a folder.
    pub(super) fn at(folder: &Utf8Path, quiet: bool) -> Self {
        Self { folder: folder.to_owned(), directory: None, quiet }
    }

    /// The same on another repository.
    pub(super) fn on(&self, directory: Utf8PathBuf) -> Self {
        Self { directory: Some(directory), ..self.clone() }
    }

    /// What git answers; `None` where it says no.
    pub(super) fn ask(&self, arguments: &[&str]) -> Option<String> {
        let output = self.command(arguments).stderr(Stdio::null()).output().ok()?;
        output
            .status
            .success()
            .then(|| String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
    }

    /// What git answers, which must work; what it complains of becomes the finding.
    pub(super) fn run(&self, arguments: &[&str]) -> Result<String, Finding> {
        let output = self.command(arguments).output().map_err(|error| missing(&error))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(failed(arguments, &String::from_utf8_lossy(&output.stderr)))
    }

    /// Talks to a remote: git asks for passwords and shows its progress and the remote's words by itself.
    pub(super) fn talk(&self, arguments: &[&str]) -> Result<String, Finding> {
        let mut command = self.command(arguments);
        // `--quiet` is understood right after the name of every command that talks to a remote.
        let (verb, rest) = arguments.split_at(1);
        if self.quiet {
            command = self.command(&[verb, &["--quiet"], rest].concat());
        }
        let output = command.stdin(Stdio::inherit()).stderr(Stdio::inherit()).output();
        let output = output.map_err(|error| missing(&error))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(failed(arguments, ""))
    }

    /// Runs git with an input that is written while it reads.
    pub(super) fn feed(
        &self,
        arguments: &[&str],
        write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<(), Finding> {
        let mut command = self.command(arguments);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        let child = child.as_mut().map_err(|error| missing(error))?;
        let written = match child.stdin.take() {
            Some(input) => {
                let mut input = std::io::BufWriter::new(input);
                write(&mut input).and_then(|()| input.flush())
            }
            None => Ok(()),
        };
        finish(child, arguments, written)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        for name in MISLEADING {
            command.env_remove(name);
        }
        if let Some(directory) = &self.directory {
            command.env("GIT_DIR", directory);
            // The user's hooks are made for the user's branches.
            command.args(["-c", &format!("core.hooksPath={}", directory.join("hooks"))]);
        }
        command.current_dir(&self.folder).args(arguments).stdin(Stdio::null());
        command
    }
}

/// Waits for git, whose own words say more than that it stopped reading.
fn finish(
    child: &mut Child,
    arguments: &[&str],
    written: std::io::Result<()>,
) -> Result<(), Finding> {
    let mut said = String::new();
    if let Some(mut stderr) = child.stderr.take() {
        // Half of a complaint is better than none.
        let _ = stderr.read_to_string(&mut said);
    }
    let status = child.wait().map_err(|error| missing(&error))?;
    match written {
        _ if !status.success() => Err(failed(arguments, &said)),
        Err(error) => Err(trouble(format!("the built site cannot be handed to git: {error}"))),
        Ok(()) => Ok(()),
    }
}

fn failed(arguments: &[&str], said: &str) -> Finding {
    let verb = arguments.iter().find(|word| !word.starts_with('-')).unwrap_or(&"");
    let words: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let finding = trouble(format!("`git {verb}` failed"));
    if words.is_empty() { finding } else { finding.help(format!("git says: {}", words.join("; "))) }
}

fn missing(error: &std::io::Error) -> Finding {
    if error.kind() == ErrorKind::NotFound {
        return trouble("the program `git` is not there")
            .help("install git, from your system's packages or git-scm.com");
    }
    trouble(format!("`git` could not be run: {error}"))
}

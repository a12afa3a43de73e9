//! What git knows of a folder: who writes, where it is pushed, which branch. Asks, and changes nothing.

use std::process::{Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};

/// What git says in a folder; nothing where there is no git or no repository.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Git {
    /// `user.name`
    pub name: Option<String>,
    /// `user.email`
    pub email: Option<String>,
    /// The address of `origin`.
    pub remote: Option<String>,
    /// The same as the user wrote it, where git was told to go elsewhere (`insteadOf`).
    pub written: Option<String>,
    /// The branch that is checked out, else the one a new repository begins with.
    pub branch: Option<String>,
    /// The top folder of the repository.
    pub top: Option<Utf8PathBuf>,
}

impl Git {
    /// The version of git; `None` where there is none.
    pub fn version() -> Option<String> {
        answer(Utf8Path::new("."), &["--version"])
            .map(|said| said.trim_start_matches("git version ").to_owned())
    }

    /// Asks in a folder, which need not exist yet.
    pub fn look(folder: &Utf8Path) -> Self {
        let Some(folder) = folder.ancestors().find(|folder| folder.is_dir()) else {
            return Self::default();
        };
        Self {
            name: answer(folder, &["config", "--get", "user.name"]),
            email: answer(folder, &["config", "--get", "user.email"]),
            remote: answer(folder, &["remote", "get-url", "origin"]),
            written: answer(folder, &["config", "--get", "remote.origin.url"]),
            branch: answer(folder, &["branch", "--show-current"])
                .or_else(|| answer(folder, &["config", "--get", "init.defaultBranch"])),
            top: answer(folder, &["rev-parse", "--show-toplevel"]).map(Utf8PathBuf::from),
        }
    }
}

fn answer(folder: &Utf8Path, arguments: &[&str]) -> Option<String> {
    let mut git = Command::new("git");
    let output = git
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let text = text.trim();
    (output.status.success() && !text.is_empty()).then(|| text.to_owned())
}

//! What a new site starts from: nothing, a vault read in place, or something imported.

use camino::{Utf8Path, Utf8PathBuf};

use super::super::{Console, import as import_command};
use super::Ask;
use crate::authoring::import::{self, Request};
use crate::authoring::scaffold::{self, Vault};
use crate::cli::Init;
use crate::diagnostic::print::Choice;
use crate::diagnostic::{Code, Finding, Severity};
use crate::model::Lang;
use crate::system::edit;

/// As many notes on papers as no folder has by chance.
const FEW: usize = 3;

/// What a site starts from.
#[derive(Debug)]
pub(super) enum Start {
    /// Nothing yet.
    Nothing,
    /// A folder of notes, read in place.
    Vault(Vault),
    /// A list, a page or a folder of digests, imported into `content/`.
    Import(Outside),
}

/// What is imported.
#[derive(Debug)]
pub(super) struct Outside {
    pub path: Utf8PathBuf,
    /// The files of it that are, where not all is.
    files: Vec<Utf8PathBuf>,
    /// What dates are taken from, where notes say one of their paper alone.
    dates: Vec<String>,
    /// What its texts are written in.
    languages: Vec<Lang>,
}

/// Decides it: by `--from`, else by the vault that the site would be in.
pub(super) fn start(
    from: Option<&Utf8Path>,
    site: &Utf8Path,
    ask: Ask<'_>,
) -> Result<Start, Finding> {
    if let Some(from) = from {
        let path = scaffold::resolve(from)?;
        if edit::is_free(path.as_std_path()) {
            let finding = Finding::new(Code::MissingSource, "there is nothing to start from");
            return Err(finding.in_path(from.as_str()).help("correct the path after --from"));
        }
        return from_path(path);
    }
    let (what, vault) = match scaffold::around(site) {
        Some(top) => ("an Obsidian vault", Vault::look(top)),
        None => ("a folder", notes_in(site)),
    };
    let Some(vault) = vault else { return Ok(Start::Nothing) };
    let question =
        format!("This is {what} with {} notes on papers. Make a site of them? (y/n)", vault.notes);
    let no = ask(&question, "y").is_some_and(|answer| answer.to_lowercase().starts_with('n'));
    Ok(if no { Start::Nothing } else { Start::Vault(vault) })
}

/// Notes in a folder that no editor has marked: more than one by chance, and more than of other texts. What is in
/// `content/` is read as it is.
fn notes_in(site: &Utf8Path) -> Option<Vault> {
    let vault = if site.is_dir() { Vault::look(site)? } else { return None };
    let is_content = vault.folder.starts_with(site.join("content"));
    (vault.notes >= FEW && vault.notes > vault.others && !is_content).then_some(vault)
}

/// A vault is never imported, but for libraries where it has no notes on papers: what else is in it is nobody's business.
fn from_path(path: Utf8PathBuf) -> Result<Start, Finding> {
    let is_vault = path.join(".obsidian").is_dir();
    let vault = if path.is_dir() { Vault::look(&path) } else { None };
    // Lists of papers have days of their own, or none that is worth as much.
    let of_notes = vault.as_ref().filter(|vault| vault.notes >= FEW && vault.notes > vault.lists);
    let dates = of_notes.map(Vault::date_from).unwrap_or_default();
    // Titled texts beside notes may be notes that name no paper: where not all are, each is to be looked at.
    let is_clear = |vault: &Vault| vault.untold == 0 || vault.is_of_notes();
    let is_read =
        |vault: &Vault| vault.notes >= FEW && vault.notes > vault.others && is_clear(vault);
    // The days of a graph may be all that it holds of papers.
    let is_of_notes =
        |vault: &Vault| vault.is_marked && vault.notes >= FEW && vault.notes > vault.lists;
    match vault.filter(|vault| is_vault || is_of_notes(vault) || is_read(vault)) {
        Some(vault) => Ok(Start::Vault(vault)),
        None if is_vault => {
            let libraries = scaffold::libraries(&path);
            if !libraries.is_empty() {
                let (files, dates) = (libraries, Vec::new());
                let languages = scaffold::written_in(&path);
                return Ok(Start::Import(Outside { path, files, dates, languages }));
            }
            let finding = Finding::new(
                Code::MissingSource,
                "the vault has no notes on papers, so no site was made of it",
            );
            let help =
                "a note on a paper is named `250310 Title.md`, or begins with the paper's address";
            Err(finding.in_path(path.as_str()).help(help))
        }
        None => {
            let languages = scaffold::written_in(&path);
            Ok(Start::Import(Outside { path, files: Vec::new(), dates, languages }))
        }
    }
}

impl Start {
    /// The languages of what it starts from; none where there is nothing.
    pub(super) fn languages(&self) -> Vec<Lang> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Vault(vault) => vault.languages.clone(),
            Self::Import(outside) => outside.languages.clone(),
        }
    }

    /// Imports what is to be imported, and says what came of it. Without a single digest nothing is written at all.
    pub(super) fn import(
        &self,
        options: &Init,
        folder: &Utf8Path,
        languages: &[Lang],
        console: &Console,
    ) -> Result<usize, Vec<Finding>> {
        let Self::Import(Outside { path, files, dates, .. }) = self else { return Ok(0) };
        let files = if files.is_empty() { std::slice::from_ref(path) } else { files };
        let request = |dry_run| Request {
            format: None,
            paths: files.iter().map(|path| path.clone().into_std_path_buf()).collect(),
            to: if folder == "." {
                "content".into()
            } else {
                folder.join("content").into_std_path_buf()
            },
            date: options.date,
            year: options.year,
            date_from: if options.date_from.is_empty() { dates } else { &options.date_from }
                .clone(),
            // A library without days of saving says when its papers appeared.
            dates_of_libraries: ["date", "published", "year"].map(str::to_owned).to_vec(),
            permalinks: options.permalinks.clone(),
            languages: languages.to_vec(),
            names: Vec::new(),
            dry_run,
            force: false,
        };
        let prepared = import::prepare(&request(true));
        let planned = prepared.put(&request(true));
        let unread = planned.findings.iter().any(|finding| finding.code == Code::NothingRead);
        let papers: usize = planned.sources.iter().map(|source| source.entries).sum();
        // A blog may name papers in every post, and be about none of them.
        let posts = planned.sources.iter().filter(|source| source.is_post).count();
        if planned.targets.is_empty() || papers + posts == 0 && unread {
            let unsaid =
                planned.findings.iter().all(|finding| finding.severity() != Severity::Error);
            let nothing = Finding::new(
                Code::UnknownFormat,
                "nothing in it could be imported, so no site was made",
            );
            let findings = planned
                .findings
                .into_iter()
                .chain(unsaid.then_some(nothing.in_path(path.as_str())));
            let help =
                "start with `offprint init`, then name the format: `offprint import FORMAT PATH`";
            return Err(findings
                .map(|finding| match finding.code {
                    Code::UnknownFormat => finding.help(help),
                    _ => finding,
                })
                .collect());
        }
        console.say(&super::said::planned(&planned, languages));
        let outcome = prepared.put(&request(false));
        console.findings(&outcome.findings, Choice::default());
        console.say(&import_command::say(&outcome));
        Ok(outcome.targets.len())
    }
}

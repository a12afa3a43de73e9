//! `add`: papers asked for by id become entries at the end of a day's digest.
//!
//! `wanted` reads what was typed, `arxiv` asks the service, `entry` makes an entry of its answer, `target` finds the
//! file of the day, `append` makes the new text and proves that it reads back. Nothing here writes a source: what is to
//! be written is an [`Edit`].

mod append;
mod arxiv;
mod entry;
mod target;
mod wanted;

use camino::Utf8Path;
use jiff::civil::Date;

pub use arxiv::Arxiv;
pub use wanted::Wanted;

use crate::config::Config;
use crate::diagnostic::{Code, Finding, SourceText};
use crate::formats::Hints;
use crate::model::{Entry, Lang, PaperId, Tag};
use crate::site::{EntryIndex, Site};
use crate::system::edit::Edit;

/// What is to be added.
#[derive(Debug)]
pub struct Request<'a> {
    /// The papers, each once, in the order typed.
    pub papers: Vec<Wanted>,
    /// The title of the one paper that no service can be asked for.
    pub title: Option<&'a str>,
    /// The day of the digest.
    pub date: Date,
    /// Tags of the new entries.
    pub tags: &'a [Tag],
    /// Whether papers that the site has already get another entry.
    pub again: bool,
}

/// What came of it; nothing has been written yet.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The new entries.
    pub added: Vec<Entry>,
    /// The change to the day's file, where there is anything to add.
    pub edit: Option<Edit>,
    /// Papers that the site has, papers that nobody has, and why nothing could be done.
    pub findings: Vec<Finding>,
    /// Whether the service could not be asked, so that old answers were taken.
    pub stale: bool,
}

/// Where the entries go.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The folder of config.toml.
    pub root: &'a Utf8Path,
    /// Every digest, drafts and the future included.
    pub site: &'a Site,
    /// The settings.
    pub config: &'a Config,
}

/// Asks for the papers and makes entries of them. Without an answer nothing is added at all.
pub fn add(request: &Request<'_>, place: &Place<'_>, arxiv: &Arxiv<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    let new = new_papers(request, place.site, &mut outcome);
    let ids: Vec<PaperId> = new.iter().filter_map(|paper| paper.arxiv()).cloned().collect();
    let answers = match arxiv.papers(&ids) {
        Ok(answers) => answers,
        Err(finding) => {
            outcome.findings.push(finding);
            return outcome;
        }
    };
    outcome.stale = answers.stale;
    for paper in new {
        match entry_of(paper, request, &answers.papers) {
            Ok(entry) => keep(entry, request, place.site, &mut outcome),
            Err(finding) => outcome.findings.push(finding),
        }
    }
    if !outcome.added.is_empty() {
        match edit(&outcome.added, request.date, place) {
            Ok(edit) => outcome.edit = Some(edit),
            Err(finding) => {
                outcome.added.clear();
                outcome.findings.push(finding);
            }
        }
    }
    outcome
}

/// The papers that the site does not have; of the others it is said where they are.
fn new_papers<'r>(request: &'r Request<'_>, site: &Site, outcome: &mut Outcome) -> Vec<&'r Wanted> {
    let mut new = Vec::new();
    for paper in &request.papers {
        match paper.known(site).filter(|_| !request.again) {
            Some(entry) => outcome.findings.push(known(&paper.to_string(), entry, site)),
            None => new.push(paper),
        }
    }
    new
}

fn known(name: &str, entry: EntryIndex, site: &Site) -> Finding {
    let said = site.entry(entry);
    let finding =
        Finding::new(Code::KnownPaper, format!("the site has {name} already: \"{}\"", said.title));
    let finding = finding.at(said.span.clone()).in_source(&site.digest_of(entry).source);
    finding.help("`--again` adds another entry; its page shows both")
}

fn entry_of(
    paper: &Wanted,
    request: &Request<'_>,
    answers: &[(PaperId, Option<Entry>)],
) -> Result<Entry, Finding> {
    match (paper, request.title) {
        (Wanted::Arxiv(id), _) => {
            let answer = answers
                .iter()
                .find(|(asked, _)| asked == id)
                .and_then(|(_, answer)| answer.as_ref());
            let missing = || {
                let finding =
                    Finding::new(Code::NoSuchPaper, format!("arXiv has no paper {}", id.as_str()));
                finding.help("check the id; a paper announced today may need a few hours to appear")
            };
            answer.map(|answer| entry::of_answer(answer, id, request.tags)).ok_or_else(missing)
        }
        (Wanted::Other { url, .. }, Some(title)) => Ok(entry::of_link(title, url, request.tags)),
        (Wanted::Other { .. }, None) => {
            let finding = Finding::new(
                Code::NoSuchPaper,
                format!("only arXiv can be asked, and {paper} is not there"),
            );
            Err(finding.help("name its title to add an entry with the link: --title \"…\""))
        }
    }
}

/// Keeps an entry, unless the answer names an id by which the site has the paper, or an entry before it is the same.
fn keep(entry: Entry, request: &Request<'_>, site: &Site, outcome: &mut Outcome) {
    let ids = entry.ids();
    let known_as =
        ids.iter().find_map(|id| Some((id, site.paper_with_id(id)?))).filter(|_| !request.again);
    let doubled = outcome.added.iter().any(|before| before.ids().iter().any(|id| ids.contains(id)));
    match known_as {
        Some((id, paper)) => {
            let first = site.entries_of(paper).first();
            outcome.findings.extend(first.map(|&first| known(&id.to_string(), first, site)));
        }
        None if doubled => {}
        None => outcome.added.push(entry),
    }
}

fn edit(entries: &[Entry], date: Date, place: &Place<'_>) -> Result<Edit, Finding> {
    let target = target::of_day(date, place)?;
    let after = match &target.text {
        Some(source) => {
            append::to(source, entries, &hints(&target.shown, &place.config.languages))?
        }
        None => append::fresh(date, entries),
    };
    let before = target.text.map(|source| source.text.clone());
    Ok(Edit { path: target.path, shown: target.shown, before, after })
}

/// What the reader of a file may know besides its text.
fn hints<'a>(shown: &'a str, languages: &'a [Lang]) -> Hints<'a> {
    let name = shown.rsplit('/').next().unwrap_or(shown);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Hints { stem, languages, ..Hints::default() }
}

/// A refusal at a place of the file.
fn refused(source: &std::sync::Arc<SourceText>, message: impl Into<String>) -> Finding {
    Finding::new(Code::Edit, message).in_source(source)
}

//! `add`: papers asked for by id become entries at the end of a day's digest.
//!
//! `wanted` reads what was typed and `list` what a file lists, `arxiv` and `services` ask, `entry` makes an entry of an answer, `target`
//! finds the file of the day, `append` makes the new text, `fill` that of an entry that gets what it lacks; both prove that it
//! reads back. Nothing here writes a source: what is to be written is an [`Edit`].

mod advice;
mod append;
mod arxiv;
mod entry;
mod fill;
mod list;
mod services;
mod target;
mod wanted;

use camino::Utf8Path;
use jiff::civil::Date;

pub use arxiv::Arxiv;
pub use list::{Listed, listed};
pub use services::Services;
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
    /// Papers of which a library says all.
    pub entries: Vec<Entry>,
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
    /// What an entry that was named got: its title, and the names of what it lacked.
    pub filled: Option<(String, Vec<String>)>,
    /// The change to the file, where there is anything to add.
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

/// Who can be asked.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// For papers of arXiv.
    pub arxiv: &'a Arxiv<'a>,
    /// For all others.
    pub services: &'a Services<'a>,
}

impl Asked<'_> {
    /// What is said of papers, each with its entry if anybody has it; and whether these are old answers.
    fn answers(&self, papers: &[&Wanted], request: &Request<'_>) -> Result<Answers, Finding> {
        let ids: Vec<PaperId> = papers.iter().filter_map(|paper| paper.arxiv()).cloned().collect();
        let of_arxiv = self.arxiv.papers(&ids)?;
        let mut all = Vec::new();
        for paper in papers {
            all.push(match paper {
                Wanted::Arxiv(id) => {
                    let found = of_arxiv.papers.iter().find(|(asked, _)| asked == id);
                    let found = found.and_then(|(_, answer)| answer.as_ref());
                    found.map(|answer| entry::of_answer(answer, id, request.tags))
                }
                Wanted::Other { id, url } if request.title.is_none() => {
                    let found = self.services.paper(id.as_ref(), url)?;
                    // Keywords of a publisher are nobody's tags here.
                    let found = found.map(|answer| Entry { tags: Vec::new(), ..answer });
                    found.map(|answer| entry::of_record(&answer, id.as_ref(), request.tags))
                }
                Wanted::Other { .. } => None,
            });
        }
        Ok(Answers { papers: all, stale: of_arxiv.stale || self.services.is_stale() })
    }
}

/// What is said of papers, in their order.
struct Answers {
    papers: Vec<Option<Entry>>,
    stale: bool,
}

/// Asks for the papers and makes entries of them. Without an answer nothing is added at all.
pub fn add(request: &Request<'_>, place: &Place<'_>, asked: &Asked<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    let new = new_papers(request, place.site, &mut outcome);
    let answers = match asked.answers(&new, request) {
        Ok(answers) => answers,
        Err(finding) => {
            outcome.findings.push(finding);
            return outcome;
        }
    };
    outcome.stale = answers.stale;
    for (paper, answer) in new.into_iter().zip(answers.papers) {
        match answer.map_or_else(|| without_answer(paper, request, asked), Ok) {
            Ok(entry) => keep(entry, request, place.site, &mut outcome),
            Err(finding) => outcome.findings.push(finding),
        }
    }
    for record in &request.entries {
        keep(entry::of_record(record, None, request.tags), request, place.site, &mut outcome);
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

/// Gives an entry of a digest what it lacks and others say: of the papers asked for, else of its own ids.
pub fn fill(request: &Request<'_>, to: &str, place: &Place<'_>, asked: &Asked<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    match filled(request, to, place, asked, &mut outcome) {
        Ok(()) => outcome,
        Err(finding) => {
            outcome.findings.push(finding);
            outcome
        }
    }
}

fn filled(
    request: &Request<'_>,
    to: &str,
    place: &Place<'_>,
    asked: &Asked<'_>,
    outcome: &mut Outcome,
) -> Result<(), Finding> {
    let site = place.site;
    let entry = target::entry(to, site)?;
    let own: Vec<Wanted> = site.entry(entry).ids().into_iter().map(Wanted::of_id).collect();
    let papers = if request.papers.is_empty() { &own } else { &request.papers };
    let answers = asked.answers(&papers.iter().collect::<Vec<_>>(), request)?;
    outcome.stale = answers.stale;
    let mut said = answers.papers.into_iter().flatten().chain(request.entries.iter().cloned());
    let Some(mut answer) = said.next() else {
        let message = format!("nobody says more of \"{}\"", site.entry(entry).title);
        let help = "name an id by which the paper is known: `offprint add 10.1038/171737a0 --to …`";
        return Err(Finding::new(Code::NoSuchPaper, message).help(help));
    };
    for more in said {
        let (lacked, _) = fill::lacking(&answer, &more);
        answer.links.extend(lacked.links);
        answer.fields.extend(lacked.fields);
        answer.abstract_text = answer.abstract_text.or(lacked.abstract_text);
    }
    let source = &site.digest_of(entry).source;
    let hints = hints(&source.path, &place.config.languages);
    let filled = fill::filled(source, site.position(entry), &answer, &hints)?;
    let names = filled.as_ref().map(|(_, names)| names.clone()).unwrap_or_default();
    outcome.filled = Some((site.entry(entry).title.clone(), names));
    outcome.edit = filled.map(|(after, _)| Edit {
        path: place.root.join(&source.path),
        shown: source.path.clone(),
        before: Some(source.text.clone()),
        after,
    });
    Ok(())
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

/// The entry of a paper that nobody has described, by its title; or why there is none.
fn without_answer(
    paper: &Wanted,
    request: &Request<'_>,
    asked: &Asked<'_>,
) -> Result<Entry, Finding> {
    let title = "name its title to add an entry with the link: --title \"…\"";
    match (paper, request.title) {
        (Wanted::Arxiv(id), _) => Err(missing(format!("arXiv has no paper {}", id.as_str()))
            .help("check the id; a paper announced today may need a few hours to appear")),
        (Wanted::Other { url, .. }, Some(title)) => Ok(entry::of_link(title, url, request.tags)),
        (Wanted::Other { id, url }, None) if asked.services.knows(id.as_ref(), url) => {
            let whom = asked.services.names(id.as_ref(), url);
            Err(missing(format!("{whom} has no paper {paper}"))
                .help(format!("check the id, or {title}")))
        }
        (Wanted::Other { .. }, None) => {
            let what = "only arXiv, DOIs, OpenReview, the ACL Anthology and bioRxiv can be asked";
            Err(missing(format!("{what}, and {paper} is not there")).help(title))
        }
    }
}

fn missing(message: String) -> Finding {
    Finding::new(Code::NoSuchPaper, message)
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

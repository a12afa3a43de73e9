//! The file of a day: the one that holds its digest already, or one that is to be made.

use std::sync::Arc;

use camino::Utf8PathBuf;
use jiff::civil::Date;

use super::{Place, refused};
use crate::content::source;
use crate::diagnostic::{Code, Finding, SourceText};
use crate::formats::{MARKDOWN, detect};
use crate::model::PaperId;
use crate::site::{EntryIndex, Meant, Site};

/// A file to write to.
pub(super) struct Target {
    pub(super) path: Utf8PathBuf,
    pub(super) shown: String,
    /// What it holds; `None` where it is to be made.
    pub(super) text: Option<Arc<SourceText>>,
}

/// The entry that somebody means: by an id, a key, a title or another name; the latest of several about one paper.
pub(super) fn entry(named: &str, site: &Site) -> Result<EntryIndex, Finding> {
    let paper = PaperId::parse(named).and_then(|id| site.paper_with_id(&id));
    let paper =
        paper.or_else(|| site.paper_with_key(named)).or_else(|| match site.named(named, "")? {
            Meant::Entry(entry) => Some(site.paper_of(entry)),
            _ => None,
        });
    let Some(paper) = paper else {
        let finding =
            Finding::new(Code::NoSuchPaper, format!("the site has no paper `{named}` to add to"));
        return Err(
            finding.help("name it by its id, by the key that its page shows, or by its title")
        );
    };
    site.entries_of(paper)
        .iter()
        .rfind(|entry| {
            let source = &site.digest_of(**entry).source;
            source.path.starts_with("content/") && is_native(source)
        })
        .copied()
        .ok_or_else(|| {
            let message = format!("no digest of `content/` has an entry about `{named}`");
            Finding::new(Code::Edit, message).help(
                "only entries in the program's own format can be filled: add one with `--again`",
            )
        })
}

fn is_native(source: &SourceText) -> bool {
    detect(&source.text, &source.path).is_none_or(|it| it == MARKDOWN)
}

/// `content/DATE.md` if it is there, else the first digest of the day in the native format.
pub(super) fn of_day(date: Date, place: &Place<'_>) -> Result<Target, Finding> {
    let shown = format!("content/{date}.md");
    let path = place.root.join(&shown);
    let of_day = place.site.digests().iter().filter(|digest| digest.digest.date == Some(date));
    let mut sources =
        of_day.map(|digest| &digest.source).filter(|source| source.path.starts_with("content/"));
    let named = sources.clone().find(|source| source.path == shown);
    if let Some(source) = named.filter(|source| !is_native(source)) {
        let message = "the day's file is not in the program's own format, so nothing was added";
        return Err(refused(source, message).help("rename it: both files make the page of the day"));
    }
    if let Some(source) = named.or_else(|| sources.find(|source| is_native(source))) {
        let (path, shown) = (place.root.join(&source.path), source.path.clone());
        return Ok(Target { path, shown, text: Some(Arc::clone(source)) });
    }
    if !path.exists() {
        return Ok(Target { path, shown, text: None });
    }
    let there = source::read_text(&path, &shown, Code::Edit)?.source;
    if there.text.trim().is_empty() {
        return Ok(Target { path, shown, text: Some(there) });
    }
    let finding =
        refused(&there, format!("this file is no digest of {date}, so nothing was added"));
    Err(finding.help(format!("give it `date = {date}` in its front matter, or rename it")))
}

//! Links to other sites: which there are, where they stand, and what to say of each once it was asked for.

mod ask;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

pub use ask::{Asker, Heard};

use crate::config::Config;
use crate::diagnostic::{Code, Finding, SourceText};
use crate::model::{Entry, PaperId, Passage, Prose};
use crate::prose;
use crate::site::{KeptDigest, Site};
use crate::system::net::host;

/// Where an address stands.
type Place = (Arc<SourceText>, Range<usize>);

/// Every address of another site, with its places in the order of the site.
///
/// arXiv is left out: what an id names is there, and arXiv does not want to be crawled. So is this site.
pub fn links(site: &Site, config: &Config) -> BTreeMap<String, Vec<Place>> {
    let mut links: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    let home = config.base_url.absolute("");
    let mut add = |url: &str, source: &Arc<SourceText>, span: Range<usize>| {
        let url = url.split('#').next().unwrap_or(url);
        if !is_arxiv(url) && !url.starts_with(&home) {
            links.entry(url.to_owned()).or_default().push((Arc::clone(source), span));
        }
    };
    for digest in site.digests() {
        for (text, url, span) in
            texts(digest).flat_map(|text| of_text(text).map(move |(url, span)| (text, url, span)))
        {
            add(&url, &digest.source, text.source_span(span).unwrap_or_default());
        }
        for entry in &digest.digest.entries {
            of_metadata(entry, &digest.source.text)
                .for_each(|(url, span)| add(&url, &digest.source, span));
        }
    }
    for page in site.pages() {
        for (text, (url, span)) in page
            .page
            .body
            .iter()
            .flat_map(|passage| of_text(&passage.text).map(|found| (&passage.text, found)))
        {
            add(&url, &page.source, text.source_span(span).unwrap_or_default());
        }
    }
    links
}

fn texts(digest: &KeptDigest) -> impl Iterator<Item = &Prose> {
    let bodies = digest
        .digest
        .entries
        .iter()
        .flat_map(|entry| entry.abstract_text.iter().chain(of_passages(&entry.body)));
    of_passages(&digest.digest.intro).chain(bodies)
}

fn of_passages(passages: &[Passage]) -> impl Iterator<Item = &Prose> {
    passages.iter().map(|passage| &passage.text)
}

fn of_text(text: &Prose) -> impl Iterator<Item = (String, Range<usize>)> {
    prose::external_links(&text.text).into_iter()
}

/// Links of the metadata, each where it stands under the heading, else at the heading.
fn of_metadata<'a>(
    entry: &'a Entry,
    text: &'a str,
) -> impl Iterator<Item = (String, Range<usize>)> + 'a {
    entry.links.iter().map(|link| {
        let found = text
            .get(entry.span.start..)
            .and_then(|rest| rest.find(&link.url))
            .map(|at| entry.span.start + at);
        (link.url.clone(), found.map_or(entry.span.clone(), |at| at..at + link.url.len()))
    })
}

fn is_arxiv(url: &str) -> bool {
    let host = host(url);
    host == "arxiv.org"
        || host.ends_with(".arxiv.org")
        || matches!(PaperId::parse(url), Some(PaperId::Arxiv(_)))
}

/// What to say of each address that did not answer well.
pub fn findings(
    links: &BTreeMap<String, Vec<Place>>,
    heard: &BTreeMap<String, Heard>,
) -> Vec<Finding> {
    links
        .iter()
        .filter_map(|(url, places)| {
            let (code, why, help) = verdict(heard.get(url)?)?;
            let (source, span) = places.first()?;
            let more = match places.len() - 1 {
                0 => String::new(),
                1 => "; it stands in another place as well".to_owned(),
                more => format!("; it stands in {more} other places as well"),
            };
            let finding =
                Finding::new(code, format!("{url} {why}")).at(span.clone()).in_source(source);
            Some(finding.help(format!("{help}{more}")))
        })
        .collect()
}

fn verdict(heard: &Heard) -> Option<(Code, String, &'static str)> {
    let look = "look yourself: some sites answer people only";
    match heard {
        Heard::Fine => None,
        Heard::Status(status @ (404 | 410)) => Some((
            Code::GoneLink,
            format!("is gone (status {status})"),
            "find out where it went, or link to an archive",
        )),
        Heard::Status(status) => {
            Some((Code::UnsureLink, format!("answers with status {status}"), look))
        }
        Heard::Nothing(why) => Some((Code::UnsureLink, why.clone(), look)),
        Heard::Unasked => Some((
            Code::UnsureLink,
            "was not asked for: its host asks to be left alone".to_owned(),
            "try again later",
        )),
    }
}

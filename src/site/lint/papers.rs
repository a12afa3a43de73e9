//! Papers of which something is missing: tags, an abstract, an id.

use crate::diagnostic::{Code, Finding};
use crate::site::{PaperIndex, Site};

/// What is missing of each paper, at the entry that names it best.
pub(super) fn incomplete(site: &Site) -> Vec<Finding> {
    site.papers().rev().flat_map(|paper| of(site, paper)).collect()
}

fn of(site: &Site, paper: PaperIndex) -> impl Iterator<Item = Finding> {
    let entries =
        site.entries_of(paper).iter().map(|&entry| (site.facts(entry), site.entry(entry)));
    let tagged = entries.clone().any(|(facts, _)| !facts.tags.is_empty());
    let abstracted = entries.clone().any(|(_, entry)| entry.abstract_text.is_some());
    let identified = entries.clone().any(|(facts, _)| !facts.ids.is_empty());
    let place = site.entries_of(paper).first().copied();
    let missing = [
        (
            tagged,
            Code::Untagged,
            "no tags",
            "end the entry with a line such as `#reasoning #efficiency`",
        ),
        (
            abstracted,
            Code::NoAbstract,
            "no abstract",
            "quote it after the metadata; an empty `>` says there is none",
        ),
        (
            identified,
            Code::NoId,
            "no id",
            "give its arXiv address, its DOI or its OpenReview address, if it has one",
        ),
    ];
    missing.into_iter().filter(|(there, ..)| !there).filter_map(move |(_, code, what, help)| {
        let finding =
            Finding::new(code, format!("\"{}\" has {what}", site.title(paper))).help(help);
        Some(finding.at(site.entry(place?).span.clone()).in_source(&site.digest_of(place?).source))
    })
}

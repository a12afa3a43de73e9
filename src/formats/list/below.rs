//! What labels under an item of a list say of it: `- Authors: …`, `- Links: [arXiv](…) | [PDF](…)`.

use crate::formats::fields::{self, Field, Names};
use crate::formats::notes::links_of;
use crate::formats::papers_of_the_week::cell::leading_link;
use crate::formats::text::{Line, behind_bullet};
use crate::formats::{by_hand, escape_markdown, metadata};
use crate::model::id::is_web_address;
use crate::model::{Link, PaperId, Prose, Tag};

use super::item::Item;
use super::known::is_paper;
use super::venue;

/// Gives an item what the lines right below it say of it; where the lines start that say no more than that. Below a subject
/// stand several papers, each with links of its own.
pub(super) fn labels(lines: &[Line<'_>], names: &Names, item: &mut Item) -> Vec<usize> {
    let shown = lines.iter().filter(|line| !line.is_blank());
    let Some(outer) = shown.clone().next().map(Line::indent) else { return Vec::new() };
    let mut entry = item.entry.clone();
    let (mut taken, mut findings) = (Vec::new(), Vec::new());
    for line in shown.filter(|line| line.indent() == outer) {
        let parts: Vec<&str> = line.text.split(" | ").collect();
        let labels = parts.iter().all(|part| by_hand::label(part).is_some());
        let parts = if labels { parts } else { vec![line.text] };
        let read: Option<Vec<_>> = parts
            .iter()
            .map(|part| by_hand::label(part).and_then(|_| by_hand::items(part, names)))
            .collect();
        if let Some(items) = read {
            let span = line.start..line.end();
            items
                .into_iter()
                .flatten()
                .for_each(|it| it.add(&mut entry, span.clone(), &mut findings));
        } else if let Some(text) =
            by_hand::abstract_start(line.text).filter(|text| !text.is_empty())
        {
            let at = line.start + (text.as_ptr() as usize - line.text.as_ptr() as usize);
            entry.abstract_text = entry.abstract_text.or_else(|| Some(Prose::at(text, at)));
        } else if let Some(links) = links_of(line.text) {
            entry.links.extend(links);
        } else if let Some(tags) = Tag::parse_line(unlisted(line)) {
            entry.tags.extend(tags);
        } else if let Some(link) = called(line.text).filter(|_| entry.links.is_empty()) {
            // What else it says stays.
            entry.links.push(link);
            continue;
        } else if let Some(people) = people(line).filter(|_| entry.authors.is_empty()) {
            metadata::add_authors(&mut entry, people);
        } else if let Some(place) = place(line).filter(|_| entry.field("venue").is_none()) {
            metadata::add_field(&mut entry, "venue", place);
        } else {
            continue;
        }
        taken.push(line.start);
    }
    let own = entry.links.iter().filter_map(|link| PaperId::parse(&link.url)).collect::<Vec<_>>();
    let arxiv = own.iter().filter(|id| matches!(id, PaperId::Arxiv(_)));
    if arxiv.clone().any(|id| arxiv.clone().any(|other| other != id)) {
        return Vec::new();
    }
    metadata::one_a_paper(&mut entry.links);
    item.is_paper |= entry.links.iter().any(|link| link.key.is_none() && is_paper(&link.url));
    item.has_link |= !entry.links.is_empty();
    item.entry = entry;
    taken
}

/// The link that an item begins with and calls the paper's: `- [Paper](address) / My Post`.
fn called(line: &str) -> Option<Link> {
    let (found, _) = leading_link(behind_bullet(line.trim_start())?)?;
    let is_so = fields::named(found.label, &[]).is_some_and(Field::is_paper);
    let url = escape_markdown::address(found.url).filter(|url| is_so && is_web_address(url))?;
    Some(Link { key: None, url })
}

/// Where a paper appeared, where an item is that and nothing else: `- LampConf 2024`.
fn place<'t>(line: &Line<'t>) -> Option<&'t str> {
    venue::whole(behind_bullet(line.text.trim_start())?)
}

fn unlisted<'t>(line: &Line<'t>) -> &'t str {
    let text = line.text.trim_start();
    behind_bullet(text).unwrap_or(text)
}

/// The people that an item is and nothing else: `- Ada Wick, Bo Flame and Cy Dim`.
fn people<'t>(line: &Line<'t>) -> Option<&'t str> {
    let item = behind_bullet(line.text.trim_start())?.trim_matches(['*', '_', ' ', '.']);
    by_hand::are_people(item).then_some(item)
}

//! A note's links: to its paper at its head; to others, a `# Links` section, a list of wikilinks at its end, and the one paper that a
//! first paragraph names.

use crate::digest::id::{is_web_address, unwrap_redirector};
use crate::digest::{Link, PaperId};
use crate::reader::fields::{self, Field, Kind};
use crate::reader::metadata;
use crate::reader::text::{Line, heading};

/// What a link may be called at the head of a note: it says which link it is, and is not the paper's title.
const LABELS: [&str; 24] = [
    "abs",
    "alphaxiv",
    "arxiv",
    "blog",
    "code",
    "demo",
    "doi",
    "github",
    "hf",
    "html",
    "hugging face",
    "link",
    "links",
    "openreview",
    "page",
    "paper",
    "pdf",
    "project",
    "slides",
    "source",
    "url",
    "video",
    "논문",
    "링크",
];
/// Labels that say more than the address.
const KEYS: [&str; 8] = ["blog", "code", "demo", "github", "pdf", "project", "slides", "video"];

/// The links of a line that holds nothing else: addresses and ids, with or without a label, in a list or not.
pub(super) fn of_paper(line: &str) -> Option<Vec<Link>> {
    let item = unlisted(line);
    let bare = |text: &str, label: &str| {
        let urls = metadata::links(text.trim())?;
        Some(urls.into_iter().map(|url| Link { key: key(label), url }).collect())
    };
    let labelled = || {
        let (label, rest) = item.split_once(':')?;
        let label = label.trim_matches('*');
        is_label(label).then(|| bare(rest.trim_start_matches('*'), label)).flatten()
    };
    bare(item, "").or_else(labelled).or_else(|| shown(item))
}

/// The address of the one paper that lines call so, wherever they stand: `[Link to the paper](address)`. They stay.
pub(super) fn called_so<'t>(all: impl Iterator<Item = &'t Line<'t>>) -> Option<Link> {
    let mut found: Option<Link> = None;
    for line in all.filter(|line| line.text.contains("http")) {
        let item = unlisted(line.text);
        let label = item.strip_prefix('[').map_or(item.split(':').next(), |rest| rest.split(']').next());
        let label = label.filter(|label| !label.starts_with("http") && *label != item).unwrap_or_default();
        let is_so = fields::named(label, &[]).is_some_and(|field| field.name == "paper");
        let links = of_paper(line.text).filter(|_| !label.is_empty()).into_iter().flatten();
        for link in links.filter(|link| link.key.is_none() && (is_so || PaperId::parse(&link.url).is_some())) {
            if found.as_ref().is_some_and(|first| PaperId::parse(&first.url) != PaperId::parse(&link.url)) {
                return None;
            }
            found = found.or(Some(link));
        }
    }
    found
}

/// The links of a text: what Markdown links to, else bare addresses, else ids alone.
pub(super) fn within(text: &str) -> Vec<Link> {
    let shown = text.match_indices("](").filter_map(|(at, _)| {
        let url = &text[at + 2..at + 2 + text[at + 2..].find([')', ' '])?];
        let label = &text[text[..at].rfind('[')? + 1..at];
        is_web_address(url).then(|| Link { key: key(label), url: unwrap_redirector(url).into_owned() })
    });
    let shown: Vec<Link> = shown.collect();
    if !shown.is_empty() {
        return shown;
    }
    addresses(text).map(|url| Link { key: None, url: unwrap_redirector(url).into_owned() }).collect()
}

/// A line without the marker of a list.
fn unlisted(line: &str) -> &str {
    let line = line.trim();
    ["- ", "* ", "+ "].iter().find_map(|marker| line.strip_prefix(marker)).unwrap_or(line).trim()
}

/// `[arXiv](address) | [PDF](address)`
fn shown(line: &str) -> Option<Vec<Link>> {
    let (mut rest, mut found) = (line, Vec::new());
    while !rest.is_empty() {
        let (label, target) = rest.strip_prefix('[')?.split_once("](")?;
        let (url, after) = target.split_once(')')?;
        if !is_label(label) || !is_web_address(url) {
            return None;
        }
        found.push(Link { key: key(label), url: unwrap_redirector(url).into_owned() });
        rest = after.trim_start_matches([' ', ',', '|', '/', '·', '\t']);
    }
    (!found.is_empty()).then_some(found)
}

fn is_label(label: &str) -> bool {
    let is_link = |field: Field| field.kind == Kind::Link || field.name == "paper";
    LABELS.contains(&label.trim().to_lowercase().as_str()) || fields::named(label, &[]).is_some_and(is_link)
}

fn key(label: &str) -> Option<String> {
    let label = label.trim().to_lowercase();
    KEYS.contains(&label.as_str()).then_some(label)
}

/// Takes what is no text but a list of links, in the order written; clears the lines in `keep`.
pub(super) fn take(rest: &[Line<'_>], is_code: &[bool], keep: &mut [bool]) -> Vec<String> {
    let mut found = Vec::new();
    in_sections(rest, is_code, keep, &mut found);
    at_end(rest, is_code, keep, &mut found);
    found.sort_by_key(|&(index, _)| index);
    found.into_iter().flat_map(|(_, targets)| targets).collect()
}

/// Lines of links under `# Links`. Other text there stays commentary.
fn in_sections(rest: &[Line<'_>], is_code: &[bool], keep: &mut [bool], found: &mut Vec<(usize, Vec<String>)>) {
    let mut inside = false;
    for (index, line) in rest.iter().enumerate().filter(|(index, _)| !is_code[*index]) {
        if let Some((_, title)) = heading(line.text) {
            inside = title.trim_end_matches([':', '#', ' ']).eq_ignore_ascii_case("links");
            keep[index] &= !inside;
        } else if !keep[index] {
            // Tags end it.
            inside = false;
        } else if inside && let Some(targets) = targets(line.text, true) {
            keep[index] = false;
            found.push((index, targets));
        }
    }
}

/// Wikilinks at the very end.
fn at_end(rest: &[Line<'_>], is_code: &[bool], keep: &mut [bool], found: &mut Vec<(usize, Vec<String>)>) {
    for (index, line) in rest.iter().enumerate().rev() {
        if !keep[index] || line.is_blank() {
            continue;
        }
        match targets(line.text, false).filter(|_| !is_code[index]) {
            Some(targets) => {
                keep[index] = false;
                found.push((index, targets));
            }
            None => break,
        }
    }
}

/// The wikilinks (and addresses, if asked for) of a line that holds nothing else; an empty one is none.
fn targets(line: &str, addresses: bool) -> Option<Vec<String>> {
    let mut rest = unlisted(line);
    let mut found = Vec::new();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let end = if rest.starts_with("[[") {
            rest.find("]]")? + 2
        } else {
            let end = rest.find([' ', ',']).unwrap_or(rest.len());
            Some(end).filter(|&end| addresses && is_web_address(&rest[..end]))?
        };
        if !rest[..end].trim_matches(['[', ']', ' ', '|']).is_empty() {
            found.push(rest[..end].to_owned());
        }
        rest = rest[end..].trim_start_matches([' ', ',', '\t']);
    }
    Some(found)
}

/// The address of the one arXiv paper that the first paragraph names, if it names exactly one.
pub(super) fn only_paper(rest: &[Line<'_>]) -> Option<String> {
    let paragraph = rest.iter().skip_while(|line| line.is_blank()).take_while(|line| !line.is_blank());
    let mut found: Option<(PaperId, String)> = None;
    for url in paragraph.flat_map(|line| addresses(line.text)) {
        match (PaperId::parse(url), &found) {
            (Some(id @ PaperId::Arxiv(_)), None) => found = Some((id, url.to_owned())),
            (Some(id @ PaperId::Arxiv(_)), Some((first, _))) if id != *first => return None,
            _ => {}
        }
    }
    found.map(|(_, url)| url)
}

/// The addresses in a line, each as far as its own characters go.
fn addresses(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices("http").filter_map(|(at, _)| {
        let rest = &line[at..];
        let end = rest.find(|c: char| !c.is_ascii_graphic() || "()[]<>\"'`".contains(c)).unwrap_or(rest.len());
        let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
        is_web_address(url).then_some(url)
    })
}

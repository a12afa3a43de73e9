//! A note's links: to its paper at its head; to others, a `# Links` section, a list of wikilinks at its end, and the one paper that a
//! first paragraph names.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::label::label as said;
use super::title;
use crate::formats::MARKDOWN;
use crate::formats::fields::{self, Field, Kind};
use crate::formats::list::BESIDE;
use crate::formats::metadata;
use crate::formats::text::{Line, behind_bullet, heading};
use crate::model::id::{is_code, is_web_address, unwrap_redirector};
use crate::model::{Link, PaperId};

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
/// The longest of them, in bytes.
const LONGEST_LABEL: usize = 16;

/// The links of a line that holds nothing else: addresses and ids, with or without a label, in a list or not.
pub(in crate::formats) fn of_paper(line: &str) -> Option<Vec<Link>> {
    let item = unlisted(line);
    let bare = |text: &str, label: &str| {
        let urls = metadata::links(text.trim())?;
        Some(urls.into_iter().map(|url| Link { key: key(label), url }).collect())
    };
    bare(item, "")
        .or_else(|| {
            let (label, rest) = item.split_once(':')?;
            let label = label.trim_matches('*');
            is_label(label).then(|| bare(rest.trim_start_matches('*'), label)).flatten()
        })
        .or_else(|| shown(item))
        .or_else(|| anchored(item))
}

/// An element of HTML that does what `[arXiv](address)` does.
fn anchored(line: &str) -> Option<Vec<Link>> {
    let (tag, rest) = line.strip_prefix("<a ")?.split_once('>')?;
    let label = rest.strip_suffix("</a>").filter(|label| !label.contains('<'))?;
    let (_, value) = tag.split_once("href=\"")?;
    let (url, _) = value.split_once('"')?;
    shown(&format!("[{label}]({url})"))
}

/// Whether a link leads to what is beside its paper: its code, its slides.
pub(super) fn is_beside(link: &Link) -> bool {
    let key = link.key.as_deref();
    key.map_or_else(|| is_code(&link.url), |key| BESIDE.contains(&key))
}

/// The address of the one paper that lines call so, wherever they stand: `[Link to the paper](address)`. They stay.
pub(in crate::formats) fn called_so<'t>(all: impl Iterator<Item = &'t Line<'t>>) -> Option<Link> {
    let mut found: Option<Link> = None;
    let (mut is_first, mut is_in_item) = (true, false);
    for line in all {
        // What goes on an item below the start of a text belongs to that item.
        let item = behind_bullet(line.text.trim_start()).map(|item| item.contains(' '));
        is_in_item = item.unwrap_or(is_in_item && !line.is_blank()) && !is_first;
        is_first &= line.is_blank();
        if !line.text.contains("http") || is_in_item && item.is_none() {
            continue;
        }
        let item = unlisted(line.text);
        let label =
            item.strip_prefix('[').map_or(item.split(':').next(), |rest| rest.split(']').next());
        let label =
            label.filter(|label| !label.starts_with("http") && *label != item).unwrap_or_default();
        let is_so = fields::named(label.trim_matches('*'), &[]).is_some_and(Field::is_paper);
        let titled = || {
            said(line.text)
                .filter(|said| is_so && metadata::markdown_link(said.value).is_some())
                .map(|said| within(said.value))
        };
        let links =
            of_paper(line.text).or_else(titled).filter(|_| !label.is_empty()).into_iter().flatten();
        for link in links
            .filter(|link| link.key.is_none() && (is_so || PaperId::parse(&link.url).is_some()))
        {
            if found
                .as_ref()
                .is_some_and(|first| PaperId::parse(&first.url) != PaperId::parse(&link.url))
            {
                return None;
            }
            found = found.or(Some(link));
        }
    }
    found
}

/// The links of a text in their order: what Markdown links to, and bare addresses.
pub(super) fn within(text: &str) -> Vec<Link> {
    let bytes = text.as_bytes();
    let ends = memchr::memchr_iter(b']', bytes).filter(|at| bytes[at + 1..].starts_with(b"("));
    let shown = ends.filter_map(|at| {
        let url = &text[at + 2..at + 2 + text[at + 2..].find([')', ' '])?];
        let start = text[..at].rfind('[')?;
        let link =
            || Link { key: key(&text[start + 1..at]), url: unwrap_redirector(url).into_owned() };
        is_web_address(url).then(|| (start..at + 2 + url.len(), link()))
    });
    let mut found: Vec<(Range<usize>, Link)> = shown.collect();
    let bare = addresses(text).map(|url| (url.as_ptr() as usize - text.as_ptr() as usize, url));
    for (at, url) in bare {
        if !found.iter().any(|(range, _)| range.contains(&at)) {
            let link = Link { key: None, url: unwrap_redirector(url).into_owned() };
            found.push((at..at + url.len(), link));
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found.into_iter().map(|(_, link)| link).collect()
}

/// A line without the marker of a list, and without a picture before what it says.
fn unlisted(line: &str) -> &str {
    let line = line.trim();
    let text = behind_bullet(line).unwrap_or(line).trim();
    let start = text.find(|c: char| c.is_alphanumeric() || "[<(`".contains(c)).unwrap_or(0);
    if text[..start].is_ascii() { text } else { &text[start..] }
}

/// `[arXiv](address) | [PDF](address)`; beside a label that is known others may stand.
fn shown(line: &str) -> Option<Vec<Link>> {
    let (mut rest, mut found, mut is_known) = (line, Vec::new(), false);
    while !rest.is_empty() {
        // `[[Paper](address)] [[Page](address)]`
        rest = rest.strip_prefix('[').filter(|inner| inner.starts_with('[')).unwrap_or(rest);
        let (label, target) = rest.strip_prefix('[')?.split_once("](")?;
        let (url, after) = target.split_once(')')?;
        // A picture before the name says nothing.
        let label = label
            .trim_matches(|c: char| "`*_ ".contains(c) || !c.is_ascii() && !c.is_alphanumeric());
        // A way to another file of the writer's says nothing of the paper.
        let is_text = |(_, ending): (&str, &str)| MARKDOWN.has_extension(ending);
        if !is_web_address(url) && url.rsplit_once('.').is_some_and(is_text) {
            rest = trimmed(after);
            continue;
        }
        let other = metadata::as_key(label);
        let named = is_label(label) || PaperId::parse(label).is_some();
        let fits = named || is_known && other.is_some();
        is_known |= named;
        // A form may leave the address out.
        if url.is_empty() && named {
            rest = trimmed(after);
            continue;
        }
        if !fits || !is_web_address(url) {
            return None;
        }
        let key = if named { key(label) } else { other };
        found.push(Link { key, url: unwrap_redirector(url).into_owned() });
        rest = trimmed(after);
    }
    (!found.is_empty()).then_some(found)
}

/// A row of links without the signs between two of them.
fn trimmed(row: &str) -> &str {
    row.trim_start_matches(|c: char| c.is_whitespace() || ",|/·•;.]".contains(c))
}

/// Whether a line is the links of a form that nobody filled in: `[paper]() [code]()`.
pub(super) fn is_empty_form(line: &str) -> bool {
    let Some((labels, rest)) = line.trim().rsplit_once("]()") else { return false };
    trimmed(rest).is_empty()
        && labels.split("]()").all(|part| trimmed(part).strip_prefix('[').is_some_and(is_label))
}

/// Whether a line is nothing but ways to other files of the writer's: `[Home](../README.md) | [Next](b.md)`.
pub(super) fn is_way(line: &str) -> bool {
    let mut rest = line.trim();
    let is_some = rest.starts_with('[');
    while let Some((_, target)) = rest.strip_prefix('[').and_then(|rest| rest.split_once("](")) {
        let Some((_, after)) = target.split_once(')').filter(|(url, _)| !url.contains(':')) else {
            return false;
        };
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || ",|/·•;.»«<>←→".contains(c));
    }
    is_some && rest.is_empty()
}

fn is_label(label: &str) -> bool {
    let is_known =
        |name: &str| name.len() <= LONGEST_LABEL && LABELS.contains(&name.to_lowercase().as_str());
    is_known(label.trim()) || fields::named(label, &[]).is_some_and(Field::leads_to_paper)
}

/// What a label says of a link beside that it is the paper's.
fn key(label: &str) -> Option<String> {
    let field = fields::named(label, &[]).filter(|field| field.kind == Kind::Link);
    let name = field.map(|field| field.name).filter(|name| !["link", "doi"].contains(name));
    let beside = || {
        let folded = label.trim().to_lowercase();
        BESIDE.contains(&folded.as_str()).then(|| metadata::as_key(&folded)).flatten()
    };
    name.map(str::to_owned).or_else(beside)
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
fn in_sections(
    rest: &[Line<'_>],
    is_code: &[bool],
    keep: &mut [bool],
    found: &mut Vec<(usize, Vec<String>)>,
) {
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
fn at_end(
    rest: &[Line<'_>],
    is_code: &[bool],
    keep: &mut [bool],
    found: &mut Vec<(usize, Vec<String>)>,
) {
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

/// The links of the paper of a note that has none at its head: those alone on a line, whose line is cleared in `keep`, else
/// the one that the first paragraph names as the note is called. A text about something else may mention a paper.
pub(super) fn below(
    rest: &[Line<'_>],
    is_code: &[bool],
    keep: &mut [bool],
    names: &[&str],
    titled: bool,
) -> Vec<Link> {
    let papers = |links: &[Link]| {
        links.iter().filter_map(|link| PaperId::parse(&link.url)).collect::<Vec<_>>()
    };
    let alone = (0..rest.len()).filter(|&at| keep[at] && !is_code[at]);
    let alone = alone.filter_map(|at| Some((at, of_paper(rest[at].text)?)));
    let alone: Vec<_> = alone.filter(|(_, links)| !papers(links).is_empty()).collect();
    let mentioned = rest.iter().flat_map(|line| addresses(line.text)).filter_map(PaperId::parse);
    let own: FxHashSet<PaperId> = alone.iter().flat_map(|(_, links)| papers(links)).collect();
    let first = rest.iter().position(|line| !line.is_blank()).unwrap_or_default();
    let first = first + rest[first..].iter().take_while(|line| !line.is_blank()).count();
    let early = alone.first().is_some_and(|(at, _)| *at < first);
    if own.len() == 1 && (titled || early || mentioned.collect::<FxHashSet<_>>().len() == 1) {
        for (at, _) in &alone {
            keep[*at] = false;
        }
        return alone.into_iter().flat_map(|(_, links)| links).collect();
    }
    let only = only_paper(rest, names).filter(|_| own.is_empty());
    only.map(|url| Link { key: None, url }).into_iter().collect()
}

/// The address of the one arXiv paper that the first paragraph names, if it names exactly one, at its start or after most of
/// the words of the note's name or title.
fn only_paper(rest: &[Line<'_>], names: &[&str]) -> Option<String> {
    let paragraph =
        rest.iter().skip_while(|line| line.is_blank()).take_while(|line| !line.is_blank());
    let mut found: Option<(PaperId, String)> = None;
    let mut before = String::new();
    for line in paragraph {
        for url in addresses(line.text) {
            match (PaperId::parse(url), &found) {
                (Some(id @ PaperId::Arxiv(_)), None) => {
                    before.push_str(
                        &line.text[..url.as_ptr() as usize - line.text.as_ptr() as usize],
                    );
                    found = Some((id, url.to_owned()));
                }
                (Some(id @ PaperId::Arxiv(_)), Some((first, _))) if id != *first => return None,
                _ => {}
            }
        }
        if found.is_none() {
            before.extend([line.text, " "]);
        }
    }
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric()).map(title::folded).collect::<FxHashSet<_>>()
    };
    let said = words(&before);
    let is_called = |name: &&str| {
        let words: Vec<String> = words(name).into_iter().filter(|word| !word.is_empty()).collect();
        words.iter().filter(|word| said.contains(*word)).count() * 2 > words.len()
    };
    let last = before
        .split(|c: char| !c.is_alphanumeric())
        .rfind(|word| !word.is_empty())
        .map(title::folded);
    let begins =
        |name: &&str| name.split(|c: char| !c.is_alphanumeric()).next().map(title::folded) == last;
    let opens = before.trim_start_matches(['(', '[', '<', ' ']).is_empty();
    found
        .filter(|_| opens || names.iter().any(|name| is_called(name) || begins(name)))
        .map(|(_, url)| url)
}

/// The addresses in a line, each as far as its own characters go.
pub(super) fn addresses(line: &str) -> impl Iterator<Item = &str> {
    let bytes = line.as_bytes();
    let colons = memchr::memchr_iter(b':', bytes).filter(|at| bytes[*at..].starts_with(b"://"));
    colons.filter_map(|at| {
        let scheme = line[..at].strip_suffix(['s', 'S']).unwrap_or(&line[..at]);
        let rest = &line[scheme.strip_suffix("http")?.len()..];
        let end = rest
            .find(|c: char| !c.is_ascii_graphic() || "()[]<>\"'`".contains(c))
            .unwrap_or(rest.len());
        let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
        is_web_address(url).then_some(url)
    })
}

//! Where in an entry's text something odd stands: addresses of the metadata, and tags of the last paragraph.

use std::ops::Range;

use super::{Aliases, Fix};
use crate::diagnostic::Code;
use crate::model::id::{is_web_address, unwrap_redirector};
use crate::model::{Entry, PaperId, Tag};

/// Everything odd in the text under one heading, in order.
pub(super) fn of(text: &str, range: Range<usize>, entry: &Entry, aliases: &Aliases) -> Vec<Fix> {
    let mut fixes = links(text, range.clone(), entry);
    fixes.extend(tags(text, range, entry, aliases));
    fixes
}

/// Whether a text may hold an address that a redirector wraps.
pub(super) fn may_wrap(text: &str) -> bool {
    text.contains("http%3A") || text.contains("https%3A")
}

/// The address of the abstract's page, where an address is arXiv's but another one: a PDF, a mirror, without encryption.
pub(super) fn better(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    let ours = matches!(host, "arxiv.org" | "www.arxiv.org" | "export.arxiv.org");
    let shape = path.starts_with("abs/") || path.starts_with("pdf/");
    if !ours || !shape || path.contains(['?', '#', '%']) {
        return None;
    }
    let id = PaperId::parse(url)?;
    let better = format!("{}{}", id.url(), version(path));
    (better != url && PaperId::parse(&better).as_ref() == Some(&id)).then_some(better)
}

/// `v2` at the end of a path.
fn version(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix(".pdf").unwrap_or(path);
    let digits = path.len() - path.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let at = path.len() - digits;
    if digits > 0 && path[..at].ends_with('v') { &path[at - 1..] } else { "" }
}

/// Addresses of the first paragraph that the entry has as its links.
fn links(text: &str, range: Range<usize>, entry: &Entry) -> Vec<Fix> {
    let lines = lines(text, range).skip_while(|line| text[line.clone()].trim().is_empty());
    let paragraph = lines.take_while(|line| !text[line.clone()].trim().is_empty());
    paragraph
        .flat_map(|line| words(text, line))
        .filter_map(|word| link(text, word, entry))
        .collect()
}

fn link(text: &str, word: Range<usize>, entry: &Entry) -> Option<Fix> {
    let written = &text[word.clone()];
    let bare = written.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(written);
    let start = word.start + usize::from(bare.len() < written.len());
    if !is_web_address(bare) {
        return None;
    }
    let unwrapped = unwrap_redirector(bare);
    if !entry.links.iter().any(|link| link.key.is_none() && link.url == unwrapped) {
        return None;
    }
    let (with, message) = match better(&unwrapped) {
        Some(better) => (better, "this address is arXiv's, but not the one of the abstract's page"),
        None if unwrapped != bare => {
            (unwrapped.into_owned(), "this address leads through somebody who counts")
        }
        None => return None,
    };
    let span = start..start + bare.len();
    Some(Fix { span, with, code: Code::OddAddress, message: message.to_owned() })
}

/// Aliases among the tags at the end.
fn tags(text: &str, range: Range<usize>, entry: &Entry, aliases: &Aliases) -> Vec<Fix> {
    let all: Vec<Range<usize>> = lines(text, range).collect();
    let last: Vec<&Range<usize>> = all
        .iter()
        .rev()
        .skip_while(|line| text[(*line).clone()].trim().is_empty())
        .take_while(|line| Tag::parse_line(&text[(*line).clone()]).is_some())
        .collect();
    let mut seen: Vec<Tag> = Vec::new();
    let mut fixes = Vec::new();
    for word in last.into_iter().rev().flat_map(|line| words(text, line.clone())) {
        let Some(tag) = Tag::parse(&text[word.clone()]) else { continue };
        let meant = aliases.meant(&tag);
        if *meant != tag {
            let message = format!("#{tag} is an alias of #{meant}");
            let repeated = seen.contains(meant) || entry.tags.contains(meant);
            let (span, with) = if repeated {
                (with_space(text, word), String::new())
            } else {
                (word, format!("#{meant}"))
            };
            fixes.push(Fix { span, with, code: Code::AliasTag, message });
        }
        seen.push(meant.clone());
    }
    fixes
}

/// A word and a space beside it, so that none is left over.
fn with_space(text: &str, word: Range<usize>) -> Range<usize> {
    match (text[..word.start].ends_with(' '), text[word.end..].starts_with(' ')) {
        (true, _) => word.start - 1..word.end,
        (false, true) => word.start..word.end + 1,
        (false, false) => word,
    }
}

/// Lines of a range, without their ends.
fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = range.start;
    text[range].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        start..start + line.trim_end_matches(['\n', '\r']).len()
    })
}

/// Words of a line.
fn words(text: &str, line: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let start = text.as_ptr() as usize;
    text[line].split_whitespace().map(move |word| {
        let at = word.as_ptr() as usize - start;
        at..at + word.len()
    })
}

//! Tells a note from a digest, which may have a date for a name as well.

use crate::digest::PaperId;
use crate::reader::format::Sample;
use crate::reader::front_matter::{self, Front};

/// `250310 Title`, unless the text has the form of a digest; or an address first, and not only addresses.
pub(super) fn is_note(sample: &Sample<'_>) -> bool {
    let text = sample.text;
    if is_note_name(sample.stem) {
        let front = front_matter::read(text);
        let native = sample.has_front_matter() && !is_of_vault(text, &front);
        return !native && !has_entries(&text[front.body..]);
    }
    let first = sample.first_line();
    let address = first.starts_with("https://") || first.starts_with("http://");
    let alone = address && !first.contains(char::is_whitespace);
    alone && !is_list_of_addresses(text)
}

/// Whether a text is addresses of several papers and nothing else: no note is about more than one.
fn is_list_of_addresses(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let ids: Option<Vec<_>> = lines.map(PaperId::parse).collect();
    ids.is_some_and(|ids| ids.windows(2).any(|pair| pair[0] != pair[1]))
}

/// Whether a text has the form of a digest and not of a note, which may have a date for a name as well: it begins with
/// a paper under a heading, or has several.
fn has_entries(body: &str) -> bool {
    let lines: Vec<&str> = body.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let papers = lines.windows(2).enumerate().filter(|(_, pair)| pair[0].starts_with("## ") && names_paper(pair[1]));
    let at: Vec<usize> = papers.map(|(at, _)| at).take(2).collect();
    at.len() > 1 || at.first() == Some(&0)
}

/// Whether front matter is the properties of a note: they hold keys that no digest has, or a link or a title follows.
fn is_of_vault(text: &str, front: &Front) -> bool {
    let first = text[front.body..].lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    text.starts_with("---") && (!front.others.is_empty() || first.starts_with("http") || first.starts_with('*'))
}

/// A paragraph of metadata: authors, or the id of a paper.
fn names_paper(line: &str) -> bool {
    line.starts_with('(') && line.ends_with(')') || PaperId::parse(line).is_some()
}

/// `250310 Title`, `250310`
pub(in crate::reader) fn is_note_name(stem: &str) -> bool {
    let digits = stem.bytes().take_while(u8::is_ascii_digit).count();
    let number = |range: std::ops::Range<usize>| stem.get(range).and_then(|part| part.parse().ok()).unwrap_or(0_u8);
    digits == 6
        && stem[6..].chars().next().is_none_or(char::is_whitespace)
        && (1..=12).contains(&number(2..4))
        && (1..=31).contains(&number(4..6))
}

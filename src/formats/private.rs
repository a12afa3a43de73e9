//! Lines of a text that keep it back: `private:: true` of Dataview and Logseq, `Publish: No` below a title of Notion's, and
//! front matter that stands where it is none. What says so of one entry keeps that one back, all else the whole text.

use std::ops::Range;

use super::front_matter::{body, held};
use super::hidden::Fenced;
use super::text::{has, heading, lines};
use super::{Hints, Reading};
use crate::model::{Digest, Meta, Prose};

/// Folders of other programs whose texts nobody is to see, and whether they are drafts.
const FOLDERS: &[(&str, bool)] = &[("_drafts", true), ("logseq/bak", false)];

/// Notes in what was read of a text which of it is to be held back.
pub(super) fn look(reading: &mut Reading, text: &str, hints: &Hints<'_>) {
    let folder = format!("/{}/", hints.folder.to_lowercase());
    for (_, is_draft) in FOLDERS.iter().filter(|(name, _)| folder.contains(&format!("/{name}/"))) {
        keep_back(reading, &said(*is_draft));
    }
    let mut places = places(text, body(text));
    if !reading.hidden.is_empty() {
        // A fence that a comment hides opens no code: what is shown decides as well, so that the stricter of both holds.
        places.extend(shown_places(reading));
        places.sort_by_key(|(at, _)| *at);
    }
    let Some((first, _)) = places.first() else { return };
    let entries = reading.digests.iter().flat_map(|digest| &digest.entries);
    let mut starts: Vec<usize> = entries.map(|entry| entry.span.start).collect();
    starts.sort_unstable();
    if starts.len() < 2 || *first < starts[0] {
        let publish = places.iter().find_map(|(_, said)| said.publish);
        let draft = places.iter().any(|(_, said)| said.draft);
        return keep_back(reading, &Meta { draft, publish, ..Meta::default() });
    }
    if reading.digests.iter().all(|digest| digest.meta.publish == Some(false)) {
        return;
    }
    let says = |range: Range<usize>| {
        let next = places.partition_point(|(at, _)| *at < range.start);
        places.get(next).is_some_and(|(at, _)| range.contains(at))
    };
    let end = |start: usize| starts.get(starts.partition_point(|other| *other <= start)).copied();
    let mut kept_back = Vec::new();
    for digest in &mut reading.digests {
        let mine = std::mem::take(&mut digest.entries);
        let (held, others) = mine
            .into_iter()
            .partition(|entry| says(entry.span.start..end(entry.span.start).unwrap_or(text.len())));
        digest.entries = others;
        kept_back.extend::<Vec<_>>(held);
    }
    reading.digests.push(Digest { meta: said(false), entries: kept_back, ..Digest::default() });
}

fn said(is_draft: bool) -> Meta {
    Meta { draft: is_draft, publish: (!is_draft).then_some(false), ..Meta::default() }
}

fn keep_back(reading: &mut Reading, said: &Meta) {
    let pages = reading.page.iter_mut().map(|page| &mut page.meta);
    for meta in reading.digests.iter_mut().map(|digest| &mut digest.meta).chain(pages) {
        meta.draft |= said.draft;
        meta.publish = said.publish.or(meta.publish);
    }
}

/// The places that the texts which were read say, by where they stood in the file.
fn shown_places(reading: &mut Reading) -> Vec<(usize, Meta)> {
    let prose = super::texts(&mut reading.digests, &mut reading.page);
    let places = prose.flat_map(|prose| {
        places(&prose.text, 0)
            .into_iter()
            .map(|(at, said)| (prose.source_span(at..at + 1).map_or(0, |span| span.start), said))
            .collect::<Vec<_>>()
    });
    places.collect()
}

/// Where lines of a text outside code keep it back, and how, from a place on.
fn places(text: &str, start: usize) -> Vec<(usize, Meta)> {
    let all = lines(text, start..text.len());
    if all.clone().all(|line| properties(line.text).is_empty()) {
        return Vec::new();
    }
    let mut fence = Fenced::default();
    let all = all.filter(|line| !fence.take(line.text));
    let all = all.flat_map(|line| {
        properties(line.text).into_iter().map(move |(at, said)| (line.start + at, said))
    });
    all.collect()
}

/// Whether a fact would be taken for a property that keeps its text back.
pub(super) fn keeps_back(name: &str, value: &str) -> bool {
    held::answer(name, value).is_some()
}

/// Keeps what a text says from being read as such a line: only what its writer meant so is one.
pub(super) fn settle(prose: &mut Prose) {
    let mut places: Vec<usize> = places(&prose.text, 0).into_iter().map(|(at, _)| at).collect();
    places.sort_unstable();
    places.dedup();
    super::normalize::insert(prose, &places, "\\");
}

/// What a line says of being published, where that keeps its text back, with the places of the signs behind the names: a
/// property alone on its line, or those of Dataview within it.
fn properties(line: &str) -> Vec<(usize, Meta)> {
    let sign = memchr::memchr2(b':', b'=', line.as_bytes()).filter(|_| heading(line).is_none());
    let Some(sign) = sign else { return Vec::new() };
    let (name, value) = (&line[..sign], &line[sign + 1..]);
    // Most signs stand in sentences and addresses.
    if !may_answer(value) && !has(&line[sign..], "::") {
        return Vec::new();
    }
    let alone = (!name.contains('`') && !name.ends_with('\\'))
        .then(|| (sign, bare(name), bare(value.split(" #").next().unwrap_or(value))));
    let mut start = 0;
    let outside_code = line.split('`').enumerate().filter_map(|(index, piece)| {
        let from = start;
        start += piece.len() + 1;
        (index % 2 == 0).then_some((from, piece))
    });
    let within = outside_code.flat_map(|(from, piece)| {
        piece.match_indices("::").map(move |(at, colons)| {
            let (name, value) = (piece[..at].trim_end(), piece[at + colons.len()..].trim_start());
            let name = &name[name.trim_end_matches(is_of_word).len()..];
            (from + at, name, &value[..value.len() - value.trim_start_matches(is_of_word).len()])
        })
    });
    let all = alone.into_iter().chain(within);
    all.filter_map(|(at, name, value)| Some((at, held::answer(name, value)?))).collect()
}

/// Whether the first word of a value may be an answer.
fn may_answer(value: &str) -> bool {
    let value = value.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = &value[..value.len() - value.trim_start_matches(char::is_alphanumeric).len()];
    held::word(word).is_some()
}

fn bare(text: &str) -> &str {
    str::trim_matches(text, |c: char| !c.is_alphanumeric())
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

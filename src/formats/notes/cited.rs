//! The paper of a note as a block of BibTeX in the note, or a reference at its head, has it: its address, and where it appeared.

use super::above::unquoted;
use super::label::label;
use super::name;
use super::title::folded;
use crate::formats::fields::{self, Field};
use crate::formats::text::{Fence, Line, behind_bullet, heading, is_quote};
use crate::formats::{Hints, bibtex, list, metadata};
use crate::model::Entry;

/// A reference to the paper stands among so many lines at the start, blank ones not counted.
const REFERENCES: usize = 4;

/// The record in a block of BibTeX, or the reference near the start or in a list, that has this title, but for signs that names of files cannot hold.
pub(super) fn record(all: &[Line<'_>], hints: &Hints<'_>, title: &str) -> Option<Entry> {
    let title = folded(title);
    if title.is_empty() {
        return None;
    }
    let is_it = |record: &Entry| folded(&record.title) == title && !is_of_web(record);
    bibtex_in(all)
        .and_then(|text| {
            let read = (bibtex::FORMAT.read)(&text, hints);
            read.digests.into_iter().flat_map(|digest| digest.entries).find(is_it)
        })
        .or_else(|| {
            let shown = all.iter().filter(|line| !line.is_blank() && heading(line.text).is_none());
            let texts =
                shown.map(|line| unquoted(line.text)).filter(|text| !text.starts_with("[!"));
            // Further below an item of a list may be one. Comparing costs little, and parting a reference much.
            let near = texts
                .enumerate()
                .filter(|(at, text)| *at < REFERENCES || behind_bullet(text).is_some());
            let with_title = near.filter(|(_, text)| {
                (text.len() >= title.len() || !text.is_ascii()) && folded(text).contains(&title)
            });
            with_title.filter_map(|(_, text)| list::reference(text)).find(is_it)
        })
}

/// Whether a record is that of the page it stands on, as blogs ask to be cited: it leads to no paper, and appeared nowhere but on
/// a host.
fn is_of_web(record: &Entry) -> bool {
    let is_host = |venue: &str| venue.contains('.') && !venue.contains(' ');
    let leads = record.links.iter().any(|link| list::is_paper(&link.url));
    let is_linked = !record.links.is_empty();
    !leads && record.field("venue").map_or(is_linked, is_host)
}

/// The code of a text, if BibTeX is among it. Most texts have none, and all are asked.
fn bibtex_in(all: &[Line<'_>]) -> Option<String> {
    if !all.iter().any(|line| begins_record(line.text)) {
        return None;
    }
    let mut fence = Fence::default();
    // It may stand in no code, up to a blank line.
    let mut is_record = false;
    let inside = all.iter().filter(|line| {
        is_record = !line.is_blank() && (is_record || begins_record(line.text));
        let is_fence = line.text.trim_start().starts_with(['`', '~']);
        (fence.take(line.text) || is_record) && !is_fence
    });
    let text: String = inside.flat_map(|line| [line.text, "\n"]).collect();
    text.lines().any(begins_record).then_some(text)
}

/// A reference right below the title, whatever title it gives the paper, and what it says of the paper; and its line.
pub(super) fn below(lines: &[Line<'_>]) -> Option<(usize, Entry)> {
    let at = lines.iter().position(|line| !line.is_blank())?;
    let ends = lines.get(at + 1).is_none_or(|next| next.is_blank() || label(next.text).is_some());
    let text = lines[at].text.trim();
    let value =
        label(text).filter(|label| fields::named(label.name, &[]).is_some_and(Field::is_paper));
    let entry =
        list::reference(value.as_ref().map_or(text, |label| label.value)).filter(|_| ends)?;
    let says = value.is_some()
        || text.contains(['"', '“'])
        || !entry.links.is_empty()
        || entry.fields.iter().any(|(key, _)| key == "venue" || key == "year");
    (!entry.authors.is_empty() && says).then_some((at, entry))
}

fn begins_record(line: &str) -> bool {
    line.trim_start().starts_with('@') && line.contains('{')
}

/// The reference that a callout near the start is: the paper of a note that is called by its key alone.
fn first(all: &[Line<'_>]) -> Option<Entry> {
    let shown = all.iter().filter(|line| !line.is_blank()).take(REFERENCES);
    let quoted = shown.filter(|line| is_quote(line.text)).map(|line| unquoted(line.text));
    quoted.filter_map(list::reference).find(|record| !record.authors.is_empty())
}

/// Gives the entry what a record of its own title says and the note does not; the block stays where it is.
pub(super) fn read(all: &[Line<'_>], hints: &Hints<'_>, entry: &mut Entry) {
    // Names of files cannot hold every sign of a title.
    let is_of_file = entry.title == name::title(hints) && entry.title_markup.is_none();
    let is_key = is_of_file && name::is_key(name::own(hints));
    let found = if is_key { first(all) } else { record(all, hints, &entry.title) };
    let Some(record) = found else { return };
    if is_key || is_of_file && record.title.contains([':', '?', '/', '"', '*', '|', '<', '>']) {
        (entry.title, entry.title_markup) = (record.title, record.title_markup);
    }
    let unlinked = entry.ids().is_empty();
    entry.links.extend(record.links.into_iter().filter(|_| unlinked));
    if entry.authors.is_empty() && entry.org.is_none() {
        entry.authors = record.authors;
    }
    for (key, value) in record.fields {
        if matches!(key.as_str(), "doi" | "venue" | "year") && entry.field(&key).is_none() {
            metadata::add_field(entry, &key, &value);
        }
    }
}

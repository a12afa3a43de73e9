//! The paper of a note as a block of BibTeX in the note has it: its address, and where it appeared.

use super::title::folded;
use crate::formats::text::{Fence, Line};
use crate::formats::{Hints, bibtex, metadata};
use crate::model::Entry;

/// Gives the entry what a record of its own title says and the note does not; the block stays where it is.
pub(super) fn read(all: &[Line<'_>], hints: &Hints<'_>, entry: &mut Entry) {
    let mut fence = Fence::default();
    let inside = all
        .iter()
        .filter(|line| fence.take(line.text) && !line.text.trim_start().starts_with(['`', '~']));
    let record: String = inside.flat_map(|line| [line.text, "\n"]).collect();
    if !record.lines().any(|line| line.trim_start().starts_with('@') && line.contains('{')) {
        return;
    }
    let title = folded(&entry.title);
    let read = (bibtex::FORMAT.read)(&record, hints);
    let mut records = read.digests.into_iter().flat_map(|digest| digest.entries);
    let Some(record) = records.find(|record| folded(&record.title) == title && !title.is_empty())
    else {
        return;
    };
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

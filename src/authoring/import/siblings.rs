//! Texts that name no paper among notes that do: in a folder that is for notes each is one, called after its paper.

use std::collections::BTreeMap;

use super::gather::{self, Read};
use super::{Outcome, Request};
use crate::diagnostic::{Code, Finding};
use crate::formats::{self, NOTES, Reading};

/// So many notes make a folder one for notes, where at least two of three texts in it are.
const FEW: usize = 4;

/// Takes them for notes, and says so once.
pub(super) fn take(all: &mut [Read], request: &Request, outcome: &mut Outcome) -> Option<Finding> {
    let mut folders: BTreeMap<String, (usize, Vec<usize>)> = BTreeMap::new();
    for (at, read) in all.iter().enumerate() {
        let (notes, others) = folders.entry(shelf(read)).or_default();
        if read.format == NOTES && !read.reading.digests.is_empty() {
            *notes += 1;
        } else if read.reading.page.as_ref().is_some_and(|page| page.date.is_none()) {
            others.push(at);
        }
    }
    let is_for_notes =
        |(notes, others): &(usize, Vec<usize>)| *notes >= FEW && others.len() * 2 <= *notes;
    let among = folders.into_values().filter(is_for_notes).flat_map(|(_, others)| others);
    let mut taken = Vec::new();
    for at in among {
        let read = &mut all[at];
        let is_index = read.stem.starts_with('_')
            || formats::own_name(&read.stem, "index") != read.stem && read.place.1.is_empty();
        if is_index || !formats::is_titled(&read.text.text) {
            continue;
        }
        let Some(digest) = gather::as_note(read, request) else { continue };
        let entries = digest.entries.len();
        read.reading = Reading { digests: vec![digest], ..Reading::default() };
        read.format = NOTES;
        read.show();
        if let Some(source) =
            outcome.sources.iter_mut().find(|source| source.path == read.text.path)
        {
            (source.format, source.digests, source.entries) = (Some(NOTES), 1, entries);
        }
        taken.push(read.text.path.clone());
    }
    let first = taken.first()?;
    let message = format!(
        "{} × a text that names no paper stands among notes that do, so it is a note on the paper that its title names, such as {first}",
        taken.len()
    );
    let help = "put texts that are about no paper into a folder of their own";
    Some(Finding::new(Code::NoId, message).help(help))
}

/// What a text stands in: its folder, or that of its folder where each note has one.
fn shelf(read: &Read) -> String {
    let folder = read.place.1.as_str();
    if formats::own_name(&read.stem, folder) == read.stem {
        return folder.to_owned();
    }
    let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
    format!("{above}/*")
}

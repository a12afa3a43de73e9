//! Texts that name no paper among notes that do: in a folder that is for notes each is one, called after its paper.

use std::collections::BTreeMap;

use super::gather::{self, Read};
use super::{Outcome, Request};
use crate::diagnostic::{Code, Finding};
use crate::formats::{self, NOTES, Reading};

/// So many notes make a folder one for notes, where at least two of three texts in it are.
const FEW: usize = 4;

/// What stands in a folder: how many notes, which texts beside them, and how many that are called as files of papers are.
#[derive(Default)]
struct Folder {
    notes: usize,
    others: Vec<usize>,
    filed: usize,
}

/// Takes them for notes, and says so once.
pub(super) fn take(all: &mut [Read], request: &Request, outcome: &mut Outcome) -> Option<Finding> {
    let mut folders: BTreeMap<String, Folder> = BTreeMap::new();
    for (at, read) in all.iter().enumerate() {
        let Folder { notes, others, filed } = folders.entry(shelf(read)).or_default();
        *filed += formats::filed(&read.stem).unwrap_or_default();
        if read.format == NOTES && !read.reading.digests.is_empty() {
            *notes += 1;
        } else if read.reading.page.as_ref().is_some_and(|page| page.date.is_none()) {
            others.push(at);
        }
    }
    let among = folders.into_values().flat_map(|folder| {
        let is_for_notes = folder.notes >= FEW && folder.others.len() * 2 <= folder.notes;
        let is_of_files = folder.filed >= formats::FILED;
        folder.others.into_iter().map(move |at| (at, is_for_notes, is_of_files))
    });
    let mut taken = Vec::new();
    for (at, is_for_notes, is_of_files) in among {
        let read = &mut all[at];
        let is_filed = formats::filed(&read.stem).is_some();
        let is_index = read.stem.starts_with('_')
            || formats::own_name(&read.stem, "index") != read.stem && read.place.1.is_empty();
        let is_titled = is_for_notes && (is_filed || formats::is_titled(&read.text.text));
        if is_index || !(is_titled || is_of_files && is_filed) {
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

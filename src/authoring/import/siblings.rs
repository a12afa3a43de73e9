//! Texts that name no paper among notes that do: in a folder that is for notes each is one, called after its paper.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::gather::{self, Read};
use super::{Outcome, Request};
use crate::diagnostic::{Code, Finding};
use crate::formats::{self, NOTES, Reading};

/// So many notes make a folder one for notes, where at least two of three texts in it are, or look as these do.
const FEW: usize = 4;
/// A section that one of so many notes has is one that notes have.
const COMMON: usize = 4;

/// What texts are called, beside a number, that show what notes are like.
const SAMPLES: &[&str] =
    &["sample", "example", "test", "format", "untitled", "예시", "例", "サンプル", "样例"];

/// What stands in a folder: the notes, which texts beside them, and how many that are called as files of papers are.
#[derive(Default)]
struct Folder {
    notes: Vec<usize>,
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
            notes.push(at);
        } else if read.reading.page.as_ref().is_some_and(|page| page.date.is_none()) {
            others.push(at);
        }
    }
    let every: Vec<usize> = folders.values().flat_map(|folder| &folder.notes).copied().collect();
    let every = Sections::of(all, &every);
    let among = folders.values().flat_map(|folder| folder.notes_among(all, &every));
    let chosen: Vec<usize> = among.collect();
    let mut taken = Vec::new();
    for at in chosen {
        let read = &mut all[at];
        let Some(digest) = gather::as_note(read, request) else { continue };
        let entries = digest.entries.len();
        read.reading = Reading { digests: vec![digest], ..Reading::default() };
        (read.format, read.is_among_notes) = (NOTES, true);
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

impl Folder {
    /// Which of the texts beside the notes are notes as well. Where there are fewer notes than tell what sections such have, all of
    /// the import tell it, and two of these are needed.
    fn notes_among(&self, all: &[Read], every: &Sections) -> Vec<usize> {
        if self.others.is_empty() {
            return Vec::new();
        }
        let others = || self.others.iter().copied().filter(|at| !is_aside(&all[*at]));
        let are_few = self.notes.len() < FEW;
        let own = (!are_few).then(|| Sections::of(all, &self.notes));
        let (sections, least) = own.as_ref().map_or((every, 2), |own| (own, 1));
        // In a vault what looks like a note may be anybody's.
        let may_be = !self.notes.is_empty() && !is_in_vault(&all[self.others[0]].place.0);
        let is_alike = |at: &usize| may_be && sections.count_in(&all[*at]) >= least;
        let alike: BTreeSet<usize> = others().filter(is_alike).collect();
        let (notes, left) = (self.notes.len() + alike.len(), self.others.len() - alike.len());
        let is_for_notes = left * 2 <= notes;
        let is_of_files = self.filed >= formats::FILED;
        let is_note = |at: &usize| {
            let read = &all[*at];
            let is_filed = formats::filed(&read.stem).is_some();
            let is_titled = !are_few && (is_filed || formats::is_titled(&read.text.text));
            is_for_notes && (is_titled || alike.contains(at)) || is_of_files && is_filed
        };
        others().filter(is_note).collect()
    }
}

/// What the sections of many of some notes are called.
struct Sections(BTreeSet<String>);

impl Sections {
    fn of(all: &[Read], notes: &[usize]) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let are_enough = notes.len() >= FEW;
        for note in notes.iter().filter(|_| are_enough) {
            for name in formats::section_names(&all[*note].text.text) {
                *counts.entry(name).or_default() += 1;
            }
        }
        counts.retain(|_, count| *count > 1 && *count * COMMON >= notes.len());
        Self(counts.into_keys().collect())
    }

    /// How many of them a text has.
    fn count_in(&self, read: &Read) -> usize {
        formats::section_names(&read.text.text).intersection(&self.0).count()
    }
}

/// Whether a text is the page of its folder, or only shows what notes are like.
fn is_aside(read: &Read) -> bool {
    let name = read.stem.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    SAMPLES.contains(&name.as_str())
        || read.stem.starts_with('_')
        || formats::own_name(&read.stem, "index") != read.stem && read.place.1.is_empty()
}

/// Whether a file is in a vault of Obsidian or a graph of Logseq.
fn is_in_vault(path: &Path) -> bool {
    path.ancestors().skip(1).any(|folder| {
        !folder.as_os_str().is_empty()
            && (folder.join(".obsidian").is_dir() || folder.join("logseq").is_dir())
    })
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

//! What links can mean that name a text: by its file, wherever that lies, by a title or by another name it has.

use rustc_hash::FxHashMap;

use super::facts::fold;
use super::{EntryIndex, Site};

/// A text that a link names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meant {
    /// A note, or an entry by its title.
    Entry(EntryIndex),
    /// A digest of several entries, by number.
    Digest(usize),
    /// A plain page, by number.
    Page(usize),
}

/// Texts by name. All names are folded.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// By the name of a file without its folder: its whole path, each without extension.
    files: FxHashMap<String, Vec<(String, Meant)>>,
    /// By a title or another name; what comes first stays.
    others: FxHashMap<String, Meant>,
}

impl Names {
    pub(super) fn of(site: &Site) -> Self {
        let mut names = Self::default();
        let mut next = 0;
        for (index, digest) in site.digests.iter().enumerate() {
            let is_note = digest.facts.len() == 1 && digest.facts[0].note.is_some();
            names.file(
                &digest.source.path,
                if is_note { Meant::Entry(next) } else { Meant::Digest(index) },
            );
            next += digest.facts.len() as u32;
        }
        for (index, page) in site.pages.iter().enumerate() {
            names.file(&page.source.path, Meant::Page(index));
        }
        for entry in site.entries() {
            if let Some(note) = &site.facts(entry).note {
                names.other(note.text().to_owned(), Meant::Entry(entry));
            }
        }
        for entry in site.entries() {
            names.other(site.facts(entry).title.text().to_owned(), Meant::Entry(entry));
        }
        for entry in site.entries() {
            let facts = site.facts(entry);
            facts
                .aliases
                .iter()
                .for_each(|alias| names.other(alias.text().to_owned(), Meant::Entry(entry)));
        }
        for (index, page) in site.pages.iter().enumerate() {
            let meta = &page.page.meta;
            let titles = meta.title.texts.iter().map(|(_, title)| title);
            let all = titles.chain(&meta.aliases).chain([&page.address]);
            all.for_each(|name| names.other(fold(name.trim_matches('/')), Meant::Page(index)));
        }
        names
    }

    fn file(&mut self, path: &str, meant: Meant) {
        let path = fold(without_extension(path));
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        self.files.entry(name).or_default().push((path, meant));
    }

    fn other(&mut self, name: String, meant: Meant) {
        if !name.is_empty() {
            self.others.entry(name).or_insert(meant);
        }
    }

    /// What a name means to a text in a folder: a file of this name, or with this end of its path; the one in the folder,
    /// else the one with the shortest path. Else what is called so.
    pub(super) fn find(&self, name: &str, folder: &str) -> Option<Meant> {
        let name = fold(without_extension(clean(&name.replace('\\', "/"))));
        let file = name.rsplit('/').next().unwrap_or_default();
        let folder = fold(folder);
        let order = |path: &str| {
            (path.strip_suffix(file) != Some(&folder), path.matches('/').count(), path.len())
        };
        let files = self.files.get(file).into_iter().flatten().filter(|(path, _)| {
            path.strip_suffix(&name)
                .is_some_and(|before| before.is_empty() || before.ends_with('/'))
        });
        let nearest = files.min_by_key(|(path, _)| order(path)).map(|(_, meant)| *meant);
        nearest.or_else(|| self.others.get(&name).copied())
    }

    /// The text in the file at a path.
    pub(super) fn at(&self, path: &str) -> Option<Meant> {
        let path = fold(without_extension(path));
        let files = self.files.get(path.rsplit('/').next().unwrap_or_default())?;
        files.iter().find(|(known, _)| *known == path).map(|(_, meant)| *meant)
    }
}

/// A path without the steps that lead to where it is looked for anyway.
fn clean(mut path: &str) -> &str {
    while let Some(rest) = ["./", "../", "/"].into_iter().find_map(|step| path.strip_prefix(step)) {
        path = rest;
    }
    path
}

fn without_extension(path: &str) -> &str {
    path.rsplit_once('.').filter(|(_, end)| is_text_ending(end)).map_or(path, |(stem, _)| stem)
}

fn is_text_ending(end: &str) -> bool {
    ["md", "markdown", "txt"].iter().any(|kind| end.eq_ignore_ascii_case(kind))
}

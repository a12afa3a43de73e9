//! What of a vault is read, and what is not, as globs for config.toml.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::super::paths::{escaped, is_number};
use super::{Text, What};

/// Images, which go with notes that are chosen by their names.
const IMAGES: &str = "**/*.{avif,gif,jpeg,jpg,png,svg,webp}";
/// Notes whose names begin with a date.
const DATED: &str = "**/[0-9][0-9][0-9][0-9][0-9][0-9]*.md";
/// How many notes stand beside each other text where all of the folder is read.
const MANY: usize = 20;

/// Globs of what is not to be read of a folder.
pub(super) fn excluded(folder: &Utf8Path, texts: &[Text], others: &[Utf8PathBuf]) -> Vec<String> {
    let texts = texts.iter().filter(|text| text.is_left(folder)).map(|text| &text.path);
    let below = others.iter().chain(texts).filter_map(|path| path.strip_prefix(folder).ok());
    below.map(glob).collect()
}

/// Globs of what is to be read of a vault, none for all of it, and of what is not. What has no title of its own is no note:
/// nobody meant a shopping list beside notes to be public.
pub(super) fn of_vault<'a>(
    top: &Utf8Path,
    texts: impl Iterator<Item = &'a Text> + Clone,
) -> (Vec<String>, Vec<String>) {
    let (notes, others): (Vec<_>, Vec<_>) = texts.clone().partition(|text| text.is(What::Note));
    if others.len() * MANY > notes.len() {
        return of_notes(top, texts);
    }
    let untitled = others.iter().filter(|text| text.is(What::Other));
    let below = untitled.filter_map(|text| text.path.strip_prefix(top).ok());
    (Vec::new(), below.map(glob).collect())
}

/// Globs where the folder holds other texts as well: the notes with dates for names,
/// else what folders hold that are mostly for notes, and elsewhere each note; and pictures.
fn of_notes<'a>(
    top: &Utf8Path,
    texts: impl Iterator<Item = &'a Text>,
) -> (Vec<String>, Vec<String>) {
    let mut folders: BTreeMap<&Utf8Path, Vec<(&Utf8Path, What)>> = BTreeMap::new();
    let (mut count, mut dated) = (0, 0);
    for text in texts {
        let Ok(path) = text.path.strip_prefix(top) else { continue };
        folders.entry(path.parent().unwrap_or(path)).or_default().push((path, text.what));
        if text.is(What::Note) {
            count += 1;
            dated += usize::from(is_number(path.file_stem().unwrap_or_default(), 6));
        }
    }
    let (mut include, mut exclude) = (Vec::new(), Vec::new());
    if dated * 10 >= count * 9 {
        include.push(DATED.to_owned());
        folders.clear();
    }
    for (folder, texts) in folders {
        let (notes, others): (Vec<_>, Vec<_>) =
            texts.into_iter().partition(|(_, what)| *what == What::Note);
        if notes.len() <= others.len() {
            include.extend(notes.into_iter().map(|(path, _)| glob(path)));
            continue;
        }
        include.push(notes_in(folder));
        // Few texts beside notes that have titles are notes as well; others, and many, are something else.
        let are_many = others.len() * 2 > notes.len();
        let left = others.into_iter().filter(|(_, what)| are_many || *what != What::Titled);
        exclude.extend(left.map(|(path, _)| glob(path)));
    }
    include.push(IMAGES.to_owned());
    (include, exclude)
}

/// A glob of one file.
fn glob(path: &Utf8Path) -> String {
    escaped(&path.as_str().replace('\\', "/"))
}

fn notes_in(folder: &Utf8Path) -> String {
    if folder.as_str().is_empty() { "*.md".to_owned() } else { format!("{folder}/*.md") }
}

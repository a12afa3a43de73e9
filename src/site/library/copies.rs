//! Copies that programs leave beside a text: the same words would be published twice.

use rustc_hash::FxHashMap;

use super::CachedFile;
use crate::content::source::CopyName;
use crate::diagnostic::{Code, Finding};
use crate::prose::{self, Target};

/// Marks files that are copies of others, and says so. One is left out only where its original is there and says
/// nearly the same; nothing is lost that stands nowhere else.
pub(super) fn mark(files: &mut [CachedFile]) {
    let mut found: Vec<(usize, Option<(Finding, bool)>)> = Vec::new();
    {
        let mut stems: FxHashMap<(usize, &str), usize> = FxHashMap::default();
        if files.iter().any(|kept| !kept.copy_names.is_empty()) {
            stems.extend(
                files
                    .iter()
                    .enumerate()
                    .map(|(index, kept)| ((kept.file.origin, &*kept.file.stem), index)),
            );
        }
        for (index, kept) in
            files.iter().enumerate().filter(|(_, kept)| !kept.copy_names.is_empty())
        {
            let original = |name: &CopyName| {
                let folder =
                    kept.file.stem.rfind('/').map_or("", |slash| &kept.file.stem[..=slash]);
                stems
                    .get(&(kept.file.origin, &*format!("{folder}{}", name.original)))
                    .map(|&original| &files[original])
            };
            let verdict =
                kept.copy_names.iter().find_map(|name| verdict(kept, name, original(name)));
            found.push((index, verdict));
        }
    }
    for (index, verdict) in found {
        let (finding, left_out) =
            verdict.map_or((None, false), |(finding, left_out)| (Some(finding), left_out));
        (files[index].copy, files[index].left_out) = (finding, left_out);
    }
}

/// What to say of a file with such a name, and whether it is left out; nothing where it may well be a text of its own.
fn verdict(
    kept: &CachedFile,
    name: &CopyName,
    original: Option<&CachedFile>,
) -> Option<(Finding, bool)> {
    let text = kept.text.as_ref()?;
    let differs = "take over what is right of both, then remove it";
    let Some((original, first)) =
        original.and_then(|original| Some((original, original.text.as_ref()?)))
    else {
        let message =
            format!("looks like a copy of `{}`, which is not there, so it was read", name.original);
        return name.certain.then(|| (copy(kept, message, "rename it, or remove it"), false));
    };
    let shown = &original.file.shown;
    if first.text == text.text {
        return Some((
            copy(kept, format!("is a copy of {shown}, so it was left out"), "remove it"),
            true,
        ));
    }
    if alike(&first.text, &text.text) && !are_of_others(&first.text, &text.text) {
        return Some((
            copy(kept, format!("is a copy of {shown} with changes, so it was left out"), differs),
            true,
        ));
    }
    let message = format!("looks like a copy of {shown} with another text, so both were read");
    name.certain.then(|| (copy(kept, message, differs), false))
}

fn copy(kept: &CachedFile, message: String, help: &str) -> Finding {
    Finding::new(Code::Copy, message).in_path(kept.file.shown.clone()).help(help)
}

/// Whether two texts begin by naming different papers: notes that fill in one form have most lines in common.
fn are_of_others(one: &str, other: &str) -> bool {
    let first = |text: &str| {
        prose::mentions(text).into_iter().find_map(|found| match found.target {
            Target::Paper(id) => Some(id),
            _ => None,
        })
    };
    first(one).zip(first(other)).is_some_and(|(one, other)| one != other)
}

/// Whether two texts have at least two thirds of their lines in common.
fn alike(one: &str, other: &str) -> bool {
    let (one, other): (Vec<String>, Vec<String>) = (lines(one), lines(other));
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for line in &one {
        *counts.entry(line).or_default() += 1;
    }
    let common = other.iter().filter(|line| match counts.get_mut(line.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    });
    common.count() * 3 >= one.len().max(other.len()) * 2
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

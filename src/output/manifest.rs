//! What the program wrote into a folder, kept in its marker: so that the next build can tell what somebody else put there.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use camino::Utf8Path;
use rustc_hash::FxHashSet;
use walkdir::{DirEntry, WalkDir};
use xxhash_rust::xxh3::xxh3_64;

use super::{MARKER, failed};
use crate::diagnostic::Finding;
use crate::system::disk;

const BEGINNING: &str =
    "This folder was made by Offprint and is replaced as a whole by every build.\n";
/// What a file system makes at its top, and nobody else.
pub(super) const OF_DISK: &str = "lost+found";
/// A marker longer than this is of nobody: a site of a million files has 9 MB.
const LARGEST: u64 = 64 << 20;

/// The files of a folder by the hashes of their names, as the marker lists them.
#[derive(Debug)]
pub(super) struct Manifest(FxHashSet<u32>);

impl Manifest {
    /// What the marker of a folder says; nothing where there is none, or one that lists nothing.
    pub(super) fn of(folder: &Utf8Path) -> Self {
        let text = disk::read(folder.join(MARKER), LARGEST).unwrap_or_default();
        let lines =
            text.split(|byte| *byte == b'\n').filter_map(|line| std::str::from_utf8(line).ok());
        Self(lines.filter_map(|line| u32::from_str_radix(line, 16).ok()).collect())
    }

    /// Files of the folder that it does not list, in order. A marker without a list (older versions wrote such,
    /// and a build that was interrupted does) tells nothing.
    pub(super) fn strays(&self, folder: &Utf8Path) -> Vec<String> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let all = entries(folder).filter(|(_, is_folder)| !is_folder).map(|(name, _)| name);
        // A repository is one thing, whatever lies in it.
        let strays: BTreeSet<String> = all
            .filter(|name| !self.0.contains(&hash(name)))
            .map(|name| match name.find(".git/") {
                Some(at) if at == 0 || name[..at].ends_with('/') => {
                    name[..at + ".git".len()].to_owned()
                }
                _ => name,
            })
            .collect();
        strays.into_iter().collect()
    }
}

/// Everything below a folder by its path there, and whether it is a folder, those above first; but for what the program keeps for
/// itself and what the disk does.
pub(super) fn entries(folder: &Utf8Path) -> impl Iterator<Item = (String, bool)> {
    let walk =
        WalkDir::new(folder).min_depth(1).into_iter().filter_entry(move |entry| !is_own(entry));
    walk.flatten().map(move |entry| {
        // Every path begins with the folder, and comparing paths part by part takes longer than listing them.
        let path = entry.path().to_string_lossy();
        let below =
            path.get(folder.as_str().len()..).unwrap_or_default().trim_start_matches(['/', '\\']);
        let below = if cfg!(windows) { below.replace('\\', "/") } else { below.to_owned() };
        (below, entry.file_type().is_dir())
    })
}

fn is_own(entry: &DirEntry) -> bool {
    entry.depth() == 1 && is_own_name(&entry.file_name().to_string_lossy())
}

fn is_own_name(name: &str) -> bool {
    name == MARKER || name == OF_DISK || name.starts_with(disk::UNFINISHED)
}

fn hash(name: &str) -> u32 {
    xxh3_64(name.as_bytes()) as u32
}

/// Marks a folder as ours.
pub(super) fn begin(folder: &Utf8Path) -> Result<(), Finding> {
    put(folder, BEGINNING)
}

/// Marks it, and lists what is in it.
pub(super) fn write(folder: &Utf8Path, files: &BTreeSet<String>) -> Result<(), Finding> {
    let mut text = BEGINNING.to_owned();
    for file in files {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:08x}", hash(file));
    }
    put(folder, &text)
}

fn put(folder: &Utf8Path, text: &str) -> Result<(), Finding> {
    let marker = folder.join(MARKER);
    // Writing output is this module's job.
    #[allow(clippy::disallowed_methods)]
    std::fs::write(&marker, text).map_err(|error| failed(&marker, &error))
}

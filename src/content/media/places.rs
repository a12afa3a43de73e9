//! Files by what texts call them.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization as _;

use super::join;
use crate::content::source::MediaFile;

/// Where files are, by path and by name. Both are composed, so that a name means the same however a disk spells it.
#[derive(Debug, Default)]
pub(super) struct Places {
    by_path: FxHashMap<String, usize>,
    /// By name in lower case.
    by_name: FxHashMap<String, Vec<usize>>,
    paths: Vec<String>,
}

impl Places {
    pub(super) fn of(files: &[MediaFile]) -> Self {
        let mut places = Self::default();
        for (index, file) in files.iter().enumerate() {
            let path = composed(&file.shown);
            places.by_name.entry(name(&path).to_lowercase()).or_default().push(index);
            places.by_path.insert(path.clone(), index);
            places.paths.push(path);
        }
        places
    }

    /// The file that a text in `folder` means by `path`: beside it, or anywhere by its bare name.
    pub(super) fn at(&self, folder: &str, path: &str) -> Option<usize> {
        let path = composed(path);
        let beside = self.by_path.get(&join(folder, &path)).copied();
        beside.or_else(|| self.nearest(folder, &path, |known| name(known) == name(&path)))
    }

    /// The same in upper or lower case, with as much of the path as was written, as Obsidian finds files.
    pub(super) fn find(&self, folder: &str, path: &str) -> Option<usize> {
        let end = join("", &composed(path).to_lowercase());
        let end = end.trim_start_matches("../");
        let exact = self.by_path.get(&join(folder, &composed(path))).copied();
        let exact = exact
            .or_else(|| {
                self.nearest(folder, end, |known| {
                    known
                        .to_lowercase()
                        .strip_suffix(end)
                        .is_some_and(|before| before.is_empty() || before.ends_with('/'))
                })
            })
            .or_else(|| self.at(folder, path));
        exact.or_else(|| self.nearest(folder, end, |_| true))
    }

    /// The path of a file as a text in `folder` would write it, that wrote another one.
    pub(super) fn seen_from(&self, folder: &str, written: &str, file: usize) -> String {
        let (path, written) = (&self.paths[file], composed(written));
        if join(folder, &written).to_lowercase() == path.to_lowercase() {
            let steps = written.split('/').take_while(|step| matches!(*step, "." | "..")).count();
            let names = path.rsplit('/').take(written.split('/').count() - steps).count();
            let kept = written
                .split('/')
                .take(steps)
                .chain(path.split('/').skip(path.split('/').count() - names));
            return kept.collect::<Vec<_>>().join("/");
        }
        path.strip_prefix(composed(folder).as_str()).unwrap_or(path).to_owned()
    }

    /// Of the files with this name, in upper or lower case, that fit, the one in the folder, else that with the shortest path.
    fn nearest(&self, folder: &str, path: &str, fits: impl Fn(&str) -> bool) -> Option<usize> {
        let folder = composed(folder);
        let same = self.by_name.get(&name(path).to_lowercase()).into_iter().flatten().copied();
        same.filter(|&file| fits(&self.paths[file])).min_by_key(|&file| {
            let path = &self.paths[file];
            (
                path.strip_suffix(name(path)) != Some(folder.as_str()),
                path.matches('/').count(),
                path.len(),
            )
        })
    }
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A path with slashes and composed letters.
fn composed(path: &str) -> String {
    if path.is_ascii() {
        path.replace('\\', "/")
    } else {
        path.nfc().map(|c| if c == '\\' { '/' } else { c }).collect()
    }
}

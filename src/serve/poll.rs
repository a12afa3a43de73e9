//! Which folders matter, which files in them do not, and which of them look different than before.

use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;
use walkdir::WalkDir;

use crate::content::source::Stamp;
use crate::system::disk;

/// Folders beside config.toml that a theme is made of, and the data for it.
pub(super) const THEME: &[&str] = &["themes", "templates", "static", "strings", "data"];

/// Everything a site is made from.
#[derive(Debug, Clone, Default)]
pub(super) struct Roots {
    /// The folder of config.toml.
    pub(super) root: Utf8PathBuf,
    /// Folders and files of content.
    pub(super) content: Vec<Utf8PathBuf>,
    /// Where builds write: never looked at.
    pub(super) output: Utf8PathBuf,
}

impl Roots {
    /// Paths to watch, and whether with everything below.
    pub(super) fn watched(&self) -> impl Iterator<Item = (Utf8PathBuf, bool)> {
        // A file alone is watched through its folder, since editors put a new file in its place.
        let content = self.content.iter().map(|path| match path.parent() {
            Some(folder) if path.is_file() => (folder.to_owned(), false),
            _ => (path.clone(), true),
        });
        let theme = THEME.iter().map(|part| (self.root.join(part), true));
        let all = std::iter::once((self.root.clone(), false)).chain(theme).chain(content);
        all.filter(|(path, _)| path.exists()).collect::<Vec<_>>().into_iter()
    }

    /// Whether what happens at a path can change the site.
    pub(super) fn takes(&self, path: &Utf8Path) -> bool {
        !path.starts_with(&self.output) && (self.is_settings(path) || self.is_content(path))
    }

    /// Whether a path belongs to config.toml or the theme.
    pub(super) fn is_settings(&self, path: &Utf8Path) -> bool {
        let Ok(below) = path.strip_prefix(&self.root) else { return false };
        let first = below.iter().next().unwrap_or_default();
        (below == "config.toml" || THEME.contains(&first)) && !below.iter().any(disk::is_leaving)
    }

    /// Whether a path belongs to content.
    pub(super) fn is_content(&self, path: &Utf8Path) -> bool {
        self.content.iter().any(|folder| {
            path.strip_prefix(folder).is_ok_and(|below| !below.iter().any(disk::is_hidden))
        })
    }

    fn files(&self) -> impl Iterator<Item = Utf8PathBuf> {
        let theme = THEME.iter().map(|part| self.root.join(part));
        let settings = std::iter::once(self.root.join("config.toml")).chain(theme);
        let content =
            self.content.iter().map(|top| (top.clone(), disk::is_hidden as fn(&str) -> bool));
        let tops: Vec<_> = settings
            .map(|top| (top, disk::is_leaving as fn(&str) -> bool))
            .chain(content)
            .collect();
        let output = self.output.clone();
        tops.into_iter().flat_map(move |(top, is_noise)| {
            let output = output.clone();
            let entries = WalkDir::new(top)
                .follow_links(true)
                .into_iter()
                .filter_entry(move |entry| {
                    let noise = entry.file_name().to_str().is_none_or(is_noise);
                    entry.depth() == 0 || !(noise || entry.path() == output.as_std_path())
                })
                .flatten();
            entries
                .filter(|entry| !entry.file_type().is_dir())
                .filter_map(|entry| Utf8PathBuf::from_path_buf(entry.into_path()).ok())
        })
    }
}

/// What files looked like when last seen.
#[derive(Debug, Default)]
pub(super) struct Scan {
    seen: FxHashMap<Utf8PathBuf, Option<Stamp>>,
    took: Duration,
}

impl Scan {
    /// Files that are new, gone, or look different, in the order of their paths.
    pub(super) fn changes(&mut self, roots: &Roots) -> Vec<Utf8PathBuf> {
        let start = Instant::now();
        let mut now = FxHashMap::default();
        let mut changed = Vec::new();
        for path in roots.files() {
            let stamp = Stamp::of(&path);
            if self.seen.remove(&path) != Some(stamp) {
                changed.push(path.clone());
            }
            now.insert(path, stamp);
        }
        changed.extend(std::mem::replace(&mut self.seen, now).into_keys());
        changed.sort();
        self.took = start.elapsed();
        changed
    }

    /// How long the last look took.
    pub(super) fn took(&self) -> Duration {
        self.took
    }
}

#[cfg(test)]
mod tests {
    use super::Roots;

    #[test]
    fn only_what_can_change_the_site_counts() {
        let roots = Roots {
            root: "/a/.s".into(),
            content: vec!["/a/.s/content".into(), "/v".into()],
            output: "/v/public".into(),
        };
        for path in [
            "/a/.s/config.toml",
            "/a/.s/content/2025-01-01.md",
            "/a/.s/content",
            "/a/.s/themes/x/templates/base.html",
            "/v/n/a.md",
            "/v/vol.part/4913/a.md",
            "/a/.s/static/.well-known/security.txt",
            "/a/.s/static/.htaccess",
        ] {
            assert!(roots.takes(path.into()), "{path}");
        }
        for path in [
            "/a/.s/README.md",
            "/a/.s/content/.git/HEAD",
            "/a/.s/content/a.md~",
            "/a/.s/content/.well-known/a.md",
            "/a/.s/content/.#a.md",
            "/a/.s/static/.DS_Store",
            "/a/.s/content/.a.md.swp",
            "/v/public/index.html",
            "/v/public",
            "/v/.obsidian/workspace.json",
            "/a/.s/content/#a.md#",
            "/a/.s/.git",
            "/x",
        ] {
            assert!(!roots.takes(path.into()), "{path}");
        }
    }
}

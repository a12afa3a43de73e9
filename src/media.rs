//! Files of content that pages show: which of them are published, where, and how large images are.

mod measure;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::source::{MediaFile, Stamp};

/// Sizes of images that were measured, so that an image is opened again only after it changed.
#[derive(Debug, Default)]
pub struct Sizes {
    known: FxHashMap<Utf8PathBuf, Measured>,
}

/// What an image looked like from outside when it was measured, and its width and height.
type Measured = (Option<Stamp>, Option<(u32, u32)>);

impl Sizes {
    /// Forgets an image, whatever it looks like from outside.
    pub fn forget(&mut self, path: &Utf8Path) {
        self.known.remove(path);
    }

    fn measure(&mut self, path: &Utf8Path) -> Option<(u32, u32)> {
        let stamp = Stamp::of(path);
        match self.known.get(path) {
            Some((known, size)) if *known == stamp => *size,
            _ => {
                let size = measure::image(path);
                self.known.insert(path.to_owned(), (stamp, size));
                size
            }
        }
    }
}

/// The files that are published.
#[derive(Debug, Default)]
pub struct Media {
    files: Vec<MediaFile>,
    sizes: Vec<Option<(u32, u32)>>,
    by_path: FxHashMap<String, usize>,
    by_name: FxHashMap<String, usize>,
}

impl Media {
    /// Publishes everything beside `content/`, and of other sources what some text shows.
    ///
    /// `shown` holds the paths that texts name, resolved against their folders, and bare names.
    pub fn new(listed: &[MediaFile], shown: &FxHashSet<String>, sizes: &mut Sizes) -> Self {
        let name = |file: &MediaFile| file.path.file_name().unwrap_or_default().to_owned();
        let wanted = |file: &MediaFile| file.origin == 0 || shown.contains(&file.shown) || shown.contains(&name(file));
        let files: Vec<MediaFile> = listed.iter().filter(|file| wanted(file)).cloned().collect();
        let sizes = files.iter().map(|file| sizes.measure(&file.path)).collect();
        let mut media = Self { sizes, ..Self::default() };
        for (index, file) in files.iter().enumerate() {
            media.by_path.insert(file.shown.clone(), index);
            media.by_name.entry(name(file)).or_insert(index);
        }
        media.files = files;
        media
    }

    /// The files in the order of sources and paths.
    pub fn files(&self) -> &[MediaFile] {
        &self.files
    }

    /// The file that a text in `folder` means by `path`: beside it, or anywhere by its bare name.
    pub fn find(&self, folder: &str, path: &str) -> Option<usize> {
        let beside = || self.by_path.get(&join(folder, path)).copied();
        let named = || self.by_name.get(path.rsplit('/').next().unwrap_or(path)).copied();
        beside().or_else(named)
    }

    /// Width and height of an image in pixels, where it is one that could be measured.
    pub fn size(&self, file: usize) -> Option<(u32, u32)> {
        self.sizes[file]
    }
}

/// A relative path seen from a folder (ending in a slash or empty), without `.` and `..`.
pub fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let absolute = path.starts_with('/');
    for part in folder.split('/').filter(|_| !absolute).chain(path.split('/')) {
        match part {
            "" | "." => {}
            // A path that climbs above the root names nothing there.
            ".." if parts.last().is_none_or(|last| *last == "..") => parts.push(".."),
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

//! Files of content that pages show: which of them are published, where, how large images are, and the smaller
//! pictures that are made of large ones.
//!
//! Addresses are known from measuring alone. Nothing is decoded before somebody asks for the bytes.

mod cache;
mod clean;
mod measure;
mod places;
mod resize;
mod variant;

use std::sync::{Arc, Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

pub use cache::{Cache, FOLDER};
pub use variant::Variant;

use crate::config::Config;
use crate::content::source::{MediaFile, Stamp};
use crate::diagnostic::{Code, Finding};
use crate::system::disk;
use measure::Facts;
use places::Places;

/// Pixels of a picture for link previews, across and down: what they show whole.
pub const CARD: (u16, u16) = (1200, 630);

/// What was measured, so that an image is opened again only after it changed.
#[derive(Debug, Default)]
pub struct Sizes {
    known: FxHashMap<Utf8PathBuf, (Option<Stamp>, Facts)>,
}

impl Sizes {
    /// Forgets an image, whatever it looks like from outside.
    pub fn forget(&mut self, path: &Utf8Path) {
        self.known.remove(path);
    }

    /// Looks at each file that is new or looks different; many at a time.
    fn measure(&mut self, files: &[MediaFile]) -> Vec<Facts> {
        let known = &self.known;
        let measured: Vec<(Option<Stamp>, Facts)> = files
            .par_iter()
            .map(|file| {
                let stamp = Stamp::of(&file.path);
                let same = known.get(&file.path).filter(|(known, _)| *known == stamp);
                (stamp, same.map_or_else(|| measure::file(&file.path), |(_, facts)| facts.clone()))
            })
            .collect();
        self.known.extend(files.iter().map(|file| file.path.clone()).zip(measured.iter().cloned()));
        measured.into_iter().map(|(_, facts)| facts).collect()
    }
}

/// The files that are published.
#[derive(Debug)]
pub struct Media {
    files: Vec<MediaFile>,
    facts: Vec<Facts>,
    /// The smaller pictures of each file, widest first.
    variants: Vec<Vec<Variant>>,
    /// One thread at a time makes those of a file.
    making: Vec<Mutex<()>>,
    places: Places,
    /// Files that are there, published or not.
    listed: Places,
    quality: u8,
    cache: Arc<Cache>,
    measured: Vec<Finding>,
    made: Mutex<Vec<Finding>>,
}

/// What a published file holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Made {
    /// The bytes of this file.
    Copy(Utf8PathBuf),
    /// These bytes.
    Bytes(Vec<u8>),
}

/// What texts say of files.
#[derive(Debug, Default)]
pub struct Named {
    /// Folders of texts that are published, each with a path that the text shows or links to.
    pub shown: Vec<(String, String)>,
    /// Bare names that stand in what is hidden or held back.
    pub hushed: FxHashSet<String>,
}

impl Media {
    /// Publishes everything beside `content/`, but what only a text names that is hidden or held back; and of other
    /// sources what some text shows.
    pub fn new(
        listed: &[MediaFile],
        named: &Named,
        sizes: &mut Sizes,
        (config, cache): (&Config, Arc<Cache>),
    ) -> Self {
        let all = Places::of(listed);
        let shown: FxHashSet<usize> =
            named.shown.iter().filter_map(|(folder, path)| all.find(folder, path)).collect();
        let files: Vec<MediaFile> = listed
            .iter()
            .enumerate()
            .filter(|(index, file)| {
                shown.contains(index) || file.origin == 0 && !is_hushed(named, file)
            })
            .map(|(_, file)| file.clone())
            .collect();
        let facts = sizes.measure(&files);
        let trusted = config.markdown.unsafe_html;
        let (mut files, mut facts): (Vec<_>, Vec<_>) = (files, facts);
        facts.iter_mut().filter(|_| trusted).for_each(Facts::trust);
        let measured =
            files.iter().zip(&facts).filter_map(|(file, facts)| complaint(file, facts)).collect();
        (files, facts) = files
            .into_iter()
            .zip(facts)
            .filter(|(_, facts)| !facts.strange && !facts.pointer)
            .unzip();
        let places = Places::of(&files);
        let variants = files
            .iter()
            .zip(&facts)
            .map(|(file, facts)| variant::of(&file.route, facts, &config.images))
            .collect();
        let making = files.iter().map(|_| Mutex::default()).collect();
        let (quality, made) = (config.images.quality, Mutex::default());
        Self { files, facts, variants, making, places, listed: all, quality, cache, measured, made }
    }

    /// The files in the order of sources and paths.
    pub fn files(&self) -> &[MediaFile] {
        &self.files
    }

    /// The file that a text in `folder` means by `path`: beside it, or anywhere by its bare name.
    pub fn at(&self, folder: &str, path: &str) -> Option<usize> {
        self.places.at(folder, path)
    }

    /// The same as Obsidian finds files: in upper or lower case, with as much of the path as was written.
    pub fn find(&self, folder: &str, path: &str) -> Option<usize> {
        self.places.find(folder, path)
    }

    /// What a path that leads to no file was probably meant to be.
    pub fn near(&self, folder: &str, path: &str) -> Option<String> {
        self.listed.find(folder, path).map(|file| self.listed.seen_from(folder, path, file))
    }

    /// Width and height of an image in pixels, where it is one that could be measured.
    pub fn size(&self, file: usize) -> Option<(u32, u32)> {
        self.facts[file].size
    }

    /// The smaller pictures that are made of an image, widest first.
    pub fn variants(&self, file: usize) -> &[Variant] {
        &self.variants[file]
    }

    /// What is published of a file: a picture loses its metadata, a drawing what could run, anything else is copied.
    pub fn original(&self, file: usize) -> Made {
        let path = &self.files[file].path;
        // What turned into something else since it was measured is nothing rather than a secret.
        match &self.facts[file] {
            Facts { picture: Some(_), .. } => {
                Made::Bytes(read(path).and_then(|bytes| cleaned(&bytes)).unwrap_or_default())
            }
            Facts { drawing: Some(_), .. } => Made::Bytes(
                read(path)
                    .and_then(|bytes| clean::svg::clean(&bytes).map(|(clean, _)| clean))
                    .unwrap_or_default(),
            ),
            _ => Made::Copy(path.clone()),
        }
    }

    /// The bytes of a smaller picture.
    pub fn variant(&self, file: usize, width: u32) -> Vec<u8> {
        let variants = &self.variants[file];
        let Some(at) = variants.iter().position(|variant| variant.width == width) else {
            return Vec::new();
        };
        let cached = || self.cache.get(variants[at].key);
        cached().unwrap_or_else(|| {
            let _one = self.making[file].lock().unwrap_or_else(PoisonError::into_inner);
            // While this thread waited, another one may have made them all.
            cached().unwrap_or_else(|| self.make(file).into_iter().nth(at).unwrap_or_default())
        })
    }

    /// Makes all smaller pictures of a file, and keeps them.
    fn make(&self, file: usize) -> Vec<Vec<u8>> {
        let variants = &self.variants[file];
        let Some(bytes) = read(&self.files[file].path) else { return Vec::new() };
        match variant::make(&bytes, &self.facts[file], variants, self.quality) {
            Ok(made) => {
                made.iter()
                    .zip(variants)
                    .for_each(|(bytes, variant)| self.cache.put(variant.key, bytes));
                made
            }
            Err(why) => {
                let finding = Finding::new(Code::BadImage, format!("cannot be resized: {why}"))
                    .in_path(self.files[file].shown.clone())
                    .help("save it again in an image editor; until then it is published in its full size");
                let mut findings = self.made.lock().unwrap_or_else(PoisonError::into_inner);
                if !findings.contains(&finding) {
                    findings.push(finding);
                }
                vec![cleaned(&bytes).unwrap_or_default(); variants.len()]
            }
        }
    }

    /// What is wrong with images, as far as measuring tells.
    pub fn findings(&self) -> &[Finding] {
        &self.measured
    }

    /// What was wrong with images that were resized so far, each once; in no particular order.
    pub fn take_findings(&self) -> Vec<Finding> {
        std::mem::take(&mut *self.made.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn is_hushed(named: &Named, file: &MediaFile) -> bool {
    named.hushed.contains(file.path.file_name().unwrap_or_default())
}

/// A JPEG, PNG or WebP without what it tells of its maker, or an SVG written anew; `None` where the bytes are none of them.
pub fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    clean::Kind::of(bytes)
        .map(|kind| kind.clean(bytes))
        .or_else(|| clean::svg::clean(bytes).map(|(clean, _)| clean))
}

fn complaint(file: &MediaFile, facts: &Facts) -> Option<Finding> {
    let finding = if facts.pointer {
        return Some(disk::lfs_finding(&file.shown));
    } else if facts.strange && facts.drawing.is_some() {
        Finding::new(Code::BadImage, "is no well-formed SVG in UTF-8, so it was left out")
            .help("save it again in an editor of drawings")
    } else if let Some(harmful) = facts.drawing.as_ref().filter(|harmful| !harmful.is_empty()) {
        let what: Vec<&str> = harmful.iter().copied().collect();
        Finding::new(Code::UnsafeImage, format!("holds {}, which was taken out", what.join(", ")))
            .help("a drawing may only draw; `markdown.unsafe_html` publishes it as it is, for all who trust its source")
    } else if facts.strange {
        Finding::new(Code::BadImage, "is no JPEG, PNG or WebP, so it was left out")
            .help("convert it: a file of another kind may say where and by whom it was taken")
    } else if facts.picture.is_some() && facts.size.is_none() {
        Finding::new(Code::BadImage, "is damaged: it does not say how large it is")
            .help("save it again in an image editor")
    } else if facts.picture.is_some() && variant::is_huge(facts) {
        let (width, height) = facts.size.unwrap_or_default();
        Finding::new(
            Code::BadImage,
            format!("is too large to be resized: {width} × {height} pixels"),
        )
        .help("make it smaller; until then every reader loads all of it")
    } else if facts.oversized {
        Finding::new(
            Code::BadImage,
            "has a colour profile of several megabytes, which was left out",
        )
        .help("save it again in an image editor, without its profile or with a usual one")
    } else {
        return None;
    };
    Some(finding.in_path(file.shown.clone()))
}

fn read(path: &Utf8Path) -> Option<Vec<u8>> {
    disk::read(path, u64::MAX).ok()
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

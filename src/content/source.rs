//! Lists and reads source files: the only reader of the disk for content.
//!
//! Knows folders, links and encodings, and nothing of what a text means.

mod copies;
mod listing;
mod text;

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

pub use copies::{CopyName, copy_names};
pub use listing::{is_vault, list};
pub use text::{read, read_text};

use crate::config::SourceConfig;
use crate::diagnostic::SourceText;

/// Everything there is to read, in the order of sources and paths.
#[derive(Debug, Default)]
pub struct Listing {
    /// Texts.
    pub files: Vec<SourceFile>,
    /// Other files, which pages may show.
    pub media: Vec<MediaFile>,
    /// Folders that hold them, for whoever watches.
    pub folders: Vec<Utf8PathBuf>,
}

/// A text file of a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SourceFile {
    /// 0 for `content/`, then `[[sources]]` in order.
    pub origin: usize,
    /// Where it is.
    pub path: Utf8PathBuf,
    /// As shown: relative to the site's root.
    pub shown: String,
    /// Relative to its source's folder, without extension.
    pub stem: String,
}

impl SourceFile {
    /// Where it is, as far as an address may say: below the site's folder, or else below its source's, for what is
    /// above that belongs to the writer's machine.
    pub fn place(&self) -> &str {
        let path = Utf8Path::new(&self.shown);
        let leads_out = path.is_absolute()
            || self.shown.contains(':')
            || path.components().any(|part| part.as_str() == "..");
        if leads_out { &self.stem } else { &self.shown }
    }
}

/// An image or another file beside the texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaFile {
    /// 0 for `content/`, then `[[sources]]` in order.
    pub origin: usize,
    /// Where it is.
    pub path: Utf8PathBuf,
    /// As shown.
    pub shown: String,
    /// Below the output folder.
    pub route: String,
}

/// A text with the hash of its bytes.
#[derive(Debug, Clone)]
pub struct Text {
    /// The text and its name.
    pub source: Arc<SourceText>,
    /// Equal for equal bytes.
    pub hash: u64,
}

/// What a file looks like from outside: where it differs, the bytes may, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: Option<std::time::SystemTime>,
}

impl Stamp {
    /// How long the file is, in bytes.
    pub fn length(self) -> u64 {
        self.length
    }

    /// The stamp of a file, or of what a link leads to; `None` where there is none.
    pub fn of(path: &Utf8Path) -> Option<Self> {
        let file = std::fs::metadata(path).ok()?;
        Some(Self { length: file.len(), modified: file.modified().ok() })
    }
}

/// Whether there is anything at a path, or where a link at it leads.
pub fn exists(path: &Utf8Path) -> bool {
    path.exists()
}

/// Where the folders of a site are.
#[derive(Debug, Clone)]
pub struct Places<'a> {
    /// The folder of config.toml.
    pub root: &'a Utf8Path,
    /// The output folders, of this run and of config.toml; never read.
    pub outputs: [&'a Utf8Path; 2],
    /// `[[sources]]`
    pub sources: &'a [SourceConfig],
}

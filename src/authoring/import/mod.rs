//! Import: lists made elsewhere become digests in `content/`, as canonical Markdown.
//!
//! `gather` reads the sources, `plan` decides which file holds what, `write` puts it there. Reading and
//! deciding never change the disk; nothing here prints.

mod aside;
pub(super) mod blogger;
mod gather;
pub(super) mod journals;
pub(super) mod machinery;
mod pictures;
mod plan;
mod siblings;
mod write;

use std::path::PathBuf;

use jiff::civil::Date;

use crate::diagnostic::Finding;
use crate::formats::fields::Field;
use crate::formats::{self, Format};
use crate::model::Lang;

/// What to import and where to.
#[derive(Debug, Clone)]
pub struct Request {
    /// The sources' format; `None` tells it from each text.
    pub format: Option<&'static Format>,
    /// Files and folders, in the order given.
    pub paths: Vec<PathBuf>,
    /// The folder to write to, usually `content/`.
    pub to: PathBuf,
    /// `--date`
    pub date: Option<Date>,
    /// `--date-from`
    pub date_from: Vec<String>,
    /// The same for libraries of reference managers, where that names nothing.
    pub dates_of_libraries: Vec<String>,
    /// Patterns of the addresses that texts had elsewhere.
    pub permalinks: Vec<String>,
    /// `--year`
    pub year: Option<i16>,
    /// The configured languages; the first is the default.
    pub languages: Vec<Lang>,
    /// Names of fields that config.toml adds to the dictionary.
    pub names: Vec<(String, Field)>,
    /// Write nothing, say what would be written.
    pub dry_run: bool,
    /// Write over files that differ.
    pub force: bool,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Every file read, in order.
    pub sources: Vec<Source>,
    /// Every file written or that could have been, by name.
    pub targets: Vec<Target>,
    /// How many pictures came along.
    pub pictures: usize,
    /// What was odd, with its place in the sources.
    pub findings: Vec<Finding>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// As shown to the user.
    pub path: String,
    /// What it turned out to be.
    pub format: Option<&'static Format>,
    /// How many digests it holds.
    pub digests: usize,
    /// How many papers they hold.
    pub entries: usize,
    /// The titles of the first three.
    pub titles: Vec<String>,
    /// Whether it is a text with a date that is about no single paper.
    pub is_post: bool,
    /// Whether it is such a text without a date.
    pub is_page: bool,
}

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Where it is.
    pub path: PathBuf,
    /// How many papers it holds.
    pub entries: usize,
    /// What became of it.
    pub status: Status,
}

/// What became of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It is new, or was overwritten because that was asked for.
    Written,
    /// It was there already, byte for byte.
    Unchanged,
    /// It would be written, were this no dry run.
    WouldWrite,
    /// It exists and differs, or cannot be written; a finding says which.
    Refused,
}

/// All that an import reads: it can be put into its place more than once, to say first what would become of it.
pub struct Prepared {
    outcome: Outcome,
    documents: Vec<plan::Document>,
    shown: Vec<pictures::Picture>,
}

/// Imports everything that was asked for. One source that cannot be read costs no other.
pub fn import(request: &Request) -> Outcome {
    prepare(request).put(request)
}

/// Reads everything that was asked for, and changes nothing.
pub fn prepare(request: &Request) -> Prepared {
    let mut outcome = Outcome::default();
    let mut readings = gather::gather(request, &mut outcome);
    let mut shown: Vec<_> =
        readings.iter_mut().flat_map(|read| std::mem::take(&mut read.pictures)).collect();
    shown.sort();
    shown.dedup();
    let unknown = formats::unknown_names(outcome.findings.iter());
    outcome.findings.extend(unknown);
    let documents = plan::documents(readings, &mut outcome.findings);
    Prepared { outcome, documents, shown }
}

impl Prepared {
    /// Writes it, or says what would be written.
    pub fn put(&self, request: &Request) -> Outcome {
        let mut outcome = self.outcome.clone();
        let mut writer = write::Writer::new(request);
        for document in &self.documents {
            let (target, finding) = writer.place(document);
            outcome.targets.push(target);
            outcome.findings.extend(finding);
        }
        outcome.pictures = pictures::copy(&self.shown, request, &mut outcome.findings);
        outcome.targets.sort_by(|a, b| a.path.cmp(&b.path));
        outcome
    }
}

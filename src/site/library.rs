//! What is kept of every source file between two assemblies: digests with their facts, pages, findings.
//!
//! A file is read again only when its bytes changed; everything else is assembled from what is kept.

mod copies;
mod doubts;
mod held;
mod orders;
mod pages;

use std::ops::Range;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::config::{Config, Fact, KnownAuthor, SourceConfig};
use crate::content::source::{self, CopyName, SourceFile, Stamp, Text};
use crate::diagnostic::{Code, Finding, Severity, SourceText};
use crate::formats::fields::Field;
use crate::formats::{self, DayOrder, Format, Hints, LIST, MARKDOWN, Reading};
use crate::model::limits;
use crate::model::{Digest, Lang, Tag, author};
use crate::prose;
use crate::site::{KeptDigest, KeptPage, Keys, ParsedDigest};

pub use held::Held;

/// What is kept of the files, in the order of a listing.
#[derive(Debug, Default)]
pub struct Library {
    files: Vec<CachedFile>,
    keys: Keys,
    /// What the config had to say about reading when the files were read.
    manner: ReadOptions,
}

/// One file with what it says.
#[derive(Debug, Clone)]
struct CachedFile {
    file: SourceFile,
    stamp: Option<Stamp>,
    /// `None` where it was never read, or must be understood anew.
    hash: Option<u64>,
    digests: Vec<Arc<KeptDigest>>,
    page: Option<Arc<KeptPage>>,
    findings: Vec<Finding>,
    held: Held,
    /// Files that only what is hidden or held back may show.
    hushed: Vec<String>,
    text: Option<Arc<SourceText>>,
    /// Names of files that this one may be a copy of.
    copy_names: Vec<CopyName>,
    /// What is to be said of it as a copy, and whether it is left out as one.
    copy: Option<Finding>,
    left_out: bool,
    /// What its dates tell of the order of day and month, and what it was read with.
    order: DayOrder,
    read_with: Option<bool>,
}

/// A file just read, before its names have numbers.
#[derive(Default)]
struct ParsedFile {
    hash: Option<u64>,
    digests: Vec<ParsedDigest>,
    page: Option<KeptPage>,
    findings: Vec<Finding>,
    held: Held,
    hushed: Vec<String>,
    text: Option<Arc<SourceText>>,
    /// Whether the file is empty or gone.
    lost: bool,
    order: DayOrder,
}

/// A file that was read anew, and what it said before.
#[derive(Debug)]
pub struct FileChange {
    /// Where it is.
    pub path: Utf8PathBuf,
    /// The file, as shown.
    pub shown: String,
    /// What it said; nothing where it is new.
    pub before: Vec<Arc<KeptDigest>>,
    /// What it says.
    pub after: Vec<Arc<KeptDigest>>,
    /// The page that it is, where it is one.
    pub page: Option<Arc<KeptPage>>,
    /// Whether it said something, and is now empty or gone: perhaps only until whoever writes it goes on.
    pub lost: bool,
}

impl CachedFile {
    fn unread(file: SourceFile) -> Self {
        let copy_names = source::copy_names(file.stem.rsplit('/').next().unwrap_or_default());
        Self {
            file,
            stamp: None,
            hash: None,
            digests: Vec::new(),
            page: None,
            findings: Vec::new(),
            held: Held::default(),
            hushed: Vec::new(),
            text: None,
            copy_names,
            copy: None,
            left_out: false,
            order: DayOrder::default(),
            read_with: None,
        }
    }

    fn replace(&mut self, fresh: ParsedFile, keys: &mut Keys) -> FileChange {
        let digests =
            fresh.digests.into_iter().map(|draft| Arc::new(KeptDigest::new(draft, keys))).collect();
        let before = std::mem::replace(&mut self.digests, digests);
        let lost = fresh.lost && !(before.is_empty() && self.page.is_none());
        self.hash = fresh.hash;
        self.page = fresh.page.map(|page| Arc::new(page.with_tags(keys)));
        (self.findings, self.held, self.hushed) = (fresh.findings, fresh.held, fresh.hushed);
        self.text = fresh.text;
        self.order = fresh.order;
        let (path, shown) = (self.file.path.clone(), self.file.shown.clone());
        FileChange {
            path,
            shown,
            before,
            after: self.digests.clone(),
            page: self.page.clone(),
            lost,
        }
    }
}

impl ParsedFile {
    /// A file that says nothing, and why.
    fn nothing(hash: Option<u64>, why: Finding) -> Self {
        Self { hash, findings: vec![why], ..Self::default() }
    }
}

impl Library {
    /// Takes over a listing: what it does not name is forgotten, what is new in it will be read.
    ///
    /// Returns the names, as shown, of what was forgotten.
    pub fn list(&mut self, files: Vec<SourceFile>) -> Vec<String> {
        if self.files.iter().map(|kept| &kept.file).eq(&files) {
            return Vec::new();
        }
        let mut known: FxHashMap<SourceFile, CachedFile> =
            self.files.drain(..).map(|kept| (kept.file.clone(), kept)).collect();
        self.files = files
            .into_iter()
            .map(|file| known.remove(&file).unwrap_or_else(|| CachedFile::unread(file)))
            .collect();
        let mut gone: Vec<String> = known.into_keys().map(|file| file.shown).collect();
        gone.sort();
        gone
    }

    /// Reads every listed file that is new, was `touched`, or looks different from outside.
    ///
    /// Returns those whose bytes are not the ones already known.
    pub fn refresh(
        &mut self,
        config: &Config,
        touched: &(dyn Fn(&Utf8Path) -> bool + Sync),
    ) -> Vec<FileChange> {
        let manner = ReadOptions::of(config);
        if manner != self.manner {
            self.manner = manner;
            self.files.iter_mut().for_each(|kept| (kept.stamp, kept.hash) = (None, None));
        }
        let aliases = Aliases::new(config);
        let seen: Vec<_> = self
            .files
            .par_iter()
            .map(|kept| {
                let stamp = Stamp::of(&kept.file.path);
                let stale = stamp.is_none() || stamp != kept.stamp || touched(&kept.file.path);
                stale.then(|| {
                    (stamp, read(&kept.file, (kept.hash, kept.read_with), config, &aliases))
                })
            })
            .collect();
        let mut reread = Vec::new();
        for (kept, (stamp, fresh)) in
            self.files.iter_mut().zip(seen).filter_map(|(kept, seen)| Some((kept, seen?)))
        {
            kept.stamp = stamp;
            reread.extend(fresh.map(|fresh| kept.replace(fresh, &mut self.keys)));
        }
        self.settle_orders((config, &aliases), &mut reread);
        copies::mark(&mut self.files);
        reread
    }

    /// A library of texts that are no files: their names below `content/`, and what they say.
    pub fn of(texts: &[(&str, &str)], config: &Config) -> Self {
        let aliases = Aliases::new(config);
        let mut library = Self { manner: ReadOptions::of(config), ..Self::default() };
        for (name, text) in texts {
            let stem = name.rsplit_once('.').map_or(*name, |(stem, _)| stem).to_owned();
            let file = SourceFile {
                origin: 0,
                path: (*name).into(),
                shown: format!("content/{name}"),
                stem,
            };
            let source =
                Arc::new(SourceText { path: file.shown.clone(), text: (*text).to_owned() });
            let fresh =
                understand(&file, &Text { source, hash: 0 }, (None, None), (config, &aliases));
            let mut kept = CachedFile::unread(file);
            kept.replace(fresh, &mut library.keys);
            library.files.push(kept);
        }
        library
    }

    /// Whether a file is among those listed.
    pub fn has(&self, path: &Utf8Path) -> bool {
        // Compared as texts: part by part, as paths are, takes long where there are many.
        self.files.iter().any(|kept| kept.file.path.as_str() == path.as_str())
    }

    /// Whether a path is that of a file listed, or of a folder that holds one.
    pub fn has_below(&self, path: &Utf8Path) -> bool {
        self.files.iter().any(|kept| kept.file.path.starts_with(path))
    }

    /// Every digest in the order of sources, files and positions.
    pub fn digests(&self) -> Vec<Arc<KeptDigest>> {
        self.read_files().flat_map(|kept| kept.digests.iter().map(Arc::clone)).collect()
    }

    /// Every plain page.
    pub fn pages(&self) -> Vec<Arc<KeptPage>> {
        self.read_files().filter_map(|kept| kept.page.as_ref().map(Arc::clone)).collect()
    }

    /// All files but copies of others.
    fn read_files(&self) -> impl Iterator<Item = &CachedFile> {
        self.files.iter().filter(|kept| !kept.left_out)
    }

    /// Interned names.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// How much of the files is held back.
    pub fn held(&self) -> Held {
        let mut all = Held::default();
        self.read_files().for_each(|kept| all.add(kept.held));
        all
    }

    /// Names of files that stand in texts which are hidden or held back.
    pub fn hushed(&self) -> impl Iterator<Item = &str> {
        self.files.iter().flat_map(|kept| &kept.hushed).map(String::as_str)
    }

    /// What is wrong in the files themselves.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.files
            .iter()
            .flat_map(|kept| kept.findings.iter().filter(|_| !kept.left_out).chain(&kept.copy))
    }
}

/// All that the config has to say about how files are read.
#[derive(Debug, Default, PartialEq)]
struct ReadOptions {
    languages: Vec<Lang>,
    sources: Vec<SourceConfig>,
    aliases: Vec<(Tag, Vec<Tag>)>,
    authors: Vec<KnownAuthor>,
    fields: Vec<(String, Field)>,
    facts: Vec<Fact>,
}

impl ReadOptions {
    fn of(config: &Config) -> Self {
        Self {
            languages: config.languages.clone(),
            sources: config.sources.clone(),
            aliases: config.tag.iter().map(|tag| (tag.tag.clone(), tag.aliases.clone())).collect(),
            authors: config.known_authors.clone(),
            fields: config.fields.clone(),
            facts: config.facts.clone(),
        }
    }
}

/// Which tag stands for which, and which key of an author.
#[derive(Debug, Default)]
pub struct Aliases {
    tags: FxHashMap<Tag, Tag>,
    authors: FxHashMap<String, String>,
}

impl Aliases {
    /// Those of config.toml.
    pub fn new(config: &Config) -> Self {
        Self { tags: config.tag_aliases(), authors: config.author_aliases() }
    }

    pub(super) fn canonical(&self, tag: &Tag) -> Tag {
        self.tags.get(tag).unwrap_or(tag).clone()
    }

    /// The key of an author.
    pub(super) fn author(&self, name: &str) -> String {
        let key = author::key(name);
        self.authors.get(&key).cloned().unwrap_or(key)
    }
}

/// Reads a file; `None` where its bytes are those already known.
fn read(
    file: &SourceFile,
    (known, day_first): (Option<u64>, Option<bool>),
    config: &Config,
    aliases: &Aliases,
) -> Option<ParsedFile> {
    let origin = file.origin.checked_sub(1).and_then(|index| config.sources.get(index));
    match source::read(file) {
        Ok(text) if known == Some(text.hash) => None,
        Ok(text) if text.source.text.trim_start_matches('\u{feff}').trim().is_empty() => {
            Some(ParsedFile { lost: true, ..ParsedFile::nothing(Some(text.hash), empty(file)) })
        }
        Ok(text) => Some(match formats::conflict(&text.source.text) {
            Some(conflict) => {
                ParsedFile::nothing(Some(text.hash), conflict.in_source(&text.source))
            }
            None => understand(file, &text, (origin, day_first), (config, aliases)),
        }),
        // It has gone since it was listed, and will not be in the next listing.
        Err(_) if !source::exists(&file.path) => {
            Some(ParsedFile { lost: true, ..ParsedFile::default() })
        }
        Err(finding) => Some(ParsedFile::nothing(None, finding)),
    }
}

fn empty(file: &SourceFile) -> Finding {
    let finding = Finding::new(Code::Empty, "has nothing in it, so it was left out")
        .in_path(file.shown.clone());
    finding.help("write something into it, or remove it")
}

/// What a text says, and the format it was read as.
fn reading_of(
    file: &SourceFile,
    text: &Text,
    (origin, day_first): (Option<&SourceConfig>, Option<bool>),
    config: &Config,
) -> (Reading, &'static Format) {
    let names: Vec<_> =
        origin.iter().flat_map(|source| &source.fields).chain(&config.fields).cloned().collect();
    // In `content/`, folders are addresses, and a text that says no date itself is a page.
    let is_own = origin.is_none();
    let mut hints = Hints {
        stem: pages::own_name(&file.stem),
        folder: file.stem.rsplit_once('/').filter(|_| !is_own).map_or("", |(below, _)| below),
        languages: &config.languages,
        lang: origin.and_then(|source| source.lang.as_ref()),
        names: &names,
        day_first,
        foreign: !is_own,
        ..Hints::default()
    };
    if let Some(source) = origin {
        (hints.date_from, hints.permalinks) = (&source.date_from, &source.permalinks);
        hints.sections = source.sections;
    }
    let told = origin.and_then(|source| source.format);
    let found = told.or_else(|| formats::detect(&text.source.text, &file.shown));
    if found.is_none() && !formats::is_prose(&file.shown) {
        let why = "no reader recognises this text, so it was left out";
        let help = "name its `format` in `[[sources]]`, or add it to `exclude`";
        let findings = vec![Finding::new(Code::NotRead, why).help(help)];
        return (Reading { findings, ..Reading::default() }, MARKDOWN);
    }
    let format = found.unwrap_or(MARKDOWN);
    let reading = formats::read(format, &text.source.text, &hints);
    let is_undated = reading.digests.iter().all(|digest| digest.date.is_none());
    if is_own && format == LIST && is_undated {
        return (formats::read(MARKDOWN, &text.source.text, &hints), format);
    }
    (reading, format)
}

/// Whether a finding calls a field unknown that the config declares.
fn names_own_fact(finding: &Finding, text: &Text, config: &Config) -> bool {
    let key = finding.span.clone().and_then(|span| text.source.text.get(span));
    finding.code == Code::UnknownField
        && config.facts.iter().any(|fact| Some(fact.name.as_str()) == key)
}

fn understand(
    file: &SourceFile,
    text: &Text,
    (origin, day_first): (Option<&SourceConfig>, Option<bool>),
    (config, aliases): (&Config, &Aliases),
) -> ParsedFile {
    let lang = origin.and_then(|source| source.lang.as_ref());
    let (mut reading, format) = reading_of(file, text, (origin, day_first), config);
    reading.findings.retain(|finding| !names_own_fact(finding, text, config));
    let held = held::hold_back(&mut reading, (&text.source.text, file), format, (origin, aliases));
    let folder =
        file.shown.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let Reading { mut digests, page, mut findings, hidden, order } = reading;
    findings.extend(digests.iter_mut().flat_map(few_tags));
    let hushed = hushed(&text.source.text, held, &hidden);
    let digests = digests
        .into_iter()
        .map(|digest| {
            let source = (Arc::clone(&text.source), file.place());
            ParsedDigest::new(source, folder.clone(), digest, aliases).of_source(file.origin, lang)
        })
        .collect();
    let page = page.map(|mut page| {
        page.meta.tags.iter_mut().for_each(|tag| *tag = aliases.canonical(tag));
        pages::kept(page, file, &text.source, &folder)
    });
    let findings = findings
        .into_iter()
        .map(|finding| soften(finding.in_source(&text.source), file.origin))
        .collect();
    ParsedFile {
        hash: Some(text.hash),
        digests,
        page,
        findings,
        held,
        hushed,
        text: Some(Arc::clone(&text.source)),
        lost: false,
        order,
    }
}

/// The names of files in what is hidden, or in all of a text of which something is held back.
fn hushed(text: &str, held: Held, hidden: &[Range<usize>]) -> Vec<String> {
    if held != Held::default() {
        return prose::named(text);
    }
    hidden.iter().flat_map(|range| prose::named(&text[range.clone()])).collect()
}

/// Leaves of very many tags the first.
fn few_tags(digest: &mut Digest) -> Vec<Finding> {
    let entries = digest.entries.iter_mut().map(|entry| (&mut entry.tags, entry.span.clone()));
    let all = entries
        .chain([(&mut digest.meta.tags, 0..0)])
        .filter(|(tags, _)| tags.len() > limits::TAGS);
    all.map(|(tags, place)| {
        let message =
            format!("{} tags are too many: the first {} are left", tags.len(), limits::TAGS);
        tags.truncate(limits::TAGS);
        Finding::new(Code::TooMuch, message)
            .at(place)
            .help("every tag has a page; remove those that nobody will look for")
    })
    .collect()
}

/// In a vault, a file that cannot be understood is left out with a warning; in `content/` it is an error.
fn soften(mut finding: Finding, origin: usize) -> Finding {
    if origin > 0 && finding.severity() == Severity::Error {
        finding.message = format!("{} ({})", finding.message, finding.code.as_str());
        finding.code = Code::Skipped;
    }
    finding
}

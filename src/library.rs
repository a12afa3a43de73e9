//! What is kept of every source file between two assemblies: digests with their facts, pages, findings.
//!
//! A file is read again only when its bytes changed; everything else is assembled from what is kept.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::config::{Config, SourceConfig};
use crate::diagnostic::{Code, Finding, Severity, SourceText};
use crate::digest::{Digest, Page, Tag};
use crate::reader::{self, Format, Hints, Reading};
use crate::site::{DigestDraft, KeptDigest, KeptPage, Keys, Wanted};
use crate::source::{self, SourceFile, Text};

/// Kept files in the order of a listing.
#[derive(Debug, Default)]
pub struct Library {
    files: Vec<Kept>,
    keys: Keys,
}

/// One file with what it says.
#[derive(Debug, Clone)]
struct Kept {
    file: SourceFile,
    hash: u64,
    digests: Vec<Arc<KeptDigest>>,
    page: Option<Arc<KeptPage>>,
    findings: Vec<Finding>,
}

/// A file just read, before its names have numbers.
struct Fresh {
    file: SourceFile,
    hash: u64,
    digests: Vec<DigestDraft>,
    page: Option<KeptPage>,
    findings: Vec<Finding>,
}

impl Fresh {
    /// A file that says nothing, and why.
    fn nothing(file: &SourceFile, hash: u64, why: Finding) -> Self {
        Self { file: file.clone(), hash, digests: Vec::new(), page: None, findings: vec![why] }
    }
}

impl Library {
    /// Brings what is kept up to a listing: new and changed files are read, vanished ones forgotten.
    ///
    /// Returns how many files were read anew.
    pub fn update(&mut self, files: Vec<SourceFile>, config: &Config) -> usize {
        let mut known: FxHashMap<SourceFile, Kept> =
            self.files.drain(..).map(|kept| (kept.file.clone(), kept)).collect();
        let known_hash = |file: &SourceFile| known.get(file).map(|kept| kept.hash);
        let aliases = Aliases::new(config);
        let fresh: Vec<(SourceFile, Option<Fresh>)> = files
            .into_par_iter()
            .map(|file| {
                let fresh = read(&file, known_hash(&file), config, &aliases);
                (file, fresh)
            })
            .collect();
        let mut count = 0;
        for (file, fresh) in fresh {
            let kept = match fresh {
                Some(fresh) => {
                    count += 1;
                    Some(keep(fresh, &mut self.keys))
                }
                None => known.remove(&file),
            };
            self.files.extend(kept);
        }
        count
    }

    /// Every digest in the order of sources, files and positions.
    pub fn digests(&self) -> Vec<Arc<KeptDigest>> {
        self.files.iter().flat_map(|kept| kept.digests.iter().map(Arc::clone)).collect()
    }

    /// Every plain page.
    pub fn pages(&self) -> Vec<Arc<KeptPage>> {
        self.files.iter().filter_map(|kept| kept.page.as_ref().map(Arc::clone)).collect()
    }

    /// Interned names.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// What is wrong in the files themselves.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.files.iter().flat_map(|kept| &kept.findings)
    }
}

fn keep(fresh: Fresh, keys: &mut Keys) -> Kept {
    Kept {
        file: fresh.file,
        hash: fresh.hash,
        digests: fresh.digests.into_iter().map(|draft| Arc::new(KeptDigest::new(draft, keys))).collect(),
        page: fresh.page.map(Arc::new),
        findings: fresh.findings,
    }
}

/// Which tag stands for which.
struct Aliases(FxHashMap<Tag, Tag>);

impl Aliases {
    fn new(config: &Config) -> Self {
        let pairs = config.tag.iter().flat_map(|tag| tag.aliases.iter().map(|alias| (alias.clone(), tag.tag.clone())));
        Self(pairs.collect())
    }

    fn canonical(&self, tag: &Tag) -> Tag {
        self.0.get(tag).unwrap_or(tag).clone()
    }
}

/// Reads a file; `None` where its bytes are those already known.
fn read(file: &SourceFile, known: Option<u64>, config: &Config, aliases: &Aliases) -> Option<Fresh> {
    let origin = file.origin.checked_sub(1).and_then(|index| config.sources.get(index));
    match source::read(file) {
        Ok(text) if known == Some(text.hash) => None,
        Ok(text) if text.source.text.trim_start_matches('\u{feff}').trim().is_empty() => {
            Some(Fresh::nothing(file, text.hash, empty(file)))
        }
        Ok(text) => Some(understand(file, &text, origin, (config, aliases))),
        Err(finding) => Some(Fresh::nothing(file, 0, finding)),
    }
}

fn empty(file: &SourceFile) -> Finding {
    let finding = Finding::new(Code::Empty, "has nothing in it, so it was left out").in_path(file.shown.clone());
    finding.help("write something into it, or remove it")
}

fn understand(
    file: &SourceFile,
    text: &Text,
    origin: Option<&SourceConfig>,
    (config, aliases): (&Config, &Aliases),
) -> Fresh {
    let name = file.stem.rsplit('/').next().unwrap_or(&file.stem);
    let lang = origin.and_then(|source| source.lang.as_ref());
    let hints = Hints { stem: name, date: None, year: None, languages: &config.languages, lang };
    let detect = || reader::detect(&text.source.text, &file.shown).unwrap_or(Format::Markdown);
    let format = origin.and_then(|source| source.format).unwrap_or_else(detect);
    let reading = reader::read(format, &text.source.text, &hints);
    let folder = file.shown.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let Reading { digests, page, findings } = reading;
    let canonical = |tag: &Tag| aliases.canonical(tag);
    let wanted = Wanted { canonical: &canonical, authors: config.outputs.authors || config.outputs.related };
    let draft = |mut digest: Digest| {
        if let Some(source) = origin {
            leave_out(&mut digest, source);
        }
        DigestDraft::new(Arc::clone(&text.source), folder.clone(), digest, &wanted).in_lang(lang)
    };
    let page = page.map(|page| kept_page(page, file, &text.source, &folder));
    let findings = findings.into_iter().map(|finding| soften(finding.in_source(&text.source), file.origin)).collect();
    Fresh { file: file.clone(), hash: text.hash, digests: digests.into_iter().map(draft).collect(), page, findings }
}

/// Entries with a tag that the source excludes.
fn leave_out(digest: &mut Digest, source: &SourceConfig) {
    if !source.exclude_tags.is_empty() {
        digest.entries.retain(|entry| !entry.tags.iter().any(|tag| source.exclude_tags.contains(tag)));
    }
}

fn kept_page(page: Page, file: &SourceFile, source: &Arc<SourceText>, folder: &str) -> KeptPage {
    KeptPage { source: Arc::clone(source), folder: folder.to_owned(), address: page_address(&file.stem), page }
}

/// `notes/About me` → `notes/about-me`; `index` in a folder is the folder.
fn page_address(stem: &str) -> String {
    let parts: Vec<String> = stem.split('/').map(crate::route::slug).collect();
    match parts.split_last() {
        Some((last, folders)) if last == "index" && !folders.is_empty() => folders.join("/"),
        _ => parts.join("/"),
    }
}

/// In a vault, a file that cannot be understood is left out with a warning; in `content/` it is an error.
fn soften(mut finding: Finding, origin: usize) -> Finding {
    if origin > 0 && finding.severity() == Severity::Error {
        finding.message = format!("{} ({})", finding.message, finding.code.as_str());
        finding.code = Code::Skipped;
    }
    finding
}

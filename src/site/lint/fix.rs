//! What can be put right without asking: changes to a digest's text after which it says what it said, but for the
//! one thing that was odd. Every change is proved by reading the new text. Pure.

mod places;

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::config::Config;
use crate::diagnostic::{Code, Finding, SourceText};
use crate::formats::{self, Hints, MARKDOWN};
use crate::model::{Digest, Entry, Lang, Tag};
use crate::site::Site;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced, in bytes of the text.
    pub span: Range<usize>,
    /// By what.
    pub with: String,
    /// What kind of oddity it was.
    pub code: Code,
    /// What was odd, in one sentence.
    pub message: String,
}

/// All that can be put right in one file.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// The file.
    pub source: Arc<SourceText>,
    /// The changes, in order.
    pub fixes: Vec<Fix>,
    /// The text after them.
    pub text: String,
}

/// Which tag stands for which, as config.toml says.
#[derive(Debug, Default)]
pub struct Aliases(FxHashMap<Tag, Tag>);

impl Aliases {
    /// Aliases of tags that are no aliases themselves.
    pub fn new(config: &Config) -> Self {
        let all = config.tag_aliases();
        Self(
            all.iter()
                .filter(|(_, tag)| !all.contains_key(tag))
                .map(|(a, b)| (a.clone(), b.clone()))
                .collect(),
        )
    }

    /// The tag that is meant; the tag itself where it is no alias.
    fn meant<'a>(&'a self, tag: &'a Tag) -> &'a Tag {
        self.0.get(tag).unwrap_or(tag)
    }
}

/// What can be put right in the digests of `content/`; vaults and other sources are never changed.
pub fn fixable(site: &Site, config: &Config) -> Vec<Fixed> {
    let aliases = Aliases::new(config);
    let own = site.digests().iter().filter(|digest| digest.source.path.starts_with("content/"));
    own.filter_map(|digest| fixed(&digest.source, &digest.digest, &aliases, &config.languages))
        .collect()
}

/// What can be put right in one file; `None` where nothing is odd, or the new text would say something else.
pub fn fixed(
    source: &Arc<SourceText>,
    digest: &Digest,
    aliases: &Aliases,
    languages: &[Lang],
) -> Option<Fixed> {
    // A redirector's address is unwrapped when it is read: only the text can tell.
    let wrapped = places::may_wrap(&source.text);
    if !wrapped
        && !digest
            .entries
            .iter()
            .any(|entry| has_odd_links(entry) || has_renamed_tags(aliases, entry))
    {
        return None;
    }
    if formats::detect(&source.text, &source.path).is_some_and(|format| format != MARKDOWN) {
        return None;
    }
    let ends =
        digest.entries.iter().skip(1).map(|entry| entry.span.start).chain([source.text.len()]);
    let sections = digest.entries.iter().zip(ends).map(|(entry, end)| (entry, entry.span.end..end));
    let fixes: Vec<Fix> = sections
        .flat_map(|(entry, range)| places::of(&source.text, range, entry, aliases))
        .collect();
    let text = apply(&source.text, &fixes);
    let name = source.path.rsplit('/').next().unwrap_or(&source.path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let hints = Hints { stem, languages, ..Hints::default() };
    let read = formats::read(MARKDOWN, &text, &hints).digests;
    let proved = !fixes.is_empty() && read.as_slice() == [after(digest, aliases)];
    proved.then(|| Fixed { source: Arc::clone(source), fixes, text })
}

fn has_renamed_tags(aliases: &Aliases, entry: &Entry) -> bool {
    entry.tags.iter().any(|tag| aliases.meant(tag) != tag)
}

fn has_odd_links(entry: &Entry) -> bool {
    entry.links.iter().any(|link| link.key.is_none() && places::better(&link.url).is_some())
}

fn apply(text: &str, fixes: &[Fix]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for fix in fixes {
        out.push_str(&text[from..fix.span.start]);
        out.push_str(&fix.with);
        from = fix.span.end;
    }
    out + &text[from..]
}

/// The digest as it has to read when all is put right.
fn after(digest: &Digest, aliases: &Aliases) -> Digest {
    let mut digest = digest.clone();
    for entry in &mut digest.entries {
        for link in entry.links.iter_mut().filter(|link| link.key.is_none()) {
            if let Some(better) = places::better(&link.url) {
                link.url = better;
            }
        }
        let mut tags: Vec<Tag> = Vec::new();
        for tag in &entry.tags {
            let meant = aliases.meant(tag);
            if !tags.contains(meant) {
                tags.push(meant.clone());
            }
        }
        entry.tags = tags;
    }
    digest
}

/// A note for each change, at its place.
pub fn findings(fixable: &[Fixed]) -> Vec<Finding> {
    fixable
        .iter()
        .flat_map(|file| {
            let source = Arc::clone(&file.source);
            file.fixes
                .iter()
                .map(move |fix| {
                    let finding = Finding::new(fix.code, fix.message.clone())
                        .at(fix.span.clone())
                        .in_source(&source);
                    finding.help("`offprint check --fix` puts it right")
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

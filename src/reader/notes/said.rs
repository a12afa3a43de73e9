//! What a note's front matter says of its paper, in the keys that reference managers and web clippers write. What the
//! note itself says counts for more.

use crate::diagnostic::{Code, Finding};
use crate::digest::{Entry, Link, Prose, author};
use crate::reader::front_matter::Other;
use crate::reader::metadata::{self, add_field, add_people};

/// Keys of front matter by what they say.
#[derive(Default)]
pub(super) struct Said {
    authors: Vec<Other>,
    abstracts: Vec<Other>,
    fields: Vec<(&'static str, String)>,
}

impl Said {
    /// Sorts keys. Addresses go to the entry at once: what stands in the note is then read as what follows a link. Other
    /// keys are the vault's own.
    pub(super) fn of(others: Vec<Other>, entry: &mut Entry, findings: &mut Vec<Finding>) -> Self {
        let mut said = Self::default();
        for other in others {
            match other.key.to_lowercase().replace([' ', '_'], "-").as_str() {
                "author" | "authors" | "creators" if !other.texts.is_empty() => said.authors.push(other),
                "abstract" if !other.texts.is_empty() => said.abstracts.push(other),
                "venue" | "journal" | "conference" | "publication" | "publication-title" | "publicationtitle" => {
                    said.fields.extend(other.texts.into_iter().map(|text| ("venue", text)));
                }
                "citekey" | "cite-key" | "citation-key" | "citationkey" => {
                    said.fields.extend(other.texts.into_iter().map(|text| ("cite-key", text)));
                }
                "year" => said.fields.extend(other.texts.into_iter().map(|text| ("year", text))),
                "url" | "link" | "links" | "source" | "paper" | "website" | "arxiv" | "arxiv-id" | "arxivid"
                | "doi" | "openreview"
                    if add_links(&other, None, entry) => {}
                key @ ("pdf" | "code" | "github" | "project" | "repo") if add_links(&other, Some(key), entry) => {}
                _ => findings.push(other.unknown()),
            }
        }
        metadata::one_a_paper(&mut entry.links);
        said
    }

    /// Gives the entry what the note does not say itself.
    pub(super) fn complete(self, entry: &mut Entry, findings: &mut Vec<Finding>) {
        let unused = |other: &Other| {
            let message = format!("the front-matter key `{}` is not used: the note says it itself", other.key);
            Finding::new(Code::OwnKey, message).at(other.span.clone())
        };
        if entry.authors.is_empty() && entry.org.is_none() {
            let items: Vec<_> = self.authors.iter().flat_map(|other| &other.texts).map(|text| unlinked(text)).collect();
            add_people(entry, author::of_items(items.iter().map(String::as_str)));
        } else {
            findings.extend(self.authors.iter().map(unused));
        }
        for other in &self.abstracts {
            if entry.abstract_text.is_none() {
                entry.abstract_text = Some(Prose::new(other.texts.join("\n\n").trim()));
            } else {
                findings.push(unused(other));
            }
        }
        for (key, value) in self.fields {
            add_field(entry, key, value.trim());
        }
    }
}

/// Adds addresses and ids as links; whether all of them are some.
fn add_links(other: &Other, key: Option<&str>, entry: &mut Entry) -> bool {
    let read = |text: &String| metadata::links(text.trim().trim_matches(['"', '\'']));
    let Some(urls) = other.texts.iter().map(read).collect::<Option<Vec<_>>>() else { return false };
    entry.links.extend(urls.into_iter().flatten().map(|url| Link { key: key.map(str::to_owned), url }));
    true
}

/// `[[Ada Wick]]` and `[[people/ada|Ada Wick]]` as a reader sees them.
fn unlinked(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, link)) = rest.split_once("[[") {
        let Some((link, after)) = link.split_once("]]") else { break };
        out.push_str(before);
        out.push_str(link.rsplit_once('|').map_or(link, |(_, shown)| shown));
        rest = after;
    }
    out + rest
}

//! Links to parts of other pages: whether the page that a reader gets has the part. Only `check` asks.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use percent_encoding::percent_decode_str;
use rustc_hash::{FxHashMap, FxHashSet};

use super::PageRenderer;
use super::texts::{page_key, text_key};
use crate::diagnostic::{Code, Finding, SourceText};
use crate::markup::{self, HoleTarget, Resolver as _};
use crate::model::{Passage, Prose};
use crate::render::plan::Output;
use crate::site::{EntryIndex, Meant};

/// The parts of pages that were asked for, by path; none where there is no page.
type Pages = BTreeMap<String, Option<FxHashSet<String>>>;

/// By a text that links mean: its parts by name. A text is read once for all links to it.
pub(super) type Named = Mutex<FxHashMap<Meant, Arc<FxHashMap<String, String>>>>;

/// Links with a `#part` that the page they lead to does not have.
pub fn dead_parts(press: &PageRenderer<'_>) -> Vec<Finding> {
    let (mut pages, mut findings) = (Pages::new(), Vec::new());
    for digest in press.site.digests() {
        let said = &digest.digest;
        let passages = said.intro.iter().chain(said.entries.iter().flat_map(|entry| &entry.body));
        dead_parts_of(press, passages, (&digest.folder, &digest.source), &mut pages, &mut findings);
    }
    for page in press.site.pages() {
        dead_parts_of(
            press,
            page.page.body.iter(),
            (&page.folder, &page.source),
            &mut pages,
            &mut findings,
        );
    }
    findings
}

fn dead_parts_of<'t>(
    press: &PageRenderer<'_>,
    passages: impl Iterator<Item = &'t Passage>,
    (folder, source): (&str, &Arc<SourceText>),
    pages: &mut Pages,
    findings: &mut Vec<Finding>,
) {
    for text in passages.map(|passage| &passage.text).filter(|text| may_lead_to_part(text)) {
        for hole in press.markup.render(&text.text, "").all_holes() {
            let Some((href, part)) = part(press, &hole.target, folder) else { continue };
            if !page_has(press, &href, &part, pages) {
                let message = format!("the link leads to `#{part}`, which that page does not have");
                let finding = Finding::new(Code::DeadLink, message).in_source(source);
                let span = text.source_span(hole.span.clone()).unwrap_or_default();
                findings.push(
                    finding
                        .at(span)
                        .help("parts are called after headings: `## Two words` is `#two-words`"),
                );
            }
        }
    }
}

/// Where a link leads and to which part, if both are known.
fn part(press: &PageRenderer<'_>, target: &HoleTarget, folder: &str) -> Option<(String, String)> {
    let seen = press.seen(folder);
    match target {
        HoleTarget::File { path, fragment } => {
            let part = fragment.strip_prefix('#').filter(|part| !part.is_empty())?;
            let part = percent_decode_str(part).decode_utf8_lossy().into_owned();
            Some((seen.file(path)?, seen.file_part(path, &markup::part(&part)).unwrap_or(part)))
        }
        HoleTarget::Wikilink { name, heading: Some(heading), .. } => {
            let part = markup::part(heading);
            Some((seen.wikilink(name)?.href, seen.part(name, &part).unwrap_or(part)))
        }
        _ => None,
    }
}

/// The id of a heading or a block in the texts that a link means: each text has ids of its own, for many share a page.
pub(super) fn part_of(press: &PageRenderer<'_>, meant: Meant, slug: &str) -> Option<String> {
    let named = || press.kept.named.lock().unwrap_or_else(PoisonError::into_inner);
    let known = named().get(&meant).cloned();
    let parts = known.unwrap_or_else(|| {
        let parts = Arc::new(parts_named(press, meant));
        named().insert(meant, Arc::clone(&parts));
        parts
    });
    parts.get(slug).cloned()
}

/// The ids of all headings and blocks of the texts that a link means, by what a link calls them: the first of a name.
fn parts_named(press: &PageRenderer<'_>, meant: Meant) -> FxHashMap<String, String> {
    let mut parts = FxHashMap::default();
    for (text, key) in keyed_texts(press, meant) {
        let markup = press.markup.render(&text.text, &key);
        let before = markup::prefixed(&key, "");
        for id in markup.headings.into_iter().map(|heading| heading.id).chain(markup.blocks) {
            let Some(name) = id.strip_prefix(&before).map(str::to_owned) else { continue };
            parts.entry(name).or_insert(id);
        }
    }
    parts
}

/// The texts that a link means, each with what the ids in it begin with.
fn keyed_texts<'a>(press: &'a PageRenderer<'_>, meant: Meant) -> Vec<(&'a Prose, String)> {
    let site = press.site;
    let of_entry = |&entry: &EntryIndex| {
        let (path, position) = (&site.digest_of(entry).source.path, site.position(entry));
        let passages = site.entry(entry).body.iter().map(|passage| &passage.text).zip(1..);
        let texts = passages.chain(site.entry(entry).abstract_text.iter().zip(0..));
        texts.map(move |(text, number)| (text, text_key((path, position, number))))
    };
    match meant {
        Meant::Entry(entry) => {
            let others =
                site.entries_of(site.paper_of(entry)).iter().filter(|other| **other != entry);
            std::iter::once(&entry).chain(others).flat_map(of_entry).collect()
        }
        Meant::Digest(digest) => {
            let kept = &site.digests()[digest];
            let intro = kept.digest.intro.iter().enumerate();
            let intro = intro.map(|(number, passage)| {
                (&passage.text, text_key((&kept.source.path, usize::MAX, number)))
            });
            intro
                .chain(site.entries_in(digest).collect::<Vec<_>>().iter().flat_map(of_entry))
                .collect()
        }
        Meant::Page(page) => {
            let passages = press.edition.page_passages(&site.pages()[page]).0;
            passages
                .into_iter()
                .enumerate()
                .map(|(number, (passage, _))| (&passage.text, page_key(number)))
                .collect()
        }
    }
}

fn page_has(press: &PageRenderer<'_>, href: &str, part: &str, pages: &mut Pages) -> bool {
    let root = press.config.base_url.href("");
    let path = href.strip_prefix(&root).unwrap_or(href);
    let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
    let page = pages.entry(path).or_insert_with_key(|path| {
        let html = Some(html_at(press, path)).filter(|html| !html.is_empty())?;
        Some(markup::parts(&html).map(str::to_owned).collect())
    });
    // What is no page of HTML, a PDF for example, has parts that nobody here knows.
    page.as_ref().is_none_or(|parts| parts.contains(part))
}

fn html_at(press: &PageRenderer<'_>, path: &str) -> String {
    let output = press.plan.find(path).filter(|output| output.is_page());
    // Another tree may show the languages that this one leaves out.
    let in_trees = output.into_iter().flat_map(|output| {
        let trees = press.config.trees().into_iter();
        trees.map(move |tree| Output { tree, ..output.clone() })
    });
    let bytes = in_trees.filter_map(|output| press.render(&output).ok().flatten());
    bytes.filter_map(|bytes| String::from_utf8(bytes).ok()).collect()
}

/// Most texts hold no link with a `#`; asking is much faster than rendering.
fn may_lead_to_part(text: &Prose) -> bool {
    let text = &text.text;
    text.contains('#')
        && (text.contains("](")
            || text.contains("[[")
            || text.contains("]:")
            || text.contains("href"))
}

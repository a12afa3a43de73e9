//! What every digest must be so that the writer can write it and the `markdown` reader read the same back.
//!
//! Readers of other formats need not know the native one's structure: what would be taken for it is made
//! plain here. Headings in commentary become deeper than an entry's, language marks are escaped, code is closed,
//! names and fields are brought into the form they would be read in, languages are told apart.

use crate::model::id::{PaperId, is_web_address, unwrap_redirector};
use crate::model::{
    Digest, Entry, Link, Meta, Passage, Prose, Tag, Translated, author, keep_first,
};

use super::escape_markdown::unplaced;
use super::heading::numbered;
use super::passages::{join, opens_language, trim};
use super::text::{Fence, Line, clean, has, heading, lines, squeeze};
use super::{Hints, arxiv, hidden, language_split, metadata, private, tex};

/// Settles a digest and all it holds.
pub(super) fn digest(digest: &mut Digest, hints: &Hints<'_>) {
    settle_meta(&mut digest.meta);
    let declared = digest.meta.lang.clone();
    passages(&mut digest.intro);
    language_split::split(&mut digest.intro, declared.as_ref(), hints);
    for entry in &mut digest.entries {
        settle_entry(entry);
        language_split::split(&mut entry.body, declared.as_ref(), hints);
    }
}

fn settle_meta(meta: &mut Meta) {
    let texts = std::mem::take(&mut meta.title).texts;
    let texts = texts
        .into_iter()
        .map(|(lang, text)| (lang, plain(&text)))
        .filter(|(_, text)| !text.is_empty());
    meta.title = Translated { texts: texts.collect() };
}

fn settle_entry(entry: &mut Entry) {
    entry.title = plain(&entry.title);
    entry.title_markup = entry.title_markup.take().map(|markup| plain(&markup));
    let names = std::mem::take(&mut entry.authors);
    let org = entry.org.take().map(|org| plain(&org)).filter(|org| !org.is_empty());
    let fields = std::mem::take(&mut entry.fields);
    entry.org = org;
    settle_links(entry);
    take_number(entry);
    let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    metadata::add_people(entry, author::of_items(names.iter().map(String::as_str)));
    for (name, value) in fields {
        let value = plain(&value);
        if !value.is_empty() {
            let key = key(&name);
            let key = if private::keeps_back(&key, &value) { format!("x-{key}") } else { key };
            metadata::add_field(entry, &key, &value);
        }
    }
    take_preprint(entry);
    if let Some(text) = &mut entry.abstract_text {
        if let Some(copied) = tex::copied(&text.text) {
            *text = unplaced(&copied);
        }
        tidy(text);
    }
    passages(&mut entry.body);
    keep_first(&mut entry.tags, Tag::clone);
}

/// Takes off a title the number of its paper, which browsers put before it: `[2503.90001] Lamps at Night`.
fn take_number(entry: &mut Entry) {
    let Some((id, title)) = numbered(&entry.title).map(|(id, title)| (id, title.to_owned())) else {
        return;
    };
    if entry.ids().is_empty() {
        entry.links.push(Link { key: None, url: id.url() });
    }
    entry.title = title;
    let markup = entry.title_markup.as_deref().and_then(|markup| markup.split_once("] "));
    entry.title_markup = markup.map(|(_, markup)| markup.to_owned());
}

/// Takes the id that a venue is: `arXiv preprint arXiv:2503.90001`.
fn take_preprint(entry: &mut Entry) {
    if !entry.ids().is_empty() {
        return;
    }
    let venue = entry.fields.iter_mut().find(|(name, _)| name == "venue");
    let said = venue.and_then(|(_, venue)| Some((arxiv::said(venue, false)?, venue)));
    let Some(((id, rest), venue)) = said else { return };
    *venue = rest;
    entry.fields.retain(|(_, value)| !value.is_empty());
    let id = PaperId::parse(&format!("arXiv:{id}"));
    entry.links.extend(id.map(|id| Link { key: None, url: id.url() }));
}

fn settle_links(entry: &mut Entry) {
    for Link { key: name, url } in std::mem::take(&mut entry.links) {
        let url = squeeze(&clean(&url)).replace(' ', "%20");
        let name = name.map(|name| key(&name));
        let url = if is_web_address(&url) {
            url
        } else {
            PaperId::parse(&url).map_or(url, |id| id.url())
        };
        match name {
            Some(name) => metadata::add_field(entry, &name, &url),
            None if is_web_address(&url) => {
                entry.links.push(Link { key: None, url: unwrap_redirector(&url).into_owned() });
            }
            None if !url.is_empty() => entry.fields.push(("link".to_owned(), url)),
            None => {}
        }
    }
}

/// A key of the form that metadata has.
fn key(name: &str) -> String {
    let folded: String = name
        .trim()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .collect();
    if metadata::is_key(&folded) { folded } else { format!("x-{folded}") }
}

/// One line of text, in which nothing is or opens a comment.
fn plain(text: &str) -> String {
    let mut line = squeeze(&clean(text));
    if has(&line, "<!--") {
        line = line.replace("<!--", "<! --");
    }
    while has(&line, "%%") {
        line = line.replace("%%", "%");
    }
    line
}

/// Settles texts: headings in them become deeper than an entry's.
pub(super) fn passages(all: &mut Vec<Passage>) {
    let mut out: Vec<Passage> = Vec::with_capacity(all.len());
    for mut passage in std::mem::take(all) {
        tidy(&mut passage.text);
        if passage.text.text.is_empty() {
            continue;
        }
        close_code(&mut passage.text);
        escape_marks(&mut passage.text);
        join(&mut out, passage);
    }
    deepen(&mut out);
    *all = out;
}

/// Without what no page can hold, and blank lines at its ends.
fn tidy(prose: &mut Prose) {
    if has(&prose.text, "\r") {
        prose.text = clean(&prose.text).replace("\r\n", "\n");
        prose.origin.clear();
    } else if let std::borrow::Cow::Owned(text) = clean(&prose.text) {
        prose.text = text;
    }
    hidden::settle(prose);
    private::settle(prose);
    trim(prose);
}

/// Lines of a text that are not code.
fn each_plain_line(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut fence = Fence::default();
    lines(text, 0..text.len()).filter(move |line| !fence.take(line.text))
}

fn close_code(prose: &mut Prose) {
    if !has(&prose.text, "```") && !has(&prose.text, "~~~") {
        return;
    }
    let mut fence = Fence::default();
    lines(&prose.text, 0..prose.text.len()).for_each(|line| {
        fence.take(line.text);
    });
    if let Some(closing) = fence.closing() {
        prose.text.push('\n');
        prose.text.push_str(&closing);
    }
}

fn escape_marks(prose: &mut Prose) {
    if !has(&prose.text, ":::") && !has(&prose.text, "<") {
        return;
    }
    let marks: Vec<usize> = each_plain_line(&prose.text)
        .filter(|line| opens_language(line.text))
        .map(|line| line.start + line.indent())
        .collect();
    insert(prose, &marks, "\\");
}

/// Makes every heading deeper than an entry's, and keeps their differences.
fn deepen(passages: &mut [Passage]) {
    let headed =
        passages.iter().map(|passage| passage.text.text.as_str()).filter(|text| has(text, "#"));
    let highest =
        headed.flat_map(|text| each_plain_line(text).filter_map(|line| level(&line))).min();
    let by = 3_usize.saturating_sub(highest.unwrap_or(3));
    if by == 0 {
        return;
    }
    for passage in passages {
        for _ in 0..by {
            // Six is as deep as Markdown goes: those that are there stay.
            let at: Vec<usize> = each_plain_line(&passage.text.text)
                .filter(|line| level(line).is_some_and(|level| level < 6))
                .map(|line| line.start + line.indent())
                .collect();
            insert(&mut passage.text, &at, "#");
        }
    }
}

fn level(line: &Line<'_>) -> Option<usize> {
    heading(line.text).map(|(level, _)| level)
}

/// Inserts a text at offsets in order; what stood there keeps its places.
pub(super) fn insert(prose: &mut Prose, offsets: &[usize], what: &str) {
    if offsets.is_empty() {
        return;
    }
    let mut out = Prose::default();
    let mut from = 0;
    for &at in offsets {
        out.append(&prose.slice(from..at));
        out.text.push_str(what);
        from = at;
    }
    out.append(&prose.slice(from..prose.text.len()));
    *prose = out;
}

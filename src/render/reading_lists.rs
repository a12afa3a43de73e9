//! Reading lists as templates and feeds show them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::texts::{Seen, page_key, text_seed, view};
use super::view::Of;
use super::views::{FeedEntry, ListItemView, PaperView, TextView};
use super::{PageRenderer, exports::feeds, feed_texts};
use crate::model::{Lang, Passage, Prose};
use crate::site::{KeptPage, ListItem, PaperIndex};

/// The texts of a list: before its items, of each item, and after all.
#[derive(Default)]
pub(super) struct ListTexts {
    pub(super) before: Vec<TextView>,
    pub(super) items: Vec<ListItemView>,
    pub(super) after: Vec<TextView>,
    /// What stands before an item that is still to come.
    waiting: Vec<TextView>,
    known: FxHashMap<PaperIndex, usize>,
    /// Ids of headings and keys of parts.
    ids: FxHashSet<String>,
}

impl ListTexts {
    /// The place of an item that names this paper, a new one where there is none; it takes what waits for it.
    fn place(
        &mut self,
        paper: Option<PaperIndex>,
        view: impl FnOnce() -> Option<Of<PaperView>>,
    ) -> usize {
        let known = paper.and_then(|paper| self.known.get(&paper).copied());
        let place = known.unwrap_or_else(|| {
            let (number, paper) = (self.items.len() + 1, view());
            self.items.push(ListItemView { number, before: Vec::new(), paper, texts: Vec::new() });
            number - 1
        });
        self.known.extend(paper.map(|paper| (paper, place)));
        let waiting = std::mem::take(&mut self.waiting);
        if place == 0 { &mut self.before } else { &mut self.items[place].before }.extend(waiting);
        place
    }
}

/// Where a text of a list stands: which page, the number of its passage, and its language.
#[derive(Clone, Copy)]
struct Within<'p> {
    page: &'p KeptPage,
    number: usize,
    lang: &'p Lang,
}

/// The texts of the list that a page is, and whether they are in another language than the tree's. The items of several
/// languages that name one paper are one item.
pub(super) fn list_texts(press: &PageRenderer<'_>, place: usize) -> (ListTexts, bool) {
    let mut out = ListTexts::default();
    let page = &press.site.pages()[place];
    let Some(list) = press.site.list_of_page(place) else { return (out, false) };
    let (shown, untranslated) = press.edition.page_passages(page);
    for (number, (passage, items)) in page.page.body.iter().zip(&list.items).enumerate() {
        let Some(&(_, lang)) = shown.iter().find(|(other, _)| std::ptr::eq(*other, passage)) else {
            continue;
        };
        let within = Within { page, number, lang };
        let mut from = 0;
        for (index, item) in items.iter().enumerate() {
            let before = passage.text.slice(from..item.item.span.start);
            from = item.item.span.end;
            out.waiting.extend(list_text(press, within, None, &before, &mut out.ids));
            let text = list_text(press, within, Some(index), &remark(passage, item), &mut out.ids);
            let at = out.place(item.paper, || item.paper.map(|paper| press.paper_view(paper)));
            out.items[at].texts.extend(text);
        }
        let rest = passage.text.slice(from..passage.text.text.len());
        out.waiting.extend(list_text(press, within, None, &rest, &mut out.ids));
    }
    let waiting = std::mem::take(&mut out.waiting);
    if out.items.is_empty() {
        out.before = waiting;
    } else {
        out.after = waiting;
    }
    (out, untranslated)
}

/// A part of a list as HTML; none where it says nothing. The ids of what stands between items are those of the text as a
/// whole, so that links to its headings lead there, unless another part has one already.
fn list_text(
    press: &PageRenderer<'_>,
    within: Within<'_>,
    item: Option<usize>,
    text: &Prose,
    ids: &mut FxHashSet<String>,
) -> Option<TextView> {
    if text.text.trim().is_empty() {
        return None;
    }
    let Within { page, number, lang } = within;
    let seen = Seen { of: press.site.text_at(&page.source.path), ..press.seen(&page.folder) };
    let own_key = format!("{}i{}-", page_key(number), ids.len());
    let shared = if item.is_none() {
        Some(press.markup.page(&text.text, &page_key(number)))
            .filter(|markup| markup.headings.iter().all(|part| !ids.contains(&part.id)))
    } else {
        None
    };
    let markup = shared.unwrap_or_else(|| press.markup.page(&text.text, &own_key));
    ids.extend(markup.headings.iter().map(|heading| heading.id.clone()).chain([own_key]));
    press.report(&markup, text, &seen, &page.source);
    let seen = Seen { seed: text_seed((&page.source.path, ids.len(), number)), ..seen };
    Some(view(&markup, lang, &seen))
}

/// The papers of the list that a page is in its feed, each with its remark before what else is said of it.
pub(super) fn list_entries(press: &PageRenderer<'_>, place: usize) -> Vec<FeedEntry> {
    let page = &press.site.pages()[place];
    let Some(list) = press.site.list_of_page(place) else { return Vec::new() };
    let address = feed_texts::page_in_feeds(press, &page.route());
    let (shown, _) = press.edition.page_passages(page);
    let mut places: FxHashMap<PaperIndex, usize> = FxHashMap::default();
    // Each with how much of its content is remarks.
    let mut entries: Vec<(usize, FeedEntry)> = Vec::new();
    for (number, (passage, items)) in page.page.body.iter().zip(&list.items).enumerate() {
        let Some((_, lang)) = shown.iter().find(|(other, _)| std::ptr::eq(*other, passage)) else {
            continue;
        };
        for (index, item) in items.iter().enumerate() {
            let Some(paper) = item.paper else { continue };
            let seen = Seen {
                origin: press.config.base_url.origin(),
                page: &address,
                lang,
                ..press.seen(&page.folder)
            };
            let text = remark(passage, item);
            let mut html = String::new();
            let markup = press.markup.page(&text.text, &format!("{}i{index}-", page_key(number)));
            feed_texts::marked_in_feeds(press, lang, &mut html, |html| markup.fill(&seen, html));
            if let Some((said, entry)) = places.get(&paper).map(|place| &mut entries[*place]) {
                entry.content.insert_str(*said, &html);
                *said += html.len();
            } else if let Some(mut entry) = feeds::paper_entry(press, paper) {
                entry.content.insert_str(0, &html);
                places.insert(paper, entries.len());
                entries.push((html.len(), entry));
            }
        }
    }
    entries.into_iter().map(|(_, entry)| entry).collect()
}

/// What an item says of its paper; all of it where it names none that the site has.
fn remark(passage: &Passage, item: &ListItem) -> Prose {
    let lines = if item.paper.is_some() { &item.item.remark } else { &item.item.lines };
    let mut text = Prose::default();
    for line in lines {
        if !text.text.is_empty() {
            text.append(&Prose::new("\n"));
        }
        text.append(&passage.text.slice(line.clone()));
    }
    text
}

//! Texts as feeds and mails have them: addresses absolute, languages marked where readers would take them for others.

use std::borrow::Cow;

use super::PageRenderer;
use super::embeds::room;
use super::texts::{Seen, text_key, text_seed};
use crate::model::route::Route;
use crate::model::{Lang, Prose};
use crate::site::{EntryIndex, Meant};

/// What stands before `#fragments` in feeds: nothing, for what they name is in the same entry. In a mail it is the page,
/// for programs that read mail know no ids.
pub(super) fn page_in_feeds(press: &PageRenderer<'_>, route: &Route) -> String {
    if press.by_mail { press.edition.absolute(route) } else { String::new() }
}

/// An entry's HTML for feeds: abstract and commentary, addresses absolute. Made once: several feeds show it.
pub(super) fn feed_text<'a>(press: &'a PageRenderer<'_>, entry: EntryIndex) -> Cow<'a, str> {
    let made = || {
        let mut html = String::new();
        feed_html(press, entry, &mut html);
        html
    };
    // What is kept is in all languages of the tree.
    if press.edition.alone {
        return made().into();
    }
    press.kept.feed_texts[entry as usize].get_or_init(made).as_str().into()
}

/// Writes a passage for feeds, in an element of its language where readers of feeds would take it for another.
pub(super) fn marked_in_feeds(
    press: &PageRenderer<'_>,
    lang: &Lang,
    out: &mut String,
    write: impl FnOnce(&mut String),
) {
    let marked = is_marked_in_feeds(press, lang);
    if marked {
        out.extend(["<div", &attributes(lang), ">"]);
    }
    write(out);
    out.push_str(if marked { "</div>" } else { "" });
}

fn is_marked_in_feeds(press: &PageRenderer<'_>, lang: &Lang) -> bool {
    lang != press.edition.lang || lang.is_right_to_left()
}

fn feed_html(press: &PageRenderer<'_>, entry: EntryIndex, out: &mut String) {
    let digest = press.site.digest_of(entry);
    let page = page_in_feeds(press, &press.edition.paper_route(press.site.paper_of(entry)));
    let room = room();
    let seen = Seen {
        origin: press.config.base_url.origin(),
        page: &page,
        of: Some(Meant::Entry(entry)),
        room: Some(&room),
        ..press.seen(&digest.folder)
    };
    // The page has the same ids: readers that know none within an entry lead there.
    let show = |text: &Prose, number: usize, lang: &Lang, out: &mut String| {
        let place = (digest.source.path.as_str(), press.site.position(entry), number);
        let markup = press.markup.render(&text.text, &text_key(place));
        markup.fill(&Seen { lang, seed: text_seed(place), ..seen }, out);
    };
    let (said, langs) = (press.site.entry(entry), press.text_langs(entry));
    if let Some(text) = said.abstract_text.as_ref().filter(|text| !text.text.trim().is_empty()) {
        let lang = &langs[0];
        out.push_str("<blockquote");
        if is_marked_in_feeds(press, lang) {
            out.push_str(&attributes(lang));
        }
        out.push('>');
        show(text, 0, lang, out);
        out.push_str("</blockquote>");
    }
    let shown = press.shown_of(entry);
    for (number, (passage, lang)) in (1..).zip(said.body.iter().zip(&langs[1..])) {
        if !press.edition.shows(&shown, lang) {
            continue;
        }
        marked_in_feeds(press, lang, out, |out| show(&passage.text, number, lang, out));
    }
}

/// A language, and its direction where readers of feeds take the other for granted.
fn attributes(lang: &Lang) -> String {
    let direction = if lang.is_right_to_left() { " dir=\"rtl\"" } else { "" };
    format!(" lang=\"{}\"{direction}", lang.as_str())
}

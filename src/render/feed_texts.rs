//! Texts as feeds and mails have them: addresses absolute, languages marked where readers would take them for others.

use std::borrow::Cow;

use super::PageRenderer;
use super::embeds::room;
use super::texts::{Seen, text_key, text_seed};
use crate::model::route::Route;
use crate::model::{Lang, Prose};
use crate::site::{EntryIndex, Meant};

impl PageRenderer<'_> {
    /// What stands before `#fragments` in feeds: nothing, for what they name is in the same entry. In a mail it is the page,
    /// for programs that read mail know no ids.
    pub(super) fn page_in_feeds(&self, route: &Route) -> String {
        if self.by_mail { self.edition.absolute(route) } else { String::new() }
    }

    /// An entry's HTML for feeds: abstract and commentary, addresses absolute. Made once: several feeds show it.
    pub(super) fn feed_text(&self, entry: EntryIndex) -> Cow<'_, str> {
        let made = || {
            let mut html = String::new();
            self.feed_html(entry, &mut html);
            html
        };
        // What is kept is in all languages of the tree.
        if self.edition.alone {
            return made().into();
        }
        self.kept.feed_texts[entry as usize].get_or_init(made).as_str().into()
    }

    /// Writes a passage for feeds, in an element of its language where readers of feeds would take it for another.
    pub(super) fn marked_in_feeds(
        &self,
        lang: &Lang,
        out: &mut String,
        write: impl FnOnce(&mut String),
    ) {
        let marked = self.is_marked_in_feeds(lang);
        if marked {
            out.extend(["<div", &attributes(lang), ">"]);
        }
        write(out);
        out.push_str(if marked { "</div>" } else { "" });
    }

    fn is_marked_in_feeds(&self, lang: &Lang) -> bool {
        lang != self.edition.lang || lang.is_right_to_left()
    }

    fn feed_html(&self, entry: EntryIndex, out: &mut String) {
        let digest = self.site.digest_of(entry);
        let page = self.page_in_feeds(&self.edition.paper_route(self.site.paper_of(entry)));
        let room = room();
        let seen = Seen {
            origin: self.config.base_url.origin(),
            page: &page,
            of: Some(Meant::Entry(entry)),
            room: Some(&room),
            ..self.seen(&digest.folder)
        };
        // The page has the same ids: readers that know none within an entry lead there.
        let show = |text: &Prose, number: usize, lang: &Lang, out: &mut String| {
            let place = (digest.source.path.as_str(), self.site.position(entry), number);
            let markup = self.markup.render(&text.text, &text_key(place));
            markup.fill(&Seen { lang, seed: text_seed(place), ..seen }, out);
        };
        let (said, langs) = (self.site.entry(entry), self.text_langs(entry));
        if let Some(text) = said.abstract_text.as_ref().filter(|text| !text.text.trim().is_empty())
        {
            let lang = &langs[0];
            out.push_str("<blockquote");
            if self.is_marked_in_feeds(lang) {
                out.push_str(&attributes(lang));
            }
            out.push('>');
            show(text, 0, lang, out);
            out.push_str("</blockquote>");
        }
        let shown = self.shown_of(entry);
        for (number, (passage, lang)) in (1..).zip(said.body.iter().zip(&langs[1..])) {
            if !self.edition.shows(&shown, lang) {
                continue;
            }
            self.marked_in_feeds(lang, out, |out| show(&passage.text, number, lang, out));
        }
    }
}

/// A language, and its direction where readers of feeds take the other for granted.
fn attributes(lang: &Lang) -> String {
    let direction = if lang.is_right_to_left() { " dir=\"rtl\"" } else { "" };
    format!(" lang=\"{}\"{direction}", lang.as_str())
}

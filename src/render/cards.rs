//! Pictures for link previews: what their template sees, and how pages name them.

use tera::Context;

use super::Press;
use super::pages::put;
use super::views::{CardLink, CardView};
use crate::media::CARD;
use crate::route::Route;
use crate::site::PaperIndex;

/// Papers that the card of a date names.
const PAPERS: usize = 5;

impl Press<'_> {
    /// A card as the page it belongs to announces it; `None` where cards are not made.
    pub(super) fn card_link(&self, route: &Route, title: &str) -> Option<CardLink> {
        let link = || CardLink {
            url: self.absolute(route),
            width: CARD.0.into(),
            height: CARD.1.into(),
            alt: self.markup.readable(title),
        };
        self.config.outputs.cards.then(link)
    }

    /// The card of a day, for its template.
    pub(super) fn day_card(&self, day: usize, context: &mut Context) {
        let day = &self.site.days()[day];
        let date = day.date.map(|date| self.date_view(date).text).unwrap_or_default();
        let title = self.day_title(day);
        let papers = day.items.iter().take(PAPERS).map(|item| self.markup.readable(self.title(item.paper)));
        let card = CardView {
            kind: "date".into(),
            title: if title.is_empty() { date.clone() } else { title.clone() },
            authors: String::new(),
            // A date that is the title is not said twice.
            date: if title.is_empty() { String::new() } else { date },
            papers: papers.collect(),
            count: day.items.len(),
        };
        put(context, "card", card);
    }

    /// The card of a paper, for its template.
    pub(super) fn paper_card(&self, paper: PaperIndex, context: &mut Context) {
        let entry = self.site.entry(self.site.authors_entry(paper));
        let authors = match entry.authors.as_slice() {
            [] => entry.org.clone().unwrap_or_default(),
            authors => authors.join(", "),
        };
        let card = CardView {
            kind: "paper".into(),
            title: self.markup.readable(self.title(paper)),
            authors,
            date: self.site.date(paper).map(|date| self.date_view(date).text).unwrap_or_default(),
            papers: Vec::new(),
            count: 1,
        };
        put(context, "card", card);
    }
}

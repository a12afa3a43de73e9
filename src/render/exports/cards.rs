//! Pictures for link previews: what their template sees, and how pages name them.

use tera::Context;

use super::{Export, Write};
use crate::config::Switch;
use crate::content::media::CARD;
use crate::model::route::Route;
use crate::render::PageRenderer;
use crate::render::contract::{TemplateDoc, variables};
use crate::render::plan::{Output, Subject};
use crate::render::views::{CardLink, CardView};
use crate::site::PaperIndex;

/// Whether a picture is made for each date and paper.
pub const CARDS: &Switch = &Switch {
    name: "cards",
    default: false,
    full: false,
    about: "`card.png` beside each date and paper, which link previews show. See [cards](theme-html.md#cards).",
};

pub(super) const EXPORT: &Export = &Export {
    file: "card.png",
    switch: Some(CARDS),
    more: &[],
    plan: |planner| {
        let site = planner.inputs.site;
        planner.add_days(Route::DateCard);
        for paper in site.papers() {
            planner.add(Route::PaperCard(site.address(paper).to_owned()), Subject::Paper(paper));
        }
    },
    write: Write::Picture(
        &TemplateDoc {
            name: "card.svg",
            makes: "The picture of a date or a paper, for link previews; drawn as PNG. Only with `outputs.cards`.",
            at: "`/2025/03/12/card.png`, `/papers/2503.07565/card.png`",
            variables: Given::FIELDS,
            has_page: true,
        },
        fill,
    ),
};

variables! {
    card: CardView,
}

fn fill(press: &PageRenderer<'_>, output: &Output, context: &mut Context) {
    let card = match output.about {
        Subject::Day(day) => press.day_card(day),
        Subject::Paper(paper) => press.paper_card(paper),
        _ => return,
    };
    Given { card }.put(context);
}

/// Papers that the card of a date names.
const PAPERS: usize = 5;

impl PageRenderer<'_> {
    /// A card as the page it belongs to announces it; `None` where cards are not made.
    pub(in crate::render) fn card_link(&self, route: &Route, title: &str) -> Option<CardLink> {
        let link = || CardLink {
            url: self.absolute(route),
            width: CARD.0.into(),
            height: CARD.1.into(),
            alt: self.markup.readable(title),
        };
        self.config.outputs.has(CARDS).then(link)
    }

    fn day_card(&self, day: usize) -> CardView {
        let day = &self.site.days()[day];
        let date = day.date.map(|date| self.date_text(date)).unwrap_or_default();
        let title = self.day_title(day);
        let papers =
            day.items.iter().take(PAPERS).map(|item| self.markup.readable(self.title(item.paper)));
        CardView {
            kind: "date".into(),
            title: if title.is_empty() { date.clone() } else { title.clone() },
            authors: String::new(),
            // A date that is the title is not said twice.
            date: if title.is_empty() { String::new() } else { date },
            papers: papers.collect(),
            count: day.items.len(),
        }
    }

    fn paper_card(&self, paper: PaperIndex) -> CardView {
        let entry = self.site.entry(self.site.authors_entry(paper));
        let authors = match entry.authors.as_slice() {
            [] => entry.org.clone().unwrap_or_default(),
            authors => authors.join(", "),
        };
        CardView {
            kind: "paper".into(),
            title: self.markup.readable(self.title(paper)),
            authors,
            date: self.site.date(paper).map(|date| self.date_text(date)).unwrap_or_default(),
            papers: Vec::new(),
            count: 1,
        }
    }
}

//! Pictures for link previews: what their template sees, and how pages name them.

use tera::Context;

use super::{Export, Write};
use crate::config::{AUTO, Config, Switch};
use crate::content::media::CARD;
use crate::model::route::Route;
use crate::render::PageRenderer;
use crate::render::contract::{TemplateDoc, variables};
use crate::render::plan::{Inputs, Output, Subject};
use crate::render::views::{CardLink, CardView};
use crate::site::{Day, PaperIndex, Site};

/// Whether a picture is made for the site and each date and paper. Where that is left to the machine, only the site and its newest dates
/// have one.
pub const CARDS: &Switch = &Switch {
    name: "cards",
    default: false,
    word: Some(AUTO),
    about: "Pictures that link previews show: `\"auto\"` makes one of the site and one of each of its newest 60 dates, where there are fonts for \
            their titles, `true` one of each date and paper. See [cards](theme-html.md#cards).",
};

/// Newest dates that have a card where nobody asked for cards.
const NEWEST: usize = 60;
/// The card of the site.
const OF_SITE: &str = "site-card.png";

/// What stands on the cards that are made where nobody asked for any.
pub fn card_titles(site: &Site, config: &Config) -> String {
    let mut titles: String = config.title.texts.iter().map(|(_, title)| title.as_str()).collect();
    for day in newest(site.dated()) {
        titles.extend(day.items.iter().take(PAPERS).map(|item| site.title(item.paper)));
    }
    titles
}

fn newest(days: &[Day]) -> &[Day] {
    &days[days.len().saturating_sub(NEWEST)..]
}

pub(super) const EXPORT: &Export = &Export {
    file: "card.png",
    switch: Some(CARDS),
    more: &[],
    plan: |planner| {
        let Inputs { site, config, .. } = planner.inputs;
        planner.add(Route::File(OF_SITE.to_owned()), Subject::Site);
        for (day, date) in
            site.dated().iter().enumerate().filter_map(|(day, of)| Some((day, of.date?)))
        {
            if has_day_card(site, config, day) {
                planner.add(Route::DateCard(date), Subject::Day(day));
            }
        }
        for paper in site.papers().filter(|_| has_paper_cards(config)) {
            planner.add(Route::PaperCard(site.address(paper).to_owned()), Subject::Paper(paper));
        }
    },
    write: Write::Picture(
        &TemplateDoc {
            name: "card.svg",
            makes: "The picture of the site, a date or a paper, for link previews; drawn as PNG. Only with `outputs.cards`.",
            at: "`/site-card.png`, `/2025/03/12/card.png`, `/papers/2503.07565/card.png`",
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
    let mut card = match output.about {
        Subject::Day(day) => day_card(press, day),
        Subject::Paper(paper) => paper_card(press, paper),
        _ => site_card(press),
    };
    card.title = short(card.title);
    card.authors = short(card.authors);
    card.papers = card.papers.into_iter().map(short).collect();
    Given { card }.put(context);
}

/// Papers that the card of a date names.
const PAPERS: usize = 5;
/// Most characters of a text on a card. No card has room for them, and laying out text takes kilobytes a letter.
const LONGEST: usize = 400;

/// A text as a card has it: what is longer ends in an ellipsis.
fn short(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}

fn has_paper_cards(config: &Config) -> bool {
    config.outputs.has(CARDS) && !config.outputs.is_auto(CARDS)
}

fn has_day_card(site: &Site, config: &Config, day: usize) -> bool {
    let days = site.dated();
    has_paper_cards(config) || config.outputs.has(CARDS) && day + newest(days).len() >= days.len()
}

/// The card of a date, as its page announces it; `None` where it has none.
pub(in crate::render) fn day_card_link(
    press: &PageRenderer<'_>,
    day: usize,
    title: &str,
) -> Option<CardLink> {
    let date = press.site.dated().get(day)?.date?;
    let has_one = has_day_card(press.site, press.config, day);
    has_one.then(|| card_link(press, &Route::DateCard(date), title))
}

/// The card of a paper.
pub(in crate::render) fn paper_card_link(
    press: &PageRenderer<'_>,
    paper: PaperIndex,
    title: &str,
) -> Option<CardLink> {
    has_paper_cards(press.config)
        .then(|| card_link(press, &Route::PaperCard(press.site.address(paper).to_owned()), title))
}

/// The card of the site, which pages show that have none of their own.
pub(in crate::render) fn site_card_link(press: &PageRenderer<'_>) -> Option<CardLink> {
    let route = Route::File(OF_SITE.to_owned());
    press.config.outputs.has(CARDS).then(|| card_link(press, &route, press.edition.site_title()))
}

fn card_link(press: &PageRenderer<'_>, route: &Route, title: &str) -> CardLink {
    CardLink {
        url: press.edition.absolute(route),
        width: CARD.0.into(),
        height: CARD.1.into(),
        alt: press.markup.readable(title),
    }
}

fn site_card(press: &PageRenderer<'_>) -> CardView {
    CardView {
        kind: "site".into(),
        title: press.edition.site_title().to_owned(),
        authors: press
            .edition
            .said(&press.config.description)
            .map_or_else(String::new, |(text, _)| text.to_owned()),
        date: String::new(),
        papers: Vec::new(),
        count: press.site.papers().len(),
    }
}

fn day_card(press: &PageRenderer<'_>, day: usize) -> CardView {
    let day = &press.site.days()[day];
    let date = day.date.map(|date| press.edition.date_text(date)).unwrap_or_default();
    let title = press.edition.day_title(day);
    let papers = day
        .items
        .iter()
        .take(PAPERS)
        .map(|item| press.markup.readable(press.edition.title(item.paper)));
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

fn paper_card(press: &PageRenderer<'_>, paper: PaperIndex) -> CardView {
    let entry = press.site.entry(press.site.authors_entry(paper));
    let authors = match entry.authors.as_slice() {
        [] => entry.org.clone().unwrap_or_default(),
        authors => authors.join(", "),
    };
    CardView {
        kind: "paper".into(),
        title: press.markup.readable(press.edition.title(paper)),
        authors,
        date: press.site.date(paper).map(|date| press.edition.date_text(date)).unwrap_or_default(),
        papers: Vec::new(),
        count: 1,
    }
}

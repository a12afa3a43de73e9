//! The page of a paper: what it is, what every date says about it, and which papers are near.

use rayon::prelude::*;
use tera::Context;

use super::{Kind, Schema, USUAL};
use crate::config::Switch;
use crate::formats::bibtex;
use crate::model::PaperId;
use crate::model::route::Route;
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{Output, Subject};
use crate::render::view::Of;
use crate::render::views::{LinkView, PaperPage, PaperView};
use crate::render::{PageRenderer, collections, exports::cards, head_html, quotes};
use crate::site::{PaperIndex, Room};

/// Papers named as near.
const NEAR: usize = 6;

/// Whether papers name those near to them.
pub(in crate::render) const RELATED: &Switch =
    &Switch { name: "related", default: true, word: None, about: "Related papers on paper pages." };

pub(in crate::render) const KIND: &Kind = &Kind {
    name: "paper",
    template: "paper.html",
    about: "A paper.",
    example: "`/papers/2503.07565/`",
    variables: Given::FIELDS,
    more: &[RELATED],
    many: true,
    schema: Schema::Review,
    plan: |planner| {
        for paper in planner.inputs.site.papers() {
            let address = planner.inputs.site.address(paper).to_owned();
            planner.add(Route::Paper(address), Subject::Paper(paper));
        }
    },
    head,
    fill,
    ..USUAL
};

variables! {
    paper: Of<PaperView>,
    about: PaperPage,
}

fn head(press: &PageRenderer<'_>, output: &Output, head: &mut Head) {
    let Subject::Paper(paper) = output.about else { return };
    head.title = press.markup.readable(press.edition.title(paper));
    if press.describes() {
        head.description = press.summary(paper).into_owned();
    }
}

fn fill(press: &PageRenderer<'_>, output: &Output, head: &mut Head, context: &mut Context) {
    let Subject::Paper(paper) = output.about else { return };
    if press.uses.meta || press.uses.head {
        head.meta = head_html::citation(press, paper);
    }
    if press.uses.head {
        [head.before, head.after] = beside(press, paper).map(|paper| {
            paper
                .map(|paper| press.edition.href(&press.edition.paper_route(paper)))
                .unwrap_or_default()
        });
        // The publisher's DOI before arXiv's number: that is what stays.
        let ids = press.ids(paper);
        let doi = ids.iter().find(|id| matches!(id, PaperId::Doi(_)));
        head.cite_as = doi.or(ids.first()).map(PaperId::url).unwrap_or_default();
        head.published = press.site.date(paper).map(|date| date.to_string()).unwrap_or_default();
    }
    head.card = cards::paper_card_link(press, paper, &head.title);
    check_titles(press, paper);
    let about = paper_page(press, paper);
    Given { paper: press.paper_view(paper), about }.put(context);
}

/// Reports the formulas of a paper's titles that cannot be read.
fn check_titles(press: &PageRenderer<'_>, paper: PaperIndex) {
    for &entry in press.site.entries_of(paper) {
        let (said, source) = (press.site.entry(entry), &press.site.digest_of(entry).source);
        let wrong = match &said.title_markup {
            Some(markdown) => press.markup.heading(markdown).findings,
            None if said.title.contains('$') => press.markup.wrong_in_title(&said.title),
            None => continue,
        };
        press.found(
            wrong.into_iter().map(|finding| finding.at(said.span.clone()).in_source(source)),
        );
    }
}

fn paper_page(press: &PageRenderer<'_>, paper: PaperIndex) -> PaperPage {
    let dates =
        press.site.entries_of(paper).chunk_by(|&a, &b| date_of(press, a) == date_of(press, b));
    let entries = dates.map(|entries| press.entry_view(paper, entries)).collect();
    let related = if press.uses.related { near(press, paper) } else { &[] };
    let [prev, next] = beside(press, paper).map(|paper| paper.map(|paper| press.paper_link(paper)));
    PaperPage {
        entries,
        mentions: press.paper_links(press.site.mentions(paper)),
        mentioned_in: press.paper_links(press.site.mentioned_in(paper)),
        quotes: if press.uses.quotes { quotes::quotes(press, paper) } else { Vec::new() },
        related: press.paper_links(related),
        elsewhere: elsewhere(press.ids(paper)),
        facts: collections::facts(press, paper, |fact| fact.on_paper),
        venue_url: collections::field_url(press, paper, "venue"),
        org_url: collections::field_url(press, paper, "org"),
        bibtex: if press.uses.bibtex { bibtex(&press.record(paper), None) } else { String::new() },
        prev,
        next,
    }
}

fn date_of(press: &PageRenderer<'_>, entry: u32) -> Option<jiff::civil::Date> {
    press.site.digest_of(entry).digest.date
}

/// Other places that show a paper of arXiv. It makes HTML of what came in since December 2023.
fn elsewhere(ids: &[PaperId]) -> Vec<LinkView> {
    let arxiv = ids.iter().find_map(|id| match id {
        PaperId::Arxiv(number) => Some(number.as_str()),
        _ => None,
    });
    let Some(number) = arxiv else { return Vec::new() };
    let link = |kind: &str, label: &str, before: &str| LinkView {
        kind: kind.into(),
        label: label.into(),
        url: format!("{before}{number}"),
    };
    let is_recent = number.split_once('.').is_some_and(|(month, _)| {
        month.parse().is_ok_and(|month: u32| (2312..9101).contains(&month))
    });
    let html = is_recent.then(|| link("html", "HTML", "https://arxiv.org/html/"));
    html.into_iter()
        .chain([link("alphaxiv", "alphaXiv", "https://www.alphaxiv.org/abs/")])
        .collect()
}

/// The papers before and after one in the order of the site.
fn beside(press: &PageRenderer<'_>, paper: PaperIndex) -> [Option<PaperIndex>; 2] {
    [paper.checked_sub(1), paper.checked_add(1)]
        .map(|paper| paper.filter(|paper| press.site.papers().contains(paper)))
}

/// Papers near to one that it neither names nor is named by: those stand in lists of their own. Asked once: in a
/// preview, a page that is read again and again costs no further question.
pub(in crate::render) fn near<'a>(
    press: &'a PageRenderer<'_>,
    paper: PaperIndex,
) -> &'a [PaperIndex] {
    press.shared.near[paper as usize].get_or_init(|| nearest(press, paper, &mut Room::default()))
}

/// Asks for the papers near to each of these, by all threads.
pub(in crate::render) fn ask_for_near(press: &PageRenderer<'_>, papers: &[PaperIndex]) {
    papers.par_iter().with_min_len(64).for_each_init(Room::default, |room, &paper| {
        press.shared.near[paper as usize].get_or_init(|| nearest(press, paper, room));
    });
}

fn nearest(press: &PageRenderer<'_>, paper: PaperIndex, room: &mut Room) -> Vec<PaperIndex> {
    let (named, naming) = (press.site.mentions(paper), press.site.mentioned_in(paper));
    let mut related = press.site.related(paper, NEAR + named.len() + naming.len(), room);
    related.retain(|paper| !named.contains(paper) && !naming.contains(paper));
    related.truncate(NEAR);
    related
}

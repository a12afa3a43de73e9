//! The list of all papers, newest first, on several pages.

use tera::Context;

use super::{Kind, USUAL};
use crate::config::Switch;
use crate::model::route::Route;
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{Output, Paging, Planner, Subject};
use crate::render::views::{PagerView, PaperGroup};
use crate::render::{PageRenderer, lists};

/// Papers on a page.
const SIZE: usize = 100;

pub(super) const KIND: &Kind = &Kind {
    name: "papers",
    template: "papers.html",
    about: "All papers, newest first.",
    example: "`/papers/`, `/papers/page/2/`",
    variables: Given::FIELDS,
    switch: Some(&Switch {
        name: "papers",
        default: true,
        word: None,
        about: "`/papers/`: all papers, newest first, 100 on a page. A page of yours at that address stands there instead.",
    }),
    plan,
    fill,
    ..USUAL
};

variables! {
    /// Those of this page by month.
    groups: Vec<PaperGroup>,
    pager: PagerView,
}

fn plan(planner: &mut Planner<'_>) {
    let site = planner.inputs.site;
    if site.pages().iter().all(|page| page.address != KIND.name) {
        for page in 1..=Paging::new(site.paper_count(), SIZE).pages() {
            planner.add(Route::Index(KIND.name, page), Subject::Site);
        }
    }
}

fn fill(press: &PageRenderer<'_>, output: &Output, head: &mut Head, context: &mut Context) {
    let (papers, page) = (press.site.papers().collect::<Vec<_>>(), output.route.page());
    let paging = Paging::new(papers.len(), SIZE);
    let pager = press.edition.pager(page, paging.pages(), |page| Route::Index(KIND.name, page));
    head.neighbours(&pager);
    if page > 1 {
        head.title = format!("{} ({page})", head.title);
    }
    Given { groups: lists::by_month(press, &papers[paging.slice(page)]), pager }.put(context);
}

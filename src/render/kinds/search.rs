//! The page of the search. What it finds, exports hold.

use tera::Context;

use super::{Kind, USUAL};
use crate::config::Switch;
use crate::model::route::Route;
use crate::render::PageRenderer;
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{self, Inputs, Output};
use crate::render::views::SearchView;

const SEARCH: &Switch = &Switch {
    name: "search",
    default: true,
    word: None,
    about: "`/search/`: tags, papers, dates and pages by words, parts of words in Korean, Japanese and Chinese, authors \
            and ids; found in the reader's browser, with no server.",
};

pub(super) const KIND: &Kind = &Kind {
    name: "search",
    template: "search.html",
    about: "The page of the search. A theme without it has no search.",
    example: "`/search/`",
    variables: Given::FIELDS,
    switch: Some(SEARCH),
    menu: |press| has_search(&press.inputs()),
    plan: |planner| {
        if has_search(&planner.inputs) {
            plan::one(planner);
        }
    },
    fill,
    ..USUAL
};

variables! {
    search: SearchView,
}

/// Whether a site has a search: it is not switched off, and the theme has a page for it.
pub(in crate::render) fn has_search(inputs: &Inputs<'_>) -> bool {
    inputs.config.outputs.has(SEARCH) && inputs.theme.templates.has(KIND.template)
}

fn fill(press: &PageRenderer<'_>, _: &Output, _: &mut Head, context: &mut Context) {
    let search = SearchView {
        index: press.edition.href(&Route::SearchIndex),
        words: folder(press, &Route::SearchWords(0)),
        results: folder(press, &Route::SearchResults(0)),
        facets: press.edition.href(&Route::SearchFacets),
        home: press.edition.href(&Route::Home(1)),
        tree: press.edition.tree.number(),
    };
    Given { search }.put(context);
}

/// The address of a file's folder.
fn folder(press: &PageRenderer<'_>, route: &Route) -> String {
    let mut address = press.edition.href(route);
    address.truncate(address.rfind('/').map_or(0, |slash| slash + 1));
    address
}

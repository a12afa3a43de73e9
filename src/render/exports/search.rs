//! The files of the search: what it knows of itself, the words, and what results look like.

use serde::Serialize;
use tera::Context;

use super::{Export, Write};
use crate::model::route::Route;
use crate::render::PageRenderer;
use crate::render::contract::{TemplateDoc, variables};
use crate::render::json_ld::harmless;
use crate::render::kinds::has_search;
use crate::render::plan::{Output, Planner, Subject};
use crate::render::search::{Found, RESULTS as IN_FILE, Search, found, result_files, shards};
use crate::render::view::Of;
use crate::render::views::{PartPage, ResultView};

pub(super) const INDEX: &Export = &Export {
    file: "search/index.json",
    switch: None,
    more: &[],
    plan: |planner| plan(planner, |_| 1, |_| Route::SearchIndex),
    write: Write::Text(|press, _| {
        let Search { index, found } = press.search();
        let papers = found.iter().filter(|found| matches!(found, Found::Paper(_))).count();
        harmless(&Sizes {
            version: &index.version,
            found: found.len(),
            words: shards(found.len()),
            results: IN_FILE,
            dates: press.dates_of_papers(),
            papers,
        })
    }),
};

pub(super) const WORDS: &Export = &Export {
    file: "search/words",
    switch: None,
    more: &[],
    plan: |planner| plan(planner, shards, Route::SearchWords),
    write: Write::Text(|press, output| {
        let index = &press.search().index;
        let Route::SearchWords(file) = output.route else { return String::new() };
        let lines = index.shards.get(file as usize).map_or("", String::as_str);
        [&index.version, "\n", lines].concat()
    }),
};

pub(super) const RESULTS: &Export = &Export {
    file: "search/results",
    switch: None,
    more: &[],
    plan: |planner| plan(planner, result_files, Route::SearchResults),
    write: Write::Each(
        &TemplateDoc {
            name: "result.html",
            makes: "Something that the search finds; a file holds sixteen.",
            at: "`/search/results/3.json`",
            variables: Given::FIELDS,
            has_page: false,
        },
        results,
        |press, results| harmless(&Results { version: &press.search().index.version, results }),
    ),
};

variables! {
    page: Of<PartPage>,
    result: ResultView,
}

#[derive(Serialize)]
struct Sizes<'a> {
    version: &'a str,
    /// How much can be found.
    found: usize,
    /// Files of words.
    words: u32,
    /// Results in a file.
    results: usize,
    /// Dates of papers, newest first, each with the number of its first; the empty one, if any, is of those without.
    dates: Vec<(String, usize)>,
    /// How many papers there are.
    papers: usize,
}

#[derive(Serialize)]
struct Results<'a> {
    version: &'a str,
    results: Vec<String>,
}

/// As many files as there have to be for what can be found.
fn plan(planner: &mut Planner<'_>, count: fn(usize) -> u32, route: fn(u32) -> Route) {
    if has_search(&planner.inputs) {
        let files = count(found(&planner.inputs).len());
        (0..files).for_each(|file| planner.add(route(file), Subject::Site));
    }
}

/// What the template is given for each result of a file.
fn results(press: &PageRenderer<'_>, output: &Output) -> Vec<Context> {
    let Route::SearchResults(file) = output.route else { return Vec::new() };
    let found = press.search().found.chunks(IN_FILE).nth(file as usize).unwrap_or_default();
    let given = found.iter().map(|&found| {
        let mut context = press.base();
        Given { page: press.page_of_papers().into(), result: press.result(found) }
            .put(&mut context);
        context
    });
    given.collect()
}

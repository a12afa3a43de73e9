//! The files of the search: what it knows of itself, the words, what results look like, by what a search is narrowed; and how
//! a browser asks the site from its own field.

use jiff::civil::Date;
use serde::Serialize;

use super::{Export, Write};
use crate::model::Lang;
use crate::model::route::Route;
use crate::prose::{ENDINGS, Ending, PLAIN, WIDE};
use crate::render::edition::Edition;
use crate::render::json_ld::harmless;
use crate::render::kinds::has_search;
use crate::render::plan::{Output, Planner, Subject};
use crate::render::search::{
    Facets, FoundResult, RESULTS as IN_FILE, Search, digits, found, in_one_language, kinds,
    result_files, shards,
};
use crate::render::view::Html;
use crate::render::{PageRenderer, search::facets, search::result};

pub(super) const INDEX: &Export = &Export {
    file: "search/index.json",
    switch: None,
    more: &[],
    plan: |planner| plan(planner, |_| 1, |_| Route::SearchIndex),
    write: Write::Text(|press, _| harmless(&about_search(press))),
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
    write: Write::Text(|press, output| {
        let version = &press.search().index.version;
        let results = Results { version, results: results(press, output) };
        in_one_language(harmless(&results))
    }),
};

pub(super) const FACETS: &Export = &Export {
    file: "search/facets.json",
    switch: None,
    more: &[],
    plan: |planner| plan(planner, |_| 1, |_| Route::SearchFacets),
    write: Write::Text(|press, _| {
        let told = Told { version: &press.search().index.version, facets: facets::facets(press) };
        harmless(&told)
    }),
};

/// `opensearch.xml`: with it, browsers offer the search of the site in their own field.
pub(super) const OPEN_SEARCH: &Export = &Export {
    file: "search/opensearch.xml",
    switch: None,
    more: &[],
    plan: |planner| plan(planner, |_| 1, |_| Route::OpenSearch),
    write: Write::Text(|press, _| {
        let text = |text: &str| Html::of_text(text).0;
        let page = press.edition.absolute(&Route::Index("search", 1));
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
             <ShortName>{}</ShortName>\n<Description>{}</Description>\n\
             <InputEncoding>UTF-8</InputEncoding>\n<Language>{}</Language>\n\
             <Url type=\"text/html\" template=\"{}?q={{searchTerms}}\"/>\n</OpenSearchDescription>\n",
            // Browsers have room for sixteen characters.
            text(&press.edition.site_title().chars().take(16).collect::<String>()),
            text(press.edition.site_title()),
            text(press.edition.lang.as_str()),
            text(&page),
        )
    }),
};

/// What the search knows of itself, and the tables by which words are folded.
#[derive(Serialize)]
struct About<'a> {
    version: &'a str,
    /// How much can be found.
    found: usize,
    /// Files of words.
    words: u32,
    /// Results in a file.
    results: usize,
    /// Each kind of result with the number of its first.
    kinds: Vec<(&'a str, usize)>,
    /// How many papers there are.
    papers: usize,
    /// The latest date of papers; empty if none has a date.
    latest: String,
    /// Dates of papers, newest first: for each, how many days it lies before the one above, and how many papers it has, as
    /// digits. Papers without a date come last.
    dates: String,
    /// By the month: what it is called in the languages of the site and in English.
    months: Vec<Vec<String>>,
    /// Letters that no decomposition makes plain.
    plain: &'a str,
    /// Scripts of which every two neighbours are a word: the first and the last character of each range.
    wide: Vec<String>,
    /// The endings of English words.
    endings: [&'a [Ending]; 4],
}

#[derive(Serialize)]
struct Results<'a> {
    version: &'a str,
    results: Vec<FoundResult>,
}

#[derive(Serialize)]
struct Told<'a> {
    version: &'a str,
    facets: Facets,
}

impl Edition<'_> {
    /// By the month: its names, long and short, in small letters.
    fn month_names(&self) -> Vec<Vec<String>> {
        let mut months = vec![Vec::new(); 12];
        let langs = self.config.languages.iter().map(Lang::as_str).chain(["en"]);
        for lang in langs {
            for key in ["month_names", "month_names_alone", "month_short_names"] {
                let names = self.theme.strings.known(lang, key).unwrap_or_default().to_lowercase();
                for (month, name) in months.iter_mut().zip(names.split_whitespace()) {
                    if !month.iter().any(|known| known == name) {
                        month.push(name.to_owned());
                    }
                }
            }
        }
        months
    }
}

fn about_search<'a>(press: &'a PageRenderer<'_>) -> About<'a> {
    let Search { index, found, papers } = press.search();
    let (latest, dates) = dates_of_papers(press);
    About {
        version: &index.version,
        found: found.len(),
        words: shards(found.len()),
        results: IN_FILE,
        kinds: kinds(found, press.site),
        papers: papers.len(),
        latest: latest.map_or_else(String::new, |date| date.to_string()),
        dates,
        months: press.edition.month_names(),
        plain: PLAIN,
        wide: WIDE.iter().map(|(first, last)| [*first, *last].iter().collect()).collect(),
        endings: ENDINGS,
    }
}

/// The latest date of papers; and the dates, newest first, as papers are numbered: of each the days before the one above
/// and its papers, as digits.
fn dates_of_papers(press: &PageRenderer<'_>) -> (Option<Date>, String) {
    let Search { found, papers, .. } = press.search();
    let papers = &found[papers.start as usize..papers.end as usize];
    let dates: Vec<Date> = papers.iter().map_while(|found| found.date(press.site)).collect();
    let mut out = String::new();
    let mut last = dates.first().copied();
    for day in dates.chunk_by(|a, b| a == b) {
        let before = last
            .replace(day[0])
            .map_or(0, |last| last.duration_since(day[0]).as_hours().unsigned_abs() / 24);
        digits(u32::try_from(before).unwrap_or(u32::MAX), &mut out);
        digits(day.len() as u32, &mut out);
    }
    (dates.first().copied(), out)
}

/// As many files as there have to be for what can be found.
fn plan(planner: &mut Planner<'_>, count: fn(usize) -> u32, route: fn(u32) -> Route) {
    if has_search(&planner.inputs) {
        let files = count(found(&planner.inputs).len());
        (0..files).for_each(|file| planner.add(route(file), Subject::Site));
    }
}

/// The results of a file.
fn results(press: &PageRenderer<'_>, output: &Output) -> Vec<FoundResult> {
    let Route::SearchResults(file) = output.route else { return Vec::new() };
    let found = press.search().found.chunks(IN_FILE).nth(file as usize).unwrap_or_default();
    found.iter().map(|&found| result::result(press, found)).collect()
}

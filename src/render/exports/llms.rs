//! `llms.txt`: dates and papers for language models, as <https://llmstxt.org> has it. The latest stand in the file itself; on
//! larger sites each year has a file of its own, so that none grows without end.

use jiff::civil::Date;
use tera::Context;

use super::{Export, Write};
use crate::config::Switch;
use crate::model::route::Route;
use crate::render::contract::{TemplateDoc, variables};
use crate::render::plan::{self, Output, Planner, Subject};
use crate::render::view::Of;
use crate::render::views::{DayLink, FeedLink, YearView};
use crate::render::{PageRenderer, lists};
use crate::site::Day;

/// Papers that one file names before the years are split.
const MOST: usize = 300;

pub(super) const EXPORT: &Export = &Export {
    file: "llms.txt",
    switch: Some(&Switch {
        name: "llms",
        default: true,
        word: None,
        about: "`/llms.txt`, dates and papers for language models; a large site has `/2025/llms.txt` for each year as well.",
    }),
    more: &[],
    plan,
    write: Write::Template(
        &TemplateDoc {
            name: "llms.txt",
            makes: "The site for language models.",
            at: "`/llms.txt`, `/2025/llms.txt`",
            variables: Given::FIELDS,
            has_page: true,
        },
        fill,
    ),
};

variables! {
    /// With papers: the latest, or those of the year.
    days: Vec<Of<DayLink>>,
    /// Every year with papers; in the file of a year that alone.
    years: Vec<YearView>,
    /// The year that the file is about; empty for the whole site.
    year: String,
    /// The files of the years, the latest first; none where all papers stand in one.
    parts: Vec<FeedLink>,
}

fn plan(planner: &mut Planner<'_>) {
    plan::one(planner);
    let dated = planner.inputs.site.dated();
    for year in years(dated) {
        planner.add(route(year), Subject::Year(year));
    }
}

fn route(year: i16) -> Route {
    Route::Beside(Box::new(Route::Year(year)), EXPORT.file)
}

/// The years that have a file of their own, the latest first.
fn years(dated: &[Day]) -> Vec<i16> {
    let mut years: Vec<i16> = dated.iter().filter_map(|day| day.date.map(Date::year)).collect();
    years.dedup();
    years.reverse();
    if latest(dated).len() < dated.len() { years } else { Vec::new() }
}

/// The latest days, with no more papers than one file names; at least one day.
fn latest(dated: &[Day]) -> &[Day] {
    let mut papers = 0;
    let days = dated
        .iter()
        .rev()
        .take_while(|day| {
            papers += day.items.len();
            papers <= MOST || papers == day.items.len()
        })
        .count();
    &dated[dated.len() - days..]
}

fn fill(press: &PageRenderer<'_>, output: &Output, context: &mut Context) {
    let dated = press.site.dated();
    let (days, of_years, year) = match output.about {
        Subject::Year(year) => {
            let days = press.site.days_of(year, None);
            (days, days, year.to_string())
        }
        _ => (latest(dated), dated, String::new()),
    };
    let days = lists::months(press, days, true).into_iter().flat_map(|month| month.days).collect();
    let parts = years(dated)
        .into_iter()
        .map(|year| FeedLink {
            title: year.to_string(),
            url: press.edition.href(&route(year)),
            mime: "text/plain".to_owned(),
            lang: String::new(),
        })
        .collect();
    Given { days, years: lists::years(press, of_years), year, parts }.put(context);
}

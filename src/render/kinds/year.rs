//! The page of a year.

use tera::Context;

use super::{CALENDAR, Kind, USUAL};
use crate::model::route::Route;
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{Output, Subject};
use crate::render::views::YearView;
use crate::render::{PageRenderer, lists};

pub(super) const KIND: &Kind = &Kind {
    name: "year",
    template: "year.html",
    about: "A year.",
    example: "`/2025/`",
    variables: Given::FIELDS,
    switch: Some(CALENDAR),
    many: true,
    plan: |planner| {
        let mut years: Vec<i16> =
            planner.inputs.site.dated().iter().filter_map(|day| Some(day.date?.year())).collect();
        years.dedup();
        for year in years {
            planner.add(Route::Year(year), Subject::Year(year));
        }
    },
    head: |_, _, _| (),
    fill,
    ..USUAL
};

variables! {
    year: YearView,
}

fn fill(press: &PageRenderer<'_>, output: &Output, head: &mut Head, context: &mut Context) {
    let Subject::Year(number) = output.about else { return };
    head.title = number.to_string();
    if let Some(year) = lists::years(press, press.site.days_of(number, None)).pop() {
        Given { year }.put(context);
    }
}

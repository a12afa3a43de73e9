//! The page of a month.

use tera::Context;

use super::{Kind, USUAL};
use crate::config::Switch;
use crate::model::route::Route;
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{Output, Subject};
use crate::render::views::MonthView;
use crate::render::{PageRenderer, lists, roundups};

/// Whether months and years have pages.
pub(in crate::render) const CALENDAR: &Switch = &Switch {
    name: "calendar",
    default: true,
    word: None,
    about: "Month and year pages: `/2025/03/`, `/2025/`.",
};

pub(super) const KIND: &Kind = &Kind {
    name: "month",
    template: "month.html",
    about: "A month.",
    example: "`/2025/03/`",
    variables: Given::FIELDS,
    switch: Some(CALENDAR),
    many: true,
    plan: |planner| {
        let dates = planner.inputs.site.dated().iter().filter_map(|day| day.date);
        let mut months: Vec<(i16, i8)> = dates.map(|date| (date.year(), date.month())).collect();
        months.dedup();
        for (year, month) in months {
            planner.add(Route::Month(year, month), Subject::Month(year, month));
        }
    },
    head: |_, _, _| (),
    fill,
    ..USUAL
};

variables! {
    month: MonthView,
}

fn fill(press: &PageRenderer<'_>, output: &Output, head: &mut Head, context: &mut Context) {
    let Subject::Month(year, month) = output.about else { return };
    head.title = press.edition.each(|edition| edition.month_text(year, month));
    if let Some(place) = roundups::roundup_of_month(press, year, month) {
        roundups::roundup_head(press, place, head);
    }
    if let Some(month) = lists::months(press, press.site.days_of(year, Some(month)), true).pop() {
        Given { month }.put(context);
    }
}

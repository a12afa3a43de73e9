//! The page of a date.

use tera::Context;

use super::{Kind, Schema, USUAL};
use crate::model::route::Route;
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{Output, Subject};
use crate::render::views::{DayView, NavLink};
use crate::render::{PageRenderer, exports::cards, lists};
use crate::site::Day;

pub(super) const KIND: &Kind = &Kind {
    name: "date",
    template: "date.html",
    about: "A date.",
    example: "`/2025/03/12/`",
    variables: Given::FIELDS,
    many: true,
    schema: Schema::Posting,
    plan: |planner| planner.add_days(Route::Date),
    head,
    fill,
    ..USUAL
};

variables! {
    day: DayView,
}

fn head(press: &PageRenderer<'_>, output: &Output, head: &mut Head) {
    let Subject::Day(day) = output.about else { return };
    let day = &press.site.days()[day];
    let date = day.date.map(|date| press.edition.date_text(date)).unwrap_or_default();
    head.title = match press.edition.day_title(day).as_str() {
        "" => date,
        title => format!("{title} ({date})"),
    };
    if press.describes() {
        head.description = press.excerpt(&press.edition.titles(day), Head::DESCRIPTION);
    }
}

fn fill(press: &PageRenderer<'_>, output: &Output, head: &mut Head, context: &mut Context) {
    let Subject::Day(day) = output.about else { return };
    let days = press.site.dated();
    let date = days[day].date;
    head.published = date.map(|date| date.to_string()).unwrap_or_default();
    head.card = cards::day_card_link(press, day, &head.title);
    head.prev = day.checked_sub(1).and_then(|before| neighbour(press, days.get(before)));
    head.next = neighbour(press, days.get(day + 1));
    if let Some(day) = lists::day_view(press, &days[day], usize::MAX) {
        Given { day }.put(context);
    }
}

fn neighbour(press: &PageRenderer<'_>, day: Option<&Day>) -> Option<NavLink> {
    let date = day?.date?;
    let (title, lang) = (
        press.edition.each(|edition| edition.date_text(date)),
        press.edition.lang.as_str().to_owned(),
    );
    Some(NavLink { kind: "date".into(), title, lang, url: press.edition.href(&Route::Date(date)) })
}

//! Years as calendars of one square a day.

use jiff::civil::Date;

use super::YEARS;
use crate::model::route::Route;
use crate::render::PageRenderer;
use crate::render::calendar::steps;
use crate::render::kinds::CALENDAR;
use crate::render::views::{HeatMonth, HeatYear};
use crate::site::Day;

/// The last years that have dates, newest first.
pub(super) fn heat_years(press: &PageRenderer<'_>) -> Vec<HeatYear> {
    let years = press.site.dated().chunk_by(|a, b| a.year() == b.year());
    years
        .rev()
        .take(YEARS)
        .filter_map(|days| heat_year(press, days.first()?.year()?, days))
        .collect()
}

fn heat_year(press: &PageRenderer<'_>, year: i16, days: &[Day]) -> Option<HeatYear> {
    let first = Date::new(year, 1, 1).ok()?;
    let last = first.last_of_year();
    Some(HeatYear {
        year: i64::from(year),
        url: press.config.outputs.has(CALENDAR).then(|| press.edition.href(&Route::Year(year))),
        count: days.iter().map(|day| day.items.len()).sum(),
        dates: days.len(),
        weeks: usize::try_from(week(last) + 1).unwrap_or_default(),
        first: weekday(first),
        last: weekday(last),
        months: (1..=12)
            .filter_map(|month| heat_month(press, Date::new(year, month, 1).ok()?))
            .collect(),
        days: steps(days, |date| (10 * week(date), 10 * weekday(date)), 10),
    })
}

fn heat_month(press: &PageRenderer<'_>, first: Date) -> Option<HeatMonth> {
    let (year, month) = (first.year(), first.month());
    let days = press.site.days_of(year, Some(month));
    let made = press.config.outputs.has(CALENDAR) && !days.is_empty();
    // A week belongs to the month that its Monday is in.
    let monday = first.checked_add(jiff::Span::new().days((7 - weekday(first)) % 7)).ok()?;
    Some(HeatMonth {
        text: press.edition.each(|edition| edition.month_text(year, month)),
        short: press.edition.each(|edition| edition.short_month(month)),
        url: made.then(|| press.edition.href(&Route::Month(year, month))),
        week: week(monday),
        count: days.iter().map(|day| day.items.len()).sum(),
    })
}

fn weekday(date: Date) -> i64 {
    i64::from(date.weekday().to_monday_zero_offset())
}

/// The week of the year, from 0; weeks begin on Monday, the first may be short.
fn week(date: Date) -> i64 {
    let before = weekday(date.first_of_year());
    (i64::from(date.day_of_year()) - 1 + before) / 7
}

//! Time as a picture: a month as a calendar, how a list of papers is spread over the years.

use std::fmt::Write as _;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::edition::Edition;
use super::stats::STEPS;
use super::stats::spread::{Spread, Step};
use super::views::{CalendarDay, MonthView, StripView, TrendView};
use super::{PageRenderer, lists};
use crate::model::route::Route;
use crate::site::{Day, PaperIndex};

/// Papers of a date from which its square in the calendar is a step darker.
const LEVELS: [usize; 3] = [3, 6, 12];

impl Edition<'_> {
    /// The weeks of the month that some days are in.
    pub(super) fn weeks(&self, days: &[Day]) -> Vec<Vec<CalendarDay>> {
        let Some(first) = days.first().and_then(|day| day.date).map(Date::first_of_month) else {
            return Vec::new();
        };
        let before = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or_default();
        let mut squares: Vec<CalendarDay> = (0..before).map(|_| CalendarDay::empty(0)).collect();
        squares.extend((1..=first.days_in_month()).map(CalendarDay::empty));
        for day in days {
            let Some(date) = day.date else { continue };
            if let Some(square) =
                squares.get_mut(before + usize::try_from(date.day() - 1).unwrap_or_default())
            {
                square.text = self.date_view(date).text;
                square.url = Some(self.href(&Route::Date(date)));
                square.count = day.items.len();
                square.level = level(day.items.len());
            }
        }
        squares.resize_with(squares.len().next_multiple_of(7), || CalendarDay::empty(0));
        squares.chunks(7).map(<[CalendarDay]>::to_vec).collect()
    }
}

/// The last two calendar months that the site reaches, without empty ones, newest first.
pub(super) fn recent_months(press: &PageRenderer<'_>) -> Vec<MonthView> {
    let days = press.site.dated();
    let Some(last) = days.last().and_then(|day| day.date) else { return Vec::new() };
    let first = last.first_of_month().checked_sub(1.month()).unwrap_or(last);
    let from = days.partition_point(|day| day.date < Some(first));
    lists::months(press, &days[from..], false)
}

/// How papers are spread over the months or the years from the first to the last, gaps included.
pub(super) fn trend(press: &PageRenderer<'_>, papers: &[PaperIndex]) -> Vec<TrendView> {
    let dates = papers.iter().filter_map(|&paper| press.site.date(paper));
    let spread = Spread::over(Step::fitting(dates.clone(), STEPS), dates.map(|date| (date, 1)));
    press.trend_views(&spread, spread.greatest())
}

/// The days of a year by how many papers they have, side by side.
pub(super) fn strip(days: &[Day]) -> Vec<StripView> {
    steps(days, |date| (i64::from(date.day_of_year()) - 1, 0), 1)
}

/// Days by how many papers they have, as paths: few elements, however many days. Each is a square of a size, from a corner.
pub(super) fn steps(
    days: &[Day],
    corner: impl Fn(Date) -> (i64, i64),
    size: usize,
) -> Vec<StripView> {
    let mut strip: Vec<StripView> =
        (1..=LEVELS.len() + 1).map(|level| StripView { level, path: String::new() }).collect();
    for day in days {
        let Some(date) = day.date else { continue };
        if let Some(step) = level(day.items.len()).checked_sub(1).and_then(|at| strip.get_mut(at)) {
            let (x, y) = corner(date);
            let _ = write!(step.path, "M{x} {y}h{size}v{size}h-{size}z");
        }
    }
    strip.retain(|step| !step.path.is_empty());
    strip
}

/// How dark the square of a date is: a step for each of four ranges of papers.
pub(super) fn level(papers: usize) -> usize {
    usize::from(papers > 0) + LEVELS.iter().filter(|&&level| papers >= level).count()
}

impl CalendarDay {
    fn empty(day: i8) -> Self {
        Self { day: i64::from(day), text: String::new(), url: None, count: 0, level: 0 }
    }
}

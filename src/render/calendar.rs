//! Time as a picture: a month as a calendar, how a list of papers is spread over the years.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Press;
use super::views::{CalendarDay, MonthView, TrendView};
use crate::route::Route;
use crate::site::{Day, PaperIndex};

/// Months from the first to the last paper up to which a trend goes by month, not by year.
const MONTHS: usize = 36;
/// Papers of a date from which its square in the calendar is a step darker.
const LEVELS: [usize; 3] = [3, 6, 12];

impl Press<'_> {
    /// The last two calendar months that the site reaches, without empty ones, newest first.
    pub(super) fn recent_months(&self) -> Vec<MonthView> {
        let days = self.site.dated();
        let Some(last) = days.last().and_then(|day| day.date) else { return Vec::new() };
        let first = last.first_of_month().checked_sub(1.month()).unwrap_or(last);
        let from = days.partition_point(|day| day.date < Some(first));
        self.months(&days[from..], false)
    }

    /// The weeks of the month that some days are in.
    pub(super) fn weeks(&self, days: &[Day]) -> Vec<Vec<CalendarDay>> {
        let Some(first) = days.first().and_then(|day| day.date).map(Date::first_of_month) else { return Vec::new() };
        let before = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or_default();
        let mut squares: Vec<CalendarDay> = (0..before).map(|_| CalendarDay::empty(0)).collect();
        squares.extend((1..=first.days_in_month()).map(CalendarDay::empty));
        for day in days {
            let Some(date) = day.date else { continue };
            if let Some(square) = squares.get_mut(before + usize::try_from(date.day() - 1).unwrap_or_default()) {
                square.url = Some(self.href(&Route::Date(date)));
                square.count = day.items.len();
                square.level = 1 + LEVELS.iter().filter(|&&level| day.items.len() >= level).count();
            }
        }
        squares.resize_with(squares.len().next_multiple_of(7), || CalendarDay::empty(0));
        squares.chunks(7).map(<[CalendarDay]>::to_vec).collect()
    }

    /// How papers are spread over the months or the years from the first to the last, gaps included.
    pub(super) fn trend(&self, papers: &[PaperIndex]) -> Vec<TrendView> {
        let mut months: Vec<i32> = papers.iter().filter_map(|&paper| self.site.date(paper)).map(month_number).collect();
        months.sort_unstable();
        let (Some(&first), Some(&last)) = (months.first(), months.last()) else { return Vec::new() };
        let by_month = usize::try_from(last - first).unwrap_or_default() < MONTHS;
        let step = |month: i32| if by_month { month } else { month.div_euclid(12) };
        let count = |wanted: i32| months.iter().filter(|&&month| step(month) == wanted).count();
        let counts: Vec<(i32, usize)> = (step(first)..=step(last)).map(|step| (step, count(step))).collect();
        let greatest = counts.iter().map(|&(_, count)| count).max().unwrap_or(1).max(1);
        let view = |(step, count): (i32, usize)| {
            let text = if by_month { self.month_at(step) } else { step.to_string() };
            TrendView { text, count, percent: count * 100 / greatest }
        };
        counts.into_iter().map(view).collect()
    }

    fn month_at(&self, number: i32) -> String {
        let year = i16::try_from(number.div_euclid(12)).unwrap_or_default();
        let month = i8::try_from(number.rem_euclid(12) + 1).unwrap_or(1);
        self.month_text(year, month)
    }
}

impl CalendarDay {
    fn empty(day: i8) -> Self {
        Self { day: i64::from(day), url: None, count: 0, level: 0 }
    }
}

/// Months since the year 0.
fn month_number(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

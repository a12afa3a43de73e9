//! How things with a date are spread over months, quarters or years. Arithmetic on dates; knows no words but those of
//! its steps.

use jiff::civil::Date;

use crate::render::PageRenderer;
use crate::render::edition::Edition;
use crate::render::views::TrendView;

/// The length of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Step {
    Month,
    Quarter,
    Year,
}

/// Counts of every step from the first to the last, gaps included.
#[derive(Debug, Clone)]
pub(in crate::render) struct Spread {
    step: Step,
    /// Steps since the year 0.
    first: i32,
    counts: Vec<usize>,
}

impl Step {
    /// The finest step in which the time that dates span has at most so many.
    pub(in crate::render) fn fitting(dates: impl Iterator<Item = Date>, most: i32) -> Self {
        let months: Vec<i32> = dates.map(month_number).collect();
        let span = months
            .iter()
            .max()
            .zip(months.iter().min())
            .map_or(0, |(last, first)| last - first + 1);
        [Self::Month, Self::Quarter]
            .into_iter()
            .find(|step| span <= most * step.months())
            .unwrap_or(Self::Year)
    }

    fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    fn of(self, date: Date) -> i32 {
        month_number(date).div_euclid(self.months())
    }
}

impl Spread {
    /// Over the time that the dates span; each counts so many.
    pub(in crate::render) fn over(step: Step, dates: impl Iterator<Item = (Date, usize)>) -> Self {
        let things: Vec<(i32, usize)> = dates.map(|(date, count)| (step.of(date), count)).collect();
        let first = things.iter().map(|&(step, _)| step).min().unwrap_or_default();
        let last = things.iter().map(|&(step, _)| step).max();
        let length = last.map_or(0, |last| usize::try_from(last - first + 1).unwrap_or_default());
        let mut spread = Self { step, first, counts: vec![0; length] };
        for (step, count) in things {
            spread.add(step, count);
        }
        spread
    }

    /// Over the time and in the steps of another.
    pub(in crate::render) fn within(
        whole: &Self,
        dates: impl Iterator<Item = (Date, usize)>,
    ) -> Self {
        let mut spread = Self { counts: vec![0; whole.counts.len()], ..*whole };
        dates.for_each(|(date, count)| spread.add(whole.step.of(date), count));
        spread
    }

    fn add(&mut self, step: i32, count: usize) {
        if let Some(slot) =
            usize::try_from(step - self.first).ok().and_then(|at| self.counts.get_mut(at))
        {
            *slot += count;
        }
    }

    /// The greatest count.
    pub(in crate::render) fn greatest(&self) -> usize {
        self.counts.iter().copied().max().unwrap_or_default()
    }
}

impl Edition<'_> {
    /// The name of the step that begins in a month, counted since the year 0.
    fn step_text(&self, step: Step, month: i32) -> String {
        let year = i16::try_from(month.div_euclid(12)).unwrap_or_default();
        let number = i8::try_from(month.rem_euclid(12)).unwrap_or_default();
        match step {
            Step::Month => self.month_text(year, number + 1),
            Step::Quarter => self.quarter_text(year, number / 3 + 1),
            Step::Year => year.to_string(),
        }
    }
}

impl PageRenderer<'_> {
    /// The steps with their names, and each count's share of a greatest one.
    pub(in crate::render) fn trend_views(
        &self,
        spread: &Spread,
        greatest: usize,
    ) -> Vec<TrendView> {
        (0..)
            .zip(&spread.counts)
            .map(|(at, &count)| {
                let month = (spread.first + at) * spread.step.months();
                TrendView {
                    text: self.edition.each(|edition| edition.step_text(spread.step, month)),
                    year: i64::from(month.div_euclid(12)),
                    count,
                    percent: count * 100 / greatest.max(1),
                }
            })
            .collect()
    }
}

/// Months since the year 0.
fn month_number(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

//! Round-ups: the days of a week or of a month gathered, made and not written.

use jiff::ToSpan as _;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::{Collection, Family, Member, Site};
use crate::model::route::Route;

/// How much time a round-up gathers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// From Monday to Sunday.
    Week,
    /// A month.
    Month,
}

/// A week or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Which of both.
    pub span: Span,
    /// Its year; of a week as ISO 8601 counts it.
    pub year: i16,
    /// Its number in the year, from 1.
    pub number: i8,
}

impl Span {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Week, Self::Month];

    /// The name of the family, and the first part of the address of its index.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Week => "weekly",
            Self::Month => "monthly",
        }
    }

    /// The one that a date is in.
    pub fn period(self, date: Date) -> Period {
        let week = date.iso_week_date();
        let (year, number) = match self {
            Self::Week => (week.year(), week.week()),
            Self::Month => (date.year(), date.month()),
        };
        Period { span: self, year, number }
    }
}

impl Period {
    /// Its first and its last day.
    pub fn days(self) -> Option<(Date, Date)> {
        match self.span {
            Span::Week => {
                let week = ISOWeekDate::new(self.year, self.number, Weekday::Monday).ok()?;
                Some((week.date(), week.date().checked_add(6.days()).ok()?))
            }
            Span::Month => {
                let first = Date::new(self.year, self.number, 1).ok()?;
                Some((first, first.last_of_month()))
            }
        }
    }

    /// Where its round-up is.
    pub fn route(self) -> Route {
        match self.span {
            Span::Week => Route::Page(self.slug()),
            Span::Month => Route::Month(self.year, self.number),
        }
    }

    /// The same for the list of a family.
    pub fn slug(self) -> String {
        match self.span {
            Span::Week => format!("{:04}/w{:02}", self.year, self.number),
            Span::Month => format!("{:04}/{:02}", self.year, self.number),
        }
    }
}

impl Site {
    pub(super) fn has_roundups(&self, span: Span) -> bool {
        match span {
            Span::Week => self.roundup.week,
            Span::Month => self.roundup.month,
        }
    }

    /// The round-ups of a span, where config.toml wants them and there is a day.
    pub(super) fn roundups(&self, span: Span) -> Option<Family> {
        let mut collections: Vec<Collection> = Vec::new();
        for (place, day) in self.dated().iter().enumerate().filter(|_| self.has_roundups(span)) {
            let period = span.period(day.date?);
            if collections.last().is_none_or(|last| last.period != Some(period)) {
                let (slug, period) = (period.slug(), Some(period));
                let name = slug.clone();
                collections.push(Collection { slug, name, period, ..Collection::default() });
            }
            if let Some(last) = collections.last_mut() {
                last.members.push(Member::Day(place));
            }
        }
        let name = span.name().to_owned();
        (!collections.is_empty()).then_some(Family { name, collections })
    }

    /// The round-up of a month, by the places of its family and in that.
    pub fn roundup_of_month(&self, year: i16, number: i8) -> Option<(usize, usize)> {
        let period = Period { span: Span::Month, year, number };
        let family = self.families().iter().position(|of| of.name == Span::Month.name())?;
        let slug = period.slug();
        let all = &self.families()[family].collections;
        let place = all.binary_search_by(|of| of.slug.as_str().cmp(&slug)).ok()?;
        Some((family, place))
    }

    /// Whether the days of a period have all passed, so that its round-up is whole.
    pub fn is_over(&self, period: Period) -> bool {
        period.days().is_some_and(|(_, last)| last < self.today)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_week_belongs_to_the_year_of_its_thursday() {
        for (day, slug) in [
            (date(2024, 12, 30), "2025/w01"),
            (date(2025, 3, 17), "2025/w12"),
            (date(2025, 3, 23), "2025/w12"),
            (date(2027, 1, 3), "2026/w53"),
        ] {
            let week = Span::Week.period(day);
            assert_eq!(week.slug(), slug);
            let (first, last) = week.days().unwrap();
            assert!((first..=last).contains(&day), "{day}");
        }
        let month = Span::Month.period(date(2024, 2, 10));
        assert_eq!(month.days(), Some((date(2024, 2, 1), date(2024, 2, 29))));
    }
}

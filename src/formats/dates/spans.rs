//! Several days in the names of files and folders: a week, or a first and a last day. They are called by the first.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::{When, day, digits, small, year_of};

impl When {
    /// The first day of a week, by which files and folders are called; anything else as it is.
    pub(super) fn begun(self) -> Self {
        let first = match (self.year, self.month, self.week, self.day) {
            (Some(year), None, Some(week), None) => {
                ISOWeekDate::new(year, week, Weekday::Monday).ok().map(ISOWeekDate::date)
            }
            (Some(year), Some(month), Some(week), None) => {
                Date::new(year, month, week.saturating_mul(7).saturating_sub(6)).ok()
            }
            _ => None,
        };
        first.map_or(self, |first| Self::new(first.year(), first.month(), first.day()))
    }
}

/// Whether a text is the last day of several, the first of which stands before it: `2024-02-12_2024-02-16`, `2024-02-12-16`.
pub(super) fn is_last(text: &str, first: When) -> bool {
    let is_day =
        || first.day.zip(small(text)).is_some_and(|(day, last)| (day + 1..=31).contains(&last));
    day(text).is_some_and(|last| last.date() > first.date()) || is_day()
}

/// The day, or the first one of several, that a file's name says without the year that its folder is: `2024/0212-0216.md`.
pub(super) fn within_year(folder: &str, stem: &str) -> Option<When> {
    let year = year_of(folder.rsplit('/').next().filter(|year| year.len() == 4)?)?;
    let mut days = stem.split(['-', '_', '~']).map(|day| {
        let (day, rest) = digits(day, 4).filter(|(day, _)| day.len() == 4)?;
        let when = When::new(year, small(&day[..2]), small(&day[2..]));
        when.date().filter(|_| rest.is_empty()).map(|_| when)
    });
    let first = days.next()??;
    days.all(|day| day.is_some()).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::super::{of_file, of_name};

    #[test]
    fn several_days_are_called_by_the_first() {
        for (folder, stem, expected) in [
            ("2024", "0212-0216", "2024-02-12"),
            ("notes/2024", "0212_0216", "2024-02-12"),
            ("2024", "0212", "2024-02-12"),
            ("", "2024-W07", "2024-02-12"),
            ("", "2024W07 lamps", "2024-02-12"),
            ("2024/week-7", "lamps", "2024-02-12"),
            ("2024-W07", "lamps", "2024-02-12"),
            ("", "20240212-20240216", "2024-02-12"),
            ("", "2024-02-12_2024-02-16", "2024-02-12"),
            ("", "2024-02-12-16", "2024-02-12"),
            ("2024", "1340-1350", ""),
        ] {
            let when = of_file(folder, stem).and_then(super::When::date);
            assert_eq!(
                when.map(|date| date.to_string()).unwrap_or_default(),
                expected,
                "{folder}/{stem}"
            );
        }
        for (stem, rest) in [
            ("2024-02-12_2024-02-16", ""),
            ("240212-240216", ""),
            ("2024-02-12-16", ""),
            ("2024-02-12-7", "7"),
            ("2024-02-12 2001 Lamps", "2001 Lamps"),
            ("2024-W07 Lamps", "Lamps"),
        ] {
            assert_eq!(of_name(stem).ok().flatten().map(|(_, rest)| rest), Some(rest), "{stem}");
        }
    }
}

//! A first and a last day in the names of files and folders, which are called by the last, as weeks are.

use super::{When, day, digits, small, year_of};

/// The last day of several that stands behind the first: `2024-02-12_2024-02-16`, `2024-02-12-16`.
pub(super) fn last(text: &str, first: When) -> Option<When> {
    let of_month = || {
        let last =
            small(text).filter(|last| first.day.is_some_and(|day| (day + 1..=31).contains(last)));
        Some(When { day: Some(last?), ..first })
    };
    day(text).or_else(of_month).filter(|last| last.date() > first.date())
}

/// The day, or the last one of several, that a file's name says without the year that its folder is: `2024/0212-0216.md`.
pub(super) fn within_year(folder: &str, stem: &str) -> Option<When> {
    let year = year_of(folder.rsplit('/').next().filter(|year| year.len() == 4)?)?;
    let mut days = stem.split(['-', '_', '~']).map(|day| {
        let (day, rest) = digits(day, 4).filter(|(day, _)| day.len() == 4)?;
        let when = When::new(year, small(&day[..2]), small(&day[2..]));
        when.date().filter(|_| rest.is_empty()).map(|_| when)
    });
    let first = days.next()??;
    days.try_fold(first, |_, day| day)
}

#[cfg(test)]
mod tests {
    use super::super::{of_file, of_name};

    #[test]
    fn several_days_are_called_by_the_last() {
        for (folder, stem, expected) in [
            ("2024", "0212-0216", "2024-02-16"),
            ("notes/2024", "0212_0216", "2024-02-16"),
            ("2024", "0212", "2024-02-12"),
            ("", "2024-W07", "2024-02-18"),
            ("", "2024W07 lamps", "2024-02-18"),
            ("2024/week-7", "lamps", "2024-02-18"),
            ("2024-W07", "lamps", "2024-02-18"),
            ("", "20240212-20240216", "2024-02-16"),
            ("", "2024-02-12_2024-02-16", "2024-02-16"),
            ("", "2024-02-12-16", "2024-02-16"),
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

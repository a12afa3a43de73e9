//! English dates as lists of papers print them: `Dec 10`, `July 16, 2024`. Knows nothing of any format.

use std::fmt;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A day of a year that may not be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MonthDay {
    /// 1 to 12.
    pub month: i8,
    /// As written; whether the month has such a day is not checked.
    pub day: i8,
    /// The year, where written.
    pub year: Option<i16>,
}

impl fmt::Display for MonthDay {
    /// As the lists print it: `Dec 10`, `Dec 10, 2024`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = MONTHS
            .get(usize::from(self.month.unsigned_abs()).saturating_sub(1))
            .map_or("", |name| &name[..3]);
        let (first, rest) = name.split_at(name.len().min(1));
        write!(f, "{}{rest} {}", first.to_ascii_uppercase(), self.day)?;
        self.year.map_or(Ok(()), |year| write!(f, ", {year}"))
    }
}

/// The month with this English name, whole or cut to three or four letters, with or without a full stop.
pub(super) fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    MONTHS
        .iter()
        .position(|name| {
            **name == word || (matches!(word.len(), 3 | 4) && name.starts_with(word.as_str()))
        })
        .map(|index| index as i8 + 1)
}

/// A year written with four digits.
pub(super) fn year(word: &str) -> Option<i16> {
    let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| word.parse().ok()).flatten().filter(|year| (1900..2200).contains(year))
}

/// A day of a month: one or two digits, `3rd` too.
pub(super) fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &word[digits.len()..];
    let fits = matches!(digits.len(), 1 | 2) && matches!(suffix, "" | "st" | "nd" | "rd" | "th");
    fits.then(|| digits.parse().ok()).flatten().filter(|day| (1..=31).contains(day))
}

impl MonthDay {
    /// A date at the start of a text, and what follows it: `Oct 3, 2024 1` gives the date and ` 1`.
    pub(super) fn lead(text: &str) -> Option<(Self, &str)> {
        let (word, rest) = split_word(text)?;
        let month = month(word)?;
        let (word, rest) = split_word(rest)?;
        let (number, comma) = word.strip_suffix(',').map_or((word, false), |number| (number, true));
        let date = Self { month, day: day(number)?, year: None };
        let written = split_word(rest).and_then(|(word, rest)| Some((year(word)?, rest)));
        Some(match written {
            Some((year, rest)) => (Self { year: Some(year), ..date }, rest),
            None if comma => return None,
            None => (date, rest),
        })
    }

    /// The date, if the whole text is one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (date, rest) = Self::lead(text)?;
        rest.trim().is_empty().then_some(date)
    }
}

fn split_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_with_and_without_a_year() {
        assert_eq!(MonthDay::parse("Dec 10"), Some(date(12, 10, None)));
        assert_eq!(MonthDay::parse(" Sept. 3rd, 2024 "), Some(date(9, 3, Some(2024))));
        assert_eq!(MonthDay::lead("Oct 3, 2024 1"), Some((date(10, 3, Some(2024)), " 1")));
        assert_eq!(MonthDay::lead("Aug 12 2"), Some((date(8, 12, None), " 2")));
        for wrong in
            ["", "Dec", "December", "Dec 32", "10 Dec", "Mayor 3", "De 3", "Dec 10 and more"]
        {
            assert_eq!(MonthDay::parse(wrong), None, "{wrong}");
        }
    }

    fn date(month: i8, day: i8, year: Option<i16>) -> MonthDay {
        MonthDay { month, day, year }
    }
}

//! A line that is a date with its year: `2025년 3월 12일`, `2025. 3. 12.`, `March 12, 2025`, `2025-03-12`, with a
//! weekday or an hour, or with a few words that make it a heading.

use jiff::civil::Date;

use crate::formats::dates;

/// Longest such line in bytes, a weekday in any language included.
const LONGEST: usize = 80;

/// More words than this beside a date are a sentence.
const WORDS: usize = 6;

/// A day as a line says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day {
    /// The date; none where the calendar has no such day.
    pub(super) date: Option<Date>,
    /// Whether the line says more than the day, its weekday and its hour.
    pub(super) titled: bool,
}

/// The day that a line is.
pub(crate) fn of_line(line: &str) -> Option<Day> {
    let line = bare(line);
    if line.len() > LONGEST || !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (when, rest) =
        dates::lead(line).filter(|(when, _)| when.year.is_some() && when.day.is_some())?;
    let date = when.date();
    if dates::is_nothing(rest) {
        return Some(Day { date, titled: false });
    }
    (date.is_some() && are_words(rest)).then_some(Day { date, titled: true })
}

/// The line without the marks of a heading.
pub(super) fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| c == '#' || c.is_whitespace())
}

/// Whether what follows a date are words of a heading, parted from it, and no sentence.
fn are_words(rest: &str) -> bool {
    let apart = !rest.starts_with(|c: char| c.is_alphanumeric() || ".-/".contains(c));
    let goes_on = rest.trim_start().starts_with(char::is_lowercase);
    apart
        && !goes_on
        && rest.split_whitespace().count() <= WORDS
        && !rest.ends_with(['.', '!', '?', '。', '다'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_in_many_ways() {
        let same = [
            "2025년 3월 12일",
            "25년 3월 12일 (수)",
            "# 2025년 3월 12일 수요일",
            "2025年3月12日",
            "2025年3月12日(水)",
            "2025. 3. 12.",
            "2025. 3. 12. 오후 3:24",
            "2025.03.12",
            "2025/03/12",
            "2025-03-12",
            "2025-03-12T09:00",
            "2025-03-12 09:00:00+09:00",
            "March 12, 2025",
            "Wednesday, March 12, 2025",
            "Wed 12 Mar 2025",
            "12 March 2025",
            "12th March, 2025",
        ];
        let date = Some(jiff::civil::date(2025, 3, 12));
        for line in same {
            assert_eq!(of_line(line), Some(Day { date, titled: false }), "{line}");
        }
        for line in [
            "2025년 3월 12일 논문 정리",
            "2025-03-12 Lamps",
            "March 12, 2025: Lamps",
            "2025. 3. 12. 등불",
        ] {
            assert_eq!(of_line(line), Some(Day { date, titled: true }), "{line}");
        }
    }

    #[test]
    fn what_only_begins_like_a_day_is_none() {
        for line in [
            "2025",
            "March 12",
            "2025년 3월",
            "2025년 3월 12일에",
            "2025-03-12-lamps",
            "12 Lamps 2025",
        ] {
            assert_eq!(of_line(line), None, "{line}");
        }
        for line in
            ["2025년 3월 12일에 등을 켰다", "March 12, 2025 was dark", "2025-03-12 was dark."]
        {
            assert_eq!(of_line(line), None, "{line}");
        }
        for line in ["2025년 2월 30일", "2025-02-30", "February 30, 2025", "2025. 13. 1."] {
            assert_eq!(of_line(line), Some(Day { date: None, titled: false }), "{line}");
        }
    }
}

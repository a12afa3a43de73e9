//! A line that is a date with its year: `2025년 3월 12일`, `2025. 3. 12.`, `March 12, 2025`, `2025-03-12`, with a
//! weekday or an hour, or with a few words that make it a heading.

use jiff::civil::Date;

use crate::reader::months::{self, MonthDay};

/// Longest such line in bytes, a weekday in any language included.
const LONGEST: usize = 80;

/// More words than this beside a date are a sentence.
const WORDS: usize = 6;

/// What may stand for year, month and day after their numbers.
const UNITS: [[char; 3]; 2] = [['년', '월', '일'], ['年', '月', '日']];

/// A day as a line says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day {
    /// The date; none where the calendar has no such day.
    pub(super) date: Option<Date>,
    /// Whether the line says more than the day, its weekday and its hour.
    pub(super) titled: bool,
}

/// A day's numbers, and what follows them.
struct Written<'t> {
    year: i16,
    month: i8,
    day: i8,
    rest: &'t str,
}

/// The day that a line is.
pub(crate) fn of_line(line: &str) -> Option<Day> {
    let line = bare(line);
    if line.len() > LONGEST || !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let written = with_units(line).or_else(|| numbers(line)).or_else(|| english(line))?;
    let date = Date::new(written.year, written.month, written.day).ok();
    let rest = written.rest.trim();
    if rest.is_empty() || is_weekday(rest) || is_hour(rest) {
        return Some(Day { date, titled: false });
    }
    (date.is_some() && are_words(written.rest)).then_some(Day { date, titled: true })
}

/// The line without the marks of a heading.
pub(super) fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| c == '#' || c.is_whitespace())
}

/// `2025년 3월 12일`, `25년 3월 12일`, `2025年3月12日`.
fn with_units(line: &str) -> Option<Written<'_>> {
    let [year, month, day] = UNITS.into_iter().find(|[year, ..]| line.contains(*year))?;
    let (year, rest) = line.split_once(year)?;
    let (month, rest) = rest.split_once(month)?;
    let (day, rest) = rest.split_once(day)?;
    Some(Written { year: year_of(year.trim())?, month: short(month.trim())?, day: short(day.trim())?, rest })
}

/// `2025-03-12`, `2025.03.12`, `2025/3/12`, and `2025. 3. 12.` as Korean browsers print it.
fn numbers(line: &str) -> Option<Written<'_>> {
    let (year, rest) = digits(line, 4)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '-' | '.' | '/'))?;
    let (month, rest) = digits(rest.strip_prefix(mark)?.trim_start(), 2)?;
    let (day, rest) = digits(rest.strip_prefix(mark)?.trim_start(), 2)?;
    let rest = rest.strip_prefix('.').filter(|_| mark == '.').unwrap_or(rest);
    Some(Written { year: months::year(year)?, month: short(month)?, day: short(day)?, rest })
}

/// `March 12, 2025`, `Wednesday, March 12, 2025`, `12 March 2025`.
fn english(line: &str) -> Option<Written<'_>> {
    // A colon may stand right after the year.
    let head = &line[..line.find([':', '(']).unwrap_or(line.len())];
    let (first, after) = head.split_once([',', ' '])?;
    let bare = if is_weekday(first) { after.trim_start() } else { head };
    let (found, rest) = MonthDay::lead(bare).or_else(|| day_first(bare))?;
    let apart = !rest.trim_start().starts_with(char::is_alphanumeric);
    let rest = &line[head.len() - rest.len()..];
    apart.then_some(Written { year: found.year?, month: found.month, day: found.day, rest })
}

fn day_first(line: &str) -> Option<(MonthDay, &str)> {
    let (day, rest) = line.split_once(' ')?;
    let (month, rest) = rest.trim_start().split_once(' ')?;
    let rest = rest.trim_start();
    let (year, rest) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
    let (month, year) = (months::month(month.trim_end_matches(','))?, Some(months::year(year)?));
    Some((MonthDay { month, day: months::day(day)?, year }, rest))
}

/// Digits at the start of a text, so many at most, and what follows them.
fn digits(text: &str, most: usize) -> Option<(&str, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=most).contains(&count).then(|| text.split_at(count))
}

/// A year of four digits, or of two: of this century.
fn year_of(text: &str) -> Option<i16> {
    months::year(text).or_else(|| short(text).filter(|_| text.len() == 2).map(|year| 2000 + i16::from(year)))
}

/// A number of one or two digits.
fn short(text: &str) -> Option<i8> {
    digits(text, 2).filter(|(_, rest)| rest.is_empty())?.0.parse().ok()
}

/// `수`, `(수)`, `수요일`, `水曜日`, `星期三`, `Wed`, `Wednesday`.
fn is_weekday(text: &str) -> bool {
    const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let text = text.trim_matches(|c: char| c.is_whitespace() || "(),.".contains(c)).to_lowercase();
    let name = text.trim_end_matches("요일").trim_end_matches("曜日");
    let name = name.trim_start_matches("星期").trim_start_matches('周');
    let mut letters = name.chars();
    let letter = letters.next().is_some_and(|c| "월화수목금토일月火水木金土日一二三四五六".contains(c));
    (letter && letters.next().is_none()) || DAYS.iter().any(|day| text == *day || text == day[..3])
}

/// `T09:00`, `09:00:00+09:00`, `오후 3:24`.
fn is_hour(text: &str) -> bool {
    let text = text.strip_prefix('T').unwrap_or(text);
    let text = text.strip_prefix("오전").or_else(|| text.strip_prefix("오후")).unwrap_or(text).trim_start();
    let hour = digits(text, 2).is_some_and(|(_, rest)| rest.starts_with(':'));
    hour && text.chars().all(|c| c.is_ascii_digit() || ":.+-Z".contains(c))
}

/// Whether what follows a date are words of a heading, parted from it, and no sentence.
fn are_words(rest: &str) -> bool {
    let apart = !rest.starts_with(|c: char| c.is_alphanumeric() || ".-/".contains(c));
    apart && rest.split_whitespace().count() <= WORDS && !rest.ends_with(['.', '!', '?', '。', '다'])
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
        for line in ["2025년 3월 12일 논문 정리", "2025-03-12 Lamps", "March 12, 2025: Lamps", "2025. 3. 12. 등불"]
        {
            assert_eq!(of_line(line), Some(Day { date, titled: true }), "{line}");
        }
    }

    #[test]
    fn what_only_begins_like_a_day_is_none() {
        for line in ["2025", "March 12", "2025년 3월", "2025년 3월 12일에", "2025-03-12-lamps", "12 Lamps 2025"] {
            assert_eq!(of_line(line), None, "{line}");
        }
        for line in ["2025년 3월 12일에 등을 켰다", "March 12, 2025 was dark", "2025-03-12 was dark."] {
            assert_eq!(of_line(line), None, "{line}");
        }
        for line in ["2025년 2월 30일", "2025-02-30", "February 30, 2025", "2025. 13. 1."] {
            assert_eq!(of_line(line), Some(Day { date: None, titled: false }), "{line}");
        }
    }
}

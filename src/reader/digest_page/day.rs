//! A line that is a date with its year: `2025년 3월 12일`, `March 12, 2025`, `2025-03-12`.

use jiff::civil::Date;

use crate::reader::months::MonthDay;

/// Longest such line in bytes, a weekday in any language included.
const LONGEST: usize = 64;

/// The date that a line is.
pub(super) fn of_line(line: &str) -> Option<Date> {
    let line = line.trim().trim_start_matches(['#', ' ']);
    if line.len() > LONGEST || !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    iso(line).or_else(|| korean(line)).or_else(|| english(line))
}

/// Whether a line is written as a date is, but names a day that the calendar does not have.
pub(super) fn is_impossible(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['#', ' ']);
    let last = line.trim_end().ends_with('일') && line.len() <= LONGEST;
    let parts: Vec<&str> = line.split(['년', '월', '일', '-']).map(str::trim).collect();
    let numbers = |parts: &[&str]| {
        let digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
        parts.iter().all(digits) && parts.iter().map(|part| part.len()).collect::<Vec<_>>().starts_with(&[4])
    };
    let short = |parts: &[&str]| parts.iter().skip(1).all(|part| (1..=2).contains(&part.len()));
    let written = match parts.as_slice() {
        [date @ .., ""] if last => date.len() == 3 && numbers(date) && short(date),
        date => line.len() == 10 && date.len() == 3 && numbers(date) && short(date),
    };
    written && of_line(line).is_none()
}

fn iso(line: &str) -> Option<Date> {
    let rest = line.get(10..)?.trim();
    let weekday = rest.is_empty() || (rest.starts_with('(') && rest.ends_with(')'));
    weekday.then(|| line[..10].replace(['.', '/'], "-").parse().ok()).flatten()
}

fn korean(line: &str) -> Option<Date> {
    let (year, rest) = line.split_once('년')?;
    let (month, rest) = rest.split_once('월')?;
    let (day, rest) = rest.split_once('일')?;
    let rest = rest.trim().trim_matches(['(', ')']);
    let weekday = rest.is_empty() || (rest.chars().count() <= 3 && "월화수목금토일".contains(rest.chars().next()?));
    let date = Date::new(year.trim().parse().ok()?, month.trim().parse().ok()?, day.trim().parse().ok()?);
    weekday.then_some(date.ok()).flatten()
}

fn english(line: &str) -> Option<Date> {
    const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let weekday = |text: &str| DAYS.iter().any(|day| text == *day || text == &day[..3]);
    let bare = line.split_once(',').filter(|(day, _)| weekday(day.trim())).map_or(line, |(_, rest)| rest.trim());
    let found = MonthDay::parse(bare)?;
    Date::new(found.year?, found.month, found.day).ok()
}

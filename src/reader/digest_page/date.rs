//! Lines that are a date: `2025년 3월 12일`, `March 12, 2025`, `2025-03-12`, with or without a day of the week.

use jiff::civil::Date;

use crate::reader::{months, rows};

/// A line that is a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dated {
    /// A real day.
    On(Date),
    /// One that the calendar does not have.
    Never,
}

/// The date that a line is, if it is one.
pub(super) fn parse(line: &str) -> Option<Dated> {
    let line = rows::heading(line).map_or(line, |(_, text)| text).trim();
    if line.len() > 64 {
        return None;
    }
    let line = without_weekday(line);
    let (year, month, day) = korean(line).or_else(|| numbers(line)).or_else(|| english(line))?;
    let real =
        i8::try_from(month).ok().zip(i8::try_from(day).ok()).and_then(|(month, day)| Date::new(year, month, day).ok());
    Some(real.map_or(Dated::Never, Dated::On))
}

type Parts = (i16, u8, u8);

/// Without `(수)`, `수요일`, `Wed`, `Wednesday,` before or after.
fn without_weekday(line: &str) -> &str {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let is_day = |word: &str| {
        let word = word.trim_matches(|c: char| c.is_ascii_punctuation());
        let english = word.get(..3).is_some_and(|start| DAYS.iter().any(|day| start.eq_ignore_ascii_case(day)));
        let known = ["day", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "tues", "thur", "thurs"];
        let whole = |end: &&str| word.to_ascii_lowercase().ends_with(*end);
        let day = word.strip_suffix("요일").unwrap_or(word);
        (english && known.iter().any(|end| whole(&end))) || ["월", "화", "수", "목", "금", "토", "일"].contains(&day)
    };
    let line = match line.split_once(char::is_whitespace) {
        Some((first, rest)) if is_day(first) => rest.trim(),
        _ => line,
    };
    match line.rsplit_once(|c: char| c.is_whitespace() || c == '(') {
        Some((rest, last)) if is_day(last) => rest.trim_end_matches(|c: char| c.is_whitespace() || "(,".contains(c)),
        _ => line,
    }
}

fn korean(line: &str) -> Option<Parts> {
    let (year, rest) = line.split_once('년')?;
    let (month, rest) = rest.split_once('월')?;
    let day = rest.trim().strip_suffix('일')?;
    parts(year, month, day)
}

/// `2025-03-12`, `2025. 3. 12.`, `2025/03/12`
fn numbers(line: &str) -> Option<Parts> {
    let line = line.strip_suffix('.').unwrap_or(line);
    ['-', '.', '/'].into_iter().find_map(|mark| {
        let (year, rest) = line.split_once(mark)?;
        let (month, day) = rest.split_once(mark)?;
        parts(year, month, day)
    })
}

/// `March 12, 2025`, `12 March 2025`
fn english(line: &str) -> Option<Parts> {
    if let Some(date) = months::MonthDay::parse(line) {
        return Some((date.year?, date.month.unsigned_abs(), date.day.unsigned_abs()));
    }
    let mut words = line.split_whitespace();
    let (day, month, year) = (words.next()?, words.next()?, words.next()?);
    let day = months::day(day)?.unsigned_abs();
    let month = months::month(month.trim_end_matches(','))?.unsigned_abs();
    words.next().is_none().then_some((months::year(year)?, month, day))
}

fn parts(year: &str, month: &str, day: &str) -> Option<Parts> {
    let number = |text: &str| {
        let text = text.trim();
        ((1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
    };
    Some((months::year(year.trim())?, number(month)?, number(day)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_dates() {
        let day = Some(Dated::On(jiff::civil::date(2025, 3, 12)));
        for line in [
            "2025년 3월 12일",
            "2025년 03월 12일 (수)",
            "2025년 3월 12일 수요일",
            "# March 12, 2025",
            "Wednesday, March 12, 2025",
            "12 March 2025",
            "2025-03-12",
            "2025. 3. 12.",
            "2025/03/12",
            "Mar 12, 2025 (Wed)",
            " 2025-03-12 ",
        ] {
            assert_eq!(parse(line), day, "{line}");
        }
        assert_eq!(parse("2025년 2월 30일"), Some(Dated::Never));
        for line in [
            "",
            "3월 12일",
            "March 12",
            "2025-03",
            "2025년 3월 12일에 나온 논문",
            "Sunday",
            "1.2.3",
            "일",
            "2025.03.12345",
        ] {
            assert_eq!(parse(line), None, "{line}");
        }
    }
}

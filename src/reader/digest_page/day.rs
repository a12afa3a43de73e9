//! A line that is a date with its year: `2025년 3월 12일`, `March 12, 2025`, `2025-03-12`.

use jiff::civil::Date;

use crate::reader::months::MonthDay;

/// Longest such line in bytes, a weekday in any language included.
const LONGEST: usize = 64;
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// What a day's list is called after its date.
const LIST: [&str; 9] = ["논문", "정리", "읽기", "리뷰", "요약", "노트", "목록", "데일리", "모음"];

/// The date that a line is.
pub(super) fn of_line(line: &str) -> Option<Date> {
    let line = line.trim().trim_start_matches(['#', ' ']);
    if line.len() > LONGEST || !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    numeric(line).or_else(|| east_asian(line)).or_else(|| english(line))
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

/// `2025-03-12`, `2025.03.12 (수)`, `2025. 3. 12.`, `2025-03-12T09:00`.
fn numeric(line: &str) -> Option<Date> {
    let (year, rest) = number(line, 4..=4)?;
    let (month, rest) = number(separated(rest)?, 1..=2)?;
    let (day, rest) = number(separated(rest)?, 1..=2)?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let time = rest.trim_start_matches(['T', ' ']).bytes().all(|b| b.is_ascii_digit() || b":.Z+-".contains(&b));
    let ends = rest.trim().is_empty() || is_weekday(rest) || rest.starts_with(['T', ' ']) && time;
    ends.then(|| date(year, month, day)).flatten()
}

fn separated(rest: &str) -> Option<&str> {
    rest.strip_prefix(['-', '.', '/']).map(str::trim_start)
}

/// A number with so many digits, and what follows it.
fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<(i16, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text[..length].parse().ok().filter(|_| digits.contains(&length))?, &text[length..]))
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `2025년 3월 12일 (수)`, `25년 3월 12일`, `2025年3月12日`, and with words that name a list: `… 논문 정리`.
fn east_asian(line: &str) -> Option<Date> {
    let (year, rest) = line.split_once(['년', '年'])?;
    let (month, rest) = rest.split_once(['월', '月'])?;
    let (day, rest) = rest.split_once(['일', '日'])?;
    let (year, more) = number(year.trim(), 2..=4).filter(|(year, _)| *year < 100 || *year > 999)?;
    let [month, day] = [month, day].map(|part| number(part.trim(), 1..=2).filter(|(_, more)| more.is_empty()));
    let ends = rest.trim().is_empty() || is_weekday(rest) || rest.split_whitespace().all(|word| LIST.contains(&word));
    let year = if year < 100 { year + 2000 } else { year };
    (more.is_empty() && ends).then(|| date(year, month?.0, day?.0)).flatten()
}

/// `(수)`, `수요일`, `(Wed)`
fn is_weekday(text: &str) -> bool {
    let text = text.trim();
    let bare = text.trim_matches(['(', ')']);
    let korean = bare.chars().count() <= 3 && bare.starts_with(['월', '화', '수', '목', '금', '토', '일']);
    korean || bare.len() < text.len() || DAYS.iter().any(|day| bare == *day || bare == &day[..3])
}

/// `March 12, 2025`, `Wednesday, March 12, 2025`, `12 March 2025`.
fn english(line: &str) -> Option<Date> {
    let bare = line.split_once(',').filter(|(day, _)| is_weekday(day)).map_or(line, |(_, rest)| rest.trim());
    let turned = || match bare.split_whitespace().collect::<Vec<_>>().as_slice() {
        [number, name, year] => MonthDay::parse(&format!("{name} {number}, {year}")),
        _ => None,
    };
    let found = MonthDay::parse(bare).or_else(turned)?;
    Date::new(found.year?, found.month, found.day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        for line in [
            "2025-03-12",
            "2025.03.12",
            "2025/03/12",
            "2025. 3. 12.",
            "2025.3.12",
            "2025-03-12 (수)",
            "2025-03-12T09:00",
            "2025-03-12 09:00",
            "2025년 3월 12일",
            "25년 3월 12일",
            "2025년 3월 12일 (수)",
            "2025년 3월 12일 수요일",
            "## 2025년 3월 12일 논문 정리",
            "2025年3月12日",
            "March 12, 2025",
            "Wednesday, March 12, 2025",
            "Wed, Mar 12, 2025",
            "12 March 2025",
            "12th March 2025",
            "# 2025-03-12",
        ] {
            assert_eq!(of_line(line), Some(jiff::civil::date(2025, 3, 12)), "{line}");
        }
        for line in [
            "",
            "2025",
            "2025-03",
            "2025-03-123",
            "2025-02-30",
            "125년 3월 12일",
            "2025년 3월 12일 공개되었다",
            "12 3 2025",
            "March 2025",
            "2025-03-12 3.5x faster",
            "2025.03.12 and more",
            "2025-03-12-13",
            "2025년 13월 1일",
        ] {
            assert_eq!(of_line(line), None, "{line}");
        }
    }
}

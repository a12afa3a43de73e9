//! Dates of nothing but numbers. Knows no words.

use super::{When, digits, order, small, year_of};

/// `2025-03-12`, `2025. 3. 12.`, `2025/3`, `20250312`, `12.3.2025`, `3/12/2025`.
pub(super) fn lead(text: &str) -> Option<(When, &str)> {
    let (first, rest) = digits(text, 8)?;
    if first.len() == 8 {
        let when = When::new(
            year_of(&first[..4])?,
            first[4..6].parse::<i8>().ok(),
            first[6..].parse::<i8>().ok(),
        );
        return when.date().map(|_| (when, rest));
    }
    let mark = rest.chars().next().filter(|c| matches!(c, '-' | '.' | '/' | '_'))?;
    let after = |rest: &'_ str| -> Option<usize> {
        Some(rest.len() - rest.strip_prefix(mark)?.trim_start().len())
    };
    let (second, last) = digits(&rest[after(rest)?..], 2)?;
    let third = after(last).map(|length| &last[length..]);
    if first.len() == 4 {
        if let Some((day, rest)) = third.and_then(|third| digits(third, 2)) {
            let rest = rest.strip_prefix('.').filter(|_| mark == '.').unwrap_or(rest);
            return Some((When::new(first.parse::<i16>().ok(), small(second), small(day)), rest));
        }
        let year = year_of(first)?;
        let is_month = second.len() == 2 || mark != '.';
        let when = When::new(year, small(second), None);
        let ends = !third.is_some_and(|third| third.starts_with(|c: char| c.is_ascii_digit()));
        return (is_month && ends && when.date().is_some()).then_some((when, last));
    }
    let (year, rest) = digits(third?, 4).filter(|_| first.len() < 3)?;
    Some((order::parted(small(first)?, small(second)?, mark, year_of(year)?), rest))
}

/// `9/04/24`, `22.03.18`: a day of this century with two digits of its year, where only a day can stand.
fn with_short_year(text: &str) -> Option<(When, &str)> {
    let (first, rest) = digits(text, 2)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '/' | '-' | '.'))?;
    let (second, rest) = digits(rest[1..].trim_start(), 2)?;
    let (third, rest) = digits(rest.strip_prefix(mark)?.trim_start(), 2)?;
    // Short numbers with dots are those of a section or a version.
    let is_full = [first, second].iter().all(|part| part.len() == 2) || mark == '/';
    let [first, second, third] = [first, second, third].map(|part| small(part).filter(|_| is_full));
    let (first, second, third) = (first?, second?, third?);
    let when = if order::is_year_first(mark) {
        When::new(2000 + i16::from(first), second, third)
    } else {
        order::parted(first, second, mark, 2000 + i16::from(third))
    };
    when.date().map(|_| (when, rest.strip_prefix('.').unwrap_or(rest)))
}

/// What is a date only where nothing else can stand: `22.03.18`, `6/2023`.
pub(super) fn alone(text: &str) -> Option<(When, &str)> {
    with_short_year(text).or_else(|| month_and_year(text))
}

/// `6/2023`, `06-2023`: a month.
fn month_and_year(text: &str) -> Option<(When, &str)> {
    let (month, rest) = digits(text, 2)?;
    let (year, rest) = digits(rest.strip_prefix(['/', '-', '.'])?.trim_start(), 4)?;
    let when = When::new(year_of(year)?, small(month), None);
    when.date().map(|_| (when, rest))
}

//! Whether the day or the month stands first in `3/12/2025`: a date of the same text with a part over 12 says so, else one of
//! its source, and else it is supposed and said. Dots mean the day.

use std::cell::RefCell;

use jiff::civil::Date;

use super::When;
use crate::diagnostic::{Code, Finding};
use crate::formats::{Hints, Reading, Span};

/// What a text tells of the order of its days and months.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayOrder {
    /// Whether its own dates say that the day stands first, or that it does not.
    pub day_first: Option<bool>,
    /// Whether it has dates that nothing in it decides.
    pub is_open: bool,
}

/// What is known while a text is read, and the dates met of which either part can be the month.
#[derive(Default)]
struct Known {
    day_first: Option<bool>,
    /// Whether the year stands first in dates of six digits, such as `22.03.18`.
    year_first: Option<bool>,
    met: Vec<(Date, String)>,
}

/// More than so many of one text are not remembered.
const MOST: usize = 100;

thread_local! {
    // Dates are read in fifty places of a dozen formats. What a whole text says of their order reaches all of them this way,
    // for as long as that text is read, so that a reader still depends on its text and hints alone.
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// A day whose two numbers stand in the order that its text has.
pub(super) fn parted(first: i8, second: i8, mark: char, year: i16) -> When {
    let month_first = is_month_first((first, second), mark, year);
    let (month, day) = if month_first { (first, second) } else { (second, first) };
    When::new(year, month, day)
}

/// Whether the first of two numbers with a mark between them is the month.
fn is_month_first((first, second): (i8, i8), mark: char, year: i16) -> bool {
    if first > 12 || second > 12 || mark == '.' || first == second {
        return first <= 12 && second > 12;
    }
    KNOWN.with_borrow_mut(|known| {
        let month_first = known.day_first.map_or(mark == '/', |day_first| !day_first);
        let (month, day) = if month_first { (first, second) } else { (second, first) };
        if known.day_first.is_none() && known.met.len() < MOST {
            let written = format!("{first}{mark}{second}{mark}{year}");
            known.met.extend(Date::new(year, month, day).ok().map(|date| (date, written)));
        }
        month_first
    })
}

/// Whether the first of three short numbers with such a mark between them is the year.
pub(super) fn is_year_first(mark: char) -> bool {
    KNOWN.with_borrow(|known| known.year_first).unwrap_or(mark == '-')
}

/// Reads a text with what its dates say of their order, or else the hints; says once what nothing decides.
pub(in crate::formats) fn settled(
    text: &str,
    hints: &Hints<'_>,
    read: impl FnOnce() -> Reading,
) -> Reading {
    let (own, year_first) = told(text);
    let own = own.or_else(|| day_first(hints.stem));
    KNOWN.set(Known { day_first: own.or(hints.day_first), year_first, met: Vec::new() });
    let mut reading = read();
    let known = KNOWN.take();
    // Which dates are open does not depend on what the hints say of them.
    let is_open = own.is_none() && (hints.day_first.is_some() || !known.met.is_empty());
    reading.order = DayOrder { day_first: own, is_open };
    let taken = |date: Date| {
        let iso = date.to_string();
        reading.page.as_ref().is_some_and(|page| page.date == Some(date))
            || reading.digests.iter().any(|digest| {
                digest.date == Some(date)
                    || digest
                        .entries
                        .iter()
                        .any(|entry| entry.fields.iter().any(|(_, value)| *value == iso))
            })
    };
    let said = known
        .met
        .iter()
        .find(|(date, _)| taken(*date))
        .map(|(date, written)| unsure(text, written, *date));
    reading.findings.extend(said);
    reading
}

fn unsure(text: &str, written: &str, date: Date) -> Finding {
    let at = dates(text)
        .find(|(_, _, _, span)| text[span.clone()].replace('0', "") == written.replace('0', ""));
    let shown = at.as_ref().map_or(written, |(.., span)| &text[span.clone()]);
    let message = format!(
        "`{shown}` was taken for {date}: no date beside it says whether its day or its month stands first"
    );
    let finding = Finding::new(Code::UnsureDate, message);
    let finding = match at {
        Some((.., span)) => finding.at(span),
        None => finding,
    };
    finding.help("write days as 2025-03-12, or name another place in `date_from`")
}

/// Whether the dates of a text have the day first, where any of them can only be read in one way. The more frequent order
/// counts.
pub fn day_first(text: &str) -> Option<bool> {
    told(text).0
}

/// The same, and whether the year stands first in dates of three short numbers.
fn told(text: &str) -> (Option<bool>, Option<bool>) {
    let (mut days, mut months) = (0, 0);
    let all: Vec<Short> = dates(text).collect();
    let year_first = year_first(text, &all);
    for (first, second, mark, span) in all {
        // Short numbers with dots between them are as often a version.
        if is_short(text, &span) && (mark != b'/' || year_first == Some(true)) {
            continue;
        }
        days += usize::from(second <= 12 && (first > 12 || mark == b'.'));
        months += usize::from(first <= 12 && second > 12 && mark != b'.');
    }
    ((days != months).then_some(days > months), year_first)
}

/// Whether a date has two digits of its year.
fn is_short(text: &str, span: &Span) -> bool {
    !text.as_bytes()[span.end - 3].is_ascii_digit()
}

/// Whether the year stands first in dates of three short numbers: there are fewer years in a text than days.
fn year_first(text: &str, all: &[Short]) -> Option<bool> {
    let (mut first, mut last) = (0_u128, 0_u128);
    for (number, _, _, span) in all.iter().filter(|(.., span)| is_short(text, span)) {
        let year: u32 = text[span.end - 2..span.end].parse().unwrap_or_default();
        first |= 1 << number;
        last |= 1 << year;
    }
    let (firsts, lasts) = (first.count_ones(), last.count_ones());
    // A few dates alone tell it by what can be a year of papers: one with a zero before it is long ago.
    let is_old = |years: u128| years & 0x3ff != 0;
    let old = (is_old(first), is_old(last));
    (firsts != lasts).then_some(firsts < lasts).or_else(|| (old == (false, true)).then_some(true))
}

/// Whether most of the texts of a source that tell an order have the day first.
pub fn of_source(orders: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let (mut days, mut months) = (0, 0);
    orders.flatten().for_each(|day_first| *(if day_first { &mut days } else { &mut months }) += 1);
    (days != months).then_some(days > months)
}

/// Two short numbers before a year, the mark between them, and where the date stands.
type Short = (u8, u8, u8, Span);

/// Dates of a text that are two short numbers and a year with one mark between them, the year perhaps with two digits.
fn dates(text: &str) -> impl Iterator<Item = Short> + '_ {
    let bytes = text.as_bytes();
    let is_digit =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let number = |at: usize, most: usize| -> Option<(u16, usize)> {
        let digits =
            bytes.get(at..)?.iter().take(most + 1).take_while(|b| b.is_ascii_digit()).count();
        (1..=most).contains(&digits).then(|| {
            let value =
                bytes[at..at + digits].iter().fold(0, |sum, b| sum * 10 + u16::from(b - b'0'));
            (value, at + digits)
        })
    };
    let marks = memchr::memchr3_iter(b'/', b'.', b'-', bytes);
    // Most are in no number.
    let marks = marks.filter(move |mark| is_digit(Some(mark + 1)) && is_digit(mark.checked_sub(1)));
    marks.filter_map(move |mark| {
        let digits = bytes[..mark].iter().rev().take(3).take_while(|b| b.is_ascii_digit()).count();
        let start = mark - digits;
        let is_free = start == 0 || !b"/.-_".contains(&bytes[start - 1]);
        let sign = bytes[mark];
        let (first, _) = number(start, 2).filter(|_| is_free && (1..3).contains(&digits))?;
        let (second, after) = number(mark + 1, 2)?;
        let (_, end) = number(after + 1, 4).filter(|(year, end)| {
            let is_year = end - after == 3 || end - after == 5 && (1800..2200).contains(year);
            bytes[after] == sign && is_year
        })?;
        let goes_on = bytes.get(end).is_some_and(|b| b"/_-".contains(b));
        let (first, second) = (part(first, 31)?, part(second, 31)?);
        (!goes_on && first.min(second) <= 12).then_some((first, second, sign, start..end))
    })
}

fn part(value: u16, most: u8) -> Option<u8> {
    u8::try_from(value).ok().filter(|value| (1..=most).contains(value))
}

//! Dates as people write them, whole or in part, in the languages of `dates.txt`. Knows no format.

mod numbers;
pub(super) mod order;
mod season;
mod spans;

use std::fmt;
use std::sync::LazyLock;

use jiff::civil::{Date, ISOWeekDate, Weekday};
use rustc_hash::FxHashMap;

use super::fields;
use super::text::heading;
use spans::{last, within_year};

/// What a word says of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Month(i8),
    /// A season or a term, by the month that it begins in.
    Season(i8),
    Weekday,
    Week,
    Gap,
}

static WORDS: LazyLock<FxHashMap<&'static str, Word>> = LazyLock::new(|| {
    let lines = include_str!("dates.txt").lines().filter_map(|line| line.split_once(' '));
    let all = lines.flat_map(|(kind, words)| {
        let kind = match kind {
            "weekday" => Word::Weekday,
            "week" => Word::Week,
            "gap" => Word::Gap,
            kind if kind.starts_with('s') => Word::Season(kind[1..].parse().unwrap_or_default()),
            number => Word::Month(number.parse().unwrap_or_default()),
        };
        words.split(' ').map(move |word| (word, kind))
    });
    all.collect()
});

/// The longest word of a date in bytes.
const LONGEST: usize = 24;

/// A day, a week, a month or a year, as far as a text says it. Whether the calendar has it is not checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct When {
    /// The year, where written.
    pub(crate) year: Option<i16>,
    /// From 1.
    pub(crate) month: Option<i8>,
    /// The week of the month, or else of the year.
    pub(crate) week: Option<i8>,
    /// The day of the month.
    pub(crate) day: Option<i8>,
}

impl When {
    fn new(
        year: impl Into<Option<i16>>,
        month: impl Into<Option<i8>>,
        day: impl Into<Option<i8>>,
    ) -> Self {
        Self { year: year.into(), month: month.into(), week: None, day: day.into() }
    }

    /// The day itself, the last of a week, the first of a month or a year; none where the calendar has no such day.
    pub(crate) fn date(self) -> Option<Date> {
        let year = self.year?;
        match (self.month, self.week, self.day) {
            (None, Some(week), None) => {
                ISOWeekDate::new(year, week, Weekday::Sunday).ok().map(ISOWeekDate::date)
            }
            (Some(month), Some(week), None) => {
                let first = Date::new(year, month, 1).ok()?;
                Date::new(year, month, week.saturating_mul(7).min(first.days_in_month())).ok()
            }
            (month, _, day) => Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok(),
        }
    }

    /// Whether it names a day or a week, and not a month or a year.
    pub(crate) fn is_near(self) -> bool {
        self.day.is_some() || self.week.is_some()
    }

    /// What it does not say, as something around it says it: all, where it says nothing.
    #[must_use]
    pub(crate) fn within(self, outer: Self) -> Self {
        if self == Self::default() {
            return outer;
        }
        let month = self.month.or(outer
            .month
            .filter(|_| self.day.is_some() || self.week.is_some_and(|week| week < 6)));
        Self { year: self.year.or(outer.year), month, ..self }
    }
}

impl fmt::Display for When {
    /// As ISO 8601 has it, as far as it is known: `2025-03`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.year, self.month, self.day) {
            (Some(year), None, _) => write!(f, "{year:04}"),
            (Some(year), Some(month), None) => write!(f, "{year:04}-{month:02}"),
            _ => self.date().map_or(Ok(()), |date| write!(f, "{date}")),
        }
    }
}

/// The date at the start of a text, with or without its year, and what follows it.
pub(crate) fn lead(text: &str) -> Option<(When, &str)> {
    let text = after_weekday(text.trim_start());
    season::lead(text)
        .or_else(|| with_units(text))
        .or_else(|| numbers::lead(text))
        .or_else(|| worded(text))
        .or_else(|| weekly(text))
}

/// The date that a text is, but for a weekday, an hour, a count, and marks around it; also a year or a month alone.
pub(crate) fn whole(text: &str) -> Option<When> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "#*_`[]【】():：~".contains(c));
    // Without a number there is no more than the name of a month: most lines that are asked are words.
    let is_numbered = text.bytes().any(|b| b.is_ascii_digit());
    let found = if is_numbered { lead(text).or_else(|| numbers::alone(text)) } else { None };
    match found {
        Some((when, rest)) if is_nothing(rest) => Some(when),
        _ => {
            let month = month_at(text)
                .filter(|(_, rest)| rest.is_empty())
                .map(|(month, _)| When::new(None, month, None));
            month.or_else(|| {
                digits(text, 4)
                    .and_then(|(year, rest)| Some((year_of(year)?, rest)))
                    .and_then(only_year)
            })
        }
    }
}

fn only_year((year, rest): (i16, &str)) -> Option<When> {
    is_nothing(rest).then(|| When::new(year, None, None))
}

/// A weekday, an hour, or a count behind a date.
pub(crate) fn is_nothing(rest: &str) -> bool {
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || "()[]（）.,:：*_".contains(c));
    rest.is_empty()
        || is_weekday(rest)
        || is_hour(rest)
        || rest.len() < 5 && rest.bytes().all(|b| b.is_ascii_digit())
}

/// The first day, week or month with its year that stands anywhere in a text.
pub(crate) fn find(text: &str) -> Option<When> {
    // Behind the last digit no year can stand.
    let last = text.bytes().rposition(|b| b.is_ascii_digit())?;
    let mut before = ' ';
    for (at, c) in text[..=last].char_indices() {
        let starts = if c.is_ascii_digit() {
            !before.is_ascii_digit() && !".-/_".contains(before)
        } else {
            c.is_alphabetic() && !before.is_alphabetic()
        };
        if let Some(when) = starts
            .then(|| lead(&text[at..]).map(|(when, _)| when))
            .flatten()
            .filter(|when| (when.month.is_some() || when.week.is_some()) && when.date().is_some())
        {
            return Some(when);
        }
        before = c;
    }
    None
}

/// The date that a file's name begins with, and the rest: `2025-3-12 Title`, `20250312`, `250312 Title`, `2025-03`;
/// `Err` where it has the form of a day that does not exist.
pub(crate) fn of_name(stem: &str) -> Result<Option<(When, &str)>, &str> {
    let (when, left) = match lead(stem)
        .filter(|(when, _)| when.year.is_some() && when.month.or(when.week).is_some())
    {
        Some((when, left)) => (when, left.len()),
        None => match six_digits(stem) {
            Some(when) => (when, stem.len() - 6),
            None => return Ok(None),
        },
    };
    let (written, after) = stem.split_at(stem.len() - left);
    // `2025-00-00` stands where a day is to be written.
    let is_form = when.month == Some(0) && when.day == Some(0);
    if is_form || after.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok(None);
    }
    match when.date() {
        Some(_) => {
            let rest = after.trim_start_matches([' ', '-', '_', '.', '~']);
            Ok(Some(last(rest, when).map_or((when, rest), |last| (last, ""))))
        }
        None => Err(written.trim_end_matches(['.', '-', '_', ' '])),
    }
}

/// The day that a file's name ends in, behind some words, and those words: `lamps-that-dim-250312`, `Lamps (2025-03-12)`.
pub(crate) fn at_end(stem: &str) -> Option<(When, &str)> {
    let stem = stem.trim_end_matches([')', ']', ' ']);
    let length =
        stem.chars().rev().take_while(|c| c.is_ascii_digit() || "-_.".contains(*c)).count();
    (stem.len() - length..stem.len()).find_map(|at| {
        let (before, after) = stem.split_at(at);
        // What stands right behind a letter is the number of a version, or a part of a hash.
        let begins = !before.ends_with(|c: char| c.is_ascii_alphanumeric());
        let when = begins.then(|| day(after)).flatten()?;
        let words = before.trim_end_matches([' ', '-', '_', '.', '(', '[']);
        words.contains(char::is_alphabetic).then_some((when, words))
    })
}

/// The day that a text is and nothing else: `250312`, `2025-03-12`.
pub(crate) fn day(text: &str) -> Option<When> {
    let short = six_digits(text).filter(|_| text.len() == 6);
    let when =
        short.or_else(|| lead(text).filter(|(_, rest)| rest.is_empty()).map(|(when, _)| when));
    when.filter(|when| when.day.is_some() && when.date().is_some())
}

/// The date that folders say, the innermost first: `2025-03-12`, `12-Mar-2025/NLP`, `2025/03`. The name of the file may be
/// the day below them.
pub(crate) fn of_path(folder: &str, stem: &str) -> Option<When> {
    // Days may be the files of months: `2025/04/02.md`, `2025/04/02-lamps.md`.
    let (day, words) =
        stem.split_at(stem.len() - stem.trim_start_matches(|c: char| c.is_ascii_digit()).len());
    let own = words.is_empty() || day.len() == 2 && words.starts_with(['-', '_', ' ', '.']);
    let path = format!("{folder}/{day}");
    let path = if own { path.as_str() } else { folder };
    if let Some(last) = within_year(folder, stem) {
        return Some(last);
    }
    let starts = path.rmatch_indices('/').map(|(at, _)| at + 1).chain([0]);
    let all = starts.filter_map(|at| {
        lead(&path[at..]).filter(|(when, rest)| {
            when.date().is_some() && !rest.starts_with(char::is_alphanumeric)
        })
    });
    let (mut near, mut far) = (None, None);
    for (when, _) in all.filter(|(when, _)| when.month.or(when.week).is_some()) {
        if when.is_near() { near = near.or(Some(when)) } else { far = far.or(Some(when)) }
    }
    near.or(far)
}

/// The date that the name of a file says, or else its folders.
pub(crate) fn of_file(folder: &str, stem: &str) -> Option<When> {
    let of_name = of_name(stem).ok().flatten().map(|(when, _)| when);
    of_name.or_else(|| of_path(folder, stem)).or_else(|| find(stem))
}

/// As many lines above the first paper may say the day of them all.
const ABOVE: usize = 8;

/// The day that a text says above its papers: in the heading over them all, as a line or a quote alone, or behind the name
/// of a day.
pub(crate) fn above(text: &str) -> Option<When> {
    let shown = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut titled = false;
    let head = shown.take(ABOVE).take_while(|line| {
        let level = heading(line).map(|(level, _)| level);
        let opens = level.is_some_and(|level| level > 1 || titled);
        titled |= level.is_some();
        !opens && !line.contains("](") && !line.starts_with(['|', '-', '*', '+'])
            || line.starts_with("**")
    });
    let mut found =
        head.filter_map(day_of_head).filter(|when| when.is_near() && when.year.is_some());
    found.next()
}

/// The day that one of these lines says.
fn day_of_head(line: &str) -> Option<When> {
    if let Some((_, words)) = heading(line) {
        return find(words);
    }
    let plain = line.trim_start_matches(['>', ' ']).replace("**", "");
    let named = plain
        .split_once([':', '：'])
        .filter(|(name, _)| fields::named(name, &[]).is_some_and(|field| field.name == "date"));
    whole(named.map_or(plain.as_str(), |(_, value)| value.trim()))
}

/// `250312`, or `202503`.
fn six_digits(stem: &str) -> Option<When> {
    let (number, _) = digits(stem, 6).filter(|(number, _)| number.len() == 6)?;
    let [first, second, third] = [0, 2, 4].map(|from| number[from..from + 2].parse::<i8>().ok());
    let short = When::new(2000 + i16::from(first?), second, third);
    let long = When::new(year_of(&number[..4]), third, None);
    [short, long].into_iter().find(|when| when.date().is_some())
}

/// `2025년 3월 12일`, `25年3月`, `3월 2주차`, `2025年第10週`.
fn with_units(text: &str) -> Option<(When, &str)> {
    let mut when = When::default();
    let mut rest = text;
    if let Some((year, length)) = unit(rest, ['년', '年', '年']) {
        when.year = Some(if year < 100 { 2000 + year } else { year })
            .filter(|year| (1000..3000).contains(year));
        rest = &rest[length..];
    }
    for (place, units) in [
        (&mut when.month, ['월', '月', '月']),
        (&mut when.week, ['주', '週', '周']),
        (&mut when.day, ['일', '日', '号']),
    ] {
        if let Some((number, length)) = unit(rest, units)
            .and_then(|(number, length)| Some((i8::try_from(number).ok()?, length)))
        {
            *place = Some(number);
            rest = rest[length..].trim_start_matches('차');
        }
    }
    if when.year.is_some() && when.month.or(when.week).is_none() {
        // `2025年 W10`, `2025年3/12`
        if let Some((week, after)) = numbered_week(rest.trim_start()) {
            return Some((When { week: Some(week), ..when }, after));
        }
    }
    (when != When::default()).then_some((when, rest))
}

fn unit(rest: &'_ str, units: [char; 3]) -> Option<(i16, usize)> {
    let bare = rest.trim_start();
    let (number, after) = digits(bare.strip_prefix('第').unwrap_or(bare), 4)?;
    let after = after.trim_start().strip_prefix(units)?;
    Some((number.parse().ok()?, rest.len() - after.len()))
}

/// A day without its year, `3/12`, where only a day can stand.
pub(crate) fn short(text: &str) -> Option<When> {
    let (first, rest) = digits(text.trim(), 2)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '/' | '-' | '.'))?;
    let (second, rest) = digits(&rest[1..], 2)?;
    // A leap year has every day of any.
    let when = order::parted(small(first)?, small(second)?, mark, 2024);
    (is_nothing(rest.trim_start_matches('.')) && when.date().is_some())
        .then_some(When { year: None, ..when })
}

/// `March 12, 2025`, `12. März 2025`, `12-Mar-2025`, `2025 March`, `12 de marzo de 2025`, `Mar 12`.
fn worded(text: &str) -> Option<(When, &str)> {
    if let Some((month, rest)) = month_at(text) {
        if let Some((day, after)) = day_at(gap(rest)) {
            let found = year_in(after);
            return Some((
                When::new(found.map(|(year_in, _)| year_in), month, day),
                &after[found.map_or(0, |(_, at)| at)..],
            ));
        }
        let (year_in, length) = year_in(rest)?;
        return Some((When::new(year_in, month, None), &rest[length..]));
    }
    if let Some((day, rest)) = day_at(text)
        && let Some((month, after)) = month_at(gap(rest))
    {
        let found = year_in(after);
        return Some((
            When::new(found.map(|(year_in, _)| year_in), month, day),
            &after[found.map_or(0, |(_, at)| at)..],
        ));
    }
    let (year_in, rest) =
        digits(text, 4).and_then(|(year_in, rest)| Some((year_of(year_in)?, rest)))?;
    if let Some((week, rest)) = numbered_week(gap(rest)) {
        return Some((When { week: Some(week), ..When::new(year_in, None, None) }, rest));
    }
    let (month, rest) = month_at(gap(rest))?;
    Some(match day_at(gap(rest)) {
        Some((day, rest)) => (When::new(year_in, month, day), rest),
        None => (When::new(year_in, month, None), rest),
    })
}

fn year_in(rest: &'_ str) -> Option<(i16, usize)> {
    let (year, after) = digits(gap(rest), 4)?;
    Some((year_of(year)?, rest.len() - after.len()))
}

/// `Week 10, 2025`, `KW 10 2025`, `W10`.
fn weekly(text: &str) -> Option<(When, &str)> {
    let (week, rest) = numbered_week(text)?;
    let week = When { week: Some(week), ..When::default() };
    let month = month_at(gap(rest));
    let left = month.map_or(rest, |(_, rest)| rest);
    let found = digits(gap(left), 4).and_then(|(year, after)| Some((year_of(year)?, after)));
    let when =
        When { month: month.map(|(month, _)| month), year: found.map(|(year, _)| year), ..week };
    Some((when, found.map_or(left, |(_, after)| after)))
}

fn numbered_week(text: &str) -> Option<(i8, &str)> {
    let (Word::Week, rest) = word_at(text)? else { return None };
    let (number, rest) = digits(rest.trim_start_matches([' ', '-', '#', '.', ':']), 2)?;
    Some((small(number)?, rest))
}

fn month_at(text: &str) -> Option<(i8, &str)> {
    match word_at(text)? {
        (Word::Month(month), rest) => Some((month, rest.strip_prefix('.').unwrap_or(rest))),
        _ => None,
    }
}

/// A known word at the start of a text.
fn word_at(text: &str) -> Option<(Word, &str)> {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let word = (1..=LONGEST).contains(&end).then(|| text[..end].to_lowercase())?;
    WORDS.get(word.as_str()).map(|word| (*word, &text[end..]))
}

fn after_weekday(text: &str) -> &str {
    match word_at(text.trim_start_matches('(')) {
        Some((Word::Weekday, rest)) => rest.trim_start_matches([',', '.', ' ', ')']),
        _ => text,
    }
}

fn is_weekday(text: &str) -> bool {
    matches!(word_at(text), Some((Word::Weekday, "")))
}

/// `T09:00`, `09:00:00+09:00`, `오후 3:24`, `10:21 AM`.
fn is_hour(text: &str) -> bool {
    let text =
        text.trim_start_matches(['T', 't']).trim_end_matches(['A', 'P', 'M', 'a', 'p', 'm', ' ']);
    let before = ["at ", "오전", "오후"].iter().find_map(|word| text.strip_prefix(word));
    let text = before.unwrap_or(text).trim_start();
    let hour = digits(text, 2).is_some_and(|(_, rest)| rest.starts_with(':'));
    hour && text.chars().all(|c| c.is_ascii_digit() || ":.+-Z ".contains(c))
}

/// A day of a month: one or two digits, `3rd` and `1er` too.
fn day_at(text: &str) -> Option<(i8, &str)> {
    let (number, rest) = digits(text, 2)?;
    let suffix = ["st", "nd", "rd", "th", "er"].iter().find_map(|suffix| rest.strip_prefix(suffix));
    let rest = suffix.unwrap_or(rest);
    let ends = !rest.starts_with(|c: char| c.is_ascii_digit() || c == ':');
    small(number).filter(|day| ends && (1..=31).contains(day)).map(|day| (day, rest))
}

/// What follows the signs and little words between the parts of a date.
fn gap(text: &str) -> &str {
    let rest = text.trim_start_matches([' ', ',', '-', '/', '_', '.', '\'']);
    match word_at(rest) {
        Some((Word::Gap, rest)) => rest.trim_start(),
        _ => rest,
    }
}

/// Digits at the start of a text, so many at most, and what follows them.
fn digits(text: &str, most: usize) -> Option<(&str, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=most).contains(&count).then(|| text.split_at(count))
}

fn small(text: &str) -> Option<i8> {
    text.parse().ok()
}

fn year_of(text: &str) -> Option<i16> {
    super::months::year(text)
}

//! The dates of weeks: `(June 23 - June 29) - 2025`, `(Feb 13 - 19)`, `(May 29-June 4)`, `2025-03-03 ~ 2025-03-09`,
//! `Week 10, 2025`. A week is dated by its
//! last day; a heading without a year takes it from its neighbours. Knows no rows.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::diagnostic::{Code, Finding};
use crate::formats::dates::When;
use crate::formats::{Hints, Span, months};

/// The days that a heading names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Range {
    start: (i8, i8),
    end: (i8, i8),
    year: Option<i16>,
}

/// The last day of each week, in the order of the headings.
pub(super) fn dates(
    headings: &[(&str, Span)],
    hints: &Hints<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<Option<Date>> {
    let ranges: Vec<_> = headings.iter().map(|(heading, _)| range(heading)).collect();
    let years = years(&ranges, hints);
    let mut dates = Vec::with_capacity(headings.len());
    for (((heading, span), range), year) in headings.iter().zip(&ranges).zip(years) {
        let date = range
            .as_ref()
            .zip(year)
            .and_then(|(range, year)| Date::new(year, range.end.0, range.end.1).ok());
        let finding = match (range, year, date) {
            (None, ..) if hints.date.is_some() => None,
            (None, ..) => Some(
                Finding::new(Code::BadDate, format!("no week can be read from `{heading}`"))
                    .help("write the heading like `Papers of the week (June 23 - June 29) - 2025`"),
            ),
            (Some(_), None, _) => Some(
                Finding::new(Code::MissingYear, "nothing tells the year of this week")
                    .help("say the year with `--year`, or write it into a heading"),
            ),
            (Some(_), Some(year), None) => Some(
                Finding::new(Code::BadDate, format!("there is no such day in {year}"))
                    .help("correct the days or the year of the heading"),
            ),
            (Some(range), Some(year), Some(_)) if range.year.is_none() => {
                Some(inferred(year, hints))
            }
            _ => None,
        };
        findings.extend(finding.map(|finding| finding.at(span.clone())));
        dates.push(date.or_else(|| hints.date.filter(|_| range.is_none())));
    }
    dates
}

fn inferred(year: i16, hints: &Hints<'_>) -> Finding {
    let told = if hints.year.is_some() { "`--year` or " } else { "" };
    Finding::new(
        Code::InferredYear,
        format!("took the year {year} from {told}the weeks around this one"),
    )
    .help("write the year into the heading to be sure")
}

/// Whether a heading names a week.
pub(in crate::formats) fn is_week(heading: &str) -> bool {
    week_of(heading).is_some()
}

/// The last day of the week that a heading names.
pub(in crate::formats) fn week_of(heading: &str) -> Option<When> {
    let range = range(heading).filter(|range| range.start != range.end)?;
    Some(When { year: range.year, month: Some(range.end.0), day: Some(range.end.1), week: None })
}

fn range(heading: &str) -> Option<Range> {
    full_dates(heading).or_else(|| month_days(heading)).or_else(|| numbered(heading))
}

fn between(start: Date, end: Date) -> Range {
    let [first, last] = [start, end].map(|date| (date.month(), date.day()));
    Range { start: first, end: last, year: Some(end.year()) }
}

/// `2025-03-03 ~ 2025-03-09`
fn full_dates(heading: &str) -> Option<Range> {
    let words = heading
        .split(|c: char| c.is_whitespace() || "(),~–—[]".contains(c))
        .filter(|word| word.len() == 10);
    let mut dates = words.filter_map(|word| word.replace(['.', '/'], "-").parse::<Date>().ok());
    let start = dates.next()?;
    Some(between(start, dates.next().unwrap_or(start)))
}

/// `Week 10, 2025`: weeks of the ISO calendar, from Monday to Sunday.
fn numbered(heading: &str) -> Option<Range> {
    let words: Vec<&str> =
        heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|word| word.eq_ignore_ascii_case("week"))?;
    let week = week_number(words.get(at + 1)?)?;
    let year = words.iter().find_map(|word| months::year(word))?;
    let day = |weekday| ISOWeekDate::new(year, week, weekday).ok().map(ISOWeekDate::date);
    Some(between(day(Weekday::Monday)?, day(Weekday::Sunday)?))
}

/// The number of a week: one or two digits.
fn week_number(word: &str) -> Option<i8> {
    let digits = matches!(word.len(), 1 | 2) && word.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| word.parse().ok()).flatten()
}

/// Reads the days out of a heading: the first two dates of its words, and any year.
fn month_days(heading: &str) -> Option<Range> {
    let mut words = heading
        .split(|c: char| {
            c.is_whitespace() || matches!(c, '(' | ')' | ',' | '-' | '–' | '—' | '[' | ']')
        })
        .filter(|word| !word.is_empty())
        .peekable();
    let mut days: Vec<(i8, i8)> = Vec::new();
    let (mut month, mut year) = (None, None);
    while let Some(word) = words.next() {
        let names_month = months::month(word)
            .filter(|_| words.peek().is_some_and(|next| months::day(next).is_some()));
        if names_month.is_some() {
            month = names_month;
        } else if let Some(day) = months::day(word).zip(month).filter(|_| days.len() < 2) {
            days.push((day.1, day.0));
        } else {
            year = months::year(word).or(year);
        }
    }
    let (&start, &end) = days.first().zip(days.last())?;
    Some(Range { start, end, year })
}

/// The year of each week's last day.
fn years(ranges: &[Option<Range>], hints: &Hints<'_>) -> Vec<Option<i16>> {
    let newest_first = runs_backwards(ranges);
    let mut years: Vec<Option<i16>> =
        ranges.iter().map(|range| range.and_then(|range| range.year)).collect();
    if years.iter().all(Option::is_none) {
        let first = if newest_first {
            ranges.iter().position(Option::is_some)
        } else {
            ranges.iter().rposition(Option::is_some)
        };
        if let Some(index) = first {
            years[index] = hints.year;
        }
    }
    let forwards: Vec<usize> = (0..ranges.len()).collect();
    let backwards: Vec<usize> = forwards.iter().rev().copied().collect();
    carry(&forwards, newest_first, ranges, &mut years);
    carry(&backwards, !newest_first, ranges, &mut years);
    years
}

/// Gives each week without a year that of the one before it in this order, stepping over New Year.
fn carry(order: &[usize], to_the_past: bool, ranges: &[Option<Range>], years: &mut [Option<i16>]) {
    let mut last: Option<(i16, (i8, i8))> = None;
    for &index in order {
        let Some(range) = ranges[index] else { continue };
        if let (None, Some((year, end))) = (years[index], last) {
            years[index] = Some(match to_the_past {
                true if range.end > end => year - 1,
                false if range.end < end => year + 1,
                _ => year,
            });
        } else if let (Some(year), Some((neighbour, end))) = (years[index], last) {
            years[index] = Some(across_new_year(range, year, (neighbour, end), to_the_past));
        }
        last = years[index].map(|year| (year, range.end)).or(last);
    }
}

/// `(December 29 - January 4) - 2024`: the year is that of the first day where the neighbours say so.
fn across_new_year(range: Range, year: i16, neighbour: (i16, (i8, i8)), to_the_past: bool) -> i16 {
    let crosses = range.end < range.start;
    let follows =
        !to_the_past && (year, range.end) < neighbour && (year + 1, range.end) > neighbour;
    if crosses && follows { year + 1 } else { year }
}

/// Whether the list has its newest week first, as far as written years tell; lists usually do.
fn runs_backwards(ranges: &[Option<Range>]) -> bool {
    let dated = ranges.iter().flatten().filter_map(|range| Some((range.year?, range.end)));
    dated.clone().zip(dated.clone().skip(1)).filter(|(a, b)| a > b).count() * 2
        >= dated.count().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(headings: &[&str], year: Option<i16>) -> Vec<String> {
        let headings: Vec<_> = headings.iter().map(|heading| (*heading, 0..0)).collect();
        let hints = Hints { stem: "", year, ..Hints::default() };
        let dates = dates(&headings, &hints, &mut Vec::new());
        dates.into_iter().map(|date| date.map_or("?".to_owned(), |date| date.to_string())).collect()
    }

    #[test]
    fn years_come_from_the_neighbours() {
        let headings = [
            "(January 6 - January 12) - 2025",
            "(December 30 - January 5)",
            "(Dec 16-22)",
            "Best of (Feb 13 - 19)",
            "(December 26 - January 1)",
            "(Dec 19 - 25)",
        ];
        let expected =
            ["2025-01-12", "2025-01-05", "2024-12-22", "2024-02-19", "2024-01-01", "2023-12-25"];
        assert_eq!(days(&headings, None), expected);
    }

    #[test]
    fn a_week_may_be_written_as_dates_or_by_its_number() {
        let headings = [
            "2025-03-10 ~ 2025-03-16",
            "Week 10, 2025",
            "Lamps, 2025 week 9",
            "2024.12.30–2025.01.05",
        ];
        assert_eq!(days(&headings, None), ["2025-03-16", "2025-03-09", "2025-03-02", "2025-01-05"]);
        assert_eq!(days(&["Papers of the Week 2025", "Week 60, 2025"], None), ["?", "?"]);
    }

    #[test]
    fn a_list_may_run_forwards() {
        let headings =
            ["(Dec 19 - 25) - 2023", "(Dec 26 - Jan 1)", "(Jan 2 - 8)", "(Jan 9 - 15) - 2024"];
        assert_eq!(days(&headings, None), ["2023-12-25", "2024-01-01", "2024-01-08", "2024-01-15"]);
    }

    #[test]
    fn without_any_year_the_newest_week_takes_the_hint() {
        assert_eq!(
            days(&["(Jan 2 - 8)", "(Dec 19 - 25)"], Some(2024)),
            ["2024-01-08", "2023-12-25"]
        );
        assert_eq!(days(&["(Jan 2 - 8)", "(Dec 19 - 25)"], None), ["?", "?"]);
    }

    #[test]
    fn a_year_beside_a_week_across_new_year_may_be_that_of_its_first_day() {
        let headings = ["(Jan 6 - 12) - 2025", "(Dec 30 - Jan 5) - 2024", "(Dec 23 - 29) - 2024"];
        assert_eq!(days(&headings, None)[1], "2025-01-05");
    }
}

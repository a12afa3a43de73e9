//! When a paper was published, from the fields that say so. Knows no entry.

use jiff::civil::Date;

use super::split::Record;
use super::texts::Texts;
use super::value::Values;
use crate::formats::{dates, months};

/// Fields that say when an entry came into the library, best first.
const SAVED: &[&str] =
    &["date-added", "dateadded", "added-at", "creationdate", "urldate", "timestamp"];

/// The day on which an entry was saved.
pub(super) fn saved(record: &Record<'_>, values: &Values) -> Option<Date> {
    let mut said =
        SAVED.iter().filter_map(|name| record.field(name)).map(|field| values.text(field));
    said.find_map(|text| dates::whole(&text).or_else(|| dates::find(&text))?.date())
}

/// `date`, or `year`, `month` and `day`, in ISO as far as they go.
pub(super) fn published(texts: &Texts<'_>) -> Option<String> {
    if let Some(date) = texts.get("date") {
        return Some(date.to_owned());
    }
    let year = texts.get("year")?;
    let (month, day) = texts.get("month").and_then(month).unzip();
    let day = texts.get("day").and_then(months::day).or(day.flatten());
    Some(match (month, day) {
        (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year}-{month:02}"),
        _ => year.to_owned(),
    })
}

/// Whether the month is a part of no date, so that it would be lost.
pub(super) fn leaves_month(texts: &Texts<'_>) -> bool {
    let dated =
        texts.get("year").is_some() && texts.get("month").is_some_and(|text| month(text).is_some());
    texts.get("date").is_none() && !dated
}

/// A month, and a day if it says just one: `18–24 Jul`, `jun 10`, `2월`, `07`.
fn month(text: &str) -> Option<(i8, Option<i8>)> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let month =
        words.iter().find_map(|word| months::month(word)).or_else(|| match words.as_slice() {
            [only] => number(only),
            words => {
                words.iter().find(|word| word.ends_with(['월', '月'])).and_then(|word| number(word))
            }
        })?;
    let mut days = words.iter().filter_map(|word| months::day(word.trim_end_matches(['일', '日'])));
    let day = days.next().filter(|_| words.len() > 1 && days.next().is_none());
    Some((month, day))
}

fn number(word: &str) -> Option<i8> {
    word.trim_end_matches(['월', '月']).parse().ok().filter(|month| (1..=12).contains(month))
}

#[cfg(test)]
mod tests {
    use super::month;

    #[test]
    fn months_with_and_without_days() {
        let cases = [
            ("nov", Some((11, None))),
            ("18–24 Jul", Some((7, None))),
            ("jun 10", Some((6, Some(10)))),
            ("2월", Some((2, None))),
            ("12월 3일", Some((12, Some(3)))),
            ("07", Some((7, None))),
            ("Jul/Aug", Some((7, None))),
            ("11/12", None),
            ("13", None),
            ("Spring", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(month(text), expected, "{text}");
        }
    }
}

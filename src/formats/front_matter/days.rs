//! Days in front matter and in the names of files.

use std::ops::Range;

use jiff::civil::Date;

use crate::diagnostic::{Code, Finding};
use crate::formats::dates;

/// So many digits are the milliseconds since 1970, as some programs count them.
pub(super) const MILLISECONDS: usize = 13;

/// The date that a text is, or starts with before a time; the first day of a month or a year.
pub(in crate::formats) fn date_of(text: &str) -> Option<Date> {
    if text.len() == MILLISECONDS && text.bytes().all(|b| b.is_ascii_digit()) {
        let time = jiff::Timestamp::from_millisecond(text.parse().ok()?).ok()?;
        return Some(time.to_zoned(jiff::tz::TimeZone::UTC).date());
    }
    dates::whole(text)?.date()
}

pub(super) fn bad_date(text: &str, span: Range<usize>) -> Finding {
    let message = format!("`{text}` is not a date of the calendar");
    Finding::new(Code::BadDate, message)
        .at(span)
        .help("write year, month and day, such as 2025-03-12")
}

/// The date and the rest of a file name: `2025-03-12 Title`, `250312 Title`; `Err` where it has the form of a
/// date that does not exist.
pub(crate) fn date_of_name(stem: &str) -> Result<Option<(Date, &str)>, &str> {
    Ok(dates::of_name(stem)?.and_then(|(when, rest)| Some((when.date()?, rest))))
}

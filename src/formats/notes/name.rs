//! What a note's name tells: the paper's title, and before it a day, a year, or where the paper appeared.

use jiff::civil::Date;

use super::title::folded;
use crate::formats::{Hints, dates, front_matter};

/// The note's name: that of its folder where the file is its index, and without the number that Notion puts behind it.
pub(super) fn own<'h>(hints: &Hints<'h>) -> &'h str {
    let stem = match hints.stem {
        "index" | "README" | "readme" => {
            hints.folder.rsplit('/').next().filter(|name| !name.is_empty())
        }
        _ => None,
    };
    let stem = stem.unwrap_or(hints.stem);
    let id = stem
        .rsplit_once(' ')
        .filter(|(_, id)| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()));
    id.map_or(stem, |(name, _)| name)
}

/// The note's name without its date or year, and without the mark of a literature note.
pub(super) fn title<'h>(hints: &Hints<'h>) -> &'h str {
    bare(own(hints))
}

/// A name without its date or year, and without the mark of a literature note.
pub(super) fn bare(name: &str) -> &str {
    let rest = dated(name).map_or(name, |(_, name)| name);
    let rest = published(rest).map_or(rest, |(_, rest)| rest);
    let rest = rest.strip_prefix('@').unwrap_or(rest);
    counted(rest).unwrap_or(rest)
}

/// Whether a name is the key of a reference, as libraries call the notes on it: `@wick2024`.
pub(super) fn is_key(name: &str) -> bool {
    name.strip_prefix('@').is_some_and(|key| key.len() > 3 && !key.contains(' '))
}

/// What stands behind the number that counts a file: `012_lamps`.
fn counted(name: &str) -> Option<&str> {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let rest = name[digits..].strip_prefix(['_', '-'])?.trim_start_matches([' ', '_', '-']);
    let counts = digits == 3 || digits == 2 && name.starts_with('0');
    (counts && rest.starts_with(char::is_alphabetic)).then_some(rest)
}

/// The day that a name begins or ends with, and what is left of the name.
pub(super) fn dated(name: &str) -> Option<(Date, &str)> {
    let first = front_matter::date_of_name(name).ok().flatten();
    first.or_else(|| dates::at_end(name).and_then(|(when, rest)| Some((when.date()?, rest))))
}

/// The year before the words that a title begins with, in the name of a file: `2019 DeepLamp`, for `DeepLamp: How Lamps Learn`.
pub(super) fn year_before<'n>(name: &'n str, title: &str) -> Option<&'n str> {
    let (year, rest) = front(name)?;
    let rest = folded(rest);
    // What the paper calls its method may stand before its title: `DeepLamp: How Lamps Learn`.
    let behind = title.split_once(':').map(|(_, title)| title);
    let says = |title: &str| folded(title).starts_with(&rest);
    (rest.len() > 3 && (says(title) || behind.is_some_and(says))).then_some(year)
}

/// A year, perhaps with a venue, before a title of some words: `[2024 LampConf] Lamps That Learn to Dim`; and the title.
pub(in crate::formats) fn published(name: &str) -> Option<(&str, &str)> {
    let (year, rest) = front(name)?;
    (rest.split([' ', '_', '-']).count() > 2).then_some((year, rest))
}

/// A year, and the venue that stands beside it: `2022 LampConf`, `논문][2022][LampConf`.
pub(super) fn parted(year: &str) -> (&str, String) {
    let is_year = |word: &&str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let words = || {
        year.split(|c: char| c.is_whitespace() || "[]()_-".contains(c))
            .filter(|word| !word.is_empty())
    };
    let at = words().position(|word| is_year(&word));
    let Some((at, found)) = at.and_then(|at| Some((at, words().nth(at)?))) else {
        return (year, String::new());
    };
    // In brackets of their own the venue is the next.
    let others = words().enumerate().filter(|(other, _)| *other != at);
    let is_venue = |(other, _): &(usize, &str)| !year.contains("][") || *other == at + 1;
    let venue: Vec<&str> = others.filter(is_venue).map(|(_, word)| word).collect();
    (found, venue.join(" "))
}

/// A year, perhaps with a venue, before some words, and these.
fn front(name: &str) -> Option<(&str, &str)> {
    let (year, rest) = match name.strip_prefix(['[', '(']) {
        Some(inner) => {
            // `[논문][2022][LampConf] Title`
            let end = inner.find("] ").filter(|_| inner.contains("]["));
            match end {
                Some(end) => (&inner[..end], &inner[end + 1..]),
                None => inner.split_once([']', ')'])?,
            }
        }
        None => name.split_at_checked(4)?,
    };
    let is_of =
        |digits: &str| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    let mut numbers = year.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty());
    let is_year = if year.contains("][") {
        year.split("][").any(|group| group.bytes().all(|b| b.is_ascii_digit()) && is_of(group))
    } else {
        numbers.next().is_some_and(is_of) && numbers.next().is_none()
    };
    let rest = rest.strip_prefix([' ', '_', '-'])?.trim_start_matches([' ', '_', '-']);
    (is_year && year.len() < 60 && !rest.is_empty()).then_some((year.trim(), rest))
}

/// Whether a title has a whole day in it, as the name of a day's reading does.
pub(super) fn says_day(title: &str) -> bool {
    dates::find(title).is_some_and(|when| when.year.and(when.day).is_some())
}

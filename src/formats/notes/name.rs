//! What a note's name tells: the paper's title, and before it a day, a year, or where the paper appeared.

use jiff::civil::Date;

use super::title::folded;
use crate::formats::{Hints, dates, front_matter, metadata};
use crate::model::Entry;

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

/// The year in the key of a reference: `@wickLamps2019`, `@wick2019a`.
pub(super) fn year_of_key(name: &str) -> Option<&str> {
    let key = name.strip_prefix('@').filter(|_| is_key(name))?;
    let at = key.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 1)?;
    let end = key[at..].find(|c: char| !c.is_ascii_digit()).map_or(key.len(), |end| at + end);
    Some(&key[at..end]).filter(|year| is_year(year))
}

/// The file of a paper as reference managers call it.
pub(in crate::formats) struct Filed<'n> {
    /// The people as the name has them.
    pub(super) people: String,
    pub(super) year: &'n str,
    pub(super) title: &'n str,
    /// How much it looks like a reference: most where others are left unsaid, a little where there are several people.
    pub(in crate::formats) signs: usize,
}

/// What says beyond doubt that a name is that of a paper's file.
pub(in crate::formats) const SURE: usize = 10;

/// `Wick et al. - 2019 - Lamps at Night`, `Wick and Tallow_2019_Lamps at Night`, `2019_Wick_Tallow_Lamps at Night`.
pub(in crate::formats) fn filed(name: &str) -> Option<Filed<'_>> {
    [" - ", " – ", "_"].into_iter().find_map(|sign| {
        let year = name.split(sign).find(|part| is_year(part))?;
        let at = year.as_ptr() as usize - name.as_ptr() as usize;
        let behind = name[at + year.len()..].strip_prefix(sign)?;
        let (people, title) = match name[..at].strip_suffix(sign) {
            Some(people) => (people, behind),
            // A sign before a space stands for a colon.
            None if sign == "_" => {
                let parts = behind.rmatch_indices('_').map(|(at, _)| behind.split_at(at));
                let mut parts = parts.map(|(people, title)| (people, &title[1..]));
                parts.find(|(_, title)| !title.starts_with(' '))?
            }
            None => return None,
        };
        let known = people.trim_end_matches('.');
        let bare = known.strip_suffix(" et al").unwrap_or(known);
        let is_short = bare.len() < known.len();
        let names = || bare.split(['_', ',', '&']).flat_map(|part| part.split(" and "));
        let fits = names().all(|name| is_surname(name.trim()));
        let people: Vec<&str> = names().map(str::trim).collect();
        let others = if is_short { " et al." } else { "" };
        let is_title = title.split(' ').count() > 1 && title.contains(char::is_alphabetic);
        (fits && is_title).then(|| Filed {
            signs: if is_short { SURE } else { usize::from(people.len() > 1) },
            people: people.join(", ") + others,
            year,
            title,
        })
    })
}

/// Whether a word or a few are the last name of someone: `Wick`, `van Wachs`.
fn is_surname(name: &str) -> bool {
    let words = || name.split(' ');
    let is_letter = |c: char| c.is_alphabetic() || "-'’.".contains(c);
    words().count() < 4
        && words().all(|word| !word.is_empty() && word.chars().all(is_letter))
        && words().any(|word| word.starts_with(char::is_uppercase))
        && words().next_back().is_some_and(|word| word.chars().count() > 1)
}

/// Whether a word is a year in which papers appeared.
fn is_year(word: &str) -> bool {
    let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    digits && (word.starts_with("19") || word.starts_with("20"))
}

/// Takes what the file's name says of the paper, where the text does not.
pub(super) fn complete(hints: &Hints<'_>, entry: &mut Entry) {
    let own = own(hints);
    let is_untold = entry.title == title(hints);
    let says = |title: &str| is_untold || folded(&entry.title).starts_with(&folded(title));
    if let Some(filed) = filed(own).filter(|filed| says(filed.title)) {
        if is_untold {
            // Names of files hold no colon.
            entry.title = filed.title.replace("_ ", ": ");
        }
        if entry.authors.is_empty() && entry.org.is_none() {
            metadata::add_authors(entry, &filed.people);
        }
        appeared(filed.year, entry);
    }
    if let Some(year) = year_of_key(own) {
        appeared(year, entry);
    }
    if let Some(year) = year_before(own, &entry.title) {
        let (year, venue) = parted(year);
        appeared(year, entry);
        if !venue.is_empty() && entry.field("venue").is_none() {
            metadata::add_field(entry, "venue", &venue);
        }
    }
}

/// Says the year that a paper is of, where nothing else does.
fn appeared(year: &str, entry: &mut Entry) {
    if entry.field("year").or(entry.field("published")).is_none() {
        metadata::add_field(entry, "year", year);
    }
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
    let mut numbers = year.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty());
    let is_year = if year.contains("][") {
        year.split("][").any(is_year)
    } else {
        numbers.next().is_some_and(is_year) && numbers.next().is_none()
    };
    let rest = rest.strip_prefix([' ', '_', '-'])?.trim_start_matches([' ', '_', '-']);
    (is_year && year.len() < 60 && !rest.is_empty()).then_some((year.trim(), rest))
}

/// Whether a title has a whole day in it, as the name of a day's reading does.
pub(super) fn says_day(title: &str) -> bool {
    dates::find(title).is_some_and(|when| when.year.and(when.day).is_some())
}

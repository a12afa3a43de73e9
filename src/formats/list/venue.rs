//! Where a paper appeared, as lists say it in a few words.

use crate::formats::dates;
use crate::model::author;

/// A venue: a short name with capitals and a year, `LampConf 2025`, `NeurIPS'23`, `arXiv 2024.03`.
pub(super) fn whole(text: &str) -> Option<&str> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "`*_()[]".contains(c));
    let words = text.split([' ', ',', '-']).filter(|word| !word.is_empty());
    let apostrophe = text.contains(['\'', '’']);
    let fits = words.clone().count() <= 5
        && words
            .clone()
            .map(|word| word.trim_end_matches(|c: char| !c.is_alphabetic()))
            .any(|word| has_capitals(word) || word.eq_ignore_ascii_case("arxiv"))
        || apostrophe && words.count() == 1;
    (fits && text.split([' ', ',', '-', ':']).any(is_year)).then_some(text)
}

/// A title without the venue in brackets at its end: `How Lamps Wait (LampConf 2025)`.
pub(super) fn behind(title: &str) -> (&str, Option<&str>) {
    let placed = bracketed(title).filter(|(_, inside)| whole(&inside[..end(inside)]).is_some());
    match placed {
        Some((before, inside)) => (before.trim_end(), Some(inside.trim())),
        None => (title, None),
    }
}

/// A title without what stands in brackets at its end, and that.
pub(super) fn bracketed(title: &str) -> Option<(&str, &str)> {
    let parted = ["()", "[]", "（）", "【】"].iter().find_map(|pair| {
        let open = pair.chars().next()?;
        let inside = title.trim_end().strip_suffix(&pair[open.len_utf8()..])?;
        inside.rsplit_once(open)
    });
    parted.filter(|(before, _)| !before.trim().is_empty())
}

/// Where a venue ends in brackets that say more of a paper: `LampConf 2025, best paper`.
pub(super) fn end(inside: &str) -> usize {
    let mut commas = inside.match_indices([',', '，']).map(|(at, _)| at);
    let behind_year = commas.find(|at| inside[..*at].ends_with(|c: char| c.is_ascii_digit()));
    behind_year.unwrap_or(inside.len())
}

/// The words of a link that only say where the paper appeared: also those of a journal and a year, `Letters on Wax 2024`.
pub(super) fn called(label: &str) -> Option<&str> {
    let bare = label.trim();
    let by_year = bare.rsplit_once(' ').is_some_and(|(name, year)| {
        let is_year = author::names_year(year);
        is_year && name.split(' ').count() < 4 && name.starts_with(char::is_uppercase)
    });
    whole(label).or(Some(bare).filter(|_| by_year))
}

/// What brackets before a title hold that only say where it appeared, the year without its century as well: `LampConf25`.
pub(super) fn short(inside: &str) -> Option<&str> {
    let name = inside.trim().trim_end_matches(|c: char| c.is_ascii_digit());
    let year = &inside.trim()[name.len()..];
    let name = name.trim_end_matches(['\'', '’', ' ', '-']);
    let is_name = name.starts_with(char::is_uppercase)
        && name.chars().count() > 2
        && name.chars().all(|c| c.is_alphabetic() || c == '&');
    let is_short = year.len() == 2 && !year.starts_with(['4', '5', '6', '7', '8']);
    whole(inside).or(Some(inside.trim()).filter(|_| is_name && is_short))
}

/// A venue before a title, and what follows it: `LampConf 2025 oral, How Lamps Wait`, `LampConf'25 - How Lamps Learn`.
pub(super) fn before(text: &str) -> Option<(&str, &str)> {
    let parted = [" - ", ", "].iter().filter_map(|sign| text.split_once(sign));
    parted.min_by_key(|(place, _)| place.len()).filter(|(place, _)| {
        // `LampConf 2025 Best Paper Honorable Mention`
        let second = place.match_indices(' ').nth(1).map_or(place.len(), |(at, _)| at);
        let is_short = place.split(' ').count() < 9;
        whole(place).is_some() || is_short && whole(&place[..second]).is_some()
    })
}

/// The month that a venue ends in: `arXiv 2023.10`.
pub(super) fn month(venue: &str) -> Option<String> {
    let when = dates::whole(venue.rsplit(' ').next()?)?;
    when.month.map(|_| when.to_string())
}

fn has_capitals(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 1
}

fn is_year(word: &str) -> bool {
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    digits.len() > 3 && (digits.starts_with("19") || digits.starts_with("20"))
        || digits.len() == 2 && word.contains(['\'', '’'])
}

//! The days of papers below headings in a text without a date: those that its sections are called after, that stand beside
//! the titles, or that a label below these says.

use jiff::civil::Date;

use super::level;
use crate::formats::dates::{self, When};
use crate::formats::passages::trim;
use crate::formats::text::lines;
use crate::formats::{by_hand, fields, group};
use crate::model::{Digest, Entry};

/// A text without a date as digests of its days; `around` is what is known of the year of all.
pub(super) fn part(mut digest: Digest, around: When) -> Vec<Digest> {
    take_from_titles(&mut digest.entries, around);
    for entry in &mut digest.entries {
        if of_section(entry).is_none()
            && let Some(date) = take_labelled(entry, around)
        {
            stand_below(entry, date);
        }
    }
    if digest.entries.iter().all(|entry| of_section(entry).is_none()) {
        return vec![digest];
    }
    let whole = digest.date;
    let dated = std::mem::take(&mut digest.entries).into_iter().map(|mut entry| {
        let date = of_section(&entry);
        entry.fields.retain(|(name, words)| name != SECTION || dates::whole(words).is_none());
        (date.or(whole), entry)
    });
    let mut all = group::by_date(dated.collect());
    if let Some(newest) = all.first_mut() {
        *newest =
            Digest { date: newest.date, entries: std::mem::take(&mut newest.entries), ..digest };
    }
    all
}

/// The field that says what an entry stands below.
const SECTION: &str = "section";

/// The day that the heading over an entry says.
pub(super) fn of_section(entry: &Entry) -> Option<Date> {
    level::day_of(entry.field(SECTION)?)?.date()
}

/// Parts the days from the titles beside which they stand, where most titles have one: these then stand below them.
fn take_from_titles(entries: &mut [Entry], around: When) {
    let days = |entry: &Entry| beside(&entry.title, around).is_some();
    if entries.iter().filter(|entry| days(entry)).count() * 2 <= entries.len() {
        return;
    }
    for entry in entries {
        let Some((date, title)) = beside(&entry.title, around) else { continue };
        let title = title.to_owned();
        let markup = entry.title_markup.take();
        entry.title_markup =
            markup.and_then(|markup| beside(&markup, around).map(|(_, markup)| markup.to_owned()));
        entry.title = title;
        stand_below(entry, date);
    }
}

/// Notes the day that an entry stands below.
fn stand_below(entry: &mut Entry, date: Date) {
    entry.fields.retain(|(name, _)| name != SECTION);
    entry.fields.push((SECTION.to_owned(), date.to_string()));
}

/// So many lines below the head of an entry may still tell its day.
const NEAR: usize = 8;

/// Takes the day that a label says at the start of what is said of a paper: `**Read:** 2025-03-10`.
fn take_labelled(entry: &mut Entry, around: When) -> Option<Date> {
    let passage = entry.body.first_mut()?;
    let text = &passage.text.text;
    let near = lines(text, 0..text.len()).filter(|line| !line.is_blank()).take(NEAR);
    let (line, date) = near.into_iter().find_map(|line| {
        let (name, value, _) = by_hand::label(line.text)?;
        fields::named(name, &[]).filter(|field| ["date", "saved"].contains(&field.name))?;
        let when = dates::whole(value).or_else(|| dates::find(value))?;
        Some((line.start..line.next, when.within(around).date()?))
    })?;
    let mut rest = passage.text.slice(0..line.start);
    rest.append(&passage.text.slice(line.end..text.len()));
    trim(&mut rest);
    passage.text = rest;
    entry.body.retain(|passage| !passage.text.text.is_empty());
    Some(date)
}

/// The day before or behind a title, and the title: `2025-03-10 Lamps`, `[03/10] Lamps`, `Lamps (2025-03-10)`.
fn beside(title: &str, around: When) -> Option<(Date, &str)> {
    const SIGNS: &[char] = &[' ', ':', '：', '-', '–', '—', '|', '·', '.', ']', ')', '】', '）'];
    let bare = title.trim_start_matches(['[', '(', '【', '（']);
    let whole = dates::lead(bare).filter(|(when, _)| when.day.is_some());
    let short = || {
        let end = bare.find([' ', ':', ']', ')', '】', '）'])?;
        Some((dates::short(&bare[..end])?, &bare[end..]))
    };
    let before = whole.or_else(short).filter(|(_, rest)| rest.starts_with(SIGNS));
    let before = before.map(|(when, rest)| (when, rest.trim_start_matches(SIGNS)));
    let (when, rest) = before.or_else(|| dates::at_end(title))?;
    let date = when.within(around).date()?;
    rest.starts_with(|c: char| !c.is_ascii_digit()).then_some((date, rest))
}

#[cfg(test)]
mod tests {
    use super::{When, beside};

    #[test]
    fn days_stand_beside_titles() {
        for (title, said) in [
            ("2025-03-10 Lamps at Night", "2025-03-10|Lamps at Night"),
            ("2025-03-10: Lamps at Night", "2025-03-10|Lamps at Night"),
            ("[2025-03-10] Lamps at Night", "2025-03-10|Lamps at Night"),
            ("(03/10) Lamps at Night", "2024-03-10|Lamps at Night"),
            ("3/10 Lamps at Night", "2024-03-10|Lamps at Night"),
            ("3월 10일 밤의 등불", "2024-03-10|밤의 등불"),
            ("Lamps at Night (2025-03-10)", "2025-03-10|Lamps at Night"),
            ("Lamps at Night", ""),
            ("2025-03-10", ""),
            ("3D Lamps", ""),
            ("3/4 Lamps of 10", "2024-03-04|Lamps of 10"),
            ("2024 Lamps", ""),
        ] {
            let around = When { year: Some(2024), ..When::default() };
            let found = beside(title, around);
            let found = found.map(|(date, title)| format!("{date}|{title}"));
            assert_eq!(found.unwrap_or_default(), said, "{title}");
        }
    }
}

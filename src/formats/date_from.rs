//! `date_from`: what a date is taken from, where a source or the command line names an order of its own.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::dates::{self, When};
use super::{Hints, Reading, fields};
use crate::diagnostic::Code;
use crate::model::{Digest, Entry, PaperId};

/// Gives every entry the first date that the order finds; what it finds none for keeps its own.
pub(super) fn apply(reading: &mut Reading, hints: &Hints<'_>) {
    if hints.date_from.is_empty() {
        return;
    }
    for digest in std::mem::take(&mut reading.digests) {
        let Digest { date, meta, intro, entries } = digest;
        let whole = || {
            hints
                .date_from
                .iter()
                .find_map(|from| of_document(from, hints))
                .and_then(When::date)
                .or(date)
        };
        let mut parts: Vec<Digest> = Vec::new();
        let mut known: FxHashMap<Option<Date>, usize> = FxHashMap::default();
        if entries.is_empty() {
            parts.push(Digest { date: whole(), meta: meta.clone(), ..Digest::default() });
        }
        for entry in entries {
            let found = hints.date_from.iter().find_map(|from| {
                if from == "heading" || from == "date" && date.is_some() {
                    return date;
                }
                of_document(from, hints)
                    .or_else(|| of_entry(from, &entry, hints))
                    .and_then(When::date)
            });
            let found = found.or(date);
            let at = *known.entry(found).or_insert_with(|| {
                parts.push(Digest { date: found, meta: meta.clone(), ..Digest::default() });
                parts.len() - 1
            });
            parts[at].entries.push(entry);
        }
        if let Some(first) = parts.first_mut() {
            first.intro = intro;
        }
        reading.digests.extend(parts);
    }
    if reading.digests.iter().all(|digest| digest.date.is_some()) {
        reading.findings.retain(|finding| finding.code != Code::Undated);
    }
}

fn of_document(from: &str, hints: &Hints<'_>) -> Option<When> {
    match from {
        "file" => dates::of_name(hints.stem)
            .ok()
            .flatten()
            .map(|(when, _)| when)
            .or_else(|| dates::find(hints.stem)),
        "folder" => dates::of_path(hints.folder, hints.stem).or_else(|| year_of(hints.folder)),
        _ => None,
    }
    .filter(|when| when.date().is_some())
}

/// The year that a folder is called after, the innermost one.
pub(crate) fn year_of(folder: &str) -> Option<When> {
    let is_year = |name: &&str| name.len() == 4 && name.bytes().all(|b| b.is_ascii_digit());
    folder.rsplit('/').filter(is_year).find_map(dates::whole)
}

/// The day in a field, which may be called in any way that the dictionary knows.
fn of_entry(from: &str, entry: &Entry, hints: &Hints<'_>) -> Option<When> {
    let is_it = |key: &str| {
        let field = fields::named(key, hints.names);
        key.eq_ignore_ascii_case(from) || field.is_some_and(|field| field.name == from)
    };
    let written = entry.fields.iter().filter(|(key, _)| is_it(key)).find_map(|(_, value)| {
        dates::whole(value).or_else(|| dates::find(value)).or_else(|| year_in(value))
    });
    written
        .or_else(|| published(entry).filter(|_| from == "published"))
        .filter(|when| when.date().is_some())
}

/// The year among other words: `2022년 (LampConf 2022)`.
fn year_in(text: &str) -> Option<When> {
    let mut words = text.split(|c: char| !c.is_ascii_digit()).filter(|word| word.len() == 4);
    words.find_map(dates::whole)
}

/// When a paper appeared, where no day says so: the year that it is said to be of, the month in its id, the year of its venue.
fn published(entry: &Entry) -> Option<When> {
    let year = |key: &str| entry.field(key).and_then(year_in);
    year("year").or_else(|| entry.ids().iter().find_map(month_of)).or_else(|| year("venue"))
}

/// The month that an id of arXiv names.
fn month_of(id: &PaperId) -> Option<When> {
    let PaperId::Arxiv(number) = id else { return None };
    let digits = number.rsplit('/').next()?.get(..4)?;
    let (year, month) = (digits[..2].parse::<i16>().ok()?, digits[2..].parse::<i8>().ok()?);
    let year = if year > 90 { 1900 + year } else { 2000 + year };
    Some(When { year: Some(year), month: Some(month), ..When::default() })
}

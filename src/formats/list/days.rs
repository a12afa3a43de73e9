//! The items of a list as digests: each on its date, a paper once a date, sections as facts or tags.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::formats::dates::{self, When};
use crate::formats::group;
use crate::formats::text::heading;
use crate::model::{Digest, Entry, PaperId, Tag, Translated, author, keep_first};

use super::{Head, Walk};

impl Walk<'_> {
    /// The items as one digest a date; `day` is that of the whole.
    pub(super) fn digests(&mut self, day: Option<Date>) -> Vec<Digest> {
        let of_file = dates::of_file(self.hints.folder, self.hints.stem);
        let year = When { year: self.hints.year, ..When::default() };
        let mut known: FxHashMap<(Option<Date>, PaperId), usize> = FxHashMap::default();
        let mut all: Vec<(Option<Date>, Entry)> = Vec::new();
        let (mut vague, mut vague_at) = (FxHashMap::default(), None);
        // Where nothing else says days, most papers may say when they appeared.
        let told = self.found.iter().filter(|found| published(&found.entry).is_some()).count();
        let are_dated = told * 2 >= self.found.len();
        for found in &mut self.found {
            let head = self.heads[found.head].when;
            let around = head.or(of_file).unwrap_or(year);
            let when = found
                .own
                .map(|own| own.within(around).within(year))
                .or(head)
                .map(|when| when.within(of_file.unwrap_or(year)));
            let said = when.filter(|when| when.date().is_some());
            let date = said.and_then(When::date).or(day).or_else(|| of_file?.date());
            let own = published(&found.entry).filter(|_| are_dated && date.is_none());
            let date = date.or_else(|| own?.date()).or(self.hints.date);
            let exact = said.or(of_file.filter(|_| day.is_none())).or(own);
            if let (Some(date), Some(when)) = (date, exact.filter(|when| !when.is_near())) {
                vague.insert(date, when);
                vague_at.get_or_insert(found.entry.span.clone());
            }
            let mut entry = std::mem::take(&mut found.entry);
            let path = sections(&self.heads, found.head);
            if self.hints.sections {
                entry.tags.extend(path.iter().filter_map(|words| Tag::of_words(words)));
            } else if !path.is_empty() {
                entry.fields.push(("section".to_owned(), path.join(" / ")));
            }
            keep_first(&mut entry.tags, Tag::clone);
            let id = entry.ids().into_iter().next();
            if let Some(at) = id.clone().and_then(|id| known.get(&(date, id)).copied()) {
                group::join(&mut all[at].1, entry);
            } else {
                known.extend(id.map(|id| ((date, id), all.len())));
                all.push((date, entry));
            }
        }
        self.findings.extend(vague_at.map(|span| group::imprecise(vague.len(), span)));
        let mut digests = group::by_date(all);
        for digest in &mut digests {
            if let Some(when) = digest.date.and_then(|date| vague.get(&date)) {
                digest.meta.title = Translated::plain(when.to_string());
            }
        }
        digests
    }
}

/// The day or the month in which a paper appeared.
fn published(entry: &Entry) -> Option<When> {
    dates::whole(entry.field("published")?).filter(|when| when.year.and(when.month).is_some())
}

/// A day of the month that stands around it, or the next one: `2.9`, and the first of `2.16-2.18`.
pub(super) fn of_month(words: &str, around: impl Fn() -> Option<When>) -> Option<When> {
    let days = words.split(['-', '~', '–', '&', ',', ' ']).filter(|day| !day.is_empty());
    let is_day = |day: &&str| day.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let (month, day) =
        days.clone().next()?.split_once('.').filter(|_| days.clone().all(|day| is_day(&day)))?;
    let (month, day): (i8, i8) = (month.parse().ok()?, day.parse().ok()?);
    let around = around()?;
    let fits = around.month.is_some_and(|above| month == above || month == above % 12 + 1);
    let when = When { year: around.year, month: Some(month), day: Some(day), ..When::default() };
    fits.then_some(when)
}

/// The year that the title above a list names, and no other, for days of the list that say none.
pub(super) fn year_above(title: &Translated, text: &str) -> Option<i16> {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty());
    let first = first.and_then(heading).map(|(_, words)| words);
    let titles = title.texts.iter().map(|(_, title)| title.as_str()).chain(first);
    let words = titles.flat_map(|title| title.split(|c: char| !c.is_ascii_digit()));
    let mut years = words.filter(|word| author::names_year(word));
    let year = years.next()?.parse().ok();
    year.filter(|_| years.next().is_none())
}

/// The subjects that an item stands under, from the outermost: not the title of the whole, and no dates.
fn sections(heads: &[Head], of: usize) -> Vec<String> {
    let (mut path, mut at) = (Vec::new(), Some(of));
    while let Some(index) = at {
        let head = &heads[index];
        if head.level > 1 && !head.words.is_empty() && !head.is_date {
            path.push(head.words.clone());
        }
        at = head.outer;
    }
    path.reverse();
    path
}

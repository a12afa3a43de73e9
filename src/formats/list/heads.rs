//! The headings that items of a list stand under, and the days that these say.

use super::item::Item;
use super::{Walk, aside, days};
use crate::formats::dates::{self, When};
use crate::formats::heading::title_of;
use crate::formats::papers_of_the_week::week_of;

/// A heading, or a line of a list that stands over others.
#[derive(Default)]
pub(super) struct Head {
    pub(super) level: usize,
    pub(super) words: String,
    /// The day that it says, as far as the headings over it say the rest.
    pub(super) when: Option<When>,
    /// The heading that it stands under.
    pub(super) outer: Option<usize>,
    /// Whether the day is one that the title of the whole says among other words.
    pub(super) is_of_whole: bool,
    /// Whether it says a date of its own.
    pub(super) is_date: bool,
}

/// Four digits as a year, and as a month of this century.
pub(super) fn month(words: &str) -> Option<(i16, When)> {
    let digits = Some(words.trim()).filter(|words| words.len() == 4)?;
    let number: i16 = digits.parse().ok().filter(|number| *number >= 0)?;
    let month = i8::try_from(number % 100).ok().filter(|month| (1..=12).contains(month))?;
    Some((number, When { year: Some(2000 + number / 100), month: Some(month), ..When::default() }))
}

impl Walk<'_> {
    pub(super) fn heading(&mut self, level: usize, title: &str) {
        let words = title_of(title.trim_end_matches('#')).words;
        let short = month(&words).filter(|_| self.has_months).map(|(_, when)| when);
        let around = || {
            self.heads[self.open]
                .when
                .or_else(|| dates::of_file(self.hints.folder, self.hints.stem))
        };
        let short = short.or_else(|| days::of_month(&words, around));
        let when = short.or_else(|| dates::whole(&words)).or_else(|| week_of(&words));
        let is_of_whole = when.is_none() && level == 1 && self.heads.len() == 1;
        let when = when.or_else(|| dates::find(&words));
        self.push(level, words, (when, is_of_whole));
    }

    pub(super) fn push(
        &mut self,
        level: usize,
        words: String,
        (when, is_of_whole): (Option<When>, bool),
    ) {
        let mut outer = self.open;
        while self.heads[outer].level >= level && self.heads[outer].level > 0 {
            outer = self.heads[outer].outer.unwrap_or(0);
        }
        let around = self.heads[outer].when;
        let is_of_whole = if when.is_none() { self.heads[outer].is_of_whole } else { is_of_whole };
        let is_date = when.is_some();
        let when = match (when, around) {
            (Some(when), Some(around)) => Some(when.within(around)),
            (when, around) => when.or(around),
        };
        self.heads.push(Head { level, words, when, outer: Some(outer), is_of_whole, is_date });
        self.open = self.heads.len() - 1;
    }

    /// Whether an open heading is that of a section beside the papers of the list.
    pub(super) fn is_aside(&self) -> bool {
        let first = Some(self.open).filter(|open| *open > 0);
        let mut open = std::iter::successors(first, |at| self.heads[*at].outer);
        open.any(|at| {
            (at > 1 || self.heads[at].level > 1) && aside::is_aside(&self.heads[at].words)
        })
    }

    /// Whether an item has a day and leads anywhere. What only leads to texts beside the list needs more than a day in the title
    /// of the whole.
    pub(super) fn is_dated(&self, item: &Item) -> bool {
        let head = &self.heads[self.open];
        let is_local = item.entry.links.is_empty();
        let above = head.when.filter(|_| !(is_local && head.is_of_whole));
        item.has_link && item.when.or(above).is_some()
    }
}

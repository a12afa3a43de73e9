//! What the search of a site finds, and into how many files it is cut: known before a word is read.

use jiff::civil::Date;

use crate::render::collections::families;
use crate::render::kinds::{AUTHORS, CALENDAR};
use crate::render::plan::Inputs;
use crate::site::{PaperIndex, Site};

/// Results in one file, with their texts: a browser asks for those that it shows. Four are a few thousand bytes.
pub(in crate::render) const RESULTS: usize = 4;
/// Results whose words go into one file, on an average: with fewer, the words of a query bring fewer others along.
const WORDS: usize = 16;
/// Most files of words: with more, a folder is a burden to those who list it.
const SHARDS: usize = 4096;

/// Something that the search can find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Found {
    /// A tag, by its place among all.
    Tag(usize),
    /// A paper.
    Paper(PaperIndex),
    /// An author with a page, by the place among those.
    Author(usize),
    /// A value of a field, a series, a writer: by the places of its family and in that.
    Value(usize, usize),
    /// A date.
    Day(Date),
    /// A month, or a year as a whole.
    Time(i16, Option<i8>),
    /// A plain page.
    Page(usize),
}

/// All that the search finds, in the order of its numbers, in which equals are shown: tags, papers newest first, people
/// and values, years, months and dates newest first, pages.
pub(in crate::render) fn found(inputs: &Inputs<'_>) -> Vec<Found> {
    let site = inputs.site;
    let has = |switch, template| {
        inputs.config.outputs.has(switch) && inputs.theme.templates.has(template)
    };
    let authors = if has(AUTHORS, "author.html") { site.authors().len() } else { 0 };
    let families = families(inputs).iter().enumerate();
    let values =
        families.filter(|(_, family)| !family.is_of_roundups()).flat_map(|(place, family)| {
            (0..family.collections.len()).map(move |index| Found::Value(place, index))
        });
    let days = site.dated().iter().rev();
    let with_page = days.clone().filter(|day| !day.is_of_posts_alone());
    let tags = (0..site.tags().len()).map(Found::Tag);
    let mut found: Vec<Found> = tags.chain(site.papers().map(Found::Paper)).collect();
    found.extend((0..authors).map(Found::Author).chain(values));
    if has(CALENDAR, "month.html") {
        let mut months: Vec<_> =
            days.filter_map(|day| day.date).map(|date| (date.year(), date.month())).collect();
        months.dedup();
        let years = months.chunk_by(|a, b| a.0 == b.0).map(|year| Found::Time(year[0].0, None));
        found.extend(years);
        found.extend(months.iter().map(|&(year, month)| Found::Time(year, Some(month))));
    }
    found.extend(with_page.filter_map(|day| day.date).map(Found::Day));
    found.extend((0..site.pages().len()).map(Found::Page));
    found
}

impl Found {
    /// What kind of thing it is, as scripts and templates name it.
    pub(in crate::render) fn kind(self, site: &Site) -> &'static str {
        match self {
            Self::Tag(_) => "tag",
            Self::Paper(_) => "paper",
            Self::Author(_) => "author",
            Self::Value(..) => "value",
            Self::Day(_) => "date",
            Self::Time(_, None) => "year",
            Self::Time(..) => "month",
            Self::Page(page) if site.pages()[page].page.date.is_some() => "post",
            Self::Page(_) => "page",
        }
    }

    /// The date of a paper.
    pub(in crate::render) fn date(self, site: &Site) -> Option<Date> {
        if let Self::Paper(paper) = self { site.date(paper) } else { None }
    }
}

/// Each kind of thing that the search finds, with the number of its first.
pub(in crate::render) fn kinds(found: &[Found], site: &Site) -> Vec<(&'static str, usize)> {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for (number, found) in found.iter().enumerate() {
        let kind = found.kind(site);
        if kinds.last().is_none_or(|(last, _)| *last != kind) {
            kinds.push((kind, number));
        }
    }
    kinds
}

/// Files of words for so many things to find: a power of two.
pub(in crate::render) fn shards(found: usize) -> u32 {
    (found / WORDS).next_power_of_two().min(SHARDS) as u32
}

/// Files of results in each tree.
pub(in crate::render) fn result_files(found: usize) -> u32 {
    found.div_ceil(RESULTS) as u32
}

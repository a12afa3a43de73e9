//! What the search of a site finds, and into how many files it is cut: known before a word is read.

use jiff::civil::Date;

use crate::site::{PaperIndex, Site};

/// Results in one file: a browser asks for those that it shows.
pub(in crate::render) const RESULTS: usize = 16;
/// Results whose words go into one file, on an average.
const WORDS: usize = 40;
/// Most files of words: with more, a folder is a burden to those who list it.
const SHARDS: usize = 1024;

/// Something that the search can find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Found {
    /// A tag, by its place among all.
    Tag(usize),
    /// A paper.
    Paper(PaperIndex),
    /// A date.
    Day(Date),
    /// A plain page.
    Page(usize),
}

/// All that the search finds, in the order of its numbers, in which equals are shown: tags, papers and dates newest first,
/// pages.
pub(in crate::render) fn found(site: &Site) -> impl Iterator<Item = Found> {
    let days =
        site.dated().iter().rev().filter(|day| !day.is_of_posts_alone()).filter_map(|day| day.date);
    let (tags, pages) = (0..site.tags().len(), 0..site.pages().len());
    let papers = tags.map(Found::Tag).chain(site.papers().map(Found::Paper));
    papers.chain(days.map(Found::Day)).chain(pages.map(Found::Page))
}

/// Files of words for so many things to find: a power of two.
pub(in crate::render) fn shards(found: usize) -> u32 {
    (found / WORDS).next_power_of_two().min(SHARDS) as u32
}

/// Files of results in each tree.
pub(in crate::render) fn result_files(found: usize) -> u32 {
    found.div_ceil(RESULTS) as u32
}

//! Into how many files the search of a site is cut. Known from the number of papers alone, before a word is read.

use super::Inputs;

/// Papers whose results are in one file: a browser asks for those that it shows.
pub const RESULTS: usize = 16;
/// Papers whose words go into one file, on an average.
const WORDS: usize = 40;
/// Most files of words: with more, a folder is a burden to those who list it.
const SHARDS: usize = 1024;

/// Whether a site has a search: it is not switched off, and the theme has a page for it.
pub fn has_search(inputs: &Inputs<'_>) -> bool {
    inputs.config.outputs.search && inputs.theme.templates.has("search.html")
}

/// Files of words: a power of two.
pub fn shards(papers: usize) -> u32 {
    (papers / WORDS).next_power_of_two().min(SHARDS) as u32
}

/// Files of results in each tree.
pub(super) fn result_files(papers: usize) -> u32 {
    papers.div_ceil(RESULTS) as u32
}

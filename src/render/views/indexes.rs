//! Views of what leads through long lists: letters, years, pages.

use super::{AuthorCount, TagLink};
use crate::render::view::{Of, views};

views! { OF_INDEXES;
    /// The days of a year that have about as many papers.
    StripView {
        /// How many, in four steps.
        level: usize,
        /// The days as a path of SVG: a square for each, in a drawing of 366 by 1.
        path: String,
    }
    /// A year of a list.
    YearLink {
        /// The year.
        year: i64,
        /// How many papers it has.
        count: usize,
        /// Where it begins.
        url: String,
    }
    /// Where one is in a list of several pages.
    PagerView {
        /// This page from 1.
        page: usize,
        /// How many there are.
        pages: usize,
        /// Address of the page before.
        prev: Option<String>,
        /// Address of the page after.
        next: Option<String>,
    }
    /// What begins alike in a long index.
    LetterView {
        /// The letter; of Korean the first consonant: `ㄱ`. `#` for what begins with none.
        text: String,
        /// An id for its heading.
        id: String,
        /// In `authors.html`: the authors.
        authors: Vec<Of<AuthorCount>>,
        /// In `tags.html`: the tags.
        tags: Vec<Of<TagLink>>,
    }
    /// A letter of an index, on the overview of its pages.
    LetterLink {
        /// The letter.
        text: String,
        /// Where it begins.
        url: String,
    }
}

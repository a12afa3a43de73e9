//! Views of the page of figures: numbers and words; templates draw.

use super::{AuthorCount, PaperLink, StripView, TagLink, TrendView};
use crate::render::view::{Of, views};

views! { OF_STATS;
    /// The page of figures.
    StatsView {
        /// The last eight years with papers as calendars, newest first.
        years: Vec<HeatYear>,
        /// How many papers each month has (or quarter, or year, over a very long time), from the first to the last, empty ones included.
        trend: Vec<TrendView>,
        /// The greatest count of a step.
        most: usize,
        /// The commonest tags over time, commonest first; all have the same steps.
        tags: Vec<TagTrend>,
        /// The greatest count of a step of any tag.
        most_of_tags: usize,
        /// Papers that most others mention, most mentioned first.
        mentioned: Vec<PaperCount>,
        /// Authors with most papers, where authors have pages.
        authors: Vec<AuthorCount>,
    }
    /// A year as a calendar of one square a day: weeks from left to right, days from Monday down.
    HeatYear {
        /// Year.
        year: i64,
        /// Address of its page, where there is one.
        url: Option<String>,
        /// How many papers it has.
        count: usize,
        /// On how many dates.
        dates: usize,
        /// How many weeks, whole or not.
        weeks: usize,
        /// The weekday of its first day: 0 for Monday.
        first: i64,
        /// The weekday of its last day.
        last: i64,
        /// All twelve months.
        months: Vec<HeatMonth>,
        /// Dates by how many papers they have, in a drawing whose days are ten wide and ten high.
        days: Vec<StripView>,
    }
    /// A month in the calendar of a year.
    HeatMonth {
        /// In the language of the page: `2025년 3월`.
        text: String,
        /// Its name for small room: `Mar`.
        short: String,
        /// Address of its page, where there is one.
        url: Option<String>,
        /// The first week that begins in it, from 0.
        week: i64,
        /// How many papers it has.
        count: usize,
    }
    /// A tag over time.
    TagTrend {
        /// The tag.
        tag: TagLink,
        /// How many papers in each month, quarter or year; percent of the greatest count of any tag.
        steps: Vec<TrendView>,
    }
    /// A paper with a number.
    PaperCount {
        /// The paper.
        paper: Of<PaperLink>,
        /// How many papers mention it.
        count: usize,
        /// Share of the greatest count, from 0 to 100.
        percent: usize,
    }
}

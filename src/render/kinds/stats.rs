//! The page of figures.

use super::{Kind, USUAL};
use crate::config::Switch;
use crate::render::contract::variables;
use crate::render::views::{OF_STATS, StatsView};
use crate::render::{plan, stats};

pub(super) const KIND: &Kind = &Kind {
    name: "stats",
    template: "stats.html",
    about: "The page of figures.",
    example: "`/stats/`",
    variables: Given::FIELDS,
    views: OF_STATS,
    switch: Some(&Switch {
        name: "stats",
        default: true,
        word: None,
        about: "`/stats/`: every year as a calendar, papers and tags over time, most mentioned papers, most frequent \
                authors.",
    }),
    menu: |_| true,
    plan: plan::one,
    fill: |press, _, _, context| Given { stats: stats::stats(press) }.put(context),
    ..USUAL
};

variables! {
    stats: StatsView,
}

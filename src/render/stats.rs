//! The page of figures: how reading was spread over days, months and tags, and what stands out. Made when asked for,
//! of what the Site holds anyway; gives numbers, draws nothing.

mod heat;
pub(super) mod spread;

use std::cmp::Reverse;

use super::kinds::AUTHORS;
use super::views::{AuthorCount, PaperCount, StatsView, TagTrend};
use super::{PageRenderer, lists};
use crate::site::PaperIndex;
use spread::{Spread, Step};

// The page stays below two thousand elements, however much was read for however long.
/// Most bars in the chart of all papers.
const BARS: i32 = 80;
/// Most steps of a tag's trend.
pub(super) const STEPS: i32 = 36;
/// Years drawn as calendars, the newest.
const YEARS: usize = 8;
/// Tags shown over time.
const TAGS: usize = 12;
/// Papers and authors listed.
const LISTED: usize = 12;

/// All figures.
pub(super) fn stats(press: &PageRenderer<'_>) -> StatsView {
    let dates = press.site.dated().iter().filter_map(|day| Some((day.date?, day.items.len())));
    let spread = Spread::over(Step::fitting(dates.clone().map(|(date, _)| date), BARS), dates);
    let tags = tag_trends(press);
    let most_of_tags =
        tags.iter().flat_map(|tag| &tag.steps).map(|step| step.count).max().unwrap_or_default();
    StatsView {
        years: heat::heat_years(press),
        most: spread.greatest(),
        trend: press.trend_views(&spread, spread.greatest()),
        tags,
        most_of_tags,
        mentioned: most_mentioned(press),
        authors: commonest_authors(press, LISTED),
    }
}

/// The commonest tags over the time that they all span, in steps that fit it.
fn tag_trends(press: &PageRenderer<'_>) -> Vec<TagTrend> {
    let tags = lists::top_tags(press, TAGS);
    let date = |paper: &PaperIndex| Some((press.site.date(*paper)?, 1));
    let all = || tags.iter().flat_map(|tag| papers_tagged(press, &tag.name)).filter_map(date);
    let step = Step::fitting(all().map(|(date, _)| date), STEPS);
    let whole = Spread::over(step, all());
    let spreads: Vec<Spread> = tags
        .iter()
        .map(|tag| Spread::within(&whole, papers_tagged(press, &tag.name).iter().filter_map(date)))
        .collect();
    let greatest = spreads.iter().map(Spread::greatest).max().unwrap_or_default();
    tags.into_iter()
        .zip(spreads)
        .map(|(tag, spread)| TagTrend { tag, steps: press.trend_views(&spread, greatest) })
        .collect()
}

fn papers_tagged<'a>(press: &'a PageRenderer<'_>, name: &str) -> &'a [PaperIndex] {
    press.site.tag(name).map(|tag| press.site.papers_of_tag(tag)).unwrap_or_default()
}

fn most_mentioned(press: &PageRenderer<'_>) -> Vec<PaperCount> {
    let mut papers: Vec<PaperIndex> =
        press.site.papers().filter(|&paper| mentions(press, paper) > 0).collect();
    // Equals stay in the order of the site: newest first.
    papers.sort_by_key(|&paper| Reverse(mentions(press, paper)));
    papers.truncate(LISTED);
    let greatest = papers.first().map_or(1, |&paper| mentions(press, paper));
    papers
        .into_iter()
        .map(|paper| PaperCount {
            paper: press.paper_link(paper),
            count: mentions(press, paper),
            percent: mentions(press, paper) * 100 / greatest,
        })
        .collect()
}

fn mentions(press: &PageRenderer<'_>, paper: PaperIndex) -> usize {
    press.site.mentioned_in(paper).len()
}

/// The authors with most papers.
pub(super) fn commonest_authors(press: &PageRenderer<'_>, most: usize) -> Vec<AuthorCount> {
    if !press.config.outputs.has(AUTHORS) {
        return Vec::new();
    }
    let mut authors: Vec<_> = press.site.authors().iter().collect();
    authors.sort_by_key(|author| Reverse(press.site.papers_of_author(&author.slug).len()));
    authors.into_iter().take(most).map(|author| lists::author_count(press, author)).collect()
}

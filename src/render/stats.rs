//! The page of figures: how reading was spread over days, months and tags, and what stands out. Made when asked for,
//! of what the Site holds anyway; gives numbers, draws nothing.

mod heat;
pub(super) mod spread;

use std::cmp::Reverse;

use super::PageRenderer;
use super::kinds::AUTHORS;
use super::views::{AuthorCount, PaperCount, StatsView, TagTrend};
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

impl PageRenderer<'_> {
    /// All figures.
    pub(super) fn stats(&self) -> StatsView {
        let dates = self.site.dated().iter().filter_map(|day| Some((day.date?, day.items.len())));
        let spread = Spread::over(Step::fitting(dates.clone().map(|(date, _)| date), BARS), dates);
        let tags = self.tag_trends();
        let most_of_tags =
            tags.iter().flat_map(|tag| &tag.steps).map(|step| step.count).max().unwrap_or_default();
        StatsView {
            years: self.heat_years(),
            most: spread.greatest(),
            trend: self.trend_views(&spread, spread.greatest()),
            tags,
            most_of_tags,
            mentioned: self.most_mentioned(),
            authors: self.commonest_authors(LISTED),
        }
    }

    /// The commonest tags over the time that they all span, in steps that fit it.
    fn tag_trends(&self) -> Vec<TagTrend> {
        let tags = self.top_tags(TAGS);
        let date = |paper: &PaperIndex| Some((self.site.date(*paper)?, 1));
        let all = || tags.iter().flat_map(|tag| self.papers_tagged(&tag.name)).filter_map(date);
        let step = Step::fitting(all().map(|(date, _)| date), STEPS);
        let whole = Spread::over(step, all());
        let spreads: Vec<Spread> = tags
            .iter()
            .map(|tag| {
                Spread::within(&whole, self.papers_tagged(&tag.name).iter().filter_map(date))
            })
            .collect();
        let greatest = spreads.iter().map(Spread::greatest).max().unwrap_or_default();
        tags.into_iter()
            .zip(spreads)
            .map(|(tag, spread)| TagTrend { tag, steps: self.trend_views(&spread, greatest) })
            .collect()
    }

    fn papers_tagged(&self, name: &str) -> &[PaperIndex] {
        self.site.tag(name).map(|tag| self.site.papers_of_tag(tag)).unwrap_or_default()
    }

    fn most_mentioned(&self) -> Vec<PaperCount> {
        let mut papers: Vec<PaperIndex> =
            self.site.papers().filter(|&paper| self.mentions(paper) > 0).collect();
        // Equals stay in the order of the site: newest first.
        papers.sort_by_key(|&paper| Reverse(self.mentions(paper)));
        papers.truncate(LISTED);
        let greatest = papers.first().map_or(1, |&paper| self.mentions(paper));
        papers
            .into_iter()
            .map(|paper| PaperCount {
                paper: self.paper_link(paper),
                count: self.mentions(paper),
                percent: self.mentions(paper) * 100 / greatest,
            })
            .collect()
    }

    fn mentions(&self, paper: PaperIndex) -> usize {
        self.site.mentioned_in(paper).len()
    }

    /// The authors with most papers.
    pub(super) fn commonest_authors(&self, most: usize) -> Vec<AuthorCount> {
        if !self.config.outputs.has(AUTHORS) {
            return Vec::new();
        }
        let mut authors: Vec<_> = self.site.authors().iter().collect();
        authors.sort_by_key(|author| Reverse(self.site.papers_of_author(&author.slug).len()));
        authors.into_iter().take(most).map(|author| self.author_count(author)).collect()
    }
}

//! What decides what of the sources is shown.

use jiff::civil::Date;

use super::facts::KeptDigest;
use crate::config::{Config, Fact, Roundup, Writers};
use crate::model::Page;

/// What decides what is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Digests after this day are still in the future.
    pub today: Date,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Whether digests of the future are shown.
    pub future: bool,
    /// Papers that an author needs to get a page; `usize::MAX` where authors have none.
    pub min_papers: usize,
    /// Fields whose values have pages.
    pub paged: Vec<Fact>,
    /// Spans of time that have round-ups.
    pub roundup: Roundup,
    /// Those who write the site.
    pub writers: Writers,
    /// The one of them who wrote what names nobody.
    pub writer: String,
}

impl Rules {
    /// What config.toml says, without drafts.
    pub fn of(config: &Config, today: Date) -> Self {
        Self {
            today,
            drafts: false,
            future: config.digests.future,
            min_papers: config.authors.min_papers,
            paged: config.paged_fields(),
            roundup: config.roundup,
            writers: config.writers.clone(),
            writer: config.author.name.clone(),
        }
    }

    pub(super) fn shows(&self, digest: &KeptDigest) -> bool {
        // A digest that was only just begun would lead the home page before a word of it is written.
        let unfinished = digest.digest.meta.draft || digest.digest.says_nothing();
        (self.drafts || !unfinished) && self.has_come(digest.digest.date)
    }

    pub(super) fn shows_page(&self, page: &Page) -> bool {
        (self.drafts || !page.meta.draft) && self.has_come(page.date)
    }

    fn has_come(&self, date: Option<Date>) -> bool {
        self.future || date.is_none_or(|date| date <= self.today)
    }
}

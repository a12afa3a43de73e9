//! A list that is shown in pages: how many there are, and what stands on which. Asked by whoever counts pages, so that
//! none is linked that is not made.

use std::ops::Range;

use crate::config::Config;

/// A list cut into pages, numbered from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    things: usize,
    size: usize,
    pages: u32,
}

impl Paging {
    /// So many things, so many on a page; 0 puts all on one. There is always a first page.
    pub fn new(things: usize, size: usize) -> Self {
        let size = if size == 0 { things.max(1) } else { size };
        Self { things, size, pages: things.div_ceil(size).max(1) as u32 }
    }

    /// The home page and those that follow it, for so many days.
    pub fn of_home(config: &Config, days: usize) -> Self {
        let all = Self::new(days, config.home.digests);
        if config.home.pages { all } else { Self { pages: 1, ..all } }
    }

    /// The pages of a tag or an author with so many papers.
    pub fn of_papers(config: &Config, papers: usize) -> Self {
        Self::new(papers, config.tags.per_page)
    }

    /// How many pages there are; at least one.
    pub fn pages(self) -> u32 {
        self.pages
    }

    /// The page on which a thing stands, counted from the first of the list.
    pub fn page_of(self, thing: usize) -> u32 {
        (thing / self.size.max(1)) as u32 + 1
    }

    /// Which things stand on a page, counted from the first of the list; none on a page that is not there.
    pub fn slice(self, page: u32) -> Range<usize> {
        if !(1..=self.pages).contains(&page) {
            return 0..0;
        }
        let start = (page as usize - 1) * self.size;
        start..self.things.min(start + self.size)
    }

    /// The same of a list that is shown from its end.
    pub fn slice_from_end(self, page: u32) -> Range<usize> {
        let Range { start, end } = self.slice(page);
        self.things - end..self.things - start
    }
}

#[cfg(test)]
mod tests {
    use super::Paging;

    #[test]
    fn pages_hold_everything_once() {
        for things in 0..30 {
            for size in 0..8 {
                let paging = Paging::new(things, size);
                let shown: Vec<usize> =
                    (1..=paging.pages()).flat_map(|page| paging.slice(page)).collect();
                assert_eq!(shown, (0..things).collect::<Vec<_>>(), "{things} by {size}");
                let back: Vec<usize> = (1..=paging.pages())
                    .flat_map(|page| paging.slice_from_end(page).rev())
                    .collect();
                assert_eq!(back, (0..things).rev().collect::<Vec<_>>(), "{things} by {size}");
                assert!(paging.slice(paging.pages() + 1).is_empty() && paging.slice(0).is_empty());
            }
        }
    }
}

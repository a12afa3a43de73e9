//! Documents about no paper: plain pages with the menu, and posts with their dates and tags.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::adjacency::Lists;
use super::facts::KeptPage;
use super::interner::{Keys, Sym};
use super::{Day, Site};
use crate::model::InMenu;
use crate::model::limits;
use crate::model::route::Route;

/// Pages, and those of sources that are left out, for something else has their address.
pub(super) fn pages_of<'a>(
    pages: impl Iterator<Item = &'a Arc<KeptPage>>,
) -> (Vec<Arc<KeptPage>>, Vec<Arc<KeptPage>>) {
    let mut seen = FxHashSet::default();
    pages.map(Arc::clone).partition(|page| {
        let free = seen.insert(page.address.clone()) && !Route::is_reserved(&page.address);
        free || page.origin == 0
    })
}

/// Days with the posts of each; a post alone makes a day.
pub(super) fn with_posts(mut days: Vec<Day>, pages: &[Arc<KeptPage>]) -> Vec<Day> {
    let dated = (0_u32..).zip(pages).filter_map(|(index, page)| Some((page.page.date?, index)));
    let mut posts: BTreeMap<Date, Vec<u32>> = BTreeMap::new();
    dated.for_each(|(date, index)| posts.entry(date).or_default().push(index));
    for day in days.iter_mut().filter(|day| day.date.is_some()) {
        day.posts = day.date.and_then(|date| posts.remove(&date)).unwrap_or_default();
    }
    let alone =
        posts.into_iter().map(|(date, posts)| Day { date: Some(date), posts, ..Day::default() });
    days.extend(alone);
    days.sort_by_key(|day| (day.date.is_none(), day.date));
    days
}

/// Posts, newest first.
pub(super) struct Posts {
    /// By place among the pages.
    pub(super) newest: Vec<u32>,
    /// By tag: places in that list.
    pub(super) by_tag: Lists,
}

impl Posts {
    /// All that are among these pages.
    pub(super) fn of(pages: &[Arc<KeptPage>], keys: &Keys) -> Self {
        let mut newest: Vec<u32> = (0..pages.len() as u32)
            .filter(|&page| pages[page as usize].page.date.is_some())
            .collect();
        newest.sort_by_key(|&post| Reverse(pages[post as usize].page.date));
        let tags = |place: u32| pages[newest[place as usize] as usize].tags.iter();
        let mut pairs: Vec<(u32, u32)> = (0..newest.len() as u32)
            .flat_map(|place| tags(place).map(move |tag| (tag.key(), place)))
            .collect();
        Self { by_tag: Lists::from_pairs(keys.tags.len(), &mut pairs), newest }
    }
}

impl Day {
    /// The year of its date.
    pub fn year(&self) -> Option<i16> {
        self.date.map(Date::year)
    }

    /// Its posts, by place among all pages.
    pub fn posts(&self) -> impl Iterator<Item = usize> {
        self.posts.iter().map(|&post| post as usize)
    }

    /// Whether no digest is of this date.
    pub fn is_of_posts_alone(&self) -> bool {
        self.digests.is_empty()
    }
}

impl Site {
    /// The plain page that opens the home page.
    pub fn opening(&self) -> Option<usize> {
        self.pages.iter().position(|page| page.address.is_empty())
    }

    /// Plain pages and posts, in the order of their files.
    pub fn pages(&self) -> &[Arc<KeptPage>] {
        &self.pages
    }

    /// The plain pages that can be in the menu: all but the one that opens the home page, posts, reading lists, those that do
    /// not want to, and those of sources that do not ask.
    pub(super) fn for_menu(&self) -> impl Iterator<Item = &Arc<KeptPage>> {
        let all = self.pages.iter().enumerate();
        let plain = all.filter(|(index, page)| {
            !page.address.is_empty()
                && page.page.date.is_none()
                && self.list_of_page(*index).is_none()
        });
        // What a source holds was not written for the site, and may be anything.
        let wants = |page: &KeptPage| {
            let menu = &page.page.meta.about.menu;
            let name = page.address.rsplit('/').next().unwrap_or_default();
            if page.origin == 0 { *menu != InMenu::Shown(false) } else { menu.is_asked(name) }
        };
        plain.map(|(_, page)| page).filter(move |page| wants(page))
    }

    /// The plain pages that the menu holds: those nearest to the root if there are too many, in the order of their files.
    pub fn menu(&self) -> impl Iterator<Item = &Arc<KeptPage>> {
        let mut depths: Vec<usize> = self.for_menu().map(|page| depth(page)).collect();
        depths.sort_unstable();
        let deepest = depths.get(limits::MENU).copied();
        // Of those that lie as deep as the first that has no room, none is better than another.
        let mut shown: Vec<_> = self
            .for_menu()
            .filter(move |page| deepest.is_none_or(|deepest| deepest == 0 || depth(page) < deepest))
            .take(limits::MENU)
            .collect();
        shown.sort_by_key(|page| (weight(page).is_none(), weight(page)));
        shown.into_iter()
    }

    /// The plain pages right below an address, by weight, those without one last; equals in the order of their files.
    pub fn pages_below(&self, address: &str) -> &[usize] {
        let below = self.pages_below.get_or_init(|| {
            let mut below: FxHashMap<String, Vec<usize>> = FxHashMap::default();
            let plain = self.pages.iter().enumerate().filter(|(_, page)| page.page.date.is_none());
            let mut plain: Vec<_> = plain.filter(|(_, page)| !page.address.is_empty()).collect();
            plain.sort_by_key(|(_, page)| {
                let weight = page.page.meta.about.weight;
                (weight.is_none(), weight)
            });
            for (index, page) in plain {
                let above = page.address.rsplit_once('/').map_or("", |(above, _)| above);
                below.entry(above.to_owned()).or_default().push(index);
            }
            below
        });
        below.get(address).map_or(&[], Vec::as_slice)
    }

    /// The plain pages that a page lies below, the highest first.
    pub fn pages_above(&self, address: &str) -> Vec<usize> {
        let ends = address.match_indices('/').map(|(end, _)| &address[..end]);
        ends.filter_map(|above| {
            let name = above.rsplit_once('/').map_or("", |(folder, _)| folder);
            let beside = self.pages_below(name).iter().copied();
            beside.into_iter().find(|&page| self.pages[page].address == above)
        })
        .collect()
    }

    /// Posts of a tag, newest first, by place among all pages.
    pub fn posts_of_tag(&self, tag: &Sym) -> impl ExactSizeIterator<Item = usize> {
        self.posts_by_tag.of(tag.key()).iter().map(|&place| self.posts[place as usize] as usize)
    }

    /// All posts, newest first, by place among all pages.
    pub fn posts(&self) -> impl ExactSizeIterator<Item = usize> {
        self.posts.iter().map(|&post| post as usize)
    }
}

fn weight(page: &KeptPage) -> Option<i64> {
    page.page.meta.about.weight
}

fn depth(page: &KeptPage) -> usize {
    page.address.matches('/').count()
}

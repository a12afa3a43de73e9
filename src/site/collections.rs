//! Papers and documents that have something in common besides tags: a value of a field, such as a venue, or a series.

use std::collections::BTreeMap;

use super::{PaperIndex, Period, Site, Span, WRITERS};
use crate::config::{Fact, FactKind};
use crate::model::Entry;
use crate::model::route::{Route, slug};

/// The name of the family of series.
pub const SERIES: &str = "series";

/// Collections of one kind: the values of a field, all series, all reading lists, all writers, all weeks.
#[derive(Debug)]
pub struct Family {
    /// The field, and the first part of the address.
    pub name: String,
    /// In the order of their addresses.
    pub collections: Vec<Collection>,
}

/// What has a value in common.
#[derive(Debug, Default)]
pub struct Collection {
    /// The last part of the address.
    pub slug: String,
    /// As it is spelt first.
    pub name: String,
    /// Papers newest first; the parts of a series and the days of a round-up oldest first.
    pub members: Vec<Member>,
    /// The time that a round-up gathers.
    pub period: Option<Period>,
    /// The place of the page that a reading list is.
    pub page: Option<usize>,
}

/// A member of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Member {
    /// A paper.
    Paper(PaperIndex),
    /// A day, by its place among all, for its digest.
    Day(usize),
    /// A post, by its place among the pages.
    Post(usize),
}

/// Collections by address, while they are gathered.
#[derive(Default)]
struct Gathered(BTreeMap<String, Collection>);

impl Gathered {
    fn add(&mut self, name: &str, member: Member) {
        let name = name.trim();
        if name.is_empty() {
            return;
        }
        let slug = slug(name);
        let members = &mut self
            .0
            .entry(slug.clone())
            .or_insert_with(|| Collection {
                slug: slug.clone(),
                name: name.to_owned(),
                ..Collection::default()
            })
            .members;
        if members.last() != Some(&member) {
            members.push(member);
        }
    }

    fn family(self, name: &str, least: usize) -> Option<Family> {
        let collections: Vec<_> =
            self.0.into_values().filter(|of| of.members.len() >= least).collect();
        (!collections.is_empty()).then(|| Family { name: name.to_owned(), collections })
    }
}

/// What an entry says of a field.
fn field_of<'e>(entry: &'e Entry, name: &str) -> Option<&'e str> {
    if name == "org" { entry.org.as_deref() } else { entry.field(name) }
}

/// The values of a field of this kind as one says it.
pub fn values(said: &str, kind: FactKind) -> impl Iterator<Item = &str> {
    said.split(move |c| kind == FactKind::List && matches!(c, ',' | ';'))
        .map(str::trim)
        .filter(|value| !value.is_empty())
}

impl Site {
    /// Every family that has a collection, but those whose address something else has.
    pub fn families(&self) -> &[Family] {
        self.families.get_or_init(|| {
            let fields = self.paged.iter().filter(|field| !self.is_taken(&field.name));
            let fields = fields.filter_map(|field| self.values_of(field));
            let series = self.all_series().filter(|_| !self.is_taken(SERIES));
            let spans = Span::ALL.into_iter().filter(|span| !self.is_page(span.name()));
            let writers = self.all_writers().filter(|_| !self.is_page(WRITERS));
            let documents = series.into_iter().chain(self.family_of_lists()).chain(writers);
            fields.chain(documents).chain(spans.filter_map(|span| self.roundups(span))).collect()
        })
    }

    /// Whether something else has the address of a family.
    fn is_taken(&self, family: &str) -> bool {
        let mut spans = Span::ALL.into_iter().filter(|&span| self.has_roundups(span));
        Route::is_reserved(family)
            || spans.any(|span| span.name() == family)
            || family == WRITERS && !self.writers.all().is_empty()
            || self.is_page(family)
    }

    pub(super) fn is_page(&self, family: &str) -> bool {
        self.pages.iter().any(|page| page.address.split('/').next() == Some(family))
    }

    /// The names of families that have no pages, for something else has their address, and whether they are of no field.
    pub(super) fn families_left_out(&self) -> impl Iterator<Item = (&str, bool)> {
        let hidden = self
            .paged
            .iter()
            .filter(|fact| self.is_taken(&fact.name) && self.values_of(fact).is_some());
        let spans = Span::ALL.into_iter();
        let spans = spans.filter(|&span| self.has_roundups(span) && self.is_page(span.name()));
        let hidden = hidden.map(|fact| (fact.name.as_str(), false));
        let writers = self.all_writers().filter(|_| self.is_page(WRITERS)).map(|_| WRITERS);
        hidden.chain(spans.map(Span::name).chain(writers).map(|name| (name, true)))
    }

    fn values_of(&self, field: &Fact) -> Option<Family> {
        let least = field.pages?;
        let mut gathered = Gathered::default();
        for paper in self.papers() {
            if let Some(said) = self.said_of(paper, &field.name) {
                values(said, field.kind)
                    .for_each(|value| gathered.add(value, Member::Paper(paper)));
            }
        }
        gathered.family(&field.name, least.max(1))
    }

    /// What the first entry of a paper that knows a field says of it.
    pub fn said_of(&self, paper: PaperIndex, field: &str) -> Option<&str> {
        self.entries_of(paper).iter().find_map(|&entry| field_of(self.entry(entry), field))
    }

    fn all_series(&self) -> Option<Family> {
        let mut gathered = Gathered::default();
        for (place, day) in self.dated().iter().enumerate() {
            for name in self
                .day_digests(day)
                .iter()
                .filter_map(|kept| kept.digest.meta.about.series.as_ref())
            {
                gathered.add(name, Member::Day(place));
            }
            for post in day.posts() {
                if let Some(name) = &self.pages[post].page.meta.about.series {
                    gathered.add(name, Member::Post(post));
                }
            }
        }
        gathered.family(SERIES, 1)
    }

    /// The family and the collection of a value, by their places, where it has a page.
    pub fn collection(&self, family: &str, value: &str) -> Option<(usize, usize)> {
        let place = self.families().iter().position(|known| known.name == family)?;
        let (collections, slug) = (&self.families()[place].collections, slug(value));
        Some((place, collections.binary_search_by(|known| known.slug.as_str().cmp(&slug)).ok()?))
    }
}

impl Family {
    /// Whether its collections are weeks or months.
    pub fn is_of_roundups(&self) -> bool {
        self.collections.first().is_some_and(|of| of.period.is_some())
    }
}

impl Collection {
    /// Where it stands below the root: `venue/iclr-2025`, and its further pages; of a round-up its week or its month.
    pub fn route(&self, family: &Family, page: u32) -> Route {
        if let Some(period) = self.period {
            return period.route();
        }
        let path = format!("{}/{}", family.name, self.slug);
        Route::Page(if page > 1 { format!("{path}/page/{page}") } else { path })
    }
}

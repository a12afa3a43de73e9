//! Those who write the site, each with what they wrote: posts and digests.

use std::collections::BTreeSet;

use super::{Collection, Day, Family, Member, Site};
use crate::model::About;

/// The name of their family, and the first part of their addresses.
pub const WRITERS: &str = "writers";

impl Site {
    /// Those who wrote something, newest writings first.
    pub(super) fn all_writers(&self) -> Option<Family> {
        let mut members = vec![Vec::new(); self.writers.all().len()];
        let days = if members.is_empty() { &[] } else { self.dated() };
        for (place, day) in days.iter().enumerate().rev() {
            for post in day.posts() {
                let about = &self.pages[post].page.meta.about;
                for writer in self.writers_of(about) {
                    members[writer].push(Member::Post(post));
                }
            }
            let of_digests = self.abouts(day).flat_map(|about| self.writers_of(about));
            for writer in of_digests.collect::<BTreeSet<usize>>() {
                members[writer].push(Member::Day(place));
            }
        }
        let mut collections: Vec<Collection> = (self.writers.all().iter().zip(members))
            .filter(|(_, members)| !members.is_empty())
            .map(|(writer, members)| Collection {
                slug: writer.slug.clone(),
                name: writer.name.clone(),
                members,
                ..Collection::default()
            })
            .collect();
        collections.sort_by(|a, b| a.slug.cmp(&b.slug));
        (!collections.is_empty()).then(|| Family { name: WRITERS.to_owned(), collections })
    }

    /// The writers of a document by their places, each once: those whom it names, else the one whose site it is.
    fn writers_of(&self, about: &About) -> BTreeSet<usize> {
        let unsaid = about.authors.is_empty().then_some(&self.writer);
        about.authors.iter().chain(unsaid).filter_map(|name| self.writers.place(name)).collect()
    }

    /// What the digests of a day say of themselves.
    pub fn abouts(&self, day: &Day) -> impl Iterator<Item = &About> {
        self.day_digests(day).iter().map(|kept| &kept.digest.meta.about)
    }
}

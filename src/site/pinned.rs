//! What stays on top of the home page, because its writer says so.

use rustc_hash::FxHashSet;

use super::{EntryIndex, Member, Site};

impl Site {
    /// Entries that are pinned, newest first: by their metadata, or as the only one of a document that is. A paper is pinned once.
    pub fn pinned_entries(&self) -> Vec<EntryIndex> {
        let mut papers = FxHashSet::default();
        let pinned = self.entries().rev().filter(|entry| {
            let digest = &self.digest_of(*entry).digest;
            let by_document = digest.entries.len() == 1 && digest.meta.about.pinned;
            by_document || self.entry(*entry).field("pinned").is_some_and(is_yes)
        });
        pinned.filter(|entry| papers.insert(self.paper_of(*entry))).collect()
    }

    /// Posts and days that are pinned, newest first.
    pub fn pinned_documents(&self) -> Vec<Member> {
        let mut pinned = Vec::new();
        for (place, day) in self.dated().iter().enumerate().rev() {
            let posts = day.posts().filter(|&post| self.pages[post].page.meta.about.pinned);
            pinned.extend(posts.map(Member::Post));
            let digests = self.day_digests(day).iter().map(|kept| &kept.digest);
            if digests.clone().any(|digest| digest.entries.len() != 1 && digest.meta.about.pinned) {
                pinned.push(Member::Day(place));
            }
        }
        pinned
    }
}

fn is_yes(text: &str) -> bool {
    !matches!(text.trim().to_lowercase().as_str(), "" | "false" | "no" | "off" | "0")
}

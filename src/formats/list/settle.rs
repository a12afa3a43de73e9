//! What only the whole of a list tells: whether what is doubtful is a paper, and who one is by.

use rustc_hash::FxHashMap;

use super::{Found, Walk};
use crate::formats::by_hand::could_be_person;
use crate::formats::metadata;
use crate::formats::text::{Line, behind_bullet};
use crate::model::Tag;

impl Walk<'_> {
    /// Keeps what is doubtful where most of what stands beside it is a paper, or where there is much that is told like one.
    pub(super) fn settle(&mut self, all: &[Line<'_>]) {
        // Whether nothing leads to them, or anything.
        for is_bare in [true, false] {
            let is_alike = |found: &Found| {
                found.is_told
                    && found.entry.links.is_empty() == is_bare
                    && (found.doubtful.is_some() || found.is_paper)
            };
            let alike = self.found.iter().filter(|found| is_alike(found)).count();
            let all = self.found.len();
            let are_most = !is_bare && all >= super::SOME && alike * 3 >= all * 2;
            if alike >= super::FEW || are_most {
                for found in self.found.iter_mut().filter(|found| is_alike(found)) {
                    (found.is_paper, found.doubtful) = (true, None);
                }
            }
        }
        let mut counts: FxHashMap<usize, (usize, usize)> = FxHashMap::default();
        for found in &self.found {
            let (papers, others) = counts.entry(found.head).or_default();
            *(if found.is_paper { papers } else { others }) += 1;
        }
        let fits = |found: &Found| {
            let told = usize::from(found.is_told && !found.entry.links.is_empty());
            counts.get(&found.head).is_some_and(|(papers, others)| papers + told > *others)
        };
        let (kept, gone): (Vec<Found>, Vec<Found>) = std::mem::take(&mut self.found)
            .into_iter()
            .partition(|found| found.doubtful.is_none() || fits(found));
        self.found = kept;
        gone.into_iter()
            .filter_map(|found| found.doubtful)
            .flatten()
            .for_each(|at| self.loose(all[at]));
        // What is gone stood among them.
        self.loose.sort_unstable_by_key(|span| span.start);
        for span in std::mem::take(&mut self.loose) {
            self.join(span);
        }
        self.tags();
        self.authors();
    }

    /// Where each item has one below it of a few short words between commas, these are its tags.
    fn tags(&mut self) {
        let below = |found: &Found| {
            let [passage] = found.entry.body.as_slice() else { return None };
            let parts: Vec<&str> =
                behind_bullet(passage.text.text.trim())?.split(',').map(str::trim).collect();
            let is_tag = |part: &&str| {
                let short = (1..=3).contains(&part.split_whitespace().count());
                short && part.chars().all(|c| c.is_alphanumeric() || " -_#+/".contains(c))
            };
            let are_tags = parts.iter().all(is_tag) && parts.iter().any(|part| is_small(part));
            are_tags.then(|| parts.into_iter().filter_map(Tag::of_words).collect::<Vec<_>>())
        };
        let all: Vec<_> = self.found.iter().map(below).collect();
        let told = all.iter().flatten().count();
        let lists = all.iter().flatten().filter(|tags| tags.len() > 1).count();
        if told < super::FEW.min(self.found.len()).max(2)
            || told * 4 < self.found.len() * 3
            || lists * 2 < told
        {
            return;
        }
        for (found, tags) in self.found.iter_mut().zip(all) {
            if let Some(tags) = tags {
                found.entry.tags.extend(tags);
                found.entry.body.clear();
            }
        }
    }

    /// Where items say whom they are by, one name alone is an author as well.
    fn authors(&mut self) {
        let told = self.found.iter().filter(|found| !found.entry.authors.is_empty()).count();
        if told * 2 < self.found.len() {
            return;
        }
        let is_name =
            |text: &str| (2..=4).contains(&text.split(' ').count()) && could_be_person(text);
        for found in self.found.iter_mut().filter(|found| found.entry.authors.is_empty()) {
            let text = found.entry.body.first().map_or("", |passage| &passage.text.text);
            let line = text.lines().next().unwrap_or_default();
            // A subject may stand behind the name: `cs.LG`.
            let is_subject =
                |last: &str| last.starts_with(char::is_lowercase) && !last.contains(' ');
            let first = line.rsplit_once(". ").filter(|(_, last)| is_subject(last));
            let first = first.map_or(line, |(before, _)| before);
            let first = first.split('。').next().unwrap_or_default().to_owned();
            let name = first.trim_matches(['*', '_', '.', ' ']);
            if !is_name(name) {
                continue;
            }
            let from =
                text.len() - text[first.len()..].trim_start_matches([' ', '.', '。', '\n']).len();
            metadata::add_authors(&mut found.entry, name);
            if let Some(passage) = found.entry.body.first_mut() {
                passage.text = passage.text.slice(from..passage.text.text.len());
            }
            found.entry.body.retain(|passage| !passage.text.text.is_empty());
        }
    }
}

/// Whether words begin with no capital, as names do.
fn is_small(words: &str) -> bool {
    !words.starts_with(char::is_uppercase)
}

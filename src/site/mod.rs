//! The Site: every digest of every source as one immutable whole.
//!
//! Entries become papers, papers get tags, authors, mentions and neighbours. What depends on one file alone
//! was computed when the file was read (`facts`), so that assembling is arithmetic on integers and can be
//! done anew after every change. The Site knows nothing of URLs beyond a paper's address, of themes or pages.

mod adjacency;
mod assemble;
mod check;
mod collections;
pub mod diary;
mod documents;
mod facts;
mod interner;
pub mod library;
pub mod lint;
mod merge;
mod names;
mod pinned;
mod reading_lists;
mod records;
mod related;
mod roundups;
mod rules;
mod similar_tags;
mod writers;

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use rustc_hash::FxHashMap;

pub use adjacency::Lists;
pub use collections::{Collection, Family, Member, SERIES, values};
pub use facts::{Facts, KeptDigest, KeptPage, Named, OwnAddress, ParsedDigest};
pub use interner::{Interner, Key, Keys, Sym};
pub use library::Aliases;
pub use names::Meant;
pub use reading_lists::{LISTS, ListItem, ReadingList};
pub use related::{Related, Room};
pub use roundups::{Period, Span};
pub use rules::Rules;
pub use writers::WRITERS;

use crate::config::{Fact, Roundup, Writers};
use crate::model::{Entry, PaperId, keep_first};

/// Index of a paper: 0 is the newest by its latest date, ties in the order of the day.
pub type PaperIndex = u32;

/// Index of an entry, in the order of dates, sources, files and positions.
pub type EntryIndex = u32;

/// Everything the sources say, merged.
#[derive(Debug)]
pub struct Site {
    /// By date, then source, file and position; the undated last.
    digests: Vec<Arc<KeptDigest>>,
    pages: Vec<Arc<KeptPage>>,
    entries: Vec<EntryRef>,
    papers: Vec<Paper>,
    paper_entries: Lists,
    days: Vec<Day>,
    tags: Vec<TagPapers>,
    by_tag: Lists,
    by_author: Lists,
    mentions: Lists,
    mentioned_in: Lists,
    redirects: Vec<(Sym, PaperIndex)>,
    doubts: merge::Doubts,
    /// Pages of sources whose address something else has.
    left_out: Vec<Arc<KeptPage>>,
    /// Posts, newest first, by place among the pages.
    posts: Vec<u32>,
    /// By tag: places in that list.
    posts_by_tag: Lists,
    names: OnceLock<names::Names>,
    ids: OnceLock<FxHashMap<Arc<str>, PaperIndex>>,
    addresses: OnceLock<FxHashMap<Arc<str>, PaperIndex>>,
    authors: OnceLock<Vec<AuthorPapers>>,
    page_authors: OnceLock<Lists>,
    related: OnceLock<Related>,
    cite_keys: OnceLock<records::CiteKeys>,
    /// Fields whose values have pages.
    paged: Vec<Fact>,
    roundup: Roundup,
    writers: Writers,
    writer: String,
    today: Date,
    families: OnceLock<Vec<Family>>,
    reading_lists: OnceLock<Vec<ReadingList>>,
    pages_below: OnceLock<FxHashMap<String, Vec<usize>>>,
    min_papers: usize,
}

#[derive(Debug, Clone, Copy)]
struct EntryRef {
    digest: u32,
    position: u32,
    paper: PaperIndex,
}

#[derive(Debug)]
struct Paper {
    address: Sym,
    /// The entry whose title is the paper's.
    title: EntryIndex,
    /// The entry whose authors are the paper's.
    authors: EntryIndex,
    date: Option<Date>,
}

/// One date: what all digests of that date say, and its posts.
#[derive(Debug, Default)]
pub struct Day {
    /// `None` for what no source dates; at most one, and the last.
    pub date: Option<Date>,
    digests: std::ops::Range<u32>,
    /// In order; a paper occurs once.
    pub items: Vec<Item>,
    posts: Vec<u32>,
}

/// What one date says about one paper.
#[derive(Debug)]
pub struct Item {
    /// The paper.
    pub paper: PaperIndex,
    /// Usually one; more where several digests of the date speak of the paper.
    pub entries: Vec<EntryIndex>,
}

/// A tag and how it is spelt in addresses.
#[derive(Debug)]
pub struct TagPapers {
    /// Folded, aliases resolved.
    pub name: Sym,
}

/// An author with enough papers for a page.
#[derive(Debug)]
pub struct AuthorPapers {
    /// The key under which spellings are one; also the address.
    pub slug: Sym,
    /// The commonest spelling; of equals the one that sorts first.
    pub name: String,
}

impl Site {
    /// Papers, newest first: every index below this is one.
    pub fn paper_count(&self) -> usize {
        self.papers.len()
    }

    /// All indices of papers, newest first.
    pub fn papers(&self) -> std::ops::Range<PaperIndex> {
        0..self.papers.len() as u32
    }

    /// Days in ascending order; the undated last.
    pub fn days(&self) -> &[Day] {
        &self.days
    }

    /// Days that have a date, ascending.
    pub fn dated(&self) -> &[Day] {
        &self.days[..self.days.len() - usize::from(self.undated().is_some())]
    }

    /// What no source dates.
    pub fn undated(&self) -> Option<&Day> {
        self.days.last().filter(|day| day.date.is_none())
    }

    /// The place of a date among [`Self::dated`].
    pub fn place_of(&self, date: Date) -> Option<usize> {
        self.dated().binary_search_by(|day| day.date.cmp(&Some(date))).ok()
    }

    /// The day of a date.
    pub fn day(&self, date: Date) -> Option<&Day> {
        self.place_of(date).map(|place| &self.days[place])
    }

    /// Days of a month, or of a year where the month is `None`, ascending.
    pub fn days_of(&self, year: i16, month: Option<i8>) -> &[Day] {
        let wanted = Some((year, month.unwrap_or(0)));
        let days = self.dated();
        let start = days.partition_point(|day| month_of(month, day) < wanted);
        let end = days.partition_point(|day| month_of(month, day) <= wanted);
        &days[start..end]
    }

    /// The digests of a day, in order.
    pub fn day_digests(&self, day: &Day) -> &[Arc<KeptDigest>] {
        &self.digests[day.digests.start as usize..day.digests.end as usize]
    }

    /// All digests, by date.
    pub fn digests(&self) -> &[Arc<KeptDigest>] {
        &self.digests
    }

    /// All indices of entries, by date.
    pub fn entries(&self) -> std::ops::Range<EntryIndex> {
        0..self.entries.len() as u32
    }

    /// The digest that holds an entry.
    pub fn digest_of(&self, entry: EntryIndex) -> &Arc<KeptDigest> {
        &self.digests[self.entries[entry as usize].digest as usize]
    }

    /// What an entry says.
    pub fn entry(&self, entry: EntryIndex) -> &Entry {
        &self.digest_of(entry).digest.entries[self.entries[entry as usize].position as usize]
    }

    /// What was computed from an entry when its file was read.
    pub fn facts(&self, entry: EntryIndex) -> &Facts {
        &self.digest_of(entry).facts[self.entries[entry as usize].position as usize]
    }

    /// Where in its digest an entry stands.
    pub fn position(&self, entry: EntryIndex) -> usize {
        self.entries[entry as usize].position as usize
    }

    /// The paper that an entry is about.
    pub fn paper_of(&self, entry: EntryIndex) -> PaperIndex {
        self.entries[entry as usize].paper
    }

    /// The entries about a paper, by date.
    pub fn entries_of(&self, paper: PaperIndex) -> &[EntryIndex] {
        self.paper_entries.of(paper)
    }

    /// The part of the paper's address after `/papers/`, not encoded.
    pub fn address(&self, paper: PaperIndex) -> &str {
        self.papers[paper as usize].address.text()
    }

    /// The latest date on which the paper appears.
    pub fn date(&self, paper: PaperIndex) -> Option<Date> {
        self.papers[paper as usize].date
    }

    /// The best title; empty where no entry has one.
    pub fn title(&self, paper: PaperIndex) -> &str {
        &self.entry(self.papers[paper as usize].title).title
    }

    /// That title as Markdown, where it says more than its words.
    pub fn title_markup(&self, paper: PaperIndex) -> Option<&str> {
        self.entry(self.papers[paper as usize].title).title_markup.as_deref()
    }

    /// The entry whose authors are the paper's.
    pub fn authors_entry(&self, paper: PaperIndex) -> EntryIndex {
        self.papers[paper as usize].authors
    }

    /// Titles of other entries that differ from the best one, in order, without file names.
    pub fn other_titles(&self, paper: PaperIndex) -> Vec<&str> {
        let best = self.facts(self.papers[paper as usize].title).title.key();
        let named = self.entries_of(paper).iter().filter(|&&entry| self.facts(entry).names_paper());
        let mut titles: Vec<_> =
            named.map(|&entry| (self.facts(entry).title.key(), &self.entry(entry).title)).collect();
        keep_first(&mut titles, |(title, _)| *title);
        titles
            .into_iter()
            .filter(|(title, _)| *title != best)
            .map(|(_, title)| title.as_str())
            .collect()
    }

    /// Tags in the order of their names.
    pub fn tags(&self) -> &[TagPapers] {
        &self.tags
    }

    /// The tag with this name.
    pub fn tag(&self, name: &str) -> Option<&TagPapers> {
        self.tags
            .binary_search_by(|tag| tag.name.text().cmp(name))
            .ok()
            .map(|index| &self.tags[index])
    }

    /// Papers of a tag, newest first.
    pub fn papers_of_tag(&self, tag: &TagPapers) -> &[PaperIndex] {
        self.by_tag.of(tag.name.key())
    }

    /// Papers of the tag with this key, newest first.
    pub fn papers_with_tag(&self, tag: &Sym) -> &[PaperIndex] {
        self.by_tag.of(tag.key())
    }

    /// Every tag's key is below this.
    pub fn tag_keys(&self) -> usize {
        self.by_tag.len()
    }

    /// Tags of a paper, in the order its entries name them.
    pub fn tags_of(&self, paper: PaperIndex) -> Vec<&Sym> {
        let mut tags: Vec<&Sym> =
            self.entries_of(paper).iter().flat_map(|&entry| &self.facts(entry).tags).collect();
        keep_first(&mut tags, |tag| tag.key());
        tags
    }

    /// Whether the author with this key has a page.
    pub fn has_author_page(&self, author: &Sym) -> bool {
        self.by_author.of(author.key()).len() >= self.min_papers
    }

    /// Every author's key is below this.
    pub fn author_keys(&self) -> usize {
        self.by_author.len()
    }

    /// Papers of an author, newest first.
    pub fn papers_of_author(&self, author: &Sym) -> &[PaperIndex] {
        self.by_author.of(author.key())
    }

    /// Authors with a page, in the order of their keys.
    pub fn authors(&self) -> &[AuthorPapers] {
        self.authors.get_or_init(|| assemble::authors(self))
    }

    /// How many there are; known without making the list.
    pub fn author_count(&self) -> usize {
        (0..self.author_keys() as u32)
            .filter(|&key| self.by_author.of(key).len() >= self.min_papers)
            .count()
    }

    /// The authors of a paper who have a page, by their place among those.
    pub fn authors_with_page(&self, paper: PaperIndex) -> &[u32] {
        self.page_authors.get_or_init(|| assemble::page_authors(self)).of(paper)
    }

    /// The author with this key.
    pub fn author(&self, slug: &str) -> Option<&AuthorPapers> {
        let authors = self.authors();
        authors
            .binary_search_by(|author| author.slug.text().cmp(slug))
            .ok()
            .map(|index| &authors[index])
    }

    /// Papers that the entries of a paper name, newest first.
    pub fn mentions(&self, paper: PaperIndex) -> &[PaperIndex] {
        self.mentions.of(paper)
    }

    /// Papers whose entries name a paper, newest first.
    pub fn mentioned_in(&self, paper: PaperIndex) -> &[PaperIndex] {
        self.mentioned_in.of(paper)
    }

    /// Addresses below `/papers/` that lead to a paper: slugs of entries that came without an id.
    pub fn redirects(&self) -> &[(Sym, PaperIndex)] {
        &self.redirects
    }

    /// The paper at an address below `/papers/`.
    pub fn paper_at(&self, address: &str) -> Option<PaperIndex> {
        self.addresses
            .get_or_init(|| {
                self.papers()
                    .map(|paper| (self.papers[paper as usize].address.shared(), paper))
                    .collect()
            })
            .get(address)
            .copied()
    }

    /// What a name in a wikilink means to a text in a folder, which ends in a slash.
    pub fn named(&self, name: &str, folder: &str) -> Option<Meant> {
        self.names.get_or_init(|| names::Names::of(self)).find(name, folder)
    }

    /// Whether a name is one that a text has besides its title.
    pub fn is_alias(&self, entry: EntryIndex, name: &str) -> bool {
        let name = facts::fold(name);
        self.facts(entry).aliases.iter().any(|alias| alias.text() == name)
    }

    /// The text in the file at a path.
    pub fn text_at(&self, path: &str) -> Option<Meant> {
        self.names.get_or_init(|| names::Names::of(self)).at(path)
    }

    /// The entries of a digest, by its number.
    pub fn entries_in(&self, digest: usize) -> std::ops::Range<EntryIndex> {
        self.first_of(digest)..self.first_of(digest + 1)
    }

    fn first_of(&self, number: usize) -> u32 {
        self.entries.partition_point(|entry| (entry.digest as usize) < number) as u32
    }

    /// The paper with this id.
    pub fn paper_with_id(&self, id: &PaperId) -> Option<PaperIndex> {
        self.ids.get_or_init(|| assemble::ids(self)).get(id.address().as_str()).copied()
    }

    /// The papers nearest to a paper, best first.
    pub fn related(&self, paper: PaperIndex, count: usize, room: &mut Room) -> Vec<PaperIndex> {
        self.related_index().nearest(paper, count, room)
    }

    /// What answers which papers are near; made at the first question, by all threads if none of them asks.
    pub fn related_index(&self) -> &Related {
        self.related.get_or_init(|| Related::of(self))
    }
}

fn month_of(month: Option<i8>, day: &Day) -> Option<(i16, i8)> {
    day.date.map(|date| (date.year(), month.map_or(0, |_| date.month())))
}

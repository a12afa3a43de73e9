//! From kept digests to a Site: integers in, integers out, in time proportional to the entries.

use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::adjacency::Lists;
use super::documents::{Posts, pages_of, with_posts};
use super::facts::{Facts, KeptDigest, KeptPage, Named};
use super::interner::{Key, Keys, Sym};
use super::merge::{Candidate, Merged, merge};
use super::rules::Rules;
use super::{AuthorPapers, Day, EntryIndex, EntryRef, Item, Paper, PaperIndex, Site, TagPapers};

impl Site {
    /// Assembles a Site from what is kept, in the order of sources, files and positions.
    pub fn assemble(
        digests: &[Arc<KeptDigest>],
        pages: &[Arc<KeptPage>],
        keys: &Keys,
        rules: &Rules,
    ) -> Self {
        let mut digests: Vec<_> =
            digests.iter().filter(|digest| rules.shows(digest)).map(Arc::clone).collect();
        digests.sort_by_key(|digest| (digest.digest.date.is_none(), digest.digest.date));
        let (pages, left_out) = pages_of(pages.iter().filter(|page| rules.shows_page(&page.page)));
        let mut entries = entries(&digests);
        let facts: Vec<&Facts> = entries
            .iter()
            .map(|entry| &digests[entry.digest as usize].facts[entry.position as usize])
            .collect();
        let candidates = candidates(&digests, &entries, &facts);
        let Merged { firsts, doubts } = merge(&candidates, keys.addresses.len());
        let (days, newest) = days(&digests, &entries, &firsts);
        let papers = number(&mut entries, &firsts, &newest);
        let links = Links::of(&facts, &entries, papers, keys);
        let papers = Drafts {
            digests: &digests,
            entries: &entries,
            facts: &facts,
            lists: &links.paper_entries,
        }
        .papers(papers);
        let days = with_posts(finish_days(days, &entries), &pages);
        let tags = used_tags(&facts, &pages);
        let posts = Posts::of(&pages, keys);
        let redirects = redirects(&facts, &entries, &papers);
        Self {
            digests,
            pages,
            papers,
            paper_entries: links.paper_entries,
            days,
            tags,
            by_tag: links.by_tag,
            by_author: links.by_author,
            mentions: links.mentions,
            mentioned_in: links.mentioned_in,
            redirects,
            doubts,
            left_out,
            posts: posts.newest,
            posts_by_tag: posts.by_tag,
            names: OnceLock::new(),
            ids: OnceLock::new(),
            addresses: OnceLock::new(),
            authors: OnceLock::new(),
            page_authors: OnceLock::new(),
            related: OnceLock::new(),
            cite_keys: OnceLock::new(),
            min_papers: rules.min_papers.max(1),
            paged: rules.paged.clone(),
            roundup: rules.roundup,
            writers: rules.writers.clone(),
            writer: rules.writer.clone(),
            today: rules.today,
            families: OnceLock::new(),
            reading_lists: OnceLock::new(),
            pages_below: OnceLock::new(),
            entries,
        }
        .with_cited()
    }

    /// The same with the mentions of papers that texts cite by their keys.
    fn with_cited(mut self) -> Self {
        let cited = |entry: EntryIndex| {
            let keys = self.facts(entry).mentions.iter().filter_map(|named| match named {
                Named::Key(key) => Some(key.text()),
                _ => None,
            });
            keys.map(move |key| (entry, key))
        };
        let cited = self.entries().flat_map(cited);
        let mut new: Vec<(u32, u32)> = cited
            .filter_map(|(entry, key)| Some((self.paper_of(entry), self.paper_with_key(key)?)))
            .filter(|(from, to)| from != to)
            .collect();
        if new.is_empty() {
            return self;
        }
        new.extend(
            self.papers().flat_map(|from| self.mentions.of(from).iter().map(move |&to| (from, to))),
        );
        let mut back: Vec<(u32, u32)> = new.iter().map(|&(from, to)| (to, from)).collect();
        let papers = self.papers.len();
        self.mentions = Lists::from_pairs(papers, &mut new);
        self.mentioned_in = Lists::from_pairs(papers, &mut back);
        self
    }
}

fn candidates<'a>(
    digests: &[Arc<KeptDigest>],
    entries: &[EntryRef],
    facts: &[&'a Facts],
) -> Vec<Candidate<'a>> {
    let date = |entry: &EntryRef| digests[entry.digest as usize].digest.date;
    let all = entries.iter().zip(facts);
    all.map(|(entry, facts)| Candidate { facts, digest: entry.digest, date: date(entry) }).collect()
}

fn entries(digests: &[Arc<KeptDigest>]) -> Vec<EntryRef> {
    digests
        .iter()
        .enumerate()
        .flat_map(|(digest, kept)| {
            (0..kept.facts.len()).map(move |position| EntryRef {
                digest: digest as u32,
                position: position as u32,
                paper: 0,
            })
        })
        .collect()
}

/// Days ascending, with entries as they stand, and the first entries of papers in the order of papers.
fn days(digests: &[Arc<KeptDigest>], entries: &[EntryRef], firsts: &[u32]) -> (Vec<Day>, Vec<u32>) {
    let mut days: Vec<Day> = Vec::new();
    for (index, digest) in digests.iter().enumerate() {
        let index = index as u32;
        match days.last_mut().filter(|day| day.date == digest.digest.date) {
            Some(day) => day.digests.end = index + 1,
            None => days.push(Day {
                date: digest.digest.date,
                digests: index..index + 1,
                ..Day::default()
            }),
        }
    }
    let mut slots = vec![(u32::MAX, 0_u32); entries.len()];
    let mut entry = 0;
    for (day_index, day) in (0_u32..).zip(&mut days) {
        while entry < entries.len() && entries[entry].digest < day.digests.end {
            let first = firsts[entry] as usize;
            if slots[first].0 == day_index {
                day.items[slots[first].1 as usize].entries.push(entry as u32);
            } else {
                slots[first] = (day_index, day.items.len() as u32);
                day.items.push(Item { paper: first as u32, entries: vec![entry as u32] });
            }
            entry += 1;
        }
    }
    let newest = newest_first(&days, entries.len());
    (days, newest)
}

/// First entries of papers: by latest date, newest first, then in the order of the day; undated last.
fn newest_first(days: &[Day], entries: usize) -> Vec<u32> {
    let mut seen = vec![false; entries];
    let undated = days.iter().filter(|day| day.date.is_none());
    let mut order = Vec::new();
    for day in days.iter().rev().filter(|day| day.date.is_some()).chain(undated) {
        for item in &day.items {
            if !std::mem::replace(&mut seen[item.paper as usize], true) {
                order.push(item.paper);
            }
        }
    }
    order
}

/// Gives papers their numbers; returns how many there are.
fn number(entries: &mut [EntryRef], firsts: &[u32], newest: &[u32]) -> usize {
    let mut numbers = vec![0; entries.len()];
    for (number, &first) in (0_u32..).zip(newest) {
        numbers[first as usize] = number;
    }
    for (entry, &first) in entries.iter_mut().zip(firsts) {
        entry.paper = numbers[first as usize];
    }
    newest.len()
}

fn finish_days(mut days: Vec<Day>, entries: &[EntryRef]) -> Vec<Day> {
    for item in days.iter_mut().flat_map(|day| &mut day.items) {
        item.paper = entries[item.paper as usize].paper;
    }
    days
}

/// What refers to what.
struct Links {
    paper_entries: Lists,
    by_tag: Lists,
    by_author: Lists,
    mentions: Lists,
    mentioned_in: Lists,
}

impl Links {
    fn of(facts: &[&Facts], entries: &[EntryRef], papers: usize, keys: &Keys) -> Self {
        let each = || facts.iter().zip(entries).map(|(facts, entry)| (*facts, entry.paper));
        let mut pairs: Vec<(u32, u32)> =
            (0_u32..).zip(entries).map(|(index, entry)| (entry.paper, index)).collect();
        let paper_entries = Lists::from_pairs(papers, &mut pairs);
        pairs.extend(
            each().flat_map(|(facts, paper)| facts.all_tags().map(move |tag| (tag.key(), paper))),
        );
        let by_tag = Lists::from_pairs(keys.tags.len(), &mut pairs);
        pairs.extend(each().flat_map(|(facts, paper)| {
            facts.authors.iter().map(move |author| (author.key(), paper))
        }));
        let by_author = Lists::from_pairs(keys.authors.len(), &mut pairs);
        let names = names(each());
        let owners = owners(each(), keys.addresses.len());
        pairs.extend(each().flat_map(|(facts, paper)| {
            let (names, owners) = (&names, &owners);
            facts
                .mentions
                .iter()
                .filter_map(move |named| resolve(named, names, owners).filter(|to| *to != paper))
                .map(move |to| (paper, to))
        }));
        let mut back: Vec<(u32, u32)> = pairs.iter().map(|&(from, to)| (to, from)).collect();
        let mentions = Lists::from_pairs(papers, &mut pairs);
        let mentioned_in = Lists::from_pairs(papers, &mut back);
        Self { paper_entries, by_tag, by_author, mentions, mentioned_in }
    }
}

/// What names mean: a note before a title, that before another name, the earlier entry before the later.
fn names<'a>(
    entries: impl Iterator<Item = (&'a Facts, PaperIndex)> + Clone,
) -> FxHashMap<Key, PaperIndex> {
    let mut names = FxHashMap::default();
    for (note, paper) in
        entries.clone().filter_map(|(facts, paper)| Some((facts.note.as_ref()?, paper)))
    {
        names.entry(note.key()).or_insert(paper);
    }
    for (facts, paper) in entries.clone().filter(|(facts, _)| !facts.title.text().is_empty()) {
        names.entry(facts.title.key()).or_insert(paper);
    }
    for (facts, paper) in entries {
        for alias in &facts.aliases {
            names.entry(alias.key()).or_insert(paper);
        }
    }
    names
}

fn owners<'a>(
    entries: impl Iterator<Item = (&'a Facts, PaperIndex)>,
    addresses: usize,
) -> Vec<PaperIndex> {
    let mut owners = vec![PaperIndex::MAX; addresses];
    for (facts, paper) in entries {
        for id in &facts.ids {
            owners[id.key() as usize] = paper;
        }
    }
    owners
}

fn resolve(
    named: &Named,
    by_name: &FxHashMap<Key, PaperIndex>,
    owners: &[PaperIndex],
) -> Option<PaperIndex> {
    match named {
        Named::Address(id) => {
            owners.get(id.key() as usize).copied().filter(|owner| *owner != PaperIndex::MAX)
        }
        Named::Name(name, file) => {
            by_name.get(&name.key()).or_else(|| by_name.get(&file.key())).copied()
        }
        // Which paper has which key only the whole tells: `with_cited` adds these.
        Named::Key(_) => None,
    }
}

/// What the fields of papers are chosen from.
struct Drafts<'a> {
    digests: &'a [Arc<KeptDigest>],
    entries: &'a [EntryRef],
    facts: &'a [&'a Facts],
    lists: &'a Lists,
}

impl Drafts<'_> {
    fn papers(&self, count: usize) -> Vec<Paper> {
        let mut papers: Vec<Paper> =
            (0..count as u32).map(|paper| self.paper(self.lists.of(paper))).collect();
        self.part_slugs(&mut papers);
        papers
    }

    fn paper(&self, entries: &[EntryIndex]) -> Paper {
        let facts = |entry: EntryIndex| self.facts[entry as usize];
        let best = |key: &dyn Fn(&Facts) -> u8| {
            let least = entries.iter().copied().min_by_key(|&entry| (key(facts(entry)), entry));
            least.unwrap_or_default()
        };
        let title = best(&|facts| facts.title_rank);
        let authors = best(&|facts| facts.authors_rank);
        let id = entries
            .iter()
            .filter_map(|&entry| facts(entry).ids.first())
            .min_by_key(|id| rank(id.text()));
        let own = facts(title).own.as_ref().map_or(&facts(title).title, |own| &own.slug);
        Paper { address: id.unwrap_or(own).clone(), title, authors, date: self.latest(entries) }
    }

    fn latest(&self, entries: &[EntryIndex]) -> Option<Date> {
        entries
            .iter()
            .filter_map(|&entry| {
                self.digests[self.entries[entry as usize].digest as usize].digest.date
            })
            .max()
    }

    /// Papers without id whose slugs are equal though they are different: the first to appear keeps the slug, the others
    /// get the first of their further addresses that is free. What an address holds depends on the entry alone, so that
    /// only papers with the same slug can move each other, and none moves because it appears again.
    fn part_slugs(&self, papers: &mut [Paper]) {
        let named = |paper: &Paper| {
            self.facts[paper.title as usize].own.as_ref().filter(|own| own.slug == paper.address)
        };
        let mut taken: FxHashSet<Key> = papers
            .iter()
            .filter(|paper| named(paper).is_none())
            .map(|paper| paper.address.key())
            .collect();
        let first = |paper: usize| self.lists.of(paper as u32).first().copied().unwrap_or_default();
        let mut without: Vec<usize> =
            (0..papers.len()).filter(|&paper| named(&papers[paper]).is_some()).collect();
        without.sort_by_cached_key(|&paper| {
            let date = self.latest(&[first(paper)]);
            (date.is_none(), date, Reverse(first(paper)))
        });
        for index in without {
            let paper = &mut papers[index];
            let Some(own) = named(paper) else { continue };
            let free = [&own.slug, &own.dated, &own.exact]
                .into_iter()
                .find(|address| !taken.contains(&address.key()));
            let address = free.unwrap_or(&own.exact).clone();
            taken.insert(address.key());
            paper.address = address;
        }
    }
}

/// arXiv before DOI before OpenReview, then by the text.
fn rank(address: &str) -> (u8, &str) {
    let kind = match address {
        address if address.starts_with("doi/") => 1,
        address if address.starts_with("openreview/") => 2,
        _ => 0,
    };
    (kind, address)
}

fn used_tags(facts: &[&Facts], pages: &[Arc<KeptPage>]) -> Vec<TagPapers> {
    let mut used: FxHashMap<Key, Sym> = FxHashMap::default();
    let of_posts = pages.iter().flat_map(|page| &page.tags);
    for tag in facts.iter().flat_map(|facts| facts.all_tags()).chain(of_posts) {
        used.entry(tag.key()).or_insert_with(|| tag.clone());
    }
    let mut tags: Vec<TagPapers> = used.into_values().map(|name| TagPapers { name }).collect();
    tags.sort_unstable_by(|a, b| a.name.text().cmp(b.name.text()));
    tags
}

/// Slugs of entries that came without id into a paper that has one.
fn redirects(facts: &[&Facts], entries: &[EntryRef], papers: &[Paper]) -> Vec<(Sym, PaperIndex)> {
    let mut redirects: Vec<(Sym, PaperIndex)> = Vec::new();
    for (facts, entry) in facts.iter().zip(entries) {
        let paper = &papers[entry.paper as usize];
        let own = facts
            .own
            .as_ref()
            .filter(|own| own.slug != paper.address && !facts.title.text().is_empty());
        redirects.extend(own.map(|own| (own.slug.clone(), entry.paper)));
    }
    if redirects.is_empty() {
        return redirects;
    }
    let taken: FxHashSet<Key> = papers.iter().map(|paper| paper.address.key()).collect();
    redirects.retain(|(slug, _)| !taken.contains(&slug.key()));
    redirects.sort_by(|a, b| a.0.text().cmp(b.0.text()));
    redirects.dedup_by(|a, b| a.0 == b.0);
    redirects
}

/// Authors with a page, by slug, each with the commonest spelling.
pub(super) fn authors(site: &Site) -> Vec<AuthorPapers> {
    let mut spellings: FxHashMap<Key, (Sym, Vec<&str>)> = FxHashMap::default();
    for index in site.entries() {
        for (name, symbol) in site.entry(index).authors.iter().zip(&site.facts(index).authors) {
            if site.has_author_page(symbol) {
                spellings
                    .entry(symbol.key())
                    .or_insert_with(|| (symbol.clone(), Vec::new()))
                    .1
                    .push(name);
            }
        }
    }
    let mut authors: Vec<AuthorPapers> = spellings
        .into_values()
        .map(|(slug, mut names)| AuthorPapers { slug, name: commonest(&mut names).to_owned() })
        .collect();
    authors.sort_by_cached_key(|author| {
        (first_bytes(author.slug.text()), author.slug.clone().shared())
    });
    authors
}

/// For each paper its authors who have a page, by their place among those.
pub(super) fn page_authors(site: &Site) -> Lists {
    let mut places = vec![None; site.author_keys()];
    for (author, place) in site.authors().iter().zip(0_u32..) {
        places[author.slug.key() as usize] = Some(place);
    }
    let of = |paper| site.facts(site.authors_entry(paper)).authors.iter();
    let place = |author: &Sym| places.get(author.key() as usize).copied().flatten();
    let mut pairs: Vec<(u32, u32)> = site
        .papers()
        .flat_map(|paper| of(paper).filter_map(place).map(move |place| (paper, place)))
        .collect();
    Lists::from_pairs(site.paper_count(), &mut pairs)
}

/// A number that sorts as the first eight bytes of a text do: most comparisons need no more.
fn first_bytes(text: &str) -> u64 {
    text.bytes()
        .chain(std::iter::repeat(0))
        .take(8)
        .fold(0, |number, byte| number << 8 | u64::from(byte))
}

fn commonest<'a>(names: &mut [&'a str]) -> &'a str {
    if let [first, rest @ ..] = &*names
        && rest.iter().all(|name| name == first)
    {
        return first;
    }
    names.sort_unstable();
    let groups = names.chunk_by(|a, b| a == b);
    // The first of equals: a later one must be strictly commoner.
    groups
        .fold(
            ("", 0),
            |best, group| if group.len() > best.1 { (group[0], group.len()) } else { best },
        )
        .0
}

/// Papers by the addresses of all their ids.
pub(super) fn ids(site: &Site) -> FxHashMap<Arc<str>, PaperIndex> {
    let each = site.entries().map(|entry| (site.facts(entry), site.paper_of(entry)));
    each.flat_map(|(facts, paper)| facts.ids.iter().map(move |id| (id.shared(), paper))).collect()
}

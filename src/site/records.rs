//! The record of each paper for bibliographies, its key, and when it came out. The richest of a paper's sources speaks first: a
//! bibliography before a line typed by hand; the others fill what it leaves out.

use std::collections::HashMap;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization as _;

use super::{EntryIndex, PaperIndex, Site, Sym};
use crate::model::record::{self, FIELDS, PEOPLE, Person, Record};
use crate::model::{Entry, Link, PaperId, author};
use crate::prose;

/// What names of journals hold, and those of places that are neither journal nor conference.
const JOURNALS: &[&str] = &[
    "journal",
    "transactions",
    "letters",
    "review",
    "nature",
    "science",
    "jmlr",
    "tmlr",
    "tpami",
    "annals",
    "저널",
];
const PREPRINTS: &[&str] = &["arxiv", "biorxiv", "medrxiv", "corr", "preprint", "blog", "report"];

/// Fields of entries that have a place of their own in records, or are the site's own and no bibliography's.
const APART: &[&str] = &[
    "alias",
    "aliases",
    "ai-summary",
    "author-count",
    "cite-key",
    "doi",
    "entry-type",
    "note",
    "org",
    "published",
    "remarks",
    "see",
    "section",
    "subjects",
    "venue",
    "year",
    "keywords",
    "pinned",
    "rating",
    "status",
    "votes",
    "comments",
    "citations",
    "by",
    "presenter",
    "priority",
    "summary",
    "saved",
    "updated",
    "revised",
    record::NAME_PARTS,
];

/// Keys of citations: of each paper one that no other has.
#[derive(Debug)]
pub(super) struct CiteKeys {
    by_paper: Vec<String>,
    papers: FxHashMap<String, PaperIndex>,
}

impl Site {
    /// The record of a paper.
    pub fn record(&self, paper: PaperIndex) -> Record {
        let entries = self.sources(paper);
        let first = entries.first().map(|&entry| self.entry(entry));
        let said = |name: &str| entries.iter().find_map(|&entry| self.entry(entry).field(name));
        let library = first.filter(|entry| entry.field("cite-key").is_some());
        let title = library.map(|entry| entry.title.as_str()).filter(|title| !title.is_empty());
        let named = library.filter(|entry| !entry.authors.is_empty() || entry.org.is_some());
        let authors = named.unwrap_or_else(|| self.entry(self.authors_entry(paper)));
        let mut record = Record {
            key: self.cite_key(paper).to_owned(),
            kind: kind(said).to_owned(),
            title: title.unwrap_or_else(|| self.name_of(paper)).to_owned(),
            authors: people(authors),
            others: authors
                .fields
                .iter()
                .any(|(key, value)| key == "remarks" && author::tells_of_others(value)),
            venue: said("venue").unwrap_or_default().to_owned(),
            date: self.published_in(&entries),
            ids: self.ids_of(paper),
            keywords: self.tags_of(paper).into_iter().map(|tag| tag.text().to_owned()).collect(),
            classes: said("subjects").unwrap_or_default().to_owned(),
            ..Record::default()
        };
        let more = said("keywords").into_iter().flat_map(|words| words.split([',', ';']));
        record.keywords.extend(more.map(str::trim).filter(|w| !w.is_empty()).map(str::to_owned));
        for field in FIELDS {
            record.fields.extend(said(field.name).map(|value| (field, value.to_owned())));
        }
        for field in PEOPLE {
            record.people.extend(said(field.name).map(|names| (field, record::listed(names).0)));
        }
        for &entry in entries.iter().rev() {
            add_rest(self.entry(entry), &mut record);
        }
        self.add_links(&entries, &mut record);
        record
    }

    /// The abstract of a paper as its record has it: paragraphs of plain text, parted by empty lines; empty where there is
    /// none. It is apart from the record because it takes as long as all the rest, which most places want without it.
    pub fn abstract_of(&self, paper: PaperIndex) -> String {
        let sources = self.sources(paper);
        let all = sources.iter().filter_map(|&entry| self.entry(entry).abstract_text.as_ref());
        let mut told = all.filter(|text| !text.text.trim().is_empty());
        told.next().map(|text| paragraphs(&text.text)).unwrap_or_default()
    }

    /// The entries about a paper, the richest first.
    fn sources(&self, paper: PaperIndex) -> Vec<EntryIndex> {
        let mut entries = self.entries_of(paper).to_vec();
        if entries.len() > 1 {
            entries.sort_by_cached_key(|&entry| std::cmp::Reverse(self.riches(entry)));
        }
        entries
    }

    fn riches(&self, entry: EntryIndex) -> usize {
        let entry = self.entry(entry);
        let of_library = if entry.field("cite-key").is_some() { 8 } else { 0 };
        of_library
            + entry
                .fields
                .iter()
                .filter(|(name, _)| {
                    record::is_field(name) || matches!(name.as_str(), "venue" | "doi" | "published")
                })
                .count()
    }

    /// The first address that tells more than the ids do, the others beside it, and what belongs to the paper.
    fn add_links(&self, entries: &[EntryIndex], record: &mut Record) {
        let mut bare: Vec<&str> = Vec::new();
        for link in entries.iter().flat_map(|&entry| &self.entry(entry).links) {
            match &link.key {
                Some(_) if !record.links.iter().any(|known| known.url == link.url) => {
                    record.links.push(Link { key: link.key.clone(), url: link.url.clone() });
                }
                None if !bare.contains(&link.url.as_str()) => bare.push(&link.url),
                _ => {}
            }
        }
        // Only a bibliography says which of several addresses is the paper's; by hand, people put code and blogs there as well.
        let of_library = entries.first().is_some_and(|&entry| self.is_of_library(entry));
        let place = bare.iter().position(tells).filter(|_| of_library || record.ids.is_empty());
        let place = place.or((!bare.is_empty() && of_library).then_some(0));
        let chosen = place.map(|place| bare.remove(place).to_owned());
        record.url = chosen.or_else(|| record.ids.first().map(PaperId::url)).unwrap_or_default();
        bare.retain(tells);
        if of_library && record.note.is_empty() && !bare.is_empty() {
            bare.remove(0).clone_into(&mut record.note);
        }
        record.more_urls = bare.into_iter().map(str::to_owned).collect();
    }

    fn is_of_library(&self, entry: EntryIndex) -> bool {
        self.entry(entry).field("cite-key").is_some()
    }

    /// A paper's title; what its address says of one without.
    fn name_of(&self, paper: PaperIndex) -> &str {
        match self.title(paper) {
            "" => self.address(paper),
            title => title,
        }
    }

    /// All ids of a paper, best first.
    pub fn ids_of(&self, paper: PaperIndex) -> Vec<PaperId> {
        let entries = self.entries_of(paper).iter();
        let mut ids: Vec<PaperId> = entries.flat_map(|&entry| self.entry(entry).ids()).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// When a paper came out, as far as it is known: its source's word, its arXiv id's month, nothing.
    pub fn published(&self, paper: PaperIndex) -> String {
        self.published_in(&self.sources(paper))
    }

    fn published_in(&self, sources: &[EntryIndex]) -> String {
        if let Some(date) = ["published", "year"]
            .into_iter()
            .find_map(|name| sources.iter().find_map(|&entry| self.entry(entry).field(name)))
        {
            return date_in(date).unwrap_or(date).to_owned();
        }
        let facts = sources.iter().map(|&entry| self.facts(entry));
        let addresses = facts.flat_map(|facts| facts.ids.iter().map(Sym::text));
        addresses.filter(|id| !id.starts_with("doi/")).find_map(arxiv_month).unwrap_or_default()
    }

    /// The key by which a paper is cited: the oldest of several with one keeps it as it is.
    pub fn cite_key(&self, paper: PaperIndex) -> &str {
        self.cite_keys().by_paper.get(paper as usize).map_or("paper", String::as_str)
    }

    /// The paper that a key cites, also one that its bibliography spells otherwise.
    pub fn paper_with_key(&self, key: &str) -> Option<PaperIndex> {
        let papers = &self.cite_keys().papers;
        papers.get(key).or_else(|| papers.get(&plain(key, KEY_MARKS))).copied()
    }

    /// The key that is most like another.
    pub fn key_like(&self, key: &str) -> Option<&str> {
        let small = key.to_lowercase();
        let keys = self.cite_keys().by_paper.iter();
        let near = |known: &String| strsim::jaro_winkler(&small, &known.to_lowercase());
        let best = keys.max_by(|a, b| near(a).total_cmp(&near(b)))?;
        (near(best) > 0.8).then_some(best)
    }

    fn cite_keys(&self) -> &CiteKeys {
        self.cite_keys.get_or_init(|| {
            let mut keys = vec![String::new(); self.paper_count()];
            let mut taken: HashMap<String, usize> = HashMap::with_capacity(keys.len());
            for paper in self.papers().rev() {
                let key = self.wanted_key(paper);
                let mut own = key.clone();
                while taken.contains_key(&own) {
                    let count = taken.entry(key.clone()).or_default();
                    *count += 1;
                    own = format!("{key}{}", letters(*count));
                }
                taken.insert(own.clone(), 0);
                keys[paper as usize] = own;
            }
            let papers = keys.iter().cloned().zip(self.papers()).collect();
            CiteKeys { by_paper: keys, papers }
        })
    }

    /// The key that a bibliography gave, else `zhou2025inductive-250307565`: the first author's name, the year, a word of the
    /// title, and the address.
    fn wanted_key(&self, paper: PaperIndex) -> String {
        let given = self.said_of(paper, "cite-key").map(|key| plain(key, KEY_MARKS));
        if let Some(key) = given.filter(|key| !key.is_empty()) {
            return key;
        }
        let entry = self.entry(self.authors_entry(paper));
        let first = entry.authors.first().map(|name| {
            if author::is_group(name) {
                &name[..name.find(' ').unwrap_or(name.len())]
            } else {
                author::Name::of(name).family
            }
        });
        let name = first.or(entry.org.as_deref()).unwrap_or_default();
        let title = self.name_of(paper);
        let word = title.split_whitespace().find(|word| word.len() > 3).unwrap_or_default();
        let published = self.published(paper);
        let year = record::year_in(&published);
        let key = format!("{}{year}{}-{}", small(name), small(word), small(self.address(paper)));
        key.trim_start_matches('-').to_owned()
    }
}

fn small(text: &str) -> String {
    plain(text, "").to_lowercase()
}

fn tells(url: &&str) -> bool {
    PaperId::parse(url).is_none_or(|id| matches!(id, PaperId::OpenReview(_)))
}

/// What keys hold besides letters and digits; nothing that BibTeX, TeX or a citation in a text would end them at.
const KEY_MARKS: &str = "-_:.+/";

/// What metadata calls the kind of a record. A bibliography tells it; a venue alone, typed by hand, is a journal if it is called
/// like one, else a conference.
fn kind<'s>(said: impl Fn(&str) -> Option<&'s str>) -> &'s str {
    if let Some(told) = said("entry-type") {
        return told;
    }
    let venue = match said("venue") {
        Some(venue) if said("cite-key").is_none() => venue.to_lowercase(),
        _ => return "misc",
    };
    match () {
        () if PREPRINTS.iter().any(|word| venue.contains(word)) => "misc",
        () if JOURNALS.iter().any(|word| venue.contains(word)) => "article",
        () => "inproceedings",
    }
}

/// The authors by the parts of their names, as far as these are told; the organisation where there are none.
fn people(entry: &Entry) -> Vec<Person> {
    if let Some(parts) = entry.field(record::NAME_PARTS) {
        let people = record::listed(parts).0;
        let shown: Vec<String> = people.iter().map(Person::shown).collect();
        let named = shown.iter().filter(|name| entry.authors.contains(name)).count();
        if named == entry.authors.len() && (named > 0 || entry.org.is_some()) {
            return people;
        }
    }
    let all = entry.authors.iter().map(|name| Person::of(name));
    let org = entry.org.iter().filter(|_| entry.authors.is_empty()).map(|org| Person::whole(org));
    all.chain(org).collect()
}

/// Adds what entries say that is no field of [`FIELDS`]; the richest is asked last, so that its word stays.
fn add_rest(entry: &Entry, record: &mut Record) {
    let remarks = entry.fields.iter().filter(|(name, _)| name == "remarks").map(|(_, text)| text);
    let remarks: Vec<&str> =
        remarks.map(String::as_str).filter(|text| !author::tells_of_others(text)).collect();
    if !remarks.is_empty() {
        record.note = remarks.join(" ");
    }
    if entry.field("cite-key").is_none() {
        return;
    }
    for (name, value) in &entry.fields {
        let is_own = !APART.contains(&name.as_str()) && !record::is_field(name);
        if is_own && !record.own.iter().any(|(known, _)| known == name) {
            record.own.push((name.clone(), value.clone()));
        }
    }
}

/// The words of Markdown, its paragraphs parted by empty lines.
fn paragraphs(text: &str) -> String {
    let plain = prose::with_formulas(text);
    plain.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The ASCII letters and digits of a text, those under accents too, and some marks.
fn plain(text: &str, marks: &str) -> String {
    text.nfkd().filter(|c| c.is_ascii_alphanumeric() || marks.contains(*c)).collect()
}

/// a, b, …, z, ba, …
fn letters(number: usize) -> String {
    if number < 26 {
        letter(number).into()
    } else {
        format!("{}{}", letters(number / 26), letter(number))
    }
}

fn letter(digit: usize) -> char {
    char::from(b'a' + (digit % 26) as u8)
}

/// The date that a text begins with: `2021-03-12T…`; the text stays where it says no date in ISO.
fn date_in(text: &str) -> Option<&str> {
    let form = b"dddd-dd-dd";
    let whole =
        [10, 7, 4].into_iter().filter(|length| text.is_char_boundary(*length)).find(|length| {
            let head = text.as_bytes().get(..*length);
            let rest = &text[*length..];
            let time = rest.strip_prefix(['T', ' ']);
            let ended = rest.is_empty()
                || time.is_some_and(|time| time.starts_with(|c: char| c.is_ascii_digit()));
            head.is_some_and(|head| {
                head.iter()
                    .zip(form)
                    .all(|(b, form)| if *form == b'd' { b.is_ascii_digit() } else { b == form })
            }) && ended
        });
    whole.map(|length| &text[..length])
}

/// `2503.07565` → `2025-03`; old ids carry the month after the slash.
fn arxiv_month(number: &str) -> Option<String> {
    let digits = number.rsplit('/').next()?.get(..4)?;
    let (year, month): (u32, u32) =
        (digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse().ok()?);
    let century = if year > 90 { 1900 } else { 2000 };
    (1..=12).contains(&month).then(|| format!("{}-{month:02}", century + year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_of_ascii() {
        assert_eq!(plain("Žárová & 灯: x_1", ""), "Zarovax1");
        assert_eq!(plain("c. 1998 a{b},%", KEY_MARKS), "c.1998ab");
        assert_eq!([0, 1, 25, 26, 27].map(letters), ["a", "b", "z", "ba", "bb"]);
    }

    #[test]
    fn dates_are_told_from_words() {
        for (text, date, year) in [
            ("2021", Some("2021"), "2021"),
            ("2021-07", Some("2021-07"), "2021"),
            ("2021-07-03T10:00:00Z", Some("2021-07-03"), "2021"),
            ("c. 1998", None, "1998"),
            ("2021-03-12 10:00", Some("2021-03-12"), "2021"),
            ("2021 Spring", None, "2021"),
            ("2021년 3월", None, "2021"),
            ("20213", None, ""),
            ("2024-06-01/2024-06-05", None, "2024"),
            ("", None, ""),
        ] {
            assert_eq!((date_in(text), record::year_in(text)), (date, year), "{text}");
        }
    }
}

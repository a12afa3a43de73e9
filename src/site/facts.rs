//! What one file alone tells about its entries, computed when the file is read and kept with it.

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization as _;

use super::interner::{Keys, Sym};
use super::library::Aliases;
use super::related;
use crate::diagnostic::SourceText;
use crate::model::route::{Route, short_hash, slug, suffixed};
use crate::model::{Digest, Entry, Lang, Page, PaperId, Prose, Tag, keep_first};
use crate::prose::{self, Target};

/// A digest with the file it came from and the facts of its entries.
#[derive(Debug)]
pub struct KeptDigest {
    /// The file.
    pub source: Arc<SourceText>,
    /// The folder of the file as shown, ending in a slash: where its images are looked for.
    pub folder: String,
    /// 0 for `content/`, then `[[sources]]` in order.
    pub origin: usize,
    /// Language of unmarked text, where the document or its source says one.
    pub lang: Option<Lang>,
    /// Relative paths of images and files that its texts show.
    pub files: Vec<String>,
    /// What it says.
    pub digest: Digest,
    /// One for each entry.
    pub facts: Vec<Facts>,
    terms: OnceLock<Vec<related::Terms>>,
}

/// A plain page with the file it came from.
#[derive(Debug)]
pub struct KeptPage {
    /// The file.
    pub source: Arc<SourceText>,
    /// The folder of the file as shown, ending in a slash.
    pub folder: String,
    /// The address below the root, without slashes at its ends: `about`. Empty for the page that opens the home page.
    pub address: String,
    /// 0 for `content/`, then `[[sources]]` in order.
    pub origin: usize,
    /// What it says.
    pub page: Page,
    /// Tags whose pages list it, where it is a post.
    pub tags: Vec<Sym>,
}

impl KeptPage {
    /// The same with numbers for its tags, and for those above them.
    #[must_use]
    pub fn with_tags(mut self, keys: &mut Keys) -> Self {
        if self.page.date.is_some() {
            self.tags =
                self.page.meta.tags.iter().map(|tag| keys.tags.intern(tag.as_str())).collect();
            keep_first(&mut self.tags, Sym::key);
            let parents = parent_tags(&self.tags, keys);
            self.tags.extend(parents);
        }
        self
    }

    /// Where it is.
    pub fn route(&self) -> Route {
        Route::of_page(&self.address)
    }

    /// Where the canonical Markdown of a post is.
    pub fn markdown_route(&self) -> Route {
        Route::File(format!("{}/index.md", self.address))
    }
}

/// What merging needs to know of an entry.
#[derive(Debug)]
pub struct Facts {
    /// Addresses of the entry's ids, best first.
    pub ids: Vec<Sym>,
    /// The addresses it has by its title alone, or had before the program read its id.
    pub own: Option<OwnAddress>,
    /// The title, folded.
    pub title: Sym,
    /// How good the title is; less is better.
    pub title_rank: u8,
    /// The note it came from, folded.
    pub note: Option<Sym>,
    /// Keys that may cite it, folded: its own, and the name of its note.
    pub cite_keys: Vec<Sym>,
    /// Where it links to, hashed, if it came from a note.
    pub links: Vec<u64>,
    /// Other names that wikilinks may use, folded.
    pub aliases: Vec<Sym>,
    /// Its own tags and its digest's, aliases resolved.
    pub tags: Vec<Sym>,
    /// Tags above those: `optics` for `optics/lamps`, whose page lists the entry as well.
    pub parent_tags: Vec<Sym>,
    /// Keys under which spellings of a person are one, by author.
    pub authors: Vec<Sym>,
    /// Whether the entry names authors at all.
    pub has_authors: bool,
    /// How little it says of them; less is better.
    pub authors_rank: u8,
    /// What its text names.
    pub mentions: Vec<Named>,
}

/// The addresses of an entry without id.
#[derive(Debug)]
pub struct OwnAddress {
    /// The slug of its title.
    pub slug: Sym,
    /// The same with its date, where another paper has the title.
    pub dated: Sym,
    /// The same with letters that stand for the title as it is written, the authors and the file, where another paper
    /// of the date has the title.
    pub exact: Sym,
}

impl OwnAddress {
    fn of([slug, dated, exact]: [Sym; 3]) -> Self {
        Self { slug, dated, exact }
    }
}

/// Something named in a text.
#[derive(Debug, Clone)]
pub enum Named {
    /// By an id.
    Address(Sym),
    /// By a wikilink: what it says, and that without folders.
    Name(Sym, Sym),
    /// By the key that cites it.
    Key(Sym),
}

impl Facts {
    /// Every tag whose page lists the entry.
    pub fn all_tags(&self) -> impl Iterator<Item = &Sym> {
        self.tags.iter().chain(&self.parent_tags)
    }

    /// Whether the title is one that can join entries: not empty and not a file name.
    pub fn names_paper(&self) -> bool {
        self.title_rank < FILE_NAME
    }
}

/// Most levels of a tag that have pages of their own; nobody writes more, and each costs an address.
const TAG_LEVELS: usize = 8;

/// Rank of a title with authors beside it.
const FULL: u8 = 0;
/// Rank of any other title that stands in the text.
const SHORT: u8 = 1;
/// Rank of a title taken from a file name.
const FILE_NAME: u8 = 2;
/// Rank of no title.
const MISSING: u8 = 3;

impl KeptDigest {
    /// Gives the names of a draft their numbers.
    pub fn new(draft: ParsedDigest, keys: &mut Keys) -> Self {
        let facts = draft.facts.into_iter().map(|facts| facts.intern(keys)).collect();
        Self {
            source: draft.source,
            folder: draft.folder,
            origin: draft.origin,
            lang: draft.lang,
            files: draft.files,
            digest: draft.digest,
            facts,
            terms: OnceLock::new(),
        }
    }

    /// Terms of each entry, for related papers; computed when first asked for.
    pub(super) fn terms(&self) -> &[related::Terms] {
        self.terms.get_or_init(|| {
            self.digest.entries.iter().zip(&self.facts).map(related::terms).collect()
        })
    }
}

/// A digest with its facts as text: needs no keys, so it can be made by any thread.
#[derive(Debug)]
pub struct ParsedDigest {
    source: Arc<SourceText>,
    folder: String,
    origin: usize,
    lang: Option<Lang>,
    files: Vec<String>,
    digest: Digest,
    facts: Vec<ParsedFacts>,
}

impl ParsedDigest {
    /// Computes the facts of a digest's entries, aliases of tags and authors resolved. Its file comes with the place that
    /// addresses may tell of it.
    pub fn new(
        (source, place): (Arc<SourceText>, &str),
        folder: String,
        mut digest: Digest,
        aliases: &Aliases,
    ) -> Self {
        let facts = (1..).zip(&digest.entries).map(|(number, entry)| {
            let here = Here { path: place, date: digest.date, number };
            ParsedFacts::of(entry, tags_of(aliases, &digest, entry), aliases, &here)
        });
        let facts = facts.collect();
        keep_no_slack(&mut digest);
        let files = texts(&digest).flat_map(|text| prose::files(&text.text)).collect();
        Self { source, folder, origin: 0, lang: digest.meta.lang.clone(), files, digest, facts }
    }
}

fn tags_of(aliases: &Aliases, digest: &Digest, entry: &Entry) -> Vec<Tag> {
    let all = entry.tags.iter().chain(&digest.meta.tags);
    all.map(|tag| aliases.canonical(tag)).collect()
}

fn texts(digest: &Digest) -> impl Iterator<Item = &Prose> {
    let entries = digest.entries.iter().flat_map(Entry::texts);
    digest.intro.iter().map(|passage| &passage.text).chain(entries)
}

/// Texts grow while they are read, and are kept for as long as the site is: a quarter of the memory was room
/// that nothing would fill.
fn keep_no_slack(digest: &mut Digest) {
    for entry in &mut digest.entries {
        let texts =
            entry.body.iter_mut().map(|passage| &mut passage.text).chain(&mut entry.abstract_text);
        for text in
            texts.filter(|text| text.text.capacity() > text.text.len() + text.text.len() / 8)
        {
            text.text.shrink_to_fit();
        }
    }
}

/// Where an entry stands.
struct Here<'a> {
    path: &'a str,
    date: Option<Date>,
    number: usize,
}

impl Here<'_> {
    /// The address by title alone; an entry without title is called after its place.
    fn slug(&self, title: &str) -> String {
        match title {
            "" => slug(&format!("{} {}", self.path, self.number)),
            title => slug(title),
        }
    }

    /// The addresses that an entry has by its title: each longer, and shared with fewer others, than the one before.
    fn addresses(&self, entry: &Entry) -> [String; 3] {
        let plain = self.slug(&entry.title);
        let place = self.date.map_or_else(|| slug(self.path), |date| date.to_string());
        let dated = suffixed(&plain, &place);
        let exact = [
            &[self.path, &entry.title],
            &*entry.authors.iter().map(String::as_str).collect::<Vec<_>>(),
        ]
        .concat();
        let exact = suffixed(&dated, &short_hash(&exact.join("\n")));
        [plain, dated, exact]
    }
}

impl ParsedDigest {
    /// The same with its source, and the language of that where the document says none.
    #[must_use]
    pub fn of_source(mut self, origin: usize, lang: Option<&Lang>) -> Self {
        self.origin = origin;
        self.lang = self.lang.or_else(|| lang.cloned());
        self
    }
}

#[derive(Debug)]
struct ParsedFacts {
    ids: Vec<String>,
    /// The addresses that its title gives it.
    own: Option<[String; 3]>,
    title: String,
    title_rank: u8,
    note: Option<String>,
    cite_keys: Vec<String>,
    links: Vec<u64>,
    aliases: Vec<String>,
    tags: Vec<Tag>,
    authors: Vec<String>,
    has_authors: bool,
    authors_rank: u8,
    mentions: Vec<Target>,
}

impl ParsedFacts {
    fn of(entry: &Entry, tags: Vec<Tag>, aliases: &Aliases, here: &Here<'_>) -> Self {
        let mut ids = entry.ids();
        ids.sort();
        let only_doi = ids.iter().all(|id| matches!(id, PaperId::Doi(_)));
        let has_own = ids.is_empty() || only_doi && entry.is_named_by_publisher();
        let own = has_own.then(|| here.addresses(entry));
        Self {
            ids: ids.iter().map(PaperId::address).collect(),
            own,
            title: fold(&entry.title),
            title_rank: title_rank(entry),
            note: entry.field("note").map(fold),
            cite_keys: cite_keys(entry),
            links: entry.field("note").map(|_| links(entry)).unwrap_or_default(),
            aliases: entry
                .field("aliases")
                .into_iter()
                .flat_map(|names| names.split(','))
                .map(fold)
                .collect(),
            tags,
            authors: entry.authors.iter().map(|name| aliases.author(name)).collect(),
            has_authors: !entry.authors.is_empty(),
            authors_rank: authors_rank(entry),
            mentions: mentions(entry),
        }
    }

    fn intern(self, keys: &mut Keys) -> Facts {
        let mut tags: Vec<Sym> =
            self.tags.iter().map(|tag| keys.tags.intern(tag.as_str())).collect();
        keep_first(&mut tags, Sym::key);
        let parent_tags = parent_tags(&tags, keys);
        Facts {
            ids: self.ids.iter().map(|id| keys.addresses.intern(id)).collect(),
            own: self
                .own
                .map(|own| own.map(|address| keys.addresses.intern(&address)))
                .map(OwnAddress::of),
            title: keys.names.intern(&self.title),
            title_rank: self.title_rank,
            note: self.note.map(|note| keys.names.intern(&note)),
            cite_keys: self.cite_keys.iter().map(|key| keys.names.intern(key)).collect(),
            links: self.links,
            aliases: self.aliases.iter().map(|alias| keys.names.intern(alias)).collect(),
            tags,
            parent_tags,
            authors: self.authors.iter().map(|author| keys.authors.intern(author)).collect(),
            has_authors: self.has_authors,
            authors_rank: self.authors_rank,
            mentions: self.mentions.iter().map(|target| named(target, keys)).collect(),
        }
    }
}

/// The tags above some tags that are not among them.
fn parent_tags(tags: &[Sym], keys: &mut Keys) -> Vec<Sym> {
    let names: Vec<_> =
        tags.iter().filter(|tag| tag.text().contains('/')).map(Sym::shared).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let ends = names.iter().flat_map(|name| {
        name.match_indices('/').take(TAG_LEVELS).map(move |(end, _)| &name[..end])
    });
    // Tags that the entry has itself stand first, so that only parents beside them are left.
    let mut all: Vec<Sym> =
        tags.iter().cloned().chain(ends.map(|name| keys.tags.intern(name))).collect();
    keep_first(&mut all, Sym::key);
    all.split_off(tags.len())
}

fn named(target: &Target, keys: &mut Keys) -> Named {
    match target {
        Target::Key(key) => Named::Key(keys.names.intern(key)),
        Target::Paper(id) => Named::Address(keys.addresses.intern(&id.address())),
        Target::Wikilink(name) => {
            if let Some(id) = PaperId::parse(name) {
                return Named::Address(keys.addresses.intern(&id.address()));
            }
            let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
            Named::Name(keys.names.intern(&fold(name)), keys.names.intern(&fold(file)))
        }
    }
}

fn mentions(entry: &Entry) -> Vec<Target> {
    let mut named: Vec<Target> = entry
        .texts()
        .flat_map(|text| prose::mentions(&text.text))
        .map(|found| found.target)
        .collect();
    let see = entry.fields.iter().filter(|(key, _)| key == "see");
    named.extend(see.flat_map(|(_, value)| prose::mentions(value)).map(|found| found.target));
    named
}

/// The key that an entry says, and the name of its note, which may be one: `@wick2024`.
fn cite_keys(entry: &Entry) -> Vec<String> {
    let said = entry.field("cite-key").into_iter().chain(entry.field("note"));
    let mut keys: Vec<String> = said.map(|key| fold(key.trim_start_matches('@'))).collect();
    keys.dedup();
    keys
}

fn links(entry: &Entry) -> Vec<u64> {
    entry.links.iter().map(|link| xxhash_rust::xxh3::xxh3_64(link.url.as_bytes())).collect()
}

/// Lists may name people by their last names alone. Scripts after Latin part no names by spaces.
fn authors_rank(entry: &Entry) -> u8 {
    let is_last = |name: &String| name.chars().all(|c| c.is_alphabetic() && c < '\u{0250}');
    match entry.authors.as_slice() {
        [] => 2,
        names => u8::from(names.iter().all(is_last)),
    }
}

fn title_rank(entry: &Entry) -> u8 {
    let from_file = || entry.field("note").is_some_and(|note| note.ends_with(&entry.title));
    match () {
        () if entry.title.is_empty() => MISSING,
        () if !entry.authors.is_empty() => FULL,
        () if from_file() => FILE_NAME,
        () => SHORT,
    }
}

/// A name as names are compared: lower case, composed, white space folded.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        if word.is_ascii() {
            folded.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            folded.extend(word.nfc().flat_map(char::to_lowercase));
        }
    }
    folded
}

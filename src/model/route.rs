//! Every address of the site: a [`Route`] to its path and file. What is at an address, the plan knows.
//!
//! The only place that knows what URLs look like. It knows no site: whether a route exists is for
//! `plan` to say.

mod base;
mod slug;
mod tree;

use std::fmt::Write as _;

use jiff::civil::Date;

pub use base::{BaseUrl, encode_path};
pub use slug::{FILE_NAME, fit, short_hash, slug, suffixed};
pub use tree::Tree;

/// One address of the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// `/`, and the older digests on `/page/2/` …
    Home(u32),
    /// `/2025/03/12/`
    Date(Date),
    /// `/2025/03/`
    Month(i16, i8),
    /// `/2025/`
    Year(i16),
    /// `/papers/2503.07565/`; the paper's address, not encoded.
    Paper(String),
    /// `/tags/diffusion/`, and further pages.
    Tag(String, u32),
    /// `/authors/kaiming-he/`, and further pages.
    Author(String, u32),
    /// `/about/`; the path below `content/` without extension.
    Page(String),
    /// `/archive/`, `/tags/` and the like, by that name, and further pages.
    Index(&'static str, u32),
    /// `/search/index.json`
    SearchIndex,
    /// `/search/words/7.txt`
    SearchWords(u32),
    /// `/search/results/3.json`
    SearchResults(u32),
    /// `/search/facets.json`
    SearchFacets,
    /// `/search/opensearch.xml`
    OpenSearch,
    /// `/feed.xml`, `/tags/diffusion/feed.xml`, `/authors/…/feed.xml`, `/weekly/rss.xml`
    Feed(FeedOf, FeedFormat),
    /// `/2025/03/12/index.md`
    Markdown(Date),
    /// `/2025/03/12/card.png`
    DateCard(Date),
    /// `/papers/2503.07565/card.png`
    PaperCard(String),
    /// `/papers/2503.07565/cite.bib`: a file beside a page, by its name. It is for machines, so it is at the root, once.
    Beside(Box<Self>, &'static str),
    /// `/404.html`
    NotFound,
    /// `/sitemap.xml`, or its parts `/sitemap-1.xml` …
    Sitemap(u32),
    /// `/robots.txt`, `/papers.bib`, a static file, an image: a path as it is.
    File(String),
    /// An old address that leads elsewhere; a path with or without a slash at its end.
    Redirect(String),
}

/// What a feed is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedOf {
    /// An entry a digest.
    Site,
    /// The same in one of the languages that share pages, by its tag.
    Language(String),
    /// An entry a paper.
    Tag(String),
    /// An entry a paper.
    Author(String),
    /// An entry a paper, or a part of a series: of a family's name and a value's.
    Collection(String, String),
    /// An entry a week or a month: of a family of round-ups, by its name.
    Roundups(&'static str),
}

/// The formats of feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedFormat {
    /// `feed.xml`
    Atom,
    /// `feed.json`
    Json,
    /// `rss.xml`: RSS 2.0
    Rss,
}

impl Route {
    /// The route of a plain page; the one without an address is home.
    pub fn of_page(address: &str) -> Self {
        if address.is_empty() { Self::Home(1) } else { Self::Page(address.to_owned()) }
    }

    /// Whether a page called so would stand where sites have something of their own.
    pub fn is_reserved(name: &str) -> bool {
        let is_year = name.len() == 4 && name.bytes().all(|byte| byte.is_ascii_digit());
        is_year || ["archive", "tags", "authors", "stats", "search"].contains(&name)
    }

    /// The path below the site's root, not percent-encoded: `2025/03/12/`; empty for home.
    pub fn path(&self) -> String {
        match self {
            Self::Home(..=1) => String::new(),
            Self::Home(page) => format!("page/{page}/"),
            Self::Date(date) => day(*date),
            Self::Month(year, month) => format!("{year:04}/{month:02}/"),
            Self::Year(year) => format!("{year:04}/"),
            Self::Paper(address) => ["papers/", address, "/"].concat(),
            Self::Tag(tag, ..=1) => ["tags/", tag, "/"].concat(),
            Self::Tag(tag, page) => format!("tags/{tag}/page/{page}/"),
            Self::Author(author, ..=1) => ["authors/", author, "/"].concat(),
            Self::Author(author, page) => format!("authors/{author}/page/{page}/"),
            Self::Page(path) => format!("{path}/"),
            Self::Index(name, ..=1) => [name, "/"].concat(),
            Self::Index(name, page) => format!("{name}/page/{page}/"),
            Self::SearchIndex => "search/index.json".into(),
            Self::SearchWords(file) => format!("search/words/{file}.txt"),
            Self::SearchResults(file) => format!("search/results/{file}.json"),
            Self::SearchFacets => "search/facets.json".into(),
            Self::OpenSearch => "search/opensearch.xml".into(),
            Self::Feed(of, format) => format!("{}{}", of.folder(), format.file_name()),
            Self::Markdown(date) => format!("{}index.md", day(*date)),
            Self::DateCard(date) => format!("{}card.png", day(*date)),
            Self::PaperCard(address) => format!("papers/{address}/card.png"),
            Self::Beside(page, name) => page.path() + name,
            Self::NotFound => "404.html".into(),
            Self::Sitemap(0) => "sitemap.xml".into(),
            Self::Sitemap(part) => format!("sitemap-{part}.xml"),
            Self::File(path) | Self::Redirect(path) => path.clone(),
        }
    }

    /// Which page of a list it is, counted from 1.
    pub fn page(&self) -> u32 {
        match self {
            Self::Home(page)
            | Self::Index(_, page)
            | Self::Tag(_, page)
            | Self::Author(_, page) => *page,
            _ => 1,
        }
    }

    /// Whether every tree of a site has it, in its own language; all else is at the root, once.
    pub fn is_of_trees(&self) -> bool {
        use Route::{
            Beside, File, Markdown, NotFound, SearchFacets, SearchIndex, SearchWords, Sitemap,
        };
        !matches!(
            self,
            Beside(..)
                | Markdown(_)
                | NotFound
                | Sitemap(_)
                | SearchIndex
                | SearchWords(_)
                | SearchFacets
                | File(_)
        )
    }

    /// The file below the output folder that holds it.
    pub fn file(&self) -> String {
        let mut path = self.path();
        let is_redirect = matches!(self, Self::Redirect(_));
        let named = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
        if path.is_empty() || path.ends_with('/') {
            path.push_str("index.html");
        } else if is_redirect && !named {
            path.push_str("/index.html");
        }
        path
    }
}

impl FeedOf {
    fn folder(&self) -> String {
        match self {
            Self::Site => String::new(),
            Self::Language(lang) => format!("{lang}/"),
            Self::Tag(tag) => Route::Tag(tag.clone(), 1).path(),
            Self::Author(author) => Route::Author(author.clone(), 1).path(),
            Self::Collection(family, of) => format!("{family}/{of}/"),
            Self::Roundups(family) => format!("{family}/"),
        }
    }
}

impl FeedFormat {
    fn file_name(self) -> &'static str {
        match self {
            Self::Atom => "feed.xml",
            Self::Json => "feed.json",
            Self::Rss => "rss.xml",
        }
    }
}

/// The same for an address as templates write it: every tree has pages, their feeds and their cards.
pub fn is_path_of_trees(path: &str) -> bool {
    let (path, _) = split_part(path);
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(name, "" | "feed.xml" | "feed.json" | "rss.xml" | "card.png" | "opensearch.xml")
}

/// The path below the site's root that an address written by hand means: decoded, without leading slash; the slash at
/// its end stays, if there is one.
pub fn redirect_path(written: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(written).decode_utf8_lossy();
    let path = decoded.trim_matches('/');
    if path.is_empty() || !decoded.ends_with('/') { path.to_owned() } else { format!("{path}/") }
}

/// An address written by hand, cut before the part or the query it ends with.
pub fn split_part(address: &str) -> (&str, &str) {
    address.split_at(address.find(['#', '?']).unwrap_or(address.len()))
}

fn day(date: Date) -> String {
    let mut out = String::with_capacity(11);
    // Writing to a string cannot fail.
    let _ = write!(out, "{:04}/{:02}/{:02}/", date.year(), date.month(), date.day());
    out
}

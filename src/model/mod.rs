//! The model: what a source says, as plain data.
//!
//! A [`Digest`] is one dated document, an [`Entry`] what it says about one paper. Nothing here knows files,
//! Markdown events, the site or a theme. Equality is equality of what is said: places in the source
//! ([`Prose::origin`], [`Entry::span`]) never count, so that `read(write(digest)) == digest` can be tested.

pub mod author;
pub mod fit;
pub mod id;
pub mod lang;
pub mod limits;
pub mod prose;
pub mod record;
pub mod route;
pub mod tag;

use std::hash::Hash;
use std::ops::Range;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

pub use id::PaperId;
pub use lang::Lang;
pub use prose::{Place, Prose};
pub use tag::Tag;

/// Leaves of equal things the first; in time that grows with the list, for lists come from files of any size.
pub fn keep_first<T, K: Eq + Hash>(list: &mut Vec<T>, key: impl Fn(&T) -> K) {
    if list.len() > 1 {
        let mut seen = FxHashSet::default();
        list.retain(|item| seen.insert(key(item)));
    }
}

/// A text that may be given in several languages: `"Few-step models"` or `{ ko = "…", en = "…" }`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Translated {
    /// In the order written; at most one without a language, and then it is the only one.
    pub texts: Vec<(Option<Lang>, String)>,
}

impl Translated {
    /// The same text for every language.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { texts: vec![(None, text.into())] }
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Whether it says this in some language.
    pub fn says(&self, text: &str) -> bool {
        self.texts.iter().any(|(_, own)| own.trim() == text.trim())
    }

    /// The text for a language, else the one for all, else the first there is.
    pub fn get(&self, lang: &Lang) -> Option<&str> {
        self.pick(lang).map(|(_, text)| text)
    }

    /// The same, with the language that it is marked with.
    pub fn pick(&self, lang: &Lang) -> Option<(Option<&Lang>, &str)> {
        let found = self.text_in(Some(lang)).or_else(|| self.text_in(None)).or(self.texts.first());
        found.map(|(lang, text)| (lang.as_ref(), text.as_str()))
    }

    fn text_in(&self, wanted: Option<&Lang>) -> Option<&(Option<Lang>, String)> {
        self.texts.iter().find(|(lang, _)| lang.as_ref() == wanted)
    }

    /// The text for a language, else the one for all, but none that is for another.
    pub fn own(&self, lang: &Lang) -> Option<&str> {
        self.pick(lang)
            .filter(|(marked, _)| marked.is_none_or(|marked| marked == lang))
            .map(|(_, text)| text)
    }
}

/// What front matter can say about a whole document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// The title, where there is one.
    pub title: Translated,
    /// The language of unmarked text.
    pub lang: Option<Lang>,
    /// Tags of every entry of the document.
    pub tags: Vec<Tag>,
    /// Held back unless drafts are asked for.
    pub draft: bool,
    /// `Some(false)`: held back, whatever is asked for. `Some(true)`: to be published, where only that is wanted.
    pub publish: Option<bool>,
    /// When it was last changed, as written: a date or an RFC 3339 time.
    pub updated: Option<String>,
    /// Addresses that lead here, relative to the site.
    pub aliases: Vec<String>,
    /// All else.
    pub about: About,
}

/// What front matter can say besides, for pages and their heads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// One sentence, for search engines and lists.
    pub description: Translated,
    /// A picture: a path beside the file, or an address.
    pub image: Option<String>,
    /// Who wrote the document, which is another matter than who wrote its papers.
    pub authors: Vec<String>,
    /// The series that it is a part of.
    pub series: Option<String>,
    /// The last part of its address.
    pub slug: Option<String>,
    /// The template of the theme that makes its page.
    pub template: Option<String>,
    /// Whether it is in the menu.
    pub menu: InMenu,
    /// Its place in the menu and among the pages of its folder: less stands first, those without one last.
    pub weight: Option<i64>,
    /// Whether it stays on top of the home page.
    pub pinned: bool,
    /// Whether its page lists the pages below it.
    pub children: bool,
    /// What only the theme understands.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// Whether a page is in the menu.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum InMenu {
    /// Nothing is said.
    #[default]
    Unsaid,
    /// It is, or is not.
    Shown(bool),
    /// It is, under another name than its title.
    As(Translated),
}

impl InMenu {
    /// Whether a page of this name, which was not written for the site, asks to be in the menu: by what it says, else by a name
    /// that menus usually lead to.
    pub fn is_asked(&self, name: &str) -> bool {
        const USUAL: [&str; 7] = ["about", "about-me", "소개", "关于", "關於", "について", "über"];
        match self {
            Self::Unsaid => USUAL.contains(&name.to_lowercase().as_str()),
            Self::Shown(shown) => *shown,
            Self::As(_) => true,
        }
    }
}

/// One dated document: an introduction and what it says about papers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Digest {
    /// The day; `None` where nothing tells it.
    pub date: Option<Date>,
    /// Front matter.
    pub meta: Meta,
    /// Anything before the first entry.
    pub intro: Vec<Passage>,
    /// In the order written.
    pub entries: Vec<Entry>,
}

impl Digest {
    /// Whether it has no words at all, as one has that was only just begun.
    pub fn says_nothing(&self) -> bool {
        self.entries.is_empty() && self.intro.is_empty() && self.meta.title.is_empty()
    }
}

/// A document about no paper: a plain page, or with a date a post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The day of a post.
    pub date: Option<Date>,
    /// Front matter.
    pub meta: Meta,
    /// The text; headings of any level belong to it.
    pub body: Vec<Passage>,
}

/// A stretch of text in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// The language it is marked with; `None` for unmarked text.
    pub lang: Option<Lang>,
    /// Markdown.
    pub text: Prose,
}

/// A link of the metadata: `https://…`, or `code: https://…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// `code`, `project`, …; `None` for a bare link.
    pub key: Option<String>,
    /// The address, as written but for redirectors, which are unwrapped.
    pub url: String,
}

/// What one digest says about one paper.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// Plain text in which `$…$` is math; empty where nothing tells it.
    pub title: String,
    /// The title as Markdown, where that says more than its words: emphasis, code, dollars that are no formulas.
    pub title_markup: Option<String>,
    /// As spelt in the source.
    pub authors: Vec<String>,
    /// `TEAM:` before the authors, or the `org` key.
    pub org: Option<String>,
    /// In the order written; the paper's ids are read off them.
    pub links: Vec<Link>,
    /// Other metadata in the order written: `venue`, `doi`, `note`, `votes`, `published`, `see`, …
    pub fields: Vec<(String, String)>,
    /// `None`: nothing said; empty: said to have none.
    pub abstract_text: Option<Prose>,
    /// Commentary, in the order written.
    pub body: Vec<Passage>,
    /// Folded, without repeats, in the order written.
    pub tags: Vec<Tag>,
    /// The heading or first line, in bytes of the source's text. Not part of what is said.
    pub span: Range<usize>,
    /// Words of its list of authors that were left out. Not part of what is said: the reading reports and forgets them.
    pub aside: Vec<String>,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        let said = |e: &Self| {
            (e.title.clone(), e.authors.clone(), e.org.clone(), e.links.clone(), e.fields.clone())
        };
        said(self) == said(other)
            && self.title_markup == other.title_markup
            && self.abstract_text == other.abstract_text
            && self.body == other.body
            && self.tags == other.tags
    }
}

impl Eq for Entry {}

impl Entry {
    /// The commentary, text by text, then the abstract.
    pub fn texts(&self) -> impl Iterator<Item = &Prose> {
        self.body.iter().map(|passage| &passage.text).chain(&self.abstract_text)
    }

    /// The ids that the metadata names, in order, each kind once: a second arXiv id among the links is
    /// another paper, which this one mentions.
    pub fn ids(&self) -> Vec<PaperId> {
        let links = self.links.iter().filter(|link| {
            link.key.as_ref().is_none_or(|key| {
                matches!(key.as_str(), "doi" | "paper" | "link" | "url" | "arxiv" | "pdf" | "abs")
            })
        });
        let doi = self
            .field("doi")
            .and_then(|doi| PaperId::parse(&format!("doi:{doi}")).or_else(|| PaperId::parse(doi)));
        // A publisher's address may hold more than the DOI, so what is said outright counts for more.
        let is_said = |link: &Link, id: &PaperId| {
            let is_cut = matches!(id, PaperId::Doi(_)) && PaperId::is_publishers_page(&link.url);
            !(is_cut && doi.is_some())
        };
        let named =
            links.filter_map(|link| PaperId::parse(&link.url).filter(|id| is_said(link, id)));
        let named: Vec<PaperId> = named.collect();
        let mut ids: Vec<PaperId> = Vec::new();
        for id in named.into_iter().chain(doi) {
            if !ids.iter().any(|known| std::mem::discriminant(known) == std::mem::discriminant(&id))
            {
                ids.push(id);
            }
        }
        ids
    }

    /// Whether the entry's only id stands in the address of a publisher's page. Version 0.1 did not read it there and called
    /// such a paper after its title, so that address must go on working.
    pub fn is_named_by_publisher(&self) -> bool {
        let mut named = self.links.iter().filter(|link| PaperId::parse(&link.url).is_some());
        self.field("doi").is_none() && named.all(|link| PaperId::is_publishers_page(&link.url))
    }

    /// The value of a metadata key.
    pub fn field(&self, key: &str) -> Option<&str> {
        self.fields.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

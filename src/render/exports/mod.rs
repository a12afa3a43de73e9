//! Files for machines: each export is one constant in the file that writes it, and one line in the list. The plan, the
//! switches of config.toml and the documentation are made from the list.

mod bibliography;
mod bibtex;
pub(super) mod cards;
mod csl;
pub(super) mod feeds;
mod hosting;
mod json;
mod llms;
mod markdown;
mod ris;
mod robots;
mod rss;
mod search;
mod sitemap;

use std::{fmt, io};

use tera::Context;

use super::PageRenderer;
use super::contract::TemplateDoc;
use super::plan::{Output, Planner};
use crate::config::{Config, Switch};

pub use cards::{CARDS, card_titles};
pub(super) use feeds::{JSON_FEED, TAG_FEEDS, language_feeds, tera_escape};
pub use json::papers_schema;
pub(super) use markdown::MARKDOWN;

/// A file for machines, or several of a kind.
pub struct Export {
    /// What the file is called: `papers.bib`.
    pub file: &'static str,
    /// What decides whether it is made; every site has one without.
    pub switch: Option<&'static Switch>,
    /// Switches of some of its files.
    pub more: &'static [&'static Switch],
    /// Adds its files to the plan. It is asked for each tree of pages, after all pages are planned; what is not of a tree is
    /// added once.
    pub(super) plan: fn(&mut Planner<'_>),
    /// Writes one of them.
    pub(super) write: Write,
}

/// Writes a file from its beginning to its end.
pub type Stream<'a> = dyn Fn(&mut dyn io::Write) -> io::Result<()> + 'a;

/// How an export is written.
pub(super) enum Write {
    /// As this text.
    Text(fn(&PageRenderer<'_>, &Output) -> String),
    /// Paper by paper.
    Stream(fn(&PageRenderer<'_>, &Output, &mut dyn io::Write) -> io::Result<()>),
    /// By a template that is given this.
    Template(&'static TemplateDoc, Fill),
    /// By a template whose drawing becomes a PNG.
    Picture(&'static TemplateDoc, Fill),
}

/// Gives a template its variables.
pub(super) type Fill = fn(&PageRenderer<'_>, &Output, &mut Context);

/// Every export, in the order of the documentation. What counts outputs comes after them.
pub const EXPORTS: &[&Export] = &[
    search::INDEX,
    search::WORDS,
    search::RESULTS,
    search::FACETS,
    search::OPEN_SEARCH,
    feeds::ATOM,
    feeds::JSON,
    rss::EXPORT,
    markdown::EXPORT,
    bibtex::EXPORT,
    ris::EXPORT,
    csl::EXPORT,
    json::EXPORT,
    json::SCHEMA,
    llms::EXPORT,
    cards::EXPORT,
    sitemap::EXPORT,
    robots::EXPORT,
    hosting::NO_JEKYLL,
    hosting::CNAME,
    hosting::HEADERS,
];

impl Export {
    /// Whether a site has it.
    pub(super) fn is_on(&self, config: &Config) -> bool {
        self.switch.is_none_or(|switch| config.outputs.has(switch))
    }

    /// The template that makes it, where one does.
    pub fn template(&self) -> Option<&'static TemplateDoc> {
        match self.write {
            Write::Text(_) | Write::Stream(_) => None,
            Write::Template(template, _) | Write::Picture(template, _) => Some(template),
        }
    }

    /// Whether it is drawn.
    pub(super) fn is_picture(&self) -> bool {
        matches!(self.write, Write::Picture(..))
    }
}

impl PartialEq for Export {
    fn eq(&self, other: &Self) -> bool {
        self.file == other.file
    }
}

impl Eq for Export {}

impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.file)
    }
}

//! Kinds of pages: each is one constant in the file that fills it, and one line in the list. The plan, the switches of
//! config.toml, the menu, the sitemap, the check of themes and the documentation are made from the list.

mod archive;
mod author;
mod authors;
mod collection;
mod date;
mod families;
pub(super) mod home;
mod list;
mod month;
mod not_found;
pub(super) mod page;
pub(super) mod paper;
mod papers;
mod post;
pub(super) mod redirect;
mod roundup;
mod search;
mod stats;
mod tag;
mod tags;
mod year;

use std::fmt;

use tera::Context;

use super::PageRenderer;
use super::contract::TemplateDoc;
use super::head::Head;
use super::plan::{Output, Planner};
use super::view::{FieldDoc, ViewDoc};
use crate::config::{Config, Switch};

pub(super) use authors::AUTHORS;
pub(super) use month::CALENDAR;
pub(super) use paper::RELATED;
pub(super) use search::has_search;

/// A kind of page.
pub struct Kind {
    /// Its name: `page.kind`.
    pub name: &'static str,
    /// The template that makes it.
    pub template: &'static str,
    /// What it is: a cell of the documentation's table.
    pub about: &'static str,
    /// Addresses of some, in Markdown.
    pub example: &'static str,
    /// What its template is given, besides `site` and `page`.
    pub variables: &'static [FieldDoc],
    /// Views that only it gives.
    pub views: &'static [ViewDoc],
    /// What decides whether there are any; every site has a kind without.
    pub switch: Option<&'static Switch>,
    /// Switches of parts of it.
    pub more: &'static [&'static Switch],
    /// Whether the sitemap names it.
    pub listed: bool,
    /// Whether there are many of it, which share `page.parts`.
    pub(super) many: bool,
    /// What it is to search engines.
    pub(super) schema: Schema,
    /// Whether the menu of a site leads to it, by the interface string of its name.
    pub(super) menu: fn(&PageRenderer<'_>) -> bool,
    /// Adds its pages to the plan. It is asked for each tree of pages.
    pub(super) plan: fn(&mut Planner<'_>),
    /// Sets the title of a page, and its description where it has one of its own and [`PageRenderer::describes`].
    pub(super) head: fn(&PageRenderer<'_>, &Output, &mut Head),
    /// Gives the template its variables, and sets what else is known of the page as a whole.
    pub(super) fill: fn(&PageRenderer<'_>, &Output, &mut Head, &mut Context),
}

/// What a page is in the words of <https://schema.org>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Schema {
    WebPage,
    Blog,
    /// A posting about the papers of a date.
    Posting,
    /// A posting about one paper.
    Review,
    /// A posting that is about no paper.
    Post,
    /// What somebody wrote.
    Profile,
}

/// Every kind of page, in the order of the documentation, of the menu, and of the sitemap for what has no date.
pub const KINDS: &[&Kind] = &[
    home::KIND,
    date::KIND,
    paper::KIND,
    papers::KIND,
    archive::KIND,
    year::KIND,
    month::KIND,
    roundup::KIND,
    tags::KIND,
    tag::KIND,
    authors::KIND,
    author::KIND,
    families::KIND,
    collection::KIND,
    page::KIND,
    post::KIND,
    list::KIND,
    stats::KIND,
    search::KIND,
    not_found::KIND,
    redirect::KIND,
];

/// What most kinds have in common.
const USUAL: Kind = Kind {
    name: "",
    template: "",
    about: "",
    example: "",
    variables: &[],
    views: &[],
    switch: None,
    more: &[],
    listed: true,
    many: false,
    schema: Schema::WebPage,
    menu: |_| false,
    plan: |_| (),
    head: |press, _, head| {
        head.title = press.edition.each(|edition| edition.say(head.kind.name, None));
    },
    fill: |_, _, _, _| (),
};

impl Kind {
    /// Whether a site has it.
    pub(super) fn is_on(&self, config: &Config) -> bool {
        self.switch.is_none_or(|switch| config.outputs.has(switch))
    }

    /// Its template.
    pub fn template(&self) -> TemplateDoc {
        let Self { template: name, about: makes, example: at, variables, .. } = *self;
        TemplateDoc { name, makes, at, variables, has_page: true }
    }
}

/// What is no page of a kind counts as a plain one.
impl Default for &Kind {
    fn default() -> Self {
        page::KIND
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Kind {}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

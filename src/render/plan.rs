//! Site and Theme → every output with its route, looked up by its file; collisions are found here, before anything is
//! rendered. What there is of each kind, the kinds of pages and the exports say.

mod collisions;
mod index;
mod paging;
mod redirects;

use std::cmp::Reverse;

use jiff::civil::Date;

use super::contract::TemplateDoc;
use super::exports::{EXPORTS, Export};
use super::kinds::{KINDS, Kind, home};
use crate::config::Config;
use crate::content::media::Media;
use crate::model::route::{Route, Tree};
use crate::site::{PaperIndex, Site};
use crate::theme::Theme;

pub use index::Plan;
pub use paging::Paging;

/// One file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The tree it is in.
    pub tree: Tree,
    /// Its address there.
    pub route: Route,
    /// How it is made.
    pub job: Artifact,
    /// What it is about.
    pub about: Subject,
}

/// How an output is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Artifact {
    /// As a page of this kind.
    Page(&'static Kind),
    /// As this file for machines.
    Export(&'static Export),
    /// A static file of the theme, by index.
    Asset(usize),
    /// A file of content, by index.
    Media(usize),
    /// A smaller picture of one, by its width.
    Variant(usize, u32),
}

/// What an output is about. Numbers are indices into the Site's lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The site.
    Site,
    /// A day, by index of [`Site::days`].
    Day(usize),
    /// A month.
    Month(i16, i8),
    /// A year.
    Year(i16),
    /// A paper.
    Paper(PaperIndex),
    /// A tag.
    Tag(usize),
    /// An author.
    Author(usize),
    /// A plain page.
    Page(usize),
    /// A family of collections.
    Family(usize),
    /// A page of a collection, by its family and its place there.
    Collection(usize, usize, u32),
    /// Another address: a path below the root, or a whole one elsewhere.
    Address(String),
}

/// Everything a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The site.
    pub site: &'a Site,
    /// The theme.
    pub theme: &'a Theme,
    /// The config.
    pub config: &'a Config,
    /// Files of content.
    pub media: &'a Media,
}

/// Every output but those that only lead elsewhere, in an order in which neighbours share work: a day, its papers, the
/// list that ends with it. Nothing is checked.
fn own(inputs: &Inputs<'_>) -> Vec<Output> {
    let mut planner = pages(inputs, KINDS.iter());
    for export in EXPORTS.iter().filter(|export| export.is_on(inputs.config)) {
        planner.ask(Artifact::Export(export), export.plan);
    }
    planner.trees.truncate(1);
    planner.ask(planner.job, Planner::files);
    planner.outputs.sort_by_key(|(place, _)| *place);
    planner.outputs.into_iter().map(|(_, output)| output).collect()
}

/// The pages of some kinds.
fn pages<'a>(
    inputs: &Inputs<'a>,
    kinds: impl Iterator<Item = &'static &'static Kind>,
) -> Planner<'a> {
    let trees = inputs.config.trees();
    let mut planner = Planner {
        inputs: *inputs,
        trees,
        tree: Tree::root(),
        job: Artifact::Page(home::KIND),
        outputs: Vec::new(),
    };
    for kind in kinds.filter(|kind| kind.is_on(inputs.config)) {
        planner.ask(Artifact::Page(kind), kind.plan);
    }
    planner
}

/// Where an output stands in the order of rendering. Files about the whole site allocate most, so they come first: that
/// keeps the peak of memory low. Then tree by tree what is about dates, newest first, so that neighbours share work; then
/// all else.
type Place = (bool, usize, bool, Reverse<Option<Date>>, u8);

/// Adds output after output, as the kinds and exports ask for them.
pub(super) struct Planner<'a> {
    pub(super) inputs: Inputs<'a>,
    trees: Vec<Tree>,
    /// The tree that outputs are added to.
    tree: Tree,
    /// The kind or the export that is asked.
    job: Artifact,
    outputs: Vec<(Place, Output)>,
}

impl Planner<'_> {
    fn ask(&mut self, job: Artifact, plan: fn(&mut Self)) {
        self.job = job;
        for number in 0..self.trees.len() {
            self.tree = self.trees[number].clone();
            plan(self);
        }
    }

    /// Adds an output of the kind or the export that is asked, where the tree has such a route.
    pub(super) fn add(&mut self, route: Route, about: Subject) {
        if self.tree.has(&route) {
            let output = Output { tree: self.tree.clone(), route, job: self.job, about };
            self.outputs.push((self.place(&output), output));
        }
    }

    /// Adds one for each date.
    pub(super) fn add_days(&mut self, route: fn(Date) -> Route) {
        for (index, day) in self.inputs.site.dated().iter().enumerate() {
            if let Some(date) = day.date {
                self.add(route(date), Subject::Day(index));
            }
        }
    }

    /// The kind or the export that is asked.
    pub(super) fn job(&self) -> Artifact {
        self.job
    }

    /// How many outputs so far the sitemap names.
    pub(super) fn listed(&self) -> usize {
        self.outputs.iter().filter(|(_, output)| output.is_listed()).count()
    }

    fn place(&self, output: &Output) -> Place {
        let (site, tree) = (self.inputs.site, output.tree.number());
        let (date, within) = match (&output.about, &output.route) {
            (Subject::Day(index), _) => (site.days()[*index].date, 1),
            (Subject::Paper(paper), _) => (site.date(*paper), 2),
            (Subject::Collection(family, of, _), Route::Page(_))
                if site.families()[*family].is_of_roundups() =>
            {
                let first = site.families()[*family].collections[*of].period;
                (first.and_then(|period| Some(period.days()?.0)), 4)
            }
            (_, Route::Home(1)) => (Some(Date::MAX), 0),
            (_, Route::Home(page)) => {
                let shown =
                    Paging::of_home(self.inputs.config, site.dated().len()).slice_from_end(*page);
                (site.days()[shown.start].date, 3)
            }
            _ => {
                let is_page = matches!(output.job, Artifact::Page(_)) || output.route.is_of_trees();
                return (is_page, tree, true, Reverse(None), 0);
            }
        };
        (true, tree, false, Reverse(date), within)
    }

    fn files(&mut self) {
        let Inputs { theme, media, .. } = self.inputs;
        for (index, asset) in theme.assets.iter().enumerate() {
            self.job = Artifact::Asset(index);
            self.add(Route::File(asset.path.clone()), Subject::Site);
        }
        for (index, file) in media.files().iter().enumerate() {
            self.job = Artifact::Media(index);
            self.add(Route::File(file.route.clone()), Subject::Site);
            for variant in media.variants(index) {
                self.job = Artifact::Variant(index, variant.width);
                self.add(Route::File(variant.route.clone()), Subject::Site);
            }
        }
    }
}

/// Plans the only one: a page at the name of its kind, or the file of that name.
pub(super) fn one(planner: &mut Planner<'_>) {
    match planner.job {
        Artifact::Page(kind) => planner.add(Route::Index(kind.name, 1), Subject::Site),
        Artifact::Export(export) => planner.add(Route::File(export.file.to_owned()), Subject::Site),
        _ => {}
    }
}

impl Output {
    /// Whether it only leads to another address.
    pub fn leads_elsewhere(&self) -> bool {
        matches!(self.about, Subject::Address(_))
    }

    /// Whether it is a page of HTML.
    pub fn is_page(&self) -> bool {
        self.file().rsplit_once('.').is_some_and(|(_, kind)| kind == "html")
    }

    /// The path below the site's root, not percent-encoded.
    pub fn path(&self) -> String {
        self.tree.path(&self.route)
    }

    /// The file below the output folder.
    pub fn file(&self) -> String {
        self.tree.file(&self.route)
    }

    /// Whether the sitemap names it: pages that are worth finding.
    pub fn is_listed(&self) -> bool {
        matches!(self.job, Artifact::Page(kind) if kind.listed)
    }

    /// Whether it is drawn: what renders it makes an SVG.
    pub fn is_picture(&self) -> bool {
        matches!(self.job, Artifact::Export(export) if export.is_picture())
    }

    /// The template that makes it, where one does.
    pub fn template(&self) -> Option<TemplateDoc> {
        match self.job {
            Artifact::Page(kind) => Some(kind.template()),
            Artifact::Export(export) => export.template().copied(),
            _ => None,
        }
    }

    /// What kind of output it is, for timings.
    pub fn kind(&self) -> &'static str {
        match self.job {
            Artifact::Page(kind) => kind.template,
            Artifact::Export(export) => export.file,
            Artifact::Variant(..) => "images",
            Artifact::Asset(_) | Artifact::Media(_) => "files",
        }
    }
}

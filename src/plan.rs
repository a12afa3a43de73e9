//! Site and Theme → every output with its route, looked up by its file; collisions are found here, before anything is
//! rendered.

mod collisions;
mod index;
mod paging;
mod redirects;
mod search;

use std::iter::Peekable;

use crate::config::Config;
use crate::media::Media;
use crate::route::{FeedFormat, FeedOf, Route, Tree};
use crate::site::{PaperIndex, Site};
use crate::theme::Theme;

pub use index::Plan;
pub use paging::Paging;
pub use search::{Found, RESULTS, found, has_search, shards};

/// Most addresses in one sitemap file.
const SITEMAP: usize = 50_000;

/// Most addresses in one sitemap file of a site; each names its translations, which count as well.
pub fn sitemap_size(config: &Config) -> usize {
    SITEMAP / config.trees().len()
}

/// One file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The tree it is in.
    pub tree: Tree,
    /// Its address there.
    pub route: Route,
    /// How it is made.
    pub job: Job,
}

/// How an output is made. Numbers are indices into the Site's lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Job {
    /// Home, or a further page of it, from 1.
    Home(u32),
    /// A day, by index of [`Site::days`].
    Day(usize),
    /// A month.
    Month(i16, i8),
    /// A year.
    Year(i16),
    /// All dates.
    Archive,
    /// A paper.
    Paper(PaperIndex),
    /// All tags.
    Tags,
    /// A page of a tag.
    Tag(usize, u32),
    /// All authors.
    Authors,
    /// An author.
    Author(usize),
    /// A plain page.
    Page(usize),
    /// Figures.
    Stats,
    /// The page of the search.
    Search,
    /// What the search knows of itself.
    SearchIndex,
    /// Words of the search, by the number of the file.
    SearchWords(u32),
    /// Its results, by the number of the file.
    SearchResults(u32),
    /// A feed.
    Feed(FeedOf, FeedFormat),
    /// A day's canonical Markdown.
    Markdown(usize),
    /// The card of a day.
    DayCard(usize),
    /// The card of a paper.
    PaperCard(PaperIndex),
    /// 404
    NotFound,
    /// Part 0 is the whole or the index.
    Sitemap(u32),
    /// `robots.txt`
    Robots,
    /// `llms.txt`
    Llms,
    /// `papers.bib`
    Bib,
    /// `papers.json`
    Api,
    /// `.nojekyll`
    NoJekyll,
    /// `CNAME`
    Cname,
    /// A page that leads to a path below the root, or to a whole address elsewhere.
    Redirect(String),
    /// A static file of the theme, by index.
    Asset(usize),
    /// A file of content, by index.
    Media(usize),
    /// A smaller picture of one, by its width.
    Variant(usize, u32),
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
    let trees = inputs.config.trees();
    let outputs = Vec::with_capacity((inputs.site.paper_count() + 1024) * trees.len());
    let mut planner = Planner { inputs: *inputs, tree: Tree::root(), outputs };
    for tree in &trees {
        planner.tree = tree.clone();
        planner.pages_of_tree();
    }
    planner.tree = Tree::root();
    planner.add(Route::NotFound, Job::NotFound);
    let pages = planner.outputs.len();
    planner.machine();
    planner.files();
    // Files about the whole site allocate most, so they are rendered first: that keeps the peak of memory low.
    planner.outputs.rotate_left(pages);
    planner.outputs
}

/// Adds output after output.
struct Planner<'a> {
    inputs: Inputs<'a>,
    /// The tree that outputs are added to.
    tree: Tree,
    outputs: Vec<Output>,
}

impl Planner<'_> {
    fn add(&mut self, route: Route, job: Job) {
        if self.tree.has(&route) {
            self.outputs.push(Output { tree: self.tree.clone(), route, job });
        }
    }

    fn pages_of_tree(&mut self) {
        self.days_and_papers();
        self.calendar();
        self.tags();
        self.authors();
        self.pages();
        self.search();
        self.feeds();
    }

    /// The home page, then days newest first, those that stand on a further page of it followed by that; at last papers
    /// without a day.
    fn days_and_papers(&mut self) {
        let site = self.inputs.site;
        let mut papers = site.papers().peekable();
        let mut left = site.dated().len();
        let paging = Paging::of_home(self.inputs.config, left);
        self.add(Route::Home(1), Job::Home(1));
        for page in 1..=paging.pages() {
            let shown = paging.slice_from_end(page);
            left = shown.start;
            shown.rev().for_each(|day| self.day(day, &mut papers));
            if page > 1 {
                self.add(Route::Home(page), Job::Home(page));
            }
        }
        (0..left).rev().for_each(|day| self.day(day, &mut papers));
        papers.for_each(|paper| self.paper(paper));
    }

    /// A day, then the papers whose latest day it is.
    fn day(&mut self, index: usize, papers: &mut Peekable<impl Iterator<Item = PaperIndex>>) {
        let (site, outputs) = (self.inputs.site, &self.inputs.config.outputs);
        let day = site.days()[index].date;
        if let Some(date) = day {
            self.add(Route::Date(date), Job::Day(index));
            if outputs.cards {
                self.add(Route::DateCard(date), Job::DayCard(index));
            }
            if outputs.markdown {
                self.add(Route::Markdown(date), Job::Markdown(index));
            }
            while let Some(paper) = papers.next_if(|&paper| site.date(paper) == day) {
                self.paper(paper);
            }
        }
    }

    fn paper(&mut self, paper: PaperIndex) {
        let address = self.inputs.site.address(paper);
        self.add(Route::Paper(address.to_owned()), Job::Paper(paper));
        if self.inputs.config.outputs.cards {
            self.add(Route::PaperCard(address.to_owned()), Job::PaperCard(paper));
        }
    }

    fn calendar(&mut self) {
        self.add(Route::Archive, Job::Archive);
        if !self.inputs.config.outputs.calendar {
            return;
        }
        let dates = self.inputs.site.dated().iter().filter_map(|day| day.date);
        let mut months: Vec<(i16, i8)> = dates.map(|date| (date.year(), date.month())).collect();
        months.dedup();
        let mut years: Vec<i16> = months.iter().map(|month| month.0).collect();
        years.dedup();
        for year in years {
            self.add(Route::Year(year), Job::Year(year));
        }
        for (year, month) in months {
            self.add(Route::Month(year, month), Job::Month(year, month));
        }
    }

    fn tags(&mut self) {
        self.add(Route::Tags, Job::Tags);
        for (index, tag) in self.inputs.site.tags().iter().enumerate() {
            let count = self.inputs.site.papers_of_tag(tag).len();
            for page in 1..=Paging::of_tag(self.inputs.config, count).pages() {
                self.add(Route::Tag(tag.name.text().to_owned(), page), Job::Tag(index, page));
            }
        }
    }

    fn authors(&mut self) {
        if !self.inputs.config.outputs.authors {
            return;
        }
        self.add(Route::Authors, Job::Authors);
        for (index, author) in self.inputs.site.authors().iter().enumerate() {
            self.add(Route::Author(author.slug.text().to_owned()), Job::Author(index));
        }
    }

    fn pages(&mut self) {
        for (index, page) in self.inputs.site.pages().iter().enumerate() {
            // One page without an address opens the home page; another one is one too many.
            if !page.address.is_empty() || self.inputs.site.opening() != Some(index) {
                self.add(page.route(), Job::Page(index));
            }
        }
        if self.inputs.config.outputs.stats {
            self.add(Route::Stats, Job::Stats);
        }
    }

    fn search(&mut self) {
        if !has_search(&self.inputs) {
            return;
        }
        let found = found(self.inputs.site).count();
        self.add(Route::Search, Job::Search);
        (0..search::result_files(found))
            .for_each(|file| self.add(Route::SearchResults(file), Job::SearchResults(file)));
        self.add(Route::SearchIndex, Job::SearchIndex);
        (0..shards(found)).for_each(|file| self.add(Route::SearchWords(file), Job::SearchWords(file)));
    }

    fn feeds(&mut self) {
        let (site, config) = (self.inputs.site, self.inputs.config);
        self.feed(&FeedOf::Site);
        if config.outputs.tag_feeds {
            site.tags().iter().for_each(|tag| self.feed(&FeedOf::Tag(tag.name.text().to_owned())));
        }
        if config.outputs.authors && config.feeds.authors {
            site.authors().iter().for_each(|author| self.feed(&FeedOf::Author(author.slug.text().to_owned())));
        }
    }

    fn feed(&mut self, of: &FeedOf) {
        let json = self.inputs.config.outputs.json_feed.then_some(FeedFormat::Json);
        for format in [Some(FeedFormat::Atom), json].into_iter().flatten() {
            self.add(Route::Feed(of.clone(), format), Job::Feed(of.clone(), format));
        }
    }

    fn machine(&mut self) {
        let outputs = &self.inputs.config.outputs;
        // A file that says nothing is nobody's in particular.
        let has_own = self.inputs.theme.assets.iter().any(|asset| asset.path == ".nojekyll");
        self.sitemaps();
        let files = [
            ("robots.txt", Job::Robots, true),
            (".nojekyll", Job::NoJekyll, !has_own),
            ("CNAME", Job::Cname, self.inputs.config.domain.is_some()),
            ("llms.txt", Job::Llms, outputs.llms),
            ("papers.bib", Job::Bib, outputs.bib),
            ("papers.json", Job::Api, outputs.api),
        ];
        for (path, job, _) in files.into_iter().filter(|(_, _, wanted)| *wanted) {
            self.add(Route::File(path.into()), job);
        }
    }

    fn sitemaps(&mut self) {
        let pages = self.outputs.iter().filter(|output| output.is_listed()).count();
        self.add(Route::Sitemap(0), Job::Sitemap(0));
        let size = sitemap_size(self.inputs.config);
        if pages > size {
            (1..=pages.div_ceil(size) as u32).for_each(|part| self.add(Route::Sitemap(part), Job::Sitemap(part)));
        }
    }

    fn files(&mut self) {
        for (index, asset) in self.inputs.theme.assets.iter().enumerate() {
            self.add(Route::File(asset.path.clone()), Job::Asset(index));
        }
        for (index, file) in self.inputs.media.files().iter().enumerate() {
            self.add(Route::File(file.route.clone()), Job::Media(index));
            for variant in self.inputs.media.variants(index) {
                self.add(Route::File(variant.route.clone()), Job::Variant(index, variant.width));
            }
        }
    }
}

impl Output {
    /// Whether it only leads to another address.
    pub fn leads_elsewhere(&self) -> bool {
        matches!(self.job, Job::Redirect(_))
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
        use Job::{Archive, Author, Authors, Day, Home, Month, Page, Paper, Search, Stats, Tag, Tags, Year};
        matches!(
            self.job,
            Home(_)
                | Day(_)
                | Month(..)
                | Year(_)
                | Archive
                | Paper(_)
                | Tags
                | Tag(..)
                | Authors
                | Author(_)
                | Page(_)
                | Stats
                | Search
        )
    }
}

//! Route → bytes: a pure function of the Site, the Theme and the Config.
//!
//! A [`Press`] holds what pages share (an entry's HTML, a date's view), each made once when first asked for.
//! It writes nothing and reads nothing; templates see views only.

mod calendar;
mod cite;
mod dates;
mod feeds;
mod head;
mod lists;
mod machine;
mod pages;
mod papers;
mod structured;
mod texts;
pub use pages::VARIABLES;
pub use papers::anchor;
pub mod view;
pub mod views;

use std::sync::{Mutex, OnceLock};

use tera::{Context, Value};

use crate::config::Config;
use crate::diagnostic::{Code, Finding};
use crate::digest::Lang;
use crate::markup;
use crate::media::Media;
use crate::plan::{Inputs, Job, Output};
use crate::site::Site;
use crate::theme::Theme;
use view::Show as _;

/// Renders the outputs of one Site. Shared by threads.
#[derive(Debug)]
pub struct Press<'a> {
    site: &'a Site,
    theme: &'a Theme,
    config: &'a Config,
    media: &'a Media,
    markup: &'a markup::Renderer,
    lang: &'a Lang,
    uses: Uses,
    shared: &'a Shared,
}

/// What the pages of one Site in one theme share, made once, when first asked for.
#[derive(Debug)]
pub struct Shared {
    uses: Uses,
    site: OnceLock<Value>,
    /// By entry: the HTML of abstract and commentary on pages.
    texts: Vec<OnceLock<texts::EntryTexts>>,
    /// By paper: in full, and as lists name it.
    papers: Vec<OnceLock<Value>>,
    links: Vec<OnceLock<Value>>,
    /// By key of the tag.
    tags: Vec<OnceLock<Value>>,
    /// By day.
    dates: Vec<OnceLock<Value>>,
    /// Findings of texts, each reported once, when its HTML is made.
    findings: Mutex<Vec<Finding>>,
}

/// Which costly things some template of the theme names; others need not be made.
// Each is an independent question.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Copy)]
struct Uses {
    json_ld: bool,
    meta: bool,
    coins: bool,
    related: bool,
    bibtex: bool,
    summary: bool,
    trend: bool,
    description: bool,
    links: bool,
    authors: bool,
    feeds: bool,
    fields: bool,
}

impl Uses {
    fn of(theme: &Theme, config: &Config) -> Self {
        let named = |word: &str| theme.templates.name(word);
        Self {
            json_ld: named("json_ld"),
            meta: named("page.meta"),
            coins: named("coins"),
            related: config.outputs.related && named("about.related"),
            bibtex: named("bibtex"),
            summary: named("paper.summary"),
            trend: named("tag.trend"),
            description: named("page.description"),
            links: named(".links"),
            authors: named("paper.authors"),
            feeds: named("page.feeds"),
            fields: named(".fields"),
        }
    }
}

/// What kind of output a job makes, for timings.
pub fn kind(job: &Job) -> &'static str {
    match job {
        Job::Bib => "papers.bib",
        Job::Api => "papers.json",
        Job::Markdown(_) => "index.md",
        Job::Feed(_, crate::route::FeedFormat::Json) => "feed.json",
        Job::Asset(_) | Job::Media(_) | Job::NoJekyll | Job::Cname => "files",
        job => template_name(job),
    }
}

impl Shared {
    /// Nothing made yet.
    pub fn new(inputs: &Inputs<'_>) -> Self {
        let site = inputs.site;
        Self {
            uses: Uses::of(inputs.theme, inputs.config),
            site: OnceLock::new(),
            texts: site.entries().map(|_| OnceLock::new()).collect(),
            papers: site.papers().map(|_| OnceLock::new()).collect(),
            links: site.papers().map(|_| OnceLock::new()).collect(),
            tags: (0..site.tag_keys()).map(|_| OnceLock::new()).collect(),
            dates: site.days().iter().map(|_| OnceLock::new()).collect(),
            findings: Mutex::new(Vec::new()),
        }
    }
}

impl<'a> Press<'a> {
    /// A press for one Site in its default language. It is light: what it makes once is kept in `shared`.
    pub fn new(inputs: &Inputs<'a>, markup: &'a markup::Renderer, shared: &'a Shared) -> Self {
        let (site, theme, config) = (inputs.site, inputs.theme, inputs.config);
        Self { site, theme, config, media: inputs.media, markup, lang: config.lang(), uses: shared.uses, shared }
    }

    fn inputs(&self) -> Inputs<'a> {
        Inputs { site: self.site, theme: self.theme, config: self.config, media: self.media }
    }

    /// The bytes of an output; `None` for one that is a copy of a file.
    pub fn render(&self, output: &Output) -> Result<Option<Vec<u8>>, Vec<Finding>> {
        let text = |text: String| Ok(Some(text.into_bytes()));
        match &output.job {
            Job::Media(_) => Ok(None),
            Job::Asset(asset) => Ok(Some(self.theme.assets[*asset].content.to_vec())),
            Job::NoJekyll => text(String::new()),
            Job::Cname => text(format!("{}\n", self.config.domain.as_deref().unwrap_or_default())),
            Job::Bib => text(self.bibliography()),
            Job::Api => text(self.api()),
            Job::Markdown(day) => text(self.markdown(*day)),
            Job::Feed(of, crate::route::FeedFormat::Json) => text(self.json_feed(of)),
            _ => self.template(output).map(Some),
        }
    }

    fn template(&self, output: &Output) -> Result<Vec<u8>, Vec<Finding>> {
        let name = template_name(&output.job);
        if !self.theme.templates.has(name) {
            let message = format!("the theme has no template `{name}`, which /{} needs", output.route.path());
            return Err(vec![
                Finding::new(Code::Template, message)
                    .help(format!("add templates/{name}, or let the theme extend `offprint`")),
            ]);
        }
        let mut context = Context::new();
        context.insert_value("site", self.shared.site.get_or_init(|| self.site_view().show()).clone());
        self.fill(output, &mut context);
        self.theme.templates.render(name, &context, &output.route.path())
    }

    /// What was wrong in the texts rendered so far, each once; in no particular order.
    pub fn take_findings(&self) -> Vec<Finding> {
        let mut findings = self.shared.findings.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        std::mem::take(&mut *findings)
    }

    fn found(&self, new: impl Iterator<Item = Finding>) {
        let mut new = new.peekable();
        if new.peek().is_some() {
            self.shared.findings.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(new);
        }
    }
}

/// Which template renders a job.
fn template_name(job: &Job) -> &'static str {
    match job {
        Job::Home(_) => "home.html",
        Job::Day(_) => "date.html",
        Job::Month(..) => "month.html",
        Job::Year(_) => "year.html",
        Job::Archive => "archive.html",
        Job::Paper(_) => "paper.html",
        Job::Tags => "tags.html",
        Job::Tag(..) => "tag.html",
        Job::Authors => "authors.html",
        Job::Author(_) => "author.html",
        Job::Page(_) => "page.html",
        Job::NotFound => "404.html",
        Job::Redirect(_) => "redirect.html",
        Job::Feed(..) => "feed.xml",
        Job::Sitemap(_) => "sitemap.xml",
        Job::Robots => "robots.txt",
        Job::Llms => "llms.txt",
        Job::Asset(_) | Job::Media(_) | Job::NoJekyll | Job::Cname | Job::Bib | Job::Api | Job::Markdown(_) => "",
    }
}

//! Route → bytes: a pure function of the Site, the Theme and the Config. Each kind of page is a file in `kinds/`, each file
//! for machines one in `exports/`.
//!
//! An `Edition` says things in a language and knows where pages are. A [`PageRenderer`] holds what pages share beyond that (the
//! line of a paper in lists, a date's view), each made when first asked for. What is left are functions over these two.
//! It writes nothing and reads nothing; templates see views only.

mod alphabet;
mod calendar;
mod cells;
mod check_anchors;
mod citations;
mod cite;
mod collections;
mod components;
mod contract;
mod dates;
mod documents;
mod edition;
mod embeds;
mod exports;
mod feed_texts;
mod fragments;
mod head;
mod head_html;
mod json_ld;
mod kinds;
mod languages;
mod lists;
mod mail;
mod memo;
mod papers;
pub mod plan;
mod queries;
mod quotes;
mod reading_lists;
mod roundups;
mod search;
mod see;
mod site_view;
mod stats;
mod text_ids;
mod texts;
pub mod theme_check;
mod used_fields;
pub mod view;
pub mod views;
mod writers;

pub use check_anchors::dead_parts;
pub use contract::{PARTS, TemplateDoc, switches, templates};
pub use exports::{CARDS, EXPORTS, Export, card_titles, papers_schema};
pub use kinds::{KINDS, Kind};
pub use mail::{Mail, MailOf, PLACE};
pub use papers::anchor;
pub use used_fields::UsedFields;

use std::sync::{Arc, Mutex, OnceLock};

use tera::{Context, Value};

use crate::config::Config;
use crate::content::media::Media;
use crate::diagnostic::{Code, Finding};
use crate::markup;
use crate::model::fit;
use crate::model::record::Record;
use crate::model::route::Route;
use crate::model::{Lang, PaperId};
use crate::site::{PaperIndex, Site};
use crate::theme::{Theme, said};
use cells::Cells;
use edition::{Edition, Editions};
pub use exports::Stream;
use exports::Write;
use memo::Memo;
use plan::{Artifact, Inputs, Output, Plan, Subject};
use used_fields::Uses;
use view::Show;

/// Renders the outputs of one Site: its press, which is what the functions of all pages call it. Threads share it.
#[derive(Debug, Clone, Copy)]
pub struct PageRenderer<'a> {
    site: &'a Site,
    theme: &'a Theme,
    config: &'a Config,
    media: &'a Media,
    plan: &'a Plan,
    markup: &'a markup::Renderer,
    edition: Edition<'a>,
    /// Whether a mail is made, within which no link leads anywhere.
    by_mail: bool,
    uses: Uses,
    kept: &'a TreeCache,
    shared: &'a SiteCache,
}

/// What the pages of one Site in one theme share, made once, when first asked for.
#[derive(Debug)]
pub struct SiteCache {
    uses: Uses,
    editions: Editions,
    parts: fragments::Parts,
    /// By tree.
    trees: Vec<TreeCache>,
    search: OnceLock<search::Search>,
    /// The style of citations, where that is one of CSL.
    #[cfg(feature = "csl")]
    csl: OnceLock<Option<citations::Csl>>,
    /// Authors with a page by family name, each with its letter.
    author_order: OnceLock<Vec<(String, u32)>>,
    /// By paper: papers near to it.
    near: Cells<Vec<PaperIndex>>,
    /// By paper: its record as BibTeX, with the abstract.
    bibtex: Cells<String>,
    /// Findings of texts, each reported once, when its HTML is made.
    findings: Mutex<Vec<Finding>>,
    /// Why a part that pages share could not be rendered: no page can be, then.
    broken: OnceLock<Vec<Finding>>,
}

/// What the pages of one tree share: in its language, with its addresses.
#[derive(Debug)]
struct TreeCache {
    /// By thread.
    desks: Vec<ThreadCache>,
    /// By entry: the language of its abstract, then of its commentary, text by text.
    langs: Cells<Vec<Lang>>,
    /// By entry: the HTML of its texts for feeds.
    feed_texts: Cells<String>,
    /// By paper: as lists name it.
    links: Cells<Value>,
    /// By paper: its summary and the language of that; its ids.
    summaries: Cells<(String, Lang)>,
    ids: Cells<Vec<PaperId>>,
    /// By key of the author: a spelling, and the link of that.
    authors: Cells<(String, Value)>,
    /// By author, as a list names who shares one paper with another, and who shares two.
    coauthors: [Cells<Value>; 2],
    /// By key of the tag.
    tags: Cells<Value>,
    /// By day.
    dates: Cells<Value>,
    /// By day, as lists of dates have it without its papers, and with them.
    day_links: [Cells<Value>; 2],
    /// The parts of texts that links with a `#part` lead to.
    named: check_anchors::Named,
}

/// What every page of a tree holds. A value counts its holders, and threads that count at once wait for each other:
/// each makes its own.
#[derive(Debug, Default)]
struct ThreadCache {
    site: OnceLock<Value>,
    data: OnceLock<Value>,
    feeds: OnceLock<head::SiteFeeds>,
    /// By kind of page.
    parts: fragments::KeptParts,
    /// The page that parts of papers see.
    part_page: OnceLock<Value>,
    /// By paper: in full.
    papers: Memo<Value>,
    /// By entry: what a date says about a paper, with the HTML of all texts; at the first of several entries.
    entries: Memo<Value>,
    /// By paper: what bibliographies say of it. Half of the time of a paper's record was that it was made for each place anew.
    records: Memo<Arc<Record>>,
}

impl SiteCache {
    /// Nothing made yet, for templates that use these fields.
    pub fn new(inputs: &Inputs<'_>, used: &UsedFields) -> Self {
        let editions = Editions::of(inputs.config);
        let trees = (0..editions.len()).map(|_| TreeCache::new(inputs.site)).collect();
        Self {
            uses: Uses::of(used, inputs.theme.templates.has(fragments::LINE), inputs.config),
            editions,
            parts: fragments::Parts::of(inputs.theme),
            trees,
            search: OnceLock::new(),
            #[cfg(feature = "csl")]
            csl: OnceLock::new(),
            author_order: OnceLock::new(),
            near: Cells::new(inputs.site.paper_count()),
            bibtex: Cells::new(inputs.site.paper_count()),
            findings: Mutex::default(),
            broken: OnceLock::new(),
        }
    }
}

impl TreeCache {
    fn new(site: &Site) -> Self {
        let (entries, papers) = (site.entries().count(), site.paper_count());
        Self {
            desks: (0..rayon::current_num_threads()).map(|_| ThreadCache::default()).collect(),
            langs: Cells::new(entries),
            feed_texts: Cells::new(entries),
            links: Cells::new(papers),
            summaries: Cells::new(papers),
            ids: Cells::new(papers),
            authors: Cells::new(site.author_keys()),
            coauthors: [(); 2].map(|()| Cells::new(site.authors().len())),
            tags: Cells::new(site.tag_keys()),
            dates: Cells::new(site.days().len()),
            day_links: [(); 2].map(|()| Cells::new(site.days().len())),
            named: check_anchors::Named::default(),
        }
    }
}

impl<'a> PageRenderer<'a> {
    /// A press for one Site. It is light: what it makes once is kept in `shared`.
    pub fn new(
        inputs: &Inputs<'a>,
        plan: &'a Plan,
        markup: &'a markup::Renderer,
        shared: &'a SiteCache,
    ) -> Self {
        let (site, theme, config, media) = (inputs.site, inputs.theme, inputs.config, inputs.media);
        Self {
            site,
            theme,
            config,
            media,
            plan,
            markup,
            edition: Edition::new((site, theme, config), &shared.editions),
            by_mail: false,
            uses: shared.uses,
            kept: &shared.trees[0],
            shared,
        }
    }

    /// The same for another tree.
    fn in_tree(&self, number: usize) -> Self {
        Self { edition: self.edition.in_tree(number), kept: &self.shared.trees[number], ..*self }
    }

    /// The same in another language of the tree.
    fn speaking_as(&self, edition: &Edition<'a>) -> Self {
        Self { edition: *edition, ..*self }
    }

    /// Makes what many threads make together, before they render these outputs, which wait for it.
    pub fn prepare<'o>(&self, mut outputs: impl Iterator<Item = &'o Output> + Clone) {
        if self.uses.related {
            let papers =
                outputs.clone().filter(|output| output.job == Artifact::Page(kinds::paper::KIND));
            let papers = papers.filter_map(|output| {
                if let Subject::Paper(paper) = output.about { Some(paper) } else { None }
            });
            self.site.related_index();
            kinds::paper::ask_for_near(self, &papers.collect::<Vec<_>>());
        }
        if outputs.any(|output| output.route == Route::SearchIndex) {
            self.search();
        }
    }

    /// The style of citations, where that is one of CSL.
    #[cfg(feature = "csl")]
    fn csl(&self) -> Option<&citations::Csl> {
        let crate::config::CiteStyle::Csl(name) = &self.config.citations.style else { return None };
        self.shared.csl.get_or_init(|| citations::Csl::named(name)).as_ref()
    }

    fn inputs(&self) -> Inputs<'a> {
        Inputs { site: self.site, theme: self.theme, config: self.config, media: self.media }
    }

    /// The bytes of an output, of a card its SVG; `None` for a file of content, which is not rendered, and for what is streamed.
    pub fn render(&self, output: &Output) -> Result<Option<Vec<u8>>, Vec<Finding>> {
        self.in_tree(output.tree.number()).make(output)
    }

    /// What writes an output that is made paper by paper.
    pub fn stream<'s>(&'s self, output: &'s Output) -> Option<Box<Stream<'s>>> {
        let Artifact::Export(Export { write: Write::Stream(write), .. }) = output.job else {
            return None;
        };
        let press = self.in_tree(output.tree.number());
        Some(Box::new(move |out| write(&press, output, out)))
    }

    /// Everything that the template of an output is given; `None` where no template makes it.
    pub fn context(&self, output: &Output) -> Option<Context> {
        let press = self.in_tree(output.tree.number());
        output.template().map(|template| press.given(&template, output))
    }

    fn make(&self, output: &Output) -> Result<Option<Vec<u8>>, Vec<Finding>> {
        match &output.job {
            Artifact::Media(_)
            | Artifact::Variant(..)
            | Artifact::Export(Export { write: Write::Stream(_), .. }) => Ok(None),
            Artifact::Asset(asset) => Ok(Some(self.theme.assets[*asset].content.to_vec())),
            Artifact::Export(Export { write: Write::Text(write), .. }) => {
                Ok(Some(said::spread(write(self, output).into_bytes(), None)))
            }
            Artifact::Page(_) => self.template(output).map(|page| {
                let page = said::spread(page, Some(&self.config.languages));
                Some(self.fit(page, output))
            }),
            Artifact::Export(_) => {
                self.template(output).map(|file| Some(self.fit(said::spread(file, None), output)))
            }
        }
    }

    /// A page without what XML forbids: what was read holds none, but templates, options and libraries may.
    fn fit(&self, mut page: Vec<u8>, output: &Output) -> Vec<u8> {
        let count = fit::scrub(&mut page);
        if count > 0 {
            let message = format!(
                "{count} characters that no page can hold were taken out of /{}",
                output.path()
            );
            let help = "look for them in the theme's templates and strings, and in raw HTML";
            self.found(std::iter::once(Finding::new(Code::ForbiddenCharacter, message).help(help)));
        }
        page
    }

    fn template(&self, output: &Output) -> Result<Vec<u8>, Vec<Finding>> {
        let Some(template) = output.template() else { return Ok(Vec::new()) };
        let own = self.own_template(output);
        let name = own.as_deref().unwrap_or(template.name);
        if !self.theme.templates.has(name) {
            let message =
                format!("the theme has no template `{name}`, which /{} needs", output.path());
            return Err(vec![
                Finding::new(Code::Template, message)
                    .help(format!("add templates/{name}, or let the theme extend `offprint`")),
            ]);
        }
        self.filled(name, &self.given(&template, output), output)
    }

    /// The template that the front matter of a document asks for, where the theme has it.
    fn own_template(&self, output: &Output) -> Option<String> {
        let Subject::Page(page) = output.about else { return None };
        let page = &self.site.pages()[page];
        let asked = page.page.meta.about.template.as_deref()?;
        let name = format!("pages/{}.html", asked.trim_end_matches(".html"));
        if self.theme.templates.has(&name) {
            return Some(name);
        }
        let finding = Finding::new(
            Code::MissingTemplate,
            format!("the theme has no template `{name}`, so the usual one is taken"),
        );
        let help = format!("add templates/{name}, or remove `template` from the front matter");
        self.found(std::iter::once(finding.in_path(page.source.path.clone()).help(help)));
        None
    }

    /// A template with what it is given.
    fn filled(
        &self,
        name: &str,
        context: &Context,
        output: &Output,
    ) -> Result<Vec<u8>, Vec<Finding>> {
        match self.shared.broken.get() {
            Some(broken) => Err(broken.clone()),
            None => self.theme.templates.render(name, context, &output.path()),
        }
    }

    /// Everything that the template of an output may see.
    fn given(&self, template: &TemplateDoc, output: &Output) -> Context {
        let mut context = self.base();
        let mut head = None;
        match output.job {
            Artifact::Page(kind) => {
                let mut own = self.head(kind, output);
                (kind.fill)(self, output, &mut own, &mut context);
                head = Some(own);
            }
            Artifact::Export(Export {
                write: Write::Template(_, fill) | Write::Picture(_, fill),
                ..
            }) => {
                fill(self, output, &mut context);
                head = template.has_page.then(|| self.head(kinds::page::KIND, output));
            }
            _ => {}
        }
        if let Some(mut head) = head {
            // It says what the page is called, which is known now.
            if self.uses.json_ld || self.uses.head {
                head.json_ld = json_ld::json_ld(self, output, &head);
            }
            put(&mut context, "page", head.view(self).show_fields(self.uses.page_fields));
        }
        context
    }

    /// The desk of this thread.
    fn desk(&self) -> &ThreadCache {
        let thread = rayon::current_thread_index().unwrap_or(0);
        &self.kept.desks[thread % self.kept.desks.len()]
    }

    /// What every template sees.
    fn base(&self) -> Context {
        let mut context = Context::new();
        context.insert_value(
            "site",
            self.desk().site.get_or_init(|| site_view::site_view(self).show()).clone(),
        );
        context.insert_value(
            "data",
            self.desk()
                .data
                .get_or_init(|| {
                    Value::try_from_serializable(&self.theme.data).unwrap_or_else(|_| Value::none())
                })
                .clone(),
        );
        context
    }

    /// What was wrong in the texts rendered so far, each once, whatever trees show it.
    pub fn take_findings(&self) -> Vec<Finding> {
        let mut findings =
            self.shared.findings.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut findings = std::mem::take(&mut *findings);
        findings.sort_by_cached_key(|finding| {
            (
                finding.file().map(str::to_owned),
                finding.span.as_ref().map(|span| span.start),
                finding.code,
                finding.message.clone(),
            )
        });
        findings.dedup();
        findings
    }

    fn found(&self, new: impl Iterator<Item = Finding>) {
        let mut new = new.peekable();
        if new.peek().is_some() {
            self.shared
                .findings
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .extend(new);
        }
    }
}

fn put(context: &mut Context, name: &'static str, view: impl Show) {
    context.insert_value(name, view.show());
}

//! Parts that many pages show alike: rendered once, and handed to templates as HTML.
//!
//! A theme says what can be shared by where a template lies: `parts/page/` once for each kind of page, `parts/paper/`
//! once for each paper, `partials/line.html` once for each paper in lists. All of it once for each language.

use std::sync::OnceLock;

use tera::value::Key;
use tera::{Map, Value};

use super::head::Head;
use super::kinds::KINDS;
use super::view::{Html, Show as _};
use super::views::{PaperLink, PartPage};
use super::{PageRenderer, put};
use crate::theme::Theme;

/// The template of a paper in a list.
pub(super) const LINE: &str = "partials/line.html";

/// The templates of parts, as the name in `parts` and the name of the template.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) of_pages: Vec<(Key<'static>, String)>,
    pub(super) of_papers: Vec<(Key<'static>, String)>,
}

impl Parts {
    pub(super) fn of(theme: &Theme) -> Self {
        Self { of_pages: within(theme, "parts/page/"), of_papers: within(theme, "parts/paper/") }
    }
}

fn within(theme: &Theme, folder: &str) -> Vec<(Key<'static>, String)> {
    let named = theme.templates.within(folder).into_iter();
    named
        .filter_map(|template| {
            let name = template.strip_prefix(folder)?.strip_suffix(".html")?.to_owned();
            Some((Key::from(name), template))
        })
        .collect()
}

/// The parts of each kind of page of which there are many. Of the others each page has its own.
pub(super) type KeptParts = [OnceLock<Value>; KINDS.len()];

impl PageRenderer<'_> {
    /// `page.parts`
    pub(super) fn parts_of_page(&self, head: &Head) -> Value {
        if self.shared.parts.of_pages.is_empty() {
            return Value::none();
        }
        let name = head.kind.name;
        match KINDS.iter().position(|kind| kind.many && *kind == head.kind) {
            Some(kind) => self.desk().parts[kind].get_or_init(|| self.page_parts(name, "")).clone(),
            None => self.page_parts(name, &head.url),
        }
    }

    fn page_parts(&self, kind: &str, url: &str) -> Value {
        self.parts(
            &self.shared.parts.of_pages,
            self.part_page(kind, url).show(),
            None,
            "the pages of a kind",
        )
    }

    /// A paper with its `parts`.
    pub(super) fn with_parts(&self, paper: Value) -> Value {
        if self.shared.parts.of_papers.is_empty() {
            return paper;
        }
        let parts = self.parts(
            &self.shared.parts.of_papers,
            self.page_of_papers(),
            Some(paper.clone()),
            "the parts of papers",
        );
        let mut fields = paper.into_map().unwrap_or_default();
        fields.insert(Key::Str("parts"), parts);
        Value::from(fields)
    }

    /// What parts of papers see of the page: its language.
    pub(super) fn page_of_papers(&self) -> Value {
        self.desk().part_page.get_or_init(|| self.part_page("", "").show()).clone()
    }

    fn part_page(&self, kind: &str, url: &str) -> PartPage {
        let (lang, dir) =
            (self.edition.lang.as_str().to_owned(), self.edition.lang.direction().to_owned());
        PartPage { kind: kind.to_owned(), url: url.to_owned(), lang, dir }
    }

    fn parts(
        &self,
        parts: &[(Key<'static>, String)],
        page: Value,
        paper: Option<Value>,
        what: &str,
    ) -> Value {
        let mut context = self.base();
        put(&mut context, "page", page);
        if let Some(paper) = paper {
            put(&mut context, "paper", paper);
        }
        Value::from(
            parts
                .iter()
                .map(|(name, template)| {
                    (name.clone(), self.once(template, &context, what).unwrap_or_default().show())
                })
                .collect::<Map>(),
        )
    }

    /// `paper.line`, where the theme asks for it.
    pub(super) fn line(&self, link: &PaperLink) -> Html {
        if !self.uses.line {
            return Html::default();
        }
        let mut context = self.base();
        put(&mut context, "page", self.page_of_papers());
        put(&mut context, "dated", true);
        put(&mut context, "paper", link.clone());
        self.once(LINE, &context, "the papers of lists").unwrap_or_default()
    }

    /// Without it no page can be rendered: what is wrong is kept for whoever renders one.
    fn once(&self, template: &str, context: &tera::Context, what: &str) -> Option<Html> {
        match self.theme.templates.render(template, context, "") {
            Ok(html) => {
                Some(Html(std::str::from_utf8(html.trim_ascii()).unwrap_or_default().to_owned()))
            }
            Err(findings) => {
                // Findings name a page; this one is many.
                self.shared.broken.get_or_init(|| {
                    findings
                        .into_iter()
                        .map(|finding| {
                            let help = finding.help.clone().unwrap_or_default();
                            finding
                                .help(help.replace("rendering /)", &format!("rendering {what})")))
                        })
                        .collect()
                });
                None
            }
        }
    }
}

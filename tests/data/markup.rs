//! Markdown to HTML, by example: `tests/markup/NAME.md` gives `NAME.html`, findings at its end as comments.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use libtest_mimic::Trial;
use offprint::markup::{Image, Linked, Markup, Options, Renderer, Resolver};
use offprint::model::PaperId;

use crate::desk::tests;
use crate::{expect, trial};

pub(crate) fn trials() -> Vec<Trial> {
    let files = fs::read_dir(tests().join("markup")).unwrap().map(|entry| entry.unwrap().path());
    let sources = files.filter(|path| path.extension().is_some_and(|end| end == "md"));
    sources.map(|path| trial(&path, example)).collect()
}

fn example(path: &Path) {
    expect(&path.with_extension("html"), &golden(&fs::read_to_string(path).unwrap()));
}

/// A site of one paper, one note, one file and one image.
struct Site(&'static str);

impl Resolver for Site {
    fn paper(&self, id: &PaperId) -> Option<Linked> {
        let known = *id == PaperId::Arxiv("2503.07565".to_owned());
        known.then(|| link("/papers/2503.07565/", "Inductive \"Moment\" Matching"))
    }

    fn file_part(&self, path: &str, slug: &str) -> Option<String> {
        (path == "2025-03-12.md" && slug == "two-words").then(|| "t123-two-words".to_owned())
    }

    fn wikilink(&self, name: &str) -> Option<Linked> {
        (name == "250312 IMM").then(|| link("/papers/2503.07565/", "Inductive Moment Matching"))
    }

    fn file(&self, path: &str) -> Option<String> {
        (path == "2025-03-12.md").then(|| "/2025/03/12/".to_owned())
    }

    fn image(&self, path: &str, _by_name: bool) -> Option<Image> {
        (path == "그림.png").then(|| Image {
            src: "/2025/03/12/%EA%B7%B8%EB%A6%BC.png".to_owned(),
            width: 640,
            height: 480,
            ..Image::default()
        })
    }

    fn medium(&self, path: &str) -> Option<String> {
        path.starts_with("clip.").then(|| format!("/2025/03/12/{path}"))
    }

    fn near(&self, path: &str) -> Option<String> {
        (path == "그림.PNG").then(|| "그림.png".to_owned())
    }

    fn embed(&self, name: &str, part: Option<&str>, _at: usize) -> Option<String> {
        (name == "250312 IMM").then(|| format!("<p>The text{}.</p>\n", part.unwrap_or_default()))
    }

    fn page(&self) -> &str {
        self.0
    }

    fn alert(&self, kind: &str) -> (String, Option<String>) {
        (kind.to_owned(), Some("en".to_owned()))
    }
}

fn link(href: &str, title: &str) -> Linked {
    Linked { href: href.to_owned(), title: title.to_owned() }
}

fn renderer(unsafe_html: bool) -> Renderer {
    let math_macros = vec![("bW".to_owned(), "\\mathbf{W}".to_owned())];
    Renderer::new(&Options { unsafe_html, math_macros, ..Options::default() })
        .expect("the options are right")
}

fn filled(markup: &Markup, page: &'static str) -> String {
    let mut html = String::new();
    markup.fill(&Site(page), &mut html);
    html
}

fn golden(source: &str) -> String {
    let markup = renderer(false).render(source, "k");
    let mut out = filled(&markup, "");
    for finding in markup.findings.iter().chain(&markup.unresolved(&Site(""))) {
        let place = finding.span.clone().map_or("", |span| &source[span]);
        let _ =
            writeln!(out, "<!-- {} at `{place}`: {} -->", finding.code.as_str(), finding.message);
    }
    out
}

//! The index of authors with a page.

use tera::Context;

use super::{Kind, USUAL};
use crate::config::Switch;
use crate::render::PageRenderer;
use crate::render::alphabet::{by_letter, letter};
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{self, Output};
use crate::render::view::{Of, Show as _};
use crate::render::views::{AuthorCount, LetterView};

/// Whether authors have pages.
pub(in crate::render) const AUTHORS: &Switch = &Switch {
    name: "authors",
    default: true,
    full: false,
    about: "`/authors/` and a page for each author with enough papers.",
};

pub(super) const KIND: &Kind = &Kind {
    name: "authors",
    template: "authors.html",
    about: "All authors with a page.",
    example: "`/authors/`",
    variables: Given::FIELDS,
    switch: Some(AUTHORS),
    menu: |press| press.site.author_count() > 0,
    plan: plan::one,
    fill,
    ..USUAL
};

variables! {
    authors: Vec<Of<AuthorCount>>,
    letters: Vec<LetterView>,
}

fn fill(press: &PageRenderer<'_>, _: &Output, _: &mut Head, context: &mut Context) {
    let all = press.site.authors().iter();
    let all =
        all.map(|author| (letter(author.slug.text()), press.author_count(author).show().into()));
    let all: Vec<(String, Of<AuthorCount>)> = all.collect();
    let letters = by_letter(&all, |letter, authors| LetterView { authors, ..letter });
    Given { authors: all.into_iter().map(|(_, author)| author).collect(), letters }.put(context);
}

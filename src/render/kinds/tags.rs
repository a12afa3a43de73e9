//! The index of all tags.

use tera::Context;

use super::{Kind, USUAL};
use crate::render::PageRenderer;
use crate::render::alphabet::{by_letter, letter};
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{self, Output};
use crate::render::view::{Of, Show as _};
use crate::render::views::{LetterView, TagLink};

pub(super) const KIND: &Kind = &Kind {
    name: "tags",
    template: "tags.html",
    about: "All tags.",
    example: "`/tags/`",
    variables: Given::FIELDS,
    menu: |press| !press.site.tags().is_empty(),
    plan: plan::one,
    fill,
    ..USUAL
};

variables! {
    tags: Vec<Of<TagLink>>,
    letters: Vec<LetterView>,
}

fn fill(press: &PageRenderer<'_>, _: &Output, _: &mut Head, context: &mut Context) {
    let first = |tag: &TagLink| letter(&press.tag_label(&tag.name));
    let all = press.all_tags().into_iter().map(|tag| (first(&tag), tag.show().into()));
    let all: Vec<(String, Of<TagLink>)> = all.collect();
    let letters = by_letter(&all, |letter, tags| LetterView { tags, ..letter });
    Given { tags: all.into_iter().map(|(_, tag)| tag).collect(), letters }.put(context);
}

//! The index of all tags.

use tera::Context;

use super::{Kind, USUAL};
use crate::model::route::Route;
use crate::render::alphabet::{IndexPages, by_letter, letter};
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{Output, Subject};
use crate::render::view::{Of, Show as _};
use crate::render::views::{LetterLink, LetterView, PagerView, TagLink};
use crate::render::{PageRenderer, lists};

/// From so many tags on, the commonest come first.
const MANY: usize = 60;
/// How many those are.
const FREQUENT: usize = 48;

pub(super) const KIND: &Kind = &Kind {
    name: "tags",
    template: "tags.html",
    about: "All tags.",
    example: "`/tags/`, `/tags/page/2/`",
    variables: Given::FIELDS,
    menu: |press| !press.site.tags().is_empty(),
    plan: |planner| {
        for page in 1..=IndexPages::new(planner.inputs.site.tags().len()).count() {
            planner.add(Route::Index(KIND.name, page), Subject::Site);
        }
    },
    fill,
    ..USUAL
};

variables! {
    /// Those of this page, in the order of what is shown for them.
    tags: Vec<Of<TagLink>>,
    letters: Vec<LetterView>,
    /// The commonest, on the first page of many.
    frequent: Vec<TagLink>,
    /// The letters with the pages on which they begin, on the first page where there are several.
    overview: Vec<LetterLink>,
    pager: PagerView,
}

fn fill(press: &PageRenderer<'_>, output: &Output, head: &mut Head, context: &mut Context) {
    let (tags, page) = (lists::all_tags(press), output.route.page());
    let cut = IndexPages::new(tags.len());
    let letters: Vec<String> =
        tags.iter().map(|tag| letter(&press.edition.tag_label(&tag.name))).collect();
    let frequent =
        if page == 1 && tags.len() > MANY { lists::top_tags(press, FREQUENT) } else { Vec::new() };
    let overview = if page == 1 && cut.is_long() {
        cut.letters(&letters, |page| press.edition.href(&Route::Index(KIND.name, page)))
    } else {
        Vec::new()
    };
    let shown = letters.into_iter().zip(tags).skip(cut.slice(page).start);
    let shown = shown.take(cut.slice(page).len());
    let all: Vec<(String, Of<TagLink>)> =
        shown.map(|(letter, tag)| (letter, tag.show().into())).collect();
    let letters = by_letter(&all, |letter, tags| LetterView { tags, ..letter });
    let pager = press.edition.pager(page, cut.count(), |page| Route::Index(KIND.name, page));
    head.neighbours(&pager);
    if page > 1 {
        head.title = format!("{} ({page})", head.title);
    }
    let tags = all.into_iter().map(|(_, tag)| tag).collect();
    Given { tags, letters, frequent, overview, pager }.put(context);
}

//! The index of authors with a page.

use tera::Context;

use super::{Kind, USUAL};
use crate::config::Switch;
use crate::model::route::Route;
use crate::render::alphabet::{IndexPages, by_letter, filed, key};
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{Output, Subject};
use crate::render::view::{Of, Show as _};
use crate::render::views::{AuthorCount, LetterLink, LetterView, PagerView};
use crate::render::{PageRenderer, lists, stats};

/// From so many authors on, the most read come first.
const MANY: usize = 60;
/// How many those are.
const FREQUENT: usize = 48;

/// Whether authors have pages.
pub(in crate::render) const AUTHORS: &Switch = &Switch {
    name: "authors",
    default: true,
    word: None,
    about: "`/authors/` and a page for each author with enough papers.",
};

pub(super) const KIND: &Kind = &Kind {
    name: "authors",
    template: "authors.html",
    about: "All authors with a page.",
    example: "`/authors/`, `/authors/page/2/`",
    variables: Given::FIELDS,
    switch: Some(AUTHORS),
    menu: |press| press.site.author_count() > 0,
    plan: |planner| {
        for page in 1..=IndexPages::new(planner.inputs.site.authors().len()).count() {
            planner.add(Route::Index(KIND.name, page), Subject::Site);
        }
    },
    fill,
    ..USUAL
};

variables! {
    /// Those of this page, by family name.
    authors: Vec<Of<AuthorCount>>,
    letters: Vec<LetterView>,
    /// The most read, on the first page of many.
    frequent: Vec<AuthorCount>,
    /// The letters with the pages on which they begin, on the first page where there are several.
    overview: Vec<LetterLink>,
    pager: PagerView,
}

fn fill(press: &PageRenderer<'_>, output: &Output, head: &mut Head, context: &mut Context) {
    let (order, page) = (author_order(press), output.route.page());
    let cut = IndexPages::new(order.len());
    let shown = order[cut.slice(page)].iter();
    let all: Vec<(String, Of<AuthorCount>)> = shown
        .map(|(letter, author)| {
            let author = &press.site.authors()[*author as usize];
            (letter.clone(), lists::author_count(press, author).show().into())
        })
        .collect();
    let letters = by_letter(&all, |letter, authors| LetterView { authors, ..letter });
    let frequent = if page == 1 && order.len() > MANY {
        stats::commonest_authors(press, FREQUENT)
    } else {
        Vec::new()
    };
    let overview = if page == 1 && cut.is_long() {
        let all: Vec<String> = order.iter().map(|(letter, _)| letter.clone()).collect();
        cut.letters(&all, |page| press.edition.href(&Route::Index(KIND.name, page)))
    } else {
        Vec::new()
    };
    let pager = press.edition.pager(page, cut.count(), |page| Route::Index(KIND.name, page));
    head.neighbours(&pager);
    if page > 1 {
        head.title = format!("{} ({page})", head.title);
    }
    let authors = all.into_iter().map(|(_, author)| author).collect();
    Given { authors, letters, frequent, overview, pager }.put(context);
}

/// All authors with a page by family name, each with its letter. Made once.
fn author_order<'a>(press: &'a PageRenderer<'_>) -> &'a [(String, u32)] {
    press.shared.author_order.get_or_init(|| {
        let mut order = Vec::new();
        for (author, number) in press.site.authors().iter().zip(0..) {
            let (letter, key) = key(&filed(press.edition.author_name(author)));
            order.push((key, author.slug.text(), letter, number));
        }
        order.sort_unstable();
        order.into_iter().map(|(_, _, letter, number)| (letter, number)).collect()
    })
}

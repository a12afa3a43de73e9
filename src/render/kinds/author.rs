//! The page of an author.

use tera::Context;

use super::{AUTHORS, Kind, Schema, USUAL};
use crate::model::route::{FeedOf, Route};
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{Output, Paging, Subject};
use crate::render::views::AuthorView;
use crate::render::{PageRenderer, lists};

pub(super) const KIND: &Kind = &Kind {
    name: "author",
    template: "author.html",
    about: "An author.",
    example: "`/authors/kaiming-he/`, `/authors/kaiming-he/page/2/`",
    variables: Given::FIELDS,
    switch: Some(AUTHORS),
    many: true,
    schema: Schema::Profile,
    plan: |planner| {
        let (site, config) = (planner.inputs.site, planner.inputs.config);
        for (index, author) in site.authors().iter().enumerate() {
            let slug = author.slug.text();
            let papers = site.papers_of_author(&author.slug).len();
            for page in 1..=Paging::of_papers(config, papers).pages() {
                planner.add(Route::Author(slug.to_owned(), page), Subject::Author(index));
            }
        }
    },
    head: |_, _, _| (),
    fill,
    ..USUAL
};

variables! {
    author: AuthorView,
}

fn fill(press: &PageRenderer<'_>, output: &Output, head: &mut Head, context: &mut Context) {
    let Subject::Author(index) = output.about else { return };
    let page = output.route.page();
    let author = lists::author_view(press, index, page);
    if press.config.feeds.authors {
        let slug = press.site.authors()[index].slug.text().to_owned();
        head.feeds = press.feed_links(&FeedOf::Author(slug), &author.name);
    }
    head.neighbours(&author.pager);
    head.title = match page {
        1 => author.name.clone(),
        page => format!("{} ({page})", author.name),
    };
    head.description = format!(
        "{}: {}",
        author.name,
        press.edition.say("papers_count", Some(author.count as u64))
    );
    Given { author }.put(context);
}

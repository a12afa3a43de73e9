//! The page of an author.

use tera::Context;

use super::{AUTHORS, Kind, Schema, USUAL};
use crate::model::route::{FeedOf, Route};
use crate::render::PageRenderer;
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{Output, Subject};
use crate::render::views::AuthorView;

pub(super) const KIND: &Kind = &Kind {
    name: "author",
    template: "author.html",
    about: "An author.",
    example: "`/authors/kaiming-he/`",
    variables: Given::FIELDS,
    switch: Some(AUTHORS),
    many: true,
    schema: Schema::Profile,
    plan: |planner| {
        for (index, author) in planner.inputs.site.authors().iter().enumerate() {
            planner.add(Route::Author(author.slug.text().to_owned()), Subject::Author(index));
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
    let author = press.author_view(index);
    if press.config.feeds.authors {
        let slug = press.site.authors()[index].slug.text().to_owned();
        head.feeds = press.feed_links(&FeedOf::Author(slug), &author.name);
    }
    head.title.clone_from(&author.name);
    head.description =
        format!("{}: {}", author.name, press.say("papers_count", Some(author.count as u64)));
    Given { author }.put(context);
}

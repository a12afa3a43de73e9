//! The index of a family of collections: all venues, all series.

use tera::Context;

use super::{Kind, USUAL};
use crate::model::route::{FeedOf, Route};
use crate::render::collections::families;
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{Output, Subject};
use crate::render::views::CollectionLink;
use crate::render::{PageRenderer, collections};
use crate::site::LISTS;

pub(super) const KIND: &Kind = &Kind {
    name: "collections",
    template: "collections.html",
    about: "All values of a field that have pages, such as venues; all series; all reading lists; all writers; all round-ups.",
    example: "`/venue/`, `/series/`, `/lists/`, `/writers/`, `/weekly/`",
    variables: Given::FIELDS,
    many: true,
    plan: |planner| {
        // A page of the writer's own stands instead of the list of lists.
        let is_written = planner.inputs.site.pages().iter().any(|page| page.address == LISTS);
        let families = families(&planner.inputs).iter().enumerate();
        let made: Vec<_> =
            families.filter(|(_, family)| family.name != LISTS || !is_written).collect();
        for (index, family) in made {
            planner.add(Route::Page(family.name.clone()), Subject::Family(index));
        }
    },
    head: |_, _, _| (),
    fill,
    ..USUAL
};

variables! {
    collections: Vec<CollectionLink>,
}

fn fill(press: &PageRenderer<'_>, output: &Output, head: &mut Head, context: &mut Context) {
    let Subject::Family(index) = output.about else { return };
    let family = &press.site.families()[index];
    head.title = press.edition.each(|edition| edition.family_label(&family.name));
    if let Some(period) = family.collections.first().and_then(|of| of.period) {
        head.feeds = press.feed_links(&FeedOf::Roundups(period.span.name()), &head.title);
    }
    head.description = format!("{}. {}", head.title, press.edition.site_title());
    Given { collections: collections::collection_links(press, family) }.put(context);
}

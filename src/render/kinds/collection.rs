//! The page of a collection: a venue, an organisation, a value of a field, a series.

use tera::Context;

use super::{Kind, USUAL};
use crate::model::route::FeedOf;
use crate::render::collections::families;
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{Output, Paging, Subject};
use crate::render::views::CollectionView;
use crate::render::{PageRenderer, collections};
use crate::site::LISTS;

pub(super) const KIND: &Kind = &Kind {
    name: "collection",
    template: "collection.html",
    about: "What has a value in common: a venue, an organisation, a field of one's own; a series.",
    example: "`/venue/iclr-2025/`, `/series/lamps/`",
    variables: Given::FIELDS,
    many: true,
    plan: |planner| {
        let config = planner.inputs.config;
        let families = families(&planner.inputs).iter().enumerate();
        for (place, family) in
            families.filter(|(_, family)| !family.is_of_roundups() && family.name != LISTS)
        {
            for (index, of) in family.collections.iter().enumerate() {
                for page in 1..=Paging::of_papers(config, of.members.len()).pages() {
                    planner.add(of.route(family, page), Subject::Collection(place, index, page));
                }
            }
        }
    },
    head: |_, _, _| (),
    fill,
    ..USUAL
};

variables! {
    collection: CollectionView,
}

fn fill(press: &PageRenderer<'_>, output: &Output, head: &mut Head, context: &mut Context) {
    let Subject::Collection(family, index, page) = output.about else { return };
    let family = &press.site.families()[family];
    let of = &family.collections[index];
    let collection = collections::collection_view(press, (family, of), page);
    head.feeds = press
        .feed_links(&FeedOf::Collection(family.name.clone(), of.slug.clone()), &collection.name);
    head.neighbours(&collection.pager);
    let name = &collection.name;
    head.title = if page == 1 { name.clone() } else { format!("{name} ({page})") };
    head.description =
        format!("{}: {name}. {}", collection.family_label, press.edition.site_title());
    Given { collection }.put(context);
}

//! The page of a tag, and its further pages.

use tera::Context;

use super::{Kind, USUAL};
use crate::model::route::{FeedOf, Route};
use crate::render::contract::variables;
use crate::render::exports::TAG_FEEDS;
use crate::render::head::Head;
use crate::render::plan::{Output, Paging, Subject};
use crate::render::views::TagView;
use crate::render::{PageRenderer, lists};

pub(super) const KIND: &Kind = &Kind {
    name: "tag",
    template: "tag.html",
    about: "A tag.",
    example: "`/tags/diffusion/`, `/tags/diffusion/page/2/`",
    variables: Given::FIELDS,
    many: true,
    plan: |planner| {
        let (site, config) = (planner.inputs.site, planner.inputs.config);
        for (index, tag) in site.tags().iter().enumerate() {
            for page in 1..=Paging::of_papers(config, site.papers_of_tag(tag).len()).pages() {
                planner.add(Route::Tag(tag.name.text().to_owned(), page), Subject::Tag(index));
            }
        }
    },
    head: |_, _, _| (),
    fill,
    ..USUAL
};

variables! {
    tag: TagView,
}

fn fill(press: &PageRenderer<'_>, output: &Output, head: &mut Head, context: &mut Context) {
    let Subject::Tag(tag) = output.about else { return };
    let page = output.route.page();
    let tag = lists::tag_view(press, &press.site.tags()[tag], page);
    if press.config.outputs.has(TAG_FEEDS) {
        head.feeds = press.feed_links(
            &FeedOf::Tag(tag.name.clone()),
            &format!("#{}", press.edition.tag_label(&tag.name)),
        );
    }
    head.neighbours(&tag.pager);
    head.title = match page {
        1 => format!("#{}", tag.label),
        page => format!("#{} ({page})", tag.label),
    };
    let count = press.edition.say("papers_count", Some(tag.count as u64));
    head.description = match press.edition.tag_description(&tag.name).0 {
        "" => format!("#{}: {count}", press.edition.tag_label(&tag.name)),
        description => description.to_owned(),
    };
    Given { tag }.put(context);
}

//! A reading list: papers in an order of the writer's, each with a remark.

use tera::Context;

use super::{Kind, USUAL};
use crate::model::route::{FeedOf, Route};
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{Inputs, Output, Subject};
use crate::render::views::{DocumentView, ListItemView, TextView};
use crate::render::{PageRenderer, documents, reading_lists};
use crate::site::LISTS;

pub(super) const KIND: &Kind = &Kind {
    name: "list",
    template: "list.html",
    about: "A reading list of `content/lists/`. A theme without it shows lists as plain pages.",
    example: "`/lists/first-steps/`",
    variables: Given::FIELDS,
    many: true,
    plan: |planner| {
        let site = planner.inputs.site;
        let lists = if has_lists(&planner.inputs) { site.reading_lists() } else { &[] };
        for list in lists {
            planner.add(site.pages()[list.page].route(), Subject::Page(list.page));
        }
    },
    head: |_, _, _| (),
    fill,
    ..USUAL
};

variables! {
    document: DocumentView,
    /// What stands before its first item.
    texts: Vec<TextView>,
    items: Vec<ListItemView>,
    /// What stands after its last item.
    after: Vec<TextView>,
    /// Whether its texts are not in the language of the page.
    untranslated: bool,
    /// Address of the list of lists.
    lists_url: String,
}

/// Whether the theme shows reading lists as such.
pub(super) fn has_lists(inputs: &Inputs<'_>) -> bool {
    inputs.theme.templates.has(KIND.template)
}

fn fill(press: &PageRenderer<'_>, output: &Output, head: &mut Head, context: &mut Context) {
    let Subject::Page(place) = output.about else { return };
    let page = &press.site.pages()[place];
    documents::document_head(press, page, head);
    let slug = page.address.rsplit('/').next().unwrap_or_default().to_owned();
    head.feeds = press.feed_links(&FeedOf::Collection(LISTS.into(), slug), &head.title);
    let (list, untranslated) = reading_lists::list_texts(press, place);
    let document = documents::document(press, place, Vec::new());
    let lists_url = press.edition.href(&Route::Page(LISTS.to_owned()));
    Given {
        document,
        texts: list.before,
        items: list.items,
        after: list.after,
        untranslated,
        lists_url,
    }
    .put(context);
}

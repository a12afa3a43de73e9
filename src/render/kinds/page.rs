//! A plain page of `content/`.

use tera::Context;

use super::{Kind, USUAL, list};
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{Output, Subject};
use crate::render::view::FieldDoc;
use crate::render::views::{DocumentView, TextView};
use crate::render::{PageRenderer, documents};

pub(in crate::render) const KIND: &Kind = &Kind {
    name: "page",
    template: "page.html",
    about: "A plain page of `content/`.",
    example: "`/about/`",
    variables: VARIABLES,
    plan: |planner| {
        let site = planner.inputs.site;
        let has_lists = list::has_lists(&planner.inputs);
        for (index, page) in site.pages().iter().enumerate() {
            if has_lists && site.list_of_page(index).is_some() {
                continue;
            }
            // One page without an address opens the home page; another one is one too many.
            if page.page.date.is_none()
                && (!page.address.is_empty() || site.opening() != Some(index))
            {
                planner.add(page.route(), Subject::Page(index));
            }
        }
    },
    head: |_, _, _| (),
    fill,
    ..USUAL
};

variables! {
    document: DocumentView,
    texts: Vec<TextView>,
    /// Whether `texts` are not in the language of the page.
    untranslated: bool,
}

/// What the templates of plain pages and posts are given.
pub(in crate::render) const VARIABLES: &[FieldDoc] = Given::FIELDS;

pub(super) fn fill(
    press: &PageRenderer<'_>,
    output: &Output,
    head: &mut Head,
    context: &mut Context,
) {
    let Subject::Page(place) = output.about else { return };
    let page = &press.site.pages()[place];
    documents::document_head(press, page, head);
    [head.prev, head.next] = press.edition.page_neighbours(place);
    let (passages, untranslated) = press.edition.page_passages(page);
    let (texts, contents) = press.page_texts(page, &passages);
    Given { document: documents::document(press, place, contents), texts, untranslated }
        .put(context);
}

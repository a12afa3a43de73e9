//! A plain page of `content/`.

use tera::Context;

use super::{Kind, USUAL};
use crate::render::Press;
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{Output, Subject};
use crate::render::views::TextView;

pub(in crate::render) const KIND: &Kind = &Kind {
    name: "page",
    template: "page.html",
    about: "A plain page of `content/`.",
    example: "`/about/`",
    variables: Given::FIELDS,
    plan: |planner| {
        let site = planner.inputs.site;
        for (index, page) in site.pages().iter().enumerate() {
            // One page without an address opens the home page; another one is one too many.
            if !page.address.is_empty() || site.opening() != Some(index) {
                planner.add(page.route(), Subject::Page(index));
            }
        }
    },
    head: |_, _, _| (),
    fill,
    ..USUAL
};

variables! {
    texts: Vec<TextView>,
    /// Whether `texts` are not in the language of the page.
    untranslated: bool,
}

fn fill(press: &Press<'_>, output: &Output, head: &mut Head, context: &mut Context) {
    let Subject::Page(page) = output.about else { return };
    let page = &press.site.pages()[page];
    (head.title, head.title_lang) = press.page_title(page);
    let (passages, untranslated) = press.page_passages(page);
    let said = passages.first().map(|(passage, _)| press.excerpt(&passage.text.text, Head::DESCRIPTION));
    if let Some(said) = said.filter(|said| !said.is_empty()) {
        head.description = said;
    }
    Given { texts: press.page_texts(page, &passages), untranslated }.put(context);
}

//! A page that leads to another. Which there are, `plan/redirects` says.

use tera::Context;

use super::{Kind, USUAL};
use crate::model::route::split_part;
use crate::render::PageRenderer;
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{Output, Subject};

pub(in crate::render) const KIND: &Kind = &Kind {
    name: "redirect",
    template: "redirect.html",
    about: "A page that leads to another.",
    example: "aliases, old addresses of papers",
    variables: Given::FIELDS,
    listed: false,
    head: |_, _, _| (),
    fill,
    ..USUAL
};

variables! {
    /// The address.
    to: String,
}

fn fill(press: &PageRenderer<'_>, output: &Output, head: &mut Head, context: &mut Context) {
    let Subject::Address(to) = &output.about else { return };
    let base = &press.config.base_url;
    let (path, part) = split_part(to);
    let (to, canonical) = if to.contains("://") {
        (to.clone(), to.clone())
    } else {
        (format!("{}{part}", base.href(path)), format!("{}{part}", base.absolute(path)))
    };
    head.canonical = canonical;
    Given { to }.put(context);
}

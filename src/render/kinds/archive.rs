//! The archive: all dates, then what has none.

use tera::Context;

use super::{Kind, USUAL};
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{self, Output};
use crate::render::view::Of;
use crate::render::views::{PaperLink, YearView};
use crate::render::{PageRenderer, lists};

pub(super) const KIND: &Kind = &Kind {
    name: "archive",
    template: "archive.html",
    about: "All dates, then what has none.",
    example: "`/archive/`",
    variables: Given::FIELDS,
    menu: |_| true,
    plan: plan::one,
    fill,
    ..USUAL
};

variables! {
    years: Vec<YearView>,
    undated: Vec<Of<PaperLink>>,
}

fn fill(press: &PageRenderer<'_>, _: &Output, _: &mut Head, context: &mut Context) {
    Given { years: lists::years(press, press.site.dated()), undated: lists::undated(press) }
        .put(context);
}

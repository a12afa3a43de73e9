//! `llms.txt`: a plain list of dates and papers for language models.

use tera::Context;

use super::{Export, Write};
use crate::config::Switch;
use crate::render::PageRenderer;
use crate::render::contract::{TemplateDoc, variables};
use crate::render::plan::{self, Output};
use crate::render::views::{DayLink, YearView};

pub(super) const EXPORT: &Export = &Export {
    file: "llms.txt",
    switch: Some(&Switch {
        name: "llms",
        default: true,
        about: "`/llms.txt`, a plain list of dates and papers for language models.",
    }),
    more: &[],
    plan: plan::one,
    write: Write::Template(
        &TemplateDoc {
            name: "llms.txt",
            makes: "The site for language models.",
            at: "`/llms.txt`",
            variables: Given::FIELDS,
            has_page: true,
        },
        fill,
    ),
};

variables! {
    /// With papers.
    days: Vec<DayLink>,
    years: Vec<YearView>,
}

fn fill(press: &PageRenderer<'_>, _: &Output, context: &mut Context) {
    let dated = press.site.dated();
    let days = press.months(dated, true).into_iter().flat_map(|month| month.days).collect();
    Given { days, years: press.years(dated) }.put(context);
}

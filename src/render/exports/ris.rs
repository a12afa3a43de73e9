//! `papers.ris`: papers as RIS, newest first, for reference managers.

use super::{Export, Write, bibliography};
use crate::config::Switch;
use crate::formats::ris;
use crate::render::PageRenderer;
use crate::render::plan::Output;

pub(super) const EXPORT: &Export = &Export {
    file: "papers.ris",
    switch: Some(&Switch {
        name: "ris",
        default: true,
        full: false,
        about: "`/papers.ris`, all papers as RIS.",
    }),
    more: &[],
    plan: bibliography::plan,
    write: Write::Text(write),
};

fn write(press: &PageRenderer<'_>, output: &Output) -> String {
    let one = |paper| ris(&press.record(paper), &press.site.abstract_of(paper));
    bibliography::written(press, output, "\n", one)
}

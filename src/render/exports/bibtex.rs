//! `papers.bib`: papers as BibTeX, newest first.

use super::{Export, Write, bibliography};
use crate::config::Switch;
use crate::formats::bibtex;
use crate::render::PageRenderer;
use crate::render::plan::Output;

pub(super) const EXPORT: &Export = &Export {
    file: "papers.bib",
    switch: Some(&Switch {
        name: "bib",
        default: true,
        full: false,
        about: "`/papers.bib`, all papers as BibTeX.",
    }),
    more: &[],
    plan: bibliography::plan,
    write: Write::Text(write),
};

fn write(press: &PageRenderer<'_>, output: &Output) -> String {
    bibliography::written(press, output, "\n\n", |record| bibtex(record, true)) + "\n"
}

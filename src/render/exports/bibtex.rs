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
    let records = bibliography::records(press, output);
    let records: Vec<String> = records.iter().map(|record| bibtex(record, true)).collect();
    records.join("\n\n") + "\n"
}

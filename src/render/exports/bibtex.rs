//! `papers.bib`: all papers as BibTeX, newest first.

use super::{Export, Write};
use crate::config::Switch;
use crate::render::PageRenderer;
use crate::render::plan::{self, Output};

pub(super) const EXPORT: &Export = &Export {
    file: "papers.bib",
    switch: Some(&Switch {
        name: "bib",
        default: true,
        about: "`/papers.bib`, all papers as BibTeX.",
    }),
    more: &[],
    plan: plan::one,
    write: Write::Text(write),
};

fn write(press: &PageRenderer<'_>, _: &Output) -> String {
    let records: Vec<&str> = press.site.papers().map(|paper| press.bibtex(paper)).collect();
    records.join("\n\n") + "\n"
}

//! `papers.bib`: papers as BibTeX, newest first.

use std::io;

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
        word: None,
        about: "`/papers.bib`, all papers as BibTeX.",
    }),
    more: &[],
    plan: bibliography::plan,
    write: Write::Stream(write),
};

fn write(press: &PageRenderer<'_>, output: &Output, out: &mut dyn io::Write) -> io::Result<()> {
    // A paper stands in a file of its own, of the site, of its date, and of each of its tags and authors.
    bibliography::write(press, output, "\n\n", out, |paper| {
        press.shared.bibtex[paper as usize]
            .get_or_init(|| bibtex(&press.record(paper), Some(&press.site.abstract_of(paper))))
    })?;
    out.write_all(b"\n")
}

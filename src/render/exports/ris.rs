//! `papers.ris`: papers as RIS, newest first, for reference managers.

use std::io;

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
        word: None,
        about: "`/papers.ris`, all papers as RIS.",
    }),
    more: &[],
    plan: bibliography::plan,
    write: Write::Stream(write),
};

fn write(press: &PageRenderer<'_>, output: &Output, out: &mut dyn io::Write) -> io::Result<()> {
    bibliography::write(press, output, "\n", out, |paper| {
        ris(&press.record(paper), &press.site.abstract_of(paper))
    })
}

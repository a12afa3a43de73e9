//! `papers.csl.json`: papers as CSL-JSON, newest first, for reference managers and whatever formats references.

use std::io;

use super::{Export, Write, bibliography};
use crate::config::Switch;
use crate::formats::csl;
use crate::render::PageRenderer;
use crate::render::json_ld::harmless;
use crate::render::plan::Output;

pub(super) const EXPORT: &Export = &Export {
    file: "papers.csl.json",
    switch: Some(&Switch {
        name: "csl",
        default: true,
        word: None,
        about: "`/papers.csl.json`, all papers as CSL-JSON.",
    }),
    more: &[bibliography::OF_PAPERS, bibliography::OF_LISTS],
    plan: bibliography::plan,
    write: Write::Stream(write),
};

fn write(press: &PageRenderer<'_>, output: &Output, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(b"[")?;
    bibliography::write(press, output, ",", out, |paper| {
        harmless(&csl(&press.record(paper), &press.site.abstract_of(paper)))
    })?;
    out.write_all(b"]\n")
}

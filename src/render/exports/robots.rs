//! `robots.txt`: rules for robots.

use super::{Export, Write};
use crate::render::contract::TemplateDoc;
use crate::render::plan;

pub(super) const EXPORT: &Export = &Export {
    file: "robots.txt",
    switch: None,
    more: &[],
    plan: plan::one,
    write: Write::Template(
        &TemplateDoc {
            name: "robots.txt",
            makes: "Rules for robots.",
            at: "`/robots.txt`",
            variables: &[],
            has_page: true,
        },
        |_, _, _| (),
    ),
};

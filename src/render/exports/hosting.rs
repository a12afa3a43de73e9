//! Files for hosts: `.nojekyll`, without which GitHub leaves out what begins with `_`, and `CNAME`, the domain.

use super::{Export, Write};
use crate::render::plan;

pub(super) const NO_JEKYLL: &Export = &Export {
    file: ".nojekyll",
    switch: None,
    more: &[],
    plan: |planner| {
        // A theme may bring one: a file that says nothing is nobody's in particular.
        if planner.inputs.theme.assets.iter().all(|asset| asset.path != ".nojekyll") {
            plan::one(planner);
        }
    },
    write: Write::Text(|_, _| String::new()),
};

pub(super) const CNAME: &Export = &Export {
    file: "CNAME",
    switch: None,
    more: &[],
    plan: |planner| {
        if planner.inputs.config.domain.is_some() {
            plan::one(planner);
        }
    },
    write: Write::Text(|press, _| {
        format!("{}\n", press.config.domain.as_deref().unwrap_or_default())
    }),
};

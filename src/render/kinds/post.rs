//! The page of a post.

use super::page::{VARIABLES, fill};
use super::{Kind, Schema, USUAL};
use crate::render::plan::Subject;

pub(super) const KIND: &Kind = &Kind {
    name: "post",
    template: "post.html",
    about: "A post: a dated text about no paper.",
    example: "`/2025/03/12/why-lamps/`",
    variables: VARIABLES,
    many: true,
    schema: Schema::Post,
    plan: |planner| {
        let site = planner.inputs.site;
        for post in site.posts() {
            planner.add(site.pages()[post].route(), Subject::Page(post));
        }
    },
    head: |_, _, _| (),
    fill,
    ..USUAL
};

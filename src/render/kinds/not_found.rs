//! What a server shows where there is nothing.

use super::{Kind, USUAL};
use crate::model::route::Route;
use crate::render::plan::Subject;

pub(super) const KIND: &Kind = &Kind {
    name: "404",
    template: "404.html",
    about: "What a server shows where there is nothing.",
    example: "`/404.html`",
    listed: false,
    plan: |planner| planner.add(Route::NotFound, Subject::Site),
    head: |press, _, head| {
        head.title = press.edition.each(|edition| edition.say("not_found", None));
    },
    ..USUAL
};

//! The round-up of a week, or of a month where months have no page.

use tera::Context;

use super::{CALENDAR, Kind, USUAL};
use crate::render::collections::families;
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{Output, Subject};
use crate::render::views::RoundupView;
use crate::render::{PageRenderer, roundups};
use crate::site::Span;

pub(super) const KIND: &Kind = &Kind {
    name: "roundup",
    template: "roundup.html",
    about: "The papers of a week, or of a month where months have no pages.",
    example: "`/2025/w12/`",
    variables: Given::FIELDS,
    many: true,
    plan: |planner| {
        let has_months = planner.inputs.config.outputs.has(CALENDAR);
        let all = families(&planner.inputs).iter().enumerate();
        for (place, family) in all.filter(|(_, family)| family.is_of_roundups()) {
            for (index, of) in family.collections.iter().enumerate() {
                let is_month = of.period.is_some_and(|period| period.span == Span::Month);
                if !(is_month && has_months) {
                    planner.add(of.route(family, 1), Subject::Collection(place, index, 1));
                }
            }
        }
    },
    head: |_, _, _| (),
    fill,
    ..USUAL
};

variables! {
    roundup: RoundupView,
}

fn fill(press: &PageRenderer<'_>, output: &Output, head: &mut Head, context: &mut Context) {
    let Subject::Collection(family, index, _) = output.about else { return };
    roundups::roundup_head(press, (family, index), head);
    let roundup = roundups::roundup_view(press, family, index);
    let count = press.edition.say("papers_count", Some(roundup.count as u64));
    head.description = format!("{}: {count}. {}", roundup.period, press.edition.site_title());
    Given { roundup }.put(context);
}

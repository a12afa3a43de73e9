//! The home page: what `index.md` says, and the latest digests; older ones on further pages.

use tera::Context;

use super::{Kind, Schema, USUAL};
use crate::model::route::Route;
use crate::render::contract::variables;
use crate::render::head::Head;
use crate::render::plan::{Output, Paging, Subject};
use crate::render::view::Of;
use crate::render::views::{DayView, EntryView, MonthView, PagerView, PostLink, TagLink, TextView};
use crate::render::{PageRenderer, calendar, collections, lists};

/// Tags shown on the home page.
const TOP_TAGS: usize = 24;

pub(in crate::render) const KIND: &Kind = &Kind {
    name: "home",
    template: "home.html",
    about: "The latest digests; older ones on further pages.",
    example: "`/`, `/page/2/`",
    variables: Given::FIELDS,
    many: true,
    schema: Schema::Blog,
    plan: |planner| {
        let pages =
            Paging::of_home(planner.inputs.config, planner.inputs.site.dated().len()).pages();
        (1..=pages).for_each(|page| planner.add(Route::Home(page), Subject::Site));
    },
    head: |press, output, head| match output.route.page() {
        1 => {}
        page => {
            head.title = press.edition.each(|edition| edition.say("page_n", Some(u64::from(page))));
        }
    },
    fill,
    ..USUAL
};

variables! {
    /// Of index.md, on the first page.
    texts: Vec<TextView>,
    /// Papers that their writer keeps on top, on the first page.
    pinned: Vec<Of<EntryView>>,
    /// Posts and digests that their writer keeps on top, on the first page.
    pinned_posts: Vec<PostLink>,
    days: Vec<DayView>,
    /// Papers without a date, after the oldest date; as many as `home.papers` leaves there.
    undated: Vec<Of<EntryView>>,
    pager: PagerView,
    top_tags: Vec<TagLink>,
    /// The latest.
    calendar: Vec<MonthView>,
}

fn fill(press: &PageRenderer<'_>, output: &Output, head: &mut Head, context: &mut Context) {
    let (home, dated, page) = (&press.config.home, press.site.dated(), output.route.page());
    let paging = Paging::of_home(press.config, dated.len());
    let place = paging.slice_from_end(page);
    let shown = &dated[place.clone()];
    let mut left = home.papers;
    let mut days = Vec::with_capacity(shown.len());
    for day in shown.iter().rev() {
        days.extend(lists::day_view(press, day, left));
        left = left.saturating_sub(day.items.len());
    }
    let undated = if place.start == 0 { undated(press, left) } else { Vec::new() };
    let pager = press.edition.pager(page, paging.pages(), Route::Home);
    head.neighbours(&pager);
    let (top_tags, calendar) = (lists::top_tags(press, TOP_TAGS), calendar::recent_months(press));
    let (pinned, pinned_posts) = if page <= 1 { pinned(press) } else { Default::default() };
    let texts = opening(press, page);
    Given { texts, pinned, pinned_posts, days, undated, pager, top_tags, calendar }.put(context);
}

/// The first papers without a date.
fn undated(press: &PageRenderer<'_>, most: usize) -> Vec<Of<EntryView>> {
    let items = press.site.undated().into_iter().flat_map(|day| &day.items).take(most);
    items.map(|item| press.entry_view(item.paper, &item.entries)).collect()
}

/// What its writer keeps on top.
fn pinned(press: &PageRenderer<'_>) -> (Vec<Of<EntryView>>, Vec<PostLink>) {
    let site = press.site;
    let entries = site.pinned_entries().into_iter();
    let entries = entries.map(|entry| press.entry_view(site.paper_of(entry), &[entry])).collect();
    let documents = site.pinned_documents().into_iter();
    (
        entries,
        documents.filter_map(|member| collections::part_of_collection(press, member)).collect(),
    )
}

/// What `index.md` says, on the first page.
fn opening(press: &PageRenderer<'_>, page: u32) -> Vec<TextView> {
    let opening =
        press.site.opening().filter(|_| page <= 1).map(|opening| &press.site.pages()[opening]);
    opening
        .map(|opening| press.page_texts(opening, &press.edition.page_passages(opening).0).0)
        .unwrap_or_default()
}

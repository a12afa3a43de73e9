//! `index.md`: the canonical Markdown of a date, its digests one after the other, without ids of blocks; and of a post.

use super::{Export, Write};
use crate::config::Switch;
use crate::formats::writer;
use crate::model::route::Route;
use crate::prose;
use crate::render::PageRenderer;
use crate::render::plan::{Output, Planner, Subject};

pub(in crate::render) const MARKDOWN: &Switch = &Switch {
    name: "markdown",
    default: true,
    word: None,
    about: "The canonical Markdown of each date and post: `/2025/03/12/index.md`.",
};

pub(super) const EXPORT: &Export = &Export {
    file: "index.md",
    switch: Some(MARKDOWN),
    more: &[],
    plan,
    write: Write::Text(write),
};

fn plan(planner: &mut Planner<'_>) {
    planner.add_days(Route::Markdown);
    let site = planner.inputs.site;
    for post in site.posts() {
        planner.add(site.pages()[post].markdown_route(), Subject::Page(post));
    }
}

fn write(press: &PageRenderer<'_>, output: &Output) -> String {
    let day = match output.about {
        Subject::Day(day) => day,
        Subject::Page(post) => return writer::write_page(&press.site.pages()[post].page),
        _ => return String::new(),
    };
    let digests = press.site.day_digests(&press.site.days()[day]);
    if let [one] = digests
        && !one.digest.entries.iter().any(|entry| entry.texts().any(|text| text.text.contains('^')))
    {
        return writer::write(&one.digest);
    }
    let mut joined = digests.first().map(|digest| digest.digest.clone()).unwrap_or_default();
    for digest in digests.iter().skip(1) {
        joined.intro.extend(digest.digest.intro.iter().cloned());
        joined.entries.extend(digest.digest.entries.iter().cloned());
    }
    for entry in &mut joined.entries {
        for text in
            entry.body.iter_mut().map(|passage| &mut passage.text).chain(&mut entry.abstract_text)
        {
            text.text = prose::without_ids(&text.text).into_owned();
        }
    }
    writer::write(&joined)
}

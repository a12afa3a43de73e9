//! What the script in the page asks: where each entry of it is written, and why it is not public yet.

use serde_json::{Value, json};

use super::snapshot::{Found, Snapshot};
use crate::diagnostic::line_column;
use crate::model::route::Route;
use crate::render::anchor;
use crate::render::plan::{Paging, Subject};
use crate::site::{Day, EntryIndex};

/// The marks of a page: an object for each entry, in the order of the page.
pub(super) fn of(snapshot: &Snapshot, found: &Found) -> Value {
    let Found::Output(output) = found else { return json!([]) };
    let (site, config) = (&snapshot.project.site, &snapshot.project.config);
    let entries: Vec<EntryIndex> = match (&output.about, &output.route) {
        (Subject::Day(index), _) => entries_of(&site.days()[*index]),
        (Subject::Paper(paper), _) => site.entries_of(*paper).to_vec(),
        (Subject::Page(index), _) => {
            let page = &site.pages()[*index];
            return json!([place(
                snapshot,
                &page.source.path,
                (1, 1),
                (page.page.meta.draft, false),
                None
            )]);
        }
        (_, Route::Home(page)) => {
            let days = site.dated();
            days[Paging::of_home(config, days.len()).slice_from_end(*page)]
                .iter()
                .rev()
                .flat_map(entries_of)
                .collect()
        }
        _ => Vec::new(),
    };
    entries.into_iter().map(|entry| mark(snapshot, entry)).collect()
}

fn entries_of(day: &Day) -> Vec<u32> {
    day.items.iter().flat_map(|item| item.entries.clone()).collect::<Vec<_>>()
}

fn mark(snapshot: &Snapshot, entry: EntryIndex) -> Value {
    let site = &snapshot.project.site;
    let digest = site.digest_of(entry);
    let place_in_text = line_column(&digest.source.text, site.entry(entry).span.start);
    let future = digest.digest.date.is_some_and(|date| date > snapshot.today);
    let anchor = anchor(site.address(site.paper_of(entry)));
    place(
        snapshot,
        &digest.source.path,
        place_in_text,
        (digest.digest.meta.draft, future),
        Some(&anchor),
    )
}

fn place(
    snapshot: &Snapshot,
    file: &str,
    (line, column): (usize, usize),
    (draft, future): (bool, bool),
    anchor: Option<&str>,
) -> Value {
    json!({ "anchor": anchor, "file": file, "line": line, "column": column, "draft": draft, "future": future,
            "editor": snapshot.editor(file, line, column) })
}

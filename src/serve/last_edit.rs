//! Where in the site an edit can be seen.

use std::sync::Arc;

use crate::model::route::{Route, encode_path};
use crate::render::anchor;
use crate::site::library::FileChange;
use crate::workspace::Project;

/// Title and address of the first thing that a file says anew; `None` where nothing of it is shown.
pub(super) fn of(project: &Project, reread: &[FileChange]) -> Option<(String, String)> {
    // A checkout of many files is no edit that someone wants to look at.
    let [file] = reread else { return None };
    if let Some(page) = &file.page {
        let title = page.page.meta.title.get(project.config.lang()).unwrap_or(&page.address);
        return Some((title.to_owned(), project.config.base_url.href(&page.route().path())));
    }
    let digest = file
        .after
        .iter()
        .find(|digest| file.before.iter().all(|before| before.digest != digest.digest))?;
    let position =
        digest.digest.entries.iter().position(|entry| {
            !file.before.iter().any(|before| before.digest.entries.contains(entry))
        });
    let page = project.config.base_url.href(&Route::Date(digest.digest.date?).path());
    let site = &project.site;
    let found = site.entries().find(|entry| {
        Arc::ptr_eq(site.digest_of(*entry), digest) && Some(site.position(*entry)) == position
    });
    match found {
        Some(entry) => {
            let anchor = anchor(site.address(site.paper_of(entry)));
            Some((site.entry(entry).title.clone(), format!("{page}#{}", encode_path(&anchor))))
        }
        None => site
            .day(digest.digest.date?)
            .map(|_| (digest.digest.date.map_or_else(String::new, |date| date.to_string()), page)),
    }
}

//! Plain pages and posts: what they are called, and where they stand.

use std::sync::Arc;

use crate::content::source::SourceFile;
use crate::diagnostic::SourceText;
use crate::formats;
use crate::model::Page;
use crate::model::route::{Route, slug};
use crate::site::KeptPage;

/// A page as it is kept of its file.
pub(super) fn kept(
    page: Page,
    file: &SourceFile,
    source: &Arc<SourceText>,
    folder: &str,
) -> KeptPage {
    KeptPage {
        source: Arc::clone(source),
        folder: folder.to_owned(),
        address: page_address(&file.stem, &page),
        origin: file.origin,
        page,
        tags: Vec::new(),
    }
}

/// The name of a file without folders, or that of its folder, where a document is a dated folder with its pictures.
pub(super) fn own_name(stem: &str) -> &str {
    let (folders, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    Some(formats::own_name(name, folders)).filter(|own| formats::is_dated(own)).unwrap_or(name)
}

/// `notes/About me` → `notes/about-me`; `index` is its folder. A post stands below its date, wherever its file is.
fn page_address(stem: &str, page: &Page) -> String {
    let own = page.meta.about.slug.as_deref();
    if let Some(date) = page.date {
        let name = own_name(stem);
        let title = page.meta.title.texts.first().map_or("", |(_, title)| title);
        let names = [own.unwrap_or_default(), formats::undated(name), title, name];
        let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
        return format!("{}{}", Route::Date(date).path(), slug(name));
    }
    let (folders, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let folders = folders.split('/').filter(|folder| !folder.is_empty()).map(slug);
    let name = own.or_else(|| Some(name).filter(|name| *name != "index")).map(slug);
    folders.chain(name).collect::<Vec<_>>().join("/")
}

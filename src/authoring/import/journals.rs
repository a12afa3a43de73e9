//! An outliner's graph, `journals/` beside `pages/`: where the pages are notes on papers, the days of its diary are nobody's
//! business, whatever papers they mention; and its pages about anything else are not, either.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Outcome;
use super::aside::Aside;
use super::gather::Read;
use crate::content::source;
use crate::diagnostic::SourceText;
use crate::formats::NOTES;
use crate::site::diary;

/// The folders of such diaries among texts about papers: those beside at least as many notes on papers as they have days that
/// name one. Where the days alone hold papers, they are what was meant.
pub(crate) fn folders<'p>(texts: impl Iterator<Item = (&'p Path, bool)>) -> Vec<PathBuf> {
    let mut graphs: BTreeMap<&Path, (usize, usize)> = BTreeMap::new();
    for (path, is_note) in texts {
        let Some(folder) = path.parent() else { continue };
        let Some(graph) = folder.parent() else { continue };
        let (notes, days) = graphs.entry(graph).or_default();
        if folder.ends_with("journals") {
            *days += 1;
        } else if folder.ends_with("pages") {
            *notes += usize::from(is_note);
        }
    }
    let kept = graphs.into_iter().filter(|(_, (notes, days))| *notes > 0 && notes >= days);
    kept.map(|(graph, _)| graph.join("journals")).collect()
}

/// Whether a text is in one of these folders; it is a day if it has no title as well.
pub(crate) fn holds(folders: &[PathBuf], path: &Path) -> bool {
    path.parent().is_some_and(|own| folders.iter().any(|folder| folder == own))
}

/// Whether a text is a page of a graph, about no paper, and nothing asks for it to be published.
fn is_private_page(read: &Read) -> bool {
    let folder = read.place.0.parent().filter(|own| own.ends_with("pages"));
    let is_of_graph = folder.and_then(Path::parent).is_some_and(source::is_vault);
    let mut entries = read.reading.digests.iter().flat_map(|digest| &digest.entries);
    is_of_graph
        && !read.is_named
        && entries.all(diary::is_nothing)
        && !diary::names_paper(&read.text.text)
        && !diary::is_asked_for(&read.text.text)
}

/// Leaves the days of such diaries out, and such pages.
pub(super) fn leave(all: &mut Vec<Read>, outcome: &mut Outcome, aside: &mut Aside) {
    let about = all.iter().filter(|read| !read.is_named);
    let about = about.filter_map(|read| {
        let is_note = read.format == NOTES && !read.reading.digests.is_empty();
        (is_note || diary::names_paper(&read.text.text)).then_some((&*read.place.0, is_note))
    });
    let folders = folders(about);
    all.retain(|read| {
        let is_day = holds(&folders, &read.place.0) && diary::is_untitled(&read.text.text);
        let is_private = is_day || is_private_page(read);
        if is_private {
            outcome.sources.retain(|source| source.path != read.text.path);
            let of_day = |source: &Arc<SourceText>| Arc::ptr_eq(source, &read.text);
            outcome.findings.retain(|finding| !finding.source.as_ref().is_some_and(of_day));
            let left = if is_day { &mut aside.diary } else { &mut aside.pages };
            left.push(read.text.path.clone());
        }
        !is_private
    });
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::folders;

    fn kept(texts: &[(&str, bool)]) -> Vec<PathBuf> {
        folders(texts.iter().map(|(path, is_note)| (Path::new(*path), *is_note)))
    }

    #[test]
    fn days_beside_pages_with_notes_stay_out() {
        let days = [("g/journals/2025_03_12.md", true), ("g/journals/2025_03_13.md", false)];
        let pages = [("g/pages/@Lamps.md", true), ("g/pages/Wicks.md", true)];
        assert_eq!(kept(&[days, pages].concat()), [Path::new("g/journals")]);
        assert_eq!(kept(&days), <[PathBuf; 0]>::default());
        assert_eq!(kept(&[&days[..], &pages[..1]].concat()), <[PathBuf; 0]>::default());
        assert_eq!(kept(&pages), [Path::new("g/journals")]);
    }
}

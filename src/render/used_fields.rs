//! Which fields of views the templates of a theme use: others need not be made. Knows names, and makes nothing.

use std::collections::BTreeSet;

use super::kinds::RELATED;
use super::view::Fields;
use super::views;
use crate::config::Config;

/// The fields of views that templates use, as a walk through them with types tells. Where the type of a value is not known,
/// its field counts for every view, so that no field comes out empty that a template shows.
#[derive(Debug, Clone, Default)]
pub struct UsedFields {
    of_views: BTreeSet<(&'static str, String)>,
    /// Fields of values of unknown type.
    of_any: BTreeSet<String>,
    /// Views that some template looks at as a table.
    whole: BTreeSet<&'static str>,
    /// Whether some template looks at a value of unknown type as a table.
    everything: bool,
}

impl UsedFields {
    /// Every field of every view.
    pub fn all() -> Self {
        Self { everything: true, ..Self::default() }
    }

    /// Takes down a field of a view.
    pub fn add(&mut self, view: &'static str, field: &str) {
        self.of_views.insert((view, field.to_owned()));
    }

    /// Takes down a field of a value whose type is not known.
    pub fn add_of_any(&mut self, field: &str) {
        self.of_any.insert(field.to_owned());
    }

    /// Takes down that a view is looked at as a table.
    pub fn add_whole(&mut self, view: &'static str) {
        self.whole.insert(view);
    }

    /// Takes down that a value of unknown type is looked at as a table.
    pub fn add_everything(&mut self) {
        self.everything = true;
    }

    /// What is used, by name and in order: `PaperView.title`, `PaperView.*` where all is, `*.title` where the view is not known.
    pub fn names(&self) -> BTreeSet<String> {
        let of_views = self.of_views.iter().map(|(view, field)| format!("{view}.{field}"));
        let of_any = self.of_any.iter().map(|field| format!("*.{field}"));
        let whole = self.whole.iter().map(|view| format!("{view}.*"));
        of_views.chain(of_any).chain(whole).chain(self.everything.then(|| "*.*".into())).collect()
    }

    /// Whether some template uses a field of a view.
    fn has(&self, view: &'static str, field: &str) -> bool {
        self.everything
            || self.whole.contains(view)
            || self.of_any.contains(field)
            || self.of_views.contains(&(view, field.to_owned()))
    }

    /// The fields of a view that some template uses.
    fn of_view(&self, view: &'static str) -> Fields {
        let doc = views::all().find(|doc| doc.name == view);
        doc.map_or(Fields::ALL, |doc| Fields::of(doc, |field| self.has(view, field)))
    }
}

/// Which costly things some template of the theme uses; others need not be made.
// Each is an independent question.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Copy)]
pub(super) struct Uses {
    pub(super) head: bool,
    pub(super) json_ld: bool,
    pub(super) meta: bool,
    pub(super) coins: bool,
    pub(super) coins_of_links: bool,
    pub(super) related: bool,
    pub(super) bibtex: bool,
    pub(super) summary: bool,
    pub(super) summaries: bool,
    pub(super) trend: bool,
    pub(super) description: bool,
    pub(super) links: bool,
    pub(super) authors: bool,
    pub(super) names: bool,
    pub(super) feeds: bool,
    pub(super) fields: bool,
    pub(super) line: bool,
    pub(super) quotes: bool,
    /// Summaries of papers in lists.
    pub(super) scent: bool,
    /// Of the site.
    pub(super) recent: bool,
    pub(super) tags: bool,
    pub(super) series: bool,
    pub(super) site_fields: bool,
    /// Of [`views::PageView`] and [`views::PaperView`].
    pub(super) page_fields: Fields,
    pub(super) paper_fields: Fields,
}

impl Uses {
    pub(super) fn of(used: &UsedFields, has_line: bool, config: &Config) -> Self {
        let paper = |field| used.has("PaperView", field);
        Self {
            head: used.has("PageView", "head"),
            json_ld: used.has("PageView", "json_ld"),
            meta: used.has("PageView", "meta"),
            coins: paper("coins"),
            coins_of_links: used.has("PaperLink", "coins"),
            related: config.outputs.has(RELATED) && used.has("PaperPage", "related"),
            bibtex: used.has("PaperPage", "bibtex"),
            summary: paper("summary") || paper("summary_lang"),
            summaries: paper("summaries"),
            trend: used.has("TagView", "trend"),
            description: used.has("PageView", "description"),
            links: paper("links"),
            authors: paper("authors"),
            names: paper("names"),
            feeds: used.has("PageView", "feeds"),
            fields: paper("fields"),
            // A theme that does not ask for the line of a list need not have its template.
            quotes: used.has("PaperPage", "quotes"),
            scent: used.has("PaperLink", "summaries"),
            line: has_line && used.has("PaperLink", "line"),
            recent: used.has("SiteView", "recent"),
            tags: used.has("SiteView", "tags"),
            series: used.has("SiteView", "series"),
            site_fields: used.has("SiteView", "fields"),
            page_fields: used.of_view("PageView"),
            paper_fields: used.of_view("PaperView"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_an_unknown_value_counts_for_every_view() {
        let mut used = UsedFields::default();
        used.add("PaperView", "title");
        used.add_of_any("doi");
        assert!(
            used.has("PaperView", "title")
                && used.has("PaperView", "doi")
                && used.has("PaperLink", "doi")
        );
        assert!(!used.has("PaperLink", "title") && !used.has("PaperView", "names"));
        used.add_whole("PaperView");
        assert_eq!(used.of_view("PaperView"), UsedFields::all().of_view("PaperView"));
        assert_ne!(used.of_view("PageView"), UsedFields::all().of_view("PageView"));
    }
}

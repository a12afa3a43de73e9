//! What the templates of a theme ask for: other things need not be made. Knows names, and makes nothing.

use super::view::Fields;
use super::views;
use crate::config::Config;
use crate::theme::Theme;

/// Which costly things some template of the theme names; others need not be made.
// Each is an independent question.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Copy)]
pub(super) struct Uses {
    pub(super) head: bool,
    pub(super) json_ld: bool,
    pub(super) meta: bool,
    pub(super) coins: bool,
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
    /// Of [`views::PageView`] and [`views::PaperView`].
    pub(super) page_fields: Fields,
    pub(super) paper_fields: Fields,
}

impl Uses {
    pub(super) fn of(theme: &Theme, config: &Config) -> Self {
        Self::named(|word| theme.templates.name(word), config)
    }

    /// The same where templates name everything, but for the line of a list: a theme that does not ask for it need not have
    /// its template.
    pub(super) fn whole(self, config: &Config) -> Self {
        Self { line: self.line, ..Self::named(|_| true, config) }
    }

    fn named(named: impl Fn(&str) -> bool + Copy, config: &Config) -> Self {
        Self {
            head: named("page.head"),
            json_ld: named("json_ld"),
            meta: named("page.meta"),
            coins: named("coins"),
            related: config.outputs.related && named("about.related"),
            bibtex: named("bibtex"),
            summary: named("paper.summary"),
            summaries: named("paper.summaries"),
            trend: named("tag.trend"),
            description: named("page.description"),
            links: named(".links"),
            authors: named("paper.authors"),
            names: named("paper.names"),
            feeds: named("page.feeds"),
            fields: named(".fields"),
            line: named("paper.line"),
            page_fields: fields_named("PageView", "page", named),
            paper_fields: fields_named("PaperView", "paper", named),
        }
    }

    /// Whether no field of a view is left out.
    pub(super) fn is_whole(&self) -> bool {
        self.page_fields == Fields::ALL && self.paper_fields == Fields::ALL
    }
}

/// The fields of a view that some template names; all where one looks at it as a table. `variable` is what templates
/// usually call it.
fn fields_named(view: &str, variable: &str, named: impl Fn(&str) -> bool) -> Fields {
    let as_table =
        [format!("{variable}["), format!("in {variable} "), format!("{{{{ {variable} "), "__tera_context".into()];
    let doc = views::all().find(|doc| doc.name == view);
    match doc.filter(|_| !as_table.iter().any(|form| named(form))) {
        Some(doc) => Fields::of(doc, |field| ['.', '"', '\''].iter().any(|before| named(&format!("{before}{field}")))),
        None => Fields::ALL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(template: &str) -> Fields {
        fields_named("PaperView", "paper", |text| template.contains(text))
    }

    #[test]
    fn only_fields_that_a_template_names_are_made() {
        let few = fields("{{ paper.title }} {% set p = entry.paper %}{{ p.doi }} {{ p | get(key='org') }}");
        let doc = views::all().find(|doc| doc.name == "PaperView").unwrap();
        assert_eq!(few, Fields::of(doc, |field| ["title", "doi", "org"].contains(&field)));
    }

    #[test]
    fn whoever_looks_at_a_table_gets_all_of_it() {
        for template in
            ["{% for name, value in paper %}", "{{ paper[name] }}", "{{ paper | json }}", "{{ __tera_context }}"]
        {
            assert_eq!(fields(template), Fields::ALL, "{template}");
        }
    }
}

//! What papers and posts have in common, by which a search is narrowed: tags, authors, venues, organisations, languages.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Found, digits};
use crate::render::PageRenderer;
use crate::site::Sym;

/// Values of one kind that are told: the commonest.
const VALUES: usize = 300;

/// The commonest values of each kind of name: by the kind, for each value its name, its label in each tree, and what has it,
/// as digits of the distances between numbers.
pub(in crate::render) type Facets = BTreeMap<&'static str, Vec<Facet>>;

/// A value.
#[derive(Debug, Serialize)]
pub(in crate::render) struct Facet(String, Vec<String>, String);

/// Every name by which a search can be narrowed to papers and posts that have it, with what kind of name it is. A tag has
/// its labels as well.
pub(in crate::render) fn tell_names(
    press: &PageRenderer<'_>,
    found: Found,
    say: &mut impl FnMut(&'static str, &str),
) {
    facets_of(press, found, say);
    let tags: Vec<&str> = match found {
        Found::Paper(paper) => press.site.tags_of(paper).into_iter().map(Sym::text).collect(),
        _ => Vec::new(),
    };
    for config in tags.into_iter().filter_map(|tag| press.edition.tag_config(tag)) {
        config.label.texts.iter().for_each(|(_, label)| say("tag", label));
    }
}

/// The same in one spelling.
fn facets_of(press: &PageRenderer<'_>, found: Found, say: &mut impl FnMut(&'static str, &str)) {
    match found {
        Found::Paper(paper) => {
            press.site.tags_of(paper).into_iter().for_each(|tag| say("tag", tag.text()));
            for &entry in press.site.entries_of(paper) {
                press.text_langs(entry).iter().for_each(|lang| say("lang", lang.as_str()));
                let entry = press.site.entry(entry);
                entry.authors.iter().for_each(|name| say("author", name));
                entry.org.iter().for_each(|name| say("org", name));
                entry.field("venue").into_iter().for_each(|name| say("venue", name));
            }
        }
        Found::Page(page) => {
            let page = &press.site.pages()[page].page;
            page.meta.tags.iter().for_each(|tag| say("tag", tag.as_str()));
            page.meta.about.authors.iter().for_each(|name| say("author", name));
            let langs =
                page.body.iter().map(|text| press.edition.lang_of(text, page.meta.lang.as_ref()));
            langs.for_each(|lang| say("lang", lang.as_str()));
        }
        _ => {}
    }
}

/// What a reader can choose from.
pub(in crate::render) fn facets(press: &PageRenderer<'_>) -> Facets {
    let first = press.in_tree(0);
    let mut had: BTreeMap<(&'static str, String), Vec<u32>> = BTreeMap::new();
    for (number, &found) in (0_u32..).zip(&press.search().found) {
        facets_of(&first, found, &mut |kind, name| {
            let numbers = had.entry((kind, name.to_owned())).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        });
    }
    let mut facets: BTreeMap<&'static str, Vec<(String, Vec<u32>)>> = BTreeMap::new();
    for ((kind, name), numbers) in had {
        facets.entry(kind).or_default().push((name, numbers));
    }
    let told = facets.into_iter().map(|(kind, mut values)| {
        values.sort_by_key(|(_, numbers)| std::cmp::Reverse(numbers.len()));
        values.truncate(VALUES);
        let values = values.into_iter().map(|(name, numbers)| {
            let labels = labels(press, kind, &name);
            Facet(name, labels, distances(&numbers))
        });
        (kind, values.collect())
    });
    told.collect()
}

/// What a value is called in each tree, as HTML, where that is not its name.
fn labels(press: &PageRenderer<'_>, kind: &str, name: &str) -> Vec<String> {
    if kind != "tag" {
        return Vec::new();
    }
    let trees = (0..press.shared.trees.len()).map(|tree| press.in_tree(tree));
    let labels: Vec<String> =
        trees.map(|press| press.edition.each(|edition| edition.tag_label(name))).collect();
    if labels.iter().all(|label| label == name) {
        return Vec::new();
    }
    labels.iter().map(|label| press.edition.in_elements(label)).collect()
}

fn distances(numbers: &[u32]) -> String {
    let (mut last, mut out) = (0, String::new());
    for &number in numbers {
        digits(number - last, &mut out);
        last = number;
    }
    out
}

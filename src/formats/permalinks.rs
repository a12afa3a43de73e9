//! `permalinks`: the addresses that another generator gave its texts, which then lead to the new ones.

use jiff::civil::Date;

use super::{Hints, Reading, own_name, undated};
use crate::model::route::slug;
use crate::model::{Meta, keep_first};

/// Patterns that generators have names for.
const NAMED: &[(&str, &str)] = &[
    ("date", "/:year/:month/:day/:title.html"),
    ("pretty", "/:year/:month/:day/:title/"),
    ("ordinal", "/:year/:y_day/:title.html"),
    ("none", "/:title.html"),
    ("jekyll", "/:year/:month/:day/:title.html"),
    ("hugo", "/:sections/:title/"),
    ("zola", "/:sections/:title/"),
];

/// Whether a text is a pattern: one of the names, or an address with at least one token.
pub fn is_pattern(text: &str) -> bool {
    let known = |part: &str| TOKENS.iter().any(|token| part.starts_with(token));
    NAMED.iter().any(|(name, _)| *name == text)
        || text.starts_with('/') && text.contains(':') && text.split(':').skip(1).all(known)
}

/// What stands behind the colon; of two that begin alike the longer first.
const TOKENS: &[&str] = &[
    "short_year",
    "year",
    "i_month",
    "month",
    "i_day",
    "y_day",
    "day",
    "slugorfilename",
    "slugorcontentbasename",
    "contentbasename",
    "filename",
    "title",
    "slug",
    "sections",
    "section",
    "name",
];

/// Adds to each text the addresses that it had by the patterns.
pub(super) fn apply(reading: &mut Reading, hints: &Hints<'_>) {
    if hints.permalinks.is_empty() {
        return;
    }
    if let Some(page) = &mut reading.page {
        let old = addresses(page.date, names(&page.meta), hints);
        page.meta.aliases.extend(old);
    }
    for digest in &mut reading.digests {
        // A note was the page of its paper.
        if let [entry] = digest.entries.as_mut_slice() {
            let old = addresses(digest.date, (None, Some(&entry.title)), hints).into_iter();
            entry.fields.extend(
                old.map(|old| ("alias".to_owned(), old.trim_start_matches('/').to_owned())),
            );
        } else {
            let old = addresses(digest.date, names(&digest.meta), hints);
            digest.meta.aliases.extend(old);
        }
    }
}

/// The last part of its address that a document says, and its title.
fn names(meta: &Meta) -> (Option<&str>, Option<&str>) {
    (meta.about.slug.as_deref(), meta.title.texts.first().map(|(_, title)| title.as_str()))
}

/// The addresses of a text. What `:title` means differs, the name of the file or the title itself: both are made.
fn addresses(
    date: Option<Date>,
    (own, title): (Option<&str>, Option<&str>),
    hints: &Hints<'_>,
) -> Vec<String> {
    let stem = Some(own_name(hints.stem, hints.folder))
        .filter(|name| *name != "index")
        .unwrap_or_default();
    let file = undated(stem).trim_matches([' ', '-', '_']).replace(' ', "-");
    let names = own.map(str::to_owned).into_iter().chain([file]).chain(title.map(slug));
    let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
    let patterns = hints.permalinks.iter().map(|pattern| {
        NAMED
            .iter()
            .find(|(name, _)| name == pattern)
            .map_or(pattern.as_str(), |(_, pattern)| pattern)
    });
    let sections = if hints.stem == "index" {
        hints.folder.rsplit_once('/').map_or("", |(above, _)| above)
    } else {
        hints.folder
    };
    let sections = sections.strip_prefix("content/").unwrap_or(sections);
    let filled = patterns.flat_map(|pattern| {
        names.iter().filter_map(move |name| fill(pattern, date, name, sections))
    });
    let mut all: Vec<String> = filled.collect();
    keep_first(&mut all, String::clone);
    all
}

/// A pattern with its tokens filled in; nothing where it asks for a date that is not there.
fn fill(pattern: &str, date: Option<Date>, name: &str, folder: &str) -> Option<String> {
    let mut parts = pattern.split(':');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let token = TOKENS.iter().find(|token| part.starts_with(**token))?;
        let value = match *token {
            "year" => format!("{:04}", date?.year()),
            "short_year" => format!("{:02}", date?.year() % 100),
            "month" => format!("{:02}", date?.month()),
            "i_month" => date?.month().to_string(),
            "day" => format!("{:02}", date?.day()),
            "i_day" => date?.day().to_string(),
            "y_day" => format!("{:03}", date?.day_of_year()),
            "sections" => folder.to_owned(),
            "section" => folder.split('/').next().unwrap_or_default().to_owned(),
            _ => name.to_owned(),
        };
        out.push_str(&value);
        out.push_str(&part[token.len()..]);
    }
    while out.contains("//") {
        out = out.replace("//", "/");
    }
    Some(out)
}

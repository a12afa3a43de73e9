//! `permalinks`: the addresses that another generator gave its texts, which then lead to the new ones.

use jiff::civil::Date;

use super::{Hints, Reading, front_matter, own_name, undated};
use crate::model::route::slug;
use crate::model::{Meta, keep_first};

/// Patterns that generators have names for.
const NAMED: &[(&str, &str)] = &[
    ("date", "/:categories/:year/:month/:day/:title.html"),
    ("pretty", "/:categories/:year/:month/:day/:title/"),
    ("ordinal", "/:categories/:year/:y_day/:title.html"),
    ("none", "/:categories/:title.html"),
    ("jekyll", "/:categories/:year/:month/:day/:title.html"),
    ("hugo", "/:sections/:title/"),
    ("zola", "/:sections/:title/"),
];

/// Whether a text is a pattern: one of the names, or an address with at least one token.
pub fn is_pattern(text: &str) -> bool {
    NAMED.iter().any(|(name, _)| *name == text) || text.starts_with('/') && has_tokens(text)
}

fn has_tokens(text: &str) -> bool {
    parts(text).is_some_and(|parts| parts.iter().any(|part| matches!(part, Part::Token(..))))
}

/// What stands behind the colon, and how a date says it, where it does; of two that begin alike the longer first.
const TOKENS: &[(&str, &str)] = &[
    ("short_year", "%y"),
    ("short_month", "%b"),
    ("short_day", "%a"),
    ("long_month", "%B"),
    ("long_day", "%A"),
    ("yearday", "%-j"),
    ("year", "%Y"),
    ("i_month", "%-m"),
    ("monthname", "%B"),
    ("month", "%m"),
    ("i_day", "%-d"),
    ("y_day", "%j"),
    ("day", "%d"),
    ("weekdayname", "%A"),
    ("weekday", "%w"),
    ("week", "%V"),
    ("slugified_categories", ""),
    ("categories", ""),
    ("slugorfilename", ""),
    ("slugorcontentbasename", ""),
    ("contentbasename", ""),
    ("basename", ""),
    ("filename", ""),
    ("title", ""),
    ("slug", ""),
    ("sections", ""),
    ("section", ""),
    ("name", ""),
    ("output_ext", ""),
];

/// A piece of a pattern.
enum Part<'p> {
    Text(&'p str),
    /// A token, how a date says it, and what brackets behind it choose: `:sections[1:last]`.
    Token(&'static str, &'static str, &'p str),
}

/// The pieces of a pattern; nothing where a colon opens no token.
fn parts(pattern: &str) -> Option<Vec<Part<'_>>> {
    let (mut parts, mut rest) = (Vec::new(), pattern);
    while let Some((text, after)) = rest.split_once(':') {
        let &(token, form) = TOKENS.iter().find(|(token, _)| after.starts_with(token))?;
        rest = &after[token.len()..];
        let inside = rest.strip_prefix('[').and_then(|inside| inside.split_once(']'));
        let chosen = inside.filter(|_| token == "sections").map(|(chosen, after)| {
            rest = after;
            chosen
        });
        parts.extend([Part::Text(text), Part::Token(token, form, chosen.unwrap_or_default())]);
    }
    parts.push(Part::Text(rest));
    Some(parts)
}

/// What the folders and the front matter of a text say of its place.
struct Place {
    sections: String,
    /// As they were in addresses, which may be their own letters or a slug of them.
    categories: [String; 2],
}

impl Place {
    fn of(text: &str, hints: &Hints<'_>) -> Self {
        let sections = if hints.stem == "index" {
            hints.folder.rsplit_once('/').map_or("", |(above, _)| above)
        } else {
            hints.folder
        };
        // What stands above the folder of posts is a category as well.
        let above = hints.folder.split_once("_posts").map_or("", |(above, _)| above);
        let folders = above.split('/').filter(|folder| !folder.is_empty()).map(str::to_owned);
        let all: Vec<String> = folders.chain(front_matter::categories(text)).collect();
        let plain = all.iter().map(|name| name.to_lowercase()).collect::<Vec<_>>().join("/");
        let slugs = all.iter().map(|name| slug(name)).collect::<Vec<_>>().join("/");
        Self {
            sections: sections.strip_prefix("content/").unwrap_or(sections).to_owned(),
            categories: [plain, slugs],
        }
    }
}

/// Adds to each text the addresses that it had by the patterns.
pub(super) fn apply(reading: &mut Reading, text: &str, hints: &Hints<'_>) {
    if hints.permalinks.is_empty() {
        return;
    }
    let place = Place::of(text, hints);
    if let Some(page) = &mut reading.page {
        let old = addresses(page.date, names(&page.meta), (&place, hints));
        page.meta.aliases.extend(old);
    }
    for digest in &mut reading.digests {
        // A note was the page of its paper.
        if let [entry] = digest.entries.as_mut_slice() {
            let old =
                addresses(digest.date, (None, Some(&entry.title)), (&place, hints)).into_iter();
            entry.fields.extend(
                old.map(|old| ("alias".to_owned(), old.trim_start_matches('/').to_owned())),
            );
        } else {
            let old = addresses(digest.date, names(&digest.meta), (&place, hints));
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
    (place, hints): (&Place, &Hints<'_>),
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
    let mut all: Vec<String> = Vec::new();
    for pattern in patterns {
        for (name, categories) in
            names.iter().flat_map(|name| place.categories.iter().map(move |own| (name, own)))
        {
            all.extend(fill(pattern, date, name, (&place.sections, categories)));
        }
    }
    keep_first(&mut all, String::clone);
    all
}

/// A pattern with its tokens filled in; nothing where it asks for a date that is not there.
fn fill(
    pattern: &str,
    date: Option<Date>,
    name: &str,
    (sections, categories): (&str, &str),
) -> Option<String> {
    let mut out = String::new();
    for part in parts(pattern)? {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Token("sections", _, chosen) => out.push_str(&of_sections(sections, chosen)),
            Part::Token("section", ..) => out.push_str(&of_sections(sections, "0")),
            Part::Token("categories" | "slugified_categories", ..) => out.push_str(categories),
            Part::Token("output_ext", ..) => out.push_str(".html"),
            Part::Token(_, "", _) => out.push_str(name),
            Part::Token(_, form, _) => {
                out.push_str(&date?.strftime(form).to_string().to_lowercase());
            }
        }
    }
    while out.contains("//") {
        out = out.replace("//", "/");
    }
    Some(out)
}

/// The sections that brackets choose: one, or from one to another, counted from 0; all where there are none.
fn of_sections(sections: &str, chosen: &str) -> String {
    let all: Vec<&str> = sections.split('/').collect();
    let last = all.len() - 1;
    let number = |text: &str, unsaid: usize| match text {
        "" => Some(unsaid),
        "last" => Some(last),
        text => text.parse().ok(),
    };
    let (from, to) = match chosen.split_once(':') {
        None if chosen.is_empty() => (Some(0), Some(last)),
        None => (number(chosen, 0), number(chosen, 0)),
        Some((from, to)) => (number(from, 0), number(to, last)),
    };
    let range = from.zip(to).and_then(|(from, to)| all.get(from..=to.min(last)));
    range.map(|range| range.join("/")).unwrap_or_default()
}

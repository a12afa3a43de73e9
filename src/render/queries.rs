//! Papers that a text asks for: `::: papers tag=lamp year=2025`. The names are those that narrow a search, and they mean the
//! same; fields of papers are asked for by their own names.

use super::search::Found;
use super::{PageRenderer, search::facets};
use crate::config::FactKind;
use crate::model::{Tag, record};
use crate::prose;
use crate::site::{PaperIndex, values};

/// Papers that a text is given where it does not say how many.
const USUAL: usize = 10;

/// Kinds of names that narrow a search.
const NAMES: [&str; 5] = ["tag", "author", "venue", "org", "lang"];

/// Whether a text is a date, a month or a year as dates begin.
pub(super) fn is_time(said: &str) -> bool {
    record::date_parts(said).is_some()
}

/// One thing that is asked of papers.
struct Asked<'q> {
    name: &'q str,
    said: &'q str,
    /// What is said, in the words of the search.
    words: Vec<String>,
}

impl<'q> Asked<'q> {
    fn of(&(name, said): &(&'q str, &'q str)) -> Self {
        let mut words = Vec::new();
        prose::search_words(said, |word| words.push(word.to_owned()));
        Self { name, said, words }
    }
}

/// The papers that fit all that is asked, newest first; the error is the rest of a sentence.
pub(super) fn papers_asked_for(
    press: &PageRenderer<'_>,
    asked: &[(&str, &str)],
) -> Result<Vec<PaperIndex>, String> {
    let limit = asked.iter().find(|(name, _)| *name == "limit");
    let limit = limit.map_or(Ok(USUAL), |(_, limit)| limit.parse());
    let limit = limit.map_err(|_| "`limit` is no number".to_owned())?;
    let asked: Vec<Asked<'_>> =
        asked.iter().filter(|(name, _)| narrows(press, name)).map(Asked::of).collect();
    let tag = asked.iter().find(|asked| asked.name == "tag").map(|asked| asked.said);
    // The name of a tag means that tag, and not those that are called nearly so.
    let exact = tag.and_then(|tag| press.site.tag(tag_named(press, tag)?.as_str()));
    let fits = |paper: &PaperIndex| {
        asked
            .iter()
            .all(|asked| asked.name == "tag" && exact.is_some() || has(press, *paper, asked))
    };
    Ok(match exact {
        Some(tag) => {
            let papers = press.site.papers_of_tag(tag).iter().copied();
            papers.filter(fits).take(limit).collect()
        }
        None => press.site.papers().filter(fits).take(limit).collect(),
    })
}

/// The tag that a text means, its aliases resolved.
fn tag_named(press: &PageRenderer<'_>, said: &str) -> Option<Tag> {
    let tag = Tag::parse(said)?;
    let config = press.config.tag.iter().find(|known| known.aliases.contains(&tag));
    Some(config.map_or(tag, |known| known.tag.clone()))
}

/// Whether an argument of this name says which papers are meant.
fn narrows(press: &PageRenderer<'_>, name: &str) -> bool {
    NAMES.contains(&name)
        || matches!(name, "year" | "before" | "after")
        || press.config.facts.iter().any(|fact| fact.name == name)
}

fn has(press: &PageRenderer<'_>, paper: PaperIndex, asked: &Asked<'_>) -> bool {
    let &Asked { name, said, ref words } = asked;
    if matches!(name, "year" | "before" | "after") {
        let Some(date) = press.site.date(paper) else { return false };
        let date = date.to_string();
        return match name {
            "before" => date.as_str() < said,
            "after" => date.as_str() >= said,
            _ => date.starts_with(said),
        };
    }
    if NAMES.contains(&name) {
        let mut is_found = vec![false; words.len()];
        facets::tell_names(press, Found::Paper(paper), &mut |kind, text| {
            if kind == name {
                prose::search_words(text, |word| {
                    for (wanted, found) in words.iter().zip(&mut is_found) {
                        *found |= wanted == word;
                    }
                });
            }
        });
        return is_found.iter().all(|found| *found);
    }
    let is_it = |value: &str| value.to_lowercase() == said.to_lowercase();
    press
        .site
        .said_of(paper, name)
        .is_some_and(|value| is_it(value.trim()) || values(value, FactKind::List).any(is_it))
}

#[cfg(test)]
mod tests {
    #[test]
    fn times_begin_as_dates_do() {
        for (said, is_time) in [
            ("2025", true),
            ("2025-03", true),
            ("2025-03-12", true),
            ("2025-3", false),
            ("25", false),
            ("2025-03-12-01", false),
            ("", false),
        ] {
            assert_eq!(super::is_time(said), is_time, "{said}");
        }
    }
}

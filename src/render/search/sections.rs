//! The parts of a document under its headings, so that a result leads to where its words stand.

use serde::Serialize;

use super::TEXT;
use crate::markup::Heading;
use crate::model::Lang;
use crate::prose;
use crate::render::PageRenderer;

/// With fewer headings, a document is short enough to be found as a whole.
const FEWEST: usize = 3;
/// Characters of a part in which a browser looks for words, and of all parts of a text.
const PART: usize = 2_000;
const PARTS: usize = 2 * TEXT;

/// A part of a document: its id, its heading as HTML, the language of both, and its first words.
#[derive(Debug, Serialize)]
pub(super) struct Section(String, String, String, String);

/// The headings of a text on its page, where it has so many that its parts are worth finding.
pub(super) fn headings(press: &PageRenderer<'_>, text: &str, key: &str) -> Vec<Heading> {
    // Few texts have headings, and lines are counted faster than a text is rendered.
    if text.lines().filter(|line| line.trim_start().starts_with('#')).count() < FEWEST {
        return Vec::new();
    }
    let headings = press.markup.page(text, key).headings;
    if headings.len() < FEWEST { Vec::new() } else { headings }
}

/// What stands under each of these headings, up to the next.
pub(super) fn sections(
    press: &PageRenderer<'_>,
    text: &str,
    lang: &Lang,
    headings: Vec<Heading>,
) -> Vec<Section> {
    let starts = headings.iter().skip(1).map(|heading| heading.span.start);
    let ends: Vec<usize> = starts.chain([text.len()]).collect();
    let mut room = PARTS;
    headings
        .into_iter()
        .zip(ends)
        .map(|(heading, end)| {
            let under = text.get(heading.span.end..end).unwrap_or_default();
            let said = prose::whole_excerpt(under, PART.min(room), |tex| press.markup.reading(tex));
            room -= said.chars().count().min(room);
            Section(heading.id, heading.html, lang.as_str().to_owned(), said)
        })
        .collect()
}

//! What stands between a note's first heading and the line with its paper's link: the title in full, the people, the year.

use super::labelled::label;
use super::links;
use crate::formats::by_hand::{are_people, credits};
use crate::formats::fields::{self, Names};
use crate::formats::front_matter::Other;
use crate::formats::text::{Line, breaks_paragraph, heading};
use crate::model::author;

/// More lines than these, or longer ones in characters, are a text, and the link below it may be any.
const MOST: (usize, usize) = (4, 240);

/// Lines above a link, read.
#[derive(Default)]
pub(super) struct Above<'t> {
    /// The title in full, where a line is nothing else.
    pub(super) title: Option<&'t str>,
    /// The people, and when their paper appeared.
    pub(super) said: Vec<Other>,
    /// Lines that say something else.
    pub(super) kept: Vec<Line<'t>>,
    /// How many lines there are, blank ones included.
    pub(super) lines: usize,
}

/// Reads them, where the line of the link is near.
pub(super) fn read<'t>(all: &[Line<'t>], names: &Names) -> Option<Above<'t>> {
    let lines = all.iter().position(|line| links::of_paper(unquoted(line.text)).is_some())?;
    let shown = all[..lines].iter().filter(|line| !unquoted(line.text).is_empty());
    let are_short = shown.clone().all(|line| {
        line.text.chars().count() <= MOST.1
            && heading(line.text).is_none()
            && label(line.text).is_none_or(|label| fields::named(label.name, names).is_none())
            && !breaks_paragraph(unquoted(line.text))
    });
    if shown.clone().count() > MOST.0 || !are_short {
        return None;
    }
    let mut above = Above { lines, ..Above::default() };
    for line in shown {
        let title = title(line.text).filter(|_| above.title.is_none() && above.said.is_empty());
        let people = people(line).filter(|_| above.said.is_empty());
        match (title, people) {
            (Some(title), _) => above.title = Some(title),
            (None, Some(said)) => above.said = said,
            (None, None) => above.kept.push(*line),
        }
    }
    Some(above)
}

/// A line without the mark of a quote.
pub(super) fn unquoted(line: &str) -> &str {
    line.trim().trim_start_matches('>').trim()
}

/// Some words that brackets, quotation marks or emphasis hold.
fn title(line: &str) -> Option<&str> {
    const MARKS: &[(&str, &str)] =
        &[("[", "]"), ("**", "**"), ("*", "*"), ("_", "_"), ("\"", "\""), ("“", "”"), ("《", "》")];
    let line = unquoted(line);
    let inner = MARKS
        .iter()
        .find_map(|(open, close)| line.strip_prefix(open)?.strip_suffix(close))
        .filter(|inner| !inner.contains(['[', ']', '*', ':']) || inner.contains(": "))?;
    (inner.split_whitespace().count() > 2 && !are_people(inner)).then_some(inner.trim())
}

/// `Ada Wick, Emil Docht, LampConf, 2025`, `Ada Wick and Emil Docht (2025)`
fn people(line: &Line<'_>) -> Option<Vec<Other>> {
    let text = unquoted(line.text).trim_matches(['*', '_']);
    let (people, year) = match text.trim_end_matches([')', '.', ' ']).rsplit_once([',', '(', ' ']) {
        Some((people, year)) if author::names_year(year.trim()) => {
            (people.trim_end_matches([',', '(', '.', ' ']), Some(year.trim()))
        }
        _ => (text, None),
    };
    if are_people(people) {
        let year = year.map(|year| other(line, "year", year));
        return Some(std::iter::once(other(line, "authors", people)).chain(year).collect());
    }
    let (people, venue) = credits(text)?;
    Some(vec![other(line, "authors", people), other(line, "venue", &venue)])
}

fn other(line: &Line<'_>, key: &str, text: &str) -> Other {
    Other::of_line(key, text, line.start..line.end())
}

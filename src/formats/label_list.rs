//! A list of labels right under a title, in which some say whom a paper is by or where it is, and others are text of the
//! writer's: `- Summary: …`, `- Authors: …`, `- Link: …`.

use super::fields::{self, Names};
use super::metadata::Item;
use super::text::{Line, behind_bullet, heading, lines};
use super::{Span, by_hand, markdown};
use crate::model::Prose;

/// The line of such a list that says most of a paper; of any other text the first line that says something.
pub(super) fn telling<'t>(below: impl Iterator<Item = &'t str>) -> &'t str {
    let mut shown = below.filter(|line| !line.trim().is_empty()).peekable();
    // They may stand in a section of their own: `#### Meta`.
    shown.next_if(|line| names_head(line));
    let first = shown.peek().copied().unwrap_or_default();
    shown
        .take_while(|line| is_label(line) || by_hand::label(line).is_some_and(|(.., bold)| bold))
        .take(MOST)
        .find(|line| by_hand::says_of_paper(line))
        .unwrap_or(first)
}

/// Whether a line is a heading that says that what is below it is about the paper.
pub(super) fn names_head(line: &str) -> bool {
    heading(line).is_some_and(|(level, title)| level > 2 && markdown::names_head(title))
}

fn is_label(line: &str) -> bool {
    behind_bullet(line).is_some() && by_hand::label(line).is_some()
}

/// Whether a text begins with such a list.
pub(super) fn starts(text: &str) -> bool {
    !read(lines(text, 0..text.len()), &[], false).items.is_empty()
}

/// So many labels are looked at.
const MOST: usize = 20;

/// What such a list says.
#[derive(Default)]
pub(super) struct Listed<'t> {
    /// The facts of its labels, each with its line.
    pub(super) items: Vec<(Vec<Item<'t>>, Span)>,
    /// The title in full, where a label says it, and where that starts.
    pub(super) title: Option<(&'t str, usize)>,
    /// The abstract, where a label says it in one line, and where that starts.
    pub(super) abstract_text: Option<(Prose, usize)>,
}

/// Reads such a list; nothing where the text begins with none that says whom the paper is by, or where it is. In a text of another
/// program the labels may stand in paragraphs of their own, with pictures between them.
pub(super) fn read<'t>(
    lines: impl Iterator<Item = Line<'t>>,
    names: &Names,
    foreign: bool,
) -> Listed<'t> {
    let goes_on = |line: &Line<'t>| {
        is_label(line.text)
            || foreign && (line.is_blank() || is_picture(line.text) || is_fact(line.text))
    };
    let run: Vec<Line<'t>> = lines.take_while(goes_on).collect();
    let mut listed = Listed::default();
    if !run.iter().any(|line| by_hand::says_of_paper(line.text)) {
        return listed;
    }
    for line in &run {
        let text = by_hand::abstract_start(line.text).filter(|text| foreign && !text.is_empty());
        if let Some(text) = text.filter(|_| listed.abstract_text.is_none()) {
            let at = line.start + (text.as_ptr() as usize - line.text.as_ptr() as usize);
            listed.abstract_text = Some((Prose::at(text, at), line.start));
        } else if let Some(title) = title(line.text).filter(|_| foreign && listed.title.is_none()) {
            listed.title = Some((title, line.start));
        } else if names_field(line.text, names)
            && let Some(items) = by_hand::items(line.text, names)
        {
            listed.items.push((items, line.start..line.end()));
        }
    }
    listed
}

/// Whether a line has a label for a field: with another one, words in it may look like names.
fn names_field(line: &str, names: &Names) -> bool {
    by_hand::label(line).is_some_and(|(name, ..)| fields::named(name, names).is_some())
}

/// The title that a label says.
fn title(line: &str) -> Option<&str> {
    let (name, value, _) = by_hand::label(line)?;
    let is_title = fields::named(name, &[]).is_some_and(|field| field.name == "title");
    (is_title && value.contains(char::is_alphabetic)).then_some(value)
}

fn is_picture(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("![") && line.ends_with(')') && line.matches("](").count() == 1
}

/// Whether a line is a label without a bullet: one that names a field, or a short one of the writer's own.
fn is_fact(line: &str) -> bool {
    by_hand::label(line).is_some_and(|(name, value, is_bold)| {
        fields::named(name, &[]).is_some()
            || name.split_whitespace().count() < 3
                && value.chars().count() <= if is_bold { BOLD } else { OWN }
    })
}

/// Longest value behind a label of the writer's own that belongs to a head, in characters, and behind one in bold.
const OWN: usize = 40;
const BOLD: usize = 300;

//! A list of labels right under a title, in which some say whom a paper is by or where it is, and others are text of the
//! writer's: `- Summary: …`, `- Authors: …`, `- Link: …`.

use super::fields::Names;
use super::metadata::Item;
use super::text::{Line, behind_bullet, lines};
use super::{Span, by_hand};

/// The line of such a list that says most of a paper; of any other text the first line that says something.
pub(super) fn telling<'t>(below: impl Iterator<Item = &'t str>) -> &'t str {
    let mut shown = below.skip_while(|line| line.trim().is_empty()).peekable();
    let first = shown.peek().copied().unwrap_or_default();
    shown
        .take_while(|line| is_label(line))
        .find(|line| by_hand::says_of_paper(line))
        .unwrap_or(first)
}

fn is_label(line: &str) -> bool {
    behind_bullet(line).is_some() && by_hand::label(line).is_some()
}

/// Whether a text begins with such a list.
pub(super) fn starts(text: &str) -> bool {
    !items(lines(text, 0..text.len()), &[]).is_empty()
}

/// What the labels of such a list say, each with its line; nothing where the text begins with no list that says whom a paper is
/// by, or where it is.
pub(super) fn items<'t>(
    lines: impl Iterator<Item = Line<'t>>,
    names: &Names,
) -> Vec<(Vec<Item<'t>>, Span)> {
    let run: Vec<Line<'t>> = lines.take_while(|line| is_label(line.text)).collect();
    if !run.iter().any(|line| by_hand::says_of_paper(line.text)) {
        return Vec::new();
    }
    let read = run
        .iter()
        .filter_map(|line| Some((by_hand::items(line.text, names)?, line.start..line.end())));
    read.collect()
}

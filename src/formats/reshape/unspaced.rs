//! Headings without a blank behind their signs, where a text writes all of them so: `##Abstract`.

use crate::formats::text::{Fence, Line, heading, lines, unindented};
use crate::model::Prose;

/// Fewer of them may be anything.
const FEW: usize = 2;

/// The text with the blanks; `None` where it has another heading of the second level or below, or too few of these.
pub(super) fn with_blanks(text: &str, body: usize) -> Option<Prose> {
    let bytes = text.as_bytes();
    let is_one = |at: usize| {
        let rest = bytes[at + 3..].iter().find(|b| **b != b'#');
        rest.is_some_and(|b| !b.is_ascii_whitespace())
    };
    memchr::memmem::find_iter(&bytes[body.saturating_sub(1)..], b"\n##")
        .any(|at| is_one(body.saturating_sub(1) + at))
        .then_some(())?;
    let mut fence = Fence::default();
    let all: Vec<(Line<'_>, Option<usize>)> = lines(text, body..text.len())
        .map(|line| (line, if fence.take(line.text) { None } else { level(line.text) }))
        .collect();
    let mut fence = Fence::default();
    let is_spaced = |line: &Line<'_>| {
        !fence.take(line.text) && heading(line.text).is_some_and(|(level, _)| level > 1)
    };
    let deep = all.iter().filter(|(_, level)| level.is_some_and(|level| level > 1)).count();
    if deep < FEW || all.iter().map(|(line, _)| line).any(is_spaced) {
        return None;
    }
    let mut out = Prose::default();
    out.push(&text[..body], 0);
    for (line, level) in all {
        let signs = level.map_or(0, |level| line.indent() + level);
        out.push(&line.text[..signs], line.start);
        if level.is_some() {
            out.push(" ", line.start + signs);
        }
        out.push(&text[line.start + signs..line.next], line.start + signs);
    }
    Some(out)
}

/// The level of such a heading. What has one sign may be a line of tags.
fn level(line: &str) -> Option<usize> {
    let rest = unindented(line)?;
    let words = rest.trim_start_matches('#');
    let level = rest.len() - words.len();
    let is_word = words.starts_with(char::is_alphanumeric);
    let mut others = words.split_whitespace().skip(1);
    let is_title =
        level > 1 || others.clone().next().is_some() && others.all(|word| !word.starts_with('#'));
    ((1..=6).contains(&level) && is_word && is_title).then_some(level)
}

#[cfg(test)]
mod tests {
    use super::with_blanks;

    #[test]
    fn headings_without_blanks_are_headings_where_all_are() {
        for (text, expected) in [
            ("##Lamps\na\n##Wicks\nb\n", "## Lamps\na\n## Wicks\nb\n"),
            ("#Lamps at Night\n##A\n###B\n", "# Lamps at Night\n## A\n### B\n"),
            ("#lamps #oil\n##A\n##B\n", "#lamps #oil\n## A\n## B\n"),
            ("## Lamps\n##A\n##B\n", ""),
            ("# Lamps\n\n##tag\n", ""),
            ("```\n##A\n##B\n```\n", ""),
        ] {
            let made = with_blanks(text, 0).map(|made| made.text).unwrap_or_default();
            assert_eq!(made, expected, "{text}");
        }
    }
}

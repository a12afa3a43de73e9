//! Text as Obsidian shows it → Markdown that every tool shows so: a newline inside a paragraph is a hard break, and a
//! heading of level 1 or 2 is one of level 3, for level 2 opens an entry. Knows nothing of notes.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use crate::digest::Prose;
use crate::prose::source::Source;
use crate::reader::{cut, rows};

type Edit = (Range<usize>, &'static str);

/// Makes breaks hard and headings deep.
pub(super) fn settle(prose: Prose) -> Prose {
    if is_settled(&prose.text) {
        return prose;
    }
    let edits = edits(&prose.text);
    if edits.is_empty() { prose } else { cut::replaced(&prose, &edits) }
}

/// Whether every block has one line and none is a heading, as in nearly all notes: then no parser is asked.
fn is_settled(text: &str) -> bool {
    let mut blank = true;
    text.lines().all(|line| {
        let was_blank = std::mem::replace(&mut blank, line.trim_start().is_empty());
        (blank || was_blank) && rows::heading(line).is_none()
    })
}

fn edits(text: &str) -> Vec<Edit> {
    let source = Source::new(text, false);
    let (mut depth, mut paragraph) = (0_usize, false);
    let mut edits = Vec::new();
    for (event, range) in source.events() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, .. }) if depth == 0 => {
                depth += 1;
                heading(text, source.span(range), &mut edits);
            }
            Event::Start(tag) => {
                paragraph |= depth == 0 && tag == Tag::Paragraph;
                depth += 1;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                paragraph &= depth > 0 || end != TagEnd::Paragraph;
            }
            Event::SoftBreak if paragraph => edits.extend(hard_break(text, source.span(range))),
            _ => {}
        }
    }
    edits
}

/// A backslash in place of the white space before a newline.
fn hard_break(text: &str, range: Range<usize>) -> Option<Edit> {
    let newline = range.start + text.get(range)?.find('\n')?;
    let end = text[..newline].trim_end_matches([' ', '\t']).len();
    Some((end..newline, "\\"))
}

fn heading(text: &str, range: Range<usize>, edits: &mut Vec<Edit>) {
    let written = text[range.clone()].trim_end();
    let indent = written.len() - written.trim_start_matches(' ').len();
    let marks = written[indent..].len() - written[indent..].trim_start_matches('#').len();
    if rows::heading(written.lines().next().unwrap_or_default()).is_some() {
        edits.push((range.start + indent..range.start + indent + marks, "###"));
        return;
    }
    // Underlined: its lines become one, and the underline goes.
    edits.push((range.start..range.start, "### "));
    let newlines: Vec<usize> = written.match_indices('\n').map(|(at, _)| range.start + at).collect();
    if let Some((underline, breaks)) = newlines.split_last() {
        edits.extend(breaks.iter().map(|&at| (at..at + 1, " ")));
        edits.push((*underline..range.start + written.len(), ""));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newlines_are_breaks_where_obsidian_shows_them() {
        let cases = [
            ("a\nb", "a\\\nb"),
            ("a \nb  \nc\\\nd", "a\\\nb  \nc\\\nd"),
            ("- a\n  b", "- a\n  b"),
            ("> a\n> b", "> a\n> b"),
            ("| a |\n|---|\n| b |", "| a |\n|---|\n| b |"),
            ("```\na\nb\n```", "```\na\nb\n```"),
            ("$$\na\n$$\nb", "$$\na\n$$\\\nb"),
            ("<div>\na\n</div>", "<div>\na\n</div>"),
            ("*a\nb* `c\nd` **강조(괄호)**는\n$5", "*a\\\nb* `c\nd` **강조(괄호)**는\\\n$5"),
            ("# a\n## b\n### c\n#d", "### a\n### b\n### c\n#d"),
            ("a\nb\n---\nc", "### a b\nc"),
            ("a\n\nb", "a\n\nb"),
        ];
        for (text, expected) in cases {
            assert_eq!(settle(Prose::at(text, 0)).text, expected, "{text}");
        }
    }
}

//! Where lines end within paragraphs, and what is no Markdown.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::source::{Callout, Source};

/// The newlines inside of paragraphs that Markdown takes for spaces. None is inside of a formula, code, a tag, a heading, or
/// a link, whose text can be cut nowhere.
pub fn line_ends(text: &str) -> Vec<usize> {
    let lines = text.split('\n').map(|line| line.trim().is_empty());
    // Most texts have a blank line after every paragraph, and need no parser.
    if !lines.clone().zip(lines.skip(1)).any(|(above, below)| !above && !below) {
        return Vec::new();
    }
    let source = Source::new(text, false);
    let (mut found, mut inside) = (Vec::new(), 0_u32);
    for (event, range) in source.parser(|_| None).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Heading { .. }) => inside += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::Heading(_)) => {
                inside = inside.saturating_sub(1);
            }
            Event::SoftBreak if inside == 0 => {
                let start = source.span(range).start;
                let line = text[..start].rsplit('\n').next().unwrap_or_default();
                // What follows the first line of a callout begins its text anyway.
                let newline = text[start..].find('\n').filter(|_| Callout::of(line).is_none());
                found.extend(newline.map(|at| start + at));
            }
            _ => {}
        }
    }
    found
}

/// The places of code, formulas and raw HTML, in order: what stands there is no Markdown.
pub fn verbatim(text: &str) -> Vec<Range<usize>> {
    let source = Source::new(text, false);
    let mut found: Vec<Range<usize>> = Vec::new();
    for (event, range) in source.events() {
        if let Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)
        | Event::Code(_)
        | Event::InlineMath(_)
        | Event::DisplayMath(_) = event
        {
            found.push(source.span(range));
        }
    }
    found
}

/// Whether one of some ranges, sorted and apart, holds a place.
pub fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    let next = ranges.partition_point(|range| range.end <= at);
    ranges.get(next).is_some_and(|range| range.contains(&at))
}

#[cfg(test)]
mod tests {
    use super::line_ends;

    #[test]
    fn only_paragraphs_break() {
        for (text, breaks) in [
            ("a\nb\n\nc", 1),
            ("- a\n  b\n- c", 1),
            ("> a\n> b", 1),
            ("> [!info]- a\n> b\n> c", 1),
            ("汉\n字", 1),
            ("`a\nb` $x\ny$ $$\nz\n$$", 0),
            ("[a\nb](c\n\"d\") [[e\nf]] <b\nlang=en>g</b>", 0),
            ("| a |\n|---|\n| b |\n\n```\nc\nd\n```", 0),
            ("A\nB\n===", 0),
            ("a\\\nb  \nc", 0),
        ] {
            assert_eq!(line_ends(text).len(), breaks, "{text:?}");
        }
    }
}

//! A part of a text, for whoever shows it elsewhere: what stands under a heading, or a block with an id.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::named::{self, BLOCK, part};
use crate::prose::source::Source;

/// The Markdown of a part, called as [`part`] calls it, with the definitions that it refers to.
pub fn section(text: &str, wanted: &str) -> Option<String> {
    let source = Source::new(text, false);
    let found = if wanted.starts_with(BLOCK) {
        block(&source, wanted)
    } else {
        under_heading(&source, wanted)
    };
    let mut section = text.get(source.span(found?))?.to_owned();
    let lines = text.lines().filter(|line| line.starts_with('['));
    let definitions = lines.filter_map(|line| Some((line, line.find("]:")?)));
    let added: Vec<&str> = definitions
        .filter(|(line, end)| {
            section.contains(line.get(..*end).unwrap_or_default()) && !section.contains(line)
        })
        .map(|(line, _)| line)
        .collect();
    for line in added {
        section.extend(["\n\n", line]);
    }
    Some(section)
}

/// From a heading to the next one that is as high.
fn under_heading(source: &Source<'_>, wanted: &str) -> Option<Range<usize>> {
    let (mut found, mut words) = (None, String::new());
    let mut start = 0;
    for (event, range) in source.events() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                if let Some((from, above)) = found
                    && level <= above
                {
                    return Some(from..range.start);
                }
                words.clear();
                start = range.start;
            }
            Event::End(TagEnd::Heading(level)) if found.is_none() && part(&words) == wanted => {
                found = Some((start, level));
            }
            Event::Text(text) | Event::Code(text) => words.push_str(&source.restore(&text)),
            Event::SoftBreak => words.push(' '),
            _ => {}
        }
    }
    found.map(|(from, _)| from..source.text().len())
}

/// The block that an id names: the one it ends, or the one before it. In a quote it is the whole quote.
fn block(source: &Source<'_>, wanted: &str) -> Option<Range<usize>> {
    let mut open: Vec<(bool, Range<usize>)> = Vec::new();
    let (mut last, mut empty) = (None, true);
    for (event, range) in source.events() {
        match event {
            Event::Start(tag) if is_block(tag.to_end()) => {
                open.push((matches!(tag, Tag::BlockQuote(_)), range));
                empty = true;
            }
            Event::End(end) if is_block(end) => last = open.pop().map(|(_, range)| range),
            Event::InlineHtml(tag) if is_tag_of(&tag, wanted) => {
                let quote = open.iter().find(|(is_quote, _)| *is_quote);
                let own = quote.or(open.last()).map(|(_, range)| range.clone());
                return if empty && quote.is_none() { last } else { own };
            }
            _ => empty = false,
        }
    }
    None
}

fn is_tag_of(tag: &str, wanted: &str) -> bool {
    tag.strip_prefix("<^")
        .and_then(|tag| tag.strip_suffix('>'))
        .is_some_and(|id| named::block(id) == wanted)
}

fn is_block(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::Table
            | TagEnd::HtmlBlock
    )
}

#[cfg(test)]
mod tests {
    use super::section;

    #[test]
    fn parts_are_cut_out_whole() {
        let whole = "# A\n\nb[^1]\n\n[^1]: c\n";
        assert_eq!(section(whole, "a").as_deref(), Some(whole));
        let text = "Before.\n\n# Oil *lamps*\n\nBurn[^1] well. ^burn\n\n## Wicks\n\n- one ^one\n- two\n\n# End\n\n| a |\n|---|\n| b |\n\n^table\n\n> said\n> here ^said\n\n[^1]: For hours.\n[^2]: Never.\n";
        for (part, expected) in [
            (
                "oil-lamps",
                "# Oil *lamps*\n\nBurn[^1] well. ^burn\n\n## Wicks\n\n- one ^one\n- two\n\n\n\n[^1]: For hours.",
            ),
            ("wicks", "## Wicks\n\n- one ^one\n- two\n\n"),
            ("_burn", "Burn[^1] well. ^burn\n\n\n[^1]: For hours."),
            ("_one", "- one ^one\n"),
            ("_table", "| a |\n|---|\n| b |\n"),
            ("_said", "> said\n> here ^said\n"),
        ] {
            assert_eq!(section(text, part).as_deref(), Some(expected), "{part}");
        }
        assert_eq!(section(text, "nothing"), None);
        assert_eq!(section(text, "_nothing"), None);
    }
}

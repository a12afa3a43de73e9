//! The parser's events with their places, neighbouring pieces of text put together.
//!
//! The parser cuts text wherever a character might have meant something, also inside addresses. Pieces that stand
//! side by side in the source are one slice of it, so joining them costs nothing. A code block in the language `math` is
//! a displayed formula.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, OffsetIter, Options, Parser, Tag, TagEnd};

use super::MONEY;
use crate::digest::fit::clean;

/// An event and its place in the text.
pub(super) type Item<'a> = (Event<'a>, Range<usize>);

/// Events and their byte ranges.
pub(super) struct Merged<'a> {
    text: &'a str,
    parser: OffsetIter<'a>,
    /// What was read ahead, last first.
    held: Vec<Item<'a>>,
    /// Where formulas begin that stand in lines though their marks are those of displayed ones.
    inline: &'a [usize],
}

impl<'a> Merged<'a> {
    pub(super) fn new(text: &'a str, options: Options, inline: &'a [usize]) -> Self {
        Self { text, parser: Parser::new_ext(text, options).into_offset_iter(), held: Vec::new(), inline }
    }

    /// The formula in a code block that has just begun, as a paragraph of its own.
    fn formula(&mut self, range: Range<usize>) -> Item<'a> {
        let mut tex = String::new();
        for (event, _) in self.parser.by_ref() {
            match event {
                Event::Text(text) => tex.push_str(&text),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        self.held.push((Event::End(TagEnd::Paragraph), range.clone()));
        self.held.push((Event::DisplayMath(tex.into()), range.clone()));
        (Event::Start(Tag::Paragraph), range)
    }
}

/// Whether the event is text that says exactly what its range in the source says.
pub(super) fn is_verbatim(event: &Event<'_>, range: &Range<usize>) -> bool {
    matches!(event, Event::Text(CowStr::Borrowed(text)) if text.len() == range.len())
}

/// What a reference means is not in the text, so nobody looked at it when that was prepared: a character that no page can
/// hold becomes a space here.
fn fit(event: Event<'_>) -> Event<'_> {
    match event {
        // What was taken over from the text is borrowed, and may hold what stands in for other characters.
        Event::Text(text) if !matches!(text, CowStr::Borrowed(_)) => match clean(&text) {
            Cow::Owned(clean) => Event::Text(clean.into()),
            Cow::Borrowed(_) => Event::Text(text),
        },
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: decoded(dest_url), title: decoded(title), id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: decoded(dest_url), title: decoded(title), id })
        }
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(decoded(info))))
        }
        event => event,
    }
}

fn decoded(text: CowStr<'_>) -> CowStr<'_> {
    let stands_in = |c: char| c == MONEY || c == '\u{2}';
    if matches!(text, CowStr::Borrowed(_)) {
        return text;
    }
    match clean(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(clean) => text
            .chars()
            .zip(clean.chars())
            .map(|(c, clean)| if stands_in(c) { c } else { clean })
            .collect::<String>()
            .into(),
    }
}

impl<'a> Iterator for Merged<'a> {
    type Item = Item<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let (event, mut range) = self.held.pop().or_else(|| self.parser.next())?;
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if info.trim() == "math" => {
                return Some(self.formula(range));
            }
            Event::DisplayMath(tex) if self.inline.binary_search(&range.start).is_ok() => {
                return Some((Event::InlineMath(tex), range));
            }
            event if !is_verbatim(&event, &range) => return Some((fit(event), range)),
            _ => {}
        }
        for (next, next_range) in self.parser.by_ref() {
            if next_range.start != range.end || !is_verbatim(&next, &next_range) {
                self.held.push((next, next_range));
                break;
            }
            range.end = next_range.end;
        }
        Some((Event::Text(CowStr::Borrowed(&self.text[range.clone()])), range))
    }
}

//! The parser's events with their places, neighbouring pieces of text put together.
//!
//! The parser cuts text wherever a character might have meant something, also inside addresses. Pieces that stand
//! side by side in the source are one slice of it, so joining them costs nothing.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, OffsetIter, Options, Parser};

/// An event and its place in the text.
pub(super) type Item<'a> = (Event<'a>, Range<usize>);

/// Events and their byte ranges.
pub(super) struct Merged<'a> {
    text: &'a str,
    parser: OffsetIter<'a>,
    held: Option<Item<'a>>,
}

impl<'a> Merged<'a> {
    pub(super) fn new(text: &'a str, options: Options) -> Self {
        Self { text, parser: Parser::new_ext(text, options).into_offset_iter(), held: None }
    }
}

/// Whether the event is text that says exactly what its range in the source says.
pub(super) fn is_verbatim(event: &Event<'_>, range: &Range<usize>) -> bool {
    matches!(event, Event::Text(CowStr::Borrowed(text)) if text.len() == range.len())
}

impl<'a> Iterator for Merged<'a> {
    type Item = Item<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let (event, mut range) = self.held.take().or_else(|| self.parser.next())?;
        if !is_verbatim(&event, &range) {
            return Some((event, range));
        }
        for (next, next_range) in self.parser.by_ref() {
            if next_range.start != range.end || !is_verbatim(&next, &next_range) {
                self.held = Some((next, next_range));
                break;
            }
            range.end = next_range.end;
        }
        Some((Event::Text(CowStr::Borrowed(&self.text[range.clone()])), range))
    }
}

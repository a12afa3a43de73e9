//! The parser's events without what is no text: what stands between `<style>` and `</style>`, or the tags of a script.

use std::collections::VecDeque;

use pulldown_cmark::{CowStr, Event, OffsetIter, Options, Parser};

use super::events::Item;
use super::tags::{Tag, is_unseen, tag_end};

/// The parser's events without what stands in elements that are no text.
pub(super) struct Seen<'a> {
    text: &'a str,
    parser: OffsetIter<'a>,
    /// Pieces of raw HTML around such elements.
    cut: VecDeque<Item<'a>>,
    any_html: bool,
    /// Such an element that is open.
    unseen: Option<&'static str>,
}

impl<'a> Seen<'a> {
    /// With `any_html`, such elements are the author's own business.
    pub(super) fn new(text: &'a str, options: Options, any_html: bool) -> Self {
        let parser = Parser::new_ext(text, options).into_offset_iter();
        Self { text, parser, cut: VecDeque::new(), any_html, unseen: None }
    }

    fn cut(&mut self, event: &Event<'a>, range: &std::ops::Range<usize>) {
        let (mut shown, mut from) = (range.start, range.start);
        while let Some(at) = self.text[from..range.end].find('<').map(|at| from + at) {
            let rest = &self.text[at..range.end];
            let tag = Tag::at(rest).and_then(|tag| Some((is_unseen(tag.name)?, tag.closing)));
            let end = at + tag_end(rest).map_or(rest.len(), |end| end + 1);
            from = end;
            match (self.unseen, tag) {
                (None, Some((name, false))) => {
                    self.unseen = Some(name);
                    self.keep(event, shown..at);
                }
                (Some(open), Some((name, true))) if open == name => {
                    self.unseen = None;
                    shown = end;
                }
                _ => from = at + 1,
            }
        }
        if self.unseen.is_none() {
            self.keep(event, shown..range.end);
        }
    }

    fn keep(&mut self, event: &Event<'a>, range: std::ops::Range<usize>) {
        if !range.is_empty() {
            let piece = CowStr::Borrowed(&self.text[range.clone()]);
            let inline = matches!(event, Event::InlineHtml(_));
            self.cut.push_back((
                if inline { Event::InlineHtml(piece) } else { Event::Html(piece) },
                range,
            ));
        }
    }
}

impl<'a> Iterator for Seen<'a> {
    type Item = Item<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(piece) = self.cut.pop_front() {
                return Some(piece);
            }
            let (event, range) = self.parser.next()?;
            match event {
                Event::Html(_) | Event::InlineHtml(_) if !self.any_html => self.cut(&event, &range),
                Event::Start(_) | Event::End(_) => return Some((event, range)),
                _ if self.unseen.is_none() => return Some((event, range)),
                _ => {}
            }
        }
    }
}

//! The parser's events with their places, brought closer to what is meant.
//!
//! - The parser cuts text wherever a character might have meant something, also inside addresses. Pieces that stand
//!   side by side in the source are one slice of it, so joining them costs nothing.
//! - A line that ends between two characters of Chinese or Japanese ends nowhere on the page: a space would show there.
//! - A code block in the language `math` is a displayed formula.
//! - `{width=300}` right after a picture is the end of its text, `|300`.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::MONEY;
use super::seen::Seen;
use crate::model::fit::clean;
use crate::model::lang::is_wide;
use crate::prose::mention::attributes;

/// An event and its place in the text.
pub(super) type Item<'a> = (Event<'a>, Range<usize>);

/// Events and their byte ranges.
pub(super) struct Merged<'a> {
    text: &'a str,
    seen: Seen<'a>,
    /// What was looked at in advance.
    held: VecDeque<Item<'a>>,
    /// The last character said.
    last: Option<char>,
    /// Where a picture ends that attributes follow, where these end, and the width that they say.
    sized: Option<(usize, usize, u32)>,
    /// Where formulas begin that stand in lines though their marks are those of displayed ones.
    inline: &'a [usize],
}

impl<'a> Merged<'a> {
    pub(super) fn new(text: &'a str, seen: Seen<'a>, inline: &'a [usize]) -> Self {
        Self { text, seen, held: VecDeque::new(), last: None, sized: None, inline }
    }

    /// The formula in a code block that has just begun, as a paragraph of its own.
    fn formula(&mut self, range: Range<usize>) -> Item<'a> {
        let mut tex = String::new();
        while let Some((event, _)) = self.following() {
            match event {
                Event::Text(text) => tex.push_str(&text),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        self.held.push_front((Event::End(TagEnd::Paragraph), range.clone()));
        self.held.push_front((Event::DisplayMath(tex.into()), range.clone()));
        (Event::Start(Tag::Paragraph), range)
    }

    /// A picture that begins, with the attributes behind it.
    fn picture(&mut self, range: Range<usize>) -> Range<usize> {
        let is_wikilink = self.text[..range.end].ends_with("]]");
        let said = attributes(&self.text[range.end..]).filter(|_| !is_wikilink);
        let Some((length, width)) = said else { return range };
        self.sized = Some((range.end, range.end + length, width));
        range.start..range.end + length
    }

    /// The end of a picture, and before it what the attributes behind it say, which are passed over.
    fn picture_ends(&mut self, range: Range<usize>) -> Item<'a> {
        let ended = (Event::End(TagEnd::Image), range.clone());
        let Some((_, end, width)) = self.sized.take_if(|(at, ..)| *at == range.end) else {
            return ended;
        };
        while let Some((next, range)) = self.following() {
            let is_attribute = range.start < end && is_verbatim(&next, &range);
            if is_attribute && range.end <= end {
                continue;
            }
            self.held.push_front(match next {
                Event::Text(_) if is_attribute => {
                    (Event::Text(CowStr::Borrowed(&self.text[end..range.end])), end..range.end)
                }
                next => (next, range),
            });
            break;
        }
        self.held.push_front(ended);
        (Event::Text(format!("|{width}").into()), range.end..range.end)
    }

    fn following(&mut self) -> Option<Item<'a>> {
        self.held.pop_front().or_else(|| self.seen.next())
    }

    /// Whether the line that has just ended goes on without a space.
    fn goes_on(&mut self) -> bool {
        let Some(last) = self.last.filter(|last| joins(*last)) else { return false };
        let mut at = 0;
        loop {
            if at == self.held.len() {
                // Only what opens can stand before the next word, so this looks no further than it must.
                let Some(next) = self.seen.next() else { return false };
                self.held.push_back(next);
            }
            match self.held.get(at).map(|(event, _)| event) {
                Some(Event::Start(
                    Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. },
                )) => at += 1,
                Some(Event::Text(text) | Event::Code(text)) => {
                    let first = text.chars().find(|c| *c != super::MARK);
                    return first.is_some_and(|first| meet(last, first));
                }
                _ => return false,
            }
        }
    }
}

/// Whether a line that ends so goes on with the next without a space.
pub fn goes_on(line: &str, next: &str) -> bool {
    let (last, first) = (line.chars().next_back(), next.chars().next());
    last.zip(first).is_some_and(|(last, first)| meet(last, first))
}

fn meet(last: char, first: char) -> bool {
    joins(last) && joins(first) && (is_wide(last) || is_wide(first))
}

/// Whether a character wants no space beside a wide one at the end of a line: quotation marks and dashes are as wide as
/// what they stand beside.
fn joins(c: char) -> bool {
    is_wide(c) || "“”‘’…—·".contains(c)
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
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => Event::Start(Tag::Link {
            link_type,
            dest_url: decoded(dest_url),
            title: decoded(title),
            id,
        }),
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => Event::Start(Tag::Image {
            link_type,
            dest_url: decoded(dest_url),
            title: decoded(title),
            id,
        }),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(decoded(info))))
        }
        event => event,
    }
}

fn decoded(text: CowStr<'_>) -> CowStr<'_> {
    if matches!(text, CowStr::Borrowed(_)) {
        return text;
    }
    match clean(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(clean) => text
            .chars()
            .zip(clean.chars())
            .map(|(c, clean)| if c == MONEY || matches!(c, '\u{2}'..='\u{4}') { c } else { clean })
            .collect::<String>()
            .into(),
    }
}

fn last_said(text: &str) -> Option<char> {
    text.chars().rfind(|c| *c != super::MARK)
}

impl<'a> Iterator for Merged<'a> {
    type Item = Item<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let (mut event, mut range) = self.following()?;
        if event == Event::SoftBreak && self.goes_on() {
            (event, range) = self.following()?;
        }
        if is_verbatim(&event, &range) {
            while let Some((next, next_range)) = self.following() {
                if next_range.start != range.end || !is_verbatim(&next, &next_range) {
                    self.held.push_front((next, next_range));
                    break;
                }
                range.end = next_range.end;
            }
            event = Event::Text(CowStr::Borrowed(&self.text[range.clone()]));
        } else {
            (event, range) = match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                    if info.trim() == "math" =>
                {
                    self.formula(range)
                }
                Event::DisplayMath(tex) if self.inline.binary_search(&range.start).is_ok() => {
                    (Event::InlineMath(tex), range)
                }
                Event::End(TagEnd::Image) => self.picture_ends(range),
                event => {
                    let is_picture = matches!(event, Event::Start(Tag::Image { .. }));
                    (fit(event), if is_picture { self.picture(range) } else { range })
                }
            };
        }
        match &event {
            Event::Text(text) | Event::Code(text) => self.last = last_said(text),
            // A picture is no word.
            Event::End(TagEnd::Image) => self.last = None,
            Event::Start(_)
            | Event::End(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_) => {}
            _ => self.last = None,
        }
        Some((event, range))
    }
}

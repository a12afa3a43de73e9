//! What Obsidian writes besides Markdown: `==marks==`, `^[notes in the text]`, `^ids` of blocks, titles of callouts.
//!
//! The signs are looked for in the parser's events, so code, formulas and addresses are left alone. They become events
//! of ordinary Markdown (tags of `<mark>`, footnotes, paragraphs), so whoever reads events needs to know nothing of
//! them. Only an id has no such event: it becomes the tag `<^id>`, which no text can hold.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::callout::Callout;
use super::events::{Item, Merged};
use super::signs::{Part, Sign, block_id, parts, take_block_id};

/// The parser's events and their byte ranges, with Obsidian's signs read.
pub struct Events<'a> {
    text: &'a str,
    merged: Merged<'a>,
    /// Whether the text may hold any sign.
    signed: bool,
    /// What is handed out next.
    ready: VecDeque<Item<'a>>,
    /// The running text since the last block began or ended.
    run: Vec<Item<'a>>,
    /// Blocks that are open.
    depth: usize,
    /// Footnotes of the outermost block that is open: they follow it.
    notes: Vec<Item<'a>>,
    /// The id that a table's last row was.
    table_id: Option<Item<'a>>,
    place: Place<'a>,
}

/// Where the events are.
#[derive(Default)]
enum Place<'a> {
    #[default]
    Usual,
    /// In code or raw HTML.
    Verbatim,
    /// In a cell of a table, where a `^` names no block.
    Cell,
    /// At the start of a quote, which may be a callout.
    Quote,
    /// In the first paragraph of a quote; its opening is held back.
    Lead(Item<'a>),
    /// In the row of a table that is the table's id.
    Row,
}

impl<'a> Events<'a> {
    pub(super) fn new(text: &'a str, merged: Merged<'a>) -> Self {
        let signed = memchr::memchr(b'^', text.as_bytes()).is_some()
            || super::has_sign(text, "==")
            || super::has_sign(text, "[!");
        Self {
            text,
            merged,
            signed,
            ready: VecDeque::new(),
            run: Vec::new(),
            depth: 0,
            notes: Vec::new(),
            table_id: None,
            place: Place::Usual,
        }
    }

    /// Takes an event that begins or ends a block.
    fn block(&mut self, event: Event<'a>, range: Range<usize>) {
        let run = std::mem::take(&mut self.run);
        match (std::mem::take(&mut self.place), &event) {
            (Place::Row, Event::End(TagEnd::TableRow)) => return,
            (Place::Row, _) => {
                self.place = Place::Row;
                return;
            }
            (Place::Quote, Event::Start(Tag::Paragraph)) => {
                self.place = Place::Lead((event, range));
                return;
            }
            (Place::Lead(opening), _) => {
                if !self.lead(opening, run) {
                    return;
                }
            }
            (Place::Verbatim, _) => self.ready.extend(run),
            (Place::Cell, _) => self.finish(run, false),
            _ => self.finish(run, true),
        }
        self.enter(event, range);
    }

    /// Hands out the event of a block, and what follows it.
    fn enter(&mut self, event: Event<'a>, range: Range<usize>) {
        match &event {
            Event::Start(Tag::TableRow) => {
                let row = self.text.get(range.clone());
                if let Some(id) = row.and_then(|row| block_id(row.trim())) {
                    self.table_id = Some((id, range));
                    self.place = Place::Row;
                    return;
                }
            }
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_)) => {
                self.place = Place::Verbatim;
            }
            Event::Start(Tag::TableCell) => self.place = Place::Cell,
            Event::Start(Tag::BlockQuote(None)) => self.place = Place::Quote,
            _ => {}
        }
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        let id = if event == Event::End(TagEnd::Table) { self.table_id.take() } else { None };
        self.ready.push_back((event, range));
        self.paragraph(id.into_iter().collect());
        if self.depth == 0 {
            self.ready.extend(self.notes.drain(..));
        }
    }

    /// The first paragraph of a quote. Where it begins a callout, its first line is a title, in a paragraph of its own.
    /// Whether the paragraph's end is still to come.
    fn lead(&mut self, opening: Item<'a>, mut run: Vec<Item<'a>>) -> bool {
        let mark = match run.first_mut() {
            Some((Event::Text(CowStr::Borrowed(text)), range)) => {
                Callout::at(&self.text[range.start..])
                    .map(|callout| (callout.mark.min(text.len()), text, range))
            }
            _ => None,
        };
        let Some((mark, text, range)) = mark else {
            self.ready.push_back(opening);
            self.depth += 1;
            self.finish(run, true);
            return true;
        };
        *text = &text[mark..];
        range.start += mark;
        let mut inside = 0_usize;
        let line = run.iter().position(|(event, _)| {
            match event {
                Event::Start(_) => inside += 1,
                Event::End(_) => inside = inside.saturating_sub(1),
                _ => {}
            }
            inside == 0 && matches!(event, Event::SoftBreak | Event::HardBreak)
        });
        let body = line.map(|at| run.split_off(at)).unwrap_or_default();
        self.paragraph(run);
        self.paragraph(body.into_iter().skip(1).collect());
        false
    }

    /// A paragraph with this text, or nothing where there is none.
    fn paragraph(&mut self, run: Vec<Item<'a>>) {
        let (Some((_, first)), Some((_, last))) = (run.first(), run.last()) else { return };
        if run.iter().all(|(event, _)| matches!(event, Event::Text(text) if text.trim().is_empty()))
        {
            return;
        }
        let range = first.start..last.end;
        self.ready.push_back((Event::Start(Tag::Paragraph), range.clone()));
        self.finish(run, true);
        self.ready.push_back((Event::End(TagEnd::Paragraph), range));
    }

    /// Running text that is complete. `block`: it ends its block, so that an id at its end is the block's.
    fn finish(&mut self, mut run: Vec<Item<'a>>, block: bool) {
        let id = if block { take_block_id(&mut run) } else { None };
        let mut note = false;
        for part in parts(self.text, run) {
            let item = match part {
                Part::Event(item) => item,
                Part::Sign(Sign::Mark, range) => (Event::InlineHtml("<mark>".into()), range),
                Part::Sign(Sign::Unmark, range) => (Event::InlineHtml("</mark>".into()), range),
                Part::Sign(Sign::Note, range) => {
                    // No label that a text can write has a bracket.
                    let label = CowStr::from(format!("]{}", range.start));
                    self.notes.push((
                        Event::Start(Tag::FootnoteDefinition(label.clone())),
                        range.clone(),
                    ));
                    self.notes.push((Event::Start(Tag::Paragraph), range.clone()));
                    self.ready.push_back((Event::FootnoteReference(label), range));
                    note = true;
                    continue;
                }
                Part::Sign(Sign::EndOfNote, range) => {
                    self.notes.push((Event::End(TagEnd::Paragraph), range.clone()));
                    self.notes.push((Event::End(TagEnd::FootnoteDefinition), range));
                    note = false;
                    continue;
                }
            };
            if note {
                self.notes.push(item);
            } else {
                self.ready.push_back(item);
            }
        }
        self.ready.extend(id);
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Item<'a>;

    fn next(&mut self) -> Option<Item<'a>> {
        if !self.signed {
            return self.merged.next();
        }
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            match self.merged.next() {
                Some(item) if is_running(&item.0) => self.run.push(item),
                Some((event, range)) => self.block(event, range),
                None if self.run.is_empty() => return None,
                None => {
                    let run = std::mem::take(&mut self.run);
                    self.finish(run, true);
                }
            }
        }
    }
}

/// Whether an event is a part of running text.
fn is_running(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => is_inline(tag.to_end()),
        Event::End(end) => is_inline(*end),
        Event::Rule => false,
        _ => true,
    }
}

fn is_inline(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

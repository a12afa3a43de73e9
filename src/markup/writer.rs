//! The state of one rendering, and the loop that hands each event to the module for its kind.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use rustc_hash::FxHashMap;

use super::callouts::Quotes;
use super::footnotes::Footnotes;
use super::named::Blocks;
use super::raw::Open;
use super::tables::Table;
use super::tex::Document;
use super::{Heading, Hole, HoleTarget, Markup, Renderer, escape};
use crate::diagnostic::{Code, Finding};
use crate::model::fit;
use crate::model::limits;
use crate::prose::source::Source;

/// Elements deeper than this are left out and their text kept: no one reads them, and browsers stop at 512.
pub(super) const DEEPEST: usize = 96;

/// HTML being written, with the holes in it.
#[derive(Debug, Default)]
pub(super) struct Buffer {
    pub(super) html: String,
    pub(super) holes: Vec<Hole>,
}

impl Buffer {
    /// Appends another buffer.
    pub(super) fn append(&mut self, other: &Buffer) {
        let shift = self.html.len();
        self.html.push_str(&other.html);
        self.holes
            .extend(other.holes.iter().cloned().map(|hole| Hole { at: hole.at + shift, ..hole }));
    }
}

/// Text that is collected instead of written: what an image shows, or the label of a wikilink.
#[derive(Debug)]
pub(super) struct Capture {
    pub(super) text: String,
    /// Elements open inside.
    depth: usize,
}

/// One rendering.
pub(super) struct Writer<'r> {
    pub(super) renderer: &'r Renderer,
    pub(super) source: &'r Source<'r>,
    pub(super) key: &'r str,
    pub(super) out: Buffer,
    pub(super) findings: Vec<Finding>,
    pub(super) headings: Vec<Heading>,
    /// The ids that headings have, each with the number of its last one.
    pub(super) heading_ids: FxHashMap<String, usize>,
    /// Source levels of the headings that the next one may stand under.
    pub(super) outline: Vec<u8>,
    /// The level of the topmost heading.
    pub(super) base_level: u8,
    /// Raw elements that are open, between barriers for Markdown's own.
    pub(super) open: Vec<Open>,
    pub(super) depth: usize,
    pub(super) capture: Option<Capture>,
    /// Plain words of a heading or a table's head, while one is open.
    pub(super) words: Option<String>,
    /// Buffers put aside by [`Writer::divert`].
    pub(super) aside: Vec<Buffer>,
    /// Links that are open. Only one of them is a link in HTML.
    pub(super) links: Vec<super::links::Link>,
    /// Where in the HTML the formula stands that was written just now.
    pub(super) formula: Option<Range<usize>>,
    pub(super) image: Option<super::images::Pending>,
    pub(super) paragraph: Range<usize>,
    pub(super) code: Option<super::code::Block>,
    pub(super) raw_block: Option<String>,
    pub(super) tables: Vec<Table>,
    pub(super) footnotes: Footnotes,
    /// Whether the text cites anything.
    pub(super) cites: bool,
    pub(super) quotes: Quotes,
    /// The components whose texts are open.
    pub(super) calls: Vec<super::calls::Pending>,
    pub(super) blocks: Blocks,
    /// Ids of blocks.
    pub(super) ids: Vec<String>,
    /// What the formulas know of each other.
    pub(super) equations: Document,
}

impl<'r> Writer<'r> {
    pub(super) fn new(
        renderer: &'r Renderer,
        source: &'r Source<'r>,
        key: &'r str,
        base_level: u8,
    ) -> Self {
        let html = String::with_capacity(source.text().len() + source.text().len() / 4 + 64);
        Self {
            renderer,
            source,
            key,
            out: Buffer { html, holes: Vec::new() },
            findings: Vec::new(),
            headings: Vec::new(),
            heading_ids: FxHashMap::default(),
            outline: Vec::new(),
            base_level,
            open: Vec::new(),
            depth: 0,
            capture: None,
            words: None,
            aside: Vec::new(),
            links: Vec::new(),
            formula: None,
            image: None,
            paragraph: 0..0,
            code: None,
            raw_block: None,
            tables: Vec::new(),
            footnotes: Footnotes::default(),
            cites: false,
            quotes: Quotes::default(),
            calls: Vec::new(),
            blocks: Blocks::default(),
            ids: Vec::new(),
            equations: Document::new(source.text().len()),
        }
    }

    pub(super) fn run(mut self) -> Markup {
        let source = self.source;
        if let Some(rest) = source.left_out() {
            let message = format!(
                "this text has over {} marks of Markdown, so its end is left out",
                limits::MARKS
            );
            let finding =
                Finding::new(Code::TooMuch, message).help("cut it into several entries or pages");
            self.findings.push(finding.at(rest.start..rest.start));
        }
        self.label_equations();
        for (event, range) in source.events() {
            self.event(event, range);
        }
        self.close_all_raw();
        self.write_footnotes();
        if self.cites {
            self.hole(HoleTarget::References, 0..0);
        }
        self.find_parts();
        Markup {
            html: self.out.html,
            holes: self.out.holes,
            headings: self.headings,
            blocks: self.ids,
            findings: self.findings,
        }
    }

    /// The same for the inside of a single block, as if it stood in a link. Nothing in it asks the Site.
    pub(super) fn run_inline(mut self) -> Markup {
        let source = self.source;
        self.forbid_links();
        for (event, range) in source.events() {
            if !matches!(event, Event::Start(Tag::Heading { .. }) | Event::End(TagEnd::Heading(_)))
            {
                self.event(event, range);
            }
        }
        self.close_all_raw();
        Markup { html: self.out.html, findings: self.findings, ..Markup::default() }
    }

    fn event(&mut self, event: Event<'r>, range: Range<usize>) {
        if self.capture.is_some() {
            return self.captured(event, range);
        }
        let formula = self.formula.take();
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => {
                self.unfit_reference(&range);
                self.text(&text, range, formula);
            }
            Event::Code(code) => self.code_span(&code),
            Event::InlineMath(tex) => self.math(&tex, range, false),
            Event::DisplayMath(tex) => self.math(&tex, range, true),
            Event::Html(html) => self.raw_html(&html),
            Event::InlineHtml(html) => self.raw_inline(&html, range),
            Event::FootnoteReference(label) => self.footnote_reference(&label, range),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.hard_break(),
            Event::Rule => self.rule(),
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    /// Says that a reference means a character that no page can hold.
    fn unfit_reference(&mut self, range: &Range<usize>) {
        let reference = self.source.text().get(range.clone()).unwrap_or_default();
        if reference.starts_with("&#") && fit::is_unfit_reference(reference) {
            let message =
                format!("`{reference}` means a character that no page can hold; it was taken out");
            self.found(
                Finding::new(Code::ForbiddenCharacter, message).help("remove it"),
                range.clone(),
            );
        }
    }

    /// Opens an element and sets up the barrier behind which raw HTML inside it cannot reach.
    fn start(&mut self, tag: Tag<'r>, range: Range<usize>) {
        self.depth += 1;
        match tag {
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript => {
                self.start_inline(tag.to_end());
            }
            Tag::Link { link_type, dest_url, .. } => self.start_link(link_type, &dest_url, range),
            Tag::Image { link_type, dest_url, title, .. } => {
                self.start_image(link_type, &dest_url, &title, range);
            }
            Tag::HtmlBlock => self.raw_block = Some(String::new()),
            Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell => {
                self.start_table_part(tag);
            }
            block => self.start_block(block, range),
        }
        self.open.push(Open::Markdown);
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        self.close_raw_to_barrier();
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => {
                self.end_inline(tag);
            }
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            TagEnd::HtmlBlock => self.end_raw_block(&range),
            TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => {
                self.end_table_part(tag);
            }
            block => self.end_block(block, range),
        }
        self.depth -= 1;
    }

    /// Whether an element opening or closing now is too deep to be written.
    pub(super) fn is_too_deep(&self) -> bool {
        self.depth > DEEPEST
    }

    /// Whether a list opening or closing now has room for its items.
    pub(super) fn is_too_deep_for_list(&self) -> bool {
        self.depth >= DEEPEST
    }

    /// Starts collecting the plain text of the element that has just opened.
    pub(super) fn start_capture(&mut self) {
        self.capture = Some(Capture { text: String::new(), depth: 0 });
    }

    /// An event while plain text is being collected; the end of the element goes the usual way.
    fn captured(&mut self, event: Event<'r>, range: Range<usize>) {
        let Some(capture) = self.capture.as_mut() else {
            return;
        };
        match event {
            Event::Start(_) => capture.depth += 1,
            Event::End(_) if capture.depth > 0 => capture.depth -= 1,
            Event::End(tag) => self.end(tag, range),
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => {
                capture.text.push_str(&self.source.restore(&text));
            }
            Event::SoftBreak | Event::HardBreak => capture.text.push(' '),
            _ => {}
        }
    }

    /// Begins a buffer of its own.
    pub(super) fn divert(&mut self) {
        self.aside.push(std::mem::take(&mut self.out));
    }

    /// Ends the buffer begun last.
    pub(super) fn diverted(&mut self) -> Buffer {
        let outer = self.aside.pop().unwrap_or_default();
        std::mem::replace(&mut self.out, outer)
    }

    /// Whether nothing, not even a hole, has been written since the tag that the HTML ends in.
    pub(super) fn just_opened(&self, tag: &str) -> bool {
        self.out.html.ends_with(tag) && self.is_empty_since(self.out.html.len())
    }

    /// Whether nothing, not even a hole, has been written since the HTML was this long.
    pub(super) fn is_empty_since(&self, len: usize) -> bool {
        self.out.html.len() == len && self.out.holes.last().is_none_or(|hole| hole.at < len)
    }

    /// Appends HTML that needs no escaping.
    pub(super) fn push(&mut self, html: &str) {
        self.out.html.push_str(html);
    }

    /// Appends text as an attribute's value.
    pub(super) fn push_attribute(&mut self, value: &str) {
        escape::attribute(value, &mut self.out.html);
    }

    /// Leaves a hole for the Site to fill.
    pub(super) fn hole(&mut self, target: HoleTarget, range: Range<usize>) {
        let span = self.source.span(range);
        self.out.holes.push(Hole { at: self.out.html.len(), target, span });
    }

    /// Says that something is wrong at a place of the prepared text.
    pub(super) fn found(&mut self, finding: Finding, range: Range<usize>) {
        self.findings.push(finding.at(self.source.span(range)));
    }
}

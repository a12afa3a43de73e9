//! Paragraphs, quotes, lists, rules, and the dispatch of the blocks that have modules of their own.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{Tag, TagEnd};

use super::raw::Open;
use super::writer::Writer;

impl<'r> Writer<'r> {
    pub(super) fn start_block(&mut self, tag: Tag<'r>, range: Range<usize>) {
        self.settle_raw();
        self.open_block();
        match tag {
            Tag::Paragraph => self.start_paragraph(range),
            Tag::Heading { level, .. } => self.start_heading(level),
            Tag::CodeBlock(kind) => self.start_code(kind, range),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label),
            Tag::List(first) => self.start_list(first),
            _ if self.is_too_deep() => {}
            Tag::BlockQuote(kind) => {
                self.start_quote(kind, self.source.text().get(range).unwrap_or_default());
            }
            Tag::Item => self.push("<li>"),
            Tag::DefinitionList => self.push("<dl>\n"),
            Tag::DefinitionListTitle => self.push("<dt>"),
            Tag::DefinitionListDefinition => self.push("<dd>"),
            _ => {}
        }
    }

    pub(super) fn end_block(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(level) => self.end_heading(level, range),
            TagEnd::CodeBlock => self.end_code(range),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::List(ordered) if !self.is_too_deep_for_list() => {
                self.push(if ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::List(_) => {}
            _ if self.is_too_deep() => {}
            TagEnd::BlockQuote(_) => self.end_quote(),
            TagEnd::Item => self.push("</li>\n"),
            TagEnd::DefinitionList => self.push("</dl>\n"),
            TagEnd::DefinitionListTitle => self.push("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.push("</dd>\n"),
            _ => {}
        }
        self.close_block();
    }

    fn start_paragraph(&mut self, range: Range<usize>) {
        if !self.start_title() {
            self.paragraph = range;
            self.push("<p>");
        }
    }

    /// An image alone in its paragraph has taken the paragraph's place.
    fn end_paragraph(&mut self) {
        if self.end_title() {
            return;
        }
        if self.just_opened("<p>") {
            self.out.html.truncate(self.out.html.len() - "<p>".len());
        } else if self.paragraph.is_empty() {
            self.push("\n");
        } else {
            self.push("</p>\n");
        }
        self.paragraph = 0..0;
    }

    fn start_list(&mut self, first: Option<u64>) {
        if self.is_too_deep_for_list() {
            return;
        }
        match first {
            None => self.push("<ul>\n"),
            Some(1) => self.push("<ol>\n"),
            Some(number) => {
                let _ = writeln!(self.out.html, "<ol start=\"{number}\">");
            }
        }
    }

    pub(super) fn rule(&mut self) {
        self.settle_raw();
        self.push("<hr>\n");
    }

    /// A task's text is the label of its box; the label ends where the text does.
    pub(super) fn task(&mut self, done: bool) {
        let checked = if done { " checked" } else { "" };
        let _ = write!(self.out.html, "<label><input type=\"checkbox\" disabled{checked}> ");
        self.open.push(Open::Raw("label"));
    }
}

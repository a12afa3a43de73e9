//! Running text: words with the addresses in them, emphasis, code spans, line breaks.

use std::ops::Range;

use pulldown_cmark::TagEnd;

use super::writer::Writer;
use super::{HoleTarget, escape};
use crate::prose::address::addresses;
use crate::prose::{Cited, citations};

impl Writer<'_> {
    /// A text, and the formula before it, if there is one.
    pub(super) fn text(&mut self, text: &str, range: Range<usize>, formula: Option<Range<usize>>) {
        if let Some(code) = &mut self.code {
            code.text.push_str(&self.source.restore(text));
            return;
        }
        if let Some(words) = &mut self.words {
            words.push_str(&self.source.restore(text));
        }
        let ending = formula.map_or(0, |formula| self.end_of_word(text, formula));
        let (text, range) = (&text[ending..], range.start + ending..range.end);
        self.broken_math(text, &range);
        self.missing_notes(text, &range);
        if self.in_link() {
            return self.words_between(text);
        }
        let escaped = self.source.text()[..range.start].ends_with('\\');
        let mut from = 0;
        for citation in citations(text, escaped) {
            let at = citation.range;
            self.with_addresses(&text[from..at.start], range.start + from);
            from = at.end;
            let items = citation.items.into_iter().map(|item| self.restored(&item)).collect();
            self.hole(HoleTarget::Citation(items), range.start + at.start..range.start + at.end);
            self.cites = true;
        }
        self.with_addresses(&text[from..], range.start + from);
    }

    /// Words with the addresses among them; `start` is where they stand.
    fn with_addresses(&mut self, text: &str, start: usize) {
        let mut from = 0;
        for address in addresses(text) {
            self.words_between(&text[from..address.start]);
            from = address.end;
            let place = start + address.start..start + address.end;
            self.bare_address(&text[address], place);
        }
        self.words_between(&text[from..]);
    }

    fn restored(&self, item: &Cited) -> Cited {
        Cited {
            key: self.source.restore(&item.key).into_owned(),
            prefix: self.source.restore(&item.prefix).into_owned(),
            suffix: self.source.restore(&item.suffix).into_owned(),
            is_year: item.is_year,
        }
    }

    fn words_between(&mut self, text: &str) {
        escape::text(&self.source.restore(text), &mut self.out.html);
    }

    pub(super) fn code_span(&mut self, code: &str) {
        let code = self.source.restore(code);
        if let Some(words) = &mut self.words {
            words.push_str(&code);
        }
        self.push("<code>");
        escape::text(&code, &mut self.out.html);
        self.push("</code>");
    }

    pub(super) fn soft_break(&mut self) {
        if let Some(words) = &mut self.words {
            words.push(' ');
        }
        self.push("\n");
    }

    pub(super) fn hard_break(&mut self) {
        self.push("<br>\n");
    }

    pub(super) fn start_inline(&mut self, tag: TagEnd) {
        if !self.is_too_deep() {
            self.push(match tag {
                TagEnd::Emphasis => "<em>",
                TagEnd::Strong => "<strong>",
                _ => "<del>",
            });
        }
    }

    pub(super) fn end_inline(&mut self, tag: TagEnd) {
        if !self.is_too_deep() {
            self.push(match tag {
                TagEnd::Emphasis => "</em>",
                TagEnd::Strong => "</strong>",
                _ => "</del>",
            });
        }
    }
}

//! Calls of components: what stands between `::: NAME …` and its end becomes the text of a hole, which the theme's template
//! is put around when the page is known.

use std::ops::Range;

use super::raw::Open;
use super::writer::{DEEPEST, Writer};
use super::{HoleTarget, Markup};
use crate::prose::component_name;
use crate::prose::source::{CallMark, Role};

/// A component that a text calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its name as written.
    pub name: String,
    /// What stands behind the name.
    pub words: String,
    /// Where that begins in the text.
    pub at: usize,
    /// Its text; nothing where it has none of its own.
    pub body: Option<Markup>,
}

/// A call whose text is being written.
#[derive(Debug)]
pub(super) struct Pending {
    call: Call,
    range: Range<usize>,
}

impl Call {
    /// From a line of colons, which begins at this place of the text.
    fn of(line: &str, at: usize) -> Self {
        let after = line.trim_start_matches(':');
        let name = component_name(after).unwrap_or_default();
        let words = &after[after.find(name).unwrap_or_default() + name.len()..];
        Self {
            name: name.to_owned(),
            words: words.to_owned(),
            at: at + line.len() - words.len(),
            body: None,
        }
    }
}

impl Writer<'_> {
    /// A line of colons.
    pub(super) fn call(&mut self, mark: &CallMark, range: &Range<usize>) {
        let is_end = mark.role == Role::Close;
        if is_end {
            return self.end_call();
        }
        let written = self.source.text().get(range.clone()).unwrap_or_default();
        let line = written.trim().trim_start_matches("<!--").trim_end_matches("-->");
        let call = Call::of(line, mark.range.start);
        self.settle_raw();
        if mark.role == Role::Alone {
            return self.hole(HoleTarget::Call(Box::new(call)), range.clone());
        }
        // Too deep for an element of its own, its text stands where it is.
        if self.open.len() <= DEEPEST {
            self.open.push(Open::Call);
            self.calls.push(Pending { call, range: range.clone() });
            self.divert();
        }
    }

    /// Ends the innermost call of the element of Markdown around it.
    fn end_call(&mut self) {
        let inside = self.open.iter().rev().take_while(|open| **open != Open::Markdown);
        let Some(above) = inside.into_iter().position(|open| *open == Open::Call) else { return };
        for _ in 0..=above {
            self.close_innermost();
        }
    }

    /// Ends a call whose place among what is open is gone.
    pub(super) fn close_call(&mut self) {
        let body = self.diverted();
        let Some(Pending { mut call, range }) = self.calls.pop() else { return };
        call.body = Some(Markup { html: body.html, holes: body.holes, ..Markup::default() });
        self.hole(HoleTarget::Call(Box::new(call)), range);
    }
}

//! Takes ranges out of a text so that what is left is read as if they had never stood there.

use std::ops::Range;

use super::Cut;
use crate::formats::text::{is_blank, opens_structure};

/// Whether a range is all that is on its line, in a quote or not.
pub(super) fn is_alone(text: &str, span: &Range<usize>) -> bool {
    let before =
        text[line_start(text, span.start)..span.start].trim_start_matches([' ', '\t', '>']);
    before.is_empty() && is_blank(&text[span.end..line_end(text, span.end)])
}

/// The text without these ranges, which are in order, and where they were.
pub(super) fn cut(text: &str, spans: &[Range<usize>]) -> (String, Vec<Cut>) {
    let mut cutter = Cutter {
        text,
        from: 0,
        out: String::with_capacity(text.len()),
        line: 0,
        above: 0,
        cuts: Vec::new(),
    };
    for group in spans.chunk_by(|a, b| !text[a.end..b.start].contains('\n')) {
        cutter.group(group);
    }
    cutter.keep_until(text.len());
    (cutter.out, cutter.cuts)
}

struct Cutter<'t> {
    text: &'t str,
    /// As far as the text was taken over.
    from: usize,
    out: String,
    /// Where the last line of that starts, and where the line above it does: looking for them each time would take the
    /// square of a long line.
    line: usize,
    above: usize,
    cuts: Vec<Cut>,
}

impl Cutter<'_> {
    /// Ranges of which each starts on the line that the one before it ends on.
    fn group(&mut self, spans: &[Range<usize>]) {
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return };
        let (start, end) = (line_start(self.text, first.start), line_end(self.text, last.end));
        let mut between = spans.windows(2).map(|pair| &self.text[pair[0].end..pair[1].start]);
        let (lead, tail) = (&self.text[start..first.start], &self.text[last.end..end]);
        // A marker of a list whose item goes on below stays.
        let goes_on = !is_blank(lead)
            && self.text[end..]
                .strip_prefix('\n')
                .is_some_and(|next| next.starts_with([' ', '\t']));
        if !goes_on && is_container(lead) && is_blank(tail) && between.all(is_blank) {
            self.lines(start, end);
        } else {
            for span in spans {
                self.within(span);
            }
        }
    }

    /// Takes out lines on which nothing else stands. A blank line is left where what follows them would otherwise become
    /// part of a quote, a list or a table before them, or underline it.
    fn lines(&mut self, start: usize, end: usize) {
        self.keep_until(start);
        let next_start = (end + 1).min(self.text.len());
        let next = &self.text[next_start..line_end(self.text, next_start)];
        let before = if self.line < self.out.len() { self.line } else { self.above };
        let before = self.out[before..].trim_end_matches('\n');
        let underlines =
            next.trim_start().starts_with("---") || next.trim_start().starts_with("===");
        let joins = !is_blank(next)
            && (underlines
                || !is_blank(before) && opens_structure(before) && !opens_structure(next));
        let ending = self.text[..end].ends_with('\r');
        if joins && end < self.text.len() {
            self.skip_to(if ending { end - 1 } else { end });
        } else {
            self.skip_to(next_start);
        }
    }

    /// Takes out a range within a line, and white space that would be left twice or where there was none.
    fn within(&mut self, span: &Range<usize>) {
        self.keep_until(span.start);
        let mut end = span.end;
        let right = self.text[end..].chars().next().filter(|c| !matches!(c, '\n' | '\r'));
        let left = self.out.chars().next_back();
        match (left, right) {
            _ if is_container(&self.out[self.line..]) => {
                end = self.text.len() - self.text[end..].trim_start_matches(is_space).len();
            }
            (Some(l), _) if is_space(l) && closes(&self.text[end..]) => self.trim(),
            (Some(l), Some(r)) if meets(l, r, self.text[span.clone()].starts_with('%')) => {
                // A space stands for it, or two words or two halves of a mark would become one.
                self.out.push(' ');
            }
            _ => {}
        }
        self.skip_to(end);
    }

    fn trim(&mut self) {
        let kept = self.out.trim_end_matches([' ', '\t']).len();
        self.out.truncate(kept);
        self.forget(kept + 1);
    }

    fn keep_until(&mut self, to: usize) {
        if self.from < to {
            let (piece, start) = (&self.text[self.from..to], self.out.len());
            if let Some(last) = memchr::memrchr(b'\n', piece.as_bytes()) {
                self.above = memchr::memrchr(b'\n', &piece.as_bytes()[..last])
                    .map_or(self.line, |at| start + at + 1);
                self.line = start + last + 1;
            }
            self.out.push_str(piece);
            self.from = to;
        }
    }

    fn skip_to(&mut self, to: usize) {
        self.from = self.from.max(to);
        let at = self.out.len();
        self.forget(at);
        self.cuts.push(Cut { at, removed: self.from - at });
    }

    /// Forgets cuts from a place on: what stood there was taken out as well.
    fn forget(&mut self, from: usize) {
        while self.cuts.last().is_some_and(|cut| cut.at >= from) {
            self.cuts.pop();
        }
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

/// Whether white space before a text is one too many: it starts with some, or with what ends a sentence or emphasis.
fn closes(rest: &str) -> bool {
    let after = rest.trim_start_matches(['*', '_', '~']);
    let marks = after.len() < rest.len();
    match after.chars().next() {
        None => true,
        Some(c) if marks => !c.is_alphanumeric() && !"([`$\\".contains(c),
        Some(c) => c.is_whitespace() || ").,;:!?]".contains(c),
    }
}

/// What opens or closes something in Markdown, and could with another such sign beside it.
const MARKS: &str = "<>!-%`$*_~[]\\#&=|";

/// Whether two characters must not become neighbours.
fn meets(left: char, right: char, percent: bool) -> bool {
    percent && left.is_alphanumeric() && right.is_alphanumeric()
        || MARKS.contains(left) && MARKS.contains(right)
}

/// Whether nothing but the marks of quotes and lists is in a piece of a line.
fn is_container(piece: &str) -> bool {
    let rest = piece.trim_start_matches([' ', '\t', '>']).trim_end();
    let rest = rest.trim_end_matches([' ', '\t']);
    let number = rest
        .strip_suffix(['.', ')'])
        .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    matches!(rest, "" | "-" | "*" | "+" | "- [ ]" | "- [x]") || number
}

fn line_start(text: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |length| at + length)
}

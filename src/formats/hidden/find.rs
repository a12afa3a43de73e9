//! Finds comments, outside of code, formulas and addresses.
//!
//! A comment within a line ends within its block: `%%` that closes nothing there is text where it looks like a sign of
//! percent, and hides the rest of its block where it looks like an opening one. `%%` alone on a line opens a comment
//! of any length. Wherever two readings are possible, more is hidden rather than less.

mod block;
mod marks;
mod others;

use std::ops::Range;

use crate::diagnostic::{Code, Finding};
use crate::formats::text::{Fence, Line, has, heading, is_blank, lines, unindented};
use marks::OddLines;

/// What opens and closes a comment of Obsidian's.
const PERCENT: &str = "%%";

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// In order, and apart from each other.
    pub(super) spans: Vec<Range<usize>>,
    pub(super) findings: Vec<Finding>,
}

/// The comments of a text from an offset on; of `%%` only where that is wanted.
pub(super) fn comments(text: &str, body: usize, percent: bool) -> Found {
    let shown = &text[body..];
    let percent_marks = percent && has(shown, PERCENT);
    let others = percent && others::may_open(shown);
    if !percent_marks && !others && !has(shown, "<!--") && !has(shown, "]:") {
        return Found::default();
    }
    let mut scan = Scan::new(text, body, percent_marks);
    scan.others = others.then(others::Others::default);
    scan.run();
    scan.found
}

/// Where `%%` stand that could be taken for a mark of a comment.
pub(super) fn marks(text: &str) -> Vec<usize> {
    if !has(text, PERCENT) {
        return Vec::new();
    }
    let mut scan = Scan::new(text, 0, true);
    scan.marks = Some(Vec::new());
    scan.run();
    scan.marks.unwrap_or_default()
}

/// Link references that no text uses, in which people write comments, besides all that lead nowhere.
const REFERENCES: [&str; 2] = ["[//]:", "[comment]:"];

struct Scan<'t> {
    text: &'t str,
    at: usize,
    percent: bool,
    /// Comments of other programs, where those may be in the text.
    others: Option<others::Others>,
    code: Fenced,
    in_list: bool,
    odd: OddLines<'t>,
    /// Whether the scan goes on within a line, where no code opens.
    within: bool,
    found: Found,
    /// Where marks stand, if only that is asked for and nothing is hidden.
    marks: Option<Vec<usize>>,
}

/// Fenced code, in quotes and lists as well.
#[derive(Default)]
pub(in crate::formats) struct Fenced {
    fence: Fence,
    depth: usize,
}

impl Fenced {
    /// Takes the next line; whether it belongs to fenced code.
    pub(in crate::formats) fn take(&mut self, line: &str) -> bool {
        let (depth, rest) = unquoted(line);
        if self.fence.is_open() {
            if depth >= self.depth {
                // A fence in an item of a list is indented.
                self.fence.take(rest.trim_start());
                return true;
            }
            self.fence = Fence::default();
        }
        let opens = self.fence.take(item(rest).trim_start());
        if opens {
            self.depth = depth;
        }
        opens
    }
}

impl<'t> Scan<'t> {
    fn new(text: &'t str, body: usize, percent: bool) -> Self {
        let odd = OddLines::new(text, body);
        Self {
            text,
            at: body,
            percent,
            others: None,
            code: Fenced::default(),
            in_list: false,
            odd,
            within: false,
            found: Found::default(),
            marks: None,
        }
    }

    fn line(&self) -> Option<Line<'t>> {
        lines(self.text, self.at..self.text.len()).next()
    }

    fn run(&mut self) {
        while let Some(line) = self.line() {
            if std::mem::take(&mut self.within) {
                let end = self.block_end(&line);
                self.block(end);
            } else if self.code.take(line.text)
                || is_blank(line.text)
                || self.is_indented_code(line.text)
            {
                self.at = line.next;
            } else if self.percent && is_mark_alone(line.text) && self.marks.is_none() {
                self.block_comment(&line);
            } else if is_reference(line.text) {
                self.reference(&line);
            } else if self.others.is_some() && others::opens_block(line.text) {
                let end = others::block_end(self.text, line.next);
                self.hide(line.start..end);
                self.at = end;
            } else {
                self.in_list =
                    opens_item(line.text) || self.in_list && line.text.starts_with([' ', '\t']);
                let end = self.block_end(&line);
                self.block(end);
            }
        }
    }

    fn is_indented_code(&self, line: &str) -> bool {
        !self.in_list && unindented(line).is_none()
    }

    /// Where the paragraph, heading, item or row of a line ends.
    fn block_end(&self, first: &Line<'t>) -> usize {
        if heading(first.text).is_some() || is_row(first.text) {
            return first.next;
        }
        let more = lines(self.text, first.next..self.text.len())
            .take_while(|line| !ends_block(line))
            .last();
        more.map_or(first.next, |line| line.next)
    }

    /// A reference that is a comment, with the lines that its title goes on over.
    fn reference(&mut self, first: &Line<'t>) {
        let mut last = *first;
        let title = last.text.split_once("]:").map_or("", |(_, rest)| rest);
        let title = title.trim_start().trim_start_matches(['#', '<', '>', '/']).trim_start();
        let close = [("(", ')'), ("\"", '"'), ("'", '\'')].into_iter().find_map(|(open, close)| {
            title.strip_prefix(open).filter(|inside| !inside.contains(close)).map(|_| close)
        });
        if let Some(close) = close {
            let mut below = lines(self.text, last.next..self.text.len())
                .take_while(|line| !is_blank(line.text));
            while let Some(line) =
                below.next().filter(|_| !last.text.contains(close) || last == *first)
            {
                last = line;
            }
        }
        self.hide(first.start..last.end());
        self.at = last.next;
    }

    fn hide(&mut self, span: Range<usize>) {
        if self.marks.is_some() || span.is_empty() {
            return;
        }
        match self.found.spans.last_mut() {
            Some(last) if last.end >= span.start => last.end = last.end.max(span.end),
            _ => self.found.spans.push(span),
        }
    }

    fn say(&mut self, message: &str, at: Range<usize>, help: &str) {
        self.found.findings.push(Finding::new(Code::Unclosed, message).at(at).help(help));
    }

    /// `%%` alone on a line, and all until the one that closes it.
    fn block_comment(&mut self, line: &Line<'t>) {
        let mark = line.start + line.text.find(PERCENT).unwrap_or_default();
        self.hide_until_closed(mark, line.next);
    }

    /// Hides from a mark on, past the next line that closes it; to the end where none does, or none for certain.
    fn hide_until_closed(&mut self, mark: usize, from: usize) {
        let at = mark..mark + PERCENT.len();
        let end = match self.odd.closing(from) {
            marks::Closing::At(end) => end,
            marks::Closing::Never => {
                self.say(
                    "this comment never closes, so all that follows is hidden",
                    at,
                    "put `%%` on a line of its own where it ends",
                );
                self.text.len()
            }
            marks::Closing::Doubtful => return self.hide_all(mark),
        };
        self.hide(mark..end);
        self.at = end.max(from.min(self.text.len()));
        // What stands behind the mark on its line is text again.
        self.within = end > from && end < self.text.len();
    }

    /// Hides all from a mark on, where it is not clear what ends the comment.
    fn hide_all(&mut self, mark: usize) {
        let help = "put `%%` on a line of its own where it starts and where it ends";
        let at = mark..mark + PERCENT.len();
        self.say(
            "it is not clear where this comment ends, so all that follows is hidden",
            at,
            help,
        );
        self.hide(mark..self.text.len());
        self.at = self.text.len();
    }
}

fn ends_block(line: &Line<'_>) -> bool {
    let (_, rest) = unquoted(line.text);
    is_blank(rest)
        || heading(rest).is_some()
        || is_row(rest)
        || opens_item(rest)
        || opens_fence(rest)
        || is_reference(rest)
}

/// How many quotes a line is in, and what it says there.
fn unquoted(line: &str) -> (usize, &str) {
    let (mut depth, mut rest) = (0, line);
    while let Some(inner) = unindented(rest).and_then(|rest| rest.strip_prefix('>')) {
        rest = inner.strip_prefix(' ').unwrap_or(inner);
        depth += 1;
    }
    (depth, rest)
}

/// What an item of a list says on its first line; the line itself where it is none.
fn item(line: &str) -> &str {
    let rest = line.trim_start();
    let after = rest.strip_prefix(['-', '*', '+']).or_else(|| {
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        number.strip_prefix(['.', ')']).filter(|_| number.len() < rest.len())
    });
    after.filter(|after| after.starts_with([' ', '\t'])).unwrap_or(line)
}

/// Whether a line opens what its indented lines belong to: an item of a list, a footnote, a definition.
fn opens_item(line: &str) -> bool {
    let (_, rest) = unquoted(line);
    item(rest).len() < rest.len() || rest.trim_start().starts_with("[^") || rest.starts_with(": ")
}

fn is_reference(line: &str) -> bool {
    let Some(rest) = unindented(unquoted(line).1).filter(|rest| rest.starts_with('[')) else {
        return false;
    };
    let leads_nowhere = rest.split_once("]:").is_some_and(|(label, address)| {
        let address = address.trim_start();
        let after = ["<>", "<#>", "#"].into_iter().find_map(|at| address.strip_prefix(at));
        !label.starts_with("[^")
            && after.is_some_and(|after| after.is_empty() || after.starts_with([' ', '\t']))
    });
    leads_nowhere || REFERENCES.iter().any(|mark| rest.starts_with(mark))
}

fn is_row(line: &str) -> bool {
    line.trim_start().starts_with('|')
}

fn opens_fence(line: &str) -> bool {
    Fence::default().take(item(line).trim_start())
}

/// Whether nothing but a mark is on a line, in a quote or not.
fn is_mark_alone(line: &str) -> bool {
    unquoted(line).1.trim() == PERCENT
}

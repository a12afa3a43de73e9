//! Lines that open or close a comment by an odd number of `%%`, for comments that go over several blocks.

use std::cell::OnceCell;

use super::{PERCENT, is_mark_alone};
use crate::formats::text::lines;

/// Such lines of a text, looked for when first asked for.
pub(super) struct OddLines<'t> {
    text: &'t str,
    body: usize,
    lines: OnceCell<Vec<OddLine>>,
}

struct OddLine {
    start: usize,
    /// Where its last mark ends.
    end: usize,
    kind: Kind,
    /// Whether a comment that is open before it may end at it or behind it.
    may_close: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Nothing else is on the line.
    Alone,
    /// It ends the line, and no number stands before it.
    Ends,
    /// It may be a sign of percent, or open something.
    Unsure,
}

/// Where a comment closes.
pub(super) enum Closing {
    /// Here, for certain.
    At(usize),
    /// Nowhere.
    Never,
    /// At the next mark or a later one.
    Doubtful,
}

impl<'t> OddLines<'t> {
    pub(super) fn new(text: &'t str, body: usize) -> Self {
        Self { text, body, lines: OnceCell::new() }
    }

    /// Those from a place on.
    fn after(&self, place: usize) -> &[OddLine] {
        let all = self.lines.get_or_init(|| odd_lines(self.text, self.body));
        &all[all.partition_point(|line| line.start < place)..]
    }

    /// Where a comment ends that is open at the start of a line.
    pub(super) fn closing(&self, from: usize) -> Closing {
        match self.after(from) {
            [] => Closing::Never,
            [next, ..] if next.kind != Kind::Unsure => Closing::At(next.end),
            // What opens or shows a percentage closes only what nothing else could.
            [next] if !self.text[..next.end - PERCENT.len()].ends_with(['\n', ' ', '>']) => {
                Closing::At(next.end)
            }
            _ => Closing::Doubtful,
        }
    }

    /// Whether a comment that starts a line, and is open where its block ends here, may go on: something behind it could
    /// close it, and is not a comment of its own from mark to mark.
    pub(super) fn may_go_on(&self, from: usize) -> bool {
        self.after(from).first().is_some_and(|line| line.may_close)
    }
}

fn odd_lines(text: &str, body: usize) -> Vec<OddLine> {
    let mut found: Vec<OddLine> = lines(text, body..text.len()).filter_map(odd).collect();
    let (mut one_is_left, mut any_ends) = (false, false);
    for line in found.iter_mut().rev() {
        one_is_left ^= line.kind != Kind::Unsure;
        any_ends |= line.kind == Kind::Ends;
        line.may_close = one_is_left || any_ends;
    }
    found
}

fn odd(line: crate::formats::text::Line<'_>) -> Option<OddLine> {
    let mut marks = 0;
    let mut last = 0;
    let mut from = 0;
    while let Some((at, length)) = next_run(line.text, from) {
        from = at + length;
        if length != 2 * PERCENT.len() {
            (marks, last) = (marks + 1, from);
        }
    }
    let before = line.text[..last].trim_end_matches('%');
    let kind = match () {
        () if is_mark_alone(line.text) => Kind::Alone,
        () if line.text[last..].trim().is_empty()
            && !before.ends_with(|c: char| c.is_ascii_digit()) =>
        {
            Kind::Ends
        }
        () => Kind::Unsure,
    };
    (marks % 2 == 1).then(|| OddLine {
        start: line.start,
        end: line.start + last,
        kind,
        may_close: false,
    })
}

/// The next run of two or more signs of percent: where it starts, and how many there are.
pub(super) fn next_run(text: &str, from: usize) -> Option<(usize, usize)> {
    let at = from + memchr::memmem::find(&text.as_bytes()[from..], PERCENT.as_bytes())?;
    Some((at, text[at..].bytes().take_while(|b| *b == b'%').count()))
}

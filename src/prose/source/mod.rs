//! What a text means as Markdown, settled before the parser sees it.
//!
//! Some things in real digests mislead every Markdown parser: prices that look like math, `:)` that looks like a definition, formulas between `\(` and
//! `\)` that do not, or whose lines look like lists, `<mask>` that looks like HTML, and `**강조(괄호)**는`, whose closing
//! asterisks do not count as such. All are known before parsing, so here such bytes are replaced by a stand-in of the
//! same length, and where emphasis or an environment of TeX needs it a mark is inserted; [`Source::restore`] undoes
//! both in whatever the parser returns, [`Source::span`] in its offsets.
//! Texts without any of them are borrowed as they are.

mod callout;
mod calls;
mod colons;
mod delimiters;
mod dollars;
mod emphasis;
mod events;
mod obsidian;
mod seen;
mod signs;
mod tags;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{BrokenLinkCallback, Options, Parser};

use crate::model::limits;
use crate::prose::holds;

use delimiters::Marks;
use events::Merged;
use seen::Seen;

pub use callout::Callout;
pub use calls::{CallMark, Role};
pub use dollars::{Formula, formulas, is_balanced};
pub use events::goes_on;
pub use obsidian::Events;
pub use tags::{Tag, is_markup, tag_end, unseen};

/// Stands for a `$` that is no math.
const DOLLAR: u8 = 0x01;
/// The same in a prepared text.
pub const MONEY: char = '\u{1}';
/// Stands for a `<` that opens no tag.
const LESS: u8 = 0x02;
/// Stands for the end of a line in a formula, where the next looks like the beginning of a block.
const LINE: u8 = 0x03;
/// Stands for a `:` at the start of a line that defines nothing.
const COLON: u8 = 0x04;
/// Inserted beside a run of asterisks: punctuation to the parser, and in no one's text.
const MARK: char = '\u{2e4e}';
const MARK_TEXT: &str = "\u{2e4e}";

/// A text ready for the parser.
#[derive(Debug)]
pub struct Source<'a> {
    text: Cow<'a, str>,
    /// Where something inserted stands in `text`, and how long all of it is up to there.
    inserted: Vec<(usize, usize)>,
    /// Where formulas begin that have the marks of displayed ones, and stand in lines.
    inline: Vec<usize>,
    /// The lines that call components, which are comments in `text`.
    calls: Vec<CallMark>,
    /// How much of the original there is, and how much of it was taken.
    whole: usize,
    taken: usize,
    any_html: bool,
}

/// A change to the text, at an offset of the original. What is inserted there stands before what is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edit {
    Insert(&'static str),
    /// The dollars before a formula in a line that has no marks.
    Open,
    Replace(u8),
    /// The first dollar of a formula in a line.
    Inline,
}

impl<'a> Source<'a> {
    /// Prepares a text. With `any_html`, every element of HTML is markup, not only those that sanitising keeps.
    pub fn new(original: &'a str, any_html: bool) -> Self {
        let whole = original.len();
        let original = within_marks(original);
        let mut edits = Vec::new();
        controls(original, &mut edits);
        let formulas = delimiters::find(original, OPTIONS, || dollars::between_dollars(original));
        let ranges: Vec<_> = formulas.iter().map(|(range, _)| range.clone()).collect();
        dollars::literal(original, |at| {
            if !holds(&ranges, at) {
                edits.push((at, Edit::Replace(DOLLAR)));
            }
        });
        displayed_lines(original, &mut edits);
        for (range, marks) in &formulas {
            delimited(original, range, *marks, &mut edits);
        }
        tags::literal(original, any_html, |at| edits.push((at, Edit::Replace(LESS))));
        colons::literal(original, |at| edits.push((at, Edit::Replace(COLON))));
        if !has_sign(original, MARK_TEXT) {
            emphasis::marks(original, |at| edits.push((at, Edit::Insert(MARK_TEXT))));
        }
        let calls = calls::find(original, OPTIONS);
        commented(&calls, &mut edits);
        if edits.is_empty() {
            let text = Cow::Borrowed(original);
            let taken = original.len();
            return Self {
                text,
                inserted: Vec::new(),
                inline: Vec::new(),
                calls,
                whole,
                taken,
                any_html,
            };
        }
        edits.sort_unstable();
        edits.dedup();
        Self { calls, whole, any_html, ..Self::edited(original, &edits) }
    }

    fn edited(original: &str, edits: &[(usize, Edit)]) -> Self {
        let mut text = String::with_capacity(original.len() + 3 * edits.len());
        let (mut inserted, mut length) = (Vec::new(), 0);
        let mut inline = Vec::new();
        let mut from = 0;
        for &(at, edit) in edits {
            // A byte is replaced once.
            if at < from {
                continue;
            }
            text.push_str(&original[from..at]);
            from = at;
            match edit {
                Edit::Replace(byte) => {
                    text.push(char::from(byte));
                    from += 1;
                }
                Edit::Inline => {
                    inline.push(text.len());
                    text.push('$');
                    from += 1;
                }
                Edit::Insert(_) | Edit::Open => {
                    let mark = if let Edit::Insert(mark) = edit { mark } else { "$$" };
                    if edit == Edit::Open {
                        inline.push(text.len());
                    }
                    length += mark.len();
                    inserted.push((text.len(), length));
                    text.push_str(mark);
                }
            }
        }
        text.push_str(&original[from..]);
        let taken = original.len();
        let (text, calls) = (Cow::Owned(text), Vec::new());
        Self { text, inserted, inline, calls, whole: taken, taken, any_html: false }
    }

    /// What was left out of the original, for it holds more marks than the parser is given.
    pub fn left_out(&self) -> Option<Range<usize>> {
        (self.taken < self.whole).then_some(self.taken..self.whole)
    }

    /// The text for the parser.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the parser makes of it, with offsets in [`Self::text`].
    pub fn events(&self) -> Events<'_> {
        let seen = Seen::new(&self.text, OPTIONS, self.any_html);
        Events::new(&self.text, Merged::new(&self.text, seen, &self.inline))
    }

    /// The parser itself, which asks about every link that nothing defines.
    pub fn parser<'s, F: BrokenLinkCallback<'s>>(&'s self, unknown: F) -> Parser<'s, F> {
        Parser::new_with_broken_link_callback(&self.text, OPTIONS, Some(unknown))
    }

    /// The line of colons that a block of HTML stands for, by the range of the block.
    pub fn call(&self, block: &Range<usize>) -> Option<&CallMark> {
        if self.calls.is_empty() {
            return None;
        }
        let block = self.span(block.clone());
        let next = self.calls.partition_point(|mark| mark.range.end <= block.start);
        self.calls.get(next).filter(|mark| mark.range.start < block.end)
    }

    /// A piece of the parser's answer as it was in the original.
    pub fn restore<'t>(&self, piece: &'t str) -> Cow<'t, str> {
        if matches!(self.text, Cow::Borrowed(_))
            || !piece.contains(|c: char| {
                matches!(c, '\u{1}'..='\u{4}') || (c == MARK && !self.inserted.is_empty())
            })
        {
            return Cow::Borrowed(piece);
        }
        Cow::Owned(
            piece
                .chars()
                .filter_map(|c| match c {
                    '\u{1}' => Some('$'),
                    '\u{2}' => Some('<'),
                    '\u{3}' => Some('\n'),
                    '\u{4}' => Some(':'),
                    MARK if !self.inserted.is_empty() => None,
                    c => Some(c),
                })
                .collect(),
        )
    }

    /// A range of [`Self::text`] as a range of the original.
    pub fn span(&self, range: Range<usize>) -> Range<usize> {
        self.before_insertions(range.start)..self.before_insertions(range.end)
    }

    fn before_insertions(&self, offset: usize) -> usize {
        let before = self.inserted.partition_point(|&(at, _)| at < offset);
        offset
            - before
                .checked_sub(1)
                .and_then(|last| self.inserted.get(last))
                .map_or(0, |last| last.1)
    }
}

/// The Markdown that digests are written in.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_MATH)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_WIKILINKS);

/// As much of a text as the parser is given: whole lines with no more marks than it may hold.
fn within_marks(text: &str) -> &str {
    const MARK: [bool; 256] = {
        let marks = b"\n*_[]<>`$\\~&|";
        let mut table = [false; 256];
        let mut at = 0;
        while at < marks.len() {
            table[marks[at] as usize] = true;
            at += 1;
        }
        table
    };
    if text.len() <= limits::MARKS {
        return text;
    }
    let mut marks = text.bytes().enumerate().filter(|(_, b)| MARK[usize::from(*b)]);
    let Some((end, _)) = marks.nth(limits::MARKS) else { return text };
    &text[..text[..end].rfind('\n').unwrap_or(end)]
}

/// Whether a text holds a sign, whose first byte should be a rare one: each text is asked for many signs, and what finds words
/// in long texts takes longer to begin than this takes to end.
fn has_sign(text: &str, sign: &str) -> bool {
    let (bytes, sign) = (text.as_bytes(), sign.as_bytes());
    sign.first().is_some_and(|first| {
        memchr::memchr_iter(*first, bytes).any(|at| bytes[at..].starts_with(sign))
    })
}

/// Makes comments of the lines that call components, and takes nothing in them for anything else.
fn commented(calls: &[CallMark], edits: &mut Vec<(usize, Edit)>) {
    if calls.is_empty() {
        return;
    }
    edits.retain(|(at, _)| {
        let next = calls.partition_point(|mark| mark.range.end < *at);
        calls.get(next).is_none_or(|mark| *at < mark.range.start)
    });
    for mark in calls {
        edits.push((mark.range.start, Edit::Insert("<!--")));
        edits.push((mark.range.end, Edit::Insert("-->")));
    }
}

/// Gives a formula between other marks its dollars.
fn delimited(text: &str, range: &Range<usize>, marks: Marks, edits: &mut Vec<(usize, Edit)>) {
    let (Range { start, end }, inside) = (range, range.start + 2..range.end - 2);
    match marks {
        Marks::Reference => edits.extend([(*start, Edit::Open), (*end, Edit::Insert("$$"))]),
        Marks::Environment => {
            edits.extend([(*start, Edit::Insert("$$")), (*end, Edit::Insert("$$"))]);
        }
        Marks::Display => edits.extend([start, &inside.end].map(|at| (*at, Edit::Replace(b'$')))),
        Marks::Inline => edits.extend([(*start, Edit::Inline), (inside.end, Edit::Replace(b'$'))]),
    }
    if !marks.are_inside() {
        edits.extend([start + 1, end - 1].map(|at| (at, Edit::Replace(b'$'))));
    }
    let dollars = text[inside.clone()].match_indices('$');
    edits.extend(dollars.map(|(at, _)| (inside.start + at, Edit::Replace(DOLLAR))));
    lines(text, &inside, edits);
}

/// Lines of displayed formulas that would be read as blocks of their own.
fn displayed_lines(text: &str, edits: &mut Vec<(usize, Edit)>) {
    if has_sign(text, "$$") {
        let displayed =
            dollars::between_dollars(text).into_iter().filter(|formula| formula.dollars == 2);
        displayed.for_each(|formula| lines(text, &formula.range, edits));
    }
}

/// Ends of lines in a formula that would end it: where a list, a quote, a heading or a rule would begin.
fn lines(text: &str, formula: &Range<usize>, edits: &mut Vec<(usize, Edit)>) {
    // Lines after the first have the marks of a quote as well.
    if !text[formula.clone()].contains('\n') || is_quoted(formula, text) {
        return;
    }
    for (at, _) in text[formula.clone()].match_indices('\n') {
        let next = text[formula.start + at + 1..formula.end].trim_start_matches([' ', '\t']);
        let begins = next.starts_with(['-', '+', '*', '=', '#', '>', '|', ':', '~', '<', '`', '_'])
            || next.starts_with(|c: char| c.is_ascii_digit());
        if begins {
            edits.push((formula.start + at, Edit::Replace(LINE)));
        }
    }
}

fn is_quoted(formula: &Range<usize>, text: &str) -> bool {
    let line = text[..formula.start].rfind('\n').map_or(0, |at| at + 1);
    text[line..].trim_start().starts_with('>')
}

/// Control characters are not allowed in HTML and would pass for stand-ins: they become spaces.
fn controls(text: &str, edits: &mut Vec<(usize, Edit)>) {
    // Without an early exit the compiler checks many bytes at a time, and nearly every text has none.
    if text.bytes().fold(false, |any, b| any | is_control(b)) {
        let found = text.bytes().enumerate().filter(|&(_, b)| is_control(b));
        edits.extend(found.map(|(at, _)| (at, Edit::Replace(b' '))));
    }
}

fn is_control(b: u8) -> bool {
    (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) || b == 0x7f
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_without_traps_is_borrowed() {
        let source = Source::new("plain *emphasis* and $x$ and <b>bold</b>", false);
        assert!(matches!(source.text, Cow::Borrowed(_)));
    }

    #[test]
    fn restoring_gives_the_original_back() {
        let original = "**강조(괄호)**는 $5에서 <mask> $x$\u{0}";
        let source = Source::new(original, false);
        assert_ne!(source.text(), original);
        assert_eq!(source.restore(source.text()), original.replace('\u{0}', " "));
        let at = source.text().find("\u{2}mask").unwrap();
        assert_eq!(&original[source.span(at..at + 6)], "<mask>");
    }

    #[test]
    fn what_is_inserted_stands_before_what_is_replaced() {
        let original = "$ \\begin{equation}x\\end{equation}$.\n$$\ny\n$$\n";
        let source = Source::new(original, false);
        assert_eq!(source.text().matches("$$").count(), 4, "{}", source.text());
    }

    #[test]
    fn a_mark_of_the_author_stays() {
        let source = Source::new("\u{2e4e} **강조(괄호)**는 $5", false);
        assert_eq!(source.restore(source.text()), "\u{2e4e} **강조(괄호)**는 $5");
    }
}

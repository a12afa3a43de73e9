//! Text with language blocks → passages: `::: LANG` … `:::`, and `<english>` … `</english>` of notes.
//!
//! A block opened with `:::` ends at a line of at least as many colons, or at the next opener of at least as
//! many; `<english>` ends at `</english>`, or at the next `<english>`. One that never closes ends with the text.
//! `::: warning` and its like become callouts, which are quotes, so that nothing after this needs to know of them; calls of
//! components stay as they are.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Finding};
use crate::model::id::strip_prefix_fold;
use crate::model::{Lang, Passage, Prose};

use super::colons::{Kind, Opener, Standing, closed, opener};
use super::text::{Fence, Line, lines, unindented};

/// What a line says about languages.
enum Mark<'t> {
    /// `::: LANG`, with the number of its colons.
    Open(usize, Lang),
    /// `::: warning` and what else is no language, with the number of its colons.
    Box(usize, Opener<'t>),
    /// `::: figure`, the call of a component.
    Call,
    /// A line of colons.
    Close(usize),
    /// `<english>`, and what follows it on the line.
    OpenTag(&'t str),
    /// What stands before `</english>` in a line, and behind it.
    CloseTag(&'t str, &'t str),
}

/// How the open block was opened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opened {
    Colons(usize),
    Tag,
}

/// A box that is open.
struct Boxed {
    colons: usize,
    /// What every line in it begins with.
    prefix: String,
    /// By how many spaces it is indented.
    indent: usize,
    /// The range of the line that opened it.
    at: std::ops::Range<usize>,
}

/// Gathers lines into passages.
pub(crate) struct Passages<'t> {
    source: &'t str,
    languages: &'t [Lang],
    done: Vec<Passage>,
    open: Option<(Opened, Lang, usize)>,
    boxes: Vec<Boxed>,
    /// The calls of components that are open, by where the line starts that closes each.
    calls: Vec<usize>,
    /// Where the calls close that do, by the starts of their lines; looked for at the first call.
    closed: Option<BTreeMap<usize, usize>>,
    text: Prose,
    /// A range of the source not yet copied into `text`: whole lines in one stretch.
    pending: std::ops::Range<usize>,
    fence: Fence,
    fence_at: usize,
    /// Where the lines end.
    end: usize,
    /// How many `</english>` are still to come; counted at the first `<english>`.
    tags_left: Option<usize>,
    findings: Vec<Finding>,
}

impl<'t> Passages<'t> {
    /// The passages of some lines, in their order, and what is odd about them. No line is past `end`.
    pub(crate) fn of(
        source: &'t str,
        lines: impl Iterator<Item = Line<'t>>,
        end: usize,
        languages: &'t [Lang],
    ) -> (Vec<Passage>, Vec<Finding>) {
        let mut passages = Self {
            source,
            languages,
            done: Vec::new(),
            open: None,
            boxes: Vec::new(),
            calls: Vec::new(),
            closed: None,
            text: Prose::default(),
            pending: 0..0,
            fence: Fence::default(),
            fence_at: 0,
            end,
            tags_left: None,
            findings: Vec::new(),
        };
        for line in lines {
            passages.line(line);
        }
        passages.finish()
    }

    fn line(&mut self, line: Line<'t>) {
        let was_open = self.fence.is_open();
        if self.fence.take(line.text) {
            if !was_open {
                self.fence_at = line.start;
            }
            return self.keep(line);
        }
        match mark(line.text, self.languages) {
            Some(mark) => self.mark(mark, line),
            None => self.keep(line),
        }
    }

    fn mark(&mut self, mark: Mark<'t>, line: Line<'t>) {
        let colons = match self.open {
            Some((Opened::Colons(colons), ..)) => colons,
            _ => 0,
        };
        let in_tag = matches!(self.open, Some((Opened::Tag, ..)));
        match mark {
            Mark::Open(n, lang) if !in_tag && n >= colons => {
                self.end_unclosed();
                self.begin(Opened::Colons(n), lang, line);
            }
            Mark::Box(n, opener) => self.open_box(n, opener, line),
            Mark::Call => self.open_call(line),
            Mark::Close(_) if self.calls.last() == Some(&line.start) => {
                self.calls.pop();
                self.keep(line);
            }
            Mark::Close(n) if self.boxes.last().is_some_and(|open| n >= open.colons) => {
                self.close_box(line.start);
            }
            Mark::Close(n) if colons > 0 && n >= colons => self.end(),
            Mark::OpenTag(rest) if colons == 0 => self.open_tag(rest, line),
            Mark::CloseTag(before, after) if in_tag => {
                self.close_tag(before, after, line.end() - after.len());
            }
            _ => self.keep(line),
        }
    }

    /// A second `<english>` is a closing tag mistyped, unless a closing one follows.
    fn open_tag(&mut self, rest: &'t str, line: Line<'t>) {
        let source = self.source;
        let left = *self.tags_left.get_or_insert_with(|| {
            lines(source, line.start..self.end)
                .filter(|line| closed_tag(line.text).is_some())
                .count()
        });
        let mistyped = self.open.is_some() && left == 0;
        self.end_unclosed();
        if !mistyped {
            self.begin(Opened::Tag, Lang::english(), line);
        }
        let at = line.end() - rest.len();
        match closed_tag(rest).filter(|_| !mistyped) {
            Some((before, after)) => self.close_tag(before, after, line.end() - after.len()),
            None => self.part(rest, at),
        }
    }

    /// Closes the block between what stands before the tag and what stands after it, from `at` on.
    fn close_tag(&mut self, before: &str, after: &str, at: usize) {
        self.tags_left = self.tags_left.map(|left| left.saturating_sub(1));
        self.part(before, at - CLOSING.len() - before.len());
        self.end();
        self.part(after, at);
    }

    fn begin(&mut self, opened: Opened, lang: Lang, line: Line<'_>) {
        self.end();
        if opened != Opened::Tag && !self.languages.is_empty() && !self.languages.contains(&lang) {
            self.findings.push(self.unknown_language(lang.as_str()).at(line.start..line.end()));
        }
        self.open = Some((opened, lang, line.start));
    }

    /// The call of a component stays as it is, and so does the line that closes it.
    fn open_call(&mut self, line: Line<'t>) {
        let closed = self.closed.take().unwrap_or_else(|| self.closed_from(line.start));
        self.calls.extend(closed.get(&line.start));
        self.closed = Some(closed);
        self.keep(line);
    }

    fn closed_from(&self, start: usize) -> BTreeMap<usize, usize> {
        let lang = self.open.iter().map(|(opened, _, start)| match opened {
            Opened::Colons(colons) => Standing { colons: *colons, kind: Kind::Lang, start: *start },
            Opened::Tag => Standing { colons: 0, kind: Kind::Tag, start: *start },
        });
        let boxes = self.boxes.iter().map(|open| Standing {
            colons: open.colons,
            kind: Kind::Box,
            start: open.at.start,
        });
        closed(lines(self.source, start..self.end), lang.chain(boxes).collect(), self.languages)
    }

    /// A box that nobody knows stays as its words.
    fn open_box(&mut self, colons: usize, opener: Opener<'t>, line: Line<'t>) {
        let indent = line.indent();
        let outer =
            self.boxes.last().map_or_else(|| " ".repeat(indent), |open| open.prefix.clone());
        let at = line.start..line.end();
        let (prefix, head) = match opener {
            Opener::Box(kind, title) => (format!("{outer}> "), format!("{outer}> {kind} {title}")),
            Opener::Other(words) => {
                self.findings.push(self.unknown(line.text.trim(), words).at(at.clone()));
                let head = if words.is_empty() {
                    String::new()
                } else {
                    format!("{outer}**{words}**\n{}", outer.trim_end())
                };
                (outer.clone(), head)
            }
            Opener::Lang(_) | Opener::Call | Opener::Nothing => return self.keep(line),
        };
        self.boxed(&outer, "", line.start);
        self.boxed(head.trim_end_matches(' '), "", line.start);
        self.boxes.push(Boxed { colons, prefix, indent, at });
    }

    fn unknown(&self, line: &str, words: &str) -> Finding {
        if words.len() == 2 && Lang::parse(words).is_some() {
            return self.unknown_language(words);
        }
        let message = format!("`{line}` opens neither a language nor a box that is known");
        let help =
            "its text stays; boxes are called note, tip, important, warning, caution, details";
        Finding::new(Code::UnknownBox, message).help(help)
    }

    fn unknown_language(&self, lang: &str) -> Finding {
        let known = self.languages.iter().map(Lang::as_str).collect::<Vec<_>>().join(", ");
        Finding::new(Code::UnknownLanguage, format!("`{lang}` is not a language of this site"))
            .help(format!("its languages are {known}; add it to `languages` in config.toml"))
    }

    fn close_box(&mut self, at: usize) {
        self.boxes.pop();
        let prefix = self.boxes.last().map(|open| open.prefix.clone()).unwrap_or_default();
        self.boxed(&prefix, "", at);
    }

    /// A line with something before it.
    fn boxed(&mut self, prefix: &str, text: &str, at: usize) {
        self.flush();
        self.text.text.push_str(if text.is_empty() { prefix.trim_end() } else { prefix });
        self.text.push(text, at);
        self.text.push("\n", at + text.len());
    }

    fn end_boxes(&mut self) {
        for open in std::mem::take(&mut self.boxes) {
            let what = self.source[open.at.clone()].trim();
            let finding =
                Finding::new(Code::Unclosed, format!("`{what}` never closes")).at(open.at);
            let help =
                format!("put `{}` on a line of its own where it ends", ":".repeat(open.colons));
            self.findings.push(finding.help(help));
        }
    }

    fn keep(&mut self, line: Line<'t>) {
        if let Some(Boxed { prefix, indent, .. }) = self.boxes.last() {
            let spaces = line.text.len() - line.text.trim_start_matches(' ').len();
            let (prefix, cut) = (prefix.clone(), spaces.min(*indent));
            return self.boxed(&prefix, &line.text[cut..], line.start + cut);
        }
        if self.pending.end == line.start && !self.pending.is_empty() && line.end() + 1 >= line.next
        {
            self.pending.end = line.next;
            return;
        }
        self.flush();
        if line.end() + 1 >= line.next {
            self.pending = line.start..line.next;
        } else {
            // A carriage return ends it: it is left out.
            self.text.push(line.text, line.start);
            self.text.push("\n", line.next - 1);
        }
    }

    /// A part of a line.
    fn part(&mut self, text: &str, at: usize) {
        if !text.trim().is_empty() {
            self.flush();
            self.text.push(text, at);
            self.text.push("\n", at + text.len());
        }
    }

    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        if !pending.is_empty() {
            let missing_newline = !self.text.text.is_empty() && !self.text.text.ends_with('\n');
            if missing_newline {
                self.text.text.push('\n');
            }
            self.text.push(&self.source[pending.clone()], pending.start);
        }
    }

    fn end_unclosed(&mut self) {
        if let Some((opened, lang, at)) = self.open.take() {
            let (what, close) = match opened {
                Opened::Colons(n) => (format!("`::: {lang}` never closes"), ":".repeat(n)),
                Opened::Tag => ("`<english>` never closes".to_owned(), "</english>".to_owned()),
            };
            let help = format!("put `{close}` on a line of its own where it ends");
            let line_end =
                self.source[at..].find('\n').map_or(self.source.len(), |length| at + length);
            self.findings.push(Finding::new(Code::Unclosed, what).at(at..line_end).help(help));
            self.close(Some(lang));
        }
    }

    fn end(&mut self) {
        let lang = self.open.take().map(|(_, lang, _)| lang);
        self.close(lang);
    }

    fn close(&mut self, lang: Option<Lang>) {
        self.end_boxes();
        self.calls.clear();
        self.flush();
        let mut text = std::mem::take(&mut self.text);
        trim(&mut text);
        if !text.text.is_empty() {
            join(&mut self.done, Passage { lang, text });
        }
    }

    fn finish(mut self) -> (Vec<Passage>, Vec<Finding>) {
        if let Some(closing) = self.fence.closing() {
            let end = self.source[self.fence_at..]
                .find('\n')
                .map_or(self.source.len(), |length| self.fence_at + length);
            let finding =
                Finding::new(Code::Unclosed, "this code block never closes").at(self.fence_at..end);
            self.findings
                .push(finding.help(format!("put {closing} on a line of its own where it ends")));
            self.flush();
            let kept = self.text.text.trim_end_matches('\n').len();
            self.text.text.truncate(kept);
            self.text.text.push('\n');
            self.text.text.push_str(self.boxes.last().map_or("", |open| &open.prefix));
            self.text.text.push_str(&closing);
        }
        self.end_unclosed();
        self.end();
        (self.done, self.findings)
    }
}

/// Adds a passage; unmarked text after unmarked text is one passage.
pub(crate) fn join(all: &mut Vec<Passage>, next: Passage) {
    match all.last_mut() {
        Some(last) if last.lang.is_none() && next.lang.is_none() => {
            last.text.text.push_str("\n\n");
            last.text.append(&next.text);
        }
        _ => all.push(next),
    }
}

/// Without blank lines at either end and white space at the end; what is left keeps its places.
pub(crate) fn trim(prose: &mut Prose) {
    prose.text.truncate(prose.text.trim_end().len());
    let first = prose.text.len() - prose.text.trim_start().len();
    let line_start = prose.text[..first].rfind('\n').map_or(0, |at| at + 1);
    if line_start > 0 {
        *prose = prose.slice(line_start..prose.text.len());
    }
}

/// Whether a line opens a language block or a box.
pub(crate) fn opens_language(line: &str) -> bool {
    matches!(mark(line, &[]), Some(Mark::Open(..) | Mark::Box(..) | Mark::OpenTag(_)))
}

fn mark<'t>(line: &'t str, languages: &[Lang]) -> Option<Mark<'t>> {
    let rest = unindented(line)?;
    match rest.as_bytes().first()? {
        b':' if rest.starts_with(":::") => Some(colons(rest, languages)),
        b'<' => {
            if let Some(rest) = strip_prefix_fold(rest, "<english>") {
                return Some(Mark::OpenTag(rest));
            }
            closed_tag(rest).map(|(before, after)| Mark::CloseTag(before, after))
        }
        _ => closed_tag(rest).map(|(before, after)| Mark::CloseTag(before, after)),
    }
}

fn colons<'t>(rest: &'t str, languages: &[Lang]) -> Mark<'t> {
    let name = rest.trim_start_matches(':');
    let count = rest.len() - name.len();
    match opener(name, languages) {
        Opener::Nothing => Mark::Close(count),
        Opener::Lang(lang) => Mark::Open(count, lang),
        Opener::Call => Mark::Call,
        other => Mark::Box(count, other),
    }
}

/// Whether a line opens a language with a tag or closes one, and whether it leaves one open.
pub(super) fn tag(line: &str) -> Option<(bool, bool)> {
    match mark(line, &[])? {
        Mark::OpenTag(rest) => Some((true, closed_tag(rest).is_none())),
        Mark::CloseTag(..) => Some((false, false)),
        _ => None,
    }
}

const CLOSING: &str = "</english>";

/// What stands before the last closing tag of a line, and behind it.
fn closed_tag(line: &str) -> Option<(&str, &str)> {
    let at = memchr::memrchr_iter(b'<', line.as_bytes()).find(|at| {
        line.get(*at..*at + CLOSING.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(CLOSING))
    })?;
    Some((&line[..at], &line[at + CLOSING.len()..]))
}

//! `%%…%%`: what Obsidian hides, and nobody but the writer is to read. Code that holds such marks is code.

use std::ops::Range;

use crate::digest::Prose;
use crate::reader::text::{Fence, Line, lines};

const MARK: &str = "%%";

/// Where comments stand in a text from an offset on, in order; one that never closes is none.
pub(super) fn spans(text: &str, from: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text[from..].contains(MARK) {
        return found;
    }
    let (mut fence, mut open) = (Fence::default(), None);
    for line in lines(text, from..text.len()) {
        if open.is_none() && fence.take(line.text) {
            continue;
        }
        let mut at = 0;
        while let Some(mark) = next_mark(line.text, at, open.is_some()) {
            at = mark + MARK.len();
            match open.take() {
                Some(start) => found.push(start..line.start + at),
                None => open = Some(line.start + mark),
            }
        }
    }
    found
}

/// The next mark in a line; outside of a comment none that stands in code.
fn next_mark(line: &str, mut from: usize, inside: bool) -> Option<usize> {
    loop {
        let mark = from + line[from..].find(MARK)?;
        let Some(code) = line[from..mark].find('`').filter(|_| !inside).map(|code| from + code) else {
            return Some(mark);
        };
        let ticks = line[code..].bytes().take_while(|b| *b == b'`').count();
        let (open, rest) = line[code..].split_at(ticks);
        from = code + ticks + rest.find(open).map_or(0, |end| end + ticks);
    }
}

/// Whether a line is nothing but comments.
pub(super) fn hide(comments: &[Range<usize>], line: &Line<'_>) -> bool {
    let next = comments.partition_point(|comment| comment.end <= line.start);
    let mut at = line.start;
    for comment in comments[next..].iter().take_while(|comment| comment.start < line.end()) {
        if line
            .text
            .get(at - line.start..comment.start.max(at) - line.start)
            .is_none_or(|shown| !shown.trim().is_empty())
        {
            return false;
        }
        at = comment.end.min(line.end());
    }
    at > line.start && line.text[at - line.start..].trim().is_empty()
}

/// The same text without comments.
pub(super) fn without(prose: Prose) -> Prose {
    let comments = spans(&prose.text, 0);
    if comments.is_empty() {
        return prose;
    }
    let (mut shown, mut from) = (Prose::default(), 0);
    for comment in comments {
        shown.append(&prose.slice(from..comment.start));
        from = comment.end;
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if letter(shown.text.chars().next_back()) && letter(prose.text[from..].chars().next()) {
            shown.text.push(' ');
        }
    }
    shown.append(&prose.slice(from..prose.text.len()));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_told_from_code() {
        for (text, shown) in [
            ("a %%b%% c", "a  c"),
            ("a%%b%%c", "a c"),
            ("%%a%%b%%c%%", "b"),
            ("`%%time` and `%%x`", "`%%time` and `%%x`"),
            ("``a ` %%`` %%b%%", "``a ` %%`` "),
            ("```\n%% cell\n%% cell\n```\n", "```\n%% cell\n%% cell\n```\n"),
            ("a\n%%\nb ` c\n%%\nd", "a\n\nd"),
            ("never %% closes", "never %% closes"),
            ("100%%", "100%%"),
        ] {
            assert_eq!(without(Prose::new(text)).text, shown, "{text}");
        }
    }

    #[test]
    fn lines_that_are_hidden() {
        let text = "shown %%a\nhidden\n%%\n%%b%% %%c%%\n%%d%% shown\n";
        let comments = spans(text, 0);
        let hidden: Vec<bool> = lines(text, 0..text.len()).map(|line| hide(&comments, &line)).collect();
        assert_eq!(hidden, [false, true, true, true, false]);
    }
}

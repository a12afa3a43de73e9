//! Which `$` are math and which are money.
//!
//! Pandoc's rules (no space inside the opening and closing `$`, no digit after the closing one), bent where real
//! abstracts ask for it: `256$\times$256` is math, for a command makes a formula; `$5 a month, 10 a year$` is not.

use std::ops::Range;

use super::delimiters::in_title;
use crate::model::lang::Script;

/// A formula: its place with the dollars, and how many they are on each side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// From the first dollar to the last.
    pub range: Range<usize>,
    /// 2 for display math, else 1.
    pub dollars: usize,
}

/// All formulas of a text that is not Markdown, in order.
pub fn formulas(text: &str) -> Vec<Formula> {
    let mut found = in_title(text);
    let others = found.len();
    scan(text, |formula| found.push(formula), |_| {});
    if others > 0 {
        found.sort_by_key(|formula| formula.range.start);
        let mut end = 0;
        found.retain(|formula| {
            let apart = formula.range.start >= end;
            end = if apart { formula.range.end } else { end };
            apart
        });
    }
    found
}

/// Those between dollars.
pub(super) fn between_dollars(text: &str) -> Vec<Formula> {
    let mut found = Vec::new();
    scan(text, |formula| found.push(formula), |_| {});
    found
}

/// Whether every brace of a formula has its other; the parser takes no other for one.
pub fn is_balanced(tex: &str) -> bool {
    let mut open = 0_usize;
    let mut escaped = false;
    for byte in tex.bytes() {
        match byte {
            _ if escaped => {}
            b'{' => open += 1,
            b'}' if open == 0 => return false,
            b'}' => open -= 1,
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
    }
    open == 0
}

/// Calls `found` with the place of every single `$` that is no math.
pub(super) fn literal(text: &str, found: impl FnMut(usize)) {
    scan(text, |_| {}, found);
}

/// A run of dollars; a backslash takes one of them.
struct Run {
    at: usize,
    len: usize,
}

struct Runs<'a> {
    text: &'a str,
    from: usize,
}

impl Iterator for Runs<'_> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        loop {
            let at = self.from + memchr::memchr(b'$', &self.text.as_bytes()[self.from..])?;
            let bytes = self.text.as_bytes();
            let len = bytes[at..].iter().take_while(|&&b| b == b'$').count();
            self.from = at + len;
            let backslashes = bytes[..at].iter().rev().take_while(|&&b| b == b'\\').count();
            let escaped = backslashes % 2;
            if len > escaped {
                return Some(Run { at: at + escaped, len: len - escaped });
            }
        }
    }
}

fn scan(text: &str, mut formula: impl FnMut(Formula), mut money: impl FnMut(usize)) {
    let mut runs = Runs { text, from: 0 };
    let mut opening = runs.next();
    while let Some(open) = opening {
        let close = runs.next();
        match close {
            Some(close) if encloses(text, &open, &close) => {
                formula(Formula { range: open.at..close.at + close.len, dollars: open.len });
                opening = runs.next();
            }
            close => {
                if open.len == 1 {
                    money(open.at);
                }
                opening = close;
            }
        }
    }
}

fn encloses(text: &str, open: &Run, close: &Run) -> bool {
    let inside = &text[open.at + open.len..close.at];
    if open.len != close.len || open.len > 2 || inside.trim().is_empty() || has_blank_line(inside) {
        return false;
    }
    open.len == 2 || is_formula(inside, text[close.at + 1..].chars().next())
}

pub(super) fn has_blank_line(inside: &str) -> bool {
    let mut lines = inside.split('\n');
    lines.next();
    lines.next_back();
    lines.any(|line| line.trim().is_empty())
}

/// Whether what stands between two single dollars is a formula, given what follows them.
fn is_formula(inside: &str, next: Option<char>) -> bool {
    // An escaped parenthesis is no command.
    let command = inside
        .match_indices('\\')
        .any(|(at, _)| !inside[at + 1..].starts_with(['(', ')', '[', ']', '$']));
    let spaced = inside.starts_with(char::is_whitespace) || inside.ends_with(char::is_whitespace);
    let digit_follows = next.is_some_and(|c| c.is_ascii_digit());
    !spaced && !inside.contains('`') && (command || !digit_follows && !is_money(inside))
}

/// `5 a month, 10 a year`, `5에서 10`: a number, and words after it that no formula has.
fn is_money(inside: &str) -> bool {
    inside.starts_with(|c: char| c.is_ascii_digit())
        && !inside.contains(|c: char| "=^_{}<>+*|".contains(c))
        && (inside.contains(|c: char| Script::of(c).is_some_and(|script| script != Script::Latin))
            || inside.contains(' ')
                && inside.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn math(text: &str) -> Vec<&str> {
        formulas(text).into_iter().map(|f| &text[f.range]).collect()
    }

    #[test]
    fn formulas_are_math() {
        for (text, expected) in [
            ("$x$", vec!["$x$"]),
            ("256$\\times$256 and $\\sim$200x", vec!["$\\times$", "$\\sim$"]),
            ("a $3$B model, $500K$ to $1.5B$", vec!["$3$", "$500K$", "$1.5B$"]),
            ("over $40\\%$ and $>1/2$", vec!["$40\\%$", "$>1/2$"]),
            ("$$a$$ and $b$", vec!["$$a$$", "$b$"]),
            ("Pass@$k$ up to $256$), $k$을", vec!["$k$", "$256$", "$k$"]),
            ("$\\text{가격은 } x$", vec!["$\\text{가격은 } x$"]),
            ("$a = \\$5$", vec!["$a = \\$5$"]),
            ("costs $5, and $x$ holds", vec!["$x$"]),
            ("$\\$$ and $x$", vec!["$\\$$", "$x$"]),
        ] {
            assert_eq!(math(text), expected, "{text}");
        }
    }

    #[test]
    fn prices_are_money() {
        for text in [
            "$5 and $10",
            "$60M 투자",
            "입력 $0.15/0.35/0.7, 출력 $0.6/0.7",
            "$5/$10",
            "$5→$10",
            "US$5/US$10",
            "from $250 bug fixes to $32,000 features, $208K out of $500.8K",
            "$5 a month, 10 a year$",
            "$5에서 10$까지",
            "Modeling$ (WorldPM) to",
            "\\$5 and 5$",
            "$a\n\nb$",
            "$",
            "$ $",
            "`$a` and `$b`",
        ] {
            assert_eq!(math(text), Vec::<&str>::new(), "{text}");
        }
    }
}

//! Formulas between other marks than dollars: `\(…\)`, `\[…\]`, `` $`…`$ ``, and environments such as
//! `\begin{align}…\end{align}` that stand in the text as they are.
//!
//! To a parser of Markdown `\(` is an escaped parenthesis. So each of these is told from one here, and given dollars.
//! Where nothing of the kind stands in a text, all of this is one search for it.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::dollars::{Formula, has_blank_line};
use super::has_sign;
use crate::prose::holds;

/// What a formula is written between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// `\(…\)` or `` $`…`$ ``: two bytes on each side, in a line.
    Inline,
    /// `\[…\]`: two bytes on each side, displayed.
    Display,
    /// An environment, which is a part of the formula, displayed.
    Environment,
    /// `\ref{…}` or `\eqref{…}` in a sentence, in a line.
    Reference,
}

impl Marks {
    /// Whether what the formula is known by is a part of it.
    pub(super) fn are_inside(self) -> bool {
        matches!(self, Self::Environment | Self::Reference)
    }
}

/// The environments that are formulas, without a star, in order for binary search.
const ENVIRONMENTS: &[&str] = &[
    "Bmatrix",
    "IEEEeqnarray",
    "Vmatrix",
    "align",
    "alignat",
    "aligned",
    "array",
    "bmatrix",
    "cases",
    "dcases",
    "displaymath",
    "dmath",
    "empheq",
    "eqnarray",
    "equation",
    "flalign",
    "gather",
    "gathered",
    "math",
    "matrix",
    "multline",
    "numcases",
    "pmatrix",
    "smallmatrix",
    "split",
    "subequations",
    "vmatrix",
];

/// Whether a text may hold such a formula.
fn may_hold(text: &str) -> bool {
    memchr::memchr(b'\\', text.as_bytes()).is_some()
        && ["\\(", "\\[", "\\begin{", "\\ref{", "\\eqref{"].iter().any(|sign| has_sign(text, sign))
        || has_sign(text, "$`")
}

/// All such formulas of a Markdown text, in order, outside code, HTML, addresses and the formulas between dollars.
pub(super) fn find(
    text: &str,
    options: Options,
    dollars: impl FnOnce() -> Vec<Formula>,
) -> Vec<(Range<usize>, Marks)> {
    if !may_hold(text) {
        return Vec::new();
    }
    let (texts, codes) = stretches(text, options);
    let dollars: Vec<_> = dollars().into_iter().map(|formula| formula.range).collect();
    let mut line = 0;
    let mut found = of_text(text);
    found.retain(|(range, marks)| {
        line = text[line..range.start].rfind('\n').map_or(line, |at| line + at + 1);
        let is_escaped = marks.are_inside() && text[..range.start].ends_with('\\');
        let ends = [range.start + 1, range.end - 1];
        ends.iter().all(|&at| holds(&texts, at))
            && !is_escaped
            && !is_cut(&text[line..range.start], &text[range.clone()])
    });
    found.extend(codes.iter().filter_map(|range| {
        let dollars = text[..range.start].ends_with('$') && text[range.end..].starts_with('$');
        let whole = range.start.checked_sub(1)?..range.end + 1;
        (dollars && !text[range.start + 1..].starts_with('`') && range.len() > 2)
            .then_some((whole, Marks::Inline))
    }));
    found.sort_unstable_by_key(|(range, _)| range.start);
    let mut end = 0;
    found.retain(|(range, _)| {
        let apart = range.start >= end && !holds(&dollars, range.start);
        end = if apart { range.end } else { end };
        apart
    });
    found
}

/// Those of a text that is not Markdown, as far as they stand in lines.
pub(super) fn in_title(text: &str) -> Vec<Formula> {
    if !has_sign(text, "\\(") {
        return Vec::new();
    }
    let found = of_text(text).into_iter().filter(|(_, marks)| !marks.are_inside());
    found.map(|(range, _)| Formula { range, dollars: 2 }).collect()
}

/// Where a parser that knows no math finds text, and where code.
fn stretches(text: &str, options: Options) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (mut texts, mut codes) = (Vec::new(), Vec::new());
    let mut in_block = false;
    for (event, range) in Parser::new_ext(text, options - Options::ENABLE_MATH).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_block = true,
            Event::End(TagEnd::CodeBlock) => in_block = false,
            Event::Text(_) if !in_block => texts.push(range),
            Event::Code(_) => codes.push(range),
            _ => {}
        }
    }
    (texts, codes)
}

/// A `|` in the row of a table ends a cell, and so a formula.
fn is_cut(line: &str, formula: &str) -> bool {
    formula.contains('|') && line.trim_start().starts_with('|')
}

/// Formulas between marks with backslashes, wherever they stand.
fn of_text(text: &str) -> Vec<(Range<usize>, Marks)> {
    let mut found = Vec::new();
    // What is open: a mark closes only the last that was opened.
    let mut open: Option<(usize, u8)> = None;
    let (mut from, mut paragraph) = (0, 0);
    while let Some(ahead) = memchr::memchr(b'\\', &text.as_bytes()[from..]) {
        let at = from + ahead;
        from = at + 2;
        if at >= paragraph {
            paragraph = at + paragraph_end(&text[at..]);
        }
        match text.as_bytes().get(at + 1) {
            Some(&mark @ (b'(' | b'[')) => open = Some((at, mark)),
            Some(&mark @ (b')' | b']')) => {
                let (start, display) = match open.take() {
                    Some((start, b'(')) if mark == b')' => (start, false),
                    Some((start, b'[')) if mark == b']' => (start, true),
                    _ => continue,
                };
                if is_formula(text, start..at + 2, display) {
                    found.push((
                        start..at + 2,
                        if display { Marks::Display } else { Marks::Inline },
                    ));
                }
            }
            Some(b'e' | b'r') if open.is_none() => {
                if let Some(end) = reference(&text[at..]) {
                    found.push((at..at + end, Marks::Reference));
                    from = at + end;
                }
            }
            Some(b'b') if open.is_none() => match environment(&text[..paragraph], at) {
                Ok(Some(end)) => {
                    found.push((at..end, Marks::Environment));
                    from = end;
                }
                Ok(None) => {}
                // What does not end before the next empty line does not begin either, nor does what stands between.
                Err(end) => from = end.max(from),
            },
            _ => {}
        }
        from = text.ceil_char_boundary(from.min(text.len()));
    }
    found
}

/// The longest label of an equation that a sentence refers to, in bytes.
const LABEL: usize = 64;

/// The length of a reference to an equation, where a text begins with one.
fn reference(text: &str) -> Option<usize> {
    let command = ["\\eqref{", "\\ref{"].into_iter().find(|command| text.starts_with(command))?;
    let rest = &text[command.len()..];
    let (label, _) = rest[..rest.floor_char_boundary(LABEL)].split_once('}')?;
    let is_label =
        !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || "{\\$".contains(c));
    is_label.then(|| command.len() + label.len() + 1)
}

/// The longest name of an environment and more, in bytes.
const NAME: usize = 32;

/// The end of the environment that begins here, if any does; or the end of the text, in which it does not end.
fn environment(text: &str, at: usize) -> Result<Option<usize>, usize> {
    let Some(rest) = text[at..].strip_prefix("\\begin{") else { return Ok(None) };
    let Some((name, _)) = rest[..rest.floor_char_boundary(NAME)].split_once('}') else {
        return Ok(None);
    };
    if ENVIRONMENTS.binary_search(&name.trim_end_matches('*')).is_err() {
        return Ok(None);
    }
    let marks = [format!("\\begin{{{name}}}"), format!("\\end{{{name}}}")];
    let (mut depth, mut from) = (0_usize, at);
    while let Some(ahead) = memchr::memchr(b'\\', &text.as_bytes()[from..]) {
        let here = from + ahead;
        from = here + 1;
        if text[here..].starts_with(&marks[0]) {
            depth += 1;
        } else if text[here..].starts_with(&marks[1]) {
            depth -= 1;
            if depth == 0 {
                let whole = at..here + marks[1].len();
                return if is_balanced(&text[whole.clone()]) {
                    Ok(Some(whole.end))
                } else {
                    Err(whole.end)
                };
            }
        }
    }
    Err(text.len())
}

/// The length of the lines before the first that is empty.
fn paragraph_end(text: &str) -> usize {
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        length += line.len();
    }
    length
}

/// Whether what stands between escaped parentheses or brackets is meant as a formula.
fn is_formula(text: &str, range: Range<usize>, display: bool) -> bool {
    let inside = &text[range.start + 2..range.end - 2];
    if inside.trim().is_empty() || has_blank_line(inside) || !is_balanced(inside) {
        return false;
    }
    let before = text[..range.start].trim_end_matches([' ', '\t', '>']);
    let after = &text[range.end..];
    let ends_line = after.trim_start_matches([' ', '\t']).strip_prefix('\r').unwrap_or(after);
    let alone = before.is_empty() || before.ends_with('\n');
    if display
        && alone
        && ends_line.trim_start_matches([' ', '\t']).chars().next().is_none_or(|c| c == '\n')
    {
        return !is_words(inside);
    }
    // `\[1\]`, `\[x\]` and `\[text\](address)` are brackets.
    if display {
        inside.contains(is_sign) && !after.starts_with('(')
    } else {
        inside.contains(is_sign) || !is_words(inside)
    }
}

fn is_sign(c: char) -> bool {
    "\\^_=+<>{}|*/".contains(c)
}

/// Words of a language, of which formulas without signs have none.
fn is_words(inside: &str) -> bool {
    !inside.contains(['\\', '^', '_', '=', '{'])
        && inside.split(|c: char| !c.is_alphanumeric()).any(|word| {
            word.chars().count() > 3 && word.chars().all(char::is_alphabetic) || !word.is_ascii()
        })
}

/// Whether braces close, without which the parser takes nothing for a formula.
fn is_balanced(tex: &str) -> bool {
    let (mut depth, mut escaped) = (0_usize, false);
    for byte in tex.bytes() {
        match byte {
            _ if escaped => {}
            b'{' => depth += 1,
            b'}' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
    }
    depth == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let options = Options::ENABLE_TABLES | Options::ENABLE_MATH;
        find(text, options, || super::super::dollars::between_dollars(text))
            .into_iter()
            .map(|(range, _)| &text[range])
            .collect()
    }

    #[test]
    fn names_are_in_order() {
        assert!(ENVIRONMENTS.is_sorted());
    }

    #[test]
    fn other_marks_are_told_from_escapes() {
        for (text, expected) in [
            (r"light \(x^2\) and \(n\)", vec![r"\(x^2\)", r"\(n\)"]),
            ("a\n\\[\nx = y\n\\]\nb", vec!["\\[\nx = y\n\\]"]),
            (
                "\\begin{align*}\na &= b \\\\\n\\end{align*}",
                vec!["\\begin{align*}\na &= b \\\\\n\\end{align*}"],
            ),
            (
                r"as \eqref{eq:a} and \ref{b_c} say, not \ref{a b}",
                vec![r"\eqref{eq:a}", r"\ref{b_c}"],
            ),
            ("loss $`a_b`$ falls", vec!["$`a_b`$"]),
            (r"see \[1\], \[x\] and \[the text\](https://a.b), \(see below\), \(한글\)", vec![]),
            (r"`\(x^2\)` and [a](b\(x^2\)c) and $\text{\(x^2\)}$ and \\(x^2\\)", vec![]),
            ("    \\[ x = y \\]\n\n```\n\\begin{align}\na\n\\end{align}\n```", vec![]),
            ("\\begin{align}\na\n\nb\n\\end{align} and \\begin{lamp}x\\end{lamp}", vec![]),
            (r"\(a{ \( b^2 \) and \[ x", vec![r"\( b^2 \)"]),
            ("| \\(a^2\\) | \\(P(a|b)\\) |\n|---|---|\n", vec![r"\(a^2\)"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}

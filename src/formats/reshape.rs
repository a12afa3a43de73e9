//! What people write in shapes of their own as the shapes that readers know: facts of a paper in a table of HTML at the head of
//! a text, or in one of one row; papers that stand each in a quote with its heading; facts in frames below headings; headings
//! without a blank behind their signs. Knows no format.

mod frames;
mod one_row;
mod unspaced;

use std::fmt::Write as _;

use super::fields;
use super::front_matter;
use super::list::{html_rows, is_paper};
use super::text::{Fence, Line, heading, is_quote, lines, squeeze, unindented};
use crate::model::Prose;
use crate::prose::address::addresses;

/// The text in those shapes; `None` where it has them. A table of one row is a list where its text is one.
pub(super) fn of(text: &str, is_list: bool) -> Option<Prose> {
    let body = front_matter::body(text);
    unquoted(text, body)
        .or_else(|| with_head(text, body))
        .or_else(|| frames::without(text, body))
        .or_else(|| if is_list { None } else { one_row::as_labels(text, body) })
        .or_else(|| unspaced::with_blanks(text, body))
}

/// A text whose papers stand in quotes, without the marks of these.
fn unquoted(text: &str, body: usize) -> Option<Prose> {
    memchr::memmem::find(&text.as_bytes()[body..], b"> #")?;
    let mut fence = Fence::default();
    let all: Vec<(Line<'_>, bool)> = lines(text, body..text.len())
        .map(|line| (line, !fence.take(line.text) && is_quote(line.text)))
        .collect();
    let (mut at, mut above, mut found) = (0, None, 0);
    let mut out = Prose::default();
    out.push(&text[..body], 0);
    while let Some((line, quoted)) = all.get(at) {
        let length = all[at..].iter().take_while(|(_, quoted)| *quoted).count().max(1);
        let block = &all[at..at + length];
        let is_entry = *quoted && is_entry(block);
        // Right below a heading a quote is of what that names.
        if is_entry && above.is_some_and(|level| level > 1) {
            return None;
        }
        found += usize::from(is_entry);
        for (line, _) in block {
            let inner = if is_entry { inside(line) } else { line.text };
            out.push(inner, line.end() - inner.len());
            out.push(&text[line.end()..line.next], line.end());
        }
        if is_entry {
            out.push("\n", all[at + length - 1].0.end());
        }
        let level = heading(line.text).map(|(level, _)| level);
        above = if line.is_blank() { above } else { level };
        at += length;
    }
    (found > 1).then_some(out)
}

/// Whether a quote begins with a heading and leads to a paper.
fn is_entry(block: &[(Line<'_>, bool)]) -> bool {
    let opens = block.first().and_then(|(line, _)| heading(inside(line)));
    opens.is_some_and(|(_, title)| !title.is_empty())
        && block
            .iter()
            .any(|(line, _)| addresses(line.text).any(|range| is_paper(&line.text[range])))
}

fn inside<'t>(line: &Line<'t>) -> &'t str {
    let inner = unindented(line.text).and_then(|rest| rest.strip_prefix('>')).unwrap_or(line.text);
    inner.strip_prefix(' ').unwrap_or(inner)
}

/// So far from the start of a text a table may begin that is its head, in bytes.
const NEAR: usize = 1500;

/// A text with the facts in the table of HTML at its head as labels.
fn with_head(text: &str, body: usize) -> Option<Prose> {
    let near = &text[body..text.floor_char_boundary(body + NEAR)];
    let open = body + near.find("<table")?;
    let end = open + text[open..].find("</table>")? + "</table>".len();
    let is_section = |line: Line<'_>| heading(line.text).is_some_and(|(level, _)| level > 1);
    if lines(text, body..open).any(is_section) {
        return None;
    }
    let rows = html_rows(text, open..end);
    // Names in the first row, and in the only other one what they say.
    let turned: Option<Vec<_>> = match &rows[..] {
        [names, values] if names.len() > 2 && names.len() == values.len() => {
            Some(names.iter().zip(values).map(|(name, value)| vec![*name, *value]).collect())
        }
        _ => None,
    };
    let facts: Vec<(usize, String, String)> = turned
        .as_ref()
        .unwrap_or(&rows)
        .iter()
        .map(|row| match row[..] {
            [(at, name), (_, value)] => {
                Some((at, markdown(name).replace(['*', ':'], ""), markdown(value)))
            }
            _ => None,
        })
        .collect::<Option<_>>()?;
    let known = facts.iter().filter(|(_, name, _)| fields::named(name, &[]).is_some()).count();
    if known < 2 || known * 3 < facts.len() * 2 {
        return None;
    }
    let mut out = Prose::default();
    out.push(&text[..open], 0);
    for (at, name, value) in facts {
        out.push("\n", at);
        out.push(&format!("**{name}:** {value}"), at);
    }
    out.push("\n\n", end);
    out.push(&text[end..], end);
    Some(out)
}

/// The words and the links of a cell, on one line.
fn markdown(cell: &str) -> String {
    let (mut out, mut rest, mut target) = (String::new(), cell, None);
    while let Some((words, tag)) = rest.split_once('<') {
        out.push_str(words);
        let Some((tag, after)) = tag.split_once('>') else {
            out.push('<');
            rest = tag;
            continue;
        };
        let url = tag.split_once("href=").and_then(|(_, value)| {
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            value[1..].split(quote).next()
        });
        if let Some(url) = url.filter(|_| tag.starts_with("a ")) {
            out.push('[');
            target = Some(url);
        } else if tag == "/a" {
            let _ = target.take().map(|url| write!(out, "]({url})"));
        } else if tag.starts_with("br") {
            out.push_str("; ");
        }
        rest = after;
    }
    out.push_str(rest);
    squeeze(&out).trim_end_matches([';', ' ']).to_owned()
}

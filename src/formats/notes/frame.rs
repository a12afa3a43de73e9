//! Lines that only make a frame around what a head says: rules of tables, the first lines of callouts, empty lines of quotes.

use super::label::names_value;
use crate::formats::fields::{self, Field, Kind};
use crate::formats::text::{Line, is_rule};

/// A frame around labels: the head and the rule of a table, the first line of a callout, an empty line of a quote.
pub(super) fn is_frame(line: &str) -> bool {
    let line = line.trim();
    let row = line
        .strip_prefix('|')
        .and_then(|row| row.strip_suffix('|'))
        .and_then(|row| row.split_once('|'));
    let of_table = line.starts_with('|') && line.chars().all(|c| "|-: \t".contains(c))
        || row.is_some_and(|(_, value)| names_value(value));
    let inner = line.strip_prefix('>').map(str::trim);
    let callout = |inner: &str| {
        let after =
            inner.strip_prefix("[!").and_then(|rest| rest.split_once(']')).map(|(_, title)| title);
        after.is_some_and(|title| {
            let title = title.trim_start_matches(['-', '+']).trim();
            title.is_empty()
                || fields::named(title, &[]).is_some_and(|field| field.kind == Kind::Line)
        })
    };
    let of_html = line.ends_with('>')
        && ["<div", "</div", "<section", "</section", "<table", "</table", "<tbody", "</tbody"]
            .iter()
            .any(|tag| line.starts_with(tag))
        && line.matches('<').count() == 1;
    // What a page can do is no text.
    let of_html = of_html || line.starts_with("<button") && line.ends_with("</button>");
    let of_page = ["[toc]", "[[toc]]", "<br>", "<br/>", "<br />", "</br>"];
    let is_mark = line.chars().all(|c| "~>.-".contains(c)) && !is_rule(line);
    of_table
        || is_mark
        || of_html
        || of_page.iter().any(|mark| line.eq_ignore_ascii_case(mark))
        || inner.is_some_and(|inner| inner.is_empty() || callout(inner) || names_link(inner))
}

/// `> Paper` above a link says what that is.
fn names_link(words: &str) -> bool {
    fields::named(words, &[]).is_some_and(Field::leads_to_paper)
}

/// How many lines at the start are blank or frames.
pub(super) fn frames(lines: &[Line<'_>]) -> usize {
    lines.iter().take_while(|line| line.is_blank() || is_frame(line.text)).count()
}

/// Whether a line closes an element of HTML around others, and says nothing else.
pub(super) fn closes(line: &str) -> bool {
    matches!(line.trim(), "</div>" | "</section>" | "</header>" | "</table>" | "</tbody>")
}

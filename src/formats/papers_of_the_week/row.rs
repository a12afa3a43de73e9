//! A row of a weekly table: `1) Title  text | [Paper](…), [Tweet](…)`. Knows no weeks.

use super::cell::{self, Cell};
use super::head::Column;
use crate::diagnostic::{Code, Finding};
use crate::formats::{Span, escape_markdown, metadata};
use crate::model::{Entry, Link, Passage, Prose};

/// Where a title ends and where the text after it starts, in bytes of the cell.
struct TitleEnd {
    title: usize,
    text: usize,
}

/// The entry of a row; what its cells hold besides goes into its commentary.
pub(super) fn entry(
    cells: &[Cell<'_>],
    columns: &[Column<'_>],
    span: Span,
    findings: &mut Vec<Finding>,
) -> Entry {
    let mut entry = Entry { span, ..Entry::default() };
    let title = columns.iter().position(|column| *column == Column::Title).unwrap_or(0);
    if let Some(paper) = cells.get(title) {
        title_and_text(&without_number(paper), &mut entry);
    }
    for (at, cell) in
        cells.iter().enumerate().filter(|&(at, cell)| at != title && !cell.text.is_empty())
    {
        other(cell, columns.get(at).copied().unwrap_or(Column::Links("")), &mut entry, findings);
    }
    if entry.title.is_empty() {
        let finding =
            Finding::new(Code::MissingTitle, "a row without a title").at(entry.span.clone());
        findings.push(finding.help("start the row with the paper's title and ` - `"));
    }
    entry
}

/// A cell beside the title.
fn other(cell: &Cell<'_>, column: Column<'_>, entry: &mut Entry, findings: &mut Vec<Finding>) {
    match column {
        Column::Number if is_number(cell.text) => {}
        Column::Authors => metadata::add_authors(entry, cell.text),
        Column::Links(kind) => links(cell, kind, entry, findings),
        Column::Other if cell.text.contains("](") || is_address(cell.text) => {
            links(cell, "", entry, findings);
        }
        _ => push_text(entry, cell::prose(cell)),
    }
}

/// `12`, `#12`, `12.`
fn is_number(text: &str) -> bool {
    text.trim_matches(['#', '.', ')', '*', ' ']).bytes().all(|byte| byte.is_ascii_digit())
}

fn is_address(text: &str) -> bool {
    escape_markdown::address(text.trim_matches(['<', '>'])).is_some()
        && !text.contains(char::is_whitespace)
}

/// The cell without `12)` or `12.`.
fn without_number<'a>(cell: &Cell<'a>) -> Cell<'a> {
    let digits = cell.text.bytes().take_while(u8::is_ascii_digit).count();
    let marked = digits > 0 && matches!(cell.text.as_bytes().get(digits), Some(b')' | b'.'));
    if marked { cell.from(digits + 1) } else { *cell }
}

fn title_and_text(cell: &Cell<'_>, entry: &mut Entry) {
    let bold = cell.text.strip_prefix("**");
    let start = cell.text.len() - bold.map_or(cell.text.len(), str::len);
    let end = title_end(&cell.text[start..], bold.is_some());
    let (title, url) = plain_title(&cell.text[start..start + end.title]);
    entry.title = title;
    entry.links.extend(url.map(|url| Link { key: None, url }));
    let text = cell.from(start + end.text);
    push_text(entry, cell::prose(&text));
}

fn push_text(entry: &mut Entry, prose: Prose) {
    if prose.text.is_empty() {
        return;
    }
    match entry.body.first_mut() {
        Some(body) => {
            body.text.text.push_str("\n\n");
            let here = body.text.text.len() as u32;
            body.text.text.push_str(&prose.text);
            body.text.origin.extend(prose.origin.iter().map(|&(at, from)| (here + at, from)));
        }
        None => entry.body.push(Passage { lang: None, text: prose }),
    }
}

fn title_end(text: &str, bold: bool) -> TitleEnd {
    let whole = TitleEnd { title: text.len(), text: text.len() };
    if let Some((_, length)) = cell::leading_link(text) {
        let after = length + if text[length..].starts_with("**") { 2 } else { 0 };
        return TitleEnd { title: length, text: after + dash(&text[after..]) };
    }
    let bytes = text.as_bytes();
    for at in 0..bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(b"**") {
            return TitleEnd { title: at, text: at + 2 + dash(&text[at + 2..]) };
        }
        if bold {
            continue;
        }
        if rest.starts_with(b" - ") || rest.starts_with(b"  ") {
            return TitleEnd { title: at, text: at + dash(&text[at..]) };
        }
        if rest.starts_with(b"<br") || rest.starts_with("●".as_bytes()) {
            return TitleEnd { title: at, text: at };
        }
    }
    whole
}

/// The length of the dash or colon between title and text, with the space around it.
fn dash(text: &str) -> usize {
    let rest = text.trim_start();
    let after = rest
        .strip_prefix(['-', '–', '—', ':'])
        .filter(|after| after.starts_with(char::is_whitespace));
    text.len() - after.unwrap_or(rest).trim_start().len()
}

/// A title as plain text, and the address it links to.
fn plain_title(text: &str) -> (String, Option<String>) {
    let text = text.trim();
    let linked = cell::leading_link(text).filter(|&(_, length)| length == text.len());
    let (label, url) =
        linked.map_or((text, None), |(link, _)| (link.label, escape_markdown::address(link.url)));
    let mut title = String::with_capacity(label.len());
    let mut chars = label.trim_matches('*').chars().peekable();
    while let Some(c) = chars.next() {
        let escapes = c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation);
        if !escapes {
            title.push(c);
        } else if let Some(escaped) = chars.next() {
            title.push(escaped);
        }
    }
    (escape_markdown::line(&title), url)
}

/// Reads a cell of links; text between them is kept and reported.
fn links(cell: &Cell<'_>, kind: &str, entry: &mut Entry, findings: &mut Vec<Finding>) {
    if is_address(cell.text) {
        entry.links.extend(named_link(kind, cell.text.trim_matches(['<', '>'])));
        return;
    }
    let mut at = 0;
    let mut loose = String::new();
    while let Some(c) = cell.text[at..].chars().next() {
        let link = cell::leading_link(&cell.text[at..]);
        let named = link.and_then(|(link, length)| {
            Some((named_link(label(link.label, kind), link.url)?, length))
        });
        if let Some((link, length)) = named {
            entry.links.push(link);
            loose.push(' ');
            at += length;
        } else {
            loose.push(c);
            at += c.len_utf8();
        }
    }
    let rest =
        loose.split([',', ';', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if !rest.is_empty() {
        let finding = Finding::new(Code::Unplaced, "a cell of links holds text that is no link");
        let span = cell.offset..cell.offset + cell.text.len();
        findings.push(
            finding
                .at(span)
                .help("it was put into the commentary; write links as `[Paper](https://…)`"),
        );
        push_text(entry, Prose::at(rest, cell.offset));
    }
}

/// The label of a link, or the name of its column where it says no more than that it is one.
fn label<'a>(label: &'a str, kind: &'a str) -> &'a str {
    let bare = ["link", "url", "here"].iter().any(|word| label.eq_ignore_ascii_case(word));
    if bare && !kind.is_empty() { kind } else { label }
}

/// `[Paper](…)` is a bare link, any other has its label as key.
fn named_link(label: &str, url: &str) -> Option<Link> {
    let url = escape_markdown::address(url)?;
    let mut key = String::new();
    for c in label.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => key.push(c.to_ascii_lowercase()),
            ' ' | '-' | '_' if !key.is_empty() && !key.ends_with('-') => key.push('-'),
            _ => {}
        }
    }
    let key = key.trim_end_matches('-');
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic()) && key != "paper";
    Some(Link { key: is_key.then(|| key.to_owned()), url })
}

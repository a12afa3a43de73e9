//! A line with a label: a name and what it says.

use super::value::{is_nothing, links_of};
use crate::formats::by_hand::{bracketed, undressed};
use crate::formats::fields::{self, Field, Kind};
use crate::formats::front_matter::Other;
use crate::formats::heading::uncounted;
use crate::formats::text::{Line, behind_bullet};

/// A line with a name and a value.
pub(super) struct Label<'t> {
    pub(super) name: &'t str,
    pub(super) value: &'t str,
    /// Whether more than a colon makes it one.
    pub(super) is_marked: bool,
}

/// Longest name of a label, in bytes: what is longer is a sentence.
const LONGEST: usize = 64;

/// The name and the value that a line says.
pub(super) fn label(line: &str) -> Option<Label<'_>> {
    // Most lines have no sign of one; the last is the first byte of a wide colon.
    if memchr::memchr3(b':', b'|', 0xef, line.as_bytes()).is_none() {
        let _ = line.find('【').or_else(|| line.find("<tr"))?;
    }
    let bare = line.trim_start_matches([' ', '\t', '>']).trim_end();
    let bare = ["<br>", "<br/>", "<br />", "\\"]
        .iter()
        .find_map(|end| bare.strip_suffix(end))
        .unwrap_or(bare)
        .trim_end();
    if let Some(row) = bare.strip_prefix('|').and_then(|row| row.strip_suffix('|')) {
        let (name, value) = row.split_once('|').filter(|(_, value)| !value.contains('|'))?;
        let name = Some(name.trim().trim_matches('*'))
            .filter(|name| name.contains(char::is_alphanumeric) && !names_value(value))?;
        return Some(Label { name, value: value.trim(), is_marked: true });
    }
    if let Some((name, value)) = bare.strip_prefix("<tr").and_then(row) {
        return Some(Label { name, value, is_marked: true });
    }
    // An element of HTML of one line.
    let bare = [("<p>", "</p>"), ("<li>", "</li>")]
        .iter()
        .find_map(|(open, close)| bare.strip_prefix(open)?.strip_suffix(close))
        .map_or(bare, str::trim);
    let unlisted = behind_bullet(bare).or_else(|| bare.strip_prefix("• ")).unwrap_or(bare);
    // A program may put its list into another: `- * DOI: …`.
    let unlisted = behind_bullet(unlisted).unwrap_or(unlisted);
    let unlisted = uncounted(unlisted);
    let is_marked = unlisted.len() < bare.len() || line.trim_start().starts_with('>');
    // A picture before the name says nothing.
    let text = unlisted.trim_start_matches(|c: char| !c.is_alphanumeric() && !"*_`[(<".contains(c));
    let text = text
        .strip_prefix('[')
        .filter(|inner| inner.contains("::") && inner.ends_with(']'))
        .map_or(text, |inner| &inner[..inner.len() - 1]);
    let text = in_italics(text).unwrap_or(text);
    let of_brackets = bracketed(unlisted).map(|(name, value)| (name, value, true));
    let found = of_brackets.or_else(|| emphasised(text)).or_else(|| {
        let at = text[..text.floor_char_boundary(LONGEST)].find([':', '：'])?;
        let (name, rest) = text.split_at(at);
        let value = rest.strip_prefix("::").or_else(|| rest.strip_prefix('：')).or_else(|| {
            rest.strip_prefix(':')
                .filter(|value| value.is_empty() || value.starts_with(char::is_whitespace))
        })?;
        Some((name, value, rest.starts_with("::")))
    })?;
    let (name, value, strong) = found;
    let unlike = |c: char| "[](|".contains(c) || !strong && "*_`".contains(c);
    // `Author(s)`
    let single = name.trim().trim_end_matches("(s)");
    let is_name = !single.is_empty() && name.len() < LONGEST && !single.contains(unlike);
    is_name.then_some(Label {
        name: name.trim(),
        value: value.trim(),
        is_marked: is_marked || strong,
    })
}

/// Whether the cell of a row only says that values are below it: `| Field | Value |`.
pub(super) fn names_value(cell: &str) -> bool {
    const NAMES: [&str; 16] = [
        "value",
        "values",
        "content",
        "contents",
        "detail",
        "details",
        "information",
        "info",
        "값",
        "내용",
        "值",
        "内容",
        "値",
        "Wert",
        "valeur",
        "valor",
    ];
    let cell = cell.trim().trim_matches('*');
    NAMES.iter().any(|name| name.eq_ignore_ascii_case(cell))
}

/// The two cells of a row in HTML: `<tr><td>Authors</td><td>Ada Wick</td></tr>`.
fn row(text: &str) -> Option<(&str, &str)> {
    let cells = text.split_once('>')?.1.trim().strip_suffix("</tr>")?.trim_end();
    let cells = cells.strip_suffix("</td>")?;
    let (first, second) = cells.split_once("</td>").or_else(|| cells.split_once("</th>"))?;
    let value = second.trim_start().strip_prefix("<td")?.split_once('>')?.1;
    let name = undressed(first.trim()).trim().trim_end_matches([':', '：']);
    (!value.contains("<td") && name.contains(char::is_alphanumeric)).then_some((name, value.trim()))
}

/// What a text says of a day that is in italics as a whole: `*Created: 10 March 2025*`. Titles are in italics as well.
fn in_italics(text: &str) -> Option<&str> {
    ['*', '_'].into_iter().find_map(|mark| {
        let inner = text.strip_prefix(mark)?.strip_suffix(mark)?;
        let (name, _) = inner.split_once(':')?;
        let is_day = fields::named(name, &[]).is_some_and(|field| field.kind == Kind::Day);
        (is_day && !inner.contains(mark)).then_some(inner)
    })
}

/// `**Name**: value`, `**Name:** value`, `**Name：**value`, `` `Name:` value``.
fn emphasised(text: &str) -> Option<(&str, &str, bool)> {
    const MARKS: [(&str, &str); 5] =
        [("**", "**"), ("__", "__"), ("`", "`"), ("<strong>", "</strong>"), ("<b>", "</b>")];
    let (mark, end) = MARKS.into_iter().find(|(mark, _)| text.starts_with(mark))?;
    let (name, rest) = text[mark.len()..].split_once(end)?;
    let name = undressed(name);
    let colon = |text: &str| -> Option<usize> {
        ["::", ":", "："].iter().find(|colon| text.starts_with(**colon)).map(|colon| colon.len())
    };
    if let Some(length) = colon(rest.trim_start()) {
        return Some((name, &rest.trim_start()[length..], true));
    }
    let bare = name.trim_end().trim_end_matches([':', '：']);
    (bare.len() < name.trim_end().len()).then_some((bare, rest, true))
}

/// Whether a line of this field belongs to the head, and is no text of the writer's.
pub(super) fn takes(field: Field, label: &Label<'_>) -> bool {
    match field.kind {
        Kind::Text => field.name == "abstract" && !label.value.is_empty(),
        Kind::Line => field.name != "remarks" && label.value.chars().count() <= 300,
        Kind::None => false,
        // What leads to a program on the writer's machine is nobody's business.
        Kind::Link => {
            !links_of(label.value).is_empty()
                || is_nothing(label.value)
                || label.value.contains("://")
        }
        Kind::Page => label.is_marked && label.value.is_empty() || field.name == "aliases",
        Kind::People | Kind::List | Kind::Day => true,
    }
}

/// What a label on a line says; nothing where its value means none.
pub(super) fn said(line: &Line<'_>, label: &Label<'_>) -> Option<Other> {
    let offset = |part: &str| line.start + (part.as_ptr() as usize - line.text.as_ptr() as usize);
    let place = |part: &str| offset(part)..offset(part) + part.len();
    let texts = vec![label.value.to_owned()];
    let (key_span, span) = (place(label.name), place(label.value));
    let other = Other {
        key: label.name.to_owned(),
        key_span,
        texts,
        are_items: false,
        span,
        is_of_document: false,
    };
    (!is_nothing(label.value)).then_some(other)
}

//! The shape of a list in lines: bullets and what belongs to them, rows of tables. Knows no papers.

use super::known::is_paper;
use super::paragraph;
use super::pieces::{Piece, pieces};
use super::title;
use super::venue;
use crate::formats::metadata::without_break;
use crate::formats::papers_of_the_week::cell::leading_link;
use crate::formats::passages::trim;
use crate::formats::text::{Line, heading, lines};
use crate::formats::{Span, by_hand, fields};
use crate::model::Prose;
use crate::prose;

/// As many words behind a linked title are a text that begins with it.
const REMARK: usize = 16;

/// Lines that only make a page: links to its top, tags of folding.
pub(super) fn is_of_page(text: &str) -> bool {
    const TAGS: [&str; 10] = [
        "<details",
        "</details",
        "<p>",
        "<p align",
        "</p>",
        "<div",
        "</div",
        "<br",
        "<a name",
        "<a id",
    ];
    TAGS.iter().any(|tag| text.starts_with(tag)) || text.starts_with("<summary>") && text.len() < 60
}

/// The indent of a bullet or a number, and where its text starts. Where a line begins with a linked title of a paper, perhaps
/// behind a picture, or with a day and links a paper, it needs no bullet; nor where a label says that it is one.
pub(super) fn bullet(line: &str) -> Option<(usize, usize)> {
    let bare = line.trim_start();
    let indent = line.len() - bare.len();
    let columns = line[..indent].bytes().map(|b| if b == b'\t' { 4 } else { 1 }).sum();
    if let Some(length) = reference(bare) {
        return Some((columns, indent + length));
    }
    let sign = prose::list_sign(bare).filter(|mark| bare[*mark..].starts_with([' ', '\t']));
    let Some(mark) = sign else {
        let start = linked(line).or_else(|| dated(line)).or_else(|| labelled(line));
        return start.map(|start| (0, start));
    };
    let rest = &bare[mark..];
    Some((columns, indent + mark + rest.len() - rest.trim_start().len()))
}

/// Whether most items of a list begin with code.
pub(super) fn begin_with_code(text: &str) -> bool {
    let items = text.lines().filter_map(|line| bullet(line).map(|(_, start)| &line[start..]));
    let (mut coded, mut all) = (0, 0);
    for item in items.filter(|item| item.contains("](")) {
        all += 1;
        coded += usize::from(item.starts_with('`'));
    }
    coded * 2 > all
}

/// Where a linked title starts that a line begins with.
fn linked(line: &str) -> Option<usize> {
    let mut rest = line.trim_end();
    rest = behind_bold_number(rest).unwrap_or(rest);
    // `:star:`, or a picture of one.
    while let Some(word) = rest.split([' ', '[']).next().filter(|word| !word.is_empty()) {
        let is_sign = word.strip_prefix(':').and_then(|inner| inner.strip_suffix(':')).is_some()
            || word.chars().all(|c| !c.is_alphanumeric() && !c.is_ascii());
        if !is_sign {
            return None;
        }
        rest = rest[word.len()..].trim_start();
    }
    let start = line.trim_end().len() - rest.len();
    let is_signed = start > 0 && rest.starts_with('[') && !rest.contains("](#");
    (is_signed || titled(rest).is_some()).then_some(start)
}

/// What stands behind `**2. `.
fn behind_bold_number(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("**")?;
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    inner[digits..].strip_prefix(['.', ')']).map(str::trim_start).filter(|_| digits > 0)
}

/// Where a line starts that is the day of a meeting and what is read there.
fn dated(line: &str) -> Option<usize> {
    let (_, after) = Some(line).filter(|line| line.contains("](")).and_then(title::day)?;
    let links_paper =
        pieces(after).iter().any(|piece| matches!(piece, Piece::Link(_, url) if is_paper(url)));
    links_paper.then_some(0)
}

/// Where a linked title starts that a label calls the paper: `**Paper**: [Lamps in Fog](…)`.
fn labelled(line: &str) -> Option<usize> {
    let (name, value, _) =
        Some(line).filter(|line| line.contains("](")).and_then(by_hand::label)?;
    let leads =
        fields::named(name, &[]).is_some_and(|field| matches!(field.name, "paper" | "title"));
    titled(value).filter(|()| leads)?;
    Some(value.as_ptr() as usize - line.as_ptr() as usize)
}

/// A text that begins with the title of a paper, linked, and says little more.
pub(super) fn titled(text: &str) -> Option<()> {
    let (link, length) = leading_link(text)?;
    let words = |text: &str| text.split_whitespace().count();
    let is_title = words(link.label) > 2
        && words(&text[length..]) < REMARK
        && is_paper(link.url)
        && venue::called(link.label).is_none()
        && fields::named(link.label, &[]).is_none();
    is_title.then_some(())
}

/// Whether a line is the title of a paper whose address is all of the next line.
pub(super) fn is_over_address(all: &[Line<'_>], at: usize) -> bool {
    let is_address = |at: Option<usize>| {
        let line = at.and_then(|at| all.get(at)).map_or("", |line| line.text.trim());
        line.starts_with("http") && !line.contains(' ') && is_paper(line)
    };
    let text = all[at].text;
    let before = at.checked_sub(1);
    let parted = before.is_none_or(|before| {
        let line = &all[before];
        line.is_blank() || line.text.starts_with("---")
    });
    is_address(Some(at + 1))
        && (parted || is_address(before))
        && text.starts_with(|c: char| c.is_alphanumeric() || "[(\"“「『*_".contains(c))
        && !text.contains("://")
        && by_hand::label(text).is_none_or(|(name, ..)| fields::named(name, &[]).is_none())
        && !by_hand::are_people(text)
        && (2..TITLE).contains(&text.split_whitespace().count())
}

/// The first paragraph of an item whose text starts so far in its line, and ends before another line.
pub(super) fn head(all: &[Line<'_>], at: usize, (start, end): (usize, usize)) -> String {
    let text = &all[at].text[start..];
    let mut head = without_break(text).to_owned();
    // Whoever breaks the first line has said the title, and so has a term.
    if head.len() < text.trim().len() || text.ends_with("  ") || is_defined(all, at) {
        head.push_str("<br>");
    }
    for more in &all[at + 1..end] {
        head.push('\n');
        head.push_str(definition(without_break(more.text)));
    }
    head
}

/// Whether a line is a term, with what is said of it on the next one behind a colon.
pub(super) fn is_defined(all: &[Line<'_>], at: usize) -> bool {
    let next = all.get(at + 1).map_or("", |line| line.text);
    definition(next).len() < next.len()
        && all[at].text.starts_with(|c: char| c.is_alphanumeric() || "[*_".contains(c))
        && all[at].text.split_whitespace().nth(1).is_some()
}

/// What a line says behind the colon of a definition.
fn definition(line: &str) -> &str {
    line.strip_prefix(": ").or_else(|| line.strip_prefix(":\t")).map_or(line, str::trim_start)
}

/// A title has fewer words.
const TITLE: usize = 40;

/// The length of the number that a reference begins with: `[12] `, `\[12\] `, `**[12]** `.
pub(super) fn reference(text: &str) -> Option<usize> {
    let inner = text.trim_start_matches(['*', '\\']).strip_prefix('[')?;
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let after = inner[digits..].trim_start_matches('\\').strip_prefix(']')?;
    let rest = after.trim_start_matches('*');
    let parted = (1..=4).contains(&digits) && rest.starts_with([' ', '\t']);
    parted.then(|| text.len() - rest.trim_start().len())
}

/// Where the first paragraph of a bullet ends, and where all that belongs to it does.
pub(super) fn extent(all: &[Line<'_>], at: usize, indent: usize) -> (usize, usize) {
    let mut head = None;
    let mut end = at + 1;
    let mut blank = false;
    for (index, line) in all.iter().enumerate().skip(at + 1) {
        if line.is_blank() {
            head.get_or_insert(index);
            blank = true;
            continue;
        }
        let columns = line.text.len() - line.text.trim_start().len();
        let next = bullet(line.text);
        let is_inside = columns > indent;
        // One blank more is no list within the list, and what is a paper itself belongs to no other.
        let is_next = |(next, start): (usize, usize)| {
            next <= indent + 1 || titled(&line.text[start..]).is_some()
        };
        if heading(line.text).is_some()
            || next.is_some_and(is_next)
            || (blank && !is_inside)
            || is_row(all, index)
            || is_over_address(all, index)
            || blank && paragraph::at(all, index).is_some()
        {
            break;
        }
        let bare = line.text.trim_start();
        if next.is_some() || (bare.starts_with(['>', '|']) || is_block(bare)) && is_inside {
            head.get_or_insert(index);
        }
        end = index + 1;
    }
    (head.unwrap_or(end).min(end), end)
}

/// Whether a line begins with a tag of HTML that is more than a stretch of a line.
fn is_block(line: &str) -> bool {
    const INLINE: [&str; 16] = [
        "a", "b", "br", "code", "em", "font", "http", "https", "i", "img", "kbd", "small", "span",
        "strong", "sub", "sup",
    ];
    let Some(inner) = line.strip_prefix('<') else { return false };
    let name = inner.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next();
    name.is_some_and(|name| !INLINE.iter().any(|known| known.eq_ignore_ascii_case(name)))
}

/// The next paragraph of a range that is no list and no quote, and where it ends.
pub(super) fn paragraph(all: &[Line<'_>], range: Span) -> Option<(String, usize)> {
    let start = range.clone().find(|at| !all[*at].is_blank())?;
    let end = range.clone().find(|at| *at > start && all[*at].is_blank()).unwrap_or(range.end);
    let text: Vec<&str> = all[start..end].iter().map(|line| line.text.trim()).collect();
    all[start..end]
        .iter()
        .all(|line| {
            bullet(line.text).is_none()
                && !line.text.trim_start().starts_with(['>', '|', '`', '#'])
                && !is_block(line.text.trim_start())
        })
        .then(|| (text.join("\n"), end))
}

/// The lines of a range without so much indent as the first of them has, and without those that start at some places.
pub(super) fn dedented(text: &str, range: Span, taken: &[usize]) -> Prose {
    let mut out = Prose::default();
    let left = || lines(text, range.clone()).filter(|line| !taken.contains(&line.start));
    let cut = left().find(|line| !line.is_blank());
    let cut = cut.map_or(0, |line| line.text.len() - line.text.trim_start().len());
    for line in left() {
        let spaces = line.text.len() - line.text.trim_start_matches([' ', '\t']).len();
        let from = spaces.min(cut);
        out.push(&line.text[from..], line.start + from);
        out.push("\n", line.end());
    }
    trim(&mut out);
    out
}

/// Whether a line is a row of a table: it begins with a bar, or stands above or below a rule of one.
pub(super) fn is_row(all: &[Line<'_>], at: usize) -> bool {
    let text = all[at].text.trim();
    text.starts_with('|') && text.len() > 1
        || text.contains('|')
            && (is_rule(all, at)
                || is_rule(all, at + 1)
                || at > 0 && all[at - 1].text.contains('|') && below_rule(all, at))
}

fn is_rule(all: &[Line<'_>], at: usize) -> bool {
    let rule = all.get(at).map(|line| line.text.trim()).unwrap_or_default();
    rule.contains('|') && rule.contains("--") && rule.bytes().all(|b| b"-:| ".contains(&b))
}

/// Whether a line without a bar at its start goes on a table that has a rule.
pub(super) fn below_rule(all: &[Line<'_>], at: usize) -> bool {
    all[..at].iter().rev().take(400).take_while(|line| line.text.contains('|')).any(|line| {
        line.text.contains("--") && line.text.trim().bytes().all(|b| b"-:| ".contains(&b))
    })
}

//! Papers that are paragraphs, in a quote or not: a title in bold or linked, and below it people, links, a venue, a day. What
//! is written below them belongs to them.

use super::item::{self, Item};
use super::shape::{bullet, is_row, titled};
use super::title::is_capitalised;
use super::{Walk, date_alone, is_of_page, venue};
use crate::formats::by_hand::are_people;
use crate::formats::passages::trim;
use crate::formats::text::{Line, heading, is_quote, is_rule, unindented};
use crate::formats::{dates, metadata};
use crate::model::Prose;

/// What stands below a title is no longer than this, in lines.
const LINES: usize = 10;
/// More words beside links are a text.
const WORDS: usize = 10;

/// A paper that is a paragraph.
pub(super) struct Paragraph {
    item: Item,
    /// The line that its facts end before.
    head_end: usize,
    quoted: bool,
}

/// The paper that begins on a line.
pub(super) fn at(all: &[Line<'_>], at: usize) -> Option<Paragraph> {
    let quoted = is_quote(all[at].text);
    let before = at.checked_sub(1).map(|at| all[at].text);
    let parted = before.is_none_or(|line| {
        is_blank(line, quoted)
            || quoted != is_quote(line)
            || heading(line).is_some()
            || line.starts_with("---")
            || is_of_page(line)
    });
    let title = shown(all[at].text, quoted).filter(|_| parted).map(metadata::without_break)?;
    let inner = in_bold(title);
    let linked = titled(inner.unwrap_or(title)).is_some() && (quoted || inner.is_some());
    let alone = inner.is_some_and(|inner| inner.contains(' ') && !inner.contains("]("));
    if !linked && !alone {
        return None;
    }
    let (mut head, mut head_end) =
        (inner.map_or(title.to_owned(), |inner| format!("**{inner}**")), at + 1);
    if linked {
        inner.unwrap_or(title).clone_into(&mut head);
    }
    let is_told = alone && are_people_over_link(all, at, quoted);
    for (index, line) in all.iter().enumerate().skip(at + 1).take(LINES) {
        let Some(text) = shown(line.text, quoted) else { break };
        if text.trim().is_empty() {
            continue;
        }
        let text = metadata::without_break(text);
        let is_fact = is_told && index <= at + 2 || is_fact(text);
        if !is_fact || in_bold(text).is_some_and(|inner| !inner.contains("](")) {
            break;
        }
        head.push('\n');
        head.push_str(text);
        head_end = index + 1;
    }
    let mut item = item::read(&head);
    // People, a venue and a link leave no doubt, wherever that leads.
    let is_told = item.has_link && item.is_told() && !item.entry.authors.is_empty();
    item.is_paper |= is_told && item.entry.field("venue").is_some();
    (item.is_paper && !item.entry.title.is_empty()).then_some(Paragraph { item, head_end, quoted })
}

/// Whether the two lines below a title are names, in whatever form, and links.
fn are_people_over_link(all: &[Line<'_>], at: usize, quoted: bool) -> bool {
    let below = |index: usize| {
        all.get(index).and_then(|line| shown(line.text, quoted)).map_or("", str::trim)
    };
    let (people, links) = (below(at + 1), below(at + 2));
    links.starts_with('[')
        && links.contains("](")
        && !people.contains("](")
        && people.contains(' ')
        && is_capitalised(people)
}

/// What a line says, without the mark of the quote that it is in.
fn shown(line: &str, quoted: bool) -> Option<&str> {
    let inner = unindented(line).and_then(|line| line.strip_prefix('>'));
    match inner {
        Some(inner) => quoted.then(|| inner.trim_start()),
        None => (!quoted).then_some(line),
    }
}

fn is_blank(line: &str, quoted: bool) -> bool {
    shown(line, quoted).unwrap_or(line).trim().is_empty()
}

/// The people that a line in italics is.
pub(super) fn people(line: &str) -> Option<&str> {
    let line = line.trim();
    let inner = ["*", "_"].iter().find_map(|mark| line.strip_prefix(mark)?.strip_suffix(mark))?;
    let bare = inner.trim().trim_end_matches(['.', ' ']);
    are_people(bare).then_some(bare)
}

/// What a line in bold says.
fn in_bold(line: &str) -> Option<&str> {
    let line = line.trim().trim_end_matches(['.', ':', ' ']);
    let inner = ["**", "__"].iter().find_map(|mark| line.strip_prefix(mark)?.strip_suffix(mark))?;
    (!inner.contains("**")).then(|| inner.trim())
}

/// Whether a line below a title says no more than a part of a head: people, links, where or when it appeared.
fn is_fact(line: &str) -> bool {
    let bare = line.trim().trim_matches(|c: char| c.is_whitespace() || "*_.".contains(c));
    let emphasised =
        ["*", "_"].iter().any(|mark| line.trim().starts_with(mark) && line.trim().ends_with(mark));
    if are_people(bare) || emphasised && bare.len() < 2000 && !bare.contains(". ") {
        return true;
    }
    if dates::whole(bare).is_some() || venue::whole(bare).is_some() {
        return true;
    }
    let others = line.split("](").enumerate().flat_map(|(at, part)| {
        let after =
            if at == 0 { part } else { part.split_once(')').map_or("", |(_, after)| after) };
        after.rsplit_once('[').map_or(after, |(before, _)| before).split_whitespace()
    });
    (line.contains("](") || line.contains("://"))
        && bullet(line).is_none()
        && others.count() < WORDS
}

impl<'a> Walk<'a> {
    /// Takes a paper that is a paragraph, with what is written below it; where that ends.
    pub(super) fn paragraph(&mut self, all: &[Line<'a>], from: usize, found: Paragraph) -> usize {
        let Paragraph { mut item, head_end, quoted } = found;
        let mut end = head_end;
        let (mut quote, mut below) = (Prose::default(), Prose::default());
        let mut in_quote = quoted;
        for (index, line) in all.iter().enumerate().skip(head_end) {
            in_quote &= is_quote(line.text);
            let inside = shown(line.text, quoted).filter(|_| in_quote);
            let is_item = || bullet(line.text).is_some() && line.text.contains("](http");
            let ends = || {
                heading(line.text).is_some()
                    || line.text.starts_with("---")
                    || is_rule(line.text)
                    || is_row(all, index)
                    || is_item()
                    || date_alone(all, index).is_some()
            };
            if at(all, index).is_some() || inside.is_none() && ends() {
                break;
            }
            match inside {
                Some(text) => push(&mut quote, text, line),
                None => push(&mut below, line.text, line),
            }
            end = index + 1;
        }
        trim(&mut quote);
        trim(&mut below);
        if !quote.text.is_empty() && item.entry.abstract_text.is_none() {
            item.entry.abstract_text = Some(quote);
        }
        self.found_item(item, all[from].start..all[from].end(), below);
        end.max(from + 1)
    }
}

fn push(prose: &mut Prose, text: &str, line: &Line<'_>) {
    prose.push(text, line.end() - text.len());
    prose.push("\n", line.end());
}

//! A head that is a quote of what stands on a paper's first page: where it appeared, its links, the people, where they work, the
//! day. Nothing in it has a label but the links.

use super::above::unquoted;
use super::early::titled;
use super::label::label;
use super::labelled::{Head, blank, is_only};
use super::links;
use crate::formats::by_hand::{are_people, could_be_person};
use crate::formats::dates;
use crate::formats::fields;
use crate::formats::front_matter::Other;
use crate::formats::heading::title_of;
use crate::formats::list::is_paper;
use crate::formats::text::{Line, heading, is_quote};
use crate::model::author;

/// More lines than these are a quote of something else.
const MOST: usize = 8;
/// So many lines of a greeting may stand above it.
const GREETING: usize = 5;
/// Longest venue and longest list of places to work, in characters.
const LONGEST: (usize, usize) = (80, 300);

/// Reads it, below a heading that is the title or with none above it. `None` where a line says something else, or no link leads
/// to a paper.
pub(super) fn read<'t>(all: &[Line<'t>]) -> Option<Head<'t>> {
    let (mut at, mut head) = (blank(all), Head::default());
    let first = all.get(at)?;
    if let Some((1, text)) = heading(first.text) {
        head.title = Some((title_of(text), first.start..first.end()));
        (head.level, head.is_only) = (1, is_only(all, 1));
        at += 1 + blank(&all[at + 1..]);
    }
    let greeting = at..at + greeting(&all[at..])?;
    at = greeting.end;
    let end = at + all[at..].iter().take_while(|line| is_quote(line.text)).count();
    if end == at || end - at > 2 * MOST {
        return None;
    }
    for line in &all[at..end] {
        let text = unquoted(line.text).trim_end_matches("<br>").trim_end_matches(['\\', ' ']);
        if !text.is_empty() {
            credit(text, line, &mut head)?;
        }
    }
    let leads = head.links.iter().any(|link| link.key.is_none() && is_paper(&link.url));
    // What is quoted below a greeting is the paper if it says more than its title.
    let is_told = greeting.is_empty() || head.said.iter().any(|other| other.key != "title");
    head.is_of_paper = leads;
    head.rest = [&all[greeting], &all[end..]].concat();
    (leads && is_told).then_some(head)
}

/// How many lines stand above a quote: a few words that lead to no paper, or none; `None` where there is no quote below them.
fn greeting(all: &[Line<'_>]) -> Option<usize> {
    let mut shown = 0;
    let near = all.iter().take_while(|line| {
        shown += usize::from(!line.is_blank());
        shown <= GREETING
    });
    let length = near.into_iter().position(|line| is_quote(line.text))?;
    let is_greeting = |line: &Line<'_>| {
        heading(line.text).is_none()
            && !links::within(line.text).iter().any(|link| is_paper(&link.url))
    };
    all[..length].iter().all(is_greeting).then_some(length)
}

/// Takes what a line says of the paper; `None` where it says anything else.
fn credit(text: &str, line: &Line<'_>, head: &mut Head<'_>) -> Option<()> {
    if label(text).is_some_and(|label| fields::named(label.name, &[]).is_some()) {
        return None;
    }
    let at = text.find('[').unwrap_or(text.len());
    if let Some((title, link)) = titled(text).filter(|_| head.said.is_empty()) {
        head.links.push(link);
        head.said.push(Other::of_line("title", title, line.start..line.end()));
        return Some(());
    }
    let (before, row) = text.split_at(at);
    if !row.is_empty() {
        head.links.extend(links::of_paper(row)?);
    }
    let words = before.trim_matches(|c: char| c.is_whitespace() || "*_.,:;|·()-–—".contains(c));
    let has = |key: &str| head.said.iter().any(|other| other.key == key);
    let length = words.chars().count();
    let day = dates::whole(words).filter(|when| when.year.and(when.month).is_some());
    let day = day.map(|when| when.to_string());
    // `> **How Lamps Learn**` above the people is the title in full.
    let is_bold = before.trim().starts_with("**") && before.trim().ends_with("**");
    let is_title = is_bold && head.said.is_empty() && length <= LONGEST.1 && !are_people(words);
    let key = if words.is_empty() {
        return Some(());
    } else if is_title && words.split_whitespace().nth(2).is_some() {
        "title"
    } else if day.is_some() {
        "published"
    } else if !has("authors") && (are_people(words) || row.is_empty() && could_be_person(words)) {
        "authors"
    } else if (author::has_year(words) || author::is_venue(words)) && length <= LONGEST.0 {
        "venue"
    } else if has("authors") && row.is_empty() && length <= LONGEST.1 && !words.contains("://") {
        "org"
    } else {
        return None;
    };
    let value = day.as_deref().unwrap_or(words);
    head.said.push(Other::of_line(key, value, line.start..line.end()));
    Some(())
}

//! Where the title of an item starts and ends, the day before it, and whether words can be one. Knows no item.

use crate::formats::by_hand::are_people;
use crate::formats::dates::{self, When};
use crate::formats::fields::{self, Field};
use crate::model::PaperId;

use super::cited;
use super::known::{BESIDE, OF_PAPER};
use super::venue;

/// Where the words of an item start, behind signs and references of characters.
pub(super) fn start(text: &str) -> Option<usize> {
    let at =
        text.find(|c: char| c.is_alphanumeric() || "([（【*_\"“「『'‘`$\\¿¡<#@&".contains(c))?;
    let sign = text[at..].strip_prefix("&#").and_then(|rest| rest.split_once(';'));
    match sign.filter(|(sign, _)| sign.len() < 8) {
        Some((_, rest)) => start(rest).map(|start| text.len() - rest.len() + start),
        None => Some(at),
    }
}

/// Whether a sentence goes on behind a link.
pub(super) fn goes_on_in(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric) || goes_on(text)
}

/// Whether words without a capital follow, and no people.
fn goes_on(text: &str) -> bool {
    let words = text.strip_prefix(' ').filter(|words| !words.starts_with("by "));
    words.is_some_and(|words| words.starts_with(char::is_lowercase))
}

/// Whether most of the longer words begin with a capital, as in titles.
pub(super) fn is_capitalised(title: &str) -> bool {
    let words = title.split_whitespace().filter(|word| word.len() > 3);
    let capitals = words.clone().filter(|word| word.starts_with(|c: char| !c.is_lowercase()));
    capitals.count() * 2 > words.count()
}

/// Whether a title begins with a name in bold: `**Wick** for Long Nights`.
pub(super) fn begins_emphasised(text: &str) -> bool {
    let parts = text.strip_prefix("**").and_then(|inside| inside.split_once("**"));
    parts.is_some_and(|(name, after)| {
        goes_on(after) && name.split(' ').count() <= 3 && is_capitalised(after)
    })
}

/// A title without the signs behind it, but for those that close what is bold in it.
pub(super) fn without_signs(title: &str) -> &str {
    let bare =
        title.trim_end_matches(|c: char| c.is_whitespace() || ".,;:：-–—([（【*_|".contains(c));
    let is_open = !bare.matches("**").count().is_multiple_of(2);
    let closed = is_open && title[bare.len()..].starts_with("**");
    &title[..bare.len() + if closed { 2 } else { 0 }]
}

/// Where a title ends that nothing marks: before a dash, an opened bracket at the end, or a sentence's end. Before a link
/// it goes on behind a dash, but for people and places.
pub(super) fn end_of_title(text: &str, before_link: bool) -> usize {
    let dashes = [" - ", " – ", " — ", "\n"].iter().filter_map(|dash| text.find(dash)).min();
    let dash = dashes.filter(|at| {
        let after = text[*at..].trim_matches([' ', '-', '–', '—', '\n', '*', '_']);
        // People may stand in a sentence of their own.
        let first = after.split(['\n', '[']).next().unwrap_or_default();
        let first =
            first.split(". ").next().unwrap_or_default().trim_end_matches(['*', '_', '.', ' ']);
        !(before_link && is_subtitle(after) && is_subtitle(first))
    });
    let stops = [" | ", " · ", " ([", " [[", "  "].iter().filter_map(|stop| text.find(stop));
    let end = stops.chain(dash).min().unwrap_or(text.len());
    let sentence = text[..end].match_indices(". ").map(|(at, _)| at).find(|at| {
        let last = text[..*at].rsplit(' ').next().unwrap_or_default();
        let goes_on = text[at + 2..].starts_with(char::is_lowercase);
        text[..*at].split_whitespace().count() > 1
            && !goes_on
            && last.chars().count() > 2
            && !matches!(last, "vs" | "al")
    });
    sentence.unwrap_or(end)
}

/// Whether words behind a dash are a part of the title, and no name, place or date.
fn is_subtitle(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic));
    let is_name =
        words.clone().count() < 4 && words.clone().all(|word| word.starts_with(char::is_uppercase));
    !(is_name || are_people(text) || venue::whole(text).is_some() || dates::whole(text).is_some())
}

/// Whether the label of a link can be a title.
pub(super) fn is_title(label: &str) -> bool {
    let label =
        venue::behind(label).0.trim_matches(|c: char| c.is_whitespace() || "*_[]()`:".contains(c));
    let folded = label.to_lowercase();
    let leads = fields::named(label, &[]).is_some_and(Field::leads_to_paper);
    let says = label.chars().filter(|c| c.is_alphabetic()).count() > 1;
    says && !leads
        && !cited::is_short(label)
        && !OF_PAPER.contains(&uncounted(&folded))
        && !BESIDE.contains(&uncounted(&folded))
        && PaperId::parse(label).is_none()
        && venue::whole(label).is_none()
        && month(label).is_none()
}

/// What a link is called, without a number behind that: `GitHub 1.8k`.
pub(super) fn uncounted(label: &str) -> &str {
    let counted = label.rsplit_once(' ');
    let name = counted.filter(|(_, count)| count.starts_with(|c: char| c.is_ascii_digit()));
    name.map_or(label, |(name, _)| name)
}

/// The day or the month that a text is.
pub(super) fn month(text: &str) -> Option<When> {
    dates::whole(text).filter(|when| when.year.and(when.month).is_some())
}

/// What stands before a link that a label calls, and that label: `Ada Wick et al., Paper: [https://…](…)`.
pub(super) fn link_name(text: &str) -> Option<(&str, &str)> {
    let bare = text.trim_end_matches(|c: char| c.is_whitespace() || "*_([<".contains(c));
    let bare = bare.strip_suffix([':', '：'])?.trim_end_matches(['*', '_']);
    let at = bare.rfind([',', ';', '.', '|', '·', '，', '。', '\n']);
    let at = at.map_or(0, |at| at + bare[at..].chars().next().map_or(1, char::len_utf8));
    let name = bare[at..].trim_matches(|c: char| c.is_whitespace() || "*_-–—([".contains(c));
    let folded = name.to_lowercase();
    let leads = OF_PAPER.contains(&folded.as_str())
        || BESIDE.contains(&folded.as_str())
        || fields::named(name, &[]).is_some_and(Field::leads_to_paper);
    leads.then_some((&bare[..at], name))
}

/// The date that a text begins with, maybe in brackets or bold, and what follows it.
pub(super) fn day(text: &str) -> Option<(When, &str)> {
    let bare = text.trim_start_matches(['(', '[', '（', '【', '*', '_', ' ']);
    // What is bold behind the date is the title.
    let bold = text[..text.len() - bare.len()].trim_matches(|c| !"*_".contains(c));
    let (when, after) = dates::lead(bare).or_else(|| short_day(bare)).filter(|(when, after)| {
        let is_bold = !bold.is_empty() && after.starts_with(bold);
        is_date(*when, after) || is_bold && when.month.is_some() && when.day.is_some()
    })?;
    let after = after.trim_start_matches([')', ']', '）', '】']);
    let after = after.strip_prefix(bold).unwrap_or(after);
    let marks = [')', ']', '）', '】', ' ', ':', '：', ',', '|', '.'];
    Some((when, after.trim_start_matches(marks)))
}

/// A day with a short year that begins a text: `24/05/01`.
fn short_day(text: &str) -> Option<(When, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || "/.-".contains(c)))?;
    let when = dates::whole(&text[..end]).filter(|when| when.day.and(when.year).is_some())?;
    Some((when, &text[end..]))
}

/// Whether a date at the start of an item is one: with its year, or parted from what follows.
fn is_date(when: When, after: &str) -> bool {
    let apart = !after.starts_with(char::is_alphanumeric);
    apart && when.date().is_some() && when.month.or(when.week).is_some()
        || apart
            && when.month.is_some()
            && when.day.is_some()
            && after.starts_with([']', ')', ':', '：', '】', '）'])
}

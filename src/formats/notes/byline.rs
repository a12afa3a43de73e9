//! Authors below a note's title, with what stands behind them on their line.

use super::label::label;
use super::links;
use crate::formats::by_hand::{are_people, could_be_person, credits};
use crate::formats::fields;
use crate::formats::front_matter::Other;
use crate::formats::list::{self, is_paper};
use crate::formats::text::{Line, heading};
use crate::model::id::{is_web_address, unwrap_redirector};
use crate::model::{Link, author};

/// Authors below the title, as a heading or with where the paper appeared, and how many lines that takes.
pub(super) fn read(lines: &[Line<'_>]) -> Option<(Vec<Other>, usize)> {
    let at = lines.iter().position(|line| !line.is_blank())?;
    let line = &lines[at];
    // What a label says is read with the others.
    let is_label = label(line.text).is_some_and(|label| fields::named(label.name, &[]).is_some());
    if is_label {
        return None;
    }
    if let Some(said) = above_address(&lines[at..]) {
        return Some((said, at + 2));
    }
    let shown = heading(line.text);
    let text = shown.map_or(line.text, |(_, text)| text).trim_matches(['*', '_', ' ']);
    let by = text.strip_prefix("by ").or_else(|| text.strip_prefix("By "));
    let text = by.unwrap_or(text);
    let end = text.find(" et al").map(|at| at + " et al".len());
    // What stands behind a dash is where it appeared, whatever commas stand before it.
    let dashed = text
        .split_once(" - ")
        .filter(|(people, rest)| are_people(people) && author::has_year(rest));
    let told = credits(text).filter(|_| dashed.is_none());
    let parts = told.as_ref().map(|(people, venue)| (*people, venue.as_str()));
    let parts = parts
        .or_else(|| surnames(text).filter(|_| shown.is_some()))
        .or_else(|| end.map(|end| text.split_at(end)))
        .or_else(|| text.split_once(" - "));
    let (people, rest) = parts.unwrap_or((text, ""));
    let is_open = people.matches('(').count() < people.matches(')').count();
    let people = if is_open { people.trim_end_matches([')', ' ']) } else { people.trim_end() };
    let alone =
        lines.get(at + 1).is_none_or(|below| below.is_blank() || heading(below.text).is_some());
    let are_told =
        told.is_some() || are_people(people) || shown.is_some() && surnames(text).is_some();
    let venue = shown.and_then(|_| venue_below(lines, at));
    // Where other headings of its level follow, one without a year is a section: `## Lamps & Wicks`.
    let is_section = shown.filter(|_| by.is_none() && venue.is_none()).is_some_and(|(level, _)| {
        let others = lines[at + 1..].iter().filter_map(|line| heading(line.text));
        rest.is_empty() && others.map(|(other, _)| other).any(|other| other == level)
    });
    if !are_told || is_section || shown.is_none() && (!alone || rest.is_empty()) {
        return None;
    }
    let span = line.start..line.end();
    let other = |key: &str, text: &str| Other::of_line(key, text, span.clone());
    let mut said = vec![other("authors", people)];
    for part in rest.split(" - ") {
        let part = part.trim_matches(|c: char| c.is_whitespace() || ".,)".contains(c));
        let key = match part {
            year if author::names_year(year) => "year",
            venue if author::has_year(venue) || end.is_none() => "venue",
            _ => "org",
        };
        said.extend((!part.is_empty()).then(|| other(key, part)));
    }
    let Some((next, venue)) = venue.filter(|_| rest.is_empty()) else {
        return Some((said, at + 1));
    };
    said.push(venue);
    Some((said, next + 1))
}

/// Where a paper appeared, where the next heading is that and nothing else: `### LampConf 2018`; and its line.
fn venue_below(lines: &[Line<'_>], at: usize) -> Option<(usize, Other)> {
    let next = (at + 1..lines.len()).find(|next| !lines[*next].is_blank())?;
    let (_, text) = heading(lines[next].text).filter(|(_, text)| list::names_venue(text))?;
    Some((next, Other::of_line("venue", text, lines[next].start..lines[next].end())))
}

/// People, or one, and on the line below them the address of their paper with its year: `(https://…, 2015)`.
fn above_address(lines: &[Line<'_>]) -> Option<Vec<Other>> {
    let [people, below, ..] = lines else { return None };
    let text = people.text.trim().trim_matches(['*', '_', ' ']);
    let inner = below.text.trim().trim_matches(['(', ')', ' ']);
    let mut found = links::within(inner).into_iter();
    let link = found.next().filter(|link| found.len() == 0 && is_paper(&link.url))?;
    let year = inner.rsplit([',', ' ']).next().filter(|year| author::names_year(year))?;
    let is_alone = lines.get(2).is_none_or(|line| line.is_blank() || heading(line.text).is_some());
    let is_person = || (2..=4).contains(&text.split(' ').count()) && could_be_person(text);
    let is_whole = inner.len() <= link.url.len() + year.len() + SIGNS;
    if !is_alone || !is_whole || !(are_people(text) || is_person()) {
        return None;
    }
    let other =
        |key: &str, text: &str, line: &Line<'_>| Other::of_line(key, text, line.start..line.end());
    Some(vec![
        other("authors", text, people),
        other("link", &link.url, below),
        other("year", year, below),
    ])
}

/// So many signs and letters may stand around an address and a year: `[Paper](…), 2015`.
const SIGNS: usize = 16;

/// Whether a title has its year in brackets behind it: `Lamps at Night (2015)`.
pub(super) fn ends_with_year(title: &str) -> bool {
    let inside = title.strip_suffix([')', '）']).and_then(|title| title.rsplit_once(['(', '（']));
    inside.is_some_and(|(_, year)| author::names_year(year.trim()))
}

/// One person alone in the paragraph below a title, and how many lines that takes.
pub(super) fn one(lines: &[Line<'_>]) -> Option<(Vec<Other>, usize)> {
    let at = lines.iter().position(|line| !line.is_blank())?;
    let line = &lines[at];
    let is_alone = lines.get(at + 1).is_none_or(Line::is_blank);
    let name = line.text.trim().trim_matches(['*', '_', ' ']);
    let fits = is_alone
        && (2..=4).contains(&name.split(' ').count())
        && !name.ends_with('.')
        && could_be_person(name);
    fits.then(|| (vec![Other::of_line("authors", name, line.start..line.end())], at + 1))
}

/// People and the address of their paper on one line: `Ada Wick, Bo Docht. https://…`.
pub(super) fn linked(line: &str) -> Option<(&str, Link)> {
    let at = line.find("http")?;
    let (people, url) = line.split_at(at);
    let people = people.trim_matches(|c: char| c.is_whitespace() || "*_.,;:()[<|-–—".contains(c));
    let url = url.trim_end_matches(|c: char| c.is_whitespace() || "*_.,;)]>".contains(c));
    let fits = is_web_address(url) && is_paper(url) && are_people(people);
    fits.then(|| (people, Link { key: None, url: unwrap_redirector(url).into_owned() }))
}

/// `Wick, Docht (2025)`, `Wick et al. (2025)`: people by their last names, and the year.
fn surnames(text: &str) -> Option<(&str, &str)> {
    let (people, year) = text.strip_suffix(')')?.rsplit_once(" (")?;
    let list = author::split(people);
    let is_year = author::names_year(year);
    (is_year
        && !list.names.is_empty()
        && list.names.iter().all(|name| {
            name.split(' ').count() <= 4
                && name.chars().next_back().is_some_and(char::is_alphabetic)
                && name.split(' ').any(|word| word.starts_with(char::is_uppercase))
        }))
    .then_some((people, year))
}

//! A listing that arXiv sends by e-mail: papers between lines of `\\`, each with fields, and an abstract where it is new.

use jiff::civil::Date;

use super::format::Sample;
use super::text::{Line, lines};
use super::{Format, Hints, Maker, Reading, dates, escape_markdown, group, metadata, tex};
use crate::diagnostic::{Code, Finding};
use crate::model::{Entry, Link};

/// The format.
pub(super) const FORMAT: &Format = &Format {
    name: "arxiv-mail",
    about: "a listing that arXiv sent by e-mail, saved as text",
    extensions: &["txt", "eml"],
    maker: Maker::Program,
    detect: is_listing,
    read,
};

/// A line of `\\`, and below it one that names a paper.
fn is_listing(sample: &Sample<'_>) -> bool {
    let mut parted = false;
    sample.text.lines().any(|line| {
        let named = parted && line.starts_with("arXiv:");
        parted = is_rule(line);
        named
    })
}

fn is_rule(line: &str) -> bool {
    line.trim_end() == "\\\\"
}

/// Reads a listing. Its day is the last on which papers were received.
fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let all: Vec<Line<'_>> = lines(text, 0..text.len()).collect();
    let day = hints
        .date
        .or_else(|| dates::of_name(hints.stem).ok().flatten()?.0.date())
        .or_else(|| all.iter().find_map(|line| received(line.text)));
    let (mut dated, mut at) = (Vec::new(), 0);
    let mut findings = Vec::new();
    while at < all.len() {
        let opens = is_rule(all[at].text)
            && all.get(at + 1).is_some_and(|line| line.text.starts_with("arXiv:"));
        if !opens {
            at += 1;
            continue;
        }
        let end = |from: usize| {
            (from..all.len()).find(|&at| all[at].text.starts_with("\\\\")).unwrap_or(all.len())
        };
        let head = end(at + 1);
        let mut entry = Entry { span: all[at + 1].start..all[at + 1].end(), ..Entry::default() };
        let own = fields(&all[at + 1..head], &mut entry);
        // Without an abstract, the second line of `\\` already holds the address.
        let foot =
            if all.get(head).is_some_and(|line| is_rule(line.text)) { end(head + 1) } else { head };
        let words: Vec<&str> = all
            .get(head + 1..foot)
            .unwrap_or_default()
            .iter()
            .map(|line| line.text.trim())
            .collect();
        let text = escape_markdown::unplaced(&tex::plain(&words.join("\n")));
        entry.abstract_text = Some(text).filter(|text| !text.text.is_empty());
        if entry.title.is_empty() {
            let finding =
                Finding::new(Code::MissingTitle, "a paper without a title").at(entry.span.clone());
            findings.push(finding.help("write its title into the imported digest"));
        }
        dated.push((day.or(own), entry));
        at = foot.max(at + 1);
    }
    let digests = group::by_date(dated);
    findings.extend(group::undated(&digests));
    Reading { digests, findings, ..Reading::default() }
}

/// Takes the fields of a paper, which go on over indented lines; the day on which it was submitted.
fn fields(all: &[Line<'_>], entry: &mut Entry) -> Option<Date> {
    let mut pairs: Vec<(&str, String)> = Vec::new();
    for line in all {
        match (line.text.split_once(':'), pairs.last_mut()) {
            (_, Some((_, value))) if line.text.starts_with(' ') => {
                value.push(' ');
                value.push_str(line.text.trim());
            }
            (Some((key, value)), _) => pairs.push((key, value.trim().to_owned())),
            _ => {}
        }
    }
    let mut day = None;
    for (key, value) in pairs {
        let value = escape_markdown::line(&tex::plain(&value));
        match key {
            "arXiv" => {
                let id = value.split_whitespace().next().unwrap_or_default();
                entry.links.push(Link { key: None, url: format!("https://arxiv.org/abs/{id}") });
            }
            "Date" => {
                day = dates::find(&value).and_then(dates::When::date);
                entry.fields.extend(day.map(|day| ("published".to_owned(), day.to_string())));
            }
            "Title" => entry.title = value,
            "Authors" | "Author" => metadata::add_authors(entry, &value),
            "Categories" => entry.fields.push(("subjects".to_owned(), value.clone())),
            "Comments" => entry.fields.push(("remarks".to_owned(), value.clone())),
            "Journal-ref" => entry.fields.push(("venue".to_owned(), value.clone())),
            "DOI" => entry.fields.push(("doi".to_owned(), value.clone())),
            "License" => {}
            key if key.starts_with("replaced with") => {
                let revised = dates::find(key).and_then(dates::When::date);
                entry.fields.extend(revised.map(|day| ("revised".to_owned(), day.to_string())));
            }
            _ => entry.fields.push((key.to_ascii_lowercase().replace(' ', "-"), value)),
        }
    }
    day
}

/// ` received from  Mon 10 Mar 25 18:00:00 GMT  to  Tue 11 Mar 25 18:00:00 GMT`
fn received(line: &str) -> Option<Date> {
    let (_, last) = line.trim().strip_prefix("received from")?.split_once(" to ")?;
    let words: Vec<&str> = last.split_whitespace().collect();
    let [_, day, month, year, ..] = words.as_slice() else { return None };
    dates::whole(&format!("{day} {month} 20{year}"))?.date()
}

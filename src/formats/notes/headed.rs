//! A head whose labels are headings, as forms for notes have it: `### Authors`, and the names below it.

use std::ops::Range;

use super::labelled::{Head, is_only, opens_abstract};
use super::links;
use super::value::is_nothing;
use crate::formats::fields::{self, Field, Kind, Names};
use crate::formats::front_matter::Other;
use crate::formats::heading::title_of;
use crate::formats::text::{Fence, Line, behind_bullet, heading};

/// Sections that may stand before the head: what the paper is in a word, or a table of contents.
const BEFORE: usize = 3;
/// A value below a heading has no more lines than these, and none longer than so many characters.
const VALUE: (usize, usize) = (12, 300);

/// Reads it: the first headings in a row that name fields. `None` where they do not tell who a paper is by, or where it is.
pub(super) fn read<'t>(all: &[Line<'t>], names: &Names) -> Option<Head<'t>> {
    let mut fence = Fence::default();
    let mut starts: Vec<usize> = (0..all.len())
        .filter(|at| !fence.take(all[*at].text) && heading(all[*at].text).is_some())
        .collect();
    let field = |at: usize| of_heading(all[at].text, names);
    let first = starts.iter().take(BEFORE).position(|at| field(*at).is_some())?;
    starts.push(all.len());
    let mut head = Head::default();
    let mut taken = vec![false; all.len()];
    if let Some((1, text)) = heading(all[starts[0]].text).filter(|_| first > 0) {
        (head.is_only, head.level) = (is_only(all, 1), 1);
        head.title = Some((title_of(text), all[starts[0]].start..all[starts[0]].end()));
        taken[starts[0]] = true;
    }
    let mut told = Vec::new();
    for section in starts[first..].windows(2) {
        let Some(field) = field(section[0]) else { break };
        let Some(said) = below(all, section[0]..section[1], field) else { continue };
        told.extend((!said.is_empty()).then_some(field));
        head.said.extend(said);
        taken[section[0]..section[1]].fill(true);
    }
    let titled =
        head.title.is_some() || told.iter().any(|field| matches!(field.name, "title" | "paper"));
    let sections = starts[first..].iter().filter_map(|at| all.get(*at));
    let mut others = sections.filter(|line| of_heading(line.text, names).is_none());
    let is_form = others.next().is_some_and(opens_abstract);
    let is_form = is_form && told.iter().any(|field| field.kind == Kind::People);
    let is_head = (told.len() > 1 || is_form)
        && told.iter().any(|field| field.kind == Kind::People || field.leads_to_paper())
        && titled;
    let rest = all.iter().zip(&taken).filter(|(_, taken)| !**taken);
    head.rest = rest.map(|(line, _)| *line).collect();
    is_head.then_some(head)
}

/// The field that a heading names: `## Authors`, `### 著者/所属機関`, `### 投稿日付(yyyy/MM/dd)`.
fn of_heading(line: &str, names: &Names) -> Option<Field> {
    let words = title_of(heading(line)?.1).words;
    // How a day is to be written is said in parentheses.
    let hint = words
        .find(['(', '（'])
        .filter(|at| words[*at..].chars().all(|c| !c.is_alphanumeric() || "yYmMdD".contains(c)));
    let words = words[..hint.unwrap_or(words.len())].replace(" and ", "/");
    let mut parts =
        words.split(['/', '・', '&', '与', '和', '及']).map(|part| fields::named(part, names));
    let field = parts.next()??;
    if parts.any(|part| part.is_none()) {
        return None;
    }
    let takes = matches!(field.kind, Kind::People | Kind::Link | Kind::Day | Kind::List)
        || matches!(field.name, "title" | "paper" | "venue" | "year" | "org" | "rating" | "status");
    takes.then_some(field)
}

/// What stands below a heading that names a field, where all of it can be its value.
fn below(all: &[Line<'_>], section: Range<usize>, field: Field) -> Option<Vec<Other>> {
    let heading = &all[section.start];
    let lines: Vec<&Line<'_>> =
        all[section.start + 1..section.end].iter().filter(|line| !line.is_blank()).collect();
    let are_values = lines.iter().all(|line| {
        (field.kind != Kind::Link || links::of_paper(line.text).is_some())
            && line.text.chars().count() <= VALUE.1
            && !line.text.trim_start().starts_with(['>', '|', '!', '`', '<'])
    });
    let alone = lines.len() == 1 || matches!(field.kind, Kind::People | Kind::Link | Kind::List);
    if lines.len() > VALUE.0 || !(alone || lines.is_empty()) || !are_values {
        return None;
    }
    let texts: Vec<String> = lines
        .iter()
        .map(|line| behind_bullet(line.text.trim()).unwrap_or(line.text).trim().to_owned())
        .filter(|text| !is_nothing(text))
        .collect();
    let Some((first, last)) = lines.first().zip(lines.last()).filter(|_| !texts.is_empty()) else {
        return Some(Vec::new());
    };
    let key_span = heading.start..heading.end();
    let span = first.start..last.end();
    Some(vec![Other {
        key: field.name.to_owned(),
        key_span,
        texts,
        are_items: false,
        span,
        is_of_document: false,
    }])
}

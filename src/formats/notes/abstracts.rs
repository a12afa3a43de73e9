//! The abstract of a note's paper: a quote, a callout or a section that is called so.

use super::{labelled, links, quoted};
use crate::formats::heading::title_of;
use crate::formats::passages::trim;
use crate::formats::text::{Line, heading};
use crate::formats::{Hints, fields};
use crate::model::{Entry, Prose};

/// Takes a quote, or a section that is called so, as the abstract; how many lines it has.
pub(super) fn take(text: &str, rest: &[Line<'_>], entry: &mut Entry) -> usize {
    let Some(first) = rest.first() else { return 0 };
    if let Some((quote, end)) = quoted::quoted(text, first) {
        // A quote of addresses says where the paper is.
        let is_way = quote.text.lines().any(|line| links::of_paper(line).is_some());
        entry.abstract_text = Some(quote).filter(|_| !is_way);
        return rest.iter().take_while(|line| !is_way && line.start < end).count();
    }
    if !labelled::opens_abstract(first) {
        return 0;
    }
    let count = rest
        .iter()
        .skip(1)
        .take_while(|line| heading(line.text).is_none() && !line.text.starts_with("---"))
        .count();
    let mut section = Prose::default();
    // A form may keep it in code.
    for line in rest[1..=count].iter().filter(|line| !line.text.starts_with("```")) {
        section.push(line.text, line.start);
        section.push("\n", line.end());
    }
    trim(&mut section);
    if section.text.is_empty() {
        return 0;
    }
    entry.abstract_text = Some(section);
    count + 1
}

/// Takes the section or the callout of the abstract that stands behind nothing but sections with facts of the paper.
pub(super) fn take_section(
    text: &str,
    rest: &mut Vec<Line<'_>>,
    hints: &Hints<'_>,
    entry: &mut Entry,
) {
    let is_of_paper = |line: &Line<'_>| {
        let words = heading(line.text).map(|(_, title)| title_of(title).words);
        words.is_none_or(|words| fields::named(&words, hints.names).is_some())
    };
    let opens = |line: &Line<'_>| {
        labelled::opens_abstract(line) || quoted::kind(line).is_some_and(quoted::is_abstract)
    };
    let mut near = rest.iter().take_while(|line| is_of_paper(line) || opens(line));
    let is_untold = entry.abstract_text.is_none();
    if let Some(from) = near.position(opens).filter(|_| is_untold) {
        let length = take(text, &rest[from..], entry);
        rest.drain(from..from + length);
    }
}

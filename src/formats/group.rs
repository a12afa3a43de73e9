//! What readers of bare lists of papers share: papers gathered by day. Knows no format.

use jiff::civil::Date;

use super::Span;
use crate::diagnostic::{Code, Finding};
use crate::model::{Digest, Entry, Passage, Tag, keep_first};

/// One digest a date, newest first and those without a date last; entries in the order given.
pub(super) fn by_date(mut dated: Vec<(Option<Date>, Entry)>) -> Vec<Digest> {
    dated.sort_by_key(|(date, _)| std::cmp::Reverse(*date));
    let mut digests: Vec<Digest> = Vec::new();
    for (date, entry) in dated {
        match digests.last_mut().filter(|digest| digest.date == date) {
            Some(digest) => digest.entries.push(entry),
            None => digests.push(Digest { date, entries: vec![entry], ..Digest::default() }),
        }
    }
    digests
}

/// A warning if papers have no date.
pub(super) fn undated(digests: &[Digest]) -> Option<Finding> {
    let entries = &digests.iter().find(|digest| digest.date.is_none())?.entries;
    let span = entries.first()?.span.clone();
    let message = match entries.len() {
        1 => "a paper without a date".to_owned(),
        count => format!("{count} papers without a date"),
    };
    Some(
        Finding::new(Code::Undated, message)
            .at(span)
            .help("say the date of the digest with `--date`"),
    )
}

/// Says once that dates of a text are less than days.
pub(super) fn imprecise(count: usize, span: Span) -> Finding {
    let what = if count == 1 {
        "a date is a month or a year".to_owned()
    } else {
        format!("{count} dates are months or years")
    };
    Finding::new(Code::ImpreciseDate, format!("{what}: its papers stand on the first day of it"))
        .at(span)
        .help("write the day if it is known")
}

/// The date at the start of an ISO 8601 time.
pub(super) fn iso_date(text: &str) -> Option<Date> {
    text.trim().get(..10)?.parse().ok()
}

/// Adds what a second text about a paper says, and the first does not.
pub(crate) fn join(entry: &mut Entry, other: Entry) {
    let known = std::mem::take(&mut entry.links);
    entry.links = known.into_iter().chain(other.links).collect();
    keep_first(&mut entry.links, |link| link.url.clone());
    entry.tags.extend(other.tags);
    keep_first(&mut entry.tags, Tag::clone);
    for (key, value) in other.fields {
        match entry.fields.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known))
                if key == "section" && !known.split(", ").any(|part| part == value) =>
            {
                known.push_str(", ");
                known.push_str(&value);
            }
            Some(_) => {}
            None => entry.fields.push((key, value)),
        }
    }
    if entry.authors.is_empty() {
        entry.authors = other.authors;
    }
    entry.abstract_text = entry.abstract_text.take().or(other.abstract_text);
    for passage in other.body {
        let says =
            |known: &Passage| known.lang == passage.lang && known.text.text == passage.text.text;
        if !entry.body.iter().any(says) {
            entry.body.push(passage);
        }
    }
}

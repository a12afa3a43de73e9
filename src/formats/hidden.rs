//! What a writer hid: `%%…%%` of Obsidian, `<!-- … -->` of HTML, and `[//]: # (…)`, which no renderer shows.
//!
//! Where a comment starts and ends is decided here, once, before any reader sees the text: a reader gets a text in
//! which there are none, so they can neither reach an output nor change the reading of what stands around them. What a
//! reader then says of places is put back into places of the whole text.

mod cut;
mod find;
mod mdx;

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::Finding;
use crate::model::{Digest, Prose};

use super::text::has;
use super::{Format, Maker, Reading, front_matter, markdown};
pub(super) use find::Fenced;
use find::Found;

/// A text without its comments.
pub(super) struct Shown<'t> {
    /// What is left.
    pub(super) text: Cow<'t, str>,
    /// Where something was taken out, in order.
    cuts: Vec<Cut>,
    hidden: Vec<Range<usize>>,
    findings: Vec<Finding>,
}

/// A place of the shown text before which something was taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cut {
    at: usize,
    /// Bytes taken out up to here.
    removed: usize,
}

/// Takes the comments out of a text of a format. In what a page shows, `%%` are two characters; formats that programs
/// write have no comments of these kinds outside of their texts (see [`super::normalize`]).
pub(super) fn of<'t>(format: &Format, text: &'t str) -> Shown<'t> {
    match format.maker {
        Maker::Writer | Maker::List => Shown::of(text, front_matter::body(text), true),
        Maker::Page => Shown::of(text, 0, false),
        Maker::Program => Shown::whole(text),
    }
}

/// A line or two without comments: a title, a name.
pub(super) fn without(text: &str) -> Cow<'_, str> {
    line(text, true)
}

/// The same where `%%` are two characters.
pub(super) fn without_html(text: &str) -> Cow<'_, str> {
    line(text, false)
}

fn line(text: &str, percent: bool) -> Cow<'_, str> {
    let spans = find::comments(text, 0, percent).spans;
    if spans.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(cut::cut(text, &spans).0) }
}

/// Takes comments of HTML out of what a program's format says in one line; its texts have lost theirs already.
pub(super) fn in_lines(digests: &mut [Digest]) {
    for entry in digests.iter_mut().flat_map(|digest| &mut digest.entries) {
        let values = entry
            .fields
            .iter_mut()
            .map(|(_, value)| value)
            .chain(&mut entry.authors)
            .chain(&mut entry.org);
        for line in values.chain([&mut entry.title]).filter(|line| has(line, "<!--")) {
            *line = without_html(line).into_owned();
        }
    }
}

/// Keeps what is none of the writer's comments from being read as one: `%%`, and what looks like a comment of HTML only
/// since the text was taken apart.
pub(super) fn settle(prose: &mut Prose) {
    // A comment that never closed has kept from sight what stands behind it.
    if escape(prose) {
        escape(prose);
    }
}

/// Puts a backslash before what would be read as a comment; whether there was any.
fn escape(prose: &mut Prose) -> bool {
    let text = &prose.text;
    let mut places = find::marks(text);
    for span in
        find::comments(text, 0, false).spans.into_iter().filter(|span| !is_separator(text, span))
    {
        let inside = text[span.clone()].match_indices("<!--").map(|(at, _)| span.start + at);
        places
            .extend(inside.chain((!text[span.start..].starts_with("<!--")).then_some(span.start)));
    }
    places.sort_unstable();
    places.dedup();
    super::normalize::insert(prose, &places, "\\");
    !places.is_empty()
}

/// Whether a comment is an empty one alone on a line: it says nothing, and parts what stands before and after it in the
/// native format.
fn is_separator(text: &str, span: &Range<usize>) -> bool {
    text[span.clone()] == *markdown::SEPARATOR && cut::is_alone(text, span)
}

/// The same for digests read from a text, where it has such marks at all.
pub(super) fn settle_digests(text: &str, digests: &mut [Digest]) {
    if has(text, "%%") || has(text, "<!--") {
        digests.iter_mut().flat_map(texts).for_each(settle);
    }
}

/// Every text of a digest.
fn texts(digest: &mut Digest) -> impl Iterator<Item = &mut Prose> {
    let entries = digest.entries.iter_mut();
    let of_entries = entries.flat_map(|entry| {
        entry.body.iter_mut().map(|passage| &mut passage.text).chain(&mut entry.abstract_text)
    });
    digest.intro.iter_mut().map(|passage| &mut passage.text).chain(of_entries)
}

impl<'t> Shown<'t> {
    fn whole(text: &'t str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            cuts: Vec::new(),
            hidden: Vec::new(),
            findings: Vec::new(),
        }
    }

    fn of(text: &'t str, body: usize, percent: bool) -> Self {
        let Found { mut spans, mut findings } = find::comments(text, body, percent);
        spans.retain(|span| !is_separator(text, span));
        if let Some((left_out, finding)) = mdx::of(text, body).filter(|_| percent) {
            findings.push(finding);
            spans.extend(left_out);
            spans.sort_unstable_by_key(|span| span.start);
            spans.dedup_by(|next, span| next.start < span.end);
        }
        if spans.is_empty() {
            return Self { findings, ..Self::whole(text) };
        }
        let (shown, cuts) = cut::cut(text, &spans);
        Self { text: Cow::Owned(shown), cuts, hidden: spans, findings }
    }

    /// Puts the places of a reading of the shown text back into those of the whole one, and says what is odd about comments.
    pub(super) fn restore(self, reading: &mut Reading) {
        if !self.cuts.is_empty() {
            for span in reading.findings.iter_mut().filter_map(|finding| finding.span.as_mut()) {
                *span = self.whole_span(span);
            }
            reading.digests.iter_mut().for_each(|digest| self.digest(digest));
            let page = reading.page.iter_mut().flat_map(|page| &mut page.body);
            page.for_each(|passage| self.prose(&mut passage.text));
        }
        reading.findings.extend(self.findings);
        reading.hidden = self.hidden;
    }

    fn digest(&self, digest: &mut Digest) {
        for entry in &mut digest.entries {
            entry.span = self.whole_span(&entry.span);
        }
        texts(digest).for_each(|text| self.prose(text));
    }

    fn prose(&self, prose: &mut Prose) {
        let next = prose.origin.iter().skip(1).map(|&(at, _)| at).chain([prose.text.len() as u32]);
        let mut origin = Vec::with_capacity(prose.origin.len());
        for (&(at, from), next) in prose.origin.iter().zip(next) {
            let (start, end) = (from as usize, from as usize + (next.saturating_sub(at)) as usize);
            origin.push((at, self.whole_place(start) as u32));
            let first = self.cuts.partition_point(|cut| cut.at <= start);
            let within = self.cuts[first..].iter().take_while(|cut| cut.at < end);
            origin.extend(
                within.map(|cut| (at + (cut.at - start) as u32, (cut.at + cut.removed) as u32)),
            );
        }
        prose.origin = origin;
    }

    fn whole_place(&self, place: usize) -> usize {
        let cut = self.cuts.partition_point(|cut| cut.at <= place).checked_sub(1);
        place + cut.map_or(0, |cut| self.cuts[cut].removed)
    }

    /// Where a stretch ends that ends here: before what was taken out.
    fn whole_end(&self, place: usize) -> usize {
        place.checked_sub(1).map_or(0, |last| self.whole_place(last) + 1)
    }

    fn whole_span(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.whole_place(span.start);
        if span.is_empty() { start..start } else { start..self.whole_end(span.end).max(start) }
    }
}

//! Markdown text that remembers where each of its lines came from.

use std::ops::Range;

/// Where a line of a [`Prose`] starts: `(offset in the prose, offset in the source)`, both in bytes.
pub type Place = (u32, u32);

/// Markdown text of one passage. Two are equal when they say the same, wherever they stand.
#[derive(Debug, Clone, Default)]
pub struct Prose {
    /// The Markdown.
    pub text: String,
    /// One pair where lines start whose distance to the source changes, in order; empty when unknown.
    pub origin: Vec<Place>,
}

impl PartialEq for Prose {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Prose {}

impl Prose {
    /// Text that stands unchanged at an offset of the source.
    pub fn at(text: impl Into<String>, offset: usize) -> Self {
        Self { text: text.into(), origin: vec![(0, offset as u32)] }
    }

    /// Text without a place.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), origin: Vec::new() }
    }

    /// Appends text that stands unchanged at an offset of the source.
    pub fn push(&mut self, text: &str, offset: usize) {
        let here = self.text.len() as u32;
        let continues =
            self.origin.last().is_some_and(|&(at, from)| from + (here - at) == offset as u32);
        if !continues {
            self.origin.push((here, offset as u32));
        }
        self.text.push_str(text);
    }

    /// Appends another with its places.
    pub fn append(&mut self, other: &Self) {
        let here = self.text.len() as u32;
        self.text.push_str(&other.text);
        self.origin.extend(other.origin.iter().map(|&(at, from)| (at + here, from)));
    }

    /// A part of it, with its places.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let (start, end) = (range.start as u32, range.end as u32);
        let first = self.origin.partition_point(|&(at, _)| at <= start).saturating_sub(1);
        let within = self.origin.iter().skip(first).take_while(|&&(at, _)| at < end.max(1));
        let origin = within
            .map(|&(at, from)| (at.saturating_sub(start), from + start.saturating_sub(at)))
            .collect();
        Self { text: self.text[range].to_owned(), origin }
    }

    /// Where a range of the prose stands in the source.
    pub fn source_span(&self, range: Range<usize>) -> Option<Range<usize>> {
        let start = self.locate(range.start)?;
        let last = self.locate(range.end.saturating_sub(1).max(range.start))?;
        Some(start..(last + usize::from(range.end > range.start)).max(start))
    }

    fn locate(&self, offset: usize) -> Option<usize> {
        let index = self.origin.partition_point(|&(at, _)| at as usize <= offset).checked_sub(1)?;
        let (at, from) = self.origin[index];
        Some(from as usize + (offset - at as usize))
    }
}

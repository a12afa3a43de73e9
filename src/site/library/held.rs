//! What a file says that nobody is to see: held back by its front matter, by a tag, for want of one, or as a day of a diary.
//! It is dropped here, when the file is read, so that nothing later can publish it.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::{Aliases, pages};
use crate::config::SourceConfig;
use crate::content::source::SourceFile;
use crate::formats::{Format, Maker, NOTES, Reading, written_tags};
use crate::model::{Digest, Entry, Meta, Tag};
use crate::site::diary;

/// How many texts of a file are held back, and for what reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    /// By `publish: false`, `private: true` and the like.
    pub private: usize,
    /// By a tag of `exclude_tags`.
    pub tagged: usize,
    /// For they say nothing, where only what is marked is published.
    pub unmarked: usize,
    /// For they are days of a diary.
    pub diary: usize,
}

impl Held {
    /// Those of another file as well.
    pub fn add(&mut self, other: Self) {
        self.private += other.private;
        self.tagged += other.tagged;
        self.unmarked += other.unmarked;
        self.diary += other.diary;
    }
}

/// Drops from a reading what its source does not want published.
pub(super) fn hold_back(
    reading: &mut Reading,
    (text, file): (&str, &SourceFile),
    format: &Format,
    (origin, aliases): (Option<&SourceConfig>, &Aliases),
) -> Held {
    let mut held = Held::default();
    let before = reading.digests.len() + usize::from(reading.page.is_some());
    reading.digests.retain(|digest| !is_private(&digest.meta));
    reading.page.take_if(|page| is_private(&page.meta));
    held.private = before - reading.digests.len() - usize::from(reading.page.is_some());
    let Some(source) = origin else { return held };
    if !source.only_marked && diary::is_day(reading, text, format, pages::own_name(&file.stem)) {
        (reading.digests, reading.page) = (Vec::new(), None);
        reading.findings.clear();
        held.diary += 1;
    }
    if source.exclude_tags.is_empty() && !source.only_marked {
        return held;
    }
    let wanted = Wanted { source, aliases, tags: tags(text, format) };
    reading.digests.retain_mut(|digest| wanted.keeps(digest, format, &mut held));
    reading.page.take_if(|page| !wanted.keeps_whole(&page.meta, &(0..text.len()), &mut held));
    held
}

fn is_private(meta: &Meta) -> bool {
    meta.publish == Some(false)
}

/// The tags of a text; formats that programs write have them in their fields alone.
fn tags(text: &str, format: &Format) -> Vec<(usize, Tag)> {
    if is_written(format) { written_tags(text) } else { Vec::new() }
}

fn is_written(format: &Format) -> bool {
    format.maker == Maker::Writer
}

struct Wanted<'a> {
    source: &'a SourceConfig,
    aliases: &'a Aliases,
    /// With their places in the text.
    tags: Vec<(usize, Tag)>,
}

/// What tags say of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Excluded,
    Included,
    Nothing,
}

impl Wanted<'_> {
    /// Whether anything of a digest is published; entries that are not are dropped.
    fn keeps(&self, digest: &mut Digest, format: &Format, held: &mut Held) -> bool {
        let first = digest.entries.first().map_or(usize::MAX, |entry| entry.span.start);
        // All that a note says is about its one paper.
        let whole = if is_written(format) && format != NOTES { 0..first } else { 0..usize::MAX };
        let verdict = self.verdict(&digest.meta.tags, &whole);
        if verdict == Verdict::Excluded {
            held.tagged += 1;
            return false;
        }
        let marked = !self.source.only_marked
            || verdict == Verdict::Included
            || digest.meta.publish == Some(true);
        let entries = std::mem::take(&mut digest.entries);
        if entries.is_empty() {
            held.unmarked += usize::from(!marked);
            return marked;
        }
        let starts: Vec<usize> =
            entries.iter().skip(1).map(|entry| entry.span.start).chain([usize::MAX]).collect();
        for (entry, next) in entries.into_iter().zip(starts) {
            match self.verdict_of(&entry, entry.span.start..next, format) {
                Verdict::Excluded => held.tagged += 1,
                Verdict::Nothing if !marked => held.unmarked += 1,
                Verdict::Nothing | Verdict::Included => digest.entries.push(entry),
            }
        }
        // Without a single entry, an introduction is left only where it is wanted itself.
        !digest.entries.is_empty() || marked && !digest.intro.is_empty()
    }

    fn keeps_whole(&self, meta: &Meta, range: &Range<usize>, held: &mut Held) -> bool {
        match self.verdict(&meta.tags, range) {
            Verdict::Excluded => held.tagged += 1,
            Verdict::Nothing if self.source.only_marked && meta.publish != Some(true) => {
                held.unmarked += 1;
            }
            Verdict::Nothing | Verdict::Included => return true,
        }
        false
    }

    fn verdict_of(&self, entry: &Entry, range: Range<usize>, format: &Format) -> Verdict {
        if is_written(format) {
            return self.verdict(&entry.tags, &range);
        }
        let in_texts = entry.texts().flat_map(|text| written_tags(&text.text)).map(|(_, tag)| tag);
        let all: Vec<Tag> = entry.tags.iter().cloned().chain(in_texts).collect();
        self.verdict(&all, &(0..0))
    }

    fn verdict(&self, tags: &[Tag], range: &Range<usize>) -> Verdict {
        let within = self.tags.iter().filter(|(at, _)| range.contains(at)).map(|(_, tag)| tag);
        let all: FxHashSet<&Tag> = tags.iter().chain(within).collect();
        let any = |of: &[Tag]| all.iter().any(|tag| of.iter().any(|of| self.is(tag, of)));
        match () {
            () if any(&self.source.exclude_tags) => Verdict::Excluded,
            () if any(&self.source.include_tags) => Verdict::Included,
            () => Verdict::Nothing,
        }
    }

    /// Whether a tag is another one, one below it, or means it.
    fn is(&self, tag: &Tag, of: &Tag) -> bool {
        is_below(of, tag) || is_below(of, &self.aliases.canonical(tag))
    }
}

fn is_below(of: &Tag, tag: &Tag) -> bool {
    let rest = tag.as_str().strip_prefix(of.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

//! What is probably not meant so: dates that are slips, and sources of which no paper was read.

use jiff::civil::Date;

use super::Library;
use crate::diagnostic::{Code, Finding};
use crate::formats;
use crate::prose::{self, Target};

/// No digest is of a day before this year: whoever writes `0225` means another.
const EARLIEST_YEAR: i16 = 1800;

impl Library {
    /// What is probably not meant so.
    pub fn doubts(&self, today: Date) -> Vec<Finding> {
        self.odd_dates(today)
            .into_iter()
            .chain(self.nothing_read())
            .chain(self.empty_digests())
            .chain(self.unknown_names())
            .collect()
    }

    /// Digests in which nothing is written yet, as one that was just begun.
    fn empty_digests(&self) -> impl Iterator<Item = Finding> {
        let all = self.read_files().flat_map(|kept| &kept.digests);
        all.filter(|kept| kept.digest.says_nothing()).map(|kept| {
            let finding = Finding::new(
                Code::EmptyDigest,
                "nothing is written in this digest yet, so it is not shown",
            );
            let help =
                "put the title of a paper below its front matter, on a line that begins with `## `";
            finding.in_path(kept.source.path.clone()).help(help)
        })
    }

    /// Dates of digests that are probably slips, such as 2205 for 2025: such a digest is held back for long, or lost at the
    /// end of the archive.
    fn odd_dates(&self, today: Date) -> Vec<Finding> {
        let digests = self.files.iter().flat_map(|kept| &kept.digests);
        let odd = digests.filter_map(|kept| Some((kept, kept.digest.date?)));
        let odd =
            odd.filter(|(_, date)| date.year() < EARLIEST_YEAR || date.year() > today.year() + 1);
        odd.map(|(kept, date)| {
            let finding =
                Finding::new(Code::OddDate, format!("the date {date} is probably a slip"));
            let held_back =
                if date > today { "; until that day the digest is held back" } else { "" };
            let help =
                format!("correct the year in the file's name or its front matter{held_back}");
            finding.in_path(kept.source.path.clone()).help(help)
        })
        .collect()
    }

    /// The files of a source, or of `content/`, which is 0.
    pub(super) fn files_of(&self, origin: usize) -> impl Iterator<Item = &super::CachedFile> {
        self.files.iter().filter(move |kept| kept.file.origin == origin)
    }

    /// Names of facts that nothing knows, counted for each source.
    fn unknown_names(&self) -> Vec<Finding> {
        let sources = self.manner.sources.iter().enumerate();
        let counted = sources.filter_map(|(index, source)| {
            let findings = self.files_of(index + 1).flat_map(|kept| &kept.findings);
            let finding = formats::unknown_names(findings)?;
            Some(finding.in_path(source.path.clone()))
        });
        counted.collect()
    }

    /// Sources that name papers by their addresses, though no paper was read of them.
    fn nothing_read(&self) -> Vec<Finding> {
        let sources = self.manner.sources.iter().enumerate();
        let read = sources.filter_map(|(index, source)| {
            let mut files = self.files_of(index + 1);
            let unheld = super::Held::default();
            if self.files_of(index + 1).any(|kept| has_paper(kept) || kept.held != unheld) {
                return None;
            }
            let first = files.find(|kept| {
                kept.text.as_ref().is_some_and(|text| names_paper(&text.text))
            })?;
            let message = format!(
                "no paper was read of the source `{}`, though papers are named in it",
                source.path
            );
            let finding = Finding::new(Code::NothingRead, message).in_path(first.file.shown.clone());
            Some(finding.help(
                "say `format` in config.toml, or put each paper under a heading with its address below it",
            ))
        });
        read.collect()
    }
}

fn names_paper(text: &str) -> bool {
    prose::mentions(text).iter().any(|found| matches!(found.target, Target::Paper(_)))
}

fn has_paper(kept: &super::CachedFile) -> bool {
    kept.digests.iter().any(|kept| !kept.digest.entries.is_empty())
}

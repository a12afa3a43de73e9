//! What an import leaves out: counted while the sources are read, and said once for each reason.

use std::collections::BTreeMap;

use super::machinery::{self, Why};
use crate::diagnostic::{Code, Finding};
use crate::site::diary;

/// Files that were left out, by reason.
#[derive(Default)]
pub(super) struct Aside {
    /// How many there are of each ending that no format has.
    pub endings: BTreeMap<String, usize>,
    /// Texts in no known form.
    pub unknown: Vec<String>,
    /// Folders that a program made, or needs.
    pub machinery: Vec<String>,
    /// Templates of notes, and folders of them.
    pub templates: Vec<String>,
    /// What a repository says of itself.
    pub repository: Vec<String>,
    /// Texts that a program took out of PDFs.
    pub extracted: Vec<String>,
    /// Days of a diary.
    pub diary: Vec<String>,
    /// Pages of a graph that are about no paper.
    pub pages: Vec<String>,
    /// Texts with nothing in them.
    pub empty: Vec<String>,
}

/// Endings of texts in other markup than Markdown.
const MARKUP: &[&str] = &[
    "adoc",
    "asciidoc",
    "docx",
    "ipynb",
    "mediawiki",
    "odt",
    "opml",
    "org",
    "rst",
    "tex",
    "textile",
    "typ",
];
/// Endings of tables and libraries of other programs.
const TABLES: &[&str] = &["csv", "enl", "nbib", "ods", "tsv", "xlsx"];

impl Aside {
    /// Where folders and files are noted that were left out for this.
    pub(super) fn of(&mut self, why: Why) -> &mut Vec<String> {
        match why {
            Why::Machinery => &mut self.machinery,
            Why::Template => &mut self.templates,
        }
    }

    /// Where a text is noted that a program wrote or fills in; `None` where it is somebody's own.
    pub(super) fn of_programs(&mut self, text: &str) -> Option<&mut Vec<String>> {
        if machinery::waits_for_title(text) {
            Some(&mut self.templates)
        } else {
            machinery::is_of_pdf(text).then_some(&mut self.extracted)
        }
    }

    /// What was left out elsewhere as well.
    pub(super) fn add(&mut self, other: Self) {
        for (ending, count) in other.endings {
            *self.endings.entry(ending).or_default() += count;
        }
        self.unknown.extend(other.unknown);
        self.machinery.extend(other.machinery);
        self.templates.extend(other.templates);
        self.repository.extend(other.repository);
        self.extracted.extend(other.extracted);
        self.diary.extend(other.diary);
        self.pages.extend(other.pages);
        self.empty.extend(other.empty);
    }

    /// A finding for each reason.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let said = [
            not_read(&self.endings),
            unrecognised(&self.unknown),
            counted(
                &self.diary,
                (
                    Code::HeldBack,
                    "text",
                    "of a diary (dated by nothing but the file's name, with no title and no paper, called so in front matter, or beside pages with notes on papers)",
                ),
                &format!(
                    "to publish days of a diary, {}, or name the file or its folder itself",
                    diary::HELP
                ),
            ),
            counted(
                &self.pages,
                (Code::HeldBack, "page", "of a graph, about no paper,"),
                "to publish one, write the property `public:: true` into it, or name the file itself",
            ),
            counted(
                &self.machinery,
                (Code::LeftOut, "folder", "of a site generator or another program"),
                "name a folder itself if it holds texts of yours",
            ),
            counted(
                &self.templates,
                (Code::LeftOut, "template", "of notes"),
                "name a file itself if it is a note",
            ),
            counted(
                &self.repository,
                (Code::LeftOut, "text", "about the repository, with no paper in it,"),
                "name a file itself if it is to be a page",
            ),
            counted(
                &self.extracted,
                (
                    Code::LeftOut,
                    "text",
                    "that a program took out of a PDF, with breaks between its pages,",
                ),
                "name a file itself if it is yours to publish",
            ),
            counted(
                &self.empty,
                (Code::LeftOut, "text", "with nothing in it"),
                "nothing need be done",
            ),
        ];
        said.into_iter().flatten().collect()
    }
}

/// Says how many there are that were left out for a reason, and names the first.
fn counted(files: &[String], (code, what, why): (Code, &str, &str), help: &str) -> Option<Finding> {
    let first = files.first()?;
    let message = match files.len() {
        1 => format!("a {what} {why} was not imported: {first}"),
        count => format!("{count} {what}s {why} were not imported, such as {first}"),
    };
    Some(Finding::new(code, message).help(help))
}

/// Says how many files were left out for their endings. Nobody takes pictures for texts.
fn not_read(skipped: &BTreeMap<String, usize>) -> Option<Finding> {
    const PICTURES: &[&str] =
        &["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "ico", "mp4", "css", "js", "pdf"];
    let endings = skipped.iter().filter(|(ending, _)| !PICTURES.contains(&ending.as_str()));
    let counts: Vec<String> = endings
        .map(|(ending, count)| match ending.as_str() {
            "" => format!("{count} without an ending"),
            ending => format!("{count} in .{ending}"),
        })
        .collect();
    let message = format!("files were not read for their endings: {}", counts.join(", "));
    let help = if any_ending(skipped, MARKUP) {
        "make Markdown of texts first, such as with `pandoc FILE -t gfm -o FILE.md`, and name those"
    } else if any_ending(skipped, TABLES) {
        "export BibTeX, RIS or CSL-JSON from the program that made them"
    } else {
        "name a file itself if it is a text of one of the formats"
    };
    let finding = Finding::new(Code::OtherEnding, message).help(help);
    (!counts.is_empty()).then_some(finding)
}

fn any_ending(skipped: &BTreeMap<String, usize>, of: &[&str]) -> bool {
    skipped.keys().any(|ending| of.contains(&ending.as_str()))
}

/// Says which texts of folders are of no known form: among the files of a program there are many.
fn unrecognised(unknown: &[String]) -> Option<Finding> {
    let first = unknown.first()?;
    let (count, are) = if unknown.len() == 1 {
        ("a text".to_owned(), "was")
    } else {
        (format!("{} texts", unknown.len()), "were")
    };
    let message =
        format!("{count} in no form that a reader recognises {are} not read, such as {first}");
    Some(
        Finding::new(Code::NotRead, message)
            .help("name the format instead of `auto` if it is one of papers"),
    )
}

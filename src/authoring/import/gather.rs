//! Reads the sources of an import from the disk and hands each text to its reader. Writes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use super::pictures::{self, Picture};
use super::{Outcome, Request, Source, plan};
use crate::diagnostic::{Code, Finding, Severity, SourceText, reason};
use crate::formats::{self, FORMATS, Format, Hints, LIST, NOTES, Reading};
use crate::model::limits;
use crate::model::{Digest, Meta};
use crate::prose::{self, Target};
use crate::system::disk;

/// A text that was read, and what it says.
pub(super) struct Read {
    pub text: Arc<SourceText>,
    pub stem: String,
    pub format: &'static Format,
    pub reading: Reading,
    /// What its texts show.
    pub pictures: Vec<Picture>,
    /// Where it is, and its folders below what was named.
    pub(super) place: (PathBuf, String),
}

/// Reads every source; notes them and what was odd in the outcome.
pub(super) fn gather(request: &Request, outcome: &mut Outcome) -> Vec<Read> {
    let mut files = Vec::new();
    let mut skipped = BTreeMap::new();
    for path in &request.paths {
        list(path, (&mut files, &mut skipped), &mut outcome.findings);
    }
    outcome.findings.extend(not_read(&skipped));
    let mut unknown = Vec::new();
    let day_first = order(&files);
    let mut read: Vec<Read> = files
        .iter()
        .filter_map(|file| read(file, (request, day_first), outcome, &mut unknown))
        .collect();
    outcome.findings.extend(unrecognised(&unknown));
    give_notes(&mut read, request);
    read
}

/// Whether the texts have the day first in dates such as `3/12/2025`; one alone says so itself.
fn order(files: &[Listed]) -> Option<bool> {
    let several = files.iter().filter(|(path, _)| files.len() > 1 && path.is_file());
    formats::day_first_of(several.map(|(path, _)| formats::day_first(&text_of(path).ok()?)))
}

/// Gives the papers of lists the texts that they link and that are nothing by themselves: these are what is said of them.
fn give_notes(all: &mut Vec<Read>, request: &Request) {
    let mut pages: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for (at, read) in all.iter().enumerate().filter(|(_, read)| read.reading.page.is_some()) {
        pages.entry(read.stem.clone()).and_modify(|page| *page = None).or_insert(Some(at));
    }
    let mut given = BTreeSet::new();
    for list in (0..all.len())
        .filter(|list| !pages.is_empty() && all[*list].format == LIST)
        .collect::<Vec<_>>()
    {
        let mut digests = std::mem::take(&mut all[list].reading.digests);
        for entry in digests.iter_mut().flat_map(|digest| &mut digest.entries) {
            let page =
                entry.field("note").and_then(|name| pages.get_mut(name)).and_then(Option::take);
            let Some((page, mut note)) =
                page.and_then(|page| Some((page, as_note(&all[page], request)?)))
            else {
                continue;
            };
            let (path, folder) = &all[page].place;
            let pictures = pictures::of_digests(std::slice::from_mut(&mut note), path, folder);
            all[list].pictures.extend(pictures);
            for said in note.entries {
                entry.abstract_text = entry.abstract_text.take().or(said.abstract_text);
                entry.body.extend(said.body);
            }
            given.insert(page);
        }
        all[list].reading.digests = digests;
    }
    let mut numbers = 0..;
    all.retain(|_| numbers.next().is_none_or(|number| !given.contains(&number)));
}

/// A text as the note that a list says it is.
fn as_note(read: &Read, request: &Request) -> Option<Digest> {
    let hints = Hints {
        stem: &read.stem,
        folder: &read.place.1,
        languages: &request.languages,
        ..Hints::default()
    };
    formats::read(NOTES, &read.text.text, &hints).digests.into_iter().next()
}

/// A file, and its folders below what was named; nothing where the file itself was.
type Listed = (PathBuf, Option<String>);

/// Files in the order of their names, folders after the files they are named behind.
fn list(
    path: &Path,
    (files, skipped): (&mut Vec<Listed>, &mut BTreeMap<String, usize>),
    findings: &mut Vec<Finding>,
) {
    let visible = WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(|entry| {
        entry.depth() == 0 || !disk::is_hidden(&entry.file_name().to_string_lossy())
    });
    for entry in visible {
        match entry {
            Ok(entry) if entry.depth() == 0 && !entry.file_type().is_dir() => {
                files.push((entry.into_path(), None));
            }
            Ok(entry) if entry.file_type().is_file() && is_text(entry.path()) => {
                let below = entry
                    .path()
                    .parent()
                    .and_then(|folder| folder.strip_prefix(path).ok())
                    .map(shown);
                files.push((entry.into_path(), Some(below.unwrap_or_default())));
            }
            Ok(entry) if entry.file_type().is_file() => {
                let ending = entry
                    .path()
                    .extension()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .to_ascii_lowercase();
                *skipped.entry(ending).or_default() += 1;
            }
            Ok(_) => {}
            Err(error) => {
                let place = shown(error.path().unwrap_or(path));
                let why = error.io_error().map_or_else(|| error.to_string(), reason);
                findings.push(unreadable(&place, &why));
            }
        }
    }
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

/// A folder's files must end in what some format says; those named one by one may end in anything.
fn is_text(path: &Path) -> bool {
    let extension = path.extension().map(|end| end.to_string_lossy());
    extension.is_some_and(|end| FORMATS.iter().any(|format| format.has_extension(&end)))
}

/// A path as shown to the user, with `/`.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn unreadable(path: &str, why: &str) -> Finding {
    Finding::new(Code::Unreadable, format!("cannot read the file: {why}"))
        .in_path(path)
        .help("check its name and permissions, and that it is UTF-8 text")
}

fn read(
    (path, folder): &Listed,
    (request, day_first): (&Request, Option<bool>),
    outcome: &mut Outcome,
    unknown: &mut Vec<String>,
) -> Option<Read> {
    let name = shown(path);
    let text = match text_of(path) {
        Ok(text) => Arc::new(SourceText { path: name.clone(), text }),
        Err(why) => {
            outcome.findings.push(unreadable(&name, &why));
            return None;
        }
    };
    if let Some(conflict) = formats::conflict(&text.text) {
        outcome.findings.push(conflict.in_source(&text));
        return None;
    }
    let format = request.format.or_else(|| formats::detect(&text.text, &name));
    if format.is_none() && folder.is_some() {
        unknown.push(name);
        return None;
    }
    outcome.sources.push(Source {
        path: name,
        format,
        digests: 0,
        entries: 0,
        titles: Vec::new(),
        is_post: false,
    });
    let folder = folder.as_deref().unwrap_or_default();
    let Some(format) = format else {
        let finding = Finding::new(Code::UnknownFormat, "no reader recognises this text");
        let help = "name the format instead of `auto`; where it is nothing but addresses, give them to `offprint add`";
        outcome.findings.push(finding.in_source(&text).help(help));
        return None;
    };
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut reading = understood(format, &text, (&stem, folder, day_first), (request, outcome));
    let pictures = match reading.digests.iter().all(|digest| digest.date.is_some()) {
        true if reading.page.is_some() => pictures::of_copy(&text.text, path, ""),
        true => pictures::of_digests(&mut reading.digests, path, folder),
        false => pictures::of_copy(&text.text, path, &format!("{}/", plan::UNDATED)),
    };
    let place = (path.clone(), folder.to_owned());
    Some(Read { text, stem, format, reading, pictures, place })
}

/// Hands a text to its reader; notes how much it holds and what was odd.
fn understood(
    format: &Format,
    text: &Arc<SourceText>,
    (stem, folder, day_first): (&str, &str, Option<bool>),
    (request, outcome): (&Request, &mut Outcome),
) -> Reading {
    let &Request { date, year, ref languages, ref names, ref date_from, ref permalinks, .. } =
        request;
    let hints = Hints {
        stem,
        folder,
        date,
        year,
        languages,
        names,
        date_from,
        permalinks,
        day_first,
        foreign: true,
        ..Hints::default()
    };
    let mut reading = formats::read(format, &text.text, &hints);
    let mut findings = std::mem::take(&mut reading.findings);
    let before = reading.digests.len() + usize::from(reading.page.is_some());
    reading.digests.retain(|digest| !is_private(&digest.meta));
    reading.page.take_if(|page| is_private(&page.meta));
    if before > reading.digests.len() + usize::from(reading.page.is_some()) {
        let message = "it says that it is not to be published, so it was not imported";
        findings.push(Finding::new(Code::HeldBack, message));
    }
    if let Some(source) = outcome.sources.last_mut() {
        source.digests = reading.digests.len();
        source.entries = reading.digests.iter().map(|digest| digest.entries.len()).sum();
        let entries = reading.digests.iter().flat_map(|digest| &digest.entries);
        source.is_post = reading.page.as_ref().is_some_and(|page| page.date.is_some());
        source.titles = entries.take(3).map(|entry| entry.title.clone()).collect();
    }
    if reading.digests.is_empty() && reading.page.is_none() && findings.is_empty() {
        let finding =
            Finding::new(Code::Unplaced, format!("nothing to import was found as `{format}`"));
        findings.push(finding.help("check the format; `auto` tells it from the text"));
    }
    findings.extend(nothing_read(&reading, &text.text, &findings));
    outcome.findings.extend(findings.into_iter().map(|finding| softened(finding).in_source(text)));
    reading
}

fn is_private(meta: &Meta) -> bool {
    meta.publish == Some(false)
}

/// That a text names papers by their addresses, and none was read of it.
fn nothing_read(reading: &Reading, text: &str, said: &[Finding]) -> Option<Finding> {
    let told = said.iter().any(|finding| finding.severity() != Severity::Note);
    if told || reading.digests.iter().any(|digest| !digest.entries.is_empty()) {
        return None;
    }
    let papers = || {
        prose::mentions(text).into_iter().filter(|found| matches!(found.target, Target::Paper(_)))
    };
    let first = papers().next()?;
    let message =
        format!("no paper was read, though {} of papers are in it", plural(papers().count()));
    let help = "put each paper under a heading of its own, with its address on a line below it";
    Some(Finding::new(Code::NothingRead, message).at(first.span).help(help))
}

fn plural(addresses: usize) -> String {
    if addresses == 1 { "an address".to_owned() } else { format!("{addresses} addresses") }
}

/// A text that another program wrote has keys of that program, whatever they look like.
fn softened(mut finding: Finding) -> Finding {
    if finding.code == Code::UnknownKey {
        finding.code = Code::OwnKey;
    }
    finding
}

/// The whole text without a byte order mark.
fn text_of(path: &Path) -> Result<String, String> {
    let bytes = if is_handed_over(path) {
        File::open(path).and_then(|pipe| disk::within(pipe, limits::TEXT))
    } else {
        disk::read(path, limits::TEXT)
    };
    let bytes = bytes.map_err(|error| reason(&error))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        format!("it is not UTF-8 text from byte {} on", error.utf8_error().valid_up_to())
    })?;
    Ok(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned))
}

/// A pipe that a shell opened for the program (`import auto <(curl …)`): it has a writer, so that reading it ends.
#[cfg(unix)]
fn is_handed_over(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    let of_shell = path == Path::new("/dev/stdin")
        || path.starts_with("/dev/fd")
        || path.starts_with("/proc/self/fd");
    of_shell && path.metadata().is_ok_and(|about| about.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_handed_over(_: &Path) -> bool {
    false
}

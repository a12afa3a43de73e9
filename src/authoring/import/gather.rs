//! Reads the sources of an import from the disk and hands each text to its reader. Writes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::aside::Aside;
use super::machinery::{self, Machinery};
use super::pictures::{self, Picture};
use super::{Outcome, Request, Source, blogger, journals, plan, siblings};
use crate::diagnostic::{Code, Finding, Severity, SourceText, reason};
use crate::formats::{self, FORMATS, Format, Hints, LIST, MARKDOWN, NOTES, Reading};
use crate::model::limits;
use crate::model::{Digest, Meta};
use crate::prose::{self, Target};
use crate::site::diary;
use crate::system::disk;

/// A text that was read, and what it says.
pub(super) struct Read {
    pub text: Arc<SourceText>,
    pub stem: String,
    pub format: &'static Format,
    pub reading: Reading,
    /// What its texts show.
    pub pictures: Vec<Picture>,
    /// Whether it is copied into the folder that it is in, beside them.
    pub keeps_folder: bool,
    /// Whether it was named itself.
    pub(super) is_named: bool,
    /// Whether it is a note only for what stands beside it, so that nobody would take a copy of it for one.
    pub(super) is_among_notes: bool,
    /// Where it is, and its folders below what was named.
    pub(super) place: (PathBuf, String),
}

impl Read {
    /// A text as it was read, before anything is known of what stands beside it.
    fn new(
        (text, stem): (Arc<SourceText>, String),
        (format, reading): (&'static Format, Reading),
        is_named: bool,
        place: (PathBuf, String),
    ) -> Self {
        Self {
            text,
            stem,
            format,
            reading,
            pictures: Vec::new(),
            keeps_folder: false,
            is_named,
            is_among_notes: false,
            place,
        }
    }

    /// Finds the pictures that it shows, and where they will stand.
    pub(super) fn show(&mut self) {
        let (path, folder) = (&self.place.0, self.place.1.as_str());
        let is_dated = self.reading.digests.iter().all(|digest| digest.date.is_some());
        if is_dated && self.reading.page.is_none() {
            self.pictures = pictures::of_digests(&mut self.reading.digests, path, folder);
            return;
        }
        // What is copied as it is stands in its folder where it shows pictures: those of two folders may be called alike.
        let top = if is_dated { "" } else { plan::UNDATED };
        self.pictures = pictures::of_copy(&self.text.text, path, (top, folder));
        self.keeps_folder = !self.pictures.is_empty();
    }
}

/// Reads every source; notes them and what was odd in the outcome.
pub(super) fn gather(request: &Request, outcome: &mut Outcome) -> Vec<Read> {
    let mut files = Vec::new();
    let mut aside = Aside::default();
    for path in &request.paths {
        list(path, (&mut files, &mut aside), &mut outcome.findings);
    }
    let day_first = order(&files);
    let mut read = read_all(&files, (request, day_first), outcome, &mut aside);
    journals::leave(&mut read, outcome, &mut aside);
    give_notes(&mut read, request);
    leave_repository(&mut read, outcome, &mut aside);
    let siblings = siblings::take(&mut read, request, outcome);
    outcome.findings.extend(siblings);
    outcome.findings.extend(blogger::set_apart(&mut read));
    outcome.findings.extend(aside.findings());
    read
}

/// Reads files beside each other; what each says is gathered in their order.
fn read_all(
    files: &[Listed],
    how: (&Request, Option<bool>),
    outcome: &mut Outcome,
    aside: &mut Aside,
) -> Vec<Read> {
    let parts: Vec<_> = files
        .par_iter()
        .map(|file| {
            let (mut outcome, mut aside) = (Outcome::default(), Aside::default());
            (read(file, how, &mut outcome, &mut aside), outcome, aside)
        })
        .collect();
    let mut all = Vec::with_capacity(parts.len());
    for (read, own, left) in parts {
        all.extend(read);
        outcome.sources.extend(own.sources);
        outcome.findings.extend(own.findings);
        aside.add(left);
    }
    all
}

/// Whether the texts have the day first in dates such as `3/12/2025`; one alone says so itself.
fn order(files: &[Listed]) -> Option<bool> {
    let several = files.iter().filter(|(path, _)| files.len() > 1 && path.is_file());
    let of_name = |path: &Path| formats::day_first(&path.file_stem()?.to_string_lossy());
    formats::day_first_of(several.map(|(path, _)| {
        text_of(path).ok().and_then(|text| formats::day_first(&text)).or_else(|| of_name(path))
    }))
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
                if are_fuller(&said.authors, &entry.authors) {
                    entry.authors = said.authors;
                }
                entry.body.extend(said.body);
            }
            given.insert(page);
        }
        all[list].reading.digests = digests;
    }
    let mut numbers = 0..;
    all.retain(|_| numbers.next().is_none_or(|number| !given.contains(&number)));
}

/// Whether names are those of the same people in full, or of more of them: `Ada Wick, Bo Flame` for `Wick et al.`
fn are_fuller(names: &[String], known: &[String]) -> bool {
    let is_told = |known: &String| names.iter().any(|name| name.ends_with(known.as_str()));
    names.len() >= known.len() && known.iter().all(is_told)
}

/// Leaves out what a repository says of itself: pages about no paper, called as every repository calls them.
fn leave_repository(all: &mut Vec<Read>, outcome: &mut Outcome, aside: &mut Aside) {
    all.retain(|read| {
        let is_page = read.reading.page.is_some() && read.reading.digests.is_empty();
        // What is called after its folder may say anything.
        let is_index = formats::own_name(&read.stem, &read.place.1) != read.stem;
        let is_of_it = !is_index
            && machinery::is_of_repository(&read.stem)
            && !diary::names_paper(&read.text.text);
        let leave = is_page && !read.is_named && is_of_it;
        if leave {
            outcome.sources.retain(|source| source.path != read.text.path);
            aside.repository.push(read.text.path.clone());
        }
        !leave
    });
}

/// A text as the note that a list says it is.
pub(super) fn as_note(read: &Read, request: &Request) -> Option<Digest> {
    let hints = Hints {
        stem: &read.stem,
        folder: &read.place.1,
        languages: &request.languages,
        names: &request.names,
        date_from: &request.date_from,
        foreign: true,
        ..Hints::default()
    };
    formats::read(NOTES, &read.text.text, &hints).digests.into_iter().next()
}

/// A file, and its folders below what was named; nothing where the file itself was.
type Listed = (PathBuf, Option<String>);

/// Files in the order of their names, folders after the files they are named behind.
fn list(path: &Path, (files, aside): (&mut Vec<Listed>, &mut Aside), findings: &mut Vec<Finding>) {
    let machinery = Machinery::default();
    let mut left = Vec::new();
    let visible = WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(|entry| {
        if entry.depth() == 0 {
            return true;
        }
        let why = machinery.of_entry(entry);
        left.extend(why.map(|why| (why, shown(entry.path()))));
        why.is_none() && !disk::is_hidden(&entry.file_name().to_string_lossy())
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
                *aside.endings.entry(ending).or_default() += 1;
            }
            Ok(_) => {}
            Err(error) => {
                let place = shown(error.path().unwrap_or(path));
                let why = error.io_error().map_or_else(|| error.to_string(), reason);
                findings.push(unreadable(&place, &why));
            }
        }
    }
    for (why, path) in left {
        aside.of(why).push(path);
    }
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

/// The text of a file, without bytes of zero, which no text has.
fn source(path: &Path, name: &str, outcome: &mut Outcome) -> Option<Arc<SourceText>> {
    let said = text_of(path).map_err(|why| outcome.findings.push(unreadable(name, &why))).ok()?;
    let text = Arc::new(SourceText { path: name.to_owned(), text: said });
    let zeros = text.text.matches('\0').count();
    if zeros == 0 {
        return Some(text);
    }
    let message = format!("{zeros} × a byte of zero, which no text has, was left out");
    outcome.findings.push(Finding::new(Code::LeftOut, message).in_source(&text));
    Some(Arc::new(SourceText { path: name.to_owned(), text: text.text.replace('\0', "") }))
}

fn read(
    (path, folder): &Listed,
    (request, day_first): (&Request, Option<bool>),
    outcome: &mut Outcome,
    aside: &mut Aside,
) -> Option<Read> {
    let name = shown(path);
    let text = source(path, &name, outcome)?;
    if let Some(conflict) = formats::conflict(&text.text) {
        outcome.findings.push(conflict.in_source(&text));
        return None;
    }
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    if folder.is_some()
        && MARKDOWN.has_extension(&ending)
        && let Some(left) = aside.of_programs(&text.text)
    {
        left.push(name);
        return None;
    }
    if text.text.trim().is_empty() {
        match folder {
            Some(_) => aside.empty.push(name),
            None => outcome.findings.push(empty(&text)),
        }
        return None;
    }
    let format = request.format.or_else(|| formats::detect(&text.text, &name));
    // What has front matter and another ending is a page in the making of a generator.
    let is_made = format == Some(MARKDOWN) && request.format.is_none() && !formats::is_prose(&name);
    if (format.is_none() || is_made) && folder.is_some() {
        aside.unknown.push(name);
        return None;
    }
    outcome.sources.push(Source {
        path: name,
        format,
        digests: 0,
        entries: 0,
        titles: Vec::new(),
        is_post: false,
        is_page: false,
    });
    let Some(format) = format else {
        let finding = Finding::new(Code::UnknownFormat, "no reader recognises this text");
        let help = "name the format instead of `auto`; where it is nothing but addresses, give them to `offprint add`";
        outcome.findings.push(finding.in_source(&text).help(help));
        return None;
    };
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let is_named = folder.is_none();
    let folder = folder.as_deref().unwrap_or_default();
    let reading = understood(format, &text, (&stem, folder, day_first), (request, outcome));
    let own_name = formats::own_name(&stem, folder);
    if !is_named && diary::is_day(&reading, &text.text, format, own_name) {
        aside.diary.push(text.path.clone());
        outcome.sources.pop();
        return None;
    }
    let place = (path.clone(), folder.to_owned());
    let mut read = Read::new((text, stem), (format, reading), is_named, place);
    read.show();
    Some(read)
}

fn empty(text: &Arc<SourceText>) -> Finding {
    let finding = Finding::new(Code::Empty, "has nothing in it, so it was left out");
    finding.in_source(text).help("write something into it, or remove it")
}

/// Hands a text to its reader; notes how much it holds and what was odd.
fn understood(
    format: &Format,
    text: &Arc<SourceText>,
    (stem, folder, day_first): (&str, &str, Option<bool>),
    (request, outcome): (&Request, &mut Outcome),
) -> Reading {
    let &Request { date, year, ref languages, ref names, ref permalinks, .. } = request;
    let is_library = request.date_from.is_empty() && formats::is_library(format);
    let date_from = if is_library { &request.dates_of_libraries } else { &request.date_from };
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
        source.is_page = reading.page.is_some() && !source.is_post;
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
    let message = format!("no paper was read, though {} of papers in it", plural(papers().count()));
    let help = "put each paper under a heading of its own, with its address on a line below it";
    Some(Finding::new(Code::NothingRead, message).at(first.span).help(help))
}

fn plural(addresses: usize) -> String {
    if addresses == 1 {
        "there is an address".to_owned()
    } else {
        format!("there are {addresses} addresses")
    }
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

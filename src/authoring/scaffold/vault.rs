//! An Obsidian vault as a source: where in it the notes on papers are, and what languages they are in.

mod globs;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use walkdir::WalkDir;

use super::super::import::machinery::{self, Machinery};
use super::super::import::{blogger, journals};
use super::paths::{around_pictures, narrow, wider};
use super::{embeds, languages};
use crate::content::source;
use crate::formats::{self, Format, Hints, LIST, MARKDOWN, NOTES};
use crate::model::Lang;
use crate::site::diary;
use crate::system::disk;

/// As much of a note as tells what it is.
const HEAD: u64 = 16 << 10;
/// Files that are looked at; who starts a site in a folder with more waits no longer for it.
const MANY: usize = 100_000;
/// The day of the paper, which stands for that of a note where most say no other.
const PUBLISHED: &str = "published";
/// The same of which only the year is known.
const YEAR: &str = "year";
/// The year that a folder is called after.
const FOLDER: &str = "folder";
/// What dates come from that nothing says.
const NOTHING: &str = "nothing";

/// A folder of notes on papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vault {
    /// The folder that holds nearly all of the notes.
    pub folder: Utf8PathBuf,
    /// Notes on papers in it.
    pub notes: usize,
    /// Other texts in it.
    pub others: usize,
    /// Those of them that stand beside notes and have titles as these do: notes that name no paper, where they are few.
    pub untold: usize,
    /// Lists of papers, wherever in the vault they are.
    pub lists: usize,
    /// Whether one of these says the days of notes that it links.
    pub is_dated_by_list: bool,
    /// Languages that many of the notes are written in, the commonest first.
    pub languages: Vec<Lang>,
    /// Whether an editor of vaults has marked it.
    pub is_marked: bool,
    /// Globs of what is to be read where the folder is not for papers alone; empty for everything.
    pub include: Vec<String>,
    /// Globs of what in it is no text of its writer's: templates, and what programs made or repositories say.
    pub exclude: Vec<String>,
    /// Where its notes have their dates from, the commonest first.
    pub dates: Vec<(&'static str, usize)>,
    /// What its notes say of their papers, the commonest first.
    pub fields: Vec<(String, usize)>,
    /// The titles of the first three.
    pub titles: Vec<String>,
    /// The name that stands as author in nearly all of its notes, and in how many.
    pub writer: Option<(String, usize)>,
    /// Folders elsewhere in the vault with texts that the notes show, and how many they show of each.
    pub embedded: Vec<(Utf8PathBuf, usize)>,
}

/// What a text of the vault is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Note,
    /// A list of papers, or something else that names them.
    List,
    /// Notes begin as its copies, or a program took it out of a PDF.
    Template,
    /// The page of a folder with notes, about no paper.
    Index,
    /// It begins with a title, and has no day.
    Titled,
    Other,
}

/// A text of the vault: where it is, what, and its languages.
struct Text {
    path: Utf8PathBuf,
    what: What,
    /// Whether it names a paper anywhere.
    names_paper: bool,
    /// Whether it is a list with the days of notes that it links.
    dates_notes: bool,
    languages: Vec<Lang>,
    told: Option<Told>,
}

/// What a note tells of its paper.
struct Told {
    title: String,
    date: &'static str,
    fields: Vec<String>,
    /// The only author that its front matter says.
    author: Option<String>,
    /// Names of texts that it shows: `![[Name]]`.
    embeds: Vec<String>,
    /// The folder around the note and the pictures that it shows from other folders.
    around: Option<Utf8PathBuf>,
}

/// What dates are to be taken from: where a text says no day of its own, that of its paper, if there are such texts.
fn date_from(dates: &[(&str, usize)]) -> Vec<String> {
    let count = |of: &dyn Fn(&str) -> bool| -> usize {
        dates.iter().filter(|(from, _)| of(from)).map(|(_, count)| count).sum()
    };
    let said: Vec<&str> = [PUBLISHED, YEAR, FOLDER]
        .into_iter()
        .filter(|name| count(&|from| from == *name) > 0)
        .collect();
    let own = (!said.is_empty()).then_some("date");
    own.into_iter().chain(said).map(str::to_owned).collect()
}

/// The vault that a folder is in, if it is in one.
pub fn around(folder: &Utf8Path) -> Option<&Utf8Path> {
    folder.ancestors().find(|folder| source::is_vault(folder.as_std_path()))
}

impl Vault {
    /// What dates are to be taken from, where the usual order finds few. A list that links the notes may say their days.
    pub fn date_from(&self) -> Vec<String> {
        if self.is_dated_by_list { Vec::new() } else { date_from(&self.dates) }
    }

    /// Whether everything in it is a note, though some of them name no paper.
    pub fn is_of_notes(&self) -> bool {
        self.untold == self.others && self.others * 2 <= self.notes
    }

    /// Looks through a folder; `None` where no text in it is a note on a paper.
    pub fn look(top: &Utf8Path) -> Option<Self> {
        let (mut texts, mut others) = texts(top);
        take_filed(&mut texts, top);
        leave_journals(&mut texts, &mut others);
        mark_indexes(&mut texts);
        let is_marked = is_marked(top);
        let notes = texts.iter().filter(|text| text.is(What::Note)).count();
        let wanted = texts
            .iter()
            .filter(|text| text.is(What::Note) || text.is(What::List) && !is_marked)
            .map(|text| text.path.as_path())
            .collect();
        let folder = narrow(top, wanted, if is_marked { 9 } else { 10 }).filter(|_| notes > 0)?;
        let around = texts.iter().filter_map(|text| text.told.as_ref()?.around.clone());
        let folder =
            around.filter(|around| !is_marked && around.starts_with(top)).fold(folder, wider);
        let mut exclude = globs::excluded(&folder, &texts, &others);
        let inside =
            texts.iter().filter(|text| text.path.starts_with(&folder) && !text.is_left(&folder));
        let notes = inside.clone().filter(|text| text.is(What::Note)).count();
        let others = inside.clone().count() - notes;
        let lists = texts.iter().filter(|text| text.is(What::List)).count();
        let shelves: BTreeSet<_> =
            inside.clone().filter(|text| text.is(What::Note)).filter_map(Text::shelf).collect();
        let is_beside = |text: &&Text| text.shelf().is_some_and(|shelf| shelves.contains(&shelf));
        let untold = inside.clone().filter(|text| text.is(What::Titled)).filter(is_beside).count();
        let is_dated_by_list = inside.clone().any(|text| text.dates_notes);
        let languages = languages::common(
            inside.clone().filter(|text| text.is(What::Note)).map(|text| text.languages.as_slice()),
            notes,
        );
        let mut include = Vec::new();
        if is_marked {
            let (wanted, unwanted) = globs::of_vault(&folder, inside.clone());
            include = wanted;
            exclude.extend(unwanted);
        }
        let told: Vec<_> = inside.filter_map(|text| text.told.as_ref()).collect();
        let titles = told.iter().take(3).map(|told| told.title.clone()).collect();
        let dates = counted(told.iter().map(|told| told.date));
        let fields = counted(told.iter().flat_map(|told| told.fields.iter().cloned()));
        let writer = blogger::writer(told.iter().filter_map(|told| told.author.clone()), notes);
        let embedded = embedded(&folder, &texts, &told);
        Some(Self {
            folder,
            notes,
            others,
            untold,
            lists,
            is_dated_by_list,
            languages,
            is_marked,
            include,
            exclude,
            dates,
            fields,
            titles,
            writer,
            embedded,
        })
    }
}

/// Whether a folder is a vault, or holds the pages of a graph.
fn is_marked(top: &Utf8Path) -> bool {
    let graph = top.parent().filter(|_| top.ends_with("pages"));
    [Some(top), graph].into_iter().flatten().any(|folder| source::is_vault(folder.as_std_path()))
}

/// The texts below a folder, and the folders and files there that are none.
fn texts(top: &Utf8Path) -> (Vec<Text>, Vec<Utf8PathBuf>) {
    let machinery = Machinery::default();
    let mut left = Vec::new();
    let walk = WalkDir::new(top).sort_by_file_name().into_iter().filter_entry(|entry| {
        let is_left = entry.depth() > 0 && machinery.of_entry(entry).is_some();
        if is_left {
            let folder = if entry.file_type().is_dir() { "**" } else { "" };
            left.extend(Utf8Path::from_path(entry.path()).map(|path| path.join(folder)));
        }
        entry.depth() == 0 || !is_left && !disk::is_hidden(&entry.file_name().to_string_lossy())
    });
    let files = walk.flatten().filter(|entry| entry.file_type().is_file());
    let files = files.take(MANY);
    let paths = files.filter_map(|entry| Utf8PathBuf::from_path_buf(entry.into_path()).ok());
    let paths: Vec<Utf8PathBuf> =
        paths.filter(|path| formats::FORMATS.iter().any(|format| is_of(path, format))).collect();
    // What a program wrote is read beside the notes where it names papers.
    let texts = paths
        .into_par_iter()
        .map(|path| text(path, top))
        .filter(|text| text.is(What::List) || is_of(&text.path, MARKDOWN))
        .collect();
    (texts, left)
}

/// Takes for notes what is called as reference managers call files of papers, where some are called so beyond doubt.
fn take_filed(texts: &mut [Text], top: &Utf8Path) {
    let filed = |text: &Text| formats::filed(text.path.file_stem().unwrap_or_default());
    let mut folders: BTreeMap<Utf8PathBuf, usize> = BTreeMap::new();
    for (text, signs) in texts.iter().filter_map(|text| Some((text, filed(text)?))) {
        *folders.entry(text.path.with_file_name("")).or_default() += signs;
    }
    let is_of_files = |path: &Utf8Path| {
        folders.get(&path.with_file_name("")).is_some_and(|count| *count >= formats::FILED)
    };
    for text in texts.iter_mut().filter(|text| text.is(What::Titled) || text.is(What::Other)) {
        if filed(text).is_some() && is_of_files(&text.path) {
            text.told = told(&head(text.path.as_std_path()), (&text.path, top));
            text.what = if text.told.is_some() { What::Note } else { text.what };
        }
    }
}

/// Leaves out the diaries of graphs whose pages are notes.
fn leave_journals(texts: &mut Vec<Text>, others: &mut Vec<Utf8PathBuf>) {
    let about = texts.iter().filter(|text| text.is(What::Note) || text.names_paper);
    let about = about.map(|text| (text.path.as_std_path(), text.is(What::Note)));
    let folders = journals::folders(about);
    let is_day = |text: &Text| {
        let path = text.path.as_std_path();
        journals::holds(&folders, path) && diary::is_untitled(&head(path))
    };
    let (days, kept): (Vec<_>, Vec<_>) = std::mem::take(texts).into_iter().partition(is_day);
    *texts = kept;
    for folder in folders.into_iter().filter_map(|path| Utf8PathBuf::from_path_buf(path).ok()) {
        let mut own = days.iter().map(|day| &day.path).filter(|path| path.starts_with(&folder));
        if texts.iter().any(|text| text.path.starts_with(&folder)) {
            others.extend(own.cloned());
        } else if own.next().is_some() {
            others.push(folder.join("**"));
        }
    }
}

/// Tells the pages of folders in which notes stand: `index.md` beside them is about none of their papers.
fn mark_indexes(texts: &mut [Text]) {
    let notes = texts.iter().filter(|text| text.is(What::Note));
    let folders: BTreeSet<Utf8PathBuf> =
        notes.flat_map(|text| text.path.ancestors().skip(1)).map(Utf8Path::to_owned).collect();
    for text in texts.iter_mut().filter(|text| text.is(What::Titled) || text.is(What::Other)) {
        let stem = text.path.file_stem().unwrap_or_default();
        let is_index = formats::is_index(stem.trim_start_matches('_'));
        let holds_notes = text.path.parent().is_some_and(|folder| folders.contains(folder));
        if is_index && holds_notes && !text.names_paper {
            text.what = What::Index;
        }
    }
}

impl Text {
    fn is(&self, what: What) -> bool {
        self.what == what
    }

    /// What it stands in: its folder, or that of its folder where each text has one.
    fn shelf(&self) -> Option<(&Utf8Path, bool)> {
        let is_index = formats::is_index(self.path.file_stem()?);
        let folder = self.path.parent()?;
        Some((if is_index { folder.parent()? } else { folder }, is_index))
    }

    /// Whether it is to be left out: a template, the text of a PDF, or what a repository says of itself.
    fn is_left(&self, folder: &Utf8Path) -> bool {
        // What is called after a folder of its own may say anything.
        let is_index = self.path.parent().is_some_and(|own| own != folder)
            && formats::is_index(self.path.file_stem().unwrap_or_default());
        let is_read = self.is(What::Note) || self.is(What::List) || self.names_paper;
        let is_page = !is_read && !is_index;
        self.is(What::Template)
            || self.is(What::Index)
            || is_page && machinery::is_of_repository(self.path.file_stem().unwrap_or_default())
    }
}

/// Whether a file's name ends as those of a format do.
fn is_of(path: &Utf8Path, format: &Format) -> bool {
    path.extension().is_some_and(|kind| format.has_extension(kind))
}

/// How a text begins; nothing where it cannot be read: the build says why.
pub(super) fn head(path: &Path) -> String {
    let mut bytes = Vec::new();
    let _ = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut bytes));
    String::from_utf8_lossy(&bytes).into_owned()
}

fn text(path: Utf8PathBuf, top: &Utf8Path) -> Text {
    let stem = path.file_stem().unwrap_or_default();
    let head = head(path.as_std_path());
    let format = formats::detect(&head, path.as_str());
    let is_template = is_of(&path, MARKDOWN)
        && (machinery::waits_for_title(&head) || machinery::is_of_pdf(&head));
    let format = format.filter(|_| !is_template);
    let told = if format == Some(NOTES) { told(&head, (&path, top)) } else { None };
    let names_paper = diary::names_paper(&head);
    // A day with papers below headings is none of a writer's other texts either.
    let is_digest = || {
        let read = Hints { stem, foreign: true, ..Hints::default() };
        let mut read = formats::read(MARKDOWN, &head, &read).digests.into_iter();
        read.any(|digest| digest.entries.iter().any(|entry| !entry.ids().is_empty()))
    };
    let is_day = names_paper && format == Some(MARKDOWN) && formats::is_dated(stem) && is_digest();
    let is_list = is_day || format.is_some_and(|format| ![NOTES, MARKDOWN].contains(&format));
    let is_page = !formats::is_dated(stem) && !stem.starts_with('_');
    let what = if is_template {
        What::Template
    } else if told.is_some() {
        What::Note
    } else if is_list {
        What::List
    } else if is_page && (formats::is_titled(&head) || formats::filed(stem).is_some()) {
        What::Titled
    } else {
        What::Other
    };
    let dates_notes = format == Some(LIST) && {
        let read = formats::read(LIST, &head, &Hints { stem, ..Hints::default() });
        let mut dated = read.digests.iter().filter(|digest| digest.date.is_some());
        dated.any(|digest| digest.entries.iter().any(|entry| entry.field("note").is_some()))
    };
    Text { path, what, names_paper, dates_notes, languages: languages::of(&head), told }
}

/// What a note tells; nothing where it is about no paper: an address may lead to anything.
fn told(head: &str, (path, top): (&Utf8Path, &Utf8Path)) -> Option<Told> {
    let below = path.strip_prefix(top).ok().and_then(Utf8Path::parent).map_or("", Utf8Path::as_str);
    let folder = path.parent().map_or("", Utf8Path::as_str);
    let hints = Hints { stem: path.file_stem().unwrap_or_default(), folder, ..Hints::default() };
    let named = formats::is_dated(hints.stem);
    let reading = formats::read(NOTES, head, &hints);
    if diary::is_day(&reading, head, NOTES, hints.stem) {
        return None;
    }
    let mut digest = reading.digests.into_iter().next()?;
    let entry = digest.entries.pop()?;
    let date = match digest.date {
        Some(_) if named => "names of files",
        Some(_) => "the notes",
        None if entry.field(PUBLISHED).is_some() => PUBLISHED,
        None if entry.field(YEAR).is_some() => YEAR,
        None if formats::year_of(below).is_some() => FOLDER,
        None => NOTHING,
    };
    let is_published = entry.field("year").or_else(|| entry.field("venue")).is_some();
    if !named && entry.ids().is_empty() && entry.authors.is_empty() && !is_published {
        return None;
    }
    let known = [
        ("authors", !entry.authors.is_empty()),
        ("link", !entry.links.is_empty()),
        ("tags", !entry.tags.is_empty()),
    ];
    let known = known.iter().filter(|(_, is_said)| *is_said).map(|(name, _)| (*name).to_owned());
    let others = entry
        .fields
        .iter()
        .map(|(name, _)| name.clone())
        .filter(|name| name != "note" && name != "see");
    let fields = known
        .chain(entry.abstract_text.is_some().then(|| "abstract".to_owned()))
        .chain(others)
        .collect();
    let author =
        blogger::author(head).filter(|name| matches!(&*entry.authors, [own] if own == name));
    let around = around_pictures(head, path);
    Some(Told { title: entry.title, date, fields, author, embeds: embeds::names(head), around })
}

/// The folders outside of that of the notes with texts that these show, and how many they show.
fn embedded(folder: &Utf8Path, texts: &[Text], told: &[&Told]) -> Vec<(Utf8PathBuf, usize)> {
    let names: BTreeSet<&str> =
        told.iter().flat_map(|told| &told.embeds).map(String::as_str).collect();
    let outside =
        texts.iter().filter(|text| !text.path.starts_with(folder) && !text.is_left(folder));
    let shown =
        outside.filter(|text| text.path.file_stem().is_some_and(|name| names.contains(name)));
    counted(shown.filter_map(|text| text.path.parent()).map(Utf8Path::to_owned))
}

/// What there is of each, the commonest first.
fn counted<T: Ord>(all: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    all.for_each(|one| *counts.entry(one).or_default() += 1);
    let mut counts: Vec<(T, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

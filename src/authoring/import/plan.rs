//! Decides what documents an import makes: digests of one date and format become one. Touches no disk.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::gather::Read;
use crate::diagnostic::{Code, Finding, Severity, SourceText};
use crate::formats::writer;
use crate::formats::{self, Format, Hints, MARKDOWN, Maker, NOTES, detect};
use crate::model::route::slug;
use crate::model::{Digest, Entry, InMenu, Meta, Page, PaperId};

/// Where texts without a date go, below the target folder.
pub(super) const UNDATED: &str = "undated";

/// A file to write.
pub(super) struct Document {
    /// Names below the target folder, best first, without extension: the first that is free is taken.
    pub names: Vec<String>,
    pub text: String,
    pub entries: usize,
}

/// A digest being put together from several sources.
struct Group {
    date: Date,
    format: &'static Format,
    digest: Digest,
}

/// All documents of the readings: those with a date by date, then the rest as they came.
pub(super) fn documents(readings: Vec<Read>, findings: &mut Vec<Finding>) -> Vec<Document> {
    let mut groups: Vec<Group> = Vec::new();
    let mut unchanged = Vec::new();
    let mut addresses: FxHashSet<(Date, String)> = FxHashSet::default();
    for read in readings {
        let Read { text, stem, format, reading, place, keeps_folder, is_among_notes, .. } = read;
        let name = Name {
            stem: formats::own_name(&stem, &place.1),
            folder: if keeps_folder { &place.1 } else { "" },
            beside: place.1.rsplit('/').next().unwrap_or_default(),
        };
        if let Some(page) = &reading.page {
            let address = page.date.map(|date| (date, slug(formats::undated(name.stem))));
            let is_free = page.meta.about.slug.is_some()
                || address.is_none_or(|address| addresses.insert(address));
            unchanged.push(if is_free { copy(page, &text, name) } else { apart(page, name) });
        }
        for mut digest in reading.digests {
            if format == NOTES {
                keep_name(&mut digest, &stem);
            }
            match digest.date {
                Some(date) => groups.push(Group { date, format, digest }),
                None => match undated((&text, is_among_notes), name, format, &digest) {
                    Ok(document) => unchanged.push(document),
                    Err(finding) => findings.push(*finding),
                },
            }
        }
    }
    joined(groups).iter().map(document).chain(unchanged).collect()
}

/// What a text is called that is copied, and the folders that it keeps; empty for none.
#[derive(Clone, Copy)]
struct Name<'a> {
    stem: &'a str,
    folder: &'a str,
    /// The folder that it was in, which tells texts of one name apart.
    beside: &'a str,
}

impl Name<'_> {
    fn below(self, top: &str) -> String {
        let parts = [top, self.folder, self.stem];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
    }

    /// The names that it may have below a folder, best first. A number behind one would make it look like a copy.
    fn all_below(self, top: &str) -> Vec<String> {
        let stem = format!("{}-{}", self.beside, self.stem);
        let other = Name { stem: &stem, ..self };
        let others = (!self.beside.is_empty()).then(|| other.below(top));
        std::iter::once(self.below(top)).chain(others).collect()
    }
}

/// A page or a post as it is; written anew where only the command line knows addresses that it had elsewhere, and where
/// front matter of another program would stop the site. One that is a folder with its pictures is called as the folder.
fn copy(page: &Page, text: &SourceText, name: Name<'_>) -> Document {
    let is_said = page.date.is_none()
        || page.meta.aliases.iter().all(|alias| text.text.contains(alias.as_str()));
    let hints = Hints { stem: name.stem, ..Hints::default() };
    let is_kept = is_said && has_no_error(&formats::read(MARKDOWN, &text.text, &hints));
    // Of what was written for another site, the menu holds what asks for it.
    let is_asked = page.date.is_some() || page.meta.about.menu.is_asked(name.stem);
    let kept = if is_asked {
        Some(text.text.clone())
    } else {
        formats::with_key(&text.text, "menu", "false")
    };
    let text = kept.filter(|_| is_kept).unwrap_or_else(|| {
        let mut page = page.clone();
        if !is_asked {
            page.meta.about.menu = InMenu::Shown(false);
        }
        writer::write_page(&page)
    });
    Document { names: name.all_below(""), text, entries: 0 }
}

/// A post whose address another post of its day has: it gets one of its own.
fn apart(page: &Page, name: Name<'_>) -> Document {
    let mut page = page.clone();
    page.meta.about.slug = Some(slug(name.stem));
    Document { names: name.all_below(""), text: writer::write_page(&page), entries: 0 }
}

/// An imported note can still be named by wikilinks.
fn keep_name(digest: &mut Digest, stem: &str) {
    for entry in &mut digest.entries {
        if entry.field("note").is_none() {
            entry.fields.push(("note".to_owned(), stem.to_owned()));
        }
    }
}

/// Digests of one date and format are one, in the order read, unless each has a title (or tags) of its own.
fn joined(mut groups: Vec<Group>) -> Vec<Group> {
    groups.sort_by_key(|group| (group.date, group.format.rank()));
    let mut joined: Vec<Group> = Vec::with_capacity(groups.len());
    for group in groups {
        let last = joined.last_mut().filter(|last| {
            // A draft stays one, and makes none of what it stands beside.
            let alike = last.digest.meta == group.digest.meta
                || group.digest.meta == Meta::default() && !last.digest.meta.draft;
            last.date == group.date && last.format == group.format && alike
        });
        match last {
            Some(last) => {
                last.digest.intro.extend(group.digest.intro);
                // Whoever keeps notes may keep two on a paper; lists, which may repeat each other, have one entry a date.
                if last.format.maker == Maker::Writer {
                    last.digest.entries.extend(group.digest.entries);
                } else {
                    add(&mut last.digest.entries, group.digest.entries);
                }
            }
            None => joined.push(group),
        }
    }
    joined
}

/// Adds entries to those of a date; what is about a paper among these goes to its entry.
fn add(entries: &mut Vec<Entry>, more: Vec<Entry>) {
    let mut known: FxHashMap<PaperId, usize> = FxHashMap::default();
    for (at, entry) in entries.iter().enumerate() {
        known.extend(entry.ids().into_iter().map(|id| (id, at)));
    }
    for entry in more {
        match entry.ids().iter().find_map(|id| known.get(id)) {
            Some(&at) => formats::join_entries(&mut entries[at], entry),
            None => entries.push(entry),
        }
    }
}

fn document(group: &Group) -> Document {
    let date = group.date.to_string();
    let names = vec![date.clone(), format!("{date}-{}", group.format)];
    Document { names, text: writer::write(&group.digest), entries: group.digest.entries.len() }
}

/// Native Markdown has a date. A note that says none is copied as it is, where it will be told for a note or a page; but one that
/// is a note only among others says so.
fn undated(
    (text, is_among_notes): (&Arc<SourceText>, bool),
    called: Name<'_>,
    format: &Format,
    digest: &Digest,
) -> Result<Document, Box<Finding>> {
    let name = called.below(UNDATED);
    // Where the site takes it for a page, it is one.
    let file = format!("{name}.md");
    if format == NOTES && !is_among_notes && is_kept_as_it_is(text, &file, called.stem) {
        return Ok(Document {
            names: called.all_below(UNDATED),
            text: text.text.clone(),
            entries: digest.entries.len(),
        });
    }
    // Whoever keeps papers may keep some of them without a day; a page that was copied had one.
    let is_list = format.maker != Maker::Page && !digest.entries.is_empty();
    if is_list || format == NOTES {
        return Ok(Document {
            names: called.all_below(UNDATED),
            text: writer::write(digest),
            entries: digest.entries.len(),
        });
    }
    let span = digest.entries.first().map_or(0..0, |entry| entry.span.clone());
    let finding = Finding::new(Code::BadDate, "no date is known, so nothing was written");
    Err(Box::new(finding.at(span).in_source(text).help("say the date with `--date`")))
}

/// Whether a file with this text and name would be read as the note that it is.
fn is_kept_as_it_is(text: &SourceText, file: &str, stem: &str) -> bool {
    let told = detect(&text.text, file);
    if told == Some(NOTES) {
        return true;
    }
    let hints = Hints { stem, ..Hints::default() };
    let read = formats::read(told.unwrap_or(MARKDOWN), &text.text, &hints);
    read.page.is_some() && has_no_error(&read)
}

fn has_no_error(read: &formats::Reading) -> bool {
    read.findings.iter().all(|finding| finding.severity() != Severity::Error)
}

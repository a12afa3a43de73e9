//! The texts of an entry's fields, decoded once, and the arXiv id that one of them may hold.

use super::split::{Field, Record};
use super::value::Values;
use crate::formats::arxiv;
use crate::model::PaperId;
use crate::model::record::{PEOPLE, sorted};

/// Fields that are more than a text, so that others read them.
const APART: &[&str] = &["author", "abstract"];

/// Fields about the record: who keeps it, since when, where its file lies, how a style or a page should show it.
const RECORD: &[&str] = &[
    "__markedentry",
    "abbr",
    "added-at",
    "adsnote",
    "adsurl",
    "altmetric",
    "bdsk-file-1",
    "bdsk-url-1",
    "bdsk-url-2",
    "bibsource",
    "bibtex_show",
    "biburl",
    "comment-owner",
    "creationdate",
    "crossref",
    "date-added",
    "date-modified",
    "dimensions",
    "file",
    "ids",
    "interhash",
    "intrahash",
    "mendeley-groups",
    "mendeley-tags",
    "modificationdate",
    "options",
    "owner",
    "preview",
    "priority",
    "ranking",
    "readstatus",
    "selected",
    "sortkey",
    "timestamp",
    "unique-id",
    "xref",
];

/// Texts by the names of their fields, in order; none is empty.
pub(in crate::formats) struct Texts<'a> {
    texts: Vec<(&'a str, String)>,
    /// With its version.
    pub arxiv: Option<String>,
}

impl<'a> Texts<'a> {
    pub(super) fn new(record: &'a Record<'_>, values: &Values) -> Self {
        let fields = record.fields.iter().filter(|field| !is_elsewhere(&field.name));
        Self::of(fields.map(|field| (field.name.as_str(), field_text(values, field))).collect())
    }

    /// Fields that are texts already.
    pub(in crate::formats) fn of(texts: Vec<(&'a str, String)>) -> Self {
        let mut texts = Self { texts, arxiv: None };
        texts.take_arxiv();
        texts.texts.retain(|(_, text)| !text.is_empty());
        texts
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| *known == name).map(|(_, text)| text)
    }

    pub(super) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.get(name))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, &str)> {
        self.texts.iter().map(|(name, text)| (*name, text.as_str()))
    }

    /// Takes the id out of every field that says it, for its link says it too.
    fn take_arxiv(&mut self) {
        let told = arxiv::ARCHIVES.iter().filter_map(|name| self.get(name)).any(arxiv::is_archive);
        for name in arxiv::FIELDS {
            let Some((_, text)) = self.texts.iter_mut().find(|(known, _)| known == name) else {
                continue;
            };
            // A bare number is arXiv's if it stands in `eprint`, and only pages if it stands there.
            let Some((id, rest)) = arxiv::said(text, told || *name == "eprint") else { continue };
            if self.arxiv.as_ref().is_none_or(|known| PaperId::parse(known) == PaperId::parse(&id))
            {
                *text = rest;
                self.arxiv.get_or_insert(id);
            }
        }
    }
}

fn field_text(values: &Values, field: &Field<'_>) -> String {
    if !PEOPLE.iter().any(|people| people.bibtex.contains(&field.name.as_str())) {
        return values.text(field);
    }
    let people = values.people(field);
    sorted(&people.persons, people.others)
}

fn is_elsewhere(name: &str) -> bool {
    APART.contains(&name) || RECORD.contains(&name)
}

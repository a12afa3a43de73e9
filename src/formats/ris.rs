//! RIS, which every reference manager exports: lines of a tag of two letters and a value, a record up to `ER`. Its fields
//! mean what those of BibTeX mean, and are read as these. Knows no disk.

use super::bibtex::{self, People, Reference, Texts};
use super::format::Sample;
use super::text::{Line, lines};
use super::{Format, Hints, Maker, Reading, escape_markdown, jats};
use crate::diagnostic::{Code, Finding};
use crate::model::{Entry, author};

/// The format.
pub(super) const FORMAT: &Format = &Format {
    name: "ris",
    about: "a library that a reference manager exported as RIS",
    extensions: &["ris"],
    maker: Maker::Program,
    detect: is_ris,
    read,
};

fn is_ris(sample: &Sample<'_>) -> bool {
    tag(sample.first_line()).is_some_and(|(tag, _)| tag == "TY")
}

/// Types of records, and the kinds of BibTeX that they are; the rest is `misc`.
const KINDS: &[(&str, &str)] = &[
    ("ABST", "article"),
    ("BOOK", "book"),
    ("CHAP", "incollection"),
    ("CONF", "inproceedings"),
    ("CPAPER", "inproceedings"),
    ("EJOUR", "article"),
    ("JFULL", "article"),
    ("JOUR", "article"),
    ("MGZN", "article"),
    ("NEWS", "article"),
    ("RPRT", "techreport"),
    ("THES", "phdthesis"),
];

/// Tags and the fields of BibTeX that they are, best first; nothing for what is about the record. `venue` is the field that
/// the kind has for it.
const FIELDS: &[(&str, &str)] = &[
    ("TI", "title"),
    ("T1", "title"),
    ("CT", "title"),
    ("T2", "venue"),
    ("JF", "venue"),
    ("JO", "venue"),
    ("BT", "venue"),
    ("C3", "eventtitle"),
    ("T3", "series"),
    ("VL", "volume"),
    ("IS", "number"),
    ("M1", "number"),
    ("ET", "edition"),
    ("PB", "publisher"),
    ("A2", "editor"),
    ("ED", "editor"),
    ("SN", "issn"),
    ("SN", "isbn"),
    ("DO", "doi"),
    ("UR", "url"),
    ("L1", "pdf"),
    ("N1", "note"),
    ("RN", "annote"),
    ("KW", "keywords"),
    ("DA", "date"),
    ("PY", "date"),
    ("Y1", "date"),
    ("AD", "affiliation"),
    ("M3", "type"),
    ("AN", ""),
    ("AU", ""),
    ("A1", ""),
    ("AB", ""),
    ("N2", ""),
    ("CY", ""),
    ("DB", ""),
    ("DP", ""),
    ("EP", ""),
    ("ER", ""),
    ("ID", ""),
    ("J2", ""),
    ("JA", ""),
    ("L2", ""),
    ("L4", ""),
    ("LA", ""),
    ("LK", ""),
    ("SP", ""),
    ("ST", ""),
    ("TY", ""),
    ("Y2", ""),
];

/// The tag and the value of a line: `AU  - Wick, Ada`.
fn tag(line: &str) -> Option<(&str, &str)> {
    let (tag, value) = line.trim_end().split_at_checked(2)?;
    let known = tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let value = value.trim_start().strip_prefix('-').filter(|_| value.starts_with("  "))?;
    (known && (value.is_empty() || value.starts_with(' '))).then_some((tag, value.trim()))
}

/// Values by tag in the order written; a line without a tag goes on with the value before it.
pub(super) struct Record<'t> {
    pub(super) values: Vec<(&'t str, String)>,
    pub(super) span: std::ops::Range<usize>,
}

impl Record<'_> {
    fn all<'r>(&'r self, tags: &'r [&str]) -> impl Iterator<Item = &'r str> {
        self.values.iter().filter(|(tag, _)| tags.contains(tag)).map(|(_, value)| value.as_str())
    }

    fn first(&self, tags: &[&str]) -> &str {
        let first = |tag: &&str| self.values.iter().find(|(known, _)| known == tag);
        tags.iter().find_map(first).map_or("", |(_, value)| value)
    }
}

/// Reads a whole file.
fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let (mut findings, mut records) = (Vec::new(), Vec::<Record<'_>>::new());
    let mut open = false;
    for line in lines(text, super::text::start(text)..text.len()) {
        match tag(line.text) {
            Some(("TY", kind)) => {
                records.push(Record {
                    values: vec![("TY", kind.to_owned())],
                    span: line.start..line.end(),
                });
                open = true;
            }
            Some(("ER", _)) if open => open = false,
            Some((tag, value)) if open => {
                add(&mut records, |record| record.values.push((tag, value.to_owned())));
            }
            None if open && line.is_blank() => {}
            None if open => add(&mut records, |record| {
                if let Some((_, value)) = record.values.last_mut() {
                    value.push('\n');
                    value.push_str(line.text.trim());
                }
            }),
            _ if line.is_blank() => {}
            _ => findings.push(loose(line)),
        }
    }
    let entries: Vec<Entry> =
        records.iter().map(|record| entry(record, hints, &mut findings)).collect();
    bibtex::digest(entries, findings, hints)
}

fn add<'t>(records: &mut [Record<'t>], change: impl FnOnce(&mut Record<'t>)) {
    if let Some(record) = records.last_mut() {
        change(record);
    }
}

fn loose(line: Line<'_>) -> Finding {
    let finding =
        Finding::new(Code::Unplaced, "this stands in no record").at(line.start..line.end());
    finding.help("a record begins with `TY  - …` and ends with `ER  -`")
}

pub(super) fn entry(record: &Record<'_>, hints: &Hints<'_>, findings: &mut Vec<Finding>) -> Entry {
    let kind = record.first(&["TY"]);
    let kind = KINDS.iter().find(|(known, _)| *known == kind).map_or("misc", |(_, kind)| kind);
    let venue = match kind {
        "article" => "journal",
        "phdthesis" => "school",
        "misc" | "techreport" => "howpublished",
        _ => "booktitle",
    };
    let mut fields: Vec<(&str, String)> = Vec::new();
    for (tag, field) in FIELDS.iter().filter(|(_, field)| !field.is_empty()) {
        let joined = if matches!(*field, "keywords" | "editor") { "; " } else { " " };
        // A serial number of ten digits or more is that of a book.
        let is_of_book =
            |value: &str| value.bytes().filter(|b| b.is_ascii_digit() || *b == b'X').count() >= 10;
        let tags = [*tag];
        let values = record
            .all(&tags)
            .filter(|value| *tag != "SN" || is_of_book(value) == (*field == "isbn"));
        let value = values
            .map(|value| escape_markdown::line(&jats::without_tags(value)))
            .collect::<Vec<_>>()
            .join(joined);
        let field = if *field == "venue" { venue } else { field };
        let value = if field == "date" { date(&value) } else { value };
        // The path of a file on somebody's machine is nobody else's business.
        let is_path = field == "pdf" && !value.starts_with("http");
        if !value.is_empty() && !is_path && !fields.iter().any(|(known, _)| *known == field) {
            fields.push((field, value));
        }
    }
    let pages = [record.first(&["SP"]), record.first(&["EP"])];
    let pages: Vec<&str> = pages.into_iter().filter(|page| !page.is_empty()).collect();
    fields.push(("pages", pages.join("–")));
    let people = author::of_items(record.all(&["AU", "A1"]));
    let people =
        People { names: people.names, others: people.more.is_some(), organisations: Vec::new() };
    let abstract_text =
        jats::without_tags(&jats::plain(record.first(&["AB", "N2"]))).replace('\n', "\n\n");
    let (texts, key) = (Texts::of(fields), record.first(&["ID"]));
    let span = record.span.clone();
    let mut entry =
        bibtex::made(&Reference { kind, key, span, texts, people, abstract_text }, findings);
    let is_known = |tag: &str| FIELDS.iter().any(|(known, _)| *known == tag);
    for (tag, value) in record.values.iter().filter(|(tag, _)| !is_known(tag)) {
        bibtex::other(&mut entry, ("tag", tag, value), hints, findings);
    }
    entry
}

/// `2024/06/01/` as `2024-06-01`.
fn date(value: &str) -> String {
    let parts = value
        .split(['/', '-'])
        .map(str::trim)
        .take_while(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let parts: Vec<String> =
        parts.filter(|part| !part.is_empty()).take(3).map(|part| format!("{part:0>2}")).collect();
    if parts.is_empty() { value.to_owned() } else { parts.join("-") }
}

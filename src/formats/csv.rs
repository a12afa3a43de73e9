//! A table of papers as CSV or TSV, as Zotero, Notion, Airtable and spreadsheets export it: its first row names the fields, by
//! the dictionary, and every other row is a paper. Knows no disk.

use std::borrow::Cow;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::csv_rows::{Cell, Rows};
use super::fields::{self, Field, Kind};
use super::format::Sample;
use super::list::is_nothing;
use super::{
    Format, Hints, Maker, Reading, Span, dates, escape_markdown, group, jats, metadata, unknown,
};
use crate::diagnostic::{Code, Finding};
use crate::model::{Entry, Link, PaperId, Passage, Prose, author};

/// The format.
pub(super) const FORMAT: &Format = &Format {
    name: "csv",
    about: "a table as CSV or TSV whose first row names the fields, as Zotero, Notion, Airtable and spreadsheets export it",
    extensions: &["csv", "tsv"],
    maker: Maker::Program,
    detect: is_table,
    read,
};

/// Zotero's types, and the kinds of BibTeX that they are; the rest has none.
const KINDS: &[(&str, &str)] = &[
    ("journalArticle", "article"),
    ("magazineArticle", "article"),
    ("conferencePaper", "inproceedings"),
    ("bookSection", "incollection"),
    ("book", "book"),
    ("thesis", "phdthesis"),
    ("report", "techreport"),
];

/// Marks that part cells.
const MARKS: [u8; 3] = [b',', b';', b'\t'];

/// Above its head, a table has at most so many rows, such as a title.
const ABOVE: usize = 5;

/// A table whose titles are said so many times more than once, on average, is no list of papers.
const OVER_AND_OVER: usize = 2;

/// Fields that tell a table of papers from one of anything else that has names.
const OF_PAPERS: &[&str] = &[
    "authors",
    "link",
    "doi",
    "pdf",
    "abstract",
    "venue",
    "published",
    "year",
    "paper",
    "tags",
    "entry-type",
    "summary",
];

/// Whether one of the first rows names a title and other facts of papers, and nothing looks like Markdown.
fn is_table(sample: &Sample<'_>) -> bool {
    let text = sample.text;
    if sample.first_line().starts_with(['#', '|', '-', '<', '{', '[', '@']) {
        return false;
    }
    let Some(table) = Table::of(text, &[]) else { return false };
    let known = table.columns.iter().filter(|column| column.field.is_some()).count();
    let told =
        FORMAT.has_extension(sample.extension) || known > 2 && known * 2 >= table.columns.len();
    told && Rows { text, at: table.body, mark: table.mark }
        .next()
        .is_some_and(|row| row.cells.len() > 1)
}

/// A column: its name and what it holds.
struct Column<'t> {
    name: Cow<'t, str>,
    at: usize,
    field: Option<Field>,
}

/// A table with its head read.
struct Table<'t> {
    mark: u8,
    columns: Vec<Column<'t>>,
    body: usize,
}

impl<'t> Table<'t> {
    /// The head is the first row that names a title or a paper and something else of papers.
    fn of(text: &'t str, names: &fields::Names) -> Option<Self> {
        // `sep=;` is how spreadsheets are told what parts cells.
        let start = super::text::start(text);
        let told = text[start..]
            .strip_prefix("sep=")
            .and_then(|rest| rest.bytes().next())
            .filter(|mark| MARKS.contains(mark));
        let marks = told.map_or(MARKS.to_vec(), |mark| vec![mark]);
        let tables = marks.into_iter().filter_map(|mark| {
            let mut rows = Rows { text, at: start, mark };
            for _ in 0..ABOVE {
                let row = rows.next()?;
                let columns: Vec<Column<'t>> = row
                    .cells
                    .into_iter()
                    .map(|cell| {
                        let (at, name) = (cell.at, cell.trimmed());
                        Column { field: fields::named(&name, names), name, at }
                    })
                    .collect();
                let has = |wanted: &[&str]| {
                    columns
                        .iter()
                        .filter_map(|column| column.field)
                        .any(|field| wanted.contains(&field.name))
                };
                if has(&["title", "paper"]) && has(OF_PAPERS) && columns.len() > 1 {
                    return Some(Self { mark, columns, body: rows.at });
                }
            }
            None
        });
        tables.max_by_key(|table| {
            table.columns.iter().filter(|column| column.field.is_some()).count()
        })
    }

    fn has(&self, name: &str) -> bool {
        self.columns.iter().filter_map(|column| column.field).any(|field| field.name == name)
    }
}

/// Reads a whole table.
fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let Some(mut table) = Table::of(text, hints.names) else {
        let finding =
            Finding::new(Code::UnknownFormat, "no row names a title and other facts of papers")
                .at(0..0);
        let help = "name the columns in the first row, such as `Title`, `Authors`, `URL`, `Date`";
        return Reading { findings: vec![finding.help(help)], ..Reading::default() };
    };
    // In a reference manager's table, the date is that of the paper.
    if table.has("entry-type") && table.has("saved") {
        let published = fields::of_program("published");
        let of_paper = table
            .columns
            .iter_mut()
            .filter(|column| column.field.is_some_and(|field| field.name == "date"));
        of_paper.for_each(|column| column.field = published);
    }
    let (mut findings, mut dated) = (Vec::new(), Vec::new());
    let mut samples: Vec<Vec<String>> = vec![Vec::new(); table.columns.len()];
    for row in (Rows { text, at: table.body, mark: table.mark }) {
        findings.extend(row.unclosed.map(unclosed));
        let cells: Vec<Cow<'_, str>> = row.cells.into_iter().map(Cell::trimmed).collect();
        if cells.iter().all(|text| text.trim().is_empty()) {
            continue;
        }
        for (cell, sample) in cells.iter().zip(&mut samples).filter(|(_, sample)| sample.len() < 5)
        {
            sample.extend((!is_nothing(cell)).then(|| cell.to_string()));
        }
        let named = cells.iter().zip(&table.columns);
        let named = named.map(|(cell, column)| (&*column.name, column.field, &**cell));
        let (entry, days) = entry(named, row.span);
        if entry.title.is_empty() {
            let finding =
                Finding::new(Code::NotRead, "a row without a title was not taken for a paper");
            findings.push(finding.at(entry.span).help("give it a title"));
            continue;
        }
        let day = ["date", "saved", "published"]
            .iter()
            .find_map(|name| days.iter().find(|(known, _)| known == name));
        dated.push((hints.date.or(day.and_then(|(_, when)| when.date())), entry));
    }
    let unknown = table
        .columns
        .iter()
        .zip(&samples)
        .filter(|(column, sample)| column.field.is_none() && !sample.is_empty());
    findings.extend(unknown.map(|(column, sample)| {
        let message =
            format!("the column `{}` is no field: it is told in the commentary", column.name);
        let place = column.at..column.at + column.name.len();
        let finding = Finding::new(Code::OwnKey, message).at(place);
        unknown::advise(finding, "", &column.name, sample.iter().map(String::as_str))
    }));
    findings.extend(once_a_title(&mut dated));
    let digests = group::by_date(dated);
    findings.extend(group::undated(&digests));
    Reading { digests, findings, ..Reading::default() }
}

/// Leaves of a table of data, which says the same titles over and over, the first row of each title and day.
fn once_a_title(dated: &mut Vec<(Option<Date>, Entry)>) -> Option<Finding> {
    let all = dated.len();
    let mut known = FxHashSet::default();
    let is_first: Vec<bool> = dated
        .iter()
        .map(|(date, entry)| known.insert((*date, entry.title.to_lowercase())))
        .collect();
    let (left, at) = (all - known.len(), is_first.iter().position(|is_first| !is_first)?);
    if left < known.len() * OVER_AND_OVER {
        return None;
    }
    let span = dated[at].1.span.clone();
    let mut is_first = is_first.into_iter();
    dated.retain(|_| is_first.next().unwrap_or(true));
    let message = format!(
        "{left} rows say a title again: the table is one of data, and of each title its first row is read"
    );
    Some(Finding::new(Code::NotRead, message).at(span).help("nothing need be done"))
}

fn unclosed(at: usize) -> Finding {
    let finding = Finding::new(
        Code::Unclosed,
        "a quote opens here and never closes: the rest of the table is one cell",
    );
    finding.at(at..at + 1).help("close it, or write two quotes for one within a cell")
}

/// The paper that named values tell of, and the days that they name.
pub(super) fn entry<'t>(
    cells: impl Iterator<Item = (&'t str, Option<Field>, &'t str)>,
    span: Span,
) -> (Entry, Vec<(&'static str, dates::When)>) {
    let (mut entry, mut days) = (Entry { span, ..Entry::default() }, Vec::new());
    for (label, field, cell) in cells.filter(|(.., cell)| !is_nothing(cell)) {
        let Some(field) = field else {
            // An address of a paper and nothing else is the paper's, whatever the column is called.
            if cell.contains("://") && PaperId::parse(cell).is_some() {
                links(&mut entry, "link", cell);
                continue;
            }
            say(&mut entry, label, cell);
            continue;
        };
        let value = escape_markdown::line(&jats::without_tags(cell));
        let when =
            || dates::whole(cell).or_else(|| dates::find(cell)).or_else(|| dates::short(cell));
        match (field.name, field.kind) {
            (_, Kind::None | Kind::Page) => {}
            ("authors", _) => {
                metadata::add_people(&mut entry, author::of_items(cell.split([';', '\n'])));
            }
            ("paper", _) if PaperId::parse(cell).is_none() && !cell.contains("://") => {
                metadata::add_meant(&mut entry, Field { name: "title", kind: Kind::Line }, &value);
            }
            (_, Kind::Link) | ("paper", _) => links(&mut entry, field.name, cell),
            ("abstract", _) => {
                entry.abstract_text = Some(escape_markdown::unplaced(&paragraphs(cell)));
            }
            (name @ ("date" | "saved" | "published"), _) => match when() {
                Some(when) => days.push((name, when)),
                None if value.contains(|c: char| c.is_ascii_digit()) => {
                    metadata::add_field(&mut entry, "published", &value);
                }
                // `Reviewed: Yes` is no day.
                None => say(&mut entry, label, cell),
            },
            ("entry-type", _) => {
                let kind = KINDS.iter().find(|(known, _)| *known == value);
                entry
                    .fields
                    .extend(kind.map(|(_, kind)| ("entry-type".to_owned(), (*kind).to_owned())));
            }
            ("updated", _) => {}
            (_, Kind::Text) => say(&mut entry, label, cell),
            // A remark of several lines is commentary.
            ("remarks", _) if cell.contains('\n') || cell.len() > 200 => {
                say(&mut entry, "", cell);
            }
            _ => metadata::add_meant(&mut entry, field, &value),
        }
    }
    // A column may hold the year, and another one the day.
    let published =
        days.iter().filter(|(name, _)| *name == "published").map(|(_, when)| when.to_string());
    if let Some(day) = published.max_by_key(String::len) {
        metadata::add_field(&mut entry, "published", &day);
    }
    metadata::one_a_paper(&mut entry.links);
    (entry, days)
}

/// The paragraphs of a cell, apart from each other as in Markdown.
fn paragraphs(text: &str) -> String {
    jats::without_tags(&jats::plain(text)).replace("\r\n", "\n").replace('\n', "\n\n")
}

/// Every address and id of a cell; what else it says is a fact.
fn links(entry: &mut Entry, name: &str, text: &str) {
    let key = (!matches!(name, "link" | "pdf" | "doi" | "paper")).then(|| name.to_owned());
    let address = |word: &str| {
        escape_markdown::address(word).or_else(|| PaperId::parse(word).map(|id| id.url()))
    };
    let several = text.matches("://").count() > 1;
    let all: Vec<String> = match Some(text.trim()).filter(|_| !several).and_then(address) {
        Some(url) => vec![url],
        None => text
            .split([' ', '\n', ',', ';', '(', ')'])
            .filter_map(|word| address(word.trim()))
            .collect(),
    };
    if all.is_empty() {
        return metadata::add_field(entry, name, &escape_markdown::line(text));
    }
    entry.links.extend(all.into_iter().map(|url| Link { key: key.clone(), url }));
}

/// Adds to the commentary what a cell says, behind the name of its column.
fn say(entry: &mut Entry, label: &str, text: &str) {
    if entry.body.is_empty() {
        entry.body.push(Passage::default());
    }
    let Some(body) = entry.body.first_mut().map(|passage| &mut passage.text) else { return };
    if !body.text.is_empty() {
        body.text.push_str("\n\n");
    }
    if !label.is_empty() {
        body.text.push_str(&escape_markdown::line(label));
        body.text.push_str(": ");
    }
    let said: Prose = escape_markdown::unplaced(&paragraphs(text));
    body.text.push_str(&said.text);
}

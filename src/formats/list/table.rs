//! A table of papers: what its columns hold, told by their names in any language, and its rows as items. Knows no dates of
//! headings.

use crate::diagnostic::{Code, Finding};
use crate::formats::dates::{self, When};
use crate::formats::fields::{self, Names};
use crate::formats::papers_of_the_week::cell::{self, Cell};
use crate::formats::{Span, escape_markdown, metadata, unknown};
use crate::model::{Entry, Link, Passage, Prose, Tag};

use super::columns::{self, Column, column, name};
use super::item::{self, Item};

/// A row: its cells, and where it stands.
pub(super) struct Row<'a> {
    pub(super) cells: Vec<Cell<'a>>,
    pub(super) span: Span,
}

/// Cells that say nothing.
const NOTHING: &[&str] = &[
    "",
    "-",
    "--",
    "—",
    "–",
    "/",
    "?",
    "x",
    "&nbsp;",
    "n/a",
    "na",
    "null",
    "none",
    "nan",
    "tbd",
    "tba",
    "to be determined",
    "no meeting",
    "no class",
    "break",
    "holiday",
    "cancelled",
    "canceled",
    "skipped",
    "free",
    "无",
    "無",
    "暂无",
    "休み",
    "なし",
    "未定",
    "없음",
    "휴강",
    "휴무",
    "미정",
    "keine",
    "entfällt",
    "frei",
    "rien",
    "pas de réunion",
    "ninguno",
    "sin reunión",
];

/// More papers in one cell are a text.
const SEVERAL: usize = 20;

/// A row as an item, and whether it says enough to be one.
pub(super) struct Read {
    pub(super) item: Item,
    pub(super) span: Span,
    pub(super) is_nothing: bool,
    /// Whether nothing leads to the paper, but columns say its title and its people or its venue.
    pub(super) is_told: bool,
}

/// A table, read.
pub(super) struct Table {
    pub(super) rows: Vec<Read>,
    /// Whether one of its columns holds days.
    pub(super) dated: bool,
    /// Whether it says who spoke when.
    pub(super) is_schedule: bool,
    /// Whether one of its columns is called that of titles.
    pub(super) has_titles: bool,
}

/// Reads the rows of a table below its head.
pub(super) fn read(head: Option<&Row<'_>>, rows: &[Row<'_>], own: &Names) -> Table {
    let mut columns: Vec<Column<'_>> = head.map_or_else(
        || columns::told(rows),
        |head| head.cells.iter().map(|cell| column(cell, own)).collect(),
    );
    let is = |wanted: Column<'_>| columns.iter().position(|column| *column == wanted);
    let free = |columns: &[Column<'_>]| {
        columns.iter().position(|column| {
            !matches!(column, Column::Number | Column::Day(_) | Column::Fact(_) | Column::Tags)
        })
    };
    let day = (0..3).find_map(|rank| is(Column::Day(rank)));
    let is_schedule = day.is_some() && is(Column::Fact("presenter")).is_some();
    let has_titles = is(Column::Title).is_some();
    let paper = is(Column::Paper);
    let titled = paper.filter(|paper| has_fuller_titles(rows, *paper, is(Column::Title)));
    // Who spoke when says on what.
    let title = titled
        .or_else(|| is(Column::Title))
        .or(paper)
        .or_else(|| linked(rows))
        .or_else(|| is(Column::Tags).filter(|_| is_schedule))
        .or_else(|| free(&columns))
        .unwrap_or(0);
    let is_named = is_schedule
        && matches!(columns.get(title), Some(Column::Title | Column::Paper | Column::Tags));
    if let (Some(column), Some(head)) = (is(Column::Title).filter(|at| *at != title), head) {
        columns[column] = Column::Text(name(&head.cells[column]));
    }
    if let Some(column) = columns.get_mut(title) {
        *column = Column::Title;
    }
    let mut above = None;
    let papers = rows.iter().flat_map(|row| {
        let cell = row.cells.get(title).map_or("", |cell| cell.text);
        titles(cell).into_iter().map(move |title| (row, title))
    });
    let rows = papers.map(|(row, text)| {
        let mut read = entry(row, text, &columns, (title, day));
        if day.and_then(|day| row.cells.get(day)).is_some_and(|cell| repeats(cell.text)) {
            read.item.when = above;
        }
        above = read.item.when;
        let told = has_titles && !read.item.is_paper && {
            let entry = &read.item.entry;
            !entry.authors.is_empty() || entry.field("venue").is_some()
        };
        Read { is_told: told && !read.is_nothing && !is_schedule, ..read }
    });
    let mut rows: Vec<Read> = rows.collect();
    let papers = rows.iter().filter(|row| row.item.is_paper).count();
    let fits = |item: &Item| {
        let is_long = item.entry.title.split_whitespace().count() > 1;
        is_long && (item.is_linked && paper == Some(title) || item.has_link && is_named)
    };
    // One thing that a schedule links may be anything.
    let others = rows.iter().filter(|row| !row.item.is_paper && fits(&row.item)).count();
    if papers > 0 || is_named && others > 1 {
        for row in &mut rows {
            row.item.is_paper |= fits(&row.item);
        }
    }
    Table { rows, dated: day.is_some(), is_schedule, has_titles }
}

/// Whether the cells of a column are mostly linked titles that say more than those of the column of titles.
fn has_fuller_titles(rows: &[Row<'_>], at: usize, titles: Option<usize>) -> bool {
    let words = |text: &str| text.split_whitespace().count();
    let fuller = rows.iter().filter(|row| {
        let Some(cell) = row.cells.get(at).filter(|cell| cell.text.contains("](")) else {
            return false;
        };
        let item = item::read(cell.text);
        let other = titles.and_then(|at| row.cells.get(at)).map_or(1, |cell| words(cell.text));
        item.is_linked && words(&item.entry.title) > other.max(1)
    });
    fuller.count() * 2 > rows.len()
}

/// The parts of a cell that are the titles of several papers, a line each; all of it where it is about one.
fn titles(cell: &str) -> Vec<&str> {
    let leads = |line: &str| {
        line.contains("](")
            && Some(item::read(line)).is_some_and(|item| item.is_linked && item.is_paper)
    };
    let mut breaks: Vec<usize> = cell.match_indices("<br").map(|(at, _)| at).collect();
    breaks.push(cell.len());
    let titled = breaks.windows(2).filter(|part| leads(&cell[part[0]..part[1]]));
    let mut starts: Vec<usize> = [0].into_iter().chain(titled.map(|part| part[0])).collect();
    if starts.len() > SEVERAL {
        return vec![cell];
    }
    if starts.len() > 1 && !leads(&cell[..starts[1]]) {
        starts.remove(1);
    }
    starts.push(cell.len());
    starts.windows(2).map(|part| &cell[part[0]..part[1]]).collect()
}

/// Names of columns that nothing knows: what stands below them is commentary.
pub(super) fn unnamed<'r>(
    head: &'r Row<'_>,
    rows: &'r [Row<'_>],
    own: &'r Names,
) -> impl Iterator<Item = Finding> + 'r {
    let columns = head.cells.iter().enumerate().filter_map(|(at, cell)| match column(cell, own) {
        Column::Text(name) if fields::named(name, own).is_none() => Some((at, name, cell)),
        _ => None,
    });
    columns.map(|(at, name, cell)| {
        let values = rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| cell.text.trim());
        let message = format!("the column `{name}` is no field: it is told in the commentary");
        let place = cell.offset..cell.offset + cell.text.len();
        unknown::advise(Finding::new(Code::OwnKey, message).at(place), "", name, values)
    })
}

/// The first column of which most cells link what can be a title.
fn linked(rows: &[Row<'_>]) -> Option<usize> {
    let most = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).min(20);
    (0..most).find(|at| titled_cells(rows, *at) * 2 > rows.len())
}

fn titled_cells(rows: &[Row<'_>], at: usize) -> usize {
    let cells = rows.iter().filter_map(|row| row.cells.get(at));
    cells
        .filter(|cell| cell.text.contains("](") && cell.text.split_whitespace().count() > 1)
        .count()
}

fn entry(
    row: &Row<'_>,
    text: &str,
    columns: &[Column<'_>],
    (title, day): (usize, Option<usize>),
) -> Read {
    let mut item = if is_nothing(text) { Item::default() } else { item::read(&unfolded(text)) };
    let own = item.said();
    if !own.is_empty() {
        say(&mut item.entry, None, &Prose::new(own));
    }
    let mut dated: Option<When> = None;
    for (at, cell) in
        row.cells.iter().enumerate().filter(|(at, cell)| *at != title && !is_nothing(cell.text))
    {
        match columns.get(at).copied().unwrap_or(Column::Text("")) {
            Column::Day(rank) => {
                // A day may lead to what was shown on it.
                let link = cell::leading_link(cell.text).map(|(link, _)| link);
                let text = link.as_ref().map_or(cell.text, |link| link.label).trim();
                let when = dates::whole(text).or_else(|| dates::day(text));
                let mut when = when.or_else(|| dates::short(text));
                if let Some((begins, more)) = begins(text).filter(|_| when.is_none()) {
                    when = Some(begins);
                    say(&mut item.entry, None, &Prose::new(metadata::without_break(more)));
                }
                if Some(at) == day {
                    dated = when;
                }
                let url = link.and_then(|link| escape_markdown::address(link.url));
                item.entry.links.extend(url.map(|url| Link { key: None, url }));
                let known = when.filter(|when| when.date().is_some());
                let value = known.map_or_else(|| text.to_owned(), |when| when.to_string());
                if rank == 1 || when.is_none() {
                    item.entry.fields.push(("published".to_owned(), escape_markdown::line(&value)));
                }
            }
            column => take(cell, column, &mut item),
        }
    }
    metadata::one_a_paper(&mut item.entry.links);
    let files = item.said();
    say(&mut item.entry, None, &Prose::new(files));
    item.when = dated.or(item.when);
    // What only leads somewhere is a paper where that tells which one.
    item.is_paper &= !item.entry.title.is_empty() || !item.entry.ids().is_empty();
    let is_nothing = item.entry.title.is_empty() && item.entry.links.is_empty();
    item.entry.span = row.span.clone();
    Read { item, span: row.span.clone(), is_nothing, is_told: false }
}

/// The day, month or year that a cell begins with, and what else it says: `2025/01/27<br>(read twice)`.
fn begins(text: &str) -> Option<(When, &str)> {
    let (when, more) = dates::lead(text).filter(|(when, _)| when.date().is_some())?;
    let more = more.trim_start();
    let tag = more.strip_prefix("<br").and_then(|tag| tag.split_once('>'));
    let more = tag.map_or(more, |(_, more)| more.trim_start());
    let is_apart = tag.is_some() || !more.starts_with(|c: char| c.is_alphanumeric() || c == '-');
    is_apart.then_some((when, more))
}

/// Whether a cell says that the one above it holds here as well.
fn repeats(text: &str) -> bool {
    is_nothing(text) && (text.contains("&nbsp;") || text.contains(['~', '"', '″', '〃']))
}

/// A cell beside the title.
fn take(cell: &Cell<'_>, column: Column<'_>, item: &mut Item) {
    let entry = &mut item.entry;
    match column {
        Column::Number if cell.text.bytes().all(|b| b.is_ascii_digit() || b".#)*".contains(&b)) => {
        }
        Column::Authors => metadata::add_authors(entry, cell.text.trim_matches(['*', '_'])),
        Column::Tags => {
            let words = cell
                .text
                .split([',', ';', '、', '/'])
                .map(|word| word.trim_matches(['`', ' ', '#', '*']));
            entry.tags.extend(words.filter_map(Tag::of_words));
        }
        Column::Abstract => entry.abstract_text = Some(prose(cell)),
        Column::Fact(name) if !cell.text.contains("](") => {
            let value = escape_markdown::line(&crate::prose::plain(cell.text));
            metadata::add_field(entry, name, &value);
        }
        Column::Links(_)
        | Column::Paper
        | Column::Text(_)
        | Column::Fact(_)
        | Column::Title
        | Column::Number
        | Column::Day(_) => {
            let found = item::read(cell.text);
            if found.entry.field("note").is_some() && entry.field("note").is_none() {
                item.has_link = true;
                return note(&found, column, entry);
            }
            if facts(&found, entry) {
                return;
            }
            let name = if let Column::Links(name) = column { name } else { "" };
            let bare = found.entry.title.is_empty() && found.rest.is_empty();
            if found.has_link && (bare || matches!(column, Column::Links(_) | Column::Paper)) {
                item.is_paper |= found.is_paper && name.is_empty();
                item.has_link = true;
                item.files.extend(found.files);
                entry.links.extend(found.entry.links.into_iter().map(|link| Link {
                    key: link.key.or_else(|| (!name.is_empty()).then(|| name.to_owned())),
                    ..link
                }));
                let words = [found.entry.title, found.rest].join(" ");
                let words = words.trim();
                if !words.is_empty()
                    && crate::model::PaperId::parse(words).is_none()
                    && words.contains(' ')
                {
                    say(entry, None, &Prose::new(words));
                }
            } else {
                let label = if let Column::Text(label) = column {
                    Some(label).filter(|label| !label.is_empty())
                } else {
                    None
                };
                say(entry, label, &prose(cell));
            }
        }
    }
}

/// Takes where and when the paper appeared, as a badge or a link of a cell says; whether the cell says no more.
fn facts(found: &Item, entry: &mut Entry) -> bool {
    for (key, value) in &found.entry.fields {
        if entry.field(key).is_none() && matches!(&**key, "venue" | "published") {
            metadata::add_field(entry, key, value);
        }
    }
    let is_bare = found.entry.title.is_empty() && found.rest.is_empty() && !found.has_link;
    is_bare && !found.entry.fields.is_empty()
}

/// Takes the note on the paper that a cell links, perhaps by the name of who wrote it.
fn note(found: &Item, column: Column<'_>, entry: &mut Entry) {
    let name = found.entry.field("note").unwrap_or_default();
    entry.fields.push(("note".to_owned(), name.to_owned()));
    match column {
        Column::Fact(name) if name != "remarks" => {
            metadata::add_field(entry, name, &found.entry.title);
        }
        _ => say(entry, None, &Prose::new(found.rest.as_str())),
    }
}

/// Adds to the commentary what a cell says, behind the name of its column where that says something.
fn say(entry: &mut Entry, label: Option<&str>, prose: &Prose) {
    if prose.text.trim().is_empty() {
        return;
    }
    if entry.body.is_empty() {
        entry.body.push(Passage::default());
    }
    let Some(body) = entry.body.first_mut() else { return };
    if !body.text.text.is_empty() {
        body.text.text.push_str("\n\n");
    }
    if let Some(label) = label {
        body.text.text.push_str(label);
        body.text.text.push_str(": ");
    }
    body.text.append(prose);
}

/// A cell's text as Markdown, unfolded.
fn prose(cell: &Cell<'_>) -> Prose {
    let text = unfolded(cell.text);
    if text == cell.text {
        cell::prose(cell)
    } else {
        Prose::new(cell::prose(&Cell::new(&text, cell.offset)).text)
    }
}

/// A text without `<details>`, and without a `<summary>` that only says that there is more or how it begins.
fn unfolded(text: &str) -> String {
    if !text.contains("<details") && !text.contains("<p>") {
        return text.to_owned();
    }
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, inside)) = rest.split_once("<summary>") {
        let (summary, after) = inside.split_once("</summary>").unwrap_or((inside, ""));
        out.push_str(before);
        let shown = after.trim_start_matches(|c: char| c.is_whitespace()).trim_start_matches("<p>");
        let begins = summary.trim().trim_end_matches(['.', '…', ' ']);
        if summary.split_whitespace().count() > 1 && !shown.starts_with(begins) {
            out.push_str(summary);
            out.push_str("<br>");
        }
        rest = after;
    }
    out.push_str(rest);
    for tag in
        ["<details>", "</details>", "<details open>", "<p>", "</p>", "<summary>", "</summary>"]
    {
        out = out.replace(tag, " ");
    }
    out.trim().to_owned()
}

/// Whether a cell says nothing.
pub(in crate::formats) fn is_nothing(text: &str) -> bool {
    let text = text
        .trim_matches(|c: char| c.is_whitespace() || "*_`()[]~\"″〃".contains(c))
        .to_lowercase();
    NOTHING.contains(&text.as_str())
}

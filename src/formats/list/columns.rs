//! What the columns of a table of papers hold: by their names in any language, or by what stands in them where nothing names
//! them. Knows no item.

use crate::formats::by_hand::are_people;
use crate::formats::dates;
use crate::formats::fields::{self, Kind, Names};
use crate::formats::papers_of_the_week::cell::Cell;

use super::table::Row;

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column<'a> {
    Title,
    /// Titles or links, as the other columns leave it.
    Paper,
    Links(&'static str),
    Authors,
    /// A day; the lower number counts for more.
    Day(u8),
    Tags,
    Abstract,
    Fact(&'static str),
    Number,
    Text(&'a str),
}

/// Names of columns that count rows.
const NUMBERS: &[&str] = &[
    "", "#", "no", "no.", "nr", "nr.", "rank", "id", "idx", "index", "s.no", "序号", "编号",
    "編號", "번호", "番号",
];

/// What a column is called.
pub(super) fn name<'a>(cell: &Cell<'a>) -> &'a str {
    cell.text.trim_matches(|c: char| c.is_whitespace() || "*:_".contains(c))
}

pub(super) fn column<'a>(cell: &Cell<'a>, own: &Names) -> Column<'a> {
    let name = name(cell);
    if NUMBERS.contains(&name.to_lowercase().as_str()) {
        return Column::Number;
    }
    // `Meeting date`, `발표 날짜`
    let Some(field) = fields::named(name, own).or_else(|| {
        let (_, last) = name.rsplit_once(' ')?;
        fields::named(last, own).filter(|field| matches!(field.name, "date" | "title" | "authors"))
    }) else {
        return Column::Text(name);
    };
    match (field.name, field.kind) {
        ("title", _) => Column::Title,
        ("paper", _) => Column::Paper,
        ("authors", _) => Column::Authors,
        ("date", _) => Column::Day(0),
        ("published", _) => Column::Day(1),
        ("saved", _) => Column::Day(2),
        ("tags", _) => Column::Tags,
        ("abstract", _) => Column::Abstract,
        ("link" | "pdf" | "doi", _) => Column::Links(""),
        (name, Kind::Link) => Column::Links(name),
        (_, Kind::Text | Kind::None | Kind::Page) => Column::Text(name),
        (name, _) => Column::Fact(name),
    }
}

/// As many rows tell what columns hold that nothing names.
const TELLING: usize = 40;

/// The columns of rows without a head, as programs write them: a day, a title, people, links.
pub(super) fn told(rows: &[Row<'_>]) -> Vec<Column<'static>> {
    let rows = &rows[..rows.len().min(TELLING)];
    let most = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let of = |at: usize, fits: &dyn Fn(&str) -> bool| {
        let cells = rows.iter().filter_map(|row| row.cells.get(at));
        cells.filter(|cell| fits(cell.text.trim_matches('*'))).count() * 2 > rows.len()
    };
    let mut columns: Vec<Column<'_>> = Vec::new();
    for at in 0..most {
        let is_new = |column: Column<'_>| !columns.contains(&column);
        let (day, title) = (Column::Day(1), Column::Title);
        columns.push(if is_new(day) && of(at, &|text| dates::whole(text).is_some()) {
            day
        } else if of(at, &|text| text.contains("](")) {
            Column::Paper
        } else if is_new(Column::Authors) && of(at, &are_several) {
            Column::Authors
        } else if is_new(title) && of(at, &|text| text.split_whitespace().nth(2).is_some()) {
            title
        } else {
            Column::Text("")
        });
    }
    let is_whole = [Column::Day(1), Column::Title, Column::Paper];
    if is_whole.iter().all(|column| columns.contains(column)) { columns } else { Vec::new() }
}

/// Whether a cell names several people: one name alone may be who presents.
fn are_several(text: &str) -> bool {
    let (names, others) = text.split_once(" et").unwrap_or((text, ""));
    (names.contains(',') || !others.is_empty()) && are_people(text)
}

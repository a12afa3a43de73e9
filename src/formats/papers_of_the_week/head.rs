//! The head of a weekly table: which column holds what. Knows no rows.

use super::cell::Cell;

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column<'a> {
    /// The title, and often text after it.
    Title,
    /// Links, of a kind if the column's name tells one.
    Links(&'a str),
    Authors,
    /// The paper's place in the list, which says nothing more.
    Number,
    Text,
    /// A column of a name that says nothing: links or text.
    Other,
}

/// A name of columns as lists write it.
fn column<'a>(cell: &Cell<'a>) -> Column<'a> {
    let name = cell.text.trim_matches(['*', ':', '.', ' ']);
    match name.to_ascii_lowercase().as_str() {
        "title" | "titles" | "paper title" => Column::Title,
        "link" | "links" | "url" | "urls" | "resources" => Column::Links(""),
        "paper" | "papers" | "arxiv" | "pdf" | "code" | "github" | "project" | "tweet" => {
            Column::Links(name)
        }
        "author" | "authors" => Column::Authors,
        "rank" | "no" | "#" | "nr" | "number" | "" => Column::Number,
        "summary" | "description" | "abstract" | "notes" | "tldr" | "tl;dr" => Column::Text,
        name if name.starts_with("paper") => Column::Title,
        name if name.starts_with("link") => Column::Links(""),
        _ => Column::Other,
    }
}

/// The columns of a table by the names in its head. Where none is called `Title`, the papers are the titles, or else
/// the first column that holds no number.
pub(super) fn columns<'a>(cells: &[Cell<'a>]) -> Vec<Column<'a>> {
    let mut columns: Vec<_> = cells.iter().map(column).collect();
    if !columns.contains(&Column::Title) {
        let paper = columns.iter().position(|column| matches!(column, Column::Links(name) if name.to_ascii_lowercase().starts_with("paper")));
        if let Some(title) = paper
            .or_else(|| columns.iter().position(|column| *column != Column::Number))
            .and_then(|at| columns.get_mut(at))
        {
            *title = Column::Title;
        }
    }
    columns
}

/// Whether the head of a table names a column of papers.
pub(super) fn names_papers(cells: &[Cell<'_>]) -> bool {
    cells.iter().map(column).any(|column| {
        matches!(column, Column::Title)
            || matches!(column, Column::Links(name) if name.eq_ignore_ascii_case("paper"))
    })
}

/// The cells of a head whose names say nothing.
pub(super) fn unknown<'a, 'c>(cells: &'c [Cell<'a>]) -> impl Iterator<Item = &'c Cell<'a>> {
    cells.iter().filter(|cell| column(cell) == Column::Other)
}

//! Tables, each in a box that scrolls by keyboard too and is named by the table's head.

use pulldown_cmark::{Alignment, Tag, TagEnd};

use super::writer::Writer;

/// A table that is open.
#[derive(Debug)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    in_head: bool,
    has_rows: bool,
    column: usize,
    /// Where the open cell's content starts.
    cell: usize,
}

/// The longest name of a table, in characters.
const NAME: usize = 80;

impl Writer<'_> {
    pub(super) fn start_table_part(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Table(alignments) => {
                self.settle_raw();
                self.open_block();
                self.tables.push(Table {
                    alignments,
                    in_head: false,
                    has_rows: false,
                    column: 0,
                    cell: 0,
                });
            }
            Tag::TableHead => self.start_head(),
            Tag::TableRow => self.start_row(),
            _ => self.start_cell(),
        }
    }

    pub(super) fn end_table_part(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Table => {
                let rows = self.tables.pop().is_some_and(|table| table.has_rows);
                self.push(if rows { "</tbody>\n</table></div>\n" } else { "</table></div>\n" });
                self.close_block();
            }
            TagEnd::TableHead => self.end_head(),
            TagEnd::TableRow => self.push("</tr>\n"),
            _ => self.end_cell(),
        }
    }

    fn start_head(&mut self) {
        self.divert();
        self.words = Some(String::new());
        if let Some(table) = self.tables.last_mut() {
            table.in_head = true;
        }
    }

    fn end_head(&mut self) {
        let head = self.diverted();
        let words = self.words.take().unwrap_or_default();
        let name: String = words.trim().trim_end_matches(',').chars().take(NAME).collect();
        if name.is_empty() {
            self.push("<div class=\"table\" tabindex=\"0\"><table>\n<thead><tr>");
        } else {
            self.push("<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"");
            self.push_attribute(&name);
            self.push("\"><table>\n<thead><tr>");
        }
        self.out.append(&head);
        self.push("</tr></thead>\n");
        if let Some(table) = self.tables.last_mut() {
            (table.in_head, table.column) = (false, 0);
        }
    }

    fn start_row(&mut self) {
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        table.column = 0;
        let first = !std::mem::replace(&mut table.has_rows, true);
        self.push(if first { "<tbody>\n<tr>" } else { "<tr>" });
    }

    fn start_cell(&mut self) {
        let Some(table) = self.tables.last() else {
            return;
        };
        let name = if table.in_head { "<th scope=\"col\"" } else { "<td" };
        let class = match table.alignments.get(table.column) {
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"right\">",
            _ => ">",
        };
        self.push(name);
        self.push(class);
        let start = self.out.html.len();
        if let Some(table) = self.tables.last_mut() {
            table.cell = start;
            table.column += 1;
        }
    }

    /// A head without text is no head: it would be announced as an empty name.
    fn end_cell(&mut self) {
        let Some(table) = self.tables.last() else {
            return;
        };
        if !table.in_head {
            return self.push("</td>");
        }
        if self.is_empty_since(table.cell) {
            let opened = self.out.html.rfind("<th").unwrap_or(table.cell);
            self.out.html.truncate(opened);
            return self.push("<td></td>");
        }
        self.push("</th>");
        if let Some(words) = &mut self.words {
            words.push_str(", ");
        }
    }
}

//! A table of one row whose columns are fields, right below a heading or at the start of a text: facts of one paper.

use std::fmt::Write as _;

use crate::formats::dates;
use crate::formats::fields::{self, Field, Kind};
use crate::formats::heading::title_of;
use crate::formats::text::{Fence, Line, heading, lines};
use crate::model::Prose;

/// The text with such tables as labels; `None` where it has none.
pub(super) fn as_labels(text: &str, body: usize) -> Option<Prose> {
    memchr::memmem::find(&text.as_bytes()[body.saturating_sub(1)..], b"|")?;
    let mut fence = Fence::default();
    let all: Vec<(Line<'_>, bool)> = lines(text, body..text.len())
        .map(|line| (line, !fence.take(line.text) && line.text.trim_start().starts_with('|')))
        .collect();
    let (mut out, mut found, mut from, mut above) = (Prose::default(), false, 0, None);
    let mut at = 0;
    while let Some((line, is_row)) = all.get(at) {
        let length = all[at..].iter().take_while(|(_, is_row)| *is_row).count();
        if let Some(facts) = (length == 3).then(|| facts(&all[at..at + 3], above)).flatten() {
            out.push(&text[from..line.start], from);
            for (place, fact) in facts {
                out.push(&fact, place);
                out.push("\n", place);
            }
            from = all[at + 2].0.next;
            found = true;
        }
        if !is_row && !line.is_blank() {
            above = Some(line.text);
        }
        at += length.max(1);
    }
    out.push(&text[from..], from);
    found.then_some(out)
}

/// What a table of a head and one row says, and where it says it. `above`: the line over it.
fn facts(rows: &[(Line<'_>, bool)], above: Option<&str>) -> Option<Vec<(usize, String)>> {
    let [(head, _), (rule, _), (row, _)] = rows else { return None };
    let is_rule = rule.text.chars().all(|c| "|-: \t".contains(c)) && rule.text.contains('-');
    let (names, values) = (cells(head), cells(row));
    if !is_rule || names.len() != values.len() || names.len() < 2 {
        return None;
    }
    let known: Vec<Field> = names.iter().filter_map(|(_, name)| fields::named(name, &[])).collect();
    let tells = known.iter().any(|field| {
        matches!(field.kind, Kind::People | Kind::Link) || matches!(field.name, "venue" | "year")
    });
    if !tells || known.len() < 2 || known.len() * 2 < names.len() {
        return None;
    }
    let is_title = |name: &str| {
        fields::named(name, &[]).is_some_and(|field| matches!(field.name, "title" | "paper"))
    };
    let title = names.iter().zip(&values).find(|((_, name), _)| is_title(name));
    let title = title.map(|(_, (_, value))| letters(&title_of(value).words));
    let called = match above {
        None => None,
        Some(line) => {
            let words = title_of(heading(line)?.1).words;
            if dates::whole(&words).is_some() {
                return None;
            }
            Some(letters(&words))
        }
    };
    // Below a heading that is not its title the row is one of a list.
    let is_own = title.zip(called).is_none_or(|(title, called)| {
        called.len() > 3 && (title.contains(&called) || called.contains(&title))
    });
    is_own.then(|| {
        let facts = names.iter().zip(values).filter(|(_, (_, value))| !value.is_empty());
        let labelled = facts.map(|((_, name), (at, value))| {
            let mut fact = String::new();
            let _ = write!(fact, "**{name}:** {value}");
            (at, fact)
        });
        labelled.collect()
    })
}

/// The cells of a row, and where they stand.
fn cells<'t>(line: &Line<'t>) -> Vec<(usize, &'t str)> {
    let text = line.text.trim();
    let inner = text.strip_prefix('|').unwrap_or(text);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let place = |cell: &str| line.start + (cell.as_ptr() as usize - line.text.as_ptr() as usize);
    inner.split('|').map(|cell| (place(cell), cell.trim().trim_matches('*').trim())).collect()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::as_labels;

    #[test]
    fn a_table_of_one_row_is_facts_where_it_is_no_list() {
        let table =
            "| Title | Authors | Year |\n|---|---|---|\n| Lamps at Night | Ada Wick | 2024 |\n";
        let facts = "**Title:** Lamps at Night\n**Authors:** Ada Wick\n**Year:** 2024\n";
        for (text, expected) in [
            (table.to_owned(), facts.to_owned()),
            (
                format!("# Lamps at Night\n\n{table}\nText."),
                format!("# Lamps at Night\n\n{facts}\nText."),
            ),
            (
                format!("# LampNet: Lamps at Night\n{table}"),
                format!("# LampNet: Lamps at Night\n{facts}"),
            ),
            (format!("# Reading list\n\n{table}"), String::new()),
            (format!("# 2025-03-12\n\n{table}"), String::new()),
            (format!("Some words.\n\n{table}"), String::new()),
            (format!("{table}| Wicks | Bo Flame | 2023 |\n"), String::new()),
            ("| Model | Size |\n|---|---|\n| A | 7 |\n".to_owned(), String::new()),
        ] {
            let made = as_labels(&text, 0).map(|made| made.text).unwrap_or_default();
            assert_eq!(made, expected, "{text}");
        }
    }
}

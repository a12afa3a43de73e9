//! Authors below a note's title: in parentheses, after a label, one an item of a list, or a line of names.

use super::label::label;
use super::title::are_names;
use crate::formats::fields;
use crate::formats::text::{Line, behind_bullet, heading};
use crate::model::author::{self, Authors};
use crate::model::lang::Script;

/// The longest names in characters where no capitals tell them: in ideographs or Hangul, with Kana, in other scripts.
const LONGEST: (usize, usize, usize) = (4, 12, 16);

/// The authors that stand at the start of some lines, and how many lines they take.
pub(super) fn read(lines: &[Line<'_>]) -> Option<(Authors, usize)> {
    let is_of_paragraph = |line: &&Line<'_>| !line.is_blank() && heading(line.text).is_none();
    let count = lines.iter().take_while(is_of_paragraph).count();
    let paragraph = &lines[..count];
    let first = paragraph.first()?.text.trim();
    let items: Option<Vec<&str>> = paragraph.iter().map(|line| item(line.text)).collect();
    if let Some(items) = items {
        let list = author::of_items(items.iter().copied());
        let people = items.len() > 1
            && list.names.len() == items.len()
            && list.names.iter().all(|name| is_full(name))
            && are_names(&items.join("; "), false);
        return people.then_some((list, count));
    }
    if let Some(names) = labelled(first) {
        return Some((author::split(names), 1));
    }
    // `**Conference/Journal:**` has nothing behind it.
    if label(first).is_some_and(|label| label.value.is_empty()) {
        return None;
    }
    let text = paragraph.iter().map(|line| line.text.trim()).collect::<Vec<_>>().join(" ");
    let inner = text
        .strip_prefix(['(', '（'])
        .and_then(|rest| rest.trim_end_matches('.').strip_suffix([')', '）']));
    // A full stop ends names that a word joins, and else sentences and initials.
    let joined = text.strip_suffix('.').filter(|text| text.contains(" and "));
    let names = inner.or(joined).unwrap_or(&text);
    let list = author::split(names);
    let are_bare = list.names.len() > 1 && !names.ends_with('.');
    let has_digit = list.names.iter().any(|name| name.contains(|c: char| c.is_ascii_digit()));
    let fits = are_names(names, inner.is_none())
        && !has_digit
        && (inner.is_some() || are_bare && list.names.iter().all(|name| is_full(name)));
    fits.then_some((list, count))
}

/// An item of a list.
fn item(line: &str) -> Option<&str> {
    behind_bullet(line.trim()).map(str::trim)
}

/// What follows `Authors:`, with or without emphasis.
fn labelled(line: &str) -> Option<&str> {
    let (label, names) = line.split_once([':', '：'])?;
    let field = fields::named(label.trim_matches(['*', '_', ' ']), &[])?;
    let names = names.trim_start_matches([':', '*', '_', ' ']).trim();
    (field.name == "authors" && !names.is_empty()).then_some(names)
}

/// Whether a name has two words or more, each with a capital but for particles, or is in a script without capitals and no
/// longer than names there are: words of a sentence are not.
fn is_full(name: &str) -> bool {
    let scripts: Vec<Script> = name.chars().filter_map(Script::of).collect();
    if name.contains(|c: char| c.is_ascii_digit() || c == '。') {
        return false;
    }
    if scripts.iter().all(|script| *script == Script::Latin) {
        let words = name.split(' ');
        let capitals = words.clone().filter(|word| word.starts_with(char::is_uppercase)).count();
        return (2..=5).contains(&words.count()) && capitals > 1;
    }
    let longest = if scripts.contains(&Script::Kana) { LONGEST.1 } else { LONGEST.0 };
    let is_east = |script: &Script| matches!(script, Script::Han | Script::Hangul | Script::Kana);
    if scripts.iter().any(is_east) {
        return scripts.iter().all(is_east) && scripts.len() <= longest;
    }
    name.chars().count() <= LONGEST.2
}

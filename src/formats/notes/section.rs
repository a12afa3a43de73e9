//! A head that is a section of its own below the title: `## Metadata`, or whatever it is called, if it is labels.

use std::ops::Range;

use super::frame::frames;
use super::labelled::{label, takes};
use super::links;
use super::title::folded;
use super::value::marked_ids;
use crate::formats::fields::{self, Field, Kind, Names};
use crate::formats::heading::title_of;
use crate::formats::list;
use crate::formats::markdown::is_section;
use crate::formats::text::{Line, behind_bullet, heading};
use crate::model::Link;

/// A head in a section of its own stands no deeper in a text, and is no longer, in lines.
const LONGEST: usize = 60;

/// The lines of it, where a text has one.
pub(super) fn read(all: &[Line<'_>], from: usize, names: &Names) -> Option<Range<usize>> {
    let near = named(all, from, names).filter(|section| section.start < from + LONGEST);
    near.or_else(|| of_labels(all, from, names))
}

/// The lines below the first heading that says that they are about the paper: `## Metadata`, `### 論文情報・リンク`.
fn named(all: &[Line<'_>], from: usize, names: &Names) -> Option<Range<usize>> {
    // What is called `元数据` is nothing else; `ℹ️ Info` is that as well.
    let is_of_paper = |line: &Line<'_>| {
        let (level, title) = opens(line.text)?;
        let words = title_of(title).words;
        let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
        // `## Reference` holds what a text refers to.
        (!is_section(words)).then_some(())?;
        words
            .split(['・', '/', '&', '、'])
            .any(|part| fields::named(part, names).is_some_and(Field::is_paper))
            .then_some(level)
    };
    let (start, level) = (from..all.len()).find_map(|at| Some((at + 1, is_of_paper(&all[at])?)))?;
    let length = all[start..]
        .iter()
        .position(|line| opens(line.text).is_some_and(|(other, _)| other <= level))
        .unwrap_or(all.len() - start);
    (length <= LONGEST).then_some(start..start + length)
}

/// The level and the words of a heading, or of an item of an outline, which is deeper than any.
fn opens(line: &str) -> Option<(usize, &str)> {
    heading(line).or_else(|| {
        let item = line.trim_start();
        Some((10 + line.len() - item.len(), behind_bullet(item)?))
    })
}

/// The lines of the first section, whatever it is called, if they are labels and one of them says who or where the paper is.
fn of_labels(all: &[Line<'_>], from: usize, names: &Names) -> Option<Range<usize>> {
    let start = from + frames(&all[from..]);
    heading(all.get(start)?.text)?;
    let length = all[start + 1..]
        .iter()
        .position(|line| heading(line.text).is_some())
        .unwrap_or(all.len() - start - 1);
    let lines = &all[start + 1..=start + length];
    let labels = || lines.iter().filter_map(|line| label(line.text));
    let fields = labels()
        .filter_map(|said| fields::named(said.name, names).filter(|field| takes(*field, &said)));
    let told: Vec<Field> = fields.collect();
    let marked = labels().flat_map(|said| marked_ids(said.value)).count();
    let is_told =
        marked > 0 || told.iter().any(|field| matches!(field.kind, Kind::Link | Kind::People));
    let shown = lines.iter().filter(|line| !line.is_blank()).count();
    let count = told.len() + marked;
    (is_told && !told.is_empty() && count > 1 && count * 3 >= shown && length <= LONGEST)
        .then_some(start + 1..start + 1 + length)
}

/// Whether a section about the paper names it by this title.
pub(super) fn has_title(all: &[Line<'_>], title: &str) -> bool {
    let title = folded(title);
    let lines = named(all, 0, &[]).map_or(&all[..0], |section| &all[section]);
    !title.is_empty() && lines.iter().any(|line| folded(line.text).contains(&title))
}

/// The paper that a section about it refers to, wherever it stands: its link, and the people before its title in quotes.
pub(super) fn reference(all: &[Line<'_>], names: &Names) -> Option<(Link, Vec<String>)> {
    let lines = &all[named(all, 0, names)?];
    let (shown, link) = lines.iter().find_map(|line| {
        let mut found = links::within(line.text).into_iter();
        Some((line.text, found.find(|link| !links::is_beside(link))?))
    })?;
    let text = behind_bullet(shown.trim()).unwrap_or(shown).trim_start_matches(['[', ' ']);
    Some((link, list::reference(text).map(|entry| entry.authors).unwrap_or_default()))
}

//! Lines between a label of people and the next: the people themselves, where the label has no value, and where they work.

use super::labelled::Head;
use super::people;
use crate::formats::fields;
use crate::formats::front_matter::Other;
use crate::formats::text::{Line, breaks_paragraph};

/// So many lines such people and their institutions take at most.
pub(super) const MOST: usize = 16;
/// Longest line of them in characters.
const LONGEST: usize = 200;
/// What names of institutions hold.
const WORDS: &[&str] = &[
    "academy",
    "center",
    "centre",
    "college",
    "corporation",
    "department",
    "faculty",
    "group",
    "inc.",
    "institut",
    "lab",
    "research",
    "school",
    "universi",
    "대학",
    "연구",
    "학과",
    "大学",
    "大學",
    "研究",
    "学院",
    "公司",
];

/// Takes a line as people or as where they work; whether it is either.
pub(super) fn take(line: &Line<'_>, head: &mut Head<'_>) -> bool {
    let text = line.text.trim();
    let place = line.start..line.end();
    if head.said.iter().all(|said| said.key != AUTHORS && !names_people(said)) {
        let is_list = people::read(std::slice::from_ref(line)).is_some();
        head.said.extend(is_list.then(|| Other::of_line(AUTHORS, text, place)));
        return is_list;
    }
    if !is_work(text) {
        return false;
    }
    match head.said.last_mut().filter(|said| said.key == ORG) {
        Some(said) => said.texts.iter_mut().for_each(|known| *known = format!("{known}; {text}")),
        None => head.said.push(Other::of_line(ORG, text, place)),
    }
    true
}

const AUTHORS: &str = "authors";
const ORG: &str = "org";

fn names_people(said: &Other) -> bool {
    fields::named(&said.key, &[]).is_some_and(|field| field.name == AUTHORS)
}

/// Whether a line says where people work: by a footnote before it, a word, or as a name of few words.
fn is_work(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_name = || {
        let words = || text.split(' ').filter(|word| word.contains(char::is_alphabetic));
        words().count() < 5
            && words().all(|word| word.starts_with(|c: char| c.is_uppercase() || c == '('))
    };
    let is_noted = || {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || "*†‡§∗, ".contains(c));
        rest.len() < text.len() && rest.starts_with(char::is_alphabetic)
    };
    text.chars().count() <= LONGEST
        && !breaks_paragraph(text)
        && !text.ends_with(['.', '!', '?', '。'])
        && !text.contains('@')
        && (is_noted() || WORDS.iter().any(|word| lower.contains(word)) || is_name())
}

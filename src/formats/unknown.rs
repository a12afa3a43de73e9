//! Names of facts that neither the dictionary nor config.toml knows: each is said with the line of config.toml that would give
//! it a meaning, and a source says once how many there are.

use std::collections::BTreeMap;

use super::by_hand::are_people;
use super::dates;
use crate::diagnostic::{Code, Finding};
use crate::model::PaperId;
use crate::model::id::is_web_address;

/// How such a line begins.
const LINE: &str = "fields = { ";

/// Advice to give a name the meaning that its values look like.
pub(super) fn advice<'v>(name: &str, values: impl Iterator<Item = &'v str>) -> String {
    let values: Vec<&str> = values.filter(|value| !value.trim().is_empty()).take(20).collect();
    let bare = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    let quoted = || toml::Value::from(name).to_string();
    let key = if bare && !name.is_empty() { name.to_owned() } else { quoted() };
    format!("`{LINE}{key} = \"{}\" }}` in config.toml would give it a meaning", likely(&values))
}

/// The field that values look like.
fn likely(values: &[&str]) -> &'static str {
    let all = |fits: fn(&str) -> bool| {
        !values.is_empty() && values.iter().all(|value| fits(value.trim()))
    };
    let is_link = |value: &str| is_web_address(value) || PaperId::parse(value).is_some();
    let is_word = |value: &str| {
        value
            .split([',', ';', '、', '，'])
            .all(|part| part.chars().count() <= 24 && part.split_whitespace().count() <= 3)
    };
    let is_mark = |value: &str| value.chars().all(|c| c.is_ascii_digit() || "./★☆⭐ ".contains(c));
    match () {
        () if all(is_link) => "link",
        () if all(|value| dates::whole(value).is_some_and(|when| when.month.is_some())) => "date",
        () if all(is_mark) => "rating",
        () if all(|value| value.is_ascii() && are_people(value)) => "authors",
        () if all(is_word) => "tags",
        () => "remarks",
    }
}

/// The note of a source: how many names it has that nothing knows, and the line for the commonest of them.
pub fn counted<'f>(findings: impl Iterator<Item = &'f Finding>) -> Option<Finding> {
    let mut names: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for help in findings.filter_map(|finding| finding.help.as_deref()) {
        let Some(at) = help.find(LINE) else { continue };
        let name = help[at + LINE.len()..].split(" = \"").next().unwrap_or_default();
        *names.entry(name).or_default().entry(&help[at..]).or_default() += 1;
    }
    let uses = |helps: &BTreeMap<&str, usize>| helps.values().sum::<usize>();
    // Of names that are as common as each other, the first of the alphabet is taken.
    let (name, helps) = names.iter().rev().max_by_key(|(_, helps)| uses(helps))?;
    let (help, _) = helps.iter().rev().max_by_key(|(_, count)| **count)?;
    let all = names.values().map(uses).sum::<usize>();
    let message = match names.len() {
        1 => format!("a name of facts is unknown: {name} (in {all} places)"),
        count => format!(
            "{count} names of facts are unknown (in {all} places), most often {name} ({})",
            uses(helps)
        ),
    };
    let help = format!("`{help}; `offprint import --fields` prints the fields there are");
    Some(Finding::new(Code::UnknownNames, message).help(help))
}

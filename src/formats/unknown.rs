//! Names of facts that neither the dictionary nor config.toml knows: each is said with the line of config.toml that would give
//! it a meaning, and a source says once how many there are.

use std::collections::BTreeMap;

use super::by_hand::are_people;
use super::dates;
use crate::diagnostic::{Code, Finding};
use crate::model::PaperId;
use crate::model::id::is_web_address;

/// Advises to give a name the meaning that its values look like; `before` is what else there is to do.
pub(super) fn advise<'v>(
    finding: Finding,
    before: &str,
    name: &str,
    values: impl Iterator<Item = &'v str>,
) -> Finding {
    let values: Vec<&str> = values.filter(|value| !value.trim().is_empty()).take(20).collect();
    let bare = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    let key = if bare && !name.is_empty() {
        name.to_owned()
    } else {
        toml::Value::from(name).to_string()
    };
    let field = likely(&values);
    let help = format!("{before}{} would give it a meaning", line(&key, field));
    Finding { mapping: Some(Box::new((key, field))), ..finding }.help(help)
}

/// The line of config.toml that makes a name a field. A table of its own fits beside all that may stand there already.
fn line(key: &str, field: &str) -> String {
    format!("`{key} = \"{field}\"` below `[fields]` in config.toml")
}

/// The field that values look like.
fn likely(values: &[&str]) -> &'static str {
    match () {
        () if all(values, |value| is_web_address(value) || PaperId::parse(value).is_some()) => {
            "link"
        }
        () if all(values, |value| dates::whole(value).is_some_and(|when| when.month.is_some())) => {
            "date"
        }
        () if all(values, |value| {
            value.chars().all(|c| c.is_ascii_digit() || "./★☆⭐ ".contains(c))
        }) =>
        {
            "rating"
        }
        () if all(values, |value| value.is_ascii() && are_people(value)) => "authors",
        () if all(values, |value| {
            value
                .split([',', ';', '、', '，'])
                .all(|part| part.chars().count() <= 24 && part.split_whitespace().count() <= 3)
        }) =>
        {
            "tags"
        }
        () => "remarks",
    }
}

fn all(values: &[&str], fits: fn(&str) -> bool) -> bool {
    !values.is_empty() && values.iter().all(|value| fits(value.trim()))
}

/// The note of a source: how many names it has that nothing knows, and the line for the commonest of them.
pub fn counted<'f>(findings: impl Iterator<Item = &'f Finding>) -> Option<Finding> {
    let mut names: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (name, field) in findings.filter_map(|finding| finding.mapping.as_deref()) {
        *names.entry(name).or_default().entry(field).or_default() += 1;
    }
    // Of names that are as common as each other, the first of the alphabet is taken.
    let (name, fields) = names.iter().rev().max_by_key(|(_, fields)| uses(fields))?;
    let (field, _) = fields.iter().rev().max_by_key(|(_, count)| **count)?;
    let all = names.values().map(uses).sum::<usize>();
    let message = match names.len() {
        1 => format!("a name of facts is unknown: {name} (in {all} places)"),
        count => format!(
            "{count} names of facts are unknown (in {all} places), most often {name} ({})",
            uses(fields)
        ),
    };
    let help = format!(
        "{} would give it a meaning; `offprint import --fields` prints the fields there are",
        line(name, field)
    );
    Some(Finding::new(Code::UnknownNames, message).help(help))
}

fn uses(fields: &BTreeMap<&str, usize>) -> usize {
    fields.values().sum::<usize>()
}

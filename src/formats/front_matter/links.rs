//! Links that front matter lists by what they are called, as themes show them below a title: `links: [{ name: Paper, url: … }]`,
//! `links: { paper: … }`. They are of what the text is about, and no papers of a list.

use super::value::Value;
use crate::formats::fields::{self, Field, Kind, Names};
use crate::formats::list::is_paper;
use crate::model::PaperId;
use crate::model::id::is_web_address;

/// The names and the addresses of such links. `None` where a value is something else, such as papers with their titles.
pub(in crate::formats) fn named_links<'a>(
    key: &str,
    value: &'a Value,
    names: &Names,
) -> Option<Vec<(&'a str, &'a str)>> {
    let leads = |name: &str| fields::named(name, names).is_some_and(Field::leads_to_paper);
    let is_called = fields::named(key, names).is_some_and(|field| field.kind == Kind::Link);
    let links: Vec<_> = match value {
        Value::List(items) => items.iter().map(link).collect::<Option<_>>()?,
        Value::Table(pairs) if is_called => match link(value) {
            Some(link) => vec![link],
            None => pairs
                .iter()
                .map(|(name, url)| Some((name.as_str(), address(url)?)))
                .collect::<Option<_>>()?,
        },
        _ => return None,
    };
    let papers = links.iter().filter(|(name, url)| !leads(name) && is_paper(url)).count();
    let fits = links.iter().any(|(name, _)| leads(name)) || is_called;
    (fits && papers < 2 && !links.is_empty()).then_some(links)
}

/// The name and the address that a table says, and no other address: `{ name: Paper, url: … }`, `{ paper: … }`.
fn link(value: &Value) -> Option<(&str, &str)> {
    const CALLED: [&str; 5] = ["name", "title", "label", "text", "type"];
    let Value::Table(pairs) = value else { return None };
    let mut urls = pairs.iter().filter_map(|(key, value)| Some((key.as_str(), address(value)?)));
    let (key, url) = urls.next().filter(|_| urls.next().is_none())?;
    if pairs.len() == 1 {
        return Some((key, url));
    }
    let said = |name: &&str| pairs.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    let (_, name) = CALLED.iter().find_map(said)?;
    // Whom a paper is by, or where it appeared, is said of no link.
    let tells = |key: &str| {
        fields::named(key, &[])
            .is_some_and(|field| matches!(field.name, "authors" | "venue" | "abstract" | "date"))
    };
    (!pairs.iter().any(|(key, _)| tells(key))).then_some((name.text()?, url))
}

fn address(value: &Value) -> Option<&str> {
    value
        .text()
        .map(str::trim)
        .filter(|text| is_web_address(text) || PaperId::parse(text).is_some())
}

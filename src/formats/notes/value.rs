//! What the value of a label holds: addresses, ids, or nothing.

use super::links;
use crate::formats::fields::{Field, Kind};
use crate::model::{Link, PaperId, author};

/// Whether a value is what people write where there is nothing to be written.
pub(in crate::formats) fn is_nothing(value: &str) -> bool {
    let word = value.trim_matches(|c: char| !c.is_alphanumeric());
    word.is_empty()
        || author::is_nothing(word)
        || ["n a", "na"].iter().any(|nothing| word.eq_ignore_ascii_case(nothing))
}

/// The addresses in a value, in whatever way they are written, each with what it is called.
pub(super) fn links_of(value: &str) -> Vec<Link> {
    let mut found = links::of_paper(value).unwrap_or_else(|| links::within(value));
    if found.is_empty() {
        found.extend(first_id(value).map(|id| Link { key: None, url: id.url() }));
    }
    found
}

/// The id that a value begins with: `10.5555/wax.7（page 1）`.
fn first_id(value: &str) -> Option<PaperId> {
    let end = value.find(|c: char| c.is_whitespace() || "（()[],，;；。、".contains(c))?;
    PaperId::parse(value[..end].trim_end_matches('.'))
}

/// Whether more than an id is said, which stays where it is.
pub(super) fn has_remark(field: Field, value: &str) -> bool {
    field.kind == Kind::Link
        && first_id(value).is_some()
        && links::of_paper(value).is_none()
        && links::within(value).is_empty()
}

/// The ids that a value marks as such among other words: `Wick Lab, arXiv:2503.01234v2, 2025`.
pub(super) fn marked_ids(value: &str) -> impl Iterator<Item = PaperId> {
    value.match_indices("arXiv:").filter_map(|(at, _)| {
        let id = &value[at..];
        let ends = |c: char| !(c.is_ascii_alphanumeric() || "-/.:".contains(c));
        PaperId::parse(id[..id.find(ends).unwrap_or(id.len())].trim_end_matches('.'))
    })
}

/// Whether a text leads to a paper by its id.
pub(super) fn names_id(text: &str) -> bool {
    links_of(text).iter().any(|link| PaperId::parse(&link.url).is_some())
}

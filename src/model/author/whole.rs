//! Names that would be taken for several, as those of some institutions are: they stand in braces, `{Centre for Fog and Rain}`.

use super::{Authors, also, of_items, once, plain};

/// Longer names are none.
const LONGEST: usize = 400;

/// A name as it is written among others: in braces where it would else be read otherwise.
pub fn kept(name: &str) -> String {
    if is_read_otherwise(name) { format!("{{{name}}}") } else { name.to_owned() }
}

fn is_read_otherwise(name: &str) -> bool {
    let fits =
        name.len() < LONGEST && !name.contains(['{', '}', '(', ')', '\n']) && !name.is_empty();
    let may_be =
        [",", ";", "&", " and ", "/", "|", " et ", " und "].iter().any(|mark| name.contains(mark));
    fits && may_be
        && plain::name(name).is_none()
        && once(&format!("{name}; {name}")).names != [name, name]
}

/// A list in which such names stand in braces.
pub(super) fn split(list: &str) -> Option<Authors> {
    let (mut out, mut from, mut at, mut found) = (Authors::default(), 0, 0, false);
    while let Some(open) = list[at..].find('{').map(|found| at + found) {
        let close = open + list[open..].find('}')?;
        let inside = list[open + 1..close].trim();
        let (before, after) = (list[from..open].trim_end(), list[close + 1..].trim_start());
        let is_item = (before.is_empty() || before.ends_with([',', ';']))
            && (after.is_empty() || after.starts_with([',', ';']));
        if is_item && is_read_otherwise(inside) {
            add(before, &mut out);
            out.names.push(inside.to_owned());
            (from, found) = (close + 1, true);
        }
        at = close + 1;
    }
    if !found {
        return None;
    }
    add(&list[from..], &mut out);
    Some(out)
}

/// Adds what stands between two such names.
fn add(part: &str, out: &mut Authors) {
    let is_strong = part.trim().starts_with(';') || part.trim().ends_with(';');
    let part = part.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
    let read = if is_strong { of_items(part.split(';')) } else { super::split(part) };
    out.names.extend(read.names);
    also(&mut out.team, read.team);
    also(&mut out.more, read.more);
    also(&mut out.venue, read.venue);
    out.year = out.year.take().or(read.year);
    out.affiliations.extend(read.affiliations);
    out.aside.extend(read.aside);
}

#[cfg(test)]
mod tests {
    use super::super::{joined, split};

    #[test]
    fn names_in_braces_are_one() {
        for (list, names) in [
            ("{Centre for Fog and Rain}, Ada Wick", vec!["Centre for Fog and Rain", "Ada Wick"]),
            (
                "Ada Wick; {Flint, Soot & Co}; Tide, Bo",
                vec!["Ada Wick", "Flint, Soot & Co", "Bo Tide"],
            ),
            ("{Walter de Flint & Co}", vec!["Walter de Flint & Co"]),
        ] {
            let read = split(list).names;
            assert_eq!(read, names, "{list}");
            assert_eq!(split(&joined(&read)).names, names, "{}", joined(&read));
        }
    }
}

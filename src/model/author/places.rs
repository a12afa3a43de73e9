//! Where people work, behind their names and a comma, as programs of conferences have it: `Ada Wick and Bo Lamp, Lamp
//! University; Cy Dim, Wax Inc.`.

use super::words;

/// Words that only a place of work has in its name, and no team.
const PLACES: &[&str] = &[
    "niversit",
    "nstitute of",
    "ollege",
    "aborator",
    "epartment of",
    "cademy of",
    "chool of",
    "大学",
    "大學",
    "대학교",
];

/// Whether a text has a word that only a place of work has in its name.
pub(super) fn is_place(part: &str) -> bool {
    PLACES.iter().any(|word| part.contains(word))
}

/// A list without places of work, and these; nothing where it names none behind a comma.
pub(super) fn cut(list: &str) -> Option<(String, Vec<String>)> {
    if !is_place(list) {
        return None;
    }
    let mut groups: Vec<Group<'_>> = list.split(';').map(Group::of).collect();
    let told = groups.iter().filter(|group| !group.places.is_empty()).count();
    // One person and one place between semicolons are read with care, person by person.
    let are_pairs = groups.iter().all(|group| group.names.len() + group.places.len() == 2);
    if told == 0 || groups.len() > 1 && are_pairs {
        return None;
    }
    // Where several say it, what stands last is one, whatever it is called.
    if told > 1 && told * 3 > groups.len() {
        for group in groups.iter_mut().filter(|group| group.places.is_empty()) {
            let is_place = group.names.last().is_some_and(|name| !name.starts_with("and "));
            if is_place && group.names[0].contains(' ') && group.names.len() > 1 {
                group.places.extend(group.names.pop());
            }
        }
    }
    let names: Vec<&str> = groups.iter().flat_map(|group| group.names.iter().copied()).collect();
    let mut places: Vec<String> = Vec::new();
    for place in groups.iter().flat_map(|group| &group.places).map(|place| words::set_plain(place))
    {
        if !places.iter().any(|known| known == place) {
            places.push(place.to_owned());
        }
    }
    Some((names.join(", "), places))
}

/// What stands between semicolons.
struct Group<'l> {
    names: Vec<&'l str>,
    places: Vec<&'l str>,
}

impl<'l> Group<'l> {
    fn of(group: &'l str) -> Self {
        let mut out = Self { names: Vec::new(), places: Vec::new() };
        let mut behind_place = false;
        for part in group.split(", ").map(str::trim).filter(|part| !part.is_empty()) {
            let is_free = !part.contains(['(', ')', '[', ']', '{', '}', ':']);
            // `Lamp University, Lampville`
            let goes_on = behind_place && !part.contains(' ');
            behind_place = !out.names.is_empty() && is_free && (is_place(part) || goes_on);
            (if behind_place { &mut out.places } else { &mut out.names }).push(part);
        }
        out
    }
}

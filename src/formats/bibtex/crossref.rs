//! Fields that an entry leaves to the volume that it names by `crossref`.

use rustc_hash::FxHashMap;

use super::split::{Field, Piece, Record};

/// Fields of a volume that are about the volume alone.
const OWN: &[&str] = &[
    "title",
    "subtitle",
    "booktitle",
    "crossref",
    "xref",
    "doi",
    "url",
    "note",
    "author",
    "pages",
];

/// Gives every entry what it leaves to its volume. The title of the volume is where the paper appeared.
pub(super) fn follow(entries: &mut [Record<'_>]) {
    let keys: FxHashMap<String, usize> = entries
        .iter()
        .enumerate()
        .map(|(index, record)| (record.key.to_ascii_lowercase(), index))
        .collect();
    for index in 0..entries.len() {
        let volume = named(&entries[index]).and_then(|key| keys.get(&key).copied());
        let Some(volume) = volume.filter(|volume| *volume != index) else { continue };
        let title = ["booktitle", "title"].iter().find_map(|name| entries[volume].field(name));
        let title =
            title.map(|field| Field { name: "booktitle".to_owned(), pieces: field.pieces.clone() });
        let others =
            entries[volume].fields.iter().filter(|field| !OWN.contains(&field.name.as_str()));
        // A volume of thousands of fields is none.
        let others = others
            .take(32)
            .map(|field| Field { name: field.name.clone(), pieces: field.pieces.clone() });
        let all: Vec<_> = title.into_iter().chain(others).collect();
        let dated =
            entries[index].field("date").is_some() || entries[index].field("year").is_some();
        for field in all {
            if entries[index].field(&field.name).is_none() && !(dated && is_date_field(&field.name))
            {
                entries[index].fields.push(field);
            }
        }
    }
}

fn is_date_field(name: &str) -> bool {
    ["date", "year", "month", "day"].contains(&name)
}

/// The key that an entry names, as keys are compared.
fn named(record: &Record<'_>) -> Option<String> {
    match record.field("crossref")?.pieces.as_slice() {
        [Piece::Text(key) | Piece::Name(key)] => Some(key.trim().to_ascii_lowercase()),
        _ => None,
    }
}

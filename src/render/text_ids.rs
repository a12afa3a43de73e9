//! What the ids of a text on a page begin with, and the numbers that tell texts apart.

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// What the ids of a text start with: short, and its own among all texts that can share a page.
pub(super) fn text_key(place: TextPlace<'_>) -> String {
    let hash = text_seed(place);
    std::iter::once('t')
        .chain((0..6).map(|place| {
            char::from_digit((hash >> (4 * place)) as u32 & 0xf, 16).unwrap_or_default()
        }))
        .chain(['-'])
        .collect()
}

/// The same of a text of a plain page, which has the page to itself: nothing but for further languages.
pub(super) fn page_key(number: usize) -> String {
    if number == 0 { String::new() } else { format!("t{number}-") }
}

/// Where a text stands: the path of its file, the position of its entry, its number there.
pub(super) type TextPlace<'t> = (&'t str, usize, usize);

pub(super) fn text_seed((path, position, number): TextPlace<'_>) -> u64 {
    xxh3_64_with_seed(path.as_bytes(), (position as u64).rotate_left(20) ^ number as u64)
}

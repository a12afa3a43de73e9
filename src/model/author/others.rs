//! What a list says of people whom it leaves out: `et al.`, `+12 authors`, `외 3명`, `等`.

use super::plain;

/// Words that say so alone, without the dots around them.
const ALONE: &[&str] = &[
    "et al",
    "et. al",
    "et.al",
    "etal",
    "etc",
    "et el",
    "et alii",
    "et al.,",
    "others",
    "and others",
    "co-workers",
    "colleagues",
    "et coll",
    "et autres",
    "u. a",
    "u.a",
    "y otros",
    "и др",
    "и другие",
    "외",
    "등",
    "等",
    "等人",
    "他",
    "ほか",
    "ら",
    "外",
];

/// Words behind a number of people.
const COUNTED: &[&str] = &[
    "more",
    "other",
    "others",
    "additional",
    "further",
    "author",
    "authors",
    "people",
    "coauthors",
    "co-authors",
    "collaborators",
    "contributors",
    "researchers",
    "명",
    "인",
    "명의",
    "저자",
    "名",
    "人",
    "位",
    "位作者",
    "名作者",
];

/// What may stand before a number of people.
const BEFORE: &[&str] = &[
    "외",
    "등",
    "等",
    "他",
    "ほか",
    "外",
    "及其他",
    "+",
    "plus ",
    "and ",
    "& ",
    "with ",
    "…",
    "...",
];

/// What a text says of others, if it says no more: `and others`, or its own words where they say how many.
pub(super) fn whole(text: &str) -> Option<String> {
    if plain::name(text).is_some() {
        return None;
    }
    if text.starts_with(['.', '…']) && text.trim_matches(['.', '…', ' ']).is_empty() {
        return Some("and others".to_owned());
    }
    let text = text
        .trim_start_matches(['…', '.', ' ', '(', '[', '&'])
        .trim_end_matches(['.', '…', ' ', ')', ']', ',']);
    let plain = text.strip_prefix("and ").unwrap_or(text);
    if plain.len() > 60 || plain.is_empty() {
        return None;
    }
    let lower = plain.to_lowercase();
    if ALONE.contains(&lower.as_str()) {
        return Some("and others".to_owned());
    }
    if lower.ends_with("not shown") {
        return Some(plain.to_owned());
    }
    let bare = lower.starts_with(|c: char| c.is_ascii_digit()) && lower.contains("other");
    is_count(&lower).then(|| if bare { format!("and {plain}") } else { plain.to_owned() })
}

/// `+12 authors`, `3 more`, `외 3명`, `等12人`
fn is_count(lower: &str) -> bool {
    let marked = BEFORE.iter().find_map(|start| lower.strip_prefix(start));
    let rest = marked.unwrap_or(lower).trim_start();
    let number = rest.bytes().take_while(u8::is_ascii_digit).count();
    let words = rest[number..].trim();
    let bare = words.is_empty() && lower.starts_with('+');
    (1..=5).contains(&number)
        && (bare || !words.is_empty() && words.split(' ').all(|word| COUNTED.contains(&word)))
}

/// What stands before such words at the end of a text, and what they say.
pub(super) fn at_end(text: &str) -> Option<(&str, String)> {
    if plain::name(text).is_some() {
        return None;
    }
    if let Some(said) = whole(text) {
        return Some(("", said));
    }
    if let Some(open) = text.rfind(['(', '[']).filter(|_| text.ends_with([')', ']'])) {
        let inner = text[open + 1..text.len() - 1].trim();
        if let Some(said) = whole(inner) {
            return Some((text[..open].trim_end(), said));
        }
        if inner.starts_with("and ") {
            return Some((text[..open].trim_end(), inner.to_owned()));
        }
    }
    // At most five words say it; a name may touch the first where neither has spaces.
    let starts = text.match_indices(' ').map(|(at, _)| at + 1).rev().take(5);
    let ends = ["等", "他", "ほか", "ら", "외", "+", "…", "..."];
    // Most names are ASCII, in which only the signs can stand.
    let touching = ends
        .iter()
        .filter(|word| word.is_ascii() || !text.is_ascii())
        .filter_map(|word| text.rfind(word))
        .filter(|&at| touches(text, at));
    let found = starts
        .chain(touching)
        .filter(|&at| at > 0)
        .filter_map(|at| Some((at, whole(&text[at..])?)));
    // `Ada Wick + et al.`
    let before = |at: usize| text[..at].trim_end_matches([' ', '+']);
    found.min_by_key(|(at, _)| *at).map(|(at, said)| (before(at), said))
}

/// Whether words that say it may begin without a space: behind a name of two letters at least, and in Korean before a
/// number only, for names end in any syllable.
fn touches(text: &str, at: usize) -> bool {
    let korean = text[at..].starts_with('외') && !text[at..].contains(|c: char| c.is_ascii_digit());
    text[..at].chars().count() >= 2 && !korean
}

/// Whether a remark on a paper says that its list of authors is cut.
pub fn tells_of_others(remark: &str) -> bool {
    whole(remark).is_some() || remark.starts_with("and ")
}

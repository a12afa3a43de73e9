//! What stands in the parentheses after a title → the authors of an entry. Knows no format.

use crate::digest::{Entry, author};

/// Adds the authors of a list, the team before them, and a note that not all are named.
pub(super) fn add(list: &str, entry: &mut Entry) {
    let authors = author::split(list);
    let mut more = None;
    for name in authors.names {
        let (name, aside) = without_aside(&name);
        more = more.or(aside.map(str::to_owned));
        if !name.is_empty() {
            entry.authors.push(name.to_owned());
        }
    }
    // What the split leaves out says that there are others.
    const OTHERS: [&str; 6] = ["al", "al.", "others", "Others", "etc", "etc."];
    let cut = || list.split(|c: char| c == ',' || c.is_whitespace()).find(|word| OTHERS.contains(word));
    more =
        more.or_else(|| cut().map(|word| if word.starts_with("al") { "et al.".to_owned() } else { word.to_owned() }));
    entry.fields.extend(more.map(|more| ("authors".to_owned(), more)));
    entry.org = authors.team.or(entry.org.take());
}

/// A name without a remark that others are not named: `(additional authors not shown)`, `A B (and others)`.
fn without_aside(name: &str) -> (&str, Option<&str>) {
    let split = name.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match split {
        Some((before, aside)) if before.is_empty() || aside.starts_with("and ") => (before.trim_end(), Some(aside)),
        _ => (name, None),
    }
}

/// Whether a list can be one of authors, where nothing but parentheses says so: no address, no sentence.
pub(super) fn is_plausible(list: &str) -> bool {
    let list = list.trim();
    let sentence = ends_sentence(list) && !list.ends_with("al.") && !list.ends_with("Jr.");
    if sentence || list.contains("://") {
        return false;
    }
    let names = author::split(list).names;
    let short = |name: &String| name.split_whitespace().count() <= 10;
    !names.is_empty() && names.iter().all(short)
}

/// Whether a text ends as sentences do, and titles and names do not.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '。', '…', ';', ',', '다', '요', '죠'])
}

/// A text that ends in balanced parentheses: what stands before them, and what is in them.
pub(super) fn last_group(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    if !text.ends_with(')') {
        return None;
    }
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().rev() {
        match byte {
            b')' => depth += 1,
            b'(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((text[..at].trim_end(), text[at + 1..text.len() - 1].trim()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_group_is_the_one_that_counts() {
        assert_eq!(last_group("A (NOT) B (C (D) E, F)"), Some(("A (NOT) B", "C (D) E, F")));
        assert_eq!(last_group("(A)"), Some(("", "A")));
        for text in ["", "A", "A)", "A (B) C", "가)"] {
            assert_eq!(last_group(text), None, "{text}");
        }
    }

    #[test]
    fn remarks_are_no_authors() {
        let mut entry = Entry::default();
        add("Ann Bee, Cy Dee,  (additional authors not shown)", &mut entry);
        assert_eq!(entry.authors, ["Ann Bee", "Cy Dee"]);
        assert_eq!(entry.field("authors"), Some("additional authors not shown"));
        let mut entry = Entry::default();
        add("Ann (Bea)Cee, Di Ef (and Other Contributors)", &mut entry);
        assert_eq!(entry.authors, ["Ann (Bea)Cee", "Di Ef"]);
    }
}

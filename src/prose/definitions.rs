//! What a text defines for its footnotes and links, and what it refers to.

use std::cell::RefCell;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Tag, TagEnd};

use super::source::Source;

/// What a definition is found by: whether it is a footnote's, and its label in lower case.
pub type Key = (bool, String);

/// A definition and its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Its name.
    pub key: Key,
    /// Where it stands, without the line's end.
    pub range: Range<usize>,
}

/// What a text defines and refers to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Definitions {
    /// Its definitions in order.
    pub all: Vec<Definition>,
    /// References to its own footnotes outside of all of them.
    pub used: Vec<Key>,
    /// What it refers to and does not define. Brackets that are none are among them.
    pub wanted: Vec<Key>,
}

/// Reads the definitions of a text.
pub fn definitions(text: &str) -> Definitions {
    let source = Source::new(text, false);
    let (mut found, mut notes) = (Definitions::default(), 0_u32);
    for (event, range) in source.events() {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                notes += 1;
                found.all.push(Definition {
                    key: key(true, &source.restore(&label)),
                    range: source.span(range),
                });
            }
            Event::End(TagEnd::FootnoteDefinition) => notes = notes.saturating_sub(1),
            Event::FootnoteReference(label) if notes == 0 => {
                found.used.push(key(true, &source.restore(&label)));
            }
            Event::Text(piece) => {
                let escaped = source.text()[..range.start].ends_with('\\');
                let labels =
                    missing_notes(&piece, escaped).map(|at| key(true, &source.restore(&piece[at])));
                found.wanted.extend(labels);
            }
            _ => {}
        }
    }
    links(&source, &mut found);
    for definition in &mut found.all {
        definition.range.end =
            definition.range.start + text[definition.range.clone()].trim_end().len();
    }
    found.all.sort_by_key(|definition| definition.range.start);
    found
}

fn links(source: &Source<'_>, found: &mut Definitions) {
    let wanted = RefCell::new(Vec::new());
    let mut parser = source.parser(|link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        wanted.borrow_mut().push(key(false, &source.restore(&link.reference)));
        None
    });
    parser.by_ref().for_each(drop);
    for (label, definition) in parser.reference_definitions().iter() {
        let range = source.span(definition.span.clone());
        found.all.push(Definition { key: key(false, &source.restore(label)), range });
    }
    drop(parser);
    found.wanted.append(&mut wanted.into_inner());
}

fn key(note: bool, label: &str) -> Key {
    (note, label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
}

/// The labels of footnotes in a piece of text of the parser's: what it leaves as text has no note. `escaped`: a backslash
/// stands before the piece.
pub fn missing_notes(piece: &str, escaped: bool) -> impl Iterator<Item = Range<usize>> {
    let mut from = usize::from(escaped && !piece.is_empty());
    from = piece.ceil_char_boundary(from);
    std::iter::from_fn(move || {
        loop {
            let start = from + piece[from..].find("[^")? + "[^".len();
            let label =
                piece[start..].find(|c: char| !(c.is_alphanumeric() || "-_.:+*".contains(c)));
            let end = label.map_or(piece.len(), |length| start + length);
            from = end;
            if end > start && piece[end..].starts_with(']') {
                return Some(start..end);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_and_references_are_told() {
        let found = definitions(
            "A[^1] b[^no] [c][Lamp] `[^d]` \\[^e]\n\n[^1]: One\n    two.\n\n[lamp]: https://a.b 'x'\n",
        );
        let keys: Vec<_> = found.all.iter().map(|definition| definition.key.1.as_str()).collect();
        assert_eq!(keys, ["1", "lamp"]);
        assert_eq!(found.used, [(true, "1".to_owned())]);
        assert_eq!(found.wanted, [(true, "no".to_owned())]);
        assert!(definitions("[a][b] and [c][]").wanted.contains(&(false, "b".to_owned())));
    }
}

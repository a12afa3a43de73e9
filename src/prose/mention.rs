//! Mentions: every paper and note that a text names.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::lead::{Lead, leads};
use crate::model::PaperId;

/// Something that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// What is named.
    pub target: Target,
    /// Where, in bytes of the text.
    pub span: Range<usize>,
}

/// What can be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A paper, by link, bare address or bare id.
    Paper(PaperId),
    /// The name in `[[name]]`, without label, heading and `.md`.
    Wikilink(String),
    /// The key in `[@key]`.
    Key(String),
}

/// Everything that a text names outside code, in the order written.
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    // An address has a colon, a wikilink two brackets, a citation its sign; most text has none and needs no parser.
    if !text.contains(':') && !text.contains("[[") && !text.contains('@') {
        return found;
    }
    leads(text, |lead, span| {
        let target = match lead {
            Lead::Link(LinkType::WikiLink { .. }, written) => named(written),
            Lead::Link(LinkType::Email, _) | Lead::Image(..) => None,
            Lead::Cited(key) => {
                let id = PaperId::parse(key).map(Target::Paper);
                Some(id.unwrap_or_else(|| Target::Key(key.to_owned())))
            }
            Lead::Link(_, address) | Lead::Bare(address) => {
                PaperId::parse(address).map(Target::Paper)
            }
        };
        found.extend(target.map(|target| Mention { target, span }));
    });
    found
}

fn named(written: &str) -> Option<Target> {
    Some(wikilink(written).0)
        .filter(|name| !name.is_empty())
        .map(|name| Target::Wikilink(name.to_owned()))
}

/// The name and the heading of what stands between `[[` and `|` or `]]`.
pub fn wikilink(written: &str) -> (&str, Option<&str>) {
    let (name, heading) = written
        .split_once('#')
        .map_or((written, None), |(name, heading)| (name, Some(heading.trim())));
    let name = name.trim().trim_end_matches('\\');
    (name.strip_suffix(".md").unwrap_or(name), heading.filter(|heading| !heading.is_empty()))
}

/// A text without the size at its end, and the width that this says: `a lamp|300`, `300x200`. A number alone is only taken
/// for one where it could be.
pub fn sized(text: &str) -> (&str, Option<u32>) {
    let (alt, size) = text.rsplit_once('|').unwrap_or(("", text));
    let (width, height) = size.trim().split_once('x').unwrap_or((size.trim(), "1"));
    let is_number =
        |part: &str| !part.is_empty() && part.len() < 5 && part.bytes().all(|b| b.is_ascii_digit());
    let width = Some(width)
        .filter(|width| is_number(width) && is_number(height))
        .and_then(|width| width.parse().ok());
    let width = width.filter(|width| *width > if text == size { 15 } else { 0 });
    (if width.is_some() { alt.trim() } else { text }, width)
}

/// A text that percents of a width are of, in pixels: what it is in the program's themes.
const MEASURE: u32 = 640;

/// The pixels of `300`, `300px`, `50%`.
pub fn width(written: &str) -> Option<u32> {
    let written = written.trim();
    let number = |text: &str| text.parse::<u32>().ok().filter(|number| (1..=9999).contains(number));
    match written.strip_suffix('%') {
        Some(percent) => number(percent).map(|percent| MEASURE * percent.min(100) / 100),
        None => number(written.trim_end_matches("px")),
    }
}

/// What Pandoc and Quarto write right after a picture: how long it is, and the width that it says; `None` where it says none.
pub(super) fn attributes(text: &str) -> Option<(usize, u32)> {
    let inside = text.strip_prefix('{')?;
    let end = inside.find(['}', '{', '\n'])?;
    let words = inside[..end].split_whitespace();
    let mut widths = words.filter_map(|word| width(word.strip_prefix("width=")?.trim_matches('"')));
    inside[end..].starts_with('}').then_some((end + 2, widths.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_pixels_or_percents_of_a_text() {
        assert_eq!(["300", " 300px", "50%", "250%"].map(width), [300, 300, 320, 640].map(Some));
        assert_eq!(["", "0", "-3", "5cm", "12345", "%"].map(width), [None; 6]);
        assert_eq!(attributes("{.wide width=\"50%\"} and"), Some((19, 320)));
        assert_eq!(
            ["", "{", "{}", "{x}", "{width=a}", "{width=3\n}", "{{width=3}}"].map(attributes),
            [None; 7]
        );
    }

    #[test]
    fn wikilinks_are_named_without_label_heading_and_extension() {
        let text = "[[240218 Sora]] [[A.md|그 글]] ![[B#part]] `[[code]]` [[ ]]\n\n    [[code]]\n";
        let found: Vec<_> = mentions(text).into_iter().map(|m| (m.target, &text[m.span])).collect();
        assert_eq!(
            found,
            [(to_note("240218 Sora"), "[[240218 Sora]]"), (to_note("A"), "[[A.md|그 글]]")]
        );
    }

    fn to_note(name: &str) -> Target {
        Target::Wikilink(name.to_owned())
    }
}

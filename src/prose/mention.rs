//! Mentions: every paper and note that a text names.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::address::addresses;
use super::source::Source;
use crate::digest::PaperId;

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
}

/// Everything that a text names outside code, in the order written.
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    // An address has a colon, a wikilink two brackets; most text has neither and needs no parser.
    if !text.contains(':') && !text.contains("[[") {
        return found;
    }
    let source = Source::new(text, false);
    let mut quiet = 0_usize;
    for (event, range) in source.events() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => quiet += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::Link) => quiet = quiet.saturating_sub(1),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                quiet += 1;
                let target = link(link_type, &source.restore(&dest_url));
                found.extend(target.map(|target| Mention { target, span: source.span(range) }));
            }
            Event::Text(piece) if quiet == 0 => {
                for address in addresses(&piece) {
                    let place = source.span(range.start + address.start..range.start + address.end);
                    let paper = PaperId::parse(&piece[address]);
                    found.extend(paper.map(|id| Mention { target: Target::Paper(id), span: place }));
                }
            }
            _ => {}
        }
    }
    found
}

fn link(kind: LinkType, address: &str) -> Option<Target> {
    match kind {
        LinkType::WikiLink { .. } => {
            Some(wikilink(address).0).filter(|n| !n.is_empty()).map(|n| Target::Wikilink(n.to_owned()))
        }
        LinkType::Email => None,
        _ => PaperId::parse(address).map(Target::Paper),
    }
}

/// The name and the heading of what stands between `[[` and `|` or `]]`.
pub fn wikilink(written: &str) -> (&str, Option<&str>) {
    let (name, heading) =
        written.split_once('#').map_or((written, None), |(name, heading)| (name, Some(heading.trim())));
    let name = name.trim().trim_end_matches('\\');
    (name.strip_suffix(".md").unwrap_or(name), heading.filter(|heading| !heading.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wikilinks_are_named_without_label_heading_and_extension() {
        let text = "[[240218 Sora]] [[A.md|그 글]] ![[B#part]] `[[code]]` [[ ]]\n\n    [[code]]\n";
        let found: Vec<_> = mentions(text).into_iter().map(|m| (m.target, &text[m.span])).collect();
        let name = |name: &str| Target::Wikilink(name.to_owned());
        assert_eq!(found, [(name("240218 Sora"), "[[240218 Sora]]"), (name("A"), "[[A.md|그 글]]")]);
    }
}

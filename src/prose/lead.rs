//! Where a text leads: its links, images and bare addresses, outside code.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::address::addresses;
use super::citation::citations;
use super::source::Source;

/// Something that leads somewhere, with what is written there.
pub(super) enum Lead<'t> {
    /// A link, of any kind.
    Link(LinkType, &'t str),
    /// An image.
    Image(LinkType, &'t str),
    /// An address that stands in the text as it is.
    Bare(&'t str),
    /// The key or the id of a paper that the text cites.
    Cited(&'t str),
}

/// Calls `sink` with everything that leads somewhere and its place in the text, in the order written. What stands inside
/// of a link is a part of that.
pub(super) fn leads(text: &str, mut sink: impl FnMut(Lead<'_>, Range<usize>)) {
    let source = Source::new(text, false);
    let mut quiet = 0_usize;
    for (event, range) in source.events() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => quiet += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::Link | TagEnd::Image) => {
                quiet = quiet.saturating_sub(1);
            }
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                quiet += 1;
                sink(Lead::Link(link_type, &source.restore(&dest_url)), source.span(range));
            }
            Event::Start(Tag::Image { link_type, dest_url, .. }) => {
                quiet += 1;
                sink(Lead::Image(link_type, &source.restore(&dest_url)), source.span(range));
            }
            Event::Text(piece) if quiet == 0 => {
                let escaped = source.text()[..range.start].ends_with('\\');
                let cited = citations(&piece, escaped);
                for citation in &cited {
                    let at = &citation.range;
                    let place = source.span(range.start + at.start..range.start + at.end);
                    for item in &citation.items {
                        sink(Lead::Cited(&source.restore(&item.key)), place.clone());
                    }
                }
                let uncited = addresses(&piece)
                    .filter(|at| !cited.iter().any(|citation| citation.range.contains(&at.start)));
                for at in uncited {
                    let place = source.span(range.start + at.start..range.start + at.end);
                    sink(Lead::Bare(&piece[at]), place);
                }
            }
            _ => {}
        }
    }
}

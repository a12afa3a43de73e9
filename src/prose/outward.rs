//! Every address outside that a text leads to or shows, for whoever asks whether it is still there.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::address::addresses;
use super::source::Source;

/// `http` and `https` addresses of links, images and running text, outside code, in the order written.
pub fn outward(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    if !text.contains("://") {
        return found;
    }
    let source = Source::new(text, false);
    let mut quiet = 0_usize;
    for (event, range) in source.events() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => quiet += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::Link | TagEnd::Image) => quiet = quiet.saturating_sub(1),
            Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. }) => {
                quiet += 1;
                let plain = !matches!(link_type, LinkType::Email | LinkType::WikiLink { .. });
                found.extend(plain.then(|| (source.restore(&dest_url).into_owned(), source.span(range))));
            }
            Event::Text(piece) if quiet == 0 => {
                let place = |at: &Range<usize>| source.span(range.start + at.start..range.start + at.end);
                found.extend(addresses(&piece).map(|at| (piece[at.clone()].to_owned(), place(&at))));
            }
            _ => {}
        }
    }
    found.retain(|(address, _)| address.starts_with("http://") || address.starts_with("https://"));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_outside_code_are_found_with_their_places() {
        let text = "See https://a.example/x에서 and [b](https://b.example/).\n\n`https://c.example/` ![](https://d.example/p.png) [e](e.md) <https://f.example/>\n";
        let found: Vec<_> = outward(text).into_iter().map(|(address, at)| (address, text[at].to_owned())).collect();
        let pair = |address: &str, place: &str| (address.to_owned(), place.to_owned());
        assert_eq!(
            found,
            [
                pair("https://a.example/x", "https://a.example/x"),
                pair("https://b.example/", "[b](https://b.example/)"),
                pair("https://d.example/p.png", "![](https://d.example/p.png)"),
                pair("https://f.example/", "<https://f.example/>"),
            ]
        );
    }
}

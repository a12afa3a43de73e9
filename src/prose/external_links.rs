//! Every address outside that a text leads to or shows, for whoever asks whether it is still there.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::lead::{Lead, leads};

/// `http` and `https` addresses of links, images and running text, outside code, in the order written.
pub fn external_links(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    if !text.contains("://") {
        return found;
    }
    leads(text, |lead, span| match lead {
        Lead::Link(LinkType::Email | LinkType::WikiLink { .. }, _)
        | Lead::Image(LinkType::WikiLink { .. }, _)
        | Lead::Cited(_) => {}
        Lead::Link(_, address) | Lead::Image(_, address) | Lead::Bare(address) => {
            if address.starts_with("http://") || address.starts_with("https://") {
                found.push((address.to_owned(), span));
            }
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_outside_code_are_found_with_their_places() {
        let text = "See https://a.example/x에서 and [b](https://b.example/).\n\n`https://c.example/` ![](https://d.example/p.png) [e](e.md) <https://f.example/>\n";
        let found: Vec<_> = external_links(text)
            .into_iter()
            .map(|(address, at)| (address, text[at].to_owned()))
            .collect();
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

    fn pair(address: &str, place: &str) -> (String, String) {
        (address.to_owned(), place.to_owned())
    }
}

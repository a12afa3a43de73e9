//! Badges: pictures of a few words that a service draws, such as where a paper appeared, its id, or how many stars code has.

use crate::formats::papers_of_the_week::cell::leading_link;

/// What a picture says that is a badge: `![](https://img.shields.io/badge/LampConf-2024-blue)` says `LampConf 2024`. One whose words
/// are counted when it is drawn says nothing.
pub(super) fn of(picture: &str) -> Option<String> {
    let (alt, address) = if let Some(rest) = picture.strip_prefix("![](") {
        ("", rest.trim_end_matches(')'))
    } else {
        let (link, _) = leading_link(picture.strip_prefix('!')?)?;
        (link.label, link.url)
    };
    let path = address.split([' ', '?', '#']).next().unwrap_or_default();
    let is_drawn = path.contains("shields.io/")
        || path.contains("badgen.net/")
        || path.contains("/badge/")
        || path.ends_with("badge.svg")
        || path.contains("visitor-badge");
    let words = match path.split_once("/badge/") {
        Some((_, said)) => {
            let said = said.trim_end_matches(".svg").replace("--", "\u{0}").replace("%20", " ");
            let said = said.replace("%27", "'").replace('_', " ");
            let said = said.rsplit_once('-').map_or(said.as_str(), |(said, _)| said);
            said.replace('-', " ").replace('\u{0}', "-")
        }
        None => String::new(),
    };
    let is_counted = path.contains("/github/") || path.contains("/stars/");
    let words = if words.trim().is_empty() && !is_counted { alt.to_owned() } else { words };
    is_drawn.then_some(words)
}

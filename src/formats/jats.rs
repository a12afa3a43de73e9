//! Abstracts in the XML of journals (JATS), as Crossref gives them: `<jats:p>We light <jats:italic>oil</jats:italic>.</jats:p>`.

use std::borrow::Cow;

/// Elements that end a paragraph.
const BLOCKS: &[&str] =
    &["p", "sec", "title", "list", "list-item", "disp-formula", "abstract", "break"];

/// The text without the tags; what stood in blocks of its own is parted by empty lines. A heading that only says
/// "Abstract" is dropped.
pub(super) fn plain(source: &str) -> Cow<'_, str> {
    if !source.contains("jats:") {
        return Cow::Borrowed(source);
    }
    let source = source.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let mut out = String::with_capacity(source.len());
    let mut rest = source.as_str();
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let Some(name) = tag(&rest[at..]) else {
            out.push('<');
            rest = &rest[at + 1..];
            continue;
        };
        if BLOCKS.contains(&name) {
            out.push_str("\n\n");
        }
        rest = rest[at..].split_once('>').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let text = out.trim();
    let headless =
        text.strip_prefix("Abstract\n").or_else(|| text.strip_prefix("ABSTRACT\n")).unwrap_or(text);
    Cow::Owned(headless.trim_start().to_owned())
}

/// The longest tag that is looked for, so that a text of nothing but `<` takes no longer than others.
const LONGEST_TAG: usize = 200;

/// The words of a text in which some elements of HTML say how they look.
pub(super) fn without_tags(text: &str) -> String {
    const TAGS: &[&str] = &["i", "b", "em", "strong", "sub", "sup", "span", "p", "br"];
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let name = after.trim_start_matches('/');
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let end = after[..after.floor_char_boundary(LONGEST_TAG)].find('>');
        if let Some(end) =
            end.filter(|_| TAGS.contains(&name[..length].to_ascii_lowercase().as_str()))
        {
            rest = &after[end + 1..];
        } else {
            out.push('<');
            rest = after;
        }
    }
    out += rest;
    if out.contains("&amp;") { out.replace("&amp;", "&") } else { out }
}

/// The name in a tag of JATS or of its formulas.
fn tag(text: &str) -> Option<&str> {
    let inner = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let inner = inner.strip_prefix("jats:").or_else(|| inner.strip_prefix("mml:"))?;
    let length = inner.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
    (length > 0 && text.contains('>')).then(|| &inner[..length])
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn tags_go_and_words_stay() {
        for (source, expected) in [
            ("<jats:p>We light <jats:italic>oil</jats:italic>.</jats:p>", "We light oil."),
            (
                "<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two.</jats:p>",
                "One.\n\n\n\nTwo.",
            ),
            ("&lt;jats:p&gt;a &lt; b &amp;amp; c&lt;/jats:p&gt;", "a < b &amp; c"),
            ("<jats:sec id=\"s\"><jats:p>CO<jats:sub>2</jats:sub> <b>", "CO2 <b>"),
            ("no <p> of it", "no <p> of it"),
        ] {
            assert_eq!(plain(source), expected);
        }
    }
}

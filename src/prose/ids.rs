//! Ids of blocks, as text.

use std::borrow::Cow;

use pulldown_cmark::{Event, Tag};

use super::source::Source;

/// The same text without the ids of its blocks, and with links to notes where it links to blocks of them: ids name places
/// for links of a vault, and are nothing to read.
pub fn without_ids(text: &str) -> Cow<'_, str> {
    if !text.contains('^') {
        return text.into();
    }
    let source = Source::new(text, false);
    let (mut out, mut from) = (String::new(), 0);
    for (event, range) in source.events() {
        let range = source.span(range);
        let (Some(written), true) = (text.get(range.clone()), range.start >= from) else {
            continue;
        };
        match event {
            Event::InlineHtml(tag) if tag.starts_with("<^") => {
                out.push_str(&text[from..range.start]);
                out.truncate(out.trim_end().len());
                from = range.start + written.trim_end().len();
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. })
                if dest_url.contains("#^") =>
            {
                let Some(sign) = written.find("#^") else { continue };
                let id = written[sign..].find([']', '|', ')', '>', ' ', '\\']);
                let end = range.start + id.map_or(written.len(), |id| sign + id);
                // A link to a block of the same note keeps its words alone.
                let start = range.start + sign;
                let own = written.starts_with("[[#");
                let rest =
                    text[end..range.end].trim_start_matches(['\\', '|']).trim_end_matches("]]");
                out.push_str(&text[from..if own { range.start } else { start }]);
                out.push_str(match own {
                    true if rest.is_empty() => &text[start + "#^".len()..end],
                    true => rest,
                    false => "",
                });
                from = if own { range.end } else { end };
            }
            _ => {}
        }
    }
    if from == 0 { text.into() } else { (out + &text[from..]).into() }
}

#[cfg(test)]
mod tests {
    use super::without_ids;

    #[test]
    fn ids_are_left_out() {
        for (text, bare) in [
            ("a ^id1\n\nb ^2\n", "a\n\nb ^2\n"),
            ("- a ^item\n- b\n", "- a\n- b\n"),
            ("| a |\n|---|\n| b |\n^row\n\nc", "| a |\n|---|\n| b |\n\nc"),
            (
                "[[A#^x]] ![[B#^y|b]] [c](C.md#^z) [[#^own]] [[#^own|it]].",
                "[[A]] ![[B|b]] [c](C.md) own it.",
            ),
            ("> a\n\n^quote\n\n`b ^code`", "> a\n\n`b ^code`"),
        ] {
            assert_eq!(without_ids(text), bare);
        }
    }
}

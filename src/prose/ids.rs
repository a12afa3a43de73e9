//! Ids of blocks, as text.

use std::borrow::Cow;

use pulldown_cmark::Event;

use super::source::Source;

/// The same text without the ids of its blocks: they name places for links of a vault, and are nothing to read.
pub fn without_ids(text: &str) -> Cow<'_, str> {
    if !text.contains('^') {
        return text.into();
    }
    let source = Source::new(text, false);
    let (mut out, mut from) = (String::new(), 0);
    for (event, range) in source.events() {
        let is_id = matches!(&event, Event::InlineHtml(tag) if tag.starts_with("<^"));
        let range = source.span(range);
        if is_id && range.start >= from {
            out.push_str(&text[from..range.start]);
            out.truncate(out.trim_end().len());
            from = range.start + text[range].trim_end().len();
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
            ("> a\n\n^quote\n\n`b ^code`", "> a\n\n`b ^code`"),
        ] {
            assert_eq!(without_ids(text), bare);
        }
    }
}

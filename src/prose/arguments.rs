//! What a call says behind its name: `key="a value"`, `key=value`, single words, for shortcodes of other systems and components.

use std::ops::Range;

/// One value of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument<'t> {
    /// Its name; empty where it has none.
    pub name: &'t str,
    /// The value, without its quotation marks.
    pub value: &'t str,
    /// Where all of it stands in the text.
    pub at: Range<usize>,
    /// Whether the value stands in quotation marks.
    pub quoted: bool,
}

/// The name of the component that `::: NAME …` calls, by what stands behind the colons.
pub fn component_name(after: &str) -> Option<&str> {
    let after = after.trim_start_matches([' ', '\t']);
    let end = after.find(|c| !is_of_name(c)).unwrap_or(after.len());
    let goes_on = after[end..].is_empty() || after[end..].starts_with([' ', '\t', '{', '[']);
    Some(&after[..end]).filter(|name| goes_on && name.starts_with(char::is_alphabetic))
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

/// The values in a text, which what `parts` says stands between.
pub fn arguments(text: &str, parts: fn(char) -> bool) -> Vec<Argument<'_>> {
    let (mut found, mut at) = (Vec::new(), 0);
    let skip = |at: usize| text.len() - text[at..].trim_start_matches(parts).len();
    at = skip(at);
    while at < text.len() {
        let (name, from) = named(text, at);
        let (value, end, quoted) = value(&text[from..], parts);
        let end = from + end;
        found.push(Argument { name, value, at: at..end, quoted });
        // A value of nothing, such as the end of a call that its text goes on after.
        at = skip(end.max(at + text[at..].chars().next().map_or(1, char::len_utf8)));
    }
    found
}

/// The name in front of a value, and where the value begins.
fn named(text: &str, at: usize) -> (&str, usize) {
    let rest = &text[at..];
    let end = rest.find(|c: char| !(c.is_alphanumeric() || "-_".contains(c))).unwrap_or(rest.len());
    let behind = rest[end..].trim_start();
    match behind.strip_prefix('=').filter(|_| end > 0) {
        Some(value) => (&rest[..end], text.len() - value.trim_start().len()),
        None => ("", at),
    }
}

/// A value at the start of a text, where it ends with its quotation marks, and whether it has any.
fn value(text: &str, parts: fn(char) -> bool) -> (&str, usize, bool) {
    let closing = text.chars().next().and_then(|quote| match quote {
        '"' | '\'' | '`' => Some(quote),
        '[' => Some(']'),
        '“' => Some('”'),
        '‘' => Some('’'),
        _ => None,
    });
    let (Some(closing), Some(open)) = (closing, text.chars().next()) else {
        let end = text.find(parts).unwrap_or(text.len());
        return (&text[..end], end, false);
    };
    let inside = &text[open.len_utf8()..];
    let length = inside.find(closing).unwrap_or(inside.len());
    let end = open.len_utf8() + length + closing.len_utf8();
    (&inside[..length], end.min(text.len()), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_names_and_places() {
        let of = |text| {
            let all = arguments(text, char::is_whitespace);
            all.into_iter()
                .map(|argument| (argument.name, argument.value, &text[argument.at.clone()]))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            of(" a.png alt=\"A b\" width = 300 “c d” e=''"),
            [
                ("", "a.png", "a.png"),
                ("alt", "A b", "alt=\"A b\""),
                ("width", "300", "width = 300"),
                ("", "c d", "“c d”"),
                ("e", "", "e=''"),
            ]
        );
        assert_eq!(of("a=\"never"), [("a", "never", "a=\"never")]);
        assert_eq!(of("= x"), [("", "=", "="), ("", "x", "x")]);
        assert_eq!(of("a="), [("a", "", "a=")]);
    }

    #[test]
    fn names_are_words() {
        for (after, name) in [
            (" figure src=\"a\"", Some("figure")),
            ("details[More]", Some("details")),
            (" 그림", Some("그림")),
            ("", None),
            (" {.x}", None),
            (" :) a", None),
            (" a.b", None),
            (" 3d", None),
        ] {
            assert_eq!(component_name(after), name, "{after}");
        }
    }
}

//! Values as Python prints them, as JSON: programs write lines of `{'title': 'Lamps at Night', 'authors': None}`.

/// The text as JSON; `None` where it does not begin with a quote of Python's in a value.
pub(super) fn as_json(text: &str) -> Option<String> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || "[{(".contains(c));
    start.starts_with('\'').then_some(())?;
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = match c {
            '\'' | '"' => quoted(after, c, &mut out)?,
            '(' | ')' => {
                close(c == ')', &mut out);
                out.push(if c == '(' { '[' } else { ']' });
                after
            }
            ']' | '}' => {
                close(true, &mut out);
                out.push(c);
                after
            }
            // `1e-5` is a number.
            c if c.is_alphabetic() && !out.ends_with(|c: char| c.is_ascii_digit()) => {
                word(rest, &mut out)?
            }
            c => {
                out.push(c);
                after
            }
        };
    }
    Some(out)
}

/// Takes the comma off that Python allows before what closes.
fn close(closes: bool, out: &mut String) {
    let bare = out.trim_end();
    if closes && bare.ends_with(',') {
        out.truncate(bare.len() - 1);
    }
}

/// One of the three words that Python has of its own; what follows it. Any other is the name of something that is no value.
fn word<'t>(text: &'t str, out: &mut String) -> Option<&'t str> {
    const WORDS: [(&str, &str); 4] =
        [("None", "null"), ("True", "true"), ("False", "false"), ("nan", "null")];
    let (name, json) = WORDS.into_iter().find(|(name, _)| text.starts_with(name))?;
    out.push_str(json);
    Some(&text[name.len()..])
}

/// A string up to its quote; what follows it.
fn quoted<'t>(text: &'t str, quote: char, out: &mut String) -> Option<&'t str> {
    out.push('"');
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            c if c == quote => {
                out.push('"');
                return Some(&text[at + 1..]);
            }
            '\\' => match chars.next()?.1 {
                'x' => {
                    out.push_str("\\u00");
                    out.extend([chars.next()?.1, chars.next()?.1]);
                }
                c @ ('n' | 't' | 'r' | 'b' | 'f' | 'u' | '"' | '\\') => out.extend(['\\', c]),
                '\'' => out.push('\''),
                c => out.extend(['\\', '\\', c]),
            },
            '"' => out.push_str("\\\""),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::as_json;

    #[test]
    fn values_of_python_are_json() {
        for (text, expected) in [
            ("{'a': None, 'b': [True, 2,]}", r#"{"a": null, "b": [true, 2]}"#),
            (r#"{'a': "it's", 'b': 'say "so"'}"#, r#"{"a": "it's", "b": "say \"so\""}"#),
            (r"{'a': 'it\'s \xe9 \n'}", r#"{"a": "it's \u00e9 \n"}"#),
            ("[{'a': ('x', 'y',)}]", r#"[{"a": ["x", "y"]}]"#),
            ("{'a': date(2024)}", ""),
            (r#"{"a": 'x'}"#, ""),
            ("{'a': 'x", ""),
        ] {
            assert_eq!(as_json(text).unwrap_or_default(), expected, "{text}");
        }
    }
}

//! Text and addresses as HTML wants them.

/// Appends text, escaped for element content.
pub(crate) fn text(text: &str, out: &mut String) {
    escape(text, memchr::memchr3_iter(b'&', b'<', b'>', text.as_bytes()), out);
}

/// Appends text, escaped for a value between double quotes.
pub(crate) fn attribute(text: &str, out: &mut String) {
    let special = text.bytes().enumerate().filter(|(_, b)| matches!(b, b'&' | b'<' | b'>' | b'"'));
    escape(text, special.map(|(at, _)| at), out);
}

/// Appends text with the special characters at these places escaped.
fn escape(text: &str, special: impl Iterator<Item = usize>, out: &mut String) {
    let mut from = 0;
    for at in special {
        out.push_str(&text[from..at]);
        out.push_str(match text.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// Text escaped for element content.
pub(super) fn escaped(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    text(plain, &mut out);
    out
}

//! Text and addresses as HTML wants them.

/// Appends text, escaped for element content.
pub(super) fn text(text: &str, out: &mut String) {
    escape(text, out, |b| matches!(b, b'&' | b'<' | b'>'));
}

/// Appends text, escaped for a value between double quotes.
pub(crate) fn attribute(text: &str, out: &mut String) {
    escape(text, out, |b| matches!(b, b'&' | b'<' | b'>' | b'"'));
}

fn escape(text: &str, out: &mut String, special: impl Fn(u8) -> bool) {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(ahead) = bytes[from..].iter().position(|&b| special(b)) {
        let at = from + ahead;
        out.push_str(&text[from..at]);
        out.push_str(match bytes[at] {
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

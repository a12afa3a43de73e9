//! Quoted values of YAML that go on at the start of a line, as many programs read them.

/// A text with the lines indented on which quoted values go on; `None` where there are none, or one never closes.
pub(super) fn indented(text: &str) -> Option<String> {
    let (mut out, mut open, mut found) = (String::with_capacity(text.len() + 64), None, false);
    for line in text.split_inclusive('\n') {
        if let Some(quote) = open {
            found = true;
            out.push_str(if line.trim().is_empty() { "" } else { "  " });
            open = Some(quote).filter(|quote| closes(line, *quote).is_none());
        } else {
            let bare = line.trim_start_matches([' ', '-']);
            let value = match bare.split_once(": ") {
                Some((key, value)) if !key.starts_with(['"', '\'', '#']) => value.trim_start(),
                _ => bare,
            };
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            open = quote.filter(|quote| closes(&value[1..], *quote).is_none());
        }
        out.push_str(line);
    }
    (found && open.is_none()).then_some(out)
}

/// Where a quoted value closes.
fn closes(text: &str, quote: char) -> Option<usize> {
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        let is_next = |sign: char| chars.clone().next().is_some_and(|(_, next)| next == sign);
        let is_escape = c == '\\' && quote == '"' || c == '\'' && quote == c && is_next(c);
        if is_escape {
            chars.next();
        } else if c == quote {
            return Some(at);
        }
    }
    None
}

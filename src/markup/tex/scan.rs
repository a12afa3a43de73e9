//! Pieces of TeX: names of commands, arguments, what an environment holds. Nothing here fails: what is not there is `None`.

/// How many characters of an accent or a sign a command's name has.
pub(super) fn name(rest: &str) -> &str {
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let length = if letters > 0 { letters } else { rest.chars().next().map_or(0, char::len_utf8) };
    &rest[..length]
}

/// Takes the next argument: a group without its braces, a command, or a character.
pub(super) fn argument<'t>(rest: &mut &'t str) -> Option<&'t str> {
    let text = rest.trim_start();
    let (argument, length) = match text.as_bytes().first()? {
        b'{' => {
            let end = closing(text, b'{', b'}')?;
            (&text[1..end], end + 1)
        }
        b'}' => return None,
        b'\\' => {
            let length = 1 + name(&text[1..]).len();
            (&text[..length], length)
        }
        _ => {
            let length = text.chars().next()?.len_utf8();
            (&text[..length], length)
        }
    };
    *rest = &text[length..];
    Some(argument)
}

/// Takes an argument in brackets, where there is one.
pub(super) fn optional<'t>(rest: &mut &'t str) -> Option<&'t str> {
    let text = rest.trim_start();
    if !text.starts_with('[') {
        return None;
    }
    let end = closing(text, b'[', b']')?;
    *rest = &text[end + 1..];
    Some(&text[1..end])
}

/// Takes a star, where there is one.
pub(super) fn star(rest: &mut &str) -> bool {
    let after = rest.strip_prefix('*');
    *rest = after.unwrap_or(rest);
    after.is_some()
}

/// Where the sign closes that a text begins with. Braces hide brackets.
fn closing(text: &str, open: u8, close: u8) -> Option<usize> {
    let (mut depth, mut braces) = (0_usize, 0_usize);
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => {}
            _ if byte == open && braces == 0 => depth += 1,
            _ if byte == close && braces == 0 => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            b'{' => braces += 1,
            b'}' => braces = braces.checked_sub(1)?,
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
    }
    None
}

/// Takes what an environment holds, up to the `\end` that belongs to the `\begin` just read, and that `\end`.
pub(super) fn environment<'t>(rest: &mut &'t str) -> Option<&'t str> {
    let text = *rest;
    let mut depth = 0_usize;
    for at in commands(text) {
        if text[at..].starts_with("\\begin") {
            depth += 1;
        } else if text[at..].starts_with("\\end") && name(&text[at + 1..]) == "end" {
            let Some(less) = depth.checked_sub(1) else {
                let mut after = &text[at + "\\end".len()..];
                argument(&mut after)?;
                *rest = after;
                return Some(&text[..at]);
            };
            depth = less;
        }
    }
    None
}

/// Where commands begin.
fn commands(text: &str) -> impl Iterator<Item = usize> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + memchr::memchr(b'\\', &text.as_bytes()[from..])?;
        from = (at + 2).min(text.len());
        Some(at)
    })
}

/// What stands at the outermost level of a formula, outside braces and environments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outer {
    /// `\\`
    Row,
    /// `&`
    Column,
}

/// The ends of rows and columns of a formula, each with its place.
pub(super) fn outer(text: &str) -> Vec<(usize, Outer)> {
    let mut found = Vec::new();
    let (mut depth, mut at) = (0_usize, 0);
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if text[at..].starts_with("\\begin") => depth += 1,
            b'\\' if text[at..].starts_with("\\end") && name(&text[at + 1..]) == "end" => {
                depth = depth.saturating_sub(1);
            }
            b'\\' if bytes.get(at + 1) == Some(&b'\\') && depth == 0 => {
                found.push((at, Outer::Row));
            }
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'&' if depth == 0 => found.push((at, Outer::Column)),
            _ => {}
        }
        at += if *byte == b'\\' { 2 } else { 1 };
    }
    found
}

/// As far as the end of a cell is looked for, in bytes.
const FARTHEST: usize = 2048;

/// Where the cell of a table ends that a text begins in; `None` where the group ends before.
pub(super) fn cell_end(text: &str) -> Option<usize> {
    let near = &text[..text.floor_char_boundary(FARTHEST)];
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(byte) = near.as_bytes().get(at) {
        match byte {
            b'&' if depth == 0 => return Some(at),
            b'\\' if near[at..].starts_with("\\\\") && depth == 0 => return Some(at),
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            b'\\' if near[at..].starts_with("\\begin") => depth += 1,
            b'\\' if near[at..].starts_with("\\end{") => depth = depth.checked_sub(1)?,
            _ => {}
        }
        at += if *byte == b'\\' { 2 } else { 1 };
    }
    None
}

/// The places of dollars at the outermost level of a text.
pub(super) fn dollars(text: &str) -> Vec<usize> {
    let (mut depth, mut escaped) = (0_usize, false);
    let mut found = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => {}
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'$' if depth == 0 => found.push(at),
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
    }
    found
}

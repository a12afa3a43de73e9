//! Which `:` at the start of a line define a term and which are text: `:bulb: Idea`, `:) nice`, `::: box`.
//!
//! A definition is written as such: a colon and a space, under a term on the line above. After an empty line it is one
//! only below a short line that is no sentence, or below another definition.

/// A term above an empty line has at most so many characters.
const LONGEST: usize = 60;

/// Calls `found` with the place of every colon that begins a line and defines nothing.
pub(super) fn literal(text: &str, mut found: impl FnMut(usize)) {
    // Whether the last colon that began a line was a definition, and where its line ended.
    let mut last = None;
    for at in memchr::memchr_iter(b':', text.as_bytes()) {
        let Some(start) = line_start(text, at) else { continue };
        let defines = text[at + 1..].starts_with([' ', '\t']) && has_term(text, start, last);
        if defines {
            last = Some(text[at..].find('\n').map_or(text.len(), |end| at + end));
        } else {
            found(at);
        }
    }
}

/// Where the line starts that a colon begins: only spaces and the signs of quotes stand before it.
fn line_start(text: &str, colon: usize) -> Option<usize> {
    let before = text[..colon].trim_end_matches([' ', '\t', '>']);
    (before.is_empty() || before.ends_with('\n')).then_some(before.len())
}

/// Whether a term stands above a line. `last` is where the definition before it ends.
fn has_term(text: &str, start: usize, last: Option<usize>) -> bool {
    let mut above = text[..start].trim_end_matches('\n').rsplit('\n').map(said);
    let directly = text[..start]
        .strip_suffix('\n')
        .is_some_and(|text| !said(text.rsplit('\n').next().unwrap_or("")).is_empty());
    let Some(term) = above.find(|line| !line.is_empty()) else { return false };
    // Below a definition may stand a further one of the same term; between them only what belongs to the first.
    if let Some(end) = last.filter(|end| *end <= start)
        && let mut parts = text[end..start].split("\n\n").skip(1)
        && parts.all(|part| part.is_empty() || part.starts_with([' ', '\t', '\n']))
    {
        return true;
    }
    let alone = above.next().is_none_or(str::is_empty);
    let sentence =
        term.ends_with(['.', '!', '?', ':', ';', ',', '。', '！', '？', '：', '；', '，', '、']);
    let structure =
        term.starts_with(['#', '|', '`', '~', '<', '[', '!', '$', '=']) || term.starts_with("---");
    !structure && (directly || alone && !sentence && term.chars().count() <= LONGEST)
}

/// What a line says, without the signs of quotes and lists.
fn said(line: &str) -> &str {
    let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
    line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_definitions_are_left() {
        for (text, literal) in [
            ("Lumen\n: A unit.", 0),
            ("Lumen\n: A unit.\n: Of light.", 0),
            ("Lumen\n\n: A unit.\n\n: Of light.", 0),
            ("> Lumen\n> : A unit.", 0),
            ("- Lumen\n  : A unit.", 0),
            ("The first.\n\n:bulb: Idea", 1),
            ("The first\n:) nice", 1),
            ("The first paragraph.\n\n: said so", 1),
            ("Lumen\n: A unit.\n\nThe first paragraph.\n\n: said so", 1),
            (": alone", 1),
            ("# Heading\n: text", 1),
            ("The first.\n\n::: warning\nx\n:::", 2),
            ("a: b\nc:d", 0),
            ("a\r\n:) b", 1),
        ] {
            let mut found = 0;
            super::literal(text, |_| found += 1);
            assert_eq!(found, literal, "{text:?}");
        }
    }
}

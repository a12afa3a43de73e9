//! LaTeX in a field, as far as the decoder does not know it: rewritten to what it knows. Knows no field.

use std::borrow::Cow;

use crate::formats::tex::single_quoted;

/// Deeper braces than this are kept as written: the decoder would recurse into them.
const DEEPEST: usize = 40;

/// Commands that put an accent on what follows; of letters only those that need no space before it.
const ACCENTS: &[u8] = b"'`^\"~=.";

/// Commands around words that only change how they look, and such that hold to the end of a group.
pub(in crate::formats) const STYLES: &[&str] = &[
    "emph",
    "textbf",
    "textit",
    "textsc",
    "texttt",
    "textrm",
    "textsf",
    "textsl",
    "textup",
    "textmd",
    "textnormal",
    "textsubscript",
    "textsuperscript",
    "underline",
    "mbox",
    "hbox",
    "text",
    "url",
    "path",
    "NoCaseChange",
];
const SWITCHES: &[&str] =
    &["em", "bf", "it", "sc", "tt", "rm", "sf", "sl", "bfseries", "itshape", "scshape"];

/// Commands that stand for a character which the decoder does not give for them.
const SYMBOLS: &[(&str, &str)] = &[
    ("ldots", "…"),
    ("o", "ø"),
    ("texttimes", "×"),
    ("textdiv", "÷"),
    ("textpm", "±"),
    ("textdegree", "°"),
    ("textmu", "µ"),
    ("texteuro", "€"),
    ("textrightarrow", "→"),
    ("textleftarrow", "←"),
    ("textquotesingle", "'"),
    ("par", " "),
    ("newline", " "),
    ("space", " "),
    ("relax", ""),
    ("protect", ""),
];

/// The source as the decoder can read it.
pub(super) fn decodable(source: &str) -> String {
    translated(&dotted(&printed(source)))
}

/// Commands whose argument says how to sort, and is never printed.
const UNPRINTED: &[&str] = &["\\noopsort", "\\NoopSort", "\\SortNoop", "\\sortnoop", "\\nosort"];

/// The source without what is never printed: keys to sort by, and of `\ifmmode … \else … \fi` the part for formulas.
fn printed(source: &str) -> Cow<'_, str> {
    if !["\\ifmmode", "oopsort", "oopSort", "ortNoop", "ortnoop", "\\nosort"]
        .iter()
        .any(|hint| source.contains(hint))
    {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(command) = UNPRINTED.iter().find(|command| rest.starts_with(**command)) {
            rest = &rest[command.len()..];
            rest = &rest[group(rest)..];
        } else if let Some((text, after)) = otherwise(rest) {
            out.push_str(text);
            rest = &after[end_of_command(after)..];
        } else {
            out.push('\\');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What `\ifmmode … \else … \fi` prints outside formulas, and what follows it.
fn otherwise(text: &str) -> Option<(&str, &str)> {
    let choice = text.strip_prefix("\\ifmmode")?;
    // A letter with its accent is short.
    let near = &choice[..choice.floor_char_boundary(LONGEST)];
    let (start, end) = (near.find("\\else")? + "\\else".len(), near.find("\\fi")?);
    Some((choice.get(start..end)?.trim(), &choice[end + "\\fi".len()..]))
}

/// Longest argument that is looked for.
const LONGEST: usize = 400;

/// The length of a group in braces at the start of a text, with the space before it, or 0.
fn group(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().take(LONGEST) {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return at + 1,
            '}' => depth = depth.saturating_sub(1),
            c if depth == 0 && !c.is_whitespace() => return 0,
            _ => {}
        }
    }
    0
}

/// Whether the decoder would have to go too deep.
pub(super) fn too_deep(source: &str) -> bool {
    let mut depth = 0_usize;
    source.bytes().any(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}

/// What `\url{…}` holds, where a field says nothing else.
pub(super) fn address(source: &str) -> Option<String> {
    let bare = source.trim().trim_matches(['{', '}']).trim();
    let held = bare.strip_prefix("\\url")?.trim_start().strip_prefix('{')?;
    let plain = unescaped(held);
    (!plain.contains(['{', '}', '\\'])).then_some(plain)
}

/// An address or id as it is.
pub(super) fn verbatim(source: &str) -> String {
    stripped(&unescaped(source))
}

/// Without the backslashes before what would mean something to LaTeX.
fn unescaped(source: &str) -> String {
    let escaped = ["\\_", "\\%", "\\#", "\\&", "\\~"];
    let named = source.replace("\\textasciitilde", "~").replace("\\textunderscore", "_");
    escaped.iter().fold(named, |text, escape| text.replace(escape, &escape[1..]))
}

/// Text that could not be decoded, without its braces.
pub(super) fn stripped(source: &str) -> String {
    source.chars().filter(|c| !matches!(c, '{' | '}')).collect()
}

/// Letters that lose their dot below an accent, as the decoder knows them: `\'\i` is `\'i`, `\"{\i}` is `\"{i}`.
fn dotted(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find("\\i").into_iter().chain(rest.find("\\j")).min() {
        let (before, letter, after) = (&rest[..at], &rest[at + 1..at + 2], &rest[at + 2..]);
        let accent = before.strip_suffix('{').unwrap_or(before).as_bytes();
        let accented = matches!(accent, [.., b'\\', accent] if ACCENTS.contains(accent));
        out.push_str(before);
        if accented && !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
            out.push_str(letter);
        } else {
            out.extend(["\\", letter]);
        }
        rest = after;
    }
    out + rest
}

/// The source with quotes and ties as characters, symbols in place of their commands, and without commands that
/// only change how words look; formulas stay as they are.
fn translated(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let (mut rest, mut math) = (source, false);
    while let Some(at) = rest.find(['\\', '$', '`', '\'', '~']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        math ^= rest.starts_with('$');
        if let Some(words) = single_quoted(rest).filter(|_| !math) {
            out.extend(["‘", &translated(words), "’"]);
            rest = &rest[words.len() + 2..];
            continue;
        }
        let (text, length) =
            if rest.starts_with('\\') { command(rest, math) } else { mark(&out, rest, math) };
        out.push_str(text);
        rest = &rest[length..];
    }
    out + rest
}

/// What a mark stands for, and its length.
fn mark<'t>(before: &str, rest: &'t str, math: bool) -> (&'t str, usize) {
    let tie = rest.starts_with('~')
        && before.ends_with(|c: char| c.is_alphanumeric() || ".,)}".contains(c));
    match rest {
        _ if math => (&rest[..1], 1),
        _ if rest.starts_with("``") => ("“", 2),
        _ if rest.starts_with("''") => ("”", 2),
        _ if tie => (" ", 1),
        _ => (&rest[..1], 1),
    }
}

/// What is left of a command for the decoder, and how much of the text that stands for.
fn command(rest: &str, math: bool) -> (&str, usize) {
    let name = rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, after) = rest[1..].split_at(name);
    let styled = STYLES.contains(&word) && after.starts_with('{');
    let switched =
        SWITCHES.contains(&word) && after.starts_with(|c: char| c.is_whitespace() || c == '{');
    let escaped = after.chars().next().filter(|_| name == 0).map_or(0, char::len_utf8);
    let whole = 1 + name + escaped;
    match SYMBOLS.iter().find(|(known, _)| *known == word) {
        _ if math => (&rest[..whole], whole),
        Some((_, symbol)) => (symbol, whole + end_of_command(after)),
        _ if styled || switched => ("", whole),
        _ if matches!(&rest[1..whole], " " | "\n" | "\t" | ",") => (" ", whole),
        _ => (&rest[..whole], whole),
    }
}

/// The length of what only ends a command's name: `{}` or space.
fn end_of_command(after: &str) -> usize {
    if after.starts_with("{}") { 2 } else { after.len() - after.trim_start().len() }
}

/// The parts between empty lines and `\par`, outside braces and formulas.
pub(super) fn paragraphs(source: &str) -> Vec<&str> {
    let source = unwrapped(source);
    let (mut found, mut start, mut at) = (Vec::new(), 0, 0);
    let (mut depth, mut math) = (0_usize, false);
    while let Some(c) = source[at..].chars().next() {
        let gap = if depth == 0 && !math { gap(&source[at..]) } else { 0 };
        if gap > 0 {
            found.push(&source[start..at]);
            start = at + gap;
        }
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '$' => math = !math,
            _ => {}
        }
        let escaped = source[at + c.len_utf8()..]
            .chars()
            .next()
            .filter(|_| c == '\\')
            .map_or(0, char::len_utf8);
        at += if gap > 0 { gap } else { c.len_utf8() + escaped };
    }
    found.push(&source[start..]);
    found
}

/// The length of what parts paragraphs at the start of a text, or 0.
fn gap(text: &str) -> usize {
    if let Some(after) = text.strip_prefix("\\par") {
        return if after.starts_with(|c: char| c.is_ascii_alphabetic()) { 0 } else { 4 };
    }
    let space = if text.starts_with('\n') { text.len() - text.trim_start().len() } else { 0 };
    if text[..space].matches('\n').count() > 1 { space } else { 0 }
}

/// Without braces around the whole, which some exporters add once more.
fn unwrapped(source: &str) -> &str {
    let source = source.trim();
    let mut depth = 0_usize;
    let early = source.char_indices().find(|(_, c)| {
        depth += usize::from(*c == '{');
        depth = depth.saturating_sub(usize::from(*c == '}'));
        depth == 0
    });
    match early {
        Some((end, '}')) if end + 1 == source.len() => &source[1..end],
        _ => source,
    }
}

#[cfg(test)]
mod tests {
    use super::{decodable, paragraphs};

    #[test]
    fn what_the_decoder_does_not_know_is_rewritten() {
        let cases = [
            ("a `lit' lamp, `x`", "a ‘lit’ lamp, `x`"),
            ("``lit'' and {``}dark{''}", "“lit” and {“}dark{”}"),
            (r"so {\ldots} on\ldots{} and\ldots", "so {…} on… and…"),
            (r"S\o{}ren, S\o ren, \oe", r"Søren, Søren, \oe"),
            (r"CO\textsubscript{2} {\bf bold} \em{x}", "CO{2} { bold} {x}"),
            (r"$f''(x) \ldots$ ''", r"$f''(x) \ldots$ ”"),
            (r"A.~Lamp at x.org/~tide, ~5", "A. Lamp at x.org/~tide, ~5"),
            (r"{\noopsort{Wick {A}}}Ada \relax{} x", "{}Ada  x"),
            (r"\ifmmode \check{Z}\else \v{Z}\fi{}ar \ifmmode x", r"\v{Z}ar \ifmmode x"),
            (r"{\NoCaseChange{A}} {\relax Ch}ar", "{{A}} {Ch}ar"),
            (r"D\''ecembre \$``", r"D\''ecembre \$“"),
        ];
        for (source, expected) in cases {
            assert_eq!(decodable(source), expected, "{source}");
        }
    }

    #[test]
    fn paragraphs_part_outside_of_braces() {
        let cases: [(&str, &[&str]); 5] = [
            ("one\n  \ntwo", &["one", "two"]),
            ("{one\\par two}", &["one", " two"]),
            ("one\ntwo \\partial", &["one\ntwo \\partial"]),
            ("{\\small a\n\nb} c", &["{\\small a\n\nb} c"]),
            ("", &[""]),
        ];
        for (source, expected) in cases {
            assert_eq!(paragraphs(source), expected, "{source}");
        }
    }
}

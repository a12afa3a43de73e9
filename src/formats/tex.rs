//! Plain text with some TeX in it, as authors type it on arXiv: accents, quotes, dashes and text commands outside of
//! formulas. What is not known stays as written. Knows no format; the decoder is that of `bibtex`.

use super::bibtex::{STYLES, decoded};

/// Deeper groups than this are kept as written.
const DEEPEST: usize = 4;

/// The longest group in bytes that is looked through.
const LONGEST: usize = 400;

/// Commands of one letter that put an accent on what follows, and signs that do.
const ACCENTS: &[&str] =
    &["H", "c", "v", "u", "k", "b", "d", "r", "'", "`", "^", "\"", "~", "=", "."];

/// The text without its TeX.
pub(super) fn plain(text: &str) -> String {
    if !text.contains(['\\', '`', '~']) && !text.contains("--") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    Walk { quotes: 0, closes: true, depth: 0 }.run(text, &mut out);
    out
}

/// One walk through a text.
struct Walk {
    /// Quotes that were opened and not closed yet.
    quotes: usize,
    /// Whether a formula may still end: once a search failed, no later one can succeed.
    closes: bool,
    depth: usize,
}

impl Walk {
    fn run(&mut self, text: &str, out: &mut String) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let length = self.special(rest, out);
            let step = length.unwrap_or(c.len_utf8());
            if length.is_none() {
                out.push(c);
            }
            rest = &rest[step..];
        }
    }

    /// Writes what a text starts with, if that is more than a letter; its length.
    fn special(&mut self, rest: &str, out: &mut String) -> Option<usize> {
        match rest.as_bytes().first()? {
            b'\\' => self.command(rest, out),
            b'$' => self.formula(rest, out),
            b'{' => self.group(rest, out),
            b'`' | b'\'' => self.quote(rest, out),
            b'-' => Some(dash(rest, out)),
            b'~' => tie(rest, out),
            b'h' => address(rest, out),
            _ => None,
        }
    }

    /// A formula stays as it is.
    fn formula(&mut self, rest: &str, out: &mut String) -> Option<usize> {
        let mark = if rest.starts_with("$$") { "$$" } else { "$" };
        let end = rest[mark.len()..].find(mark).filter(|_| self.closes);
        self.closes &= end.is_some();
        copy(rest, end? + 2 * mark.len(), out)
    }

    fn quote(&mut self, rest: &str, out: &mut String) -> Option<usize> {
        if let Some(words) = single_quoted(rest).filter(|_| self.depth < DEEPEST) {
            out.push('‘');
            out.push_str(&self.inside(words));
            out.push('’');
            return Some(words.len() + 2);
        }
        let opens = rest.starts_with("``");
        let closes = rest.starts_with("''") && self.quotes > 0;
        if !opens && !closes {
            return None;
        }
        self.quotes = if opens { self.quotes + 1 } else { self.quotes - 1 };
        out.push(if opens { '“' } else { '”' });
        Some(2)
    }

    /// Braces around a command, as in `{\"o}`, are no part of the text; others are left alone.
    fn group(&mut self, rest: &str, out: &mut String) -> Option<usize> {
        let inner = held(rest).filter(|inner| inner.starts_with('\\') && self.depth < DEEPEST)?;
        let (text, style) = (self.inside(unswitched(inner)), unswitched(inner) != inner);
        out.push_str(Some(text).filter(|text| style || !text.contains('\\')).as_deref()?);
        Some(inner.len() + 2)
    }

    fn command(&mut self, rest: &str, out: &mut String) -> Option<usize> {
        let name = name(rest)?;
        let after = &rest[1 + name.len()..];
        if matches!(name, "$" | "\\" | "(" | "[") {
            return copy(rest, 1 + name.len(), out);
        }
        if ACCENTS.contains(&name) {
            return accent(name, after, out).map(|length| 1 + name.len() + length);
        }
        match held(after).filter(|_| STYLES.contains(&name) && self.depth < DEEPEST) {
            Some(inner) => out.push_str(&self.inside(inner)),
            None => return symbol(name, after, out).map(|length| 1 + name.len() + length),
        }
        held(after).map(|inner| 1 + name.len() + inner.len() + 2)
    }

    fn inside(&mut self, inner: &str) -> String {
        let mut out = String::with_capacity(inner.len());
        self.depth += 1;
        self.run(inner, &mut out);
        self.depth -= 1;
        out
    }
}

/// What stands between the single quotes of TeX at the start of a text: `` `words' ``. A second backtick makes it code.
pub(super) fn single_quoted(rest: &str) -> Option<&str> {
    let inner = rest.strip_prefix('`').filter(|inner| !inner.starts_with(['`', ' ', '\'']))?;
    let near = &inner[..inner.floor_char_boundary(LONGEST)];
    let closes = |at: usize| {
        let (before, after) = (near[..at].chars().next_back(), inner[at + 1..].chars().next());
        before.is_some_and(|c| !c.is_whitespace())
            && after.is_none_or(|c| !c.is_alphanumeric() && c != '`')
    };
    let end =
        near.match_indices(['`', '\'', '\n', '$']).find(|&(at, sign)| sign != "'" || closes(at));
    end.filter(|(_, sign)| *sign == "'").map(|(at, _)| &near[..at])
}

/// An abstract that was copied out of TeX, as its quotation marks tell, as plain text; `None` for any other.
pub(super) fn copied(text: &str) -> Option<String> {
    let (_, after) = text.split_once("``")?;
    let quoted =
        after.split_once("''").is_some_and(|(words, _)| !words.contains('`') && !words.is_empty());
    (quoted && !text.contains("](") && !text.contains("**") && !text.contains("```"))
        .then(|| plain(text))
}

fn copy(rest: &str, length: usize, out: &mut String) -> Option<usize> {
    out.push_str(rest.get(..length)?);
    Some(length)
}

/// The name of a command: letters, or one sign.
fn name(rest: &str) -> Option<&str> {
    let letters = rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
    Some(letters)
        .filter(|&letters| letters > 0)
        .or_else(|| rest[1..].chars().next().map(char::len_utf8))
        .and_then(|length| rest.get(1..=length))
}

/// What the braces at the start of a text hold.
fn held(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().take(LONGEST) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth <= 1 => return text.get(1..at),
            b'}' => depth -= 1,
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// The words of a group that begins with a command for all of it: `{\em lamps}`.
fn unswitched(inner: &str) -> &str {
    const SWITCHES: &[&str] = &["\\em ", "\\it ", "\\bf ", "\\sc ", "\\tt ", "\\rm ", "\\sf "];
    SWITCHES.iter().find_map(|switch| inner.strip_prefix(switch)).unwrap_or(inner)
}

/// An accent and its letter: `\'e`, `\H{o}`, `\v s`, `\'{\i}`.
fn accent(name: &str, after: &str, out: &mut String) -> Option<usize> {
    let length = match held(after) {
        Some(inner) => Some(inner.len() + 2)
            .filter(|_| letter(inner) == Some(inner.len()) || is_dotless(inner))?,
        None if starts_dotless(after) => 2,
        None => {
            let gap = after.len() - after.trim_start_matches(' ').len();
            let parted = gap == 1 || (gap == 0 && !name.starts_with(char::is_alphabetic));
            gap + letter(&after[gap..]).filter(|_| parted)?
        }
    };
    known(&format!("\\{name}{}", &after[..length]), out)?;
    Some(length)
}

fn letter(text: &str) -> Option<usize> {
    text.chars().next().filter(|c| c.is_alphabetic()).map(char::len_utf8)
}

fn is_dotless(text: &str) -> bool {
    matches!(text, "\\i" | "\\j")
}

fn starts_dotless(text: &str) -> bool {
    text.get(..2).is_some_and(is_dotless)
        && text[2..].chars().next().is_none_or(|c| !c.is_ascii_alphabetic())
}

/// `\%`, `\ss`, `\ldots`: a letter or a sign by its name. A space only ends a short name.
fn symbol(name: &str, after: &str, out: &mut String) -> Option<usize> {
    let command = if name == "ldots" { "\\dots".to_owned() } else { format!("\\{name}") };
    known(&command, out)?;
    let space = name.len() <= 2 && name.starts_with(char::is_alphabetic) && after.starts_with(' ');
    Some(if after.starts_with("{}") { 2 } else { usize::from(space) })
}

/// Writes what the decoder makes of a command it knows.
fn known(command: &str, out: &mut String) -> Option<()> {
    let text = decoded(command).filter(|text| !text.is_empty() && !text.contains('\\'))?;
    out.push_str(&text);
    Some(())
}

/// `--` between words or letters; elsewhere it may be an option of a program.
fn dash(rest: &str, out: &mut String) -> usize {
    let after = rest.trim_start_matches('-');
    let length = rest.len() - after.len();
    let ((word, gap), (next, next_gap)) =
        (ends(out.chars().next_back()), ends(after.chars().next()));
    let parts = (word && next) || (gap && next_gap && !out.is_empty());
    let sign = [(2, '–'), (3, '—')].into_iter().find(|&(dashes, _)| dashes == length && parts);
    match sign {
        Some((_, sign)) => out.push(sign),
        None => out.push_str(&rest[..length]),
    }
    length
}

fn ends(c: Option<char>) -> (bool, bool) {
    (c.is_some_and(char::is_alphanumeric), c.is_none_or(char::is_whitespace))
}

/// `Fig.~2`: a space that no line ends at.
fn tie(rest: &str, out: &mut String) -> Option<usize> {
    let before = out.ends_with(|c: char| c.is_ascii_alphabetic() || c == '.');
    let after = rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '\\' || c == '$');
    (before && after).then(|| {
        out.push('\u{a0}');
        1
    })
}

/// An address stays as it is.
fn address(rest: &str, out: &mut String) -> Option<usize> {
    let web = rest.starts_with("https://") || rest.starts_with("http://");
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    web.then(|| copy(rest, end, out)).flatten()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_is_known_is_decoded() {
        let cases = [
            (r"Erd\H{o}s--R\'enyi ``Graphs'': 10\% Faster", "Erdős–Rényi “Graphs”: 10% Faster"),
            (r#"K\"ahler \emph{graphs}, G{\"o}del, Stra\ss e"#, "Kähler graphs, Gödel, Straße"),
            (r"\v Cech and Ga\v{s}per, Mart\'{\i}n, Mart\'\i", "Čech and Gašper, Martín, Martí"),
            (r"{\em A \textbf{dark}} lamp \& \LaTeX{} \ldots", "A dark lamp & LaTeX …"),
            (r"$\'e$ and $$\%$$ cost \$5, $\H{o}", r"$\'e$ and $$\%$$ cost \$5, $ő"),
            (
                r"\cite{x} \alpha \mathcal{L} {B}oat {x \' ",
                r"\cite{x} \alpha \mathcal{L} {B}oat {x \' ",
            ),
            ("set --lamp, 1--2, a -- b, a---b, it's ''", "set --lamp, 1–2, a – b, a—b, it's ''"),
            ("at https://x.org/a--b `c'", "at https://x.org/a--b ‘c’"),
            (
                "a `dark lamp', `don't do', `x = 'a'` and `y`",
                "a ‘dark lamp’, ‘don't do’, `x = 'a'` and `y`",
            ),
            (r"\", r"\"),
        ];
        for (text, decoded) in cases {
            assert_eq!(plain(text), decoded, "{text}");
        }
    }
}

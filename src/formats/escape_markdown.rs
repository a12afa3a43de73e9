//! Plain text as Markdown that shows exactly that text: escapes what Markdown would take for markup, keeps
//! `$…$` as math and addresses whole. For sources whose text was never Markdown; knows no format.

use crate::model::Prose;

/// Text of one or more paragraphs (parted by blank lines) that stands at an offset of the source.
pub(super) fn prose(text: &str, offset: usize) -> Prose {
    let mut out = Prose::default();
    for (start, paragraph) in paragraphs(text) {
        let from = offset + start;
        if !out.text.is_empty() {
            out.push("\n\n", from.saturating_sub(2));
        }
        Escaper::new(paragraph, from, &mut out).run();
    }
    out
}

/// The same for text that stands nowhere as such: decoded from JSON, XML or LaTeX. Comments of HTML are none of it.
pub(super) fn unplaced(text: &str) -> Prose {
    Prose::new(prose(&super::hidden::without_html(text), 0).text)
}

/// What a one-line value is made of.
pub(super) use super::text::squeeze as line;

/// An address fit for a metadata line, if that is what the text is.
pub(super) fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let web = ["http://", "https://"].iter().any(|scheme| {
        text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && text.len() > scheme.len()
    });
    web.then(|| text.split_whitespace().collect::<Vec<_>>().join("%20"))
}

/// Paragraphs with their offsets, trimmed.
fn paragraphs(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let (mut start, mut end, mut at) = (0, 0, 0);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            found.push((start, end));
            start = at + line.len();
        }
        at += line.len();
        end = at;
    }
    found.push((start, end.max(start)));
    found
        .into_iter()
        .map(|(start, end)| {
            let paragraph = text.get(start..end).unwrap_or_default();
            let lead = paragraph.len() - paragraph.trim_start().len();
            (start + lead, paragraph.trim())
        })
        .filter(|(_, paragraph)| !paragraph.is_empty())
        .collect()
}

/// As far as the end of a formula between escaped parentheses is looked for, in bytes.
const FORMULA: usize = 400;

/// Walks one paragraph once, copying stretches and putting backslashes between them.
struct Escaper<'a> {
    text: &'a str,
    offset: usize,
    out: &'a mut Prose,
    /// How far the text has been copied.
    copied: usize,
    /// Whether a closing `$` or `$$` may still come: once a search failed, no later one can succeed.
    math: [bool; 2],
    /// Whether anything in the paragraph could make a bracket a link.
    links: bool,
}

impl<'a> Escaper<'a> {
    fn new(text: &'a str, offset: usize, out: &'a mut Prose) -> Self {
        let links = text.contains("](")
            || text.contains("[[")
            || text.contains("][")
            || text.contains("]:");
        Self { text, offset, out, copied: 0, math: [true; 2], links }
    }

    fn run(mut self) {
        let mut at = self.lead();
        while let Some(c) = self.text[at..].chars().next() {
            at = match c {
                '$' => self.dollar(at),
                '\\' if let Some(end) = self.formula(at) => end,
                'h' if self.starts_address(at) => self.until(at, |c| c.is_whitespace() || c == '<'),
                c if c.is_whitespace() => self.space(at),
                c if self.is_markup(at, c) => self.escape(at, c),
                c => at + c.len_utf8(),
            };
        }
        self.copy(self.text.len());
    }

    /// Escapes what would open a block at the start of the paragraph.
    fn lead(&mut self) -> usize {
        let digits = self.until(0, |c| !c.is_ascii_digit());
        let rest = &self.text[digits..];
        let next = rest.chars().next();
        let spaced = rest.chars().nth(1).is_none_or(char::is_whitespace);
        let opens = match next {
            Some('.' | ')') => (1..=9).contains(&digits) && spaced,
            Some('#' | '>' | '-' | '+') => digits == 0,
            Some(':') => digits == 0 && (spaced || rest.starts_with(":::")),
            Some('~') => digits == 0 && rest.starts_with("~~~"),
            _ => false,
        };
        match next {
            Some(c) if opens => self.escape(digits, c),
            _ => digits,
        }
    }

    fn copy(&mut self, to: usize) {
        if to > self.copied {
            self.out.push(&self.text[self.copied..to], self.offset + self.copied);
            self.copied = to;
        }
    }

    fn escape(&mut self, at: usize, c: char) -> usize {
        self.copy(at);
        self.out.push("\\", self.offset + at);
        at + c.len_utf8()
    }

    /// A run of white space becomes one space.
    fn space(&mut self, at: usize) -> usize {
        let end = self.until(at, |c| !c.is_whitespace());
        if &self.text[at..end] != " " {
            self.copy(at);
            self.out.push(" ", self.offset + at);
            self.copied = end;
        }
        end
    }

    /// Steps over a formula; a lone dollar is a dollar.
    fn dollar(&mut self, at: usize) -> usize {
        let open = self.until(at, |c| c != '$');
        let width = open - at;
        if width > 2 || !self.math[width - 1] {
            return open;
        }
        let Some(close) = self.run_of_dollars(open, width) else {
            self.math[width - 1] = false;
            return open;
        };
        let formula = &self.text[open..close];
        let tight =
            !formula.starts_with(char::is_whitespace) && !formula.ends_with(char::is_whitespace);
        if width == 2 || tight { close + width } else { open }
    }

    /// The end of a formula between `\(` and `\)`, or `\[` and `\]`, that begins here.
    fn formula(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let (open, close) = if rest.starts_with("\\(") { ("\\(", "\\)") } else { ("\\[", "\\]") };
        let inside = rest.strip_prefix(open)?;
        let near = &inside[..inside.floor_char_boundary(FORMULA)];
        let end = near.find(close).filter(|end| !near[..*end].contains(open))?;
        Some(at + end + open.len() + close.len())
    }

    fn run_of_dollars(&self, from: usize, width: usize) -> Option<usize> {
        let mut at = from;
        while let Some(found) = self.text[at..].find('$') {
            let start = at + found;
            let end = self.until(start, |c| c != '$');
            if end - start == width && !self.text[..start].ends_with('\\') {
                return Some(start);
            }
            at = end;
        }
        None
    }

    fn is_markup(&self, at: usize, c: char) -> bool {
        let before = self.text[..at].chars().next_back();
        let after = self.text[at + c.len_utf8()..].chars().next();
        match c {
            '`' => true,
            '*' => is_dark(before) || is_dark(after),
            '_' => !(is_letter(before) && is_letter(after)) && (is_dark(before) || is_dark(after)),
            '~' => is_dark(before) || after == Some('~'),
            '[' => self.links || at == 0 || after == Some('^'),
            '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c)),
            '\\' => after.is_some_and(|c| c.is_ascii_punctuation() && !"%&_#$".contains(c)),
            '&' => self.is_entity(at),
            _ => false,
        }
    }

    fn is_entity(&self, at: usize) -> bool {
        let rest = &self.text.as_bytes()[at + 1..];
        let end = rest.iter().take(32).position(|b| !b.is_ascii_alphanumeric() && *b != b'#');
        end.is_some_and(|end| end > 1 && rest[end] == b';')
    }

    fn starts_address(&self, at: usize) -> bool {
        let rest = &self.text[at..];
        rest.starts_with("https://") || rest.starts_with("http://")
    }

    fn until(&self, at: usize, stop: impl Fn(char) -> bool) -> usize {
        self.text[at..].find(stop).map_or(self.text.len(), |found| at + found)
    }
}

fn is_dark(c: Option<char>) -> bool {
    c.is_some_and(|c| !c.is_whitespace())
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_markdown_would_take_for_markup_is_escaped() {
        let cases = [
            ("a * b and snake_case", "a * b and snake_case"),
            ("Q* beats _A_ and `x`", r"Q\* beats \_A\_ and \`x\`"),
            ("<mid> and a < b", r"\<mid> and a < b"),
            ("# not a heading", r"\# not a heading"),
            ("1. not a list", r"1\. not a list"),
            ("3.6 bits", "3.6 bits"),
            ("[1] shows [2]", r"\[1] shows [2]"),
            ("see [a](b)", r"see \[a](b)"),
            ("$a_1 * b_2$ for $5", "$a_1 * b_2$ for $5"),
            (r"\(a_1 * b_2\) and \(x", r"\(a_1 * b_2\) and \\(x"),
            ("pay $5 or $ 6", "pay $5 or $ 6"),
            ("at https://x.org/_a_*b*", "at https://x.org/_a_*b*"),
            ("50\\% of &amp; R&D", r"50\% of \&amp; R&D"),
            ("one\n  two\n\n\nthree", "one two\n\nthree"),
            ("한국어 *강조*는", r"한국어 \*강조\*는"),
        ];
        for (text, markdown) in cases {
            assert_eq!(prose(text, 0).text, markdown, "{text}");
        }
    }

    #[test]
    fn every_stretch_knows_its_place() {
        let source = "head\n\nsome  *text*";
        let prose = prose(&source[6..], 6);
        let at = prose.text.find("text").unwrap();
        assert_eq!(&source[prose.source_span(at..at + 4).unwrap()], "text");
    }
}

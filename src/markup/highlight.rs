//! Syntax highlighting: one scanner for all languages, led by a table.
//!
//! It knows comments, strings, numbers and words, and goes through the code once from left to right, whatever stands
//! there: what never closes reaches to the end of its line or of the block, so nothing is looked at twice. No parser,
//! no grammar, nothing that could fail: code that is wrong is coloured a little wrong.

mod languages;

use memchr::{memchr, memchr2, memchr3, memmem};
use rustc_hash::FxHashMap;

use super::escape;
use languages::{Block, Class, KNOWN, Known, Language, Mark, Place, Quote};

/// Longer blocks are data rather than code, and stay plain.
const LONGEST: usize = 256 * 1024;

/// Why code has no colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plain {
    /// The table has no such language.
    Unknown,
    /// The block is too long.
    TooLong,
}

/// Code as HTML with a class for each word that means something.
pub(super) fn highlight(language: &str, code: &str) -> Result<String, Plain> {
    let Known { language, words } = KNOWN.get(language).ok_or(Plain::Unknown)?;
    if code.len() > LONGEST {
        return Err(Plain::TooLong);
    }
    let html = String::with_capacity(code.len() * 2);
    let mut scanner = Scanner { language, words, code, at: 0, written: 0, in_tag: false, html };
    while scanner.at < code.len() {
        scanner.step();
    }
    scanner.write_plain(code.len());
    Ok(scanner.html)
}

/// Where in the code the scanner is. Everything before `at` is decided, everything before `written` is in the HTML.
struct Scanner<'c> {
    language: &'static Language,
    words: &'c FxHashMap<&'static str, Class>,
    code: &'c str,
    at: usize,
    written: usize,
    /// Between `<` and `>`, in a language of tags.
    in_tag: bool,
    html: String,
}

impl Scanner<'_> {
    fn step(&mut self) {
        let found = self
            .line()
            .or_else(|| self.block())
            .or_else(|| self.fenced())
            .or_else(|| self.quoted());
        match found.or_else(|| self.marked()) {
            Some((end, class)) => self.write(end, class),
            None if self.language.tags && !self.in_tag => self.pass_text(),
            None => self.word_or_sign(),
        }
    }

    fn rest(&self) -> &str {
        &self.code[self.at..]
    }

    fn before(&self) -> Option<u8> {
        self.code.as_bytes()[..self.at].last().copied()
    }

    /// What a mark gives a class to up to the end of the line.
    fn line(&self) -> Option<(usize, Class)> {
        let mut lines = self.language.lines.iter();
        let mark =
            lines.find(|mark| self.rest().starts_with(&mark.text) && self.stands(mark.place))?;
        Some((
            self.at + memchr(b'\n', self.rest().as_bytes()).unwrap_or(self.rest().len()),
            mark.class.as_str(),
        ))
    }

    fn stands(&self, place: Place) -> bool {
        match place {
            Place::Anywhere => true,
            Place::Spaced => self.before().is_none_or(|byte| byte.is_ascii_whitespace()),
            Place::Start => self.before().is_none_or(|byte| byte == b'\n'),
        }
    }

    /// A comment between two marks.
    fn block(&self) -> Option<(usize, Class)> {
        let Block { open, close, nests } =
            self.language.blocks.iter().find(|block| self.rest().starts_with(&block.open))?;
        let (mut at, mut depth) = (self.at + open.len(), 1);
        while depth > 0 {
            let rest = self.code.as_bytes().get(at..)?;
            let Some(step) = memchr2(open.as_bytes()[0], close.as_bytes()[0], rest) else {
                return Some((self.code.len(), "comment"));
            };
            at += step;
            (at, depth) = match &self.code[at..] {
                rest if rest.starts_with(close.as_str()) => (at + close.len(), depth - 1),
                rest if *nests && rest.starts_with(open.as_str()) => (at + open.len(), depth + 1),
                _ => (at + 1, depth),
            };
        }
        Some((at, "comment"))
    }

    /// A string between marks with as many signs in both: `r##"…"##`, `[==[…]==]`.
    fn fenced(&self) -> Option<(usize, Class)> {
        let fence = self.language.fence.as_ref()?;
        let [head, sign, open, close, tail] = fence.each_ref().map(String::as_str);
        let inner = self.rest().strip_prefix(head)?;
        let signs = inner.len() - inner.trim_start_matches(sign).len();
        let inside = inner[signs..].strip_prefix(open)?;
        let close = [close.as_bytes(), &inner.as_bytes()[..signs], tail.as_bytes()].concat();
        let end =
            memmem::find(inside.as_bytes(), &close).map_or(inside.len(), |at| at + close.len());
        Some((self.code.len() - inside.len() + end, "string"))
    }

    fn quoted(&self) -> Option<(usize, Class)> {
        if self.language.tags && !self.in_tag {
            return None;
        }
        let quote = self.language.quotes.iter().find(|quote| self.opens(quote))?;
        let end = self.at + quote.open.len() + end_of(quote, &self.rest()[quote.open.len()..]);
        let is_key = self.is_key(end);
        Some((end, if is_key { "attribute" } else { "string" }))
    }

    fn opens(&self, quote: &Quote) -> bool {
        self.rest().starts_with(&quote.open)
            && !(quote.free
                && self.before().is_some_and(|byte| {
                    is_of_word(byte) || matches!(byte, b')' | b']' | b'}' | b'\'' | b'.')
                }))
            && (!quote.one || holds_one(&self.rest()[quote.open.len()..], &quote.close))
    }

    /// A sign and the word after it: `@property`, `$HOME`, `\alpha`, `</p`.
    fn marked(&mut self) -> Option<(usize, Class)> {
        let at_start = self.before().is_none_or(|byte| byte == b'\n');
        let mut marks = self.language.marks.iter();
        let Mark { text, class, .. } = marks.find(|mark| {
            self.rest().starts_with(&mark.text) && (mark.place != Place::Start || at_start)
        })?;
        let after = self.at + text.len();
        let length = self.word_length(after);
        let end = after
            + if length == 0 {
                self.code[after..].chars().next().filter(|_| text == "\\").map_or(0, char::len_utf8)
            } else {
                length
            };
        self.in_tag |= class == "tag" && end > after;
        (end > after).then_some((end, class.as_str()))
    }

    /// Outside of tags everything is text.
    fn pass_text(&mut self) {
        let rest = &self.rest().as_bytes()[1..];
        self.at += 1 + memchr3(b'<', b'&', b'\n', rest).unwrap_or(rest.len());
        while !self.code.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    fn word_or_sign(&mut self) {
        let Some(&byte) = self.rest().as_bytes().first() else { return };
        if byte.is_ascii_digit() && self.language.numbers {
            self.write(self.at + number(self.rest()), "number");
            return;
        }
        let length = self.word_length(self.at);
        if length == 0 {
            self.in_tag &= byte != b'>';
            self.at += 1;
            return;
        }
        let end = self.at + length;
        match self.class(end) {
            Some("macro") => self.write(end + 1, "macro"),
            Some(class) => self.write(end, class),
            None => self.at = end,
        }
    }

    /// How many bytes of a word stand at a place.
    fn word_length(&self, at: usize) -> usize {
        let also = self.language.letters.as_bytes();
        self.code.as_bytes()[at..]
            .iter()
            .take_while(|byte| is_of_word(**byte) || also.contains(byte))
            .count()
    }

    /// What the word from here to `end` is.
    fn class(&self, end: usize) -> Option<Class> {
        let (word, after) = (&self.code[self.at..end], &self.code[end..]);
        let known = if self.language.fold {
            self.words.get(word.to_ascii_lowercase().as_str())
        } else {
            self.words.get(word)
        };
        if let Some(class) = known {
            return Some(*class);
        }
        if self.in_tag || self.is_key(end) {
            return Some("attribute");
        }
        let is_macro = self.language.macros && after.starts_with('!') && !after.starts_with("!=");
        if is_macro {
            return Some("macro");
        }
        if self.language.calls && after.starts_with('(') {
            return Some("function");
        }
        (self.language.capitals && word.starts_with(|c: char| c.is_ascii_uppercase()))
            .then_some("type")
    }

    /// Whether what ends here is the name of a value: `name = `, `name: `.
    fn is_key(&self, end: usize) -> bool {
        let Some(mark) = self.language.key else { return false };
        let after = self.code[end..].trim_start_matches(' ');
        after.strip_prefix(mark).is_some_and(|rest| mark != ':' || !rest.starts_with([':', '/']))
    }

    fn write_plain(&mut self, end: usize) {
        escape::text(&self.code[self.written..end], &mut self.html);
        self.written = end;
    }

    fn write(&mut self, end: usize, class: Class) {
        self.write_plain(self.at);
        self.html.extend(["<span class=\"hl-", class, "\">"]);
        self.write_plain(end);
        self.html.push_str("</span>");
        self.at = end;
    }
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// Where a string ends of which the opening mark has been read: behind its closing mark, or at the end of the line.
fn end_of(quote: &Quote, text: &str) -> usize {
    let (bytes, close) = (text.as_bytes(), quote.close.as_bytes());
    let mut at = 0;
    while let Some(step) = bytes.get(at..).and_then(|rest| memchr3(close[0], b'\\', b'\n', rest)) {
        at += step;
        match bytes[at] {
            b'\n' if !quote.lines => return at,
            b'\\' if quote.escapes => at += 2,
            _ if bytes[at..].starts_with(close) => return at + close.len(),
            _ => at += 1,
        }
    }
    text.len()
}

/// Whether a text begins with one character, perhaps an escaped one, and the closing mark.
fn holds_one(text: &str, close: &str) -> bool {
    const LONGEST: usize = 12;
    let mut chars = text.char_indices();
    match chars.next() {
        Some((_, '\\')) => chars.skip(1).take(LONGEST).any(|(at, _)| text[at..].starts_with(close)),
        Some((_, first)) => first != '\n' && text[first.len_utf8()..].starts_with(close),
        None => false,
    }
}

/// How long the number at the start of a text is: `0x1f`, `1_000`, `2.5e-3`, `10px`.
fn number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let hex = text.starts_with("0x") || text.starts_with("0X");
    let end = (1..bytes.len()).find(|&at| {
        let before_digit = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        !match bytes[at] {
            b'.' => before_digit,
            b'+' | b'-' => !hex && matches!(bytes[at - 1], b'e' | b'E') && before_digit,
            byte => is_of_word(byte),
        }
    });
    end.unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{KNOWN, LONGEST, Plain, highlight};

    /// The code with each coloured piece in brackets after the beginning of its class.
    fn coloured(language: &str, code: &str) -> String {
        let html = highlight(language, code)
            .unwrap()
            .replace("<span class=\"hl-", "⟨")
            .replace("</span>", "⟩");
        html.replace("\">", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }

    #[test]
    fn code_is_coloured() {
        for (language, code, wanted) in [
            (
                "py",
                "@x\ndef f(a): return 'it' # no",
                "⟨attribute @x⟩\n⟨keyword def⟩ ⟨function f⟩(a): ⟨keyword return⟩ ⟨string 'it'⟩ ⟨comment # no⟩",
            ),
            ("python", "'''a\nb''' + 1.5e-3", "⟨string '''a\nb'''⟩ + ⟨number 1.5e-3⟩"),
            (
                "rust",
                "&'a str, 'b', r#\"q\"u\"# m!(x)",
                "&⟨attribute 'a⟩ ⟨type str⟩, ⟨string 'b'⟩, ⟨string r#\"q\"u\"#⟩ ⟨macro m!⟩(x)",
            ),
            ("rs", "/* a /* b */ c */ 1..2", "⟨comment /* a /* b */ c */⟩ ⟨number 1⟩..⟨number 2⟩"),
            (
                "c",
                "#include <a.h>\nint x = '\\n';",
                "⟨keyword #include⟩ <a.h>\n⟨type int⟩ x = ⟨string '\\n'⟩;",
            ),
            (
                "sh",
                "echo \"$#\" ${a#b} # c",
                "echo ⟨string \"$#\"⟩ ⟨variable ${a⟩#b} ⟨comment # c⟩",
            ),
            (
                "json",
                "{\"a\": \"b\", \"c\": null}",
                "{⟨attribute \"a\"⟩: ⟨string \"b\"⟩, ⟨attribute \"c\"⟩: ⟨constant null⟩}",
            ),
            ("yaml", "a-b: https://c.d # e", "⟨attribute a-b⟩: https://c.d ⟨comment # e⟩"),
            ("toml", "[a.b]\nc = true", "⟨type [a.b]⟩\n⟨attribute c⟩ = ⟨constant true⟩"),
            (
                "html",
                "don't <a href=\"x\">1 &amp; 2</a>",
                "don't ⟨tag <a⟩ ⟨attribute href⟩=⟨string \"x\"⟩>1 ⟨constant &amp⟩; 2⟨tag </a⟩>",
            ),
            (
                "diff",
                "--- a\n+++ b\n@@ 1 @@\n-x\n+y\n z 1",
                "⟨heading --- a⟩\n⟨heading +++ b⟩\n⟨keyword @@ 1 @@⟩\n⟨deleted -x⟩\n⟨inserted +y⟩\n z 1",
            ),
            ("sql", "SELECT count(*) -- n", "⟨keyword SELECT⟩ ⟨function count⟩(*) ⟨comment -- n⟩"),
            ("latex", "\\frac{a}\\% % b", "⟨keyword \\frac⟩{a}⟨keyword \\%⟩ ⟨comment % b⟩"),
            ("matlab", "A' * 'b'", "A' * ⟨string 'b'⟩"),
            ("lua", "x = [==[a]]b]==]", "x = ⟨string [==[a]]b]==]⟩"),
            ("md", "# A\n`b` 1", "⟨heading # A⟩\n⟨string `b`⟩ 1"),
            ("css", "a { color: #fff; }", "a { ⟨attribute color⟩: ⟨number #fff⟩; }"),
        ] {
            assert_eq!(coloured(language, code), wanted, "{language}");
        }
    }

    #[test]
    fn what_is_unknown_or_too_long_is_plain() {
        assert_eq!(highlight("klingon", "x"), Err(Plain::Unknown));
        assert_eq!(highlight("c", &"x".repeat(LONGEST + 1)), Err(Plain::TooLong));
    }

    proptest! {
        #[test]
        fn every_byte_of_the_code_is_in_the_html(
            index: prop::sample::Index,
            pieces in proptest::collection::vec("[\\PC\n]{0,3}|<!--|/\\*|r#+\"|\\[=*\\[|\"\"\"|'|\\\\|[a-z]+|-{2}|#=|`|é'|\\$\\{", 0..30),
        ) {
            let code = pieces.concat();
            let mut languages: Vec<&str> = KNOWN.keys().copied().collect();
            languages.sort_unstable();
            let language: &&str = index.get(&languages);
            let html = highlight(language, &code).unwrap();
            let mut plain = String::new();
            let mut rest = html.as_str();
            while let Some(at) = rest.find('<') {
                plain.push_str(&rest[..at]);
                rest = &rest[at + rest[at..].find('>').unwrap() + 1..];
            }
            plain.push_str(rest);
            prop_assert_eq!(plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"), code);
        }
    }
}

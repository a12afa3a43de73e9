//! Parts a BibTeX file into entries, and entries into fields, in one pass and without giving up: what is broken
//! is handed back as loose text. Knows nothing of LaTeX but that braces pair.

use std::collections::BTreeSet;

use crate::reader::Span;

/// A part of the file.
pub(super) enum Item<'a> {
    /// `@string{name = …}`
    String { name: String, pieces: Vec<Piece<'a>> },
    /// `@article{key, …}`
    Record(Record<'a>),
    /// Anything else that holds words.
    Loose { span: Span, why: &'static str },
}

/// One entry.
pub(super) struct Record<'a> {
    /// `article`, in lower case.
    pub kind: String,
    pub key: &'a str,
    pub fields: Vec<Field<'a>>,
    /// From `@` to the end of the key.
    pub span: Span,
    /// From `@` to the closing brace.
    pub whole: Span,
}

/// One field; its name in lower case.
pub(super) struct Field<'a> {
    pub name: String,
    pub pieces: Vec<Piece<'a>>,
}

/// What `#` joins.
#[derive(Clone, Copy)]
pub(super) enum Piece<'a> {
    /// Between braces or quotes, or a number.
    Text(&'a str),
    /// The name of a `@string`.
    Name(&'a str),
}

impl<'a> Record<'a> {
    /// The field with this name.
    pub(super) fn field(&self, name: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// All parts of a file, in order.
pub(super) fn items(text: &str) -> Vec<Item<'_>> {
    let mut scanner = Scanner { text, at: 0, items: Vec::new() };
    while scanner.at < text.len() {
        scanner.next();
    }
    scanner.items
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    items: Vec<Item<'a>>,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.rest().starts_with(c);
        self.at += if found { c.len_utf8() } else { 0 };
        found
    }

    /// A name: a type, a key, a field.
    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c: char| c.is_whitespace() || "{}(),=#\"%@".contains(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn loose(&mut self, from: usize, to: usize, why: &'static str) {
        let text = &self.text[from..to];
        if text.chars().any(char::is_alphanumeric) {
            let start = from + text.len() - text.trim_start().len();
            self.items.push(Item::Loose { span: start..from + text.trim_end().len(), why });
        }
    }

    /// Reads up to and with the next `@` part.
    fn next(&mut self) {
        let start = self.at;
        let mark = entry_mark(self.rest()).map_or(self.text.len(), |found| start + found);
        self.loose(start, mark, "text outside the entries was left out");
        self.at = mark + 1;
        if mark < self.text.len() {
            let kind = self.word().to_ascii_lowercase();
            self.space();
            self.part(&kind, mark);
        }
    }

    fn part(&mut self, kind: &str, mark: usize) {
        let closing = if self.eat('{') {
            '}'
        } else if self.eat('(') {
            ')'
        } else {
            return self.loose(mark, self.at.min(self.text.len()), "an entry without an opening brace was left out");
        };
        match kind {
            "comment" | "preamble" => {
                self.skip(closing);
                self.loose(mark, self.at, "a comment or preamble was left out");
            }
            "string" => self.string(closing, mark),
            _ => self.record(kind, closing, mark),
        }
    }

    fn string(&mut self, closing: char, mark: usize) {
        match self.field() {
            Some(Field { name, pieces }) => self.items.push(Item::String { name, pieces }),
            None => self.loose(mark, self.at, "a `@string` without a value was left out"),
        }
        self.close(closing, mark);
    }

    fn record(&mut self, kind: &str, closing: char, mark: usize) {
        self.space();
        let start = self.at;
        let rest = self.rest();
        self.at += rest.find([',', '}', '\n', '=']).unwrap_or(rest.len());
        let key = self.text[start..self.at].trim();
        let (mut fields, mut names) = (Vec::new(), BTreeSet::new());
        self.space();
        let span = mark..start + key.len();
        while self.eat(',') {
            let before = self.at;
            match self.field() {
                Some(field) if names.insert(field.name.clone()) => {
                    fields.push(field);
                }
                Some(_) => self.loose(before, self.at, "a field given twice was left out"),
                None => self.loose(before, self.at, "a field that cannot be read was left out"),
            }
            self.space();
        }
        self.close(closing, mark);
        let whole = mark..self.at;
        self.items.push(Item::Record(Record { kind: kind.to_owned(), key, fields, span, whole }));
    }

    /// Goes to the end of the part; what is in between is loose.
    fn close(&mut self, closing: char, mark: usize) {
        let start = self.at;
        self.skip(closing);
        let closed = self.text[start..self.at].ends_with(closing);
        let why = if closed { "text after the last field was left out" } else { "text of an entry that never closes" };
        self.loose(start, self.at, why);
        if !closed {
            let line = self.text[mark..].find('\n').map_or(self.text.len(), |end| mark + end);
            self.loose(mark, line, "an entry never closes: the next begins inside it, or the file ends");
        }
    }

    /// A field with its value; `None` leaves the scanner after what could not be read.
    fn field(&mut self) -> Option<Field<'a>> {
        self.comments();
        let name = self.word().to_ascii_lowercase();
        self.space();
        if name.is_empty() || !self.eat('=') {
            return None;
        }
        let mut pieces = Vec::new();
        loop {
            self.space();
            pieces.push(self.piece()?);
            self.space();
            if !self.eat('#') {
                break;
            }
        }
        self.comments();
        Some(Field { name, pieces })
    }

    fn comments(&mut self) {
        self.space();
        while self.rest().starts_with('%') {
            let start = self.at;
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
            self.loose(start, self.at, "a comment was left out");
            self.space();
        }
    }

    fn piece(&mut self) -> Option<Piece<'a>> {
        let start = self.at + 1;
        if self.eat('{') {
            self.skip('}');
            let closed = self.text[start..self.at].ends_with('}');
            return Some(Piece::Text(&self.text[start..self.at - usize::from(closed)]));
        }
        if self.eat('"') {
            self.skip('"');
            let closed = self.text[start..self.at].ends_with('"');
            return Some(Piece::Text(&self.text[start..self.at - usize::from(closed)]));
        }
        let word = self.word();
        let number = word.bytes().all(|b| b.is_ascii_digit());
        match word {
            "" => None,
            word if number => Some(Piece::Text(word)),
            word => Some(Piece::Name(word)),
        }
    }

    /// Goes behind the closing mark, over pairs of braces; an entry that begins a line ends it all.
    fn skip(&mut self, closing: char) {
        let mut depth = 0_usize;
        let mut escaped = false;
        let mut line_start = self.text[..self.at].trim_end_matches([' ', '\t']).ends_with('\n');
        let rest = self.rest();
        for (at, c) in rest.char_indices() {
            if c == '@' && line_start && is_entry(&rest[at..]) {
                self.at += at;
                return;
            }
            line_start = c == '\n' || (line_start && c.is_whitespace());
            if !escaped && depth == 0 && c == closing {
                self.at += at + c.len_utf8();
                return;
            }
            match c {
                '{' if !escaped => depth += 1,
                '}' if !escaped => depth = depth.saturating_sub(1),
                _ => {}
            }
            escaped = c == '\\' && !escaped;
        }
        self.at = self.text.len();
    }
}

/// Where the next entry begins: an `@` with a word and a brace.
fn entry_mark(text: &str) -> Option<usize> {
    text.match_indices('@').map(|(at, _)| at).find(|&at| is_entry(&text[at..]))
}

fn is_entry(text: &str) -> bool {
    let word = text[1..].bytes().take(40).take_while(u8::is_ascii_alphabetic).count();
    let rest = text[1 + word..].trim_start_matches([' ', '\t']);
    word > 0 && rest.starts_with(['{', '('])
}

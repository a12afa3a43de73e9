//! A template's text → its tags and prints, each as tokens with their places. Linear in the text.

use std::ops::Range;

/// The smallest part of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// A name or a keyword.
    Name(&'a str),
    /// What stands between the quotes, escapes and all.
    Text(&'a str),
    /// Digits, with a point or without.
    Number,
    /// Anything else, as `|` and `==`.
    Sign(&'a str),
}

/// Tokens with their places.
pub type Tokens<'a> = Vec<(Token<'a>, Range<usize>)>;

/// `{{ … }}` or `{% … %}`.
#[derive(Debug)]
pub enum Piece<'a> {
    /// `{{ … }}`
    Print(Tokens<'a>),
    /// `{% … %}`
    Tag(Tokens<'a>),
}

/// Signs of more than one character, longest first.
const LONG: &[&str] = &["...", "?.", "?[", "==", "!=", "<=", ">=", "</", "**", "//"];

/// What a template's tags begin with: a keyword and what comes after it, with the place of that.
pub(super) fn tags(text: &str) -> impl Iterator<Item = (&str, Token<'_>, Range<usize>)> {
    pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Tag(tokens) => match tokens.as_slice() {
            [(Token::Name(keyword), _), (next, place), ..] => {
                Some((*keyword, *next, place.clone()))
            }
            _ => None,
        },
        Piece::Print(_) => None,
    })
}

/// Cuts a template into pieces; text and comments are left out.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find('{').map(|next| at + next) {
        let inside = next + 2;
        at = match text.as_bytes().get(next + 1) {
            Some(b'{') => {
                let (tokens, end) = tokens(text, inside, "}}");
                pieces.push(Piece::Print(tokens));
                end
            }
            Some(b'%') => {
                let (tokens, end) = tokens(text, inside, "%}");
                let raw = matches!(tokens.first(), Some((Token::Name("raw"), _)));
                pieces.push(Piece::Tag(tokens));
                if raw { after_raw(text, end) } else { end }
            }
            Some(b'#') => text[inside..].find("#}").map_or(text.len(), |end| inside + end + 2),
            _ => next + 1,
        };
    }
    pieces
}

/// Where a section that Tera does not read ends.
fn after_raw(text: &str, from: usize) -> usize {
    text[from..].find("endraw").map_or(text.len(), |end| from + end)
}

/// Tokens up to an ending, and the place after it.
fn tokens<'a>(text: &'a str, from: usize, ending: &str) -> (Tokens<'a>, usize) {
    let mut tokens = Vec::new();
    let mut at = from + usize::from(text[from..].starts_with('-'));
    let mut open = 0_usize;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if open == 0
            && (rest.starts_with(ending)
                || rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(ending)))
        {
            return (tokens, at + ending.len() + usize::from(first == '-'));
        }
        let (token, length) = token(rest, first);
        match token {
            Some(Token::Sign("{")) => open += 1,
            Some(Token::Sign("}")) => open = open.saturating_sub(1),
            _ => {}
        }
        tokens.extend(token.map(|token| (token, place(token, at, length))));
        at += length;
    }
    (tokens, text.len())
}

/// A text's place is what stands between its quotes.
fn place(token: Token<'_>, at: usize, length: usize) -> Range<usize> {
    match token {
        Token::Text(text) => at + 1..at + 1 + text.len(),
        _ => at..at + length,
    }
}

/// The token that a text begins with, none for space, and its length.
fn token(rest: &str, first: char) -> (Option<Token<'_>>, usize) {
    match first {
        c if c.is_whitespace() => (None, c.len_utf8()),
        c if c.is_alphabetic() || c == '_' => {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
            let length = end.unwrap_or(rest.len());
            (Some(Token::Name(&rest[..length])), length)
        }
        c if c.is_ascii_digit() => (Some(Token::Number), number(rest)),
        '"' | '\'' | '`' => quoted(rest, first),
        _ => {
            let long = LONG
                .iter()
                .find(|sign| rest.starts_with(**sign))
                .map_or(first.len_utf8(), |sign| sign.len());
            (Some(Token::Sign(&rest[..long])), long)
        }
    }
}

/// Digits, and a point only where more digits follow: `day[1:2]`, `1.5`.
fn number(rest: &str) -> usize {
    let whole = digits(rest, 0);
    match rest[whole..].strip_prefix('.') {
        Some(after) if after.starts_with(|c: char| c.is_ascii_digit()) => digits(rest, whole + 1),
        _ => whole,
    }
}

fn digits(rest: &str, from: usize) -> usize {
    from + rest[from..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - from)
}

fn quoted(rest: &str, quote: char) -> (Option<Token<'_>>, usize) {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return (Some(Token::Text(&rest[1..at])), at + 1),
            _ => {}
        }
    }
    (Some(Token::Text(&rest[1..])), rest.len())
}

//! Tokens → expressions. Tera has read the same text before, so what cannot be understood is passed over, not reported.

use std::ops::Range;

use super::syntax::{Arguments, Expression, Word};
use crate::theme::Token;

/// Deepest nesting that is followed; Tera allows less.
const DEEPEST: usize = 128;

/// Reads the tokens of one tag from left to right.
pub(super) struct Reader<'t, 'a> {
    tokens: &'t [(Token<'a>, Range<usize>)],
    at: usize,
    depth: usize,
}

impl<'t, 'a> Reader<'t, 'a> {
    pub(super) fn new(tokens: &'t [(Token<'a>, Range<usize>)]) -> Self {
        Self { tokens, at: 0, depth: 0 }
    }

    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at).map(|(token, _)| *token)
    }

    fn next(&mut self) -> Option<(Token<'a>, Range<usize>)> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    /// Passes over whatever comes next.
    pub(super) fn step(&mut self) {
        self.at += 1;
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Steps over a sign, if it comes next.
    pub(super) fn sign(&mut self, sign: &str) -> bool {
        let here = self.peek() == Some(Token::Sign(sign));
        self.at += usize::from(here);
        here
    }

    /// Steps over a word, if it comes next.
    pub(super) fn word(&mut self, word: &str) -> bool {
        let here = self.peek() == Some(Token::Name(word));
        self.at += usize::from(here);
        here
    }

    pub(super) fn name(&mut self) -> Option<Word> {
        match self.peek()? {
            Token::Name(text) => self.next().map(|(_, span)| Word { text: text.into(), span }),
            _ => None,
        }
    }

    pub(super) fn text(&mut self) -> Option<Word> {
        match self.peek()? {
            Token::Text(text) => self.next().map(|(_, span)| Word { text: text.into(), span }),
            _ => None,
        }
    }

    /// A whole expression, with `value if condition else other`.
    pub(super) fn expression(&mut self) -> Expression {
        if self.depth > DEEPEST {
            self.at = self.tokens.len();
            return Expression::Nothing;
        }
        self.depth += 1;
        let mut value = self.either();
        if self.word("if") {
            let condition = Box::new(self.expression());
            let other = if self.word("else") { self.expression() } else { Expression::Nothing };
            value =
                Expression::Choice { condition, value: Box::new(value), other: Box::new(other) };
        }
        self.depth -= 1;
        value
    }

    fn either(&mut self) -> Expression {
        let mut left = self.both();
        while self.word("or") {
            left = Expression::Either(Box::new(left), Box::new(self.both()));
        }
        left
    }

    fn both(&mut self) -> Expression {
        let mut left = self.comparison();
        while self.word("and") {
            left = Expression::Both(Box::new(left), Box::new(self.comparison()));
        }
        left
    }

    fn comparison(&mut self) -> Expression {
        if self.word("not") {
            return Expression::Compare(vec![self.comparison()]);
        }
        let mut left = self.sum();
        loop {
            if self.word("is") {
                self.word("not");
                self.name();
                left = Expression::Test(Box::new(left), self.arguments());
            } else if self.compares() {
                left = Expression::Compare(vec![left, self.sum()]);
            } else {
                return left;
            }
        }
    }

    /// Steps over `in`, `not in` and the signs that compare.
    fn compares(&mut self) -> bool {
        let not = matches!(self.peek(), Some(Token::Name("not")));
        self.at += usize::from(not);
        self.word("in") || ["==", "!=", "<=", ">=", "<", ">"].iter().any(|sign| self.sign(sign))
    }

    fn sum(&mut self) -> Expression {
        let mut left = self.operand();
        loop {
            if self.sign("~") {
                left = Expression::Join(vec![left, self.operand()]);
            } else if ["+", "-", "*", "**", "/", "//", "%"].iter().any(|sign| self.sign(sign)) {
                left = Expression::Reckon(vec![left, self.operand()]);
            } else {
                return left;
            }
        }
    }

    /// A value with its filters, which bind more tightly than anything between two values.
    fn operand(&mut self) -> Expression {
        let mut value = self.primary();
        loop {
            if self.sign("|") {
                let Some(name) = self.name() else { return value };
                let arguments = self.arguments();
                value = Expression::Filter(Box::new(value), name, arguments);
            } else if self.sign("[") {
                value = self.subscript(value);
            } else {
                return value;
            }
        }
    }

    fn primary(&mut self) -> Expression {
        let Some((token, span)) = self.next() else { return Expression::Nothing };
        match token {
            Token::Text(text) => Expression::Text(Word { text: text.into(), span }),
            Token::Number => Expression::Number,
            Token::Name("true" | "false" | "True" | "False") => Expression::Truth,
            Token::Name("none" | "None" | "null") => Expression::Nothing,
            Token::Name(name) => self.chain(Word { text: name.into(), span }),
            Token::Sign("-") => Expression::Reckon(vec![self.primary()]),
            Token::Sign("(") => {
                let inner = self.expression();
                self.sign(")");
                inner
            }
            Token::Sign("[") => self.list(),
            Token::Sign("{") => self.map(),
            Token::Sign("<") => self.component(),
            Token::Sign(_) => Expression::Nothing,
        }
    }

    /// `name(…)`, or a name with fields and subscripts.
    fn chain(&mut self, name: Word) -> Expression {
        if self.peek() == Some(Token::Sign("(")) {
            let arguments = self.arguments();
            return Expression::Call(name, arguments);
        }
        let mut value = Expression::Name(name);
        loop {
            let optional = self.sign("?.");
            if optional || self.sign(".") {
                let Some(field) = self.name() else { return value };
                value = Expression::Field(Box::new(value), field, optional);
            } else if self.sign("[") || self.sign("?[") {
                value = self.subscript(value);
            } else {
                return value;
            }
        }
    }

    /// What follows `[`.
    fn subscript(&mut self, of: Expression) -> Expression {
        let mut parts = Vec::new();
        let mut slice = false;
        while !self.sign("]") && !self.is_done() {
            if self.sign(":") {
                slice = true;
            } else {
                parts.push(self.expression());
            }
        }
        match parts.pop() {
            Some(item) if !slice => Expression::Item(Box::new(of), Box::new(item)),
            last => {
                parts.extend(last);
                Expression::Slice(Box::new(of), parts)
            }
        }
    }

    /// `(name=value, …)`, if it comes next.
    fn arguments(&mut self) -> Arguments {
        let mut arguments = Vec::new();
        if self.sign("(") {
            while !self.sign(")") && !self.is_done() {
                let name = self.name();
                self.sign("=");
                arguments.push((name.map(|name| name.text).unwrap_or_default(), self.expression()));
                self.sign(",");
            }
        }
        arguments
    }

    /// What follows `[` where a value begins: a list, or one gathered from another.
    fn list(&mut self) -> Expression {
        let mut items = Vec::new();
        while !self.sign("]") && !self.is_done() {
            let item = self.spread_or_value();
            if self.word("for") {
                return self.gather(item);
            }
            items.push(item);
            self.sign(",");
        }
        Expression::List(items)
    }

    fn gather(&mut self, value: Expression) -> Expression {
        let names = self.names();
        self.word("in");
        let over = Box::new(self.either());
        let condition = self.word("if").then(|| Box::new(self.either()));
        self.sign("]");
        Expression::Gather { names, over, value: Box::new(value), condition }
    }

    /// `name` or `key, name`
    pub(super) fn names(&mut self) -> Vec<String> {
        let mut names = Vec::from_iter(self.name().map(|name| name.text));
        while self.sign(",") {
            names.extend(self.name().map(|name| name.text));
        }
        names
    }

    fn spread_or_value(&mut self) -> Expression {
        if self.sign("...") {
            Expression::Spread(Box::new(self.expression()))
        } else {
            self.expression()
        }
    }

    /// What follows `{` where a value begins.
    fn map(&mut self) -> Expression {
        let mut values = Vec::new();
        while !self.sign("}") && !self.is_done() {
            let key_or_value = self.spread_or_value();
            values.push(if self.sign(":") { self.expression() } else { key_or_value });
            self.sign(",");
        }
        Expression::Other(values)
    }

    /// What follows `<`: a component with what it is given, up to `>`.
    pub(super) fn component(&mut self) -> Expression {
        let mut given = Vec::new();
        self.name();
        while self.sign(".") {
            self.name();
        }
        while !self.sign(">") && !self.is_done() {
            if let Some(name) = self.name() {
                given.push(if self.sign("=") { self.given() } else { Expression::Name(name) });
            } else if self.sign("{") {
                given.push(self.spread_or_value());
                self.sign("}");
            } else {
                self.at += 1;
            }
        }
        Expression::Other(given)
    }

    /// `"text"` or `{expression}`
    fn given(&mut self) -> Expression {
        let braces = self.sign("{");
        let value = self.expression();
        if braces {
            self.sign("}");
        }
        value
    }
}

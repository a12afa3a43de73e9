//! Pieces → a template: tags that open, branch and close.

use super::expressions::Reader;
use super::syntax::{Expression, Node, Template};
use crate::theme::{Piece, Token, Tokens, pieces};

/// Reads a template that Tera has compiled.
pub(super) fn parse(text: &str) -> Template {
    let pieces = pieces(text);
    let mut parser = Parser { pieces: pieces.iter(), template: Template::default() };
    let mut nodes = Vec::new();
    // A closing tag too many, which Tera would not have let through, ends nothing.
    while parser.until(&mut nodes).is_some() {}
    Template { nodes, ..parser.template }
}

struct Parser<'p, 'a> {
    pieces: std::slice::Iter<'p, Piece<'a>>,
    template: Template,
}

/// A tag that ends or branches what is being read: its word, and the rest of it.
type Ending<'p, 'a> = (&'p str, Reader<'p, 'a>);

impl<'p, 'a> Parser<'p, 'a> {
    /// Reads nodes up to a tag that is no node itself; none at the end of the template.
    fn until(&mut self, nodes: &mut Vec<Node>) -> Option<Ending<'p, 'a>> {
        loop {
            match self.pieces.next()? {
                Piece::Print(tokens) => nodes.push(Node::Print(Reader::new(tokens).expression())),
                Piece::Tag(tokens) => match self.tag(tokens, nodes) {
                    None => {}
                    ending => return ending,
                },
            }
        }
    }

    fn body(&mut self) -> Vec<Node> {
        let mut nodes = Vec::new();
        self.until(&mut nodes);
        nodes
    }

    /// One tag with all that belongs to it.
    fn tag(&mut self, tokens: &'p Tokens<'a>, nodes: &mut Vec<Node>) -> Option<Ending<'p, 'a>> {
        let mut reader = Reader::new(tokens);
        if reader.sign("<") {
            let given = reader.component();
            nodes.push(Node::Section(vec![given], self.body()));
            return None;
        }
        if reader.sign("</") {
            return Some(("</", reader));
        }
        let word = match tokens.first() {
            Some((Token::Name(word), _)) => *word,
            _ => return None,
        };
        reader.word(word);
        match word {
            "extends" => self.template.extends = reader.text(),
            "include" => nodes.extend(reader.text().map(Node::Include)),
            "set" | "set_global" => nodes.extend(self.set(reader, word == "set_global")),
            "if" => nodes.push(self.conditions(reader)),
            "for" => nodes.push(self.repeat(reader)),
            "filter" => nodes.push(self.section(reader)),
            "component" => nodes.push(self.component(reader)),
            "block" => {
                let name = reader.name();
                let body = self.body();
                nodes.extend(name.map(|name| Node::Block(name, body)));
            }
            "raw" | "break" | "continue" => {}
            _ => return Some((word, reader)),
        }
        None
    }

    fn set(&mut self, mut reader: Reader<'p, 'a>, global: bool) -> Option<Node> {
        let name = reader.name().map(|name| name.text);
        if reader.sign("=") {
            let value = reader.expression();
            return name.map(|name| Node::Set { name, value, global });
        }
        let body = self.body();
        name.map(|name| Node::SetText { name, body, global })
    }

    fn conditions(&mut self, mut reader: Reader<'p, 'a>) -> Node {
        let mut branches = Vec::new();
        let mut condition = Some(reader.expression());
        loop {
            let mut body = Vec::new();
            let ending = self.until(&mut body);
            branches.push((condition.take(), body));
            match ending {
                Some(("elif", mut reader)) => condition = Some(reader.expression()),
                Some(("else", _)) => {}
                _ => return Node::If(branches),
            }
        }
    }

    fn repeat(&mut self, mut reader: Reader<'p, 'a>) -> Node {
        let names = reader.names();
        reader.word("in");
        let over = reader.expression();
        let mut body = Vec::new();
        let otherwise = match self.until(&mut body) {
            Some(("else", _)) => self.body(),
            _ => Vec::new(),
        };
        Node::For { names, over, body, otherwise }
    }

    /// `{% filter name(…) | … %}`: only what the filters are given matters.
    fn section(&mut self, mut reader: Reader<'p, 'a>) -> Node {
        let mut given = Vec::new();
        while !reader.is_done() {
            given.push(reader.expression());
            reader.sign("|");
        }
        Node::Section(
            given
                .into_iter()
                .flat_map(|expression| match expression {
                    Expression::Call(_, arguments) => {
                        arguments.into_iter().map(|(_, value)| value).collect()
                    }
                    _ => Vec::new(),
                })
                .collect(),
            self.body(),
        )
    }

    /// `{% component name(argument: type = default, …) {…} %}`
    fn component(&mut self, mut reader: Reader<'p, 'a>) -> Node {
        let mut arguments = Vec::new();
        reader.name();
        let mut fresh = false;
        while !reader.is_done() && !reader.sign(")") {
            let opens =
                reader.sign("(") || reader.sign(",") || reader.sign("...") || reader.sign("@");
            if opens {
                fresh = true;
            } else if let Some(name) = reader.name() {
                arguments.extend(std::mem::take(&mut fresh).then_some(name.text));
            } else {
                reader.step();
            }
        }
        Node::Component(arguments, self.body())
    }
}

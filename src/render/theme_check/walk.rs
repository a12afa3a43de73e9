//! Walks what a page is made from with types instead of values: every branch, every include, every block.

use std::collections::{BTreeMap, BTreeSet};

use super::Seen;
use super::contract::{Contract, Kind};
use super::syntax::{Node, blocks, set_names};
use super::templates::{Id, Templates};
use crate::diagnostic::{Code, Finding};
use crate::theme::Theme;

/// Names and what they stand for.
type Names = BTreeMap<String, Kind>;

/// The definitions of each block, from the template that is asked for to the one it finally extends.
type Blocks<'a> = BTreeMap<&'a str, Vec<(Id, &'a [Node])>>;

pub(super) struct Walk<'a> {
    pub(super) theme: &'a Theme,
    pub(super) contract: &'a Contract,
    templates: &'a Templates,
    pub(super) seen: Seen,
    /// Includes walked before with the same names in sight.
    walked: BTreeSet<(Id, Names)>,
    /// Names that some template sets: where one of them is not set, that may be meant.
    pub(super) set_somewhere: BTreeSet<String>,
}

/// Where the walk is.
pub(super) struct Place<'a> {
    pub(super) id: Id,
    /// From the page's own names to those of the innermost loop.
    scopes: Vec<Names>,
    blocks: std::rc::Rc<Blocks<'a>>,
    /// The block being walked, and which of its definitions.
    inside: Option<(&'a str, usize)>,
}

impl Place<'_> {
    pub(super) fn get(&self, name: &str) -> Option<&Kind> {
        self.scopes.iter().rev().find_map(|scope| scope.get(name))
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.scopes.iter().flat_map(BTreeMap::keys).map(String::as_str)
    }

    fn set(&mut self, name: &str, kind: Kind, global: bool) {
        let scope = if global { self.scopes.first_mut() } else { self.scopes.last_mut() };
        if let Some(scope) = scope {
            let kind = match scope.remove(name) {
                Some(before) => before.or(kind),
                None => kind,
            };
            scope.insert(name.to_owned(), kind);
        }
    }

    /// Everything in sight as one.
    fn flat(&self) -> Names {
        self.scopes.iter().flatten().map(|(name, kind)| (name.clone(), kind.clone())).collect()
    }
}

impl<'a> Walk<'a> {
    pub(super) fn new(theme: &'a Theme, contract: &'a Contract, templates: &'a Templates) -> Self {
        let set_somewhere =
            templates.all().flat_map(|parsed| set_names(&parsed.template.nodes)).collect();
        Self {
            theme,
            contract,
            templates,
            seen: Seen::default(),
            walked: BTreeSet::new(),
            set_somewhere,
        }
    }

    /// A template that pages are made from.
    pub(super) fn page(&mut self, name: &str) {
        let chain = self.templates.chain(name);
        let Some(root) = chain.last().cloned() else { return };
        let mut defined = Blocks::new();
        for id in &chain {
            let Some(parsed) = self.templates.get(id) else { continue };
            for (block, body) in blocks(&parsed.template.nodes) {
                defined.entry(block.text.as_str()).or_default().push((id.clone(), body));
            }
        }
        let scopes = vec![self.contract.variables(name)];
        let mut place = Place { id: root, scopes, blocks: std::rc::Rc::new(defined), inside: None };
        for id in chain.iter().rev() {
            self.seen.templates.insert(id.clone());
        }
        if let Some(parsed) = self.templates.get(&place.id.clone()) {
            self.nodes(&parsed.template.nodes, &mut place);
        }
    }

    /// Components can be used from everywhere, so a template that defines some needs nobody to include it.
    pub(super) fn components(&mut self) {
        for (id, parsed) in self.templates.with_ids() {
            let nodes = &parsed.template.nodes;
            for node in nodes.iter().filter(|node| matches!(node, Node::Component(..))) {
                self.seen.templates.insert(id.clone());
                let mut place = Place {
                    id: id.clone(),
                    scopes: Vec::new(),
                    blocks: std::rc::Rc::default(),
                    inside: None,
                };
                self.node(node, &mut place);
            }
        }
    }

    /// The templates of parts that others show, which the program renders for them; parts may show parts.
    pub(super) fn parts(&mut self) {
        let mut walked = BTreeSet::new();
        while let Some(part) = self.seen.parts.iter().find(|part| !walked.contains(*part)).cloned()
        {
            if self.theme.templates.has(&part) {
                self.page(&part);
            }
            walked.insert(part);
        }
    }

    /// What the walk brought, each finding once.
    pub(super) fn finish(mut self) -> Seen {
        let mut once = BTreeSet::new();
        self.seen
            .findings
            .retain(|finding| once.insert((order_of(finding), finding.message.clone())));
        self.seen
    }

    pub(super) fn nodes(&mut self, nodes: &'a [Node], place: &mut Place<'a>) {
        for node in nodes {
            self.node(node, place);
        }
    }

    fn node(&mut self, node: &'a Node, place: &mut Place<'a>) {
        match node {
            Node::Print(value) => {
                let kind = self.value(value, place);
                self.use_whole_view(&kind);
            }
            Node::If(branches) => {
                for (condition, body) in branches {
                    if let Some(condition) = condition {
                        self.maybe(condition, place);
                    }
                    self.nodes(body, place);
                }
            }
            Node::For { names, over, body, otherwise } => {
                let over = self.value(over, place);
                self.use_table(&over, names.len());
                self.seen.all_options |= over == Kind::Options;
                self.within(loop_names(names, &over), place, |walk, place| walk.nodes(body, place));
                self.nodes(otherwise, place);
            }
            Node::Set { name, value, global } => {
                let kind = self.maybe(value, place);
                place.set(name, kind, *global);
            }
            Node::SetText { name, body, global } => {
                self.nodes(body, place);
                place.set(name, Kind::Text, *global);
            }
            Node::Include(name) => self.include(&name.text, place),
            Node::Block(name, _) => self.block(&name.text, 0, place),
            Node::Section(given, body) => {
                for value in given {
                    self.maybe(value, place);
                }
                self.nodes(body, place);
            }
            Node::Component(arguments, body) => self.component(arguments, body, place),
        }
    }

    /// Walks on with names that hold only there.
    pub(super) fn within(
        &mut self,
        names: Names,
        place: &mut Place<'a>,
        walk: impl FnOnce(&mut Self, &mut Place<'a>),
    ) {
        place.scopes.push(names);
        walk(self, place);
        place.scopes.pop();
    }

    /// A component sees what it is given, of any kind, and nothing else.
    fn component(&mut self, arguments: &[String], body: &'a [Node], place: &mut Place<'a>) {
        let mut names: Names = arguments.iter().map(|name| (name.clone(), Kind::Any)).collect();
        names.insert("body".into(), Kind::Text);
        let blocks = std::rc::Rc::clone(&place.blocks);
        let mut inside = Place { id: place.id.clone(), scopes: vec![names], blocks, inside: None };
        self.nodes(body, &mut inside);
    }

    /// An included template sees what is in sight where it is included, and sets nothing there.
    fn include(&mut self, name: &str, place: &Place<'a>) {
        let Some(id) = self.templates.resolve(place.id.0, name) else { return };
        let Some(parsed) = self.templates.get(&id) else { return };
        self.seen.templates.insert(id.clone());
        let names = place.flat();
        if !self.walked.insert((id.clone(), names.clone())) {
            return;
        }
        let blocks = std::rc::Rc::clone(&place.blocks);
        let mut inside =
            Place { id, scopes: vec![names, Names::new()], blocks, inside: place.inside };
        self.nodes(&parsed.template.nodes, &mut inside);
    }

    /// The partial that the program renders for `paper.line`.
    pub(super) fn line(&mut self) {
        let mut names = self.contract.variables("partials/line.html");
        names.insert("paper".into(), Kind::View("PaperLink"));
        names.insert("dated".into(), Kind::Truth);
        let place = Place {
            id: (0, String::new()),
            scopes: vec![names],
            blocks: std::rc::Rc::default(),
            inside: None,
        };
        self.include("partials/line.html", &place);
    }

    /// A definition of a block, the first or, for `super()`, the one below.
    pub(super) fn block(&mut self, name: &str, level: usize, place: &mut Place<'a>) {
        let blocks = std::rc::Rc::clone(&place.blocks);
        let Some((key, definitions)) = blocks.get_key_value(name) else { return };
        let Some((id, body)) = definitions.get(level) else { return };
        let before =
            (std::mem::replace(&mut place.id, id.clone()), place.inside.replace((*key, level)));
        self.nodes(body, place);
        (place.id, place.inside) = before;
    }

    /// `super()`
    pub(super) fn below(&mut self, place: &mut Place<'a>) {
        if let Some((name, level)) = place.inside {
            self.block(name, level + 1, place);
        }
    }

    /// Reports something in the template being walked.
    pub(super) fn report(
        &mut self,
        code: Code,
        span: &std::ops::Range<usize>,
        (what, help): (String, String),
        at: &Place<'_>,
    ) {
        if let Some(parsed) = self.templates.get(&at.id) {
            let finding =
                Finding::new(code, what).at(span.clone()).in_source(&parsed.source).help(help);
            self.seen.findings.push(finding);
        }
    }
}

fn order_of(finding: &Finding) -> (Option<String>, Option<usize>) {
    (finding.file().map(str::to_owned), finding.span.clone().map(|span| span.start))
}

/// `for x in list`, `for key, value in map`, and `loop`.
pub(super) fn loop_names(names: &[String], over: &Kind) -> Names {
    let mut scope: Names = match names {
        [one] => Names::from([(one.clone(), over.element())]),
        [key, value] => Names::from([(key.clone(), Kind::Any), (value.clone(), over.element())]),
        _ => Names::new(),
    };
    scope.insert("loop".into(), Kind::Any);
    scope
}

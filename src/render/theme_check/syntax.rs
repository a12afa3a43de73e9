//! Templates as trees: what the parser makes and the walk reads.

use std::ops::Range;

/// A word with its place.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

/// Arguments by name.
pub(super) type Arguments = Vec<(String, Expression)>;

/// Something that has a value.
#[derive(Debug, Clone)]
pub(super) enum Expression {
    /// A literal text.
    Text(Word),
    Number,
    Truth,
    Nothing,
    Name(Word),
    /// `a.b`, and whether it is written `a?.b`.
    Field(Box<Expression>, Word, bool),
    /// `a[b]`
    Item(Box<Expression>, Box<Expression>),
    /// `a[b:c:d]`, with what stands in the brackets.
    Slice(Box<Expression>, Vec<Expression>),
    /// A function.
    Call(Word, Arguments),
    Filter(Box<Expression>, Word, Arguments),
    /// `a is b`
    Test(Box<Expression>, Arguments),
    /// `a or b`, and `a if c else b` without its condition.
    Either(Box<Expression>, Box<Expression>),
    /// `a and b`
    Both(Box<Expression>, Box<Expression>),
    /// `value if condition else other`
    Choice {
        condition: Box<Expression>,
        value: Box<Expression>,
        other: Box<Expression>,
    },
    /// `...a`: in a list all of its items, in a map or among what a component is given all of its fields.
    Spread(Box<Expression>),
    /// What compares gives true or false, whatever it compares.
    Compare(Vec<Expression>),
    /// What reckons gives a number.
    Reckon(Vec<Expression>),
    /// What joins gives a text.
    Join(Vec<Expression>),
    List(Vec<Expression>),
    /// A map, or anything else of which only the parts are looked at.
    Other(Vec<Expression>),
    /// `[value for name in over if condition]`
    Gather {
        names: Vec<String>,
        over: Box<Expression>,
        value: Box<Expression>,
        condition: Option<Box<Expression>>,
    },
}

/// One thing that a template does.
#[derive(Debug, Clone)]
pub(super) enum Node {
    Print(Expression),
    /// Conditions with what they guard; `else` has none.
    If(Vec<(Option<Expression>, Vec<Node>)>),
    For {
        names: Vec<String>,
        over: Expression,
        body: Vec<Node>,
        otherwise: Vec<Node>,
    },
    Set {
        name: String,
        value: Expression,
        global: bool,
    },
    /// `{% set x %}…{% endset %}`
    SetText {
        name: String,
        body: Vec<Node>,
        global: bool,
    },
    Include(Word),
    Block(Word, Vec<Node>),
    /// What only wraps others, with its arguments: a filter over a section, the body given to a component.
    Section(Vec<Expression>, Vec<Node>),
    /// A component's definition: its arguments' names and its body.
    Component(Vec<String>, Vec<Node>),
}

/// A template.
#[derive(Debug, Clone, Default)]
pub(super) struct Template {
    pub(super) extends: Option<Word>,
    pub(super) nodes: Vec<Node>,
}

impl Node {
    /// The nodes inside.
    fn bodies(&self) -> Vec<&[Self]> {
        match self {
            Self::Block(_, body)
            | Self::Section(_, body)
            | Self::SetText { body, .. }
            | Self::Component(_, body) => {
                vec![body.as_slice()]
            }
            Self::If(branches) => branches.iter().map(|(_, body)| body.as_slice()).collect(),
            Self::For { body, otherwise, .. } => vec![body.as_slice(), otherwise.as_slice()],
            Self::Print(_) | Self::Set { .. } | Self::Include(_) => Vec::new(),
        }
    }
}

/// Every block of some nodes, also those inside of others.
pub(super) fn blocks(nodes: &[Node]) -> Vec<(&Word, &[Node])> {
    let mut found = Vec::new();
    for node in nodes {
        if let Node::Block(name, body) = node {
            found.push((name, body.as_slice()));
        }
        node.bodies().into_iter().for_each(|body| found.extend(blocks(body)));
    }
    found
}

/// Every name that some nodes set.
pub(super) fn set_names(nodes: &[Node]) -> Vec<String> {
    let mut names = Vec::new();
    for node in nodes {
        if let Node::Set { name, .. } | Node::SetText { name, .. } = node {
            names.push(name.clone());
        }
        node.bodies().into_iter().for_each(|body| names.extend(set_names(body)));
    }
    names
}

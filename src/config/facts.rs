//! `[fields.NAME]`: what is known of papers besides title, people and links, how it is called, and whether its values have
//! pages. The usual ones are declared here.

use super::Fields;
use crate::model::Translated;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKind {
    /// A text.
    Text,
    /// A number, by which lists can be sorted.
    Number,
    /// An address.
    Link,
    /// A date.
    Date,
    /// Yes or no.
    Flag,
    /// Several texts, parted by commas.
    List,
}

/// A field of papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Its name in texts.
    pub name: String,
    /// What it is called; empty where the theme's string `fact_NAME` says that.
    pub label: Translated,
    /// What it holds.
    pub kind: FactKind,
    /// Whether the paper's page shows it.
    pub on_paper: bool,
    /// Whether it stands with a paper in the list of a date.
    pub in_lists: bool,
    /// Papers that a value needs to have a page; `None` where no value has one.
    pub pages: Option<usize>,
}

/// Papers that a value of a known field needs to have a page.
const ENOUGH: usize = 3;

/// The fields that the program knows, in the order in which they are shown. The venue and the organisation stand in
/// places of their own.
pub(super) fn known() -> Vec<Fact> {
    use FactKind::{Flag, List, Number, Text};
    let all = [
        ("venue", Text, false, Some(ENOUGH)),
        ("org", Text, false, Some(ENOUGH)),
        ("rating", Number, true, None),
        ("status", Text, true, None),
        ("votes", Number, true, None),
        ("comments", Text, true, None),
        ("citations", Number, true, None),
        ("by", Text, true, None),
        ("presenter", Text, true, None),
        ("dataset", List, true, None),
        ("model", List, true, None),
        ("method", List, true, None),
        ("keywords", List, true, None),
        ("remarks", Text, true, None),
        ("pinned", Flag, false, None),
    ];
    all.into_iter()
        .map(|(name, kind, on_paper, pages)| Fact {
            name: name.to_owned(),
            label: Translated::default(),
            kind,
            on_paper,
            in_lists: matches!(name, "rating" | "status" | "votes"),
            pages,
        })
        .collect()
}

const KINDS: &[(&str, FactKind)] = &[
    ("text", FactKind::Text),
    ("number", FactKind::Number),
    ("link", FactKind::Link),
    ("date", FactKind::Date),
    ("flag", FactKind::Flag),
    ("list", FactKind::List),
];

/// Reads the table of a field: of one's own, or changes to a known one.
pub(super) fn read(facts: &mut Vec<Fact>, name: &str, fields: &mut Fields<'_, '_>) {
    let new = Fact {
        name: name.to_owned(),
        label: Translated::default(),
        kind: FactKind::Text,
        on_paper: true,
        in_lists: false,
        pages: None,
    };
    let place = facts.iter().position(|fact| fact.name == name).unwrap_or_else(|| {
        facts.push(new);
        facts.len() - 1
    });
    let fact = &mut facts[place];
    fields.translated("label", &mut fact.label);
    fields.choice("type", KINDS, &mut fact.kind);
    let mut shown = Vec::new();
    let is_said = fields.has("show");
    fields.list(
        "show",
        |text| match text {
            "paper" => Ok(true),
            "line" => Ok(false),
            _ => Err(format!("`{text}` is no place: `paper` and `line` are")),
        },
        &mut shown,
    );
    fields.note_words("show", ["paper", "line"].into_iter());
    if is_said {
        (fact.on_paper, fact.in_lists) = (shown.contains(&true), shown.contains(&false));
    }
    let (mut pages, mut least) = (fact.pages.is_some(), fact.pages.unwrap_or(1));
    if fields.has("pages") {
        least = 1;
    }
    fields.flag("pages", &mut pages);
    fields.number("min_papers", &mut least);
    fact.pages = pages.then_some(least);
}

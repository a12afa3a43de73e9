//! What templates may name, as types: made from the descriptions of the views.

use std::collections::BTreeMap;

use crate::config::nearest;
use crate::render::view::{FieldDoc, ViewDoc};
use crate::render::views::{self, type_inside};
use crate::render::{PARTS, switches, templates};
use crate::theme::Theme;
use crate::theme::components::{self, ArgumentKind, Component};

/// The last word of a name in `PARTS`.
const PART: &str = "NAME.html";

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Anything: nothing can be said about its fields.
    Any,
    /// Not there.
    Nothing,
    /// Plain text, or text that is HTML.
    Text,
    /// A number.
    Number,
    /// True or false.
    Truth,
    /// Several of a kind.
    List(Box<Kind>),
    /// A view by name.
    View(&'static str),
    /// `site.options`
    Options,
    /// `site.outputs`
    Outputs,
    /// `site.strings`
    Strings,
    /// `page.parts` or `paper.parts`, by the folder of their templates
    Parts(&'static str),
}

impl Kind {
    /// One element, where there are several.
    pub(super) fn element(&self) -> Self {
        match self {
            Self::List(inner) => (**inner).clone(),
            Self::Text => Self::Text,
            _ => Self::Any,
        }
    }

    /// What is either this or the other.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Nothing, other) | (other, Self::Nothing) => other,
            (Self::List(one), Self::List(other)) => Self::List(Box::new(one.or(*other))),
            _ => Self::Any,
        }
    }

    /// As `docs/themes.md` names it.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Text => "text".into(),
            Self::Number => "number".into(),
            Self::Truth => "true or false".into(),
            Self::List(inner) => format!("list of {}", inner.words()),
            Self::View(name) => (*name).into(),
            Self::Options => "site.options".into(),
            Self::Outputs => "site.outputs".into(),
            Self::Strings => "site.strings".into(),
            Self::Parts(folder) => format!("templates/{folder}"),
            Self::Any | Self::Nothing => "value".into(),
        }
    }
}

/// What templates may name.
#[derive(Debug)]
pub struct Contract {
    views: BTreeMap<&'static str, BTreeMap<&'static str, Kind>>,
    options: BTreeMap<String, Kind>,
    outputs: BTreeMap<&'static str, Kind>,
    /// Keys of interface strings that depend on no number.
    strings: Vec<String>,
    /// The templates in `parts/`.
    parts: Vec<String>,
    /// What components declare, by their names.
    components: BTreeMap<String, Component>,
}

impl Contract {
    /// The views, and the options that a theme and those below it declare.
    pub fn of(theme: &Theme) -> Self {
        let declared = theme.manifests.iter().flat_map(|manifest| &manifest.options);
        let options = declared.map(|(name, spec)| (name.clone(), value(&spec.default))).collect();
        let outputs = switches().into_iter().map(|switch| (switch.name, Kind::Truth)).collect();
        let views = views::all().map(|view| (view.name, fields(view))).collect();
        // Any language has the same keys.
        let strings = theme.strings.plain().into_iter().map(str::to_owned).collect();
        Self {
            views,
            options,
            outputs,
            strings,
            parts: theme.templates.within("parts/"),
            components: theme.components.clone(),
        }
    }

    /// What a template is given.
    pub fn variables(&self, template: &str) -> BTreeMap<String, Kind> {
        let mut variables = BTreeMap::from([
            ("site".to_owned(), Kind::View("SiteView")),
            ("data".to_owned(), Kind::Any),
        ]);
        let doc = templates().chain(PARTS).find(|doc| match doc.name.strip_suffix(PART) {
            Some(folder) => template.starts_with(folder),
            None => template == doc.name,
        });
        if doc.is_none_or(|doc| doc.has_page) {
            variables.insert("page".into(), Kind::View("PageView"));
        }
        if let Some(doc) = doc {
            variables.extend(
                doc.variables
                    .iter()
                    .map(|variable| (variable.name.to_owned(), of_rust(variable.rust))),
            );
        }
        let component = components::name_of(template).and_then(|name| self.components.get(name));
        for argument in component.iter().flat_map(|component| &component.arguments) {
            let kind = match argument.kind {
                ArgumentKind::Text | ArgumentKind::Date => Kind::Text,
                ArgumentKind::Number => Kind::Number,
                ArgumentKind::Flag => Kind::Truth,
                ArgumentKind::Address => view("AddressView"),
                ArgumentKind::Picture => view("PictureView"),
            };
            variables.insert(argument.name.clone(), kind);
        }
        variables
    }

    /// What a field is; the error says what to do.
    pub fn field(&self, of: &Kind, name: &str) -> Result<Kind, String> {
        let known: Vec<(&str, &Kind)> = match of {
            Kind::View(view) => self
                .views
                .get(view)
                .into_iter()
                .flatten()
                .map(|(name, kind)| (*name, kind))
                .collect(),
            Kind::Options => {
                self.options.iter().map(|(name, kind)| (name.as_str(), kind)).collect()
            }
            Kind::Outputs => self.outputs.iter().map(|(name, kind)| (*name, kind)).collect(),
            Kind::Strings => self.strings.iter().map(|key| (key.as_str(), &Kind::Text)).collect(),
            Kind::Parts(folder) => self.parts_in(folder).map(|name| (name, &Kind::Text)).collect(),
            Kind::Any | Kind::Nothing => return Ok(Kind::Any),
            Kind::Text | Kind::Number | Kind::Truth | Kind::List(_) => {
                return Err(format!("a {} has no fields", of.words()));
            }
        };
        let found = known.iter().find(|(field, _)| *field == name);
        found
            .map(|(_, kind)| (*kind).clone())
            .ok_or_else(|| advice(name, known.iter().map(|(name, _)| *name)))
    }
}

fn fields(view: &ViewDoc) -> BTreeMap<&'static str, Kind> {
    view.fields.iter().map(|field| (field.name, of_field(view.name, field))).collect()
}

impl Contract {
    fn parts_in<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        self.parts.iter().filter_map(move |name| name.strip_prefix(folder)?.strip_suffix(".html"))
    }
}

/// Most names that are worth listing.
const LISTED: usize = 30;

/// The nearest name, or all there are.
pub(super) fn advice<'a>(written: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    if let Some(near) = nearest(written, known.clone()) {
        return format!("did you mean `{near}`?");
    }
    match known.collect::<Vec<_>>() {
        known if known.is_empty() => "there are none".into(),
        known if known.len() > LISTED => "docs/themes.md lists them".into(),
        known => format!("there are: {}", known.join(", ")),
    }
}

fn value(default: &toml::Value) -> Kind {
    match default {
        toml::Value::String(_) => Kind::Text,
        toml::Value::Boolean(_) => Kind::Truth,
        toml::Value::Integer(_) | toml::Value::Float(_) => Kind::Number,
        toml::Value::Array(items) => {
            Kind::List(Box::new(items.iter().map(value).reduce(Kind::or).unwrap_or(Kind::Any)))
        }
        toml::Value::Table(_) | toml::Value::Datetime(_) => Kind::Any,
    }
}

/// A field by its Rust type; tables are told apart by name.
fn of_field(view: &str, field: &FieldDoc) -> Kind {
    match (field.rust, field.name, view) {
        ("Value", "options", _) => Kind::Options,
        ("Value", "outputs", _) => Kind::Outputs,
        ("Value", "strings", _) => Kind::Strings,
        ("Value", "parts", "PageView") => Kind::Parts("parts/page/"),
        ("Value", "parts", _) => Kind::Parts("parts/paper/"),
        _ => of_rust(field.rust),
    }
}

/// `Vec<Of<TagLink>>` → a list of tags.
fn of_rust(rust: &str) -> Kind {
    let rust = rust.trim();
    if let Some(inner) = type_inside(rust, "Option").or_else(|| type_inside(rust, "Of")) {
        return of_rust(inner);
    }
    if let Some(inner) = type_inside(rust, "Vec") {
        return Kind::List(Box::new(of_rust(inner)));
    }
    match rust {
        "String" | "Html" => Kind::Text,
        "bool" => Kind::Truth,
        "usize" | "u32" | "u64" | "i64" => Kind::Number,
        name => view(name),
    }
}

fn view(name: &str) -> Kind {
    views::all().find(|view| view.name == name).map_or(Kind::Any, |view| Kind::View(view.name))
}

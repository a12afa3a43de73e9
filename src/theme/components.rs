//! Components: templates in `templates/components/` that texts call as `::: NAME key="value"`.
//!
//! The last comment before anything else in such a template declares in TOML what it takes, as theme.toml declares options. Knows no text and no
//! page: whether a call fits is for others to say.

use std::collections::BTreeMap;

use super::layer::Layer;
use crate::config::{Fields, nearest};
use crate::diagnostic::{Code, Finding, Severity, SourceText};
use crate::formats;

/// Where the templates of components are.
pub const FOLDER: &str = "components/";

/// What every component is given, so that no argument may be called so.
pub const GIVEN: [&str; 7] = ["site", "page", "data", "text_lang", "body", "papers", "feed"];

/// What a component takes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Component {
    /// What it is, in Markdown.
    pub about: String,
    /// The argument that words without a name are.
    pub bare: Option<String>,
    /// Whether it has a text of its own, up to `:::`.
    pub body: Body,
    /// Whether it is given the papers that its arguments ask for.
    pub papers: bool,
    /// In the order of names.
    pub arguments: Vec<ComponentArgument>,
}

/// Whether a component has a text of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Body {
    /// It is nothing without.
    #[default]
    Needed,
    /// It may have one.
    Optional,
    /// It has none.
    None,
}

/// An argument of a component.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComponentArgument {
    /// Its name.
    pub name: String,
    /// What it says, in Markdown.
    pub about: String,
    /// What it is.
    pub kind: ArgumentKind,
    /// What it is where a call does not say it; nothing where every call must.
    pub default: Option<String>,
    /// What it may be; anything of its kind when empty.
    pub choices: Vec<String>,
    /// The greatest number that it may be.
    pub most: Option<i64>,
}

/// What an argument is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ArgumentKind {
    /// Text.
    #[default]
    Text,
    /// A whole number of 0 or more.
    Number,
    /// True where the call names it.
    Flag,
    /// A date, a month or a year.
    Date,
    /// Where a link leads: a file or a page of the site, or another site.
    Address,
    /// A picture beside the text.
    Picture,
}

impl ArgumentKind {
    /// Every kind, by the name that declarations use.
    pub const ALL: [(&'static str, Self); 6] = [
        ("text", Self::Text),
        ("number", Self::Number),
        ("flag", Self::Flag),
        ("date", Self::Date),
        ("address", Self::Address),
        ("picture", Self::Picture),
    ];
}

/// The components of a stack of layers, by name: each from the highest layer that has it.
pub(super) fn read(layers: &[Layer], findings: &mut Vec<Finding>) -> BTreeMap<String, Component> {
    let mut components = BTreeMap::new();
    for layer in layers {
        for path in layer.files.keys() {
            let Some(name) = path.strip_prefix("templates/").and_then(name_of) else { continue };
            if components.contains_key(name) {
                continue;
            }
            let Some(source) = layer.text(path) else { continue };
            let mut found = name_finding(name);
            let component = Component::read(&source, &mut found);
            findings.extend(found.into_iter().map(|finding| finding.in_source(&source)));
            components.insert(name.to_owned(), component);
        }
    }
    components
}

/// The name of the component that a template makes.
pub fn name_of(template: &str) -> Option<&str> {
    template.strip_prefix(FOLDER)?.strip_suffix(".html").filter(|name| !name.contains('/'))
}

fn name_finding(name: &str) -> Vec<Finding> {
    let (message, help) = if formats::component_name(name) != Some(name) {
        let help = "give the file a name of letters, digits, `-` and `_` that begins with a letter";
        ("no text can call a component of this name", help)
    } else if formats::is_box(name) {
        let help = "give the file another name: style sheets say what boxes look like";
        ("no text can call this component, for its name is that of a box", help)
    } else {
        return Vec::new();
    };
    vec![Finding::new(Code::Theme, message).at(0..0).help(help)]
}

impl Component {
    fn read(source: &SourceText, findings: &mut Vec<Finding>) -> Self {
        let mut component = Self::default();
        let Some((declared, at)) = declaration(&source.text) else { return component };
        let before = findings.len();
        if let Some(mut fields) = Fields::parse_at(declared, at, Code::Theme, findings) {
            component.read_fields(&mut fields);
            fields.finish();
        }
        if findings[before..].iter().any(|finding| finding.severity() == Severity::Error) {
            let help = "the comment at the top of a component declares it in TOML: `about = \"…\"`, `[arguments.NAME]`";
            let first = &mut findings[before];
            first.help.get_or_insert_with(|| help.to_owned());
        }
        component
    }

    fn read_fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.string("about", &mut self.about);
        let bodies = [("needed", Body::Needed), ("optional", Body::Optional), ("none", Body::None)];
        fields.choice("body", &bodies, &mut self.body);
        fields.flag("papers", &mut self.papers);
        let mut bare = String::new();
        let place = fields.any("bare").map(|(value, place)| {
            value.as_str().unwrap_or_default().clone_into(&mut bare);
            place
        });
        let arguments = &mut self.arguments;
        fields.named_tables("arguments", |name, table| {
            arguments.extend(ComponentArgument::read(name, table));
        });
        let names = self.arguments.iter().map(|argument| argument.name.as_str());
        if let Some(place) = place.filter(|_| !names.clone().any(|name| name == bare)) {
            let finding =
                Finding::new(Code::Theme, format!("there is no argument `{bare}`")).at(place);
            fields.push(match nearest(&bare, names) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help(format!("declare it: `[arguments.{bare}]`")),
            });
        } else {
            self.bare = Some(bare).filter(|bare| !bare.is_empty());
        }
    }
}

impl ComponentArgument {
    fn read(name: &str, fields: &mut Fields<'_, '_>) -> Option<Self> {
        let mut argument = Self { name: name.to_owned(), ..Self::default() };
        fields.string("about", &mut argument.about);
        fields.choice("type", &ArgumentKind::ALL, &mut argument.kind);
        fields.strings("choices", &mut argument.choices);
        let mut most = 0;
        let is_bounded = fields.has("most");
        fields.number("most", &mut most);
        argument.most = is_bounded.then(|| i64::try_from(most).unwrap_or(i64::MAX));
        argument.default = fields.any("default").map(|(value, _)| match value {
            toml::Value::String(text) => text,
            other => other.to_string(),
        });
        if argument.kind == ArgumentKind::Flag {
            argument.default.get_or_insert_with(|| "false".to_owned());
        }
        let is_word = !name.is_empty()
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if is_word && !GIVEN.contains(&name) {
            return Some(argument);
        }
        let message = format!("no argument can be called `{name}`");
        let help = format!(
            "a name has letters, digits and `_`, and is none of {}, which every component is given",
            GIVEN.join(", ")
        );
        let place = fields.place();
        fields.push(Finding::new(Code::Theme, message).at(place).help(help));
        None
    }
}

/// The text of the last comment before anything else in a template, and where it stands: before it may be said where the
/// file is from.
fn declaration(template: &str) -> Option<(&str, usize)> {
    let (mut found, mut rest) = (None, template);
    while let Some(comment) = rest.trim_start().strip_prefix("{#") {
        let comment = comment.strip_prefix('-').unwrap_or(comment);
        let Some(end) = comment.find("#}") else { break };
        let inside = &comment[..end];
        let place = template.len() - comment.len();
        found = Some((inside.strip_suffix('-').unwrap_or(inside), place));
        rest = &comment[end + 2..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(text: &str) -> (Component, Vec<String>) {
        let source = SourceText { path: "a.html".into(), text: text.into() };
        let mut findings = Vec::new();
        let component = Component::read(&source, &mut findings);
        (component, findings.into_iter().map(|finding| finding.message).collect())
    }

    #[test]
    fn the_comment_at_the_top_declares() {
        let text = "{#-\nabout = \"A remark.\"\nbare = \"title\"\n[arguments.title]\n[arguments.kind]\ndefault = \"a\"\nchoices = [\"a\", \"b\"]\n-#}\n<aside>{# more #}";
        let (component, findings) = read_one(text);
        assert_eq!(findings, Vec::<String>::new());
        assert_eq!(component.about, "A remark.");
        assert_eq!(component.bare.as_deref(), Some("title"));
        let names: Vec<_> = component
            .arguments
            .iter()
            .map(|of| (of.name.as_str(), of.default.as_deref()))
            .collect();
        assert_eq!(names, [("kind", Some("a")), ("title", None)]);
        assert_eq!(
            read_one("{#- From a theme. -#}\n{#\nabout = \"B\"\n#}\n{{ body }}").0.about,
            "B"
        );
        assert_eq!(read_one("<p>{{ body }}</p>").1, Vec::<String>::new());
        assert_eq!(read_one("{#\nbare = \"x\"\n#}").1, ["there is no argument `x`"]);
        assert_eq!(read_one("{#\n[arguments.body]\n#}").1, ["no argument can be called `body`"]);
        assert!(!read_one("{# A remark. #}").1.is_empty());
    }
}

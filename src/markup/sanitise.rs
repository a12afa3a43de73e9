//! What raw HTML may keep: attributes that cannot run, load or restyle anything, as ammonia decides.

use std::collections::{HashMap, HashSet};

use ammonia::{Builder, UrlRelative};

use super::gate;
use crate::prose::source::tag_end;

/// Decides about attributes of single tags. Which elements may stand where is not its job.
#[derive(Debug)]
pub(super) struct Sanitiser(Builder<'static>);

const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("del", &["datetime"]),
    ("details", &["open"]),
    ("img", &["src", "alt", "width"]),
    ("ins", &["datetime"]),
    ("li", &["value"]),
    ("ol", &["start", "reversed"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan"]),
    ("time", &["datetime"]),
];

impl Sanitiser {
    pub(super) fn new() -> Self {
        let attributes: HashMap<_, _> = ATTRIBUTES
            .iter()
            .map(|&(tag, names)| (tag, names.iter().copied().collect::<HashSet<_>>()))
            .collect();
        let mut builder = Builder::default();
        builder
            .add_tags(["tfoot"])
            .tag_attributes(attributes)
            .tag_attribute_values(HashMap::new())
            .generic_attributes(HashSet::from(["lang", "title"]))
            .link_rel(None)
            .url_schemes(HashSet::from(["https", "http", "mailto"]))
            .url_relative(UrlRelative::PassThrough);
        Self(builder)
    }

    /// The attributes that an opening tag may keep: each with a space before it, valid and escaped.
    pub(super) fn attributes(&self, name: &str, tag: &str) -> String {
        let clean = self.0.clean(&format!("{}{tag}", context(name))).to_string();
        let opening = format!("<{name}");
        let attributes = clean.find(&opening).and_then(|at| {
            let rest = &clean[at..];
            Some(rest[opening.len()..tag_end(rest)?].to_owned())
        });
        attributes
            .filter(|attributes| gate::attributes_pass(attributes))
            .unwrap_or_default()
            .replace("=\"\"", "")
    }

    /// Text between tags, with its entities, as safe HTML.
    pub(super) fn text(&self, text: &str) -> String {
        self.0.clean(&text.replace('<', "&lt;")).to_string()
    }
}

/// What must be open around an element for an HTML parser to accept it.
fn context(name: &str) -> &'static str {
    match name {
        "td" | "th" => "<table><tbody><tr>",
        "tr" => "<table><tbody>",
        "thead" | "tbody" | "tfoot" => "<table>",
        "rt" | "rp" => "<ruby>",
        _ => "",
    }
}

/// The value of an attribute in what [`Sanitiser::attributes`] returned.
pub(super) fn value(attributes: &str, name: &str) -> Option<String> {
    let opening = format!(" {name}=\"");
    let start = attributes.find(&opening)? + opening.len();
    let value = &attributes[start..start + attributes[start..].find('"')?];
    let unescaped = value
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}");
    Some(unescaped.replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_attributes_are_kept() {
        let sanitiser = Sanitiser::new();
        for (name, tag, expected) in [
            ("b", "<b onclick=x() style='a' class=c id=i lang=ko>", " lang=\"ko\""),
            ("a", "<a href=\"jAvAsCrIpT:alert(1)\">", ""),
            ("a", "<a href=\"java&#10;script:alert(1)\">", ""),
            (
                "img",
                "<img src=x.png alt='a > \"b\"' onerror=y>",
                " src=\"x.png\" alt=\"a &gt; &quot;b&quot;\"",
            ),
            ("td", "<td colspan=2 bgcolor=red>", " colspan=\"2\""),
            ("details", "<details open ontoggle=x>", " open"),
            ("tr", "<tr lang=en>", " lang=\"en\""),
        ] {
            assert_eq!(sanitiser.attributes(name, tag), expected, "{tag}");
        }
    }

    #[test]
    fn values_are_unescaped() {
        assert_eq!(value(" src=\"a&amp;b\" alt=\"&quot;\"", "src").as_deref(), Some("a&b"));
        assert_eq!(value(" src=\"a\"", "alt"), None);
    }
}

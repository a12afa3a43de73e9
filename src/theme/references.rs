//! Templates that templates extend and include: those that no layer has, each with its place.
//!
//! Tera stops at the first and does not say where it is written.

use std::ops::Range;

use super::layer::Layer;
use super::lexer::{Token, tags};
use crate::config::nearest;
use crate::diagnostic::{Code, Finding};

/// Every `extends` and `include` of a template that is not there.
pub(super) fn missing(layers: &[Layer]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, layer) in layers.iter().enumerate() {
        for path in layer.files.keys().filter(|path| path.starts_with("templates/")) {
            let Some(source) = layer.text(path) else { continue };
            let unknown = names(&source.text).filter(|(name, _)| !is_there(layers, index, name));
            findings.extend(unknown.map(|(name, span)| {
                let (wanted, below) = resolved(index, name);
                let finding = match below {
                    0 => Finding::new(Code::Template, format!("there is no template `{name}`")),
                    _ => Finding::new(
                        Code::Template,
                        format!("no theme below `{}` has a template `{wanted}`", layer.name),
                    ),
                };
                finding.at(span).in_source(&source).help(advice(layers, wanted))
            }));
        }
    }
    findings
}

/// The name without `parent/`, and the first layer that may have it.
fn resolved(index: usize, name: &str) -> (&str, usize) {
    name.strip_prefix("parent/").map_or((name, 0), |name| (name, index + 1))
}

fn is_there(layers: &[Layer], index: usize, name: &str) -> bool {
    let (name, from) = resolved(index, name);
    let path = format!("templates/{name}");
    layers.iter().skip(from).any(|layer| layer.files.contains_key(&path))
}

fn advice(layers: &[Layer], wanted: &str) -> String {
    let names = layers
        .iter()
        .flat_map(|layer| layer.files.keys())
        .filter_map(|path| path.strip_prefix("templates/"));
    match nearest(wanted, names).filter(|near| *near != wanted) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`offprint theme list --files` names all templates".into(),
    }
}

/// The names after `extends` and `include`, with their places.
fn names(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    tags(text).filter_map(|tag| match tag {
        ("extends" | "include", Token::Text(name), place) => Some((name, place)),
        _ => None,
    })
}

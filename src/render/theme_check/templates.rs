//! The templates of all layers, parsed; and which one a name means from where it is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::statements;
use super::syntax::{self, Template};
use crate::diagnostic::SourceText;
use crate::theme::{Layer, Theme};

/// A layer, counted from the highest, and a name in it.
pub(super) type Id = (usize, String);

/// A template with its text.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) source: Arc<SourceText>,
    pub(super) template: Template,
}

/// Templates of all layers.
#[derive(Debug)]
pub(super) struct Templates {
    by_id: BTreeMap<Id, Parsed>,
    layers: usize,
}

impl Templates {
    pub(super) fn read(theme: &Theme) -> Self {
        let mut by_id = BTreeMap::new();
        for (index, layer) in theme.layers.iter().enumerate() {
            for path in layer.files.keys() {
                if let (Some(name), Some(source)) =
                    (path.strip_prefix("templates/"), layer.text(path))
                {
                    let template = statements::parse(&source.text);
                    by_id.insert((index, name.to_owned()), Parsed { source, template });
                }
            }
        }
        Self { by_id, layers: theme.layers.len() }
    }

    pub(super) fn get(&self, id: &Id) -> Option<&Parsed> {
        self.by_id.get(id)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Parsed> {
        self.by_id.values()
    }

    pub(super) fn with_ids(&self) -> impl Iterator<Item = (&Id, &Parsed)> {
        self.by_id.iter()
    }

    /// What a name written in a layer means: `parent/x` the next `x` below it, anything else the highest.
    pub(super) fn resolve(&self, from: usize, name: &str) -> Option<Id> {
        let (lowest, name) = match name.strip_prefix("parent/") {
            Some(name) => (from + 1, name),
            None => (0, name),
        };
        (lowest..self.layers)
            .map(|layer| (layer, name.to_owned()))
            .find(|id| self.by_id.contains_key(id))
    }

    /// A template, what it extends, what that extends, and so on.
    pub(super) fn chain(&self, name: &str) -> Vec<Id> {
        let mut chain: Vec<Id> = Vec::from_iter(self.resolve(0, name));
        while let Some(last) = chain.last() {
            let above = self.get(last).and_then(|parsed| parsed.template.extends.as_ref());
            match above.and_then(|word| self.resolve(last.0, &word.text)) {
                Some(next) if !chain.contains(&next) => chain.push(next),
                _ => break,
            }
        }
        chain
    }
}

/// The names of a template's blocks, as written in one layer; for the documentation.
pub fn blocks(layer: &Layer, template: &str) -> Vec<String> {
    let Some(source) = layer.text(&format!("templates/{template}")) else { return Vec::new() };
    let parsed = statements::parse(&source.text);
    syntax::blocks(&parsed.nodes).into_iter().map(|(name, _)| name.text.clone()).collect()
}

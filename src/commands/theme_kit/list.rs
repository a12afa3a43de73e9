//! Which themes there are, and from which layer each file of a theme comes.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8Path;

use crate::diagnostic::{Finding, SourceText};
use crate::theme::{self, Layer};

/// A theme that a site can use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub place: String,
    /// What it extends.
    pub extends: Option<String>,
    /// One sentence.
    pub description: String,
    /// What keeps it from being used.
    pub broken: Vec<Finding>,
}

/// One file of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its path below each layer.
    pub path: String,
    /// The layers that have it, from the highest: the first wins, unless the file is one of strings.
    pub layers: Vec<String>,
}

/// The layers of a theme and what is in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// Name and place of each layer, in the order of look-up.
    pub layers: Vec<(String, String)>,
    /// Every file, in the order of paths.
    pub files: Vec<Row>,
}

/// Every theme that a site can use, in the order of names.
pub fn list(root: &Utf8Path, config: &Arc<SourceText>) -> Vec<Listed> {
    theme::names(root)
        .into_iter()
        .map(|name| {
            let mut broken = Vec::new();
            let stack = theme::layers(root, &name, config, &mut broken);
            let top = stack.and_then(|(layers, manifests)| {
                layers.into_iter().nth(1).zip(manifests.into_iter().next())
            });
            let (place, manifest) =
                top.map(|(layer, manifest)| (place(&layer), manifest)).unwrap_or_default();
            Listed {
                name,
                place,
                extends: manifest.extends,
                description: manifest.description,
                broken,
            }
        })
        .collect()
}

/// Every file of a theme and the layers that have it; `None` after an error.
pub fn files(
    root: &Utf8Path,
    name: &str,
    config: &Arc<SourceText>,
    findings: &mut Vec<Finding>,
) -> Option<Rows> {
    let (layers, _) = theme::layers(root, name, config, findings)?;
    let mut files: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for layer in &layers {
        let paths = layer.files.keys().filter(|path| is_part(path));
        paths.for_each(|path| files.entry(path).or_default().push(layer.name.clone()));
    }
    Some(Rows {
        layers: layers.iter().map(|layer| (layer.name.clone(), place(layer))).collect(),
        files: files
            .into_iter()
            .map(|(path, layers)| Row { path: path.to_owned(), layers })
            .collect(),
    })
}

/// Whether a file is one that layers hide from each other.
pub(super) fn is_part(path: &str) -> bool {
    ["templates/", "static/", "strings/"].iter().any(|part| path.starts_with(part))
}

fn place(layer: &Layer) -> String {
    match layer.place.as_str() {
        "" => "templates/, static/, strings/ beside config.toml".into(),
        _ if layer.is_embedded() => "in the program".into(),
        place => place.to_owned(),
    }
}

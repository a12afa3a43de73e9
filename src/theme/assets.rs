//! Static files of a theme; style sheets and scripts get the hash of their content into their name.

use std::borrow::Cow;
use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use super::layer::Layer;

/// A static file.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its path below `static/`.
    pub name: String,
    /// Its path below the output folder.
    pub path: String,
    /// Its content.
    pub content: Cow<'static, [u8]>,
    /// The file it came from, as shown.
    pub from: String,
}

/// Every static file, from the highest layer that has it, in the order of names.
pub(super) fn collect(layers: &[Layer]) -> Vec<Asset> {
    let mut assets = BTreeMap::new();
    for layer in layers.iter().rev() {
        for (path, content) in &layer.files {
            if let Some(name) = path.strip_prefix("static/") {
                let from = layer.shown(path);
                let path = fingerprinted(name, content);
                assets.insert(
                    name.to_owned(),
                    Asset { name: name.into(), path, content: content.clone(), from },
                );
            }
        }
    }
    assets.into_values().collect()
}

/// `style.css` → `style.1a2b3c4d.css`; other files keep their names, since style sheets refer to them.
fn fingerprinted(name: &str, content: &[u8]) -> String {
    match name.rsplit_once('.') {
        Some((stem, kind @ ("css" | "js"))) => {
            format!("{stem}.{:08x}.{kind}", xxh3_64(content) as u32)
        }
        _ => name.to_owned(),
    }
}

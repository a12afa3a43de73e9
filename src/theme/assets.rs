//! Static files of a theme; style sheets and scripts get the hash of their content into their name. Style sheets are told
//! the options that they ask for, so that no page needs a `style` element, which strict servers refuse.

use std::borrow::Cow;
use std::collections::BTreeMap;

use tera::Value;
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
pub(super) fn collect(layers: &[Layer], options: &Value) -> Vec<Asset> {
    let mut assets = BTreeMap::new();
    for layer in layers.iter().rev() {
        for (path, content) in &layer.files {
            if let Some(name) = path.strip_prefix("static/") {
                let from = layer.shown(path);
                let content =
                    with_options(name, content, options).unwrap_or_else(|| content.clone());
                let path = fingerprinted(name, &content);
                assets.insert(name.to_owned(), Asset { name: name.into(), path, content, from });
            }
        }
    }
    assets.into_values().collect()
}

/// A style sheet with the values of the options whose custom properties it uses: `var(--option-accent)`.
fn with_options(name: &str, content: &[u8], options: &Value) -> Option<Cow<'static, [u8]>> {
    let (_, "css") = name.rsplit_once('.')? else { return None };
    let sheet = std::str::from_utf8(content).ok()?;
    let property = |(name, value): (&tera::value::Key<'_>, &Value)| {
        let (name, value) = (format!("--option-{name}"), value.to_string());
        // What ends a declaration would let a value say more than its own property.
        let is_plain = !value.contains(['{', '}', ';', '<']);
        (is_plain && sheet.contains(&format!("var({name}"))).then(|| format!("{name}: {value};"))
    };
    let mut properties: Vec<String> = options.as_map()?.iter().filter_map(property).collect();
    properties.sort();
    let told = format!("{sheet}:root {{ {} }}\n", properties.join(" "));
    (!properties.is_empty()).then(|| Cow::Owned(told.into_bytes()))
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

//! The names of style sheets and scripts: each has the hash of its content in it, so that browsers may keep it for ever. Scripts
//! that import others name them so.

use std::collections::{BTreeMap, BTreeSet};

use xxhash_rust::xxh3::Xxh3Default;

use super::Asset;

/// Names the files of a theme, which are known by their names below `static/`.
pub(super) fn name(mut assets: BTreeMap<String, Asset>) -> Vec<Asset> {
    let imports: BTreeMap<String, Vec<Import>> = assets
        .values()
        .filter(|asset| is_script(&asset.name))
        .map(|asset| (asset.name.clone(), imports(asset, &assets)))
        .filter(|(_, imports)| !imports.is_empty())
        .collect();
    let paths: BTreeMap<String, String> =
        assets.keys().map(|name| (name.clone(), fingerprinted(name, &assets, &imports))).collect();
    for (name, imports) in &imports {
        if let Some(asset) = assets.get_mut(name) {
            asset.content = renamed(&asset.content, imports, &paths).into();
        }
    }
    let named = assets.into_values().map(|asset| {
        let path = paths.get(&asset.name).cloned();
        Asset { path: path.unwrap_or_else(|| asset.name.clone()), ..asset }
    });
    named.collect()
}

fn is_script(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, kind)| kind == "js")
}

/// Where a script names another: the end of the address there, and the name of that file.
struct Import {
    end: usize,
    of: String,
}

/// The files of the theme that a script names as `"./files.js"` or `"./search/files.js"`, in order.
fn imports(script: &Asset, assets: &BTreeMap<String, Asset>) -> Vec<Import> {
    let Ok(text) = std::str::from_utf8(&script.content) else { return Vec::new() };
    let folder = script.name.rfind('/').map_or("", |slash| &script.name[..=slash]);
    let mut found = Vec::new();
    for (at, begin) in text.match_indices("\"./") {
        let start = at + begin.len();
        let Some(length) = text[start..].find('"') else { break };
        let of = [folder, &text[start..start + length]].concat();
        if is_script(&of) && assets.contains_key(&of) {
            found.push(Import { end: start + length, of });
        }
    }
    found
}

/// `style.css` → `style.1a2b3c4d.css`; other files keep their names, since style sheets refer to them. The hash of a script is
/// that of all it imports as well, for it changes with their names.
fn fingerprinted(
    name: &str,
    assets: &BTreeMap<String, Asset>,
    imports: &BTreeMap<String, Vec<Import>>,
) -> String {
    let Some((stem, kind @ ("css" | "js"))) = name.rsplit_once('.') else { return name.to_owned() };
    let (mut all, mut open) = (BTreeSet::new(), vec![name]);
    while let Some(next) = open.pop() {
        if all.insert(next) {
            open.extend(imports.get(next).into_iter().flatten().map(|import| import.of.as_str()));
        }
    }
    let mut hash = Xxh3Default::new();
    all.into_iter().filter_map(|name| assets.get(name)).for_each(|one| hash.update(&one.content));
    format!("{stem}.{:08x}.{kind}", hash.digest() as u32)
}

/// A script that calls others by the names they get.
fn renamed(content: &[u8], imports: &[Import], paths: &BTreeMap<String, String>) -> Vec<u8> {
    let (mut out, mut from) = (Vec::with_capacity(content.len() + 64), 0);
    for import in imports {
        let written = base(&import.of);
        out.extend_from_slice(&content[from..import.end - written.len()]);
        out.extend(base(paths.get(&import.of).unwrap_or(&import.of)).into_bytes());
        from = import.end;
    }
    out.extend_from_slice(&content[from..]);
    out
}

fn base(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

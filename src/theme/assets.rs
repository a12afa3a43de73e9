//! Static files of a theme; style sheets and scripts get the hash of their content into their name. Style sheets are told
//! the options that they ask for, so that no page needs a `style` element, which strict servers refuse; both go without comments.

use std::borrow::Cow;
use std::collections::BTreeMap;

use tera::Value;

use super::fingerprints;
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
                let made = match name.rsplit_once('.') {
                    Some((_, "css")) => sheet_alone(content, options),
                    Some((_, "js")) => code_alone(content),
                    _ => None,
                };
                let content = made.unwrap_or_else(|| content.clone());
                let asset = Asset { path: name.into(), name: name.into(), content, from };
                assets.insert(asset.name.clone(), asset);
            }
        }
    }
    fingerprints::name(assets)
}

/// A script without the lines that only hold a comment, and without indentation: readers of a site need not load a fourth more. One with texts that go
/// over several lines stays as it is, for a line of a text may look like a comment.
fn code_alone(script: &[u8]) -> Option<Cow<'static, [u8]>> {
    let lines = script.split_inclusive(|byte| *byte == b'\n');
    if lines.clone().any(|line| memchr::memchr_iter(b'`', line).count() % 2 == 1) {
        return None;
    }
    let code = lines.map(<[u8]>::trim_ascii_start).filter(|line| !is_comment(line));
    Some(code.collect::<Vec<_>>().concat().into())
}

fn is_comment(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let ends = line.windows(2).position(|pair| pair == b"*/");
    line.starts_with(b"//") || line.starts_with(b"/**") && ends == Some(line.len() - 2)
}

/// A style sheet without the lines that only hold a comment, with the values of the options that it uses.
fn sheet_alone(content: &[u8], options: &Value) -> Option<Cow<'static, [u8]>> {
    let sheet = std::str::from_utf8(content).ok()?;
    let alone = without_comments(sheet).unwrap_or_else(|| sheet.to_owned());
    let told = with_options(&alone, options).unwrap_or(alone);
    Some(Cow::Owned(told.into_bytes()))
}

/// A sheet without comments that have lines of their own; `None` where one ends in front of something else.
fn without_comments(sheet: &str) -> Option<String> {
    let (mut kept, mut is_inside) = (String::with_capacity(sheet.len()), false);
    for line in sheet.split_inclusive('\n') {
        if !is_inside && !line.trim_start().starts_with("/*") {
            kept.push_str(line);
            continue;
        }
        let after = line.find("*/").map(|end| line[end + 2..].trim());
        if after.is_some_and(|after| !after.is_empty()) {
            return None;
        }
        is_inside = after.is_none();
    }
    Some(kept)
}

/// A style sheet with the values of the options whose custom properties it uses: `var(--option-accent)`.
fn with_options(sheet: &str, options: &Value) -> Option<String> {
    let mut properties: Vec<String> = options
        .as_map()?
        .iter()
        .filter_map(|(name, value)| {
            let (name, value) = (format!("--option-{name}"), value.to_string());
            // What ends a declaration would let a value say more than its own property.
            let is_plain = !value.contains(['{', '}', ';', '<']);
            (is_plain && sheet.contains(&format!("var({name}")))
                .then(|| format!("{name}: {value};"))
        })
        .collect();
    properties.sort();
    let told = format!("{sheet}:root {{ {} }}\n", properties.join(" "));
    (!properties.is_empty()).then_some(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_go_without_comments_that_have_lines_of_their_own() {
        let sheet =
            "/* One\n   two */\na { b: c } /* d */\n  /* e */\n@media f {\n  g { h: \"/*\" }\n}\n";
        let alone = "a { b: c } /* d */\n@media f {\n  g { h: \"/*\" }\n}\n";
        assert_eq!(without_comments(sheet).as_deref(), Some(alone));
        assert_eq!(without_comments("/* a\nb */ c { d: e }\n"), None);
    }
}

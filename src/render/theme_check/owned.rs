//! What a theme has and nobody asks for, and what one language says and another does not.
//!
//! Said of the site's own layer and of the theme itself; what they extend, or what the program brings, is others' work.

use std::collections::BTreeMap;

use super::Seen;
use crate::config::nearest;
use crate::diagnostic::{Code, Finding};
use crate::theme::{Layer, Theme, place_of_option};

/// The site's own layer and the theme it uses.
const OWN: usize = 2;

fn own(theme: &Theme) -> impl Iterator<Item = (usize, &Layer)> {
    theme.layers.iter().enumerate().take(OWN).filter(|(_, layer)| !layer.is_embedded())
}

/// Templates that no page is made from, and that none of those includes or extends; one that a higher layer hides has
/// its successor there.
pub(super) fn unused_templates(theme: &Theme, seen: &Seen) -> Vec<Finding> {
    let used: Vec<&str> = seen.templates.iter().map(|(_, name)| name.as_str()).collect();
    own(theme)
        .flat_map(|(index, layer): (usize, &Layer)| -> Vec<Finding> {
            let above = &theme.layers[..index];
            let paths = layer
                .files
                .keys()
                .filter(|path| !above.iter().any(|above| above.files.contains_key(*path)));
            let names = paths.filter_map(|path| path.strip_prefix("templates/"));
            let unseen =
                names.filter(|name| !seen.templates.contains(&(index, (*name).to_owned())));
            unseen.map(|name| unused_template(layer, name, &used)).collect()
        })
        .collect()
}

fn unused_template(layer: &Layer, name: &str, used: &[&str]) -> Finding {
    let finding = Finding::new(
        Code::UnusedTemplate,
        "no page is made from this template, and no template includes it",
    )
    .in_path(layer.shown(&format!("templates/{name}")));
    match nearest(name, used.iter().copied()) {
        Some(near) if near != name => finding.help(format!("did you mean `{near}`?")),
        _ => finding.help("remove it, or include it"),
    }
}

/// Options that the theme declares and no template asks for.
pub(super) fn unused_options(theme: &Theme, seen: &Seen) -> Vec<Finding> {
    let Some((manifest, (_, layer))) = theme.manifests.first().zip(own(theme).nth(1)) else {
        return Vec::new();
    };
    let Some(source) = layer.text("theme.toml").filter(|_| !seen.all_options) else {
        return Vec::new();
    };
    let unused = manifest.options.keys().filter(|name| !seen.options.contains(*name));
    unused
        .map(|name| {
            Finding::new(Code::UnusedOption, format!("no template asks for the option `{name}`"))
                .at(place_of_option(&source.text, name))
                .in_source(&source)
                .help(format!(
                    "write `site.options.{name}` where it should have an effect, or take it out"
                ))
        })
        .collect()
}

/// Strings that one of the theme's languages has and another lacks.
pub(super) fn missing_strings(theme: &Theme) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut elsewhere: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for lang in theme.strings.languages() {
        let lacking = theme.strings.missing(lang);
        let path = format!("strings/{lang}.toml");
        match own(theme).find(|(_, layer)| layer.files.contains_key(&path)) {
            Some((_, layer)) if !lacking.is_empty() => findings.push(lacks(layer, &path, &lacking)),
            Some(_) => {}
            None => {
                for key in lacking {
                    elsewhere.entry(key).or_default().push(lang);
                }
            }
        }
    }
    findings.extend(elsewhere.iter().filter_map(|(key, langs)| said_elsewhere(theme, langs, key)));
    findings
}

/// A language file of the theme's own that is not complete.
fn lacks(layer: &Layer, path: &str, keys: &[&str]) -> Finding {
    let finding = Finding::new(Code::UnknownString, format!("lacks {}", named(keys)));
    finding
        .in_path(layer.shown(path))
        .help("add them; until then they are shown in English, or by their key")
}

/// Some of these names, and how many more there are.
fn named(names: &[&str]) -> String {
    const SHOWN: usize = 8;
    let more = names.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let shown = names.iter().take(SHOWN).map(|name| format!("`{name}`"));
    shown.collect::<Vec<_>>().join(", ") + &more
}

/// A key of the theme's own that it does not say in languages which a layer below has.
fn said_elsewhere(theme: &Theme, langs: &[&str], key: &str) -> Option<Finding> {
    let (at, source) = own(theme).find_map(|(_, layer)| {
        let paths = layer.files.keys().filter(|path| path.starts_with("strings/"));
        paths.filter_map(|path| layer.text(path)).find_map(|source| {
            let at = source.text.match_indices(key).map(|(at, _)| at);
            let at = at.filter(|at| *at == 0 || source.text.as_bytes()[at - 1] == b'\n');
            at.map(|at| (at, source.clone())).next()
        })
    })?;
    let message = format!("the string `{key}` is not said in {}", named(langs));
    let finding = Finding::new(Code::UnknownString, message);
    let help =
        "add it to the files of these languages in strings/; until then it is shown in English";
    Some(finding.at(at..at + key.len()).in_source(&source).help(help))
}

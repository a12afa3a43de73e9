//! Copies one file of the theme in use to where it can be changed.

use std::sync::Arc;

use camino::Utf8Path;

use super::list::is_part;
use super::{is_plain, origins, write_new};
use crate::config::nearest;
use crate::diagnostic::{Code, Finding, SourceText};
use crate::model::Lang;
use crate::theme::{self, Layer, Strings};

/// A file that was copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ejected {
    /// The copy, relative to the site's folder.
    pub file: String,
    /// Where it came from.
    pub from: String,
}

/// Copies a file of a theme into the site's own layer, or into another theme of the site. Writes over nothing.
///
/// `wanted` is a path such as `templates/paper.html`, or the end of one.
pub fn eject(
    root: &Utf8Path,
    theme: &str,
    (wanted, to): (&str, Option<&str>),
    config: &Arc<SourceText>,
) -> Result<Ejected, Vec<Finding>> {
    let mut findings = Vec::new();
    let Some((layers, _)) = theme::layers(root, theme, config, &mut findings) else {
        return Err(findings);
    };
    let folder = target(root, to).map_err(|finding| vec![finding])?;
    // What is to be changed in a theme is what it would show without a file of its own.
    let below =
        to.and_then(|to| layers.iter().position(|layer| layer.name == to)).map_or(0, |own| own + 1);
    let path = match find(&layers, wanted) {
        Ok(path) => path,
        Err(finding) => {
            let lang = language(wanted).ok_or_else(|| vec![finding])?;
            let file = format!("{folder}strings/{lang}.toml");
            let text = Strings::to_translate(&layers, lang.as_str());
            write_new(root, &file, text.as_bytes()).map_err(|finding| vec![finding])?;
            return Ok(Ejected { file, from: "the English strings".into() });
        }
    };
    let Some(layer) = layers[below..].iter().find(|layer| layer.files.contains_key(&path)) else {
        let finding =
            Finding::new(Code::Exists, "is nowhere but here").in_path(format!("{folder}{path}"));
        return Err(vec![finding.help("change it in its place")]);
    };
    let file = format!("{folder}{path}");
    if layer.shown(&path) == file {
        let finding = Finding::new(Code::Exists, "is yours already").in_path(file);
        return Err(vec![finding.help("change it in its place")]);
    }
    let bytes = copy(layer, &path).map_err(|finding| vec![finding])?;
    write_new(root, &file, &bytes).map_err(|finding| vec![finding])?;
    let original = layer.files.get(&path).map(AsRef::as_ref).unwrap_or_default();
    origins::remember(root, &folder, &path, original).map_err(|finding| vec![finding])?;
    Ok(Ejected { file, from: layer.shown(&path) })
}

/// The folder to copy to: nothing for the site's own, else that of a theme.
fn target(root: &Utf8Path, to: Option<&str>) -> Result<String, Finding> {
    let Some(to) = to else { return Ok(String::new()) };
    if is_plain(to) && root.join("themes").join(to).join("theme.toml").is_file() {
        return Ok(format!("themes/{to}/"));
    }
    let finding =
        Finding::new(Code::Theme, format!("there is no theme `{to}` under themes/ to copy to"));
    Err(finding.help(format!("`offprint theme new {to}` makes it")))
}

/// The language of a file of strings that no layer has: it can be made.
fn language(wanted: &str) -> Option<Lang> {
    Lang::parse(wanted.strip_prefix("strings/")?.strip_suffix(".toml")?)
}

/// The one path that is, or ends with, what was asked for.
fn find(layers: &[Layer], wanted: &str) -> Result<String, Finding> {
    let mut paths: Vec<&str> =
        layers.iter().flat_map(|layer| layer.files.keys()).map(String::as_str).collect();
    paths.retain(|path| is_part(path));
    paths.sort_unstable();
    paths.dedup();
    if paths.contains(&wanted) {
        return Ok(wanted.to_owned());
    }
    let ending = format!("/{wanted}");
    let found: Vec<&str> = paths.iter().copied().filter(|path| path.ends_with(&ending)).collect();
    match found.as_slice() {
        [one] => Ok((*one).to_owned()),
        [] => Err(unknown(wanted, &paths)),
        several => {
            let finding =
                Finding::new(Code::Theme, format!("`{wanted}` can be several files of the theme"));
            Err(finding.help(format!("name one: {}", several.join(", "))))
        }
    }
}

fn unknown(wanted: &str, paths: &[&str]) -> Finding {
    let finding = Finding::new(Code::Theme, format!("the theme has no file `{wanted}`"));
    let names = paths.iter().map(|path| path.rsplit('/').next().unwrap_or(path));
    let near = nearest(wanted, paths.iter().copied()).or_else(|| nearest(wanted, names));
    finding.help(match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`offprint theme list --files` names them all".into(),
    })
}

/// The bytes of the copy, with a first line that says where they come from, where that changes no output.
fn copy(layer: &Layer, path: &str) -> Result<Vec<u8>, Finding> {
    let Some(source) = layer.text(path) else {
        return Ok(layer.files.get(path).map(|bytes| bytes.to_vec()).unwrap_or_default());
    };
    if source.text.contains("\"parent/") {
        let finding = Finding::new(
            Code::Theme,
            "builds on the template below it, so a copy would do all it does twice",
        );
        let name = path.trim_start_matches("templates/");
        let help = format!(
            "start a file of your own with {{% extends \"parent/{name}\" %}} and change the blocks you want"
        );
        return Err(finding.in_path(layer.shown(path)).help(help));
    }
    let origin = format!("From the theme {}, Offprint {}.", layer.name, env!("CARGO_PKG_VERSION"));
    let first = match path.split('/').next() {
        Some("templates") => format!("{{#- {origin} -#}}\n"),
        Some("strings") => format!("# {origin}\n"),
        _ => String::new(),
    };
    Ok((first + &source.text).into_bytes())
}

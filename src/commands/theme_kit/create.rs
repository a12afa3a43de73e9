//! A theme to start from: a manifest, a few colours and one block, all explained, all in effect at once.

use std::sync::Arc;

use camino::Utf8Path;

use super::{is_plain, write_new};
use crate::config::nearest;
use crate::diagnostic::{Code, Finding, SourceText};
use crate::render::theme_check;
use crate::theme::{self, API, Layer};

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// The files, relative to the site's folder.
    pub files: Vec<String>,
}

/// Makes `themes/NAME/`. Writes over nothing.
pub fn create(
    root: &Utf8Path,
    name: &str,
    parent: &str,
    config: &Arc<SourceText>,
) -> Result<Created, Vec<Finding>> {
    let there = theme::names(root);
    if !is_plain(name) {
        let finding = Finding::new(Code::Theme, format!("`{name}` cannot be the name of a theme"));
        return Err(vec![finding.help("use letters, digits, `-` and `_`")]);
    }
    if there.iter().any(|known| known == name) || root.join("themes").join(name).exists() {
        let finding = Finding::new(Code::Exists, format!("there is a theme `{name}` already"));
        return Err(vec![finding.help("choose another name")]);
    }
    if !there.iter().any(|known| known == parent) {
        let finding = Finding::new(Code::Theme, format!("there is no theme `{parent}` to extend"));
        let near = nearest(parent, there.iter().map(String::as_str));
        return Err(vec![finding.help(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are: {}", there.join(", ")),
        })]);
    }
    let mut findings = Vec::new();
    let Some((layers, _)) = theme::layers(root, parent, config, &mut findings) else {
        return Err(findings);
    };
    let files = files(name, parent, &layers);
    for (path, text) in &files {
        write_new(root, path, text.as_bytes()).map_err(|finding| vec![finding])?;
    }
    Ok(Created { files: files.into_iter().map(|(path, _)| path).collect() })
}

/// Paths and texts.
fn files(name: &str, parent: &str, layers: &[Layer]) -> Vec<(String, String)> {
    let path = |file: &str| format!("themes/{name}/{file}");
    let mut files =
        vec![(path("theme.toml"), manifest(name, parent)), (path("static/own.css"), style(layers))];
    if let Some(block) = block(layers) {
        files.push((path("templates/base.html"), template(block)));
    }
    files
}

fn manifest(name: &str, parent: &str) -> String {
    format!(
        r#"# A theme of your own. A file that is here hides the file of the same name in "{parent}"; everything else is taken
# from there. `offprint theme list --files` shows which file comes from where, `offprint theme eject FILE` copies one to
# change, `offprint theme check` looks for mistakes. docs/themes.md has the whole contract.

name = "{name}"
description = "{parent}, in my own colours."

# The version of the contract between the program and themes that this one was made for.
theme_api = {API}

# The theme below. Take the line out to stand on your own: then every page needs a template here.
extends = "{parent}"

# An option, which a site sets with theme_options = {{ NAME = … }} in its config.toml, and templates read as
# site.options.NAME. The default is required, and its type is the option's.
#
# [options.footnote]
# default = "margin"
# choices = ["margin", "end"]
# description = "Where footnotes stand."
"#
    )
}

/// Custom properties of the parent's first style sheet that are colours, to be changed.
fn style(layers: &[Layer]) -> String {
    let sheet = layers.iter().find_map(|layer| layer.text("static/style.css"));
    let properties = sheet.as_ref().map(|sheet| colours(&sheet.text)).unwrap_or_default();
    let lines: Vec<String> = properties.iter().map(|line| format!("  /* {line} */\n")).collect();
    let lines = lines.concat();
    format!(
        "/* Comes after the style sheet of the theme below, so what is said here holds. These are its colours as they are;\n   \
         take a line out of its comment and change it. light-dark(a, b) is a by day and b by night. */\n\n:root {{\n{lines}}}\n\n\
         /* And one rule, so that you see that it works. */\n::selection {{\n  background: #ffe08a;\n  color: #1f1c19;\n}}\n"
    )
}

/// `--name: value;` of the first rule, where the value is a colour.
fn colours(sheet: &str) -> Vec<&str> {
    let rule = sheet
        .split_once('{')
        .map(|(_, rest)| rest.split('}').next().unwrap_or_default())
        .unwrap_or_default();
    let lines = rule.lines().map(str::trim).filter(|line| line.starts_with("--"));
    lines
        .filter(|line| line.contains("light-dark(#") || line.contains(": #"))
        .filter(|line| !line.contains("/*"))
        .collect()
}

/// The block of `base.html` for what belongs into the head of every page.
fn block(layers: &[Layer]) -> Option<&'static str> {
    let named: Vec<String> =
        layers.iter().flat_map(|layer| theme_check::blocks(layer, "base.html")).collect();
    ["style", "head"].into_iter().find(|block| named.iter().any(|name| name == block))
}

fn template(block: &str) -> String {
    format!(
        "{{% extends \"parent/base.html\" %}}\n\
         {{#- One block of the template that every page extends; all other blocks are as in the theme below. `parent/` means\n    \
         that theme, and `super()` what it says in this block. -#}}\n\
         {{% block {block} %}}{{{{ super() }}}}\n<link rel=\"stylesheet\" href=\"{{{{ asset(path=\"own.css\") }}}}\">\n{{% endblock {block} %}}\n"
    )
}

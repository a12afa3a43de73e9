//! `upgrade-check`: what changed in the program since a version that concerns a site.

use std::sync::Arc;

use camino::Utf8Path;

use super::{Console, Exit, plural};
use crate::cli::UpgradeCheck;
use crate::commands::theme_kit;
use crate::config::Config;
use crate::diagnostic::print::Choice;
use crate::diagnostic::{Code, Finding, SourceText};
use crate::theme::{self, CHANGES, Change, Layer};
use crate::workspace;

/// What a site is made of, as far as changes may touch it.
struct Site {
    config: toml::Table,
    text: Arc<SourceText>,
    layers: Vec<Layer>,
    /// Files of which it is known what they were made from: these are compared with that.
    copies: Vec<String>,
}

pub(super) fn run(options: &UpgradeCheck, root: &Utf8Path, console: &Console) -> Exit {
    let mut findings = Vec::new();
    let Some((config, text)) = workspace::read_config(root, &mut findings) else {
        console.findings(&findings, Choice::default());
        return Exit::Errors;
    };
    let site = read(root, &config, &text, &mut findings);
    let newer = CHANGES.iter().filter(|change| number(change.version) > number(&options.since));
    let (mut all, mut concern) = (0, 0);
    for change in newer {
        all += 1;
        let found = site.touched(change);
        concern += usize::from(!found.is_empty());
        findings.extend(found);
    }
    let copies = theme_kit::outdated(root, &config.theme, &text).unwrap_or_default();
    findings.extend(copies.iter().map(theme_kit::Outdated::finding));
    workspace::sort(&mut findings);
    console.findings(&findings, Choice::default());
    console.tell("changes", concern);
    console.tell("outdated_copies", copies.len());
    console.say(&format!(
        "{concern} of {} since {} concern this site; {} to look at",
        plural(all, "change"),
        options.since,
        plural(copies.len(), "copied file")
    ));
    Exit::Done
}

fn read(
    root: &Utf8Path,
    config: &Config,
    text: &Arc<SourceText>,
    findings: &mut Vec<Finding>,
) -> Site {
    let mut layers = theme::layers(root, &config.theme, text, findings).unwrap_or_default().0;
    layers.retain(|layer| !layer.is_embedded());
    let copies = layers
        .iter()
        .flat_map(|layer| {
            let copies = layer.files.keys().filter(|path| theme_kit::is_kept(root, layer, path));
            copies.map(|path| layer.shown(path)).collect::<Vec<_>>()
        })
        .collect();
    Site { config: text.text.parse().unwrap_or_default(), text: Arc::clone(text), layers, copies }
}

impl Site {
    /// Where a change touches the site.
    fn touched(&self, change: &Change) -> Vec<Finding> {
        let said = |place: &str| {
            let message = format!("{}{}: {}", place, change.version, change.what);
            Finding::new(Code::Upgrade, message).help(change.to_do)
        };
        let keys = change.keys.iter().filter(|key| has(&self.config, key));
        let mut found: Vec<Finding> =
            keys.map(|key| said(&format!("`{key}`, ")).in_path(self.text.path.clone())).collect();
        for layer in &self.layers {
            let own = change.files.iter().filter(|file| layer.files.contains_key(**file));
            let own = own.map(|file| layer.shown(file)).filter(|file| !self.copies.contains(file));
            found.extend(own.map(|file| said("").in_path(file)));
            found.extend(change.blocks.iter().filter_map(|(template, block)| {
                let text = layer.text(&format!("templates/{template}"))?;
                let tag = format!("block {block} ");
                let at = text.text.find(&tag)?;
                Some(said("").at(at..at + tag.trim_end().len()).in_source(&text))
            }));
        }
        let texts = self
            .layers
            .iter()
            .flat_map(|layer| layer.files.keys().filter_map(|path| layer.text(path)));
        for text in texts.chain([Arc::clone(&self.text)]) {
            let words = change.words.iter().filter_map(|word| {
                let at = text.text.find(word)?;
                Some(said("").at(at..at + word.len()).in_source(&text))
            });
            found.extend(words);
        }
        found
    }
}

/// Whether a table has a dotted key.
fn has(table: &toml::Table, key: &str) -> bool {
    match key.split_once('.') {
        None => table.contains_key(key),
        Some((first, rest)) => {
            table.get(first).and_then(toml::Value::as_table).is_some_and(|inner| has(inner, rest))
        }
    }
}

/// The numbers of a version, for comparing.
fn number(version: &str) -> Vec<u32> {
    version.split('.').map(|part| part.parse().unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        let config = "[tags]\nper_page = 3\n";
        let files = [(
            "templates/base.html".to_owned(),
            b"{% block lamp %}{{ site.lamp }}".as_slice().into(),
        )]
        .into();
        Site {
            config: config.parse().unwrap(),
            text: Arc::new(SourceText { path: "config.toml".into(), text: config.into() }),
            layers: vec![Layer { name: "site".into(), place: String::new(), files }],
            copies: Vec::new(),
        }
    }

    #[test]
    fn a_change_is_told_where_a_key_a_file_or_a_word_is_used() {
        let places = |change: &Change| -> Vec<String> {
            let found = site().touched(change);
            found.iter().filter_map(|finding| finding.file().map(str::to_owned)).collect()
        };
        for (change, place) in [
            (Change { keys: &["tags.per_page", "tags.all"], ..Change::NONE }, "config.toml"),
            (
                Change { files: &["templates/base.html", "templates/x.html"], ..Change::NONE },
                "templates/base.html",
            ),
            (Change { blocks: &[("base.html", "lamp")], ..Change::NONE }, "templates/base.html"),
            (Change { words: &["site.lamp", "site.wick"], ..Change::NONE }, "templates/base.html"),
        ] {
            assert_eq!(places(&change), [place]);
        }
        assert_eq!(places(&Change::NONE), [""; 0]);
    }

    #[test]
    fn changes_stand_in_order_and_say_what_to_do() {
        assert!(CHANGES.is_sorted_by_key(|change| number(change.version)));
        assert!(number("0.10.0") > number("0.9.3"));
        for Change { what, to_do, keys, files, blocks, words, .. } in CHANGES {
            assert!(!what.is_empty() && !to_do.is_empty());
            assert!(
                keys.len() + files.len() + blocks.len() + words.len() > 0,
                "{what}: nothing shows whether it is used"
            );
        }
    }
}

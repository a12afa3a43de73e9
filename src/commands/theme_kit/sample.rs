//! A small site that shows a theme everything: each kind of page, two languages, missing fields, drafts, long titles, math.
//!
//! It is part of the program and is never written to disk.

use std::sync::Arc;

use camino::Utf8Path;
use include_dir::{Dir, include_dir};
use jiff::civil::{Date, date};

use crate::config::{Config, Layout};
use crate::diagnostic::{Finding, SourceText};
use crate::model::Lang;
use crate::render::switches;
use crate::site::library::Library;
use crate::site::{Rules, Site};
use crate::theme::Theme;
use crate::workspace::Project;

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/commands/theme_kit/sample");

const CONFIG: &str = "config.toml";

/// The day on which the sample is looked at.
const TODAY: Date = date(2025, 6, 1);

/// One way of showing the sample.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// The languages; the first is the default.
    pub languages: Vec<&'static str>,
    /// Whether each language has its own pages.
    pub split: bool,
    /// Whether only what every site has is made.
    pub bare: bool,
    /// Whether nothing was written yet.
    pub empty: bool,
    /// Values of the theme's options that are not their defaults.
    pub options: toml::Table,
    /// What the site itself says under `extra`, beside what the sample says.
    pub extra: toml::Table,
}

/// The sample in a theme of the site at `root`; no project after an error of the theme.
pub fn project(
    root: &Utf8Path,
    theme: &str,
    asked: &Arc<SourceText>,
    look: &Look,
) -> (Option<Project>, Vec<Finding>) {
    let config = config(theme, look);
    let (theme, findings) = Theme::load(root, &config, asked);
    let texts = if look.empty { Vec::new() } else { texts() };
    let library = Library::of(&texts, &config);
    let rules = Rules { drafts: true, future: true, ..Rules::of(&config, TODAY) };
    let site = Site::assemble(&library.digests(), &library.pages(), library.keys(), &rules);
    (theme.and_then(|theme| Project::of_texts(config, asked, site, theme)), findings)
}

/// The sample's files in the order of their names.
fn texts() -> Vec<(&'static str, &'static str)> {
    let folders = SAMPLE.dirs().flat_map(Dir::files);
    let mut texts: Vec<_> = SAMPLE
        .files()
        .chain(folders)
        .filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?)))
        .collect();
    texts.retain(|(name, _)| *name != CONFIG);
    texts.sort_unstable();
    texts
}

fn config(theme: &str, look: &Look) -> Config {
    let text = SAMPLE.get_file(CONFIG).and_then(|file| file.contents_utf8()).unwrap_or_default();
    let (mut config, _) = Config::parse(text, &switches());
    theme.clone_into(&mut config.theme);
    config.theme_options = look.options.clone();
    config.extra.extend(look.extra.clone());
    config.languages = look.languages.iter().filter_map(|tag| Lang::parse(tag)).collect();
    if config.languages.is_empty() {
        config.languages = Config::default().languages;
    }
    if look.split {
        config.digests.layout = Layout::Split;
    }
    if look.bare {
        for switch in switches() {
            config.outputs.set(switch, false);
        }
    }
    config
}

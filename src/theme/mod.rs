//! Themes: found, inherited, compiled; their strings, options and static files.
//!
//! A theme is a stack of layers: the site's own folders first, then the theme, then what it extends, and
//! last the few templates every site needs. A file of a higher layer hides the same file of a lower one.
//! Templates see views only; this module does not know what is in them.

mod advice;
mod assets;
mod changes;
pub mod components;
mod data;
mod fingerprints;
mod functions;
mod layer;
mod lexer;
mod manifest;
mod references;
pub mod said;
mod strings;
mod templates;

use std::sync::Arc;

use camino::Utf8Path;

pub use assets::Asset;
pub use changes::{CHANGES, Change};
pub use functions::DOCS as FUNCTIONS;
pub use layer::{EMBEDDED, Layer, folders, layers, names};
pub use lexer::{Piece, Token, Tokens, pieces};
pub use manifest::{Manifest, OptionSpec, place_of_option};
pub use strings::{Strings, Text as StringText};

use crate::config::Config;
use crate::diagnostic::{Code, Finding, SourceText};
use crate::system::disk;

/// Missing strings that a warning names.
const NAMED: usize = 3;

/// The version of the contract between program and themes.
pub const API: i64 = 1;

/// A theme ready to render with.
#[derive(Debug)]
pub struct Theme {
    /// From the highest to the lowest.
    pub layers: Vec<Layer>,
    /// Of the theme and those it extends, highest first.
    pub manifests: Vec<Manifest>,
    /// Compiled templates.
    pub templates: templates::Templates,
    /// What texts can call, by name.
    pub components: std::collections::BTreeMap<String, components::Component>,
    /// Static files, each from the highest layer that has it.
    pub assets: Vec<Asset>,
    /// Interface strings.
    pub strings: Strings,
    /// The options with their values.
    pub options: tera::Value,
    /// What lies in `data/` beside config.toml.
    pub data: serde_json::Map<String, serde_json::Value>,
    /// How wide images of content are shown: the `sizes` of `img` elements.
    pub image_sizes: String,
    /// Whether short texts stand on a page in each language that it shows, for the style sheet to choose.
    pub in_each_language: bool,
}

impl Theme {
    /// Finds, layers and compiles the theme that a config asks for.
    ///
    /// Reads `themes/`, `templates/`, `static/`, `strings/` and `data/` below `root`. With findings of severity
    /// error there is no theme.
    pub fn load(
        root: &Utf8Path,
        config: &Config,
        config_text: &Arc<SourceText>,
    ) -> (Option<Self>, Vec<Finding>) {
        let mut findings = Vec::new();
        let Some((layers, manifests)) = layers(root, &config.theme, config_text, &mut findings)
        else {
            return (None, findings);
        };
        let options = manifest::options(&manifests, config, config_text, &mut findings);
        let strings = Strings::load(&layers, &config.languages, &mut findings);
        findings.extend(unspoken(config, config_text, &strings));
        let assets = assets::collect(&layers, &options);
        let pointers = assets.iter().filter(|asset| disk::is_lfs_pointer(&asset.content));
        findings.extend(pointers.map(|asset| disk::lfs_finding(&asset.from)));
        let in_each_language =
            manifests.iter().any(|manifest| manifest.in_each_language) && config.trees().len() == 1;
        let together = if in_each_language { &config.languages[..] } else { &[] };
        let functions = functions::Functions::new(config, &strings, &assets, together);
        let templates = templates::Templates::compile(&layers, functions, &mut findings);
        let components = components::read(&layers, &mut findings);
        let data = data::read(&layers[0], &mut findings);
        let image_sizes = manifest::image_sizes(&manifests);
        let theme = templates.map(|templates| Self {
            layers,
            manifests,
            templates,
            components,
            assets,
            strings,
            options,
            data,
            image_sizes,
            in_each_language,
        });
        (theme, findings)
    }
}

/// A warning for each language of the interface that lacks strings.
fn unspoken(config: &Config, text: &Arc<SourceText>, strings: &Strings) -> Vec<Finding> {
    let trees = config.trees();
    trees
        .iter()
        .filter_map(|tree| lacking(strings, text, config.languages[tree.number()].as_str()))
        .collect()
}

fn lacking(strings: &Strings, text: &Arc<SourceText>, lang: &str) -> Option<Finding> {
    let missing = strings.missing(lang);
    let named = missing.iter().take(NAMED).copied().collect::<Vec<_>>().join("`, `");
    let more = match missing.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!("the theme has no `{lang}` for its strings `{named}`{more}");
    let help = format!(
        "`offprint theme eject strings/{lang}.toml` makes a file to translate; until then they are shown in English"
    );
    let quoted = format!("\"{lang}\"");
    let at = text.text.find(&quoted).map_or(0..0, |at| at..at + quoted.len());
    (!missing.is_empty())
        .then(|| Finding::new(Code::MissingString, message).help(help).at(at).in_source(text))
}

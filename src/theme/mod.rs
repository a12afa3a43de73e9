//! Themes: found, inherited, compiled; their strings, options and static files.
//!
//! A theme is a stack of layers: the site's own folders first, then the theme, then what it extends, and
//! last the few templates every site needs. A file of a higher layer hides the same file of a lower one.
//! Templates see views only; this module does not know what is in them.

mod assets;
mod functions;
mod layer;
mod manifest;
mod strings;
mod templates;

use camino::Utf8Path;

pub use assets::Asset;
pub use functions::DOCS as FUNCTIONS;
pub use layer::{EMBEDDED, Layer, folders};
pub use manifest::Manifest;
pub use strings::{Strings, Text as StringText};

use crate::config::Config;
use crate::diagnostic::Finding;

/// The version of the contract between program and themes.
pub const API: i64 = 1;

/// A theme ready to render with.
#[derive(Debug)]
pub struct Theme {
    /// From the highest to the lowest.
    pub layers: Vec<Layer>,
    /// Compiled templates.
    pub templates: templates::Templates,
    /// Static files, each from the highest layer that has it.
    pub assets: Vec<Asset>,
    /// Interface strings.
    pub strings: Strings,
    /// The options with their values.
    pub options: tera::Value,
    /// How wide images of content are shown: the `sizes` of `img` elements.
    pub image_sizes: String,
}

impl Theme {
    /// Finds, layers and compiles the theme that a config asks for.
    ///
    /// Reads `themes/`, `templates/`, `static/` and `strings/` below `root`. With findings of severity
    /// error there is no theme.
    pub fn load(
        root: &Utf8Path,
        config: &Config,
        config_text: &std::sync::Arc<crate::diagnostic::SourceText>,
    ) -> (Option<Self>, Vec<Finding>) {
        let mut findings = Vec::new();
        let Some((layers, manifests)) = layer::stack(root, &config.theme, config_text, &mut findings) else {
            return (None, findings);
        };
        let options = manifest::options(&manifests, config, config_text, &mut findings);
        let strings = Strings::load(&layers, &mut findings);
        let assets = assets::collect(&layers);
        let functions = functions::Functions::new(config, &strings, &assets);
        let templates = templates::Templates::compile(&layers, functions, &mut findings);
        let image_sizes = manifest::image_sizes(&manifests);
        let theme = templates.map(|templates| Self { layers, templates, assets, strings, options, image_sizes });
        (theme, findings)
    }
}

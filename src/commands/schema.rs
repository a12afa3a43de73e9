//! `schema`: what config.toml, front matter and `papers.json` may hold, for editors and other programs.

use std::sync::Arc;

use camino::Utf8Path;
use serde_json::Value;

use super::{Console, Exit};
use crate::cli::{Schema, SchemaOf};
use crate::diagnostic::SourceText;
use crate::schema;
use crate::theme::{self, Manifest};
use crate::workspace;

/// What the schema of config.toml is called beside it.
pub(super) const FILE: &str = ".config.schema.json";

pub(super) fn run(options: &Schema, root: Option<&Utf8Path>, console: &Console) -> Exit {
    let schema = match options.of {
        SchemaOf::Config => return print(&config(root), console),
        SchemaOf::FrontMatter => schema::front_matter(),
        SchemaOf::Papers => schema::papers(None),
    };
    print(&schema, console)
}

fn print(schema: &Value, console: &Console) -> Exit {
    console.tell("schema", schema.clone());
    if !console.is_machine() {
        console.print(&text(schema));
    }
    Exit::Done
}

/// A schema as a file holds it.
pub(super) fn text(schema: &Value) -> String {
    format!("{schema:#}\n")
}

/// The schema of config.toml with the options of the theme that a site uses, or of the theme that comes with the program.
pub(super) fn config(root: Option<&Utf8Path>) -> Value {
    let asked = root.and_then(|root| {
        let (config, text) = workspace::read_config(root, &mut Vec::new())?;
        manifests(root, &config.theme, &text)
    });
    let no_text = Arc::new(SourceText { path: String::new(), text: String::new() });
    // No folder is called so: there is no site around the theme.
    schema::config(
        &asked
            .or_else(|| manifests(Utf8Path::new(".offprint/no-site"), theme::EMBEDDED, &no_text))
            .unwrap_or_default(),
    )
}

fn manifests(root: &Utf8Path, theme: &str, text: &Arc<SourceText>) -> Option<Vec<Manifest>> {
    theme::layers(root, theme, text, &mut Vec::new()).map(|(_, manifests)| manifests)
}

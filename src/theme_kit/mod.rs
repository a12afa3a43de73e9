//! Tools for those who make themes: what there is, a start, one file to change, and a thorough look.
//!
//! The commands `theme list`, `theme new`, `theme eject` and `theme check`. Writes only what those are asked to make, and
//! over nothing. Prints nothing.

mod check;
mod create;
mod eject;
mod list;
mod sample;

pub use check::{Checked, check};
pub use create::{Created, create};
pub use eject::{Ejected, eject};
pub use list::{Listed, Row, Rows, files, list};
pub use sample::{Look, project as sample};

use camino::Utf8Path;

use crate::diagnostic::{Code, Finding};

/// A name that can be that of a folder under `themes/`.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// Writes a file that must not be there yet, and the folders above it.
fn write_new(root: &Utf8Path, name: &str, bytes: &[u8]) -> Result<(), Finding> {
    use std::io::Write as _;
    let path = root.join(name);
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Finding::new(Code::Exists, "is there already, so it was left alone")
            .in_path(name)
            .help("change it, or move it away first"),
        _ => Finding::new(Code::Unreadable, format!("cannot be written: {error}")).in_path(name),
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::File::create_new(&path).and_then(|mut file| file.write_all(bytes)).map_err(failed)
}

//! Tools for those who make themes: what there is, a start, one file to change, and a thorough look.
//!
//! The commands `theme list`, `theme new`, `theme eject`, `theme diff` and `theme check`. Writes only what those are asked to make, and
//! over nothing. Prints nothing.

mod check;
mod create;
mod eject;
mod list;
mod origins;
mod sample;

pub use check::{Checked, check};
pub use create::{Created, create};
pub use eject::{Ejected, eject};
pub use list::{Listed, Row, Rows, files, list};
pub use origins::{Outdated, is_kept, outdated};
pub use sample::{Look, project as sample};

use camino::Utf8Path;

use crate::diagnostic::{Code, Finding, reason};
use crate::system::edit;

/// A name that can be that of a folder under `themes/`.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// Writes a file that must not be there yet, and the folders above it.
fn write_new(root: &Utf8Path, name: &str, bytes: &[u8]) -> Result<(), Finding> {
    match edit::create(root.join(name).as_std_path(), bytes) {
        Ok(true) => Ok(()),
        Ok(false) => {
            let finding =
                Finding::new(Code::Exists, "is there already, so it was left alone").in_path(name);
            Err(finding.help("change it, or move it away first"))
        }
        Err(error) => {
            Err(Finding::new(Code::Unreadable, format!("cannot be written: {}", reason(&error)))
                .in_path(name))
        }
    }
}

//! `import`: other formats → digests.

use camino::Utf8PathBuf;

use super::{Console, Exit};
use crate::cli::Import;

pub(super) fn run(options: &Import, root: Option<Utf8PathBuf>, console: &Console) -> Exit {
    let _ = (options, root, console);
    Exit::Usage
}

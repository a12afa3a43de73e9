//! Digest → canonical Markdown.

use crate::digest::Digest;

/// Writes a digest in the native format.
pub fn write(digest: &Digest) -> String {
    format!("{digest:?}")
}

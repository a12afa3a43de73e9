//! Mentions: every paper and note that a text names.

use std::ops::Range;

use crate::digest::PaperId;

/// Something that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// What is named.
    pub target: Target,
    /// Where, in bytes of the text.
    pub span: Range<usize>,
}

/// What can be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A paper, by link, bare address or bare id.
    Paper(PaperId),
    /// The name in `[[name]]`, without label, heading and `.md`.
    Wikilink(String),
}

/// Everything that a text names outside code, in the order written.
pub fn mentions(text: &str) -> Vec<Mention> {
    let _ = text;
    Vec::new()
}

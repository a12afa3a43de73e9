//! Line breaks as Obsidian shows them: a newline inside a paragraph becomes Markdown's hard break.

use crate::model::Prose;
use crate::prose::line_ends;

/// The same text with a backslash before every newline inside a paragraph, also one of a list, a quote or a callout.
pub(super) fn hard(prose: &Prose) -> Prose {
    let mut out = Prose::default();
    let mut from = 0;
    for newline in line_ends(&prose.text) {
        let end = prose.text[..newline].trim_end_matches([' ', '\t', '\r']).len();
        out.append(&prose.slice(from..end));
        out.text.push('\\');
        from = newline;
    }
    if from == 0 {
        return prose.clone();
    }
    out.append(&prose.slice(from..prose.text.len()));
    out
}

//! Line breaks as Obsidian shows them: a newline inside a paragraph becomes Markdown's hard break.

use crate::digest::Prose;
use crate::reader::text::{Fence, lines, opens_structure};

/// The same text with a backslash before every newline inside a paragraph. Lists, tables, quotes, headings and
/// code stay as they are.
pub(super) fn hard(prose: &Prose) -> Prose {
    let at = positions(&prose.text);
    if at.is_empty() {
        return prose.clone();
    }
    let mut out = Prose::default();
    let mut from = 0;
    for (end, next) in at {
        out.append(&prose.slice(from..end));
        out.text.push('\\');
        from = next;
    }
    out.append(&prose.slice(from..prose.text.len()));
    out
}

/// Where lines end that need a backslash, without white space, and where their newline is.
fn positions(text: &str) -> Vec<(usize, usize)> {
    let (mut found, mut fence, mut prose) = (Vec::new(), Fence::default(), None);
    for line in lines(text, 0..text.len()) {
        let structure = fence.take(line.text) || opens_structure(line.text);
        // Once a list or a table has begun, lines belong to it up to the next blank one.
        prose = match prose {
            _ if line.is_blank() && !fence.is_open() => None,
            Some((true, Some(before))) if !structure => {
                found.push(before);
                Some((true, end_of(line.text, line.start)))
            }
            None => Some((!structure, end_of(line.text, line.start))),
            Some((was, _)) => Some((was && !structure, end_of(line.text, line.start))),
        };
    }
    found
}

/// Where a line's text ends and where its newline is; `None` where it breaks already.
fn end_of(line: &str, start: usize) -> Option<(usize, usize)> {
    let bare = line.trim_end();
    (!bare.ends_with('\\')).then_some((start + bare.len(), start + line.len()))
}

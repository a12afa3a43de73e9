//! Names at the end of a note that lead to nothing: what does is among the papers that it mentions.

use super::PageRenderer;
use crate::markup::Resolver as _;
use crate::model::Prose;
use crate::prose::{self, Target};
use crate::site::EntryIndex;

/// Those names as a text of their own, with their places in the file, so that they are shown and reported as names
/// within texts are.
pub(super) fn lost(press: &PageRenderer<'_>, entry: EntryIndex) -> Option<Prose> {
    let (said, digest) = (press.site.entry(entry), press.site.digest_of(entry));
    let seen = press.seen(&digest.folder);
    let nowhere = said.fields.iter().filter(|(key, value)| {
        key == "see"
            && prose::mentions(value).into_iter().any(|named| match named.target {
                Target::Wikilink(name) => seen.wikilink(&name).is_none(),
                _ => false,
            })
    });
    let mut lost = Prose::default();
    let mut from = Some(said.span.start);
    for (_, value) in nowhere {
        if !lost.text.is_empty() {
            lost.text.push('\n');
        }
        let rest = from.and_then(|from| Some((from, digest.source.text.get(from..)?)));
        let at = rest.and_then(|(from, rest)| Some(from + rest.find(value)?));
        match at {
            Some(at) => lost.push(value, at),
            None => lost.text.push_str(value),
        }
        from = at.map(|at| at + value.len());
    }
    (!lost.text.is_empty()).then_some(lost)
}

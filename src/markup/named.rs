//! Parts of a text that links can name: headings, and blocks with an id of their own, `^id`.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::headings::slug;
use super::writer::Writer;
use super::{Hole, HoleTarget, address, escape};

/// Blocks, for ids that stand behind what they name: how many buffers were put aside, and where in the HTML it begins.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    open: Vec<(usize, usize)>,
    last: Option<(usize, usize)>,
}

/// What a part is called after the `#`: by the words of a heading, as they stand or as a link has them; by a block's id.
/// Of `#One#Two` it is the last.
pub fn part(written: &str) -> String {
    let last = written.trim_end_matches('#').rsplit('#').next().unwrap_or(written).trim();
    last.strip_prefix('^').map_or_else(|| slug(last), block)
}

/// The same of a block by its id: no heading's words begin with this sign.
pub(super) fn block(id: &str) -> String {
    format!("{BLOCK}{}", id.to_lowercase())
}

/// What begins the name of a block.
pub const BLOCK: char = '_';

impl Writer<'_> {
    pub(super) fn open_block(&mut self) {
        self.blocks.open.push((self.aside.len(), self.out.html.len()));
    }

    pub(super) fn close_block(&mut self) {
        // What left nothing behind is no block.
        let written = self
            .blocks
            .open
            .pop()
            .filter(|&(aside, at)| (aside, at) < (self.aside.len(), self.out.html.len()));
        self.blocks.last = written.or(self.blocks.last);
    }

    /// Gives an id to the block that ends here, or where that is empty, to the one before it. A block that has one
    /// already gets a place with the other id inside of it.
    pub(super) fn block_id(&mut self, id: &str) {
        let id = self.prefixed(&block(id));
        let block = if self.just_opened("<p>") {
            self.blocks.last
        } else {
            self.blocks.open.last().copied()
        };
        let mut attribute = " id=\"".to_owned();
        escape::attribute(&id, &mut attribute);
        attribute.push('"');
        let here = block.filter(|&(aside, _)| aside == self.aside.len());
        if let Some(at) = here.and_then(|(_, at)| end_of_name(&self.out.html, at)) {
            self.out.html.insert_str(at, &attribute);
            let behind = self.out.holes.iter_mut().rev().take_while(|hole| hole.at >= at);
            behind.for_each(|hole| hole.at += attribute.len());
        } else {
            self.push("<span");
            self.push(&attribute);
            self.push("></span>");
        }
        self.ids.push(id);
    }

    /// The opening tag of a link to a part of the same note.
    pub(super) fn part_link(&mut self, written: &str, range: Range<usize>) {
        self.hole(HoleTarget::Part { slug: part(&address::decoded(written)), id: None }, range);
    }

    /// Tells the links to parts of this text what those are called; it must be complete.
    pub(super) fn find_parts(&mut self) {
        if !self.out.holes.iter().any(|hole| may_be_part(&hole.target)) {
            return;
        }
        let headings = self.headings.iter().map(|heading| &heading.id);
        let mut ids: FxHashSet<String> = headings.chain(&self.ids).cloned().collect();
        ids.extend(super::parts(&self.out.html).map(str::to_owned));
        find_parts(&mut self.out.holes, self.key, &ids);
    }
}

fn may_be_part(target: &HoleTarget) -> bool {
    matches!(target, HoleTarget::Part { .. } | HoleTarget::Call(_))
}

fn find_parts(holes: &mut [Hole], key: &str, ids: &FxHashSet<String>) {
    for hole in holes {
        match &mut hole.target {
            HoleTarget::Part { slug, id } => {
                *id = Some(super::prefixed(key, slug)).filter(|id| ids.contains(id.as_str()));
            }
            HoleTarget::Call(call) => {
                let body = call.body.as_mut();
                find_parts(body.map_or(&mut [], |body| &mut body.holes), key, ids);
            }
            _ => {}
        }
    }
}

/// Where the name of the tag ends that begins here, if the element has no id yet.
fn end_of_name(html: &str, at: usize) -> Option<usize> {
    let name = html.get(at..)?.strip_prefix('<')?;
    let len = name.find(|c: char| !c.is_ascii_alphanumeric()).filter(|len| *len > 0)?;
    (!name[len..].starts_with(" id=")).then_some(at + 1 + len)
}

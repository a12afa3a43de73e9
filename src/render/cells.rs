//! Places for things that are made once, when first asked for, each known by a number.
//!
//! A build asks for all of them, a preview for a few of many after every change: so places come by the block, and a
//! block when one of its places is asked for.

use std::ops::Index;
use std::sync::OnceLock;

/// Places that come together.
const BLOCK: usize = 64;

/// So many places.
#[derive(Debug)]
pub(super) struct Cells<T> {
    blocks: Vec<OnceLock<Box<[OnceLock<T>]>>>,
}

impl<T> Cells<T> {
    /// At least `count` places with nothing in them.
    pub(super) fn new(count: usize) -> Self {
        Self { blocks: (0..count.div_ceil(BLOCK)).map(|_| OnceLock::new()).collect() }
    }

    /// A place; `None` where there are not so many.
    pub(super) fn get(&self, number: usize) -> Option<&OnceLock<T>> {
        Some(&filled(self.blocks.get(number / BLOCK)?)[number % BLOCK])
    }
}

impl<T> Index<usize> for Cells<T> {
    type Output = OnceLock<T>;

    fn index(&self, number: usize) -> &OnceLock<T> {
        &filled(&self.blocks[number / BLOCK])[number % BLOCK]
    }
}

/// A block with its places.
fn filled<T>(block: &OnceLock<Box<[OnceLock<T>]>>) -> &[OnceLock<T>] {
    block.get_or_init(|| (0..BLOCK).map(|_| OnceLock::new()).collect())
}

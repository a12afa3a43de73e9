//! Trees: a site has one tree of pages at its root, or one a language, each but the first in a folder of its own.
//!
//! Every tree has the same routes; what is for machines, and the files that all pages share, are at the root only.

use std::sync::Arc;

use super::Route;

/// One tree of pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tree {
    number: usize,
    folder: Arc<str>,
}

impl Tree {
    /// The tree at the root: of the first language, or of all.
    pub fn root() -> Self {
        Self::default()
    }

    /// A further tree, counted from 1, in the folder of this name.
    pub fn below(number: usize, folder: &str) -> Self {
        Self { number, folder: format!("{folder}/").into() }
    }

    /// 0 at the root; else which of the site's languages it is in.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Whether it has this route.
    pub fn has(&self, route: &Route) -> bool {
        self.number == 0 || route.is_of_trees()
    }

    /// The path of a route below the site's root, not percent-encoded: `en/2025/03/12/`.
    pub fn path(&self, route: &Route) -> String {
        if self.number > 0 && route.is_of_trees() {
            format!("{}{}", self.folder, route.path())
        } else {
            route.path()
        }
    }

    /// The file below the output folder that holds a route.
    pub fn file(&self, route: &Route) -> String {
        if self.number > 0 && route.is_of_trees() {
            format!("{}{}", self.folder, route.file())
        } else {
            route.file()
        }
    }

    /// What is left of a path below the site's root, seen from this tree; `None` for one of another tree.
    pub fn strip<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(&*self.folder)
    }
}

//! Dates that can be read in two ways: other texts of their source say in which.

use rustc_hash::FxHashMap;

use super::{Aliases, CachedFile, FileChange, Library, read};
use crate::config::Config;
use crate::formats;

impl Library {
    /// Reads texts anew whose dates can be read in two ways, where other texts of their source say in which.
    pub(super) fn settle_orders(
        &mut self,
        (config, aliases): (&Config, &Aliases),
        reread: &mut Vec<FileChange>,
    ) {
        if !self.files.iter().any(is_open) {
            return;
        }
        let mut orders: FxHashMap<usize, Option<bool>> = FxHashMap::default();
        for origin in self.files.iter().filter(|kept| is_open(kept)).map(|kept| kept.file.origin) {
            orders.entry(origin).or_insert_with(|| {
                formats::day_first_of(self.files_of(origin).map(|kept| kept.order.day_first))
            });
        }
        for kept in self.files.iter_mut().filter(|kept| is_open(kept)) {
            let order = orders.get(&kept.file.origin).copied().flatten();
            if order == std::mem::replace(&mut kept.read_with, order) {
                continue;
            }
            let Some(fresh) = read(&kept.file, (None, order), config, aliases) else { continue };
            let change = kept.replace(fresh, &mut self.keys);
            match reread.iter_mut().find(|known| known.path == change.path) {
                Some(known) => (known.after, known.page) = (change.after, change.page),
                None => reread.push(change),
            }
        }
    }
}

fn is_open(kept: &CachedFile) -> bool {
    kept.order.is_open
}

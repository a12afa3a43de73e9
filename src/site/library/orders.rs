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
        let open = |kept: &CachedFile| kept.order.is_open;
        if !self.files.iter().any(open) {
            return;
        }
        let mut orders: FxHashMap<usize, Option<bool>> = FxHashMap::default();
        for origin in self.files.iter().filter(|kept| open(kept)).map(|kept| kept.file.origin) {
            let of_source = || self.files.iter().filter(|kept| kept.file.origin == origin);
            orders.entry(origin).or_insert_with(|| {
                formats::day_first_of(of_source().map(|kept| kept.order.day_first))
            });
        }
        for kept in self.files.iter_mut().filter(|kept| open(kept)) {
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

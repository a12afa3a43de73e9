//! A list of numbers for each of many things, in two vectors instead of one vector each.

/// Lists by index; the items of each list ascend and do not repeat.
#[derive(Debug, Default)]
pub struct Lists {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    /// From `(list, item)` pairs in any order; repeated pairs count once.
    pub fn from_pairs(lists: usize, pairs: &mut Vec<(u32, u32)>) -> Self {
        let grouped = Self::from_ascending(lists, || pairs.iter().copied());
        pairs.clear();
        grouped.sorted()
    }

    /// From `(list, item)` pairs whose items ascend within each list; they are asked for twice.
    pub(super) fn from_ascending<I: Iterator<Item = (u32, u32)>>(
        lists: usize,
        pairs: impl Fn() -> I,
    ) -> Self {
        // Where a list begins stands one place further while it is filled: when it is full, the next one begins there.
        let mut starts = vec![0_u32; lists + 2];
        for (list, _) in pairs() {
            starts[list as usize + 2] += 1;
        }
        for list in 0..lists {
            starts[list + 2] += starts[list + 1];
        }
        let mut items = vec![0_u32; starts[lists + 1] as usize];
        for (list, item) in pairs() {
            let at = &mut starts[list as usize + 1];
            items[*at as usize] = item;
            *at += 1;
        }
        starts.truncate(lists + 1);
        Self { starts, items }
    }

    /// Sorts each list and drops repeats.
    fn sorted(mut self) -> Self {
        let (mut kept, mut start) = (0_usize, 0_usize);
        for list in 0..self.starts.len().saturating_sub(1) {
            let end = self.starts[list + 1] as usize;
            self.items[start..end].sort_unstable();
            self.starts[list] = kept as u32;
            let first = kept;
            for at in start..end {
                let item = self.items[at];
                if kept == first || self.items[kept - 1] != item {
                    self.items[kept] = item;
                    kept += 1;
                }
            }
            start = end;
        }
        if let Some(last) = self.starts.last_mut() {
            *last = kept as u32;
        }
        self.items.truncate(kept);
        self
    }

    /// How many lists there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// One list; empty where there is none.
    pub fn of(&self, list: u32) -> &[u32] {
        match (self.starts.get(list as usize), self.starts.get(list as usize + 1)) {
            (Some(&start), Some(&end)) => &self.items[start as usize..end as usize],
            _ => &[],
        }
    }
}

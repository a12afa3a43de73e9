//! Which entries are one paper.
//!
//! Entries that share any id are one paper. An entry without id joins the one paper that has exactly its
//! full title; a title taken from a file name joins nothing.

use super::facts::Facts;

const NONE: u32 = u32::MAX;
const MANY: u32 = u32::MAX - 1;

/// For each entry the first entry of its paper.
///
/// `addresses` and `names` are how many keys of each kind there are.
pub(super) fn merge(facts: &[&Facts], addresses: usize, names: usize) -> Vec<u32> {
    let mut groups = Groups::new(facts.len());
    join_by_id(facts, addresses, &mut groups);
    join_by_title(facts, names, &mut groups);
    (0..facts.len() as u32).map(|entry| groups.first(entry)).collect()
}

fn join_by_id(facts: &[&Facts], addresses: usize, groups: &mut Groups) {
    let mut owner = vec![NONE; addresses];
    for (entry, facts) in facts.iter().enumerate() {
        for id in &facts.ids {
            let owner = &mut owner[id.key() as usize];
            if *owner == NONE {
                *owner = entry as u32;
            } else {
                groups.join(*owner, entry as u32);
            }
        }
    }
}

fn join_by_title(facts: &[&Facts], names: usize, groups: &mut Groups) {
    if facts.iter().all(|facts| !facts.ids.is_empty()) {
        return;
    }
    let mut owner = vec![NONE; names];
    for (entry, facts) in facts.iter().enumerate().filter(|(_, facts)| !facts.ids.is_empty() && facts.names_paper()) {
        let first = groups.first(entry as u32);
        let owner = &mut owner[facts.title.key() as usize];
        *owner = if *owner == NONE || *owner == first { first } else { MANY };
    }
    for (entry, facts) in facts.iter().enumerate().filter(|(_, facts)| facts.ids.is_empty() && facts.names_paper()) {
        let owner = &mut owner[facts.title.key() as usize];
        match *owner {
            NONE => *owner = entry as u32,
            MANY => {}
            first => groups.join(first, entry as u32),
        }
    }
}

/// Disjoint sets of entries, each named by its first.
struct Groups {
    parent: Vec<u32>,
}

impl Groups {
    fn new(entries: usize) -> Self {
        Self { parent: (0..entries as u32).collect() }
    }

    fn first(&mut self, mut entry: u32) -> u32 {
        while self.parent[entry as usize] != entry {
            let grandparent = self.parent[self.parent[entry as usize] as usize];
            self.parent[entry as usize] = grandparent;
            entry = grandparent;
        }
        entry
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.first(a), self.first(b));
        self.parent[a.max(b) as usize] = a.min(b);
    }
}

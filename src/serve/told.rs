//! What is wrong with the sources now, beside what was told already.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::snapshot::Snapshot;
use crate::diagnostic::{Code, Finding};
use crate::render::plan::Plan;
use crate::workspace::{self, Updated};

/// A finding by what it says: an edit above moves its place, and it stays the same.
type Key = (Code, Option<String>, String);

/// The findings that were told and still hold.
#[derive(Debug, Default)]
pub(super) struct Told {
    known: BTreeMap<Key, Finding>,
    /// By file: what is wrong in the texts of it.
    texts: BTreeMap<Option<String>, Vec<Finding>>,
    /// The plan that texts were looked at with.
    plan: Option<Arc<Plan>>,
}

impl Told {
    /// Looks at texts for what only rendering tells. Where no address is another than before, only files that
    /// were read again can say anything new.
    pub(super) fn look_at_texts(&mut self, snapshot: &Snapshot, updated: &Updated) -> Vec<Finding> {
        let plan = &snapshot.project.plan;
        let is_known = self.plan.as_ref().is_some_and(|known| Arc::ptr_eq(known, plan));
        if is_known {
            let read = updated.reread.iter().map(|file| &file.shown);
            read.for_each(|file| drop(self.texts.remove(&Some(file.clone()))));
        } else {
            self.texts.clear();
        }
        self.plan = Some(Arc::clone(plan));
        for finding in snapshot.text_findings(&|file| {
            !is_known || updated.reread.iter().any(|read| read.shown == file)
        }) {
            let file = finding.file().map(str::to_owned);
            self.texts.entry(file).or_default().push(finding);
        }
        self.texts.values().flatten().cloned().collect()
    }

    /// What is wrong now and was not before, and what was and is no longer; both sorted.
    pub(super) fn tell(&mut self, now: Vec<Finding>) -> (Vec<Finding>, Vec<Finding>) {
        let now: BTreeMap<Key, Finding> =
            now.into_iter().map(|finding| (key(&finding), finding)).collect();
        let (new, gone) = (missing_in(&self.known, &now), missing_in(&now, &self.known));
        self.known = now;
        (new, gone)
    }
}

fn missing_in(one: &BTreeMap<Key, Finding>, other: &BTreeMap<Key, Finding>) -> Vec<Finding> {
    let mut missing: Vec<Finding> = other
        .iter()
        .filter(|(key, _)| !one.contains_key(*key))
        .map(|(_, finding)| finding.clone())
        .collect();
    workspace::sort(&mut missing);
    missing
}

fn key(finding: &Finding) -> Key {
    (finding.code, finding.file().map(str::to_owned), finding.message.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(message: &str) -> Finding {
        Finding::new(Code::DeadLink, message.to_owned()).in_path("content/a.md")
    }

    #[test]
    fn a_finding_is_told_when_it_appears_and_when_it_is_gone() {
        let mut told = Told::default();
        assert_eq!(said(&mut told, &["one", "two"]), (vec!["one".into(), "two".into()], vec![]));
        assert_eq!(said(&mut told, &["two", "three"]), (vec!["three".into()], vec!["one".into()]));
        assert_eq!(said(&mut told, &["two", "three"]), (vec![], vec![]));
    }

    fn said(told: &mut Told, now: &[&str]) -> (Vec<String>, Vec<String>) {
        let (new, gone) = told.tell(now.iter().map(|message| finding(message)).collect());
        (messages(new), messages(gone))
    }

    fn messages(all: Vec<Finding>) -> Vec<String> {
        all.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
    }
}

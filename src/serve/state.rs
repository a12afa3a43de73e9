//! What requests are answered from: made by the workshop, replaced whole, never changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::snapshot::Snapshot;

/// The state of the preview at one moment.
#[derive(Debug, Default, Clone)]
pub(super) struct State {
    /// Grows with every state.
    pub(super) version: u64,
    /// The last good site; `None` until there is one.
    pub(super) snapshot: Option<Arc<Snapshot>>,
    /// What is wrong with the sources now, as the terminal shows it.
    pub(super) errors: Option<Arc<str>>,
    /// Where the last edit can be seen.
    pub(super) target: Option<Target>,
    /// Addresses of images that changed, with the version at which they did.
    pub(super) files: BTreeMap<String, u64>,
}

/// A place on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// What it is called.
    pub(super) title: String,
    /// Its address with anchor.
    pub(super) url: String,
    /// The state it belongs to.
    pub(super) version: u64,
}

impl State {
    /// The message that tells browsers of this state, and which run of the program it is from.
    pub(super) fn message(&self, server: u32) -> String {
        let target = self
            .target
            .as_ref()
            .map(|target| serde_json::json!({ "title": target.title, "url": target.url, "version": target.version }));
        let message = serde_json::json!({
            "server": server,
            "version": self.version,
            "errors": self.errors.as_deref(),
            "target": target,
            "files": self.files,
        });
        message.to_string()
    }
}

//! One signal, and all that arrive while it is looked at → one batch.
//!
//! The first signal is acted on at once. Only while some file is known to be half written is there a short
//! wait, so that nobody sees a file that an editor has emptied and not yet filled.

use std::collections::BTreeSet;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use camino::Utf8PathBuf;

/// Longest wait for a file that is being written; who keeps a file open longer is read as far as he got.
const WRITING: Duration = Duration::from_millis(20);

/// What a watcher says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Signal {
    /// Something happened at this path.
    Touched(Utf8PathBuf),
    /// The same, and whoever writes there has not finished.
    Writing(Utf8PathBuf),
    /// Something was missed.
    Rescan,
}

/// Everything touched since the last batch.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Files and folders.
    pub(super) paths: BTreeSet<Utf8PathBuf>,
    /// Whether anything may have changed.
    pub(super) rescan: bool,
    writing: BTreeSet<Utf8PathBuf>,
}

impl Batch {
    /// A batch in which anything may have changed.
    pub(super) fn everything() -> Self {
        Self { rescan: true, ..Self::default() }
    }

    /// A signal and those that follow at once.
    pub(super) fn gather(first: Signal, signals: &Receiver<Signal>) -> Self {
        let mut batch = Self::default();
        batch.add(first);
        let start = Instant::now();
        loop {
            while let Ok(signal) = signals.try_recv() {
                batch.add(signal);
            }
            let left = WRITING.saturating_sub(start.elapsed());
            if batch.writing.is_empty() || left.is_zero() {
                return batch;
            }
            match signals.recv_timeout(left) {
                Ok(signal) => batch.add(signal),
                Err(_) => return batch,
            }
        }
    }

    fn add(&mut self, signal: Signal) {
        match signal {
            Signal::Rescan => self.rescan = true,
            Signal::Writing(path) => {
                self.writing.insert(path.clone());
                self.paths.insert(path);
            }
            Signal::Touched(path) => {
                self.writing.remove(&path);
                self.paths.insert(path);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::{Batch, Signal};

    #[test]
    fn what_waits_is_taken_along_and_a_written_file_ends_the_wait() {
        let (sender, receiver) = channel();
        for signal in [Signal::Touched("b".into()), Signal::Touched("a".into()), Signal::Rescan] {
            sender.send(signal).unwrap();
        }
        let batch = Batch::gather(Signal::Writing("a".into()), &receiver);
        assert_eq!(batch.paths.len(), 2);
        assert!(batch.rescan && batch.writing.is_empty());
    }
}

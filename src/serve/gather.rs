//! One signal, and all that arrive while it is looked at → one batch.
//!
//! The first signal is acted on at once. Only while some file is known to be half written, or is empty, is there a
//! wait, so that nobody sees a file that an editor has emptied and not yet filled: an empty config.toml is a good
//! one, and its site would replace the last good site.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};

/// How often to look whether an empty file has been filled, where the system does not tell.
const LOOK: Duration = Duration::from_millis(5);

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

    /// A signal and those that follow at once; and until then, those that come while a file is being written.
    pub(super) fn gather(first: Signal, signals: &Receiver<Signal>, patience: Duration) -> Self {
        let mut batch = Self::default();
        batch.add(first);
        let start = Instant::now();
        loop {
            while let Ok(signal) = signals.try_recv() {
                batch.add(signal);
            }
            let left = patience.saturating_sub(start.elapsed());
            if left.is_zero() || batch.is_written() {
                return batch;
            }
            match signals.recv_timeout(left.min(LOOK)) {
                Ok(signal) => batch.add(signal),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return batch,
            }
        }
    }

    /// Whether every file is whole, as far as can be seen.
    fn is_written(&self) -> bool {
        self.writing.is_empty() && !self.paths.iter().any(|path| is_empty_file(path))
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

fn is_empty_file(path: &Utf8Path) -> bool {
    std::fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() == 0)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use camino::Utf8PathBuf;

    use super::{Batch, Signal};

    #[test]
    fn what_waits_is_taken_along_and_a_written_file_ends_the_wait() {
        let (sender, receiver) = channel();
        for signal in [Signal::Touched("b".into()), Signal::Touched("a".into()), Signal::Rescan] {
            sender.send(signal).unwrap();
        }
        let batch = Batch::gather(Signal::Writing("a".into()), &receiver, Duration::MAX);
        assert_eq!(batch.paths.len(), 2);
        assert!(batch.rescan && batch.writing.is_empty());
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "a test writes as an editor does")]
    fn an_emptied_file_is_waited_for_until_it_is_filled_or_patience_ends() {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(folder.path().join("config.toml")).unwrap();
        std::fs::write(&path, "").unwrap();
        let (_sender, receiver) = channel();
        let gather = |patience| Batch::gather(Signal::Touched(path.clone()), &receiver, patience);
        assert_eq!(gather(Duration::ZERO).paths.len(), 1);
        std::thread::scope(|scope| {
            scope.spawn(|| std::fs::write(&path, "title = 1\n").unwrap());
            gather(Duration::MAX);
            assert_eq!(std::fs::read_to_string(&path).unwrap(), "title = 1\n");
        });
    }
}

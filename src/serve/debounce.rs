//! One signal, and all that arrive while it is looked at → one batch.
//!
//! A single save is acted on at once. A wait for silence comes in three cases, so that nobody sees what is half done:
//! while a file is being written or is empty (an editor empties it and then fills it; and an empty config.toml is a
//! good one, whose site would replace the last good site); when a file is gone (some editors move it away before they
//! write it anew); and when there is more than one writer touches at once (a checkout, a search in all files).

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};

/// Paths that one save touches: the file, the one beside it that takes its place, the folder.
const FEW: usize = 3;

/// How long to wait for what is half done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waits {
    /// Silence after which it is over; and how often to look whether an empty file has been filled.
    pub(super) quiet: Duration,
    /// The longest wait; who takes longer is read as far as he got.
    pub(super) longest: Duration,
}

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

    /// A signal and those that follow it, until nothing is half done or the longest wait is over; `missed` says of a path at
    /// which there is nothing whether there was something.
    pub(super) fn gather(
        first: Signal,
        signals: &Receiver<Signal>,
        waits: Waits,
        missed: &dyn Fn(&Utf8Path) -> bool,
    ) -> Self {
        let mut batch = Self::default();
        batch.add(first);
        let start = Instant::now();
        loop {
            while let Ok(signal) = signals.try_recv() {
                batch.add(signal);
            }
            let left = waits.longest.saturating_sub(start.elapsed());
            if left.is_zero() || batch.is_one_save(missed) {
                return batch;
            }
            match signals.recv_timeout(left.min(waits.quiet)) {
                Ok(signal) => batch.add(signal),
                Err(RecvTimeoutError::Timeout) if batch.is_whole() => return batch,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return batch,
            }
        }
    }

    /// Whether somebody has saved something, and that is all.
    fn is_one_save(&self, missed: &dyn Fn(&Utf8Path) -> bool) -> bool {
        self.paths.len() <= FEW
            && self.is_whole()
            && !self.paths.iter().any(|path| missed(path) && !path.exists())
    }

    /// Whether every file has been written to its end, as far as can be seen.
    fn is_whole(&self) -> bool {
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

    use super::{Batch, Signal, Waits};

    /// Whoever waits for silence waits until the sender is gone.
    const EVER: Waits = Waits { quiet: Duration::MAX, longest: Duration::MAX };

    #[test]
    fn what_waits_is_taken_along_and_a_written_file_ends_the_wait() {
        let (sender, receiver) = channel();
        for signal in [Signal::Touched("b".into()), Signal::Touched("a".into()), Signal::Rescan] {
            sender.send(signal).unwrap();
        }
        let batch = Batch::gather(Signal::Writing("a".into()), &receiver, EVER, &|_| false);
        assert_eq!(batch.paths.len(), 2);
        assert!(batch.rescan && batch.writing.is_empty());
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "a test writes as an editor does")]
    fn an_emptied_file_is_waited_for_until_it_is_filled_or_the_longest_wait_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(folder.path().join("config.toml")).unwrap();
        std::fs::write(&path, "").unwrap();
        let (_sender, receiver) = channel();
        let quiet = Duration::from_millis(1);
        let gather = |longest| {
            Batch::gather(
                Signal::Touched(path.clone()),
                &receiver,
                Waits { quiet, longest },
                &|_| false,
            )
            .paths
            .len()
        };
        assert_eq!(gather(Duration::ZERO), 1);
        std::thread::scope(|scope| {
            scope.spawn(|| std::fs::write(&path, "title = 1\n").unwrap());
            gather(Duration::MAX);
            assert_eq!(std::fs::read_to_string(&path).unwrap(), "title = 1\n");
        });
    }

    #[test]
    fn a_file_that_is_missed_and_many_files_wait_for_silence() {
        for (first, missed) in [(&["a"][..], true), (&["a", "b", "c", "d"][..], false)] {
            let (sender, receiver) = channel();
            for name in first {
                sender.send(signal(name)).unwrap();
            }
            let batch = std::thread::scope(|scope| {
                scope.spawn(move || sender.send(signal("late")).unwrap());
                Batch::gather(signal("a"), &receiver, EVER, &|_| missed)
            });
            assert_eq!(batch.paths.len(), first.len() + 1);
        }
    }

    fn signal(name: &str) -> Signal {
        Signal::Touched(Utf8PathBuf::from("/nowhere").join(name))
    }
}

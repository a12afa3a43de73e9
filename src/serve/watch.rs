//! Which files are touched: by what the system tells, or by looking again and again.
//!
//! Even where the system tells, a slow look runs beside it: where that finds a change that nobody told of,
//! events do not arrive (network drives, containers, WSL), and looking takes over.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use rustc_hash::FxHashSet;

use super::debounce::Signal;
use super::poll::{Roots, Scan};
use super::{News, Tell};

/// How often to look where nothing else was said.
const POLL: Duration = Duration::from_millis(500);
/// How often to look beside native events.
const BESIDE: Duration = Duration::from_secs(2);
/// How late an event may come before it counts as lost.
const LATE: Duration = Duration::from_secs(1);

/// A running watch; signals go to the receiver it was started with.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    native: Arc<Mutex<Native>>,
    heard: Arc<Mutex<Heard>>,
    tell: Shown,
}

/// The system's watcher, while it is used. Never locked by the thread that brings events: telling the watcher
/// of a folder waits for that thread.
#[derive(Debug, Default)]
struct Native {
    watcher: Option<RecommendedWatcher>,
    watched: FxHashSet<Utf8PathBuf>,
}

/// What events are held against and where they go.
#[derive(Debug)]
struct Heard {
    roots: Roots,
    /// What the system told of since the last look.
    reported: FxHashSet<Utf8PathBuf>,
    signals: Sender<Signal>,
}

#[derive(Clone)]
struct Shown(Tell);

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tell")
    }
}

impl Watch {
    /// Starts watching: natively, or by looking as often as asked.
    pub(super) fn start(
        roots: Roots,
        poll: Option<Duration>,
        tell: &Tell,
    ) -> (Self, Receiver<Signal>) {
        let (signals, receiver) = channel();
        let heard = Heard { roots, reported: FxHashSet::default(), signals };
        let watch = Self {
            native: Arc::default(),
            heard: Arc::new(Mutex::new(heard)),
            tell: Shown(Arc::clone(tell)),
        };
        match poll {
            Some(every) => (tell)(News::Polling(every, "as asked")),
            None => watch.go_native(),
        }
        let looking = watch.clone();
        std::thread::spawn(move || looking.look(poll));
        (watch, receiver)
    }

    /// Follows the site's folders as they come and go; `touched` are those that may not be what they were.
    pub(super) fn follow(&self, roots: &Roots, touched: &BTreeSet<Utf8PathBuf>) {
        lock(&self.heard).roots = roots.clone();
        let mut native = lock(&self.native);
        for path in touched {
            native.forget(path);
        }
        let followed = native.follow(roots);
        drop(native);
        followed.unwrap_or_else(|why| self.give_up(why));
    }

    fn go_native(&self) {
        let heard = Arc::downgrade(&self.heard);
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if let Some(heard) = heard.upgrade() {
                lock(&heard).take(event);
            }
        });
        match watcher {
            Ok(watcher) => {
                lock(&self.native).watcher = Some(watcher);
                let roots = lock(&self.heard).roots.clone();
                self.follow(&roots, &BTreeSet::new());
            }
            Err(_) => self.give_up("the system offers no events"),
        }
    }

    fn give_up(&self, why: &'static str) {
        let watcher = lock(&self.native).watcher.take();
        drop(watcher);
        (self.tell.0)(News::Polling(POLL, why));
    }

    fn is_native(&self) -> bool {
        lock(&self.native).watcher.is_some()
    }

    /// Looks for changes until nobody listens.
    fn look(&self, poll: Option<Duration>) {
        let mut scan = Scan::default();
        scan.changes(&lock(&self.heard).roots.clone());
        loop {
            let native = self.is_native();
            // A look that takes long is taken less often.
            let every = if native { BESIDE } else { poll.unwrap_or(POLL) };
            std::thread::sleep(every.max(scan.took() * if native { 100 } else { 2 }));
            let (roots, before) = lock(&self.heard).begin_look();
            let changed = scan.changes(&roots);
            if native && !changed.is_empty() {
                std::thread::sleep(LATE);
            }
            let heard = lock(&self.heard);
            // What was told of a folder covers the files in it: some are written before it is watched.
            let missed = native
                && !changed.iter().all(|path| {
                    path.ancestors()
                        .any(|path| before.contains(path) || heard.reported.contains(path))
                });
            if changed.into_iter().any(|path| heard.signals.send(Signal::Touched(path)).is_err()) {
                return;
            }
            drop(heard);
            if missed && self.is_native() {
                self.give_up("a file changed and the system did not tell");
            }
        }
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Native {
    fn follow(&mut self, roots: &Roots) -> Result<(), &'static str> {
        let Some(watcher) = self.watcher.as_mut() else { return Ok(()) };
        for (path, deep) in roots.watched() {
            if self.watched.contains(&path) {
                continue;
            }
            let mode = if deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            match watcher.watch(path.as_std_path(), mode).map_err(|error| error.kind) {
                Ok(()) => drop(self.watched.insert(path)),
                // It has just gone; it is watched when it comes back.
                Err(notify::ErrorKind::PathNotFound) => {}
                Err(notify::ErrorKind::MaxFilesWatch) => {
                    return Err("the system watches no more files");
                }
                Err(_) => return Err("a folder cannot be watched"),
            }
        }
        Ok(())
    }

    fn forget(&mut self, path: &Utf8Path) {
        if let (true, Some(watcher)) = (self.watched.remove(path), self.watcher.as_mut()) {
            // It may be gone, and its watch with it.
            let _ = watcher.unwatch(path.as_std_path());
        }
    }
}

impl Heard {
    /// What to look at, and what was told before this look. What is told from now on counts for the next one, too:
    /// a file may have been looked at just before it changed.
    fn begin_look(&mut self) -> (Roots, FxHashSet<Utf8PathBuf>) {
        (self.roots.clone(), std::mem::take(&mut self.reported))
    }

    fn take(&mut self, event: notify::Result<Event>) {
        let Ok(event) = event else { return self.send(Signal::Rescan) };
        if event.need_rescan() {
            self.send(Signal::Rescan);
        }
        let Some(signal) = signal_of(event.kind) else { return };
        for path in event.paths {
            let Ok(path) = Utf8PathBuf::from_path_buf(path) else { continue };
            if self.roots.takes(&path) {
                self.reported.insert(path.clone());
                self.send(signal(path));
            }
        }
    }

    fn send(&self, signal: Signal) {
        // Whoever listened has ended, and so will we.
        let _ = self.signals.send(signal);
    }
}

/// What an event means; `None` for one that changes nothing.
fn signal_of(kind: EventKind) -> Option<fn(Utf8PathBuf) -> Signal> {
    // Only here does a system say when a writer has finished.
    let told = cfg!(any(target_os = "linux", target_os = "android"));
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Signal::Touched),
        EventKind::Access(_) => None,
        EventKind::Create(CreateKind::File) | EventKind::Modify(ModifyKind::Data(_)) if told => {
            Some(Signal::Writing)
        }
        _ => Some(Signal::Touched),
    }
}

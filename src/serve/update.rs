//! The workshop: what was touched → a new state, whole, in the place of the old one.
//!
//! Keeps what was read; decides what to read again; says what came of it. Knows nothing of HTTP.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;
use tokio::sync::watch::Sender;

use super::debounce::{Batch, Signal, Waits};
use super::poll::Roots;
use super::retry::find_again;
use super::snapshot::Snapshot;
use super::state::{State, Target};
use super::told::Told;
use super::watch::Watch;
use super::{News, Tell, last_edit};
use crate::diagnostic::Finding;
use crate::diagnostic::print::{self, Choice};
use crate::workspace::{self, Changes, Clock, Request, Timings, Updated, Workspace};

/// Longest time between two looks at what day it is: a clock can be set, and a machine can sleep.
const DAY: Duration = Duration::from_secs(30);
/// After this time a folder that has just appeared is listed again: a file may have been written into it before
/// it was watched.
const SETTLED: Duration = Duration::from_millis(100);
/// An editor takes a millisecond, but on a busy machine it may have to wait between emptying and filling.
const WAITS: Waits = Waits { quiet: Duration::from_millis(100), longest: Duration::from_secs(1) };

/// What a change came to.
#[derive(Debug)]
pub struct Change {
    /// What changed, as shown; empty at the start.
    pub what: Vec<String>,
    /// Papers of the site.
    pub papers: usize,
    /// From the first sign of it until it was served.
    pub took: Duration,
}

/// Keeps what was read, and makes states of it.
pub(super) struct Workshop {
    workspace: Workspace,
    clock: Clock,
    states: Sender<Arc<State>>,
    tell: Tell,
    state: State,
    told: Told,
    /// Folders were new in the last batch.
    unsettled: bool,
}

/// What has to be done about a batch.
struct Work {
    /// Whether config.toml or the theme may be others, and which of their files were touched.
    settings: bool,
    dress: Vec<Utf8PathBuf>,
    changes: Changes,
    /// Images and other files that pages show.
    files: Vec<Utf8PathBuf>,
}

impl Workshop {
    /// A workshop in which nothing was read yet; states go to the sender.
    pub(super) fn new(
        request: Request,
        clock: Clock,
        states: Sender<Arc<State>>,
        tell: Tell,
    ) -> Self {
        Self {
            workspace: Workspace::new(request, clock),
            clock,
            states,
            tell,
            state: State::default(),
            told: Told::default(),
            unsettled: false,
        }
    }

    /// Reads everything.
    pub(super) fn start(&mut self) {
        self.update(&Batch::everything());
    }

    /// The path of the site's address.
    pub(super) fn base_path(&self) -> String {
        self.workspace.settings().map_or("/", |settings| settings.config.base_url.path()).to_owned()
    }

    /// What to watch.
    pub(super) fn roots(&self) -> Roots {
        let root = self.workspace.request().root.clone();
        let mut roots =
            Roots { content: vec![root.join("content")], output: root.join("public"), root };
        if let Some(settings) = self.workspace.settings() {
            roots.output.clone_from(&settings.output);
            roots
                .content
                .extend(settings.config.sources.iter().map(|source| roots.root.join(&source.path)));
        }
        roots
    }

    /// Works until nobody sends signals.
    pub(super) fn work(mut self, watch: &Watch, signals: &Receiver<Signal>) {
        // What changed while watching began.
        let mut batch = Batch::everything();
        loop {
            self.update(&batch);
            watch.follow(&self.roots(), &batch.paths);
            let wait = if self.unsettled { SETTLED } else { DAY };
            batch = match signals.recv_timeout(wait) {
                Ok(signal) => Batch::gather(signal, signals, WAITS, &|path| self.misses(path)),
                Err(RecvTimeoutError::Timeout) if self.unsettled => Batch::everything(),
                Err(RecvTimeoutError::Timeout) => Batch::default(),
                Err(RecvTimeoutError::Disconnected) => return,
            };
        }
    }

    /// Whether the site was made from a file.
    fn misses(&self, path: &Utf8Path) -> bool {
        self.workspace.content().has(path) || self.roots().is_settings(path)
    }

    fn update(&mut self, batch: &Batch) {
        let start = (self.clock.elapsed)();
        let work = self.plan(batch);
        let dressed = work.settings && self.workspace.read_settings();
        let mut updated = self.workspace.update(&work.changes);
        let workspace = &mut self.workspace;
        find_again(&mut updated.reread, &std::thread::sleep, &mut |changes| {
            workspace.update(changes).reread
        });
        self.workspace.timings = Timings::default();
        let is_other = dressed || !updated.is_nothing() || !work.files.is_empty();
        if !(is_other || self.workspace.is_another_day()) {
            return;
        }
        self.publish(dressed, &updated, &work.files);
        let mut what = self.names(&updated, &work.files);
        if dressed {
            what.extend(if work.dress.is_empty() {
                vec!["config and theme".into()]
            } else {
                self.shown(&work.dress)
            });
        }
        self.report(what, &updated, start);
    }

    /// Which parts of the site a batch concerns.
    fn plan(&mut self, batch: &Batch) -> Work {
        let (roots, content) = (self.roots(), self.workspace.content());
        let mut work = Work {
            settings: batch.rescan,
            dress: Vec::new(),
            changes: Changes { listing: batch.rescan, ..Changes::default() },
            files: Vec::new(),
        };
        self.unsettled = false;
        for path in &batch.paths {
            if roots.is_settings(path) {
                work.settings = true;
                work.dress.extend(path.is_file().then(|| path.clone()));
            }
            self.unsettled |= path.is_dir();
            if !roots.is_content(path) {
                continue;
            }
            // Vim tries whether it may write with a file `4913` that is gone at once: nothing has to be listed for that.
            let known = content.has(path) && path.is_file();
            let passed = path.extension().is_none() && !path.exists() && !content.has_below(path);
            work.changes.listing |= !known && !passed;
            if content.is_media(path) {
                work.files.push(path.clone());
            }
            work.changes.files.insert(path.clone());
        }
        work.files.sort();
        work
    }

    /// Puts a new state in the place of the old one.
    fn publish(&mut self, dressed: bool, updated: &Updated, files: &[Utf8PathBuf]) {
        let made = self.make(dressed);
        self.state.version += 1;
        match made {
            Ok(snapshot) => {
                let media = snapshot.project.media.files();
                let routes = media.iter().filter(|file| files.contains(&file.path)).map(|file| {
                    (snapshot.project.config.base_url.href(&file.route), self.state.version)
                });
                self.state.files.extend(routes.collect::<BTreeMap<_, _>>());
                let place = last_edit::of(&snapshot.project, &updated.reread);
                self.state.target =
                    place.map(|(title, url)| Target { title, url, version: self.state.version });
                self.state.snapshot = Some(Arc::new(snapshot));
                self.state.errors = None;
            }
            Err(findings) => {
                let text: Arc<str> = print::text(&findings, &Choice::default()).into();
                if self.state.errors.as_ref() != Some(&text) {
                    (self.tell)(News::Broken(findings));
                }
                self.state.errors = Some(text);
            }
        }
        self.states.send_replace(Arc::new(self.state.clone()));
    }

    /// A snapshot of what was read, or what stands in its way.
    fn make(&mut self, dressed: bool) -> Result<Snapshot, Vec<Finding>> {
        let project = self.workspace.project();
        let errors = self.workspace.errors(project.as_ref());
        let Some(project) = project.filter(|_| errors.is_empty()) else {
            return Err(sorted(errors));
        };
        let today = self.workspace.rules().map_or(Date::ZERO, |rules| rules.today);
        let (root, folders) = (&self.workspace.request().root, self.workspace.content().folders());
        let snapshot = Snapshot::new(project, root, folders, today);
        // There is no better site to keep at the start, and nobody waits for pages that were not asked for.
        let errors =
            if dressed && self.state.snapshot.is_some() { snapshot.rehearse() } else { Vec::new() };
        if errors.is_empty() { Ok(snapshot) } else { Err(sorted(errors)) }
    }

    /// Says what came of a change; after it is served, since it takes time to find all warnings.
    fn report(&mut self, mut what: Vec<String>, updated: &Updated, start: Duration) {
        let took = (self.clock.elapsed)().saturating_sub(start);
        let (Some(snapshot), None) = (&self.state.snapshot, &self.state.errors) else { return };
        let project = &snapshot.project;
        what.sort();
        what.dedup();
        if self.state.version == 1 {
            what.clear();
        }
        (self.tell)(News::Changed(Change { what, papers: project.site.paper_count(), took }));
        let mut now = self.workspace.findings(Some(project));
        now.extend(self.told.look_at_texts(snapshot, updated));
        now.retain(|finding| !project.config.warnings.allow.contains(&finding.code));
        let (new, gone) = self.told.tell(now);
        if !gone.is_empty() {
            (self.tell)(News::Gone(gone));
        }
        if !new.is_empty() {
            (self.tell)(News::Findings(new));
        }
    }

    /// What of the content changed.
    fn names(&self, updated: &Updated, files: &[Utf8PathBuf]) -> Vec<String> {
        let reread = updated.reread.iter().map(|file| file.shown.clone());
        reread.chain(updated.gone.clone()).chain(self.shown(files)).collect()
    }

    fn shown(&self, files: &[Utf8PathBuf]) -> Vec<String> {
        let root = &self.workspace.request().root;
        files.iter().map(|file| file.strip_prefix(root).unwrap_or(file).to_string()).collect()
    }
}

fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    workspace::sort(&mut findings);
    findings
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};
    use std::time::Duration;

    use camino::Utf8PathBuf;

    use super::{Batch, Workshop};
    use crate::serve::state::State;
    use crate::workspace::{Clock, Request};

    static SECONDS: AtomicI64 = AtomicI64::new(0);

    fn now() -> jiff::Timestamp {
        jiff::Timestamp::from_second(SECONDS.load(Ordering::Relaxed)).unwrap()
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "a test writes the site it serves")]
    fn at_midnight_in_the_sites_time_zone_the_days_digest_appears() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        std::fs::create_dir(root.join("content")).unwrap();
        std::fs::write(root.join("config.toml"), "timezone = \"Asia/Seoul\"\n").unwrap();
        std::fs::write(
            root.join("content/2025-03-13.md"),
            "## Tomorrow\n\nhttps://arxiv.org/abs/2503.00001\n",
        )
        .unwrap();
        let (sender, receiver) = tokio::sync::watch::channel(Arc::new(State::default()));
        let request = Request::new(root);
        let clock = Clock { elapsed: || Duration::ZERO, now, detailed: false };
        let mut workshop = Workshop::new(request, clock, sender, Arc::new(|_| ()));
        let papers = || {
            receiver.borrow().snapshot.as_ref().map(|snapshot| snapshot.project.site.paper_count())
        };
        // 23:59:59 on the 12th in Seoul.
        SECONDS.store(1_741_791_599, Ordering::Relaxed);
        workshop.start();
        assert_eq!((receiver.borrow().version, papers()), (1, Some(0)));
        workshop.update(&Batch::default());
        assert_eq!(receiver.borrow().version, 1);
        SECONDS.fetch_add(1, Ordering::Relaxed);
        workshop.update(&Batch::default());
        assert_eq!((receiver.borrow().version, papers()), (2, Some(1)));
    }
}

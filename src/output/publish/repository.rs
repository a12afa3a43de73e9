//! The user's repository, which is only asked, and the program's own inside its `.git` folder, where all work is done.
//!
//! The own repository includes the user's configuration, so that remotes, proxies and passwords are as the user set them. It
//! keeps the site published last, so that the next publication sends and fetches only what changed.

use std::fs::{self, File};

use camino::{Utf8Path, Utf8PathBuf};

use super::git::Git;
use super::remote::Remote;
use super::{path, trouble};
use crate::diagnostic::{Finding, reason};
use crate::system::edit;

/// The user's repository.
#[derive(Debug, Clone)]
pub struct Repository {
    git: Git,
    /// The folder of `.git`, shared by all working trees.
    directory: Utf8PathBuf,
}

impl Repository {
    /// The repository that a site is in.
    pub fn find(root: &Utf8Path, quiet: bool) -> Result<Self, Finding> {
        let here = Git::at(root, quiet);
        here.run(&["--version"])?;
        let directory = here.run(&["rev-parse", "--path-format=absolute", "--git-common-dir"]);
        let directory =
            directory.map(|text| path(&text)).map_err(|said| no_repository(root, &said))?;
        let top = here
            .ask(&["rev-parse", "--show-toplevel"])
            .map_or_else(|| root.to_owned(), |text| path(&text));
        Ok(Self { git: Git::at(&top, quiet), directory })
    }

    /// A remote by its name, or by its address.
    pub fn remote(&self, name: &str) -> Result<Remote, Finding> {
        if let Some(url) = self.git.ask(&["remote", "get-url", "--push", name]) {
            let written = self
                .git
                .ask(&["config", "--get", &format!("remote.{name}.url")])
                .unwrap_or_default();
            return Ok(Remote { name: name.to_owned(), url, written });
        }
        if name.contains([':', '/', '\\']) {
            return Ok(Remote {
                name: name.to_owned(),
                url: name.to_owned(),
                written: name.to_owned(),
            });
        }
        let known = self.git.ask(&["remote"]).unwrap_or_default();
        let known: Vec<String> = known.lines().map(|name| format!("`{name}`")).collect();
        let finding = trouble(format!("the repository has no remote `{name}`"));
        Err(if known.is_empty() {
            finding.help(format!(
                "run `git remote add {name} ADDRESS` with the address of a repository of yours"
            ))
        } else {
            finding.help(format!("name one with --remote: {}", known.join(", ")))
        })
    }

    /// A branch must have a name that git takes, and must not be the one with the user's own work.
    pub fn check_branch(&self, branch: &str) -> Result<(), Finding> {
        if self.git.ask(&["check-ref-format", "--branch", branch]).as_deref() != Some(branch) {
            return Err(trouble(format!("`{branch}` cannot be the name of a branch")));
        }
        if self.git.ask(&["symbolic-ref", "--short", "HEAD"]).as_deref() == Some(branch) {
            return Err(trouble(format!(
                "`{branch}` is the branch you are working on; the site would replace your files"
            ))
            .help("publish to a branch of its own, such as `gh-pages`"));
        }
        Ok(())
    }

    /// The commit the user is at.
    pub(super) fn head(&self) -> Option<String> {
        self.git.ask(&["rev-parse", "--quiet", "--verify", "HEAD^{commit}"])
    }

    /// Whether the user has a commit among those that led here.
    pub(super) fn has(&self, commit: &str) -> bool {
        self.git.ask(&["merge-base", "--is-ancestor", commit, "HEAD"]).is_some()
    }

    /// The commits at which the history of a shallow clone ends; none where it is whole.
    fn ends(&self) -> Vec<String> {
        let file = self.git.ask(&["rev-parse", "--path-format=absolute", "--git-path", "shallow"]);
        #[expect(clippy::disallowed_methods, reason = "git has no command that lists them")]
        let text = file.and_then(|file| fs::read_to_string(path(&file)).ok());
        text.unwrap_or_default().lines().map(str::to_owned).collect()
    }

    /// What the user has last fetched of a branch.
    pub(super) fn fetched(&self, remote: &Remote, branch: &str) -> Option<String> {
        self.git.ask(&[
            "rev-parse",
            "--quiet",
            "--verify",
            &format!("refs/remotes/{}/{branch}", remote.name),
        ])
    }
}

/// Git refuses a folder that another user owns as it refuses one without a repository; only its words tell which it is, and the
/// name of the setting stands in them in every language.
fn no_repository(root: &Utf8Path, said: &Finding) -> Finding {
    if said.help.as_deref().is_some_and(|help| help.contains("safe.directory")) {
        let help = format!(
            "if you trust what is in it, run `git config --global --add safe.directory {root}`"
        );
        return trouble("git does not read the repository: its folder belongs to another user (\"dubious ownership\")")
            .help(help);
    }
    trouble("the site is in no git repository, so there is nothing to publish from")
        .help("run `git init`, then `git remote add origin ADDRESS` with the address of an empty repository of yours")
}

/// The program's own repository, held by one run at a time.
#[derive(Debug)]
pub struct Workshop {
    /// The user's repository.
    pub(super) user: Repository,
    /// Git on the program's own.
    pub(super) own: Git,
    folder: Utf8PathBuf,
    /// Held until the end.
    _lock: File,
}

impl Workshop {
    /// Opens it, making it where it is not there or where a run before did not end; waits while another one runs.
    pub fn open(user: Repository, waiting: &dyn Fn()) -> Result<Self, Finding> {
        let folder = user.directory.join("offprint");
        let held = (|| {
            fs::create_dir_all(&folder)?;
            let lock = File::create(folder.join("lock"))?;
            if lock.try_lock().is_err() {
                waiting();
                lock.lock()?;
            }
            Ok(lock)
        })();
        let lock = held.map_err(|error| unusable(&folder, &error))?;
        let own = user.git.on(folder.join("repository"));
        let workshop = Self { user, own, folder, _lock: lock };
        // A run that was killed while it removed its site left a part of it, which no build takes for its own.
        clear(&workshop.site()).map_err(|error| unusable(&workshop.site(), &error))?;
        workshop.prepare()?;
        Ok(workshop)
    }

    /// Where the site is to be built.
    pub fn site(&self) -> Utf8PathBuf {
        self.folder.join("site")
    }

    /// A run that was killed may leave a `git` behind that still writes. So a new repository is made whole under a name of
    /// this run, and only then takes the name that every run knows; the old one is renamed before it is removed.
    fn prepare(&self) -> Result<(), Finding> {
        let (repository, unfinished) = (self.folder.join("repository"), self.unfinished());
        let killed = unfinished.exists();
        File::create(&unfinished).map_err(|error| unusable(&repository, &error))?;
        if !killed && repository.join("HEAD").is_file() {
            return Ok(());
        }
        let (new, old) = (self.own_folder("new"), self.own_folder("old"));
        if repository.exists() {
            fs::rename(&repository, &old).map_err(|error| unusable(&repository, &error))?;
        }
        self.clear_repositories();
        self.make_repository(&new)?;
        fs::rename(&new, &repository).map_err(|error| unusable(&repository, &error))
    }

    /// A folder that only this run uses.
    fn own_folder(&self, name: &str) -> Utf8PathBuf {
        self.folder.join(format!("repository-{name}-{}", std::process::id()))
    }

    /// Removes what killed runs left; what cannot be removed yet is removed by a later run.
    fn clear_repositories(&self) {
        for entry in self.folder.read_dir_utf8().into_iter().flatten().flatten() {
            if entry.file_name().starts_with("repository-") {
                let _ = clear(entry.path());
            }
        }
    }

    /// An empty repository that includes the user's configuration.
    fn make_repository(&self, folder: &Utf8Path) -> Result<(), Finding> {
        let git = self.user.git.on(folder.to_owned());
        let kind = self
            .user
            .git
            .ask(&["rev-parse", "--show-object-format"])
            .unwrap_or_else(|| "sha1".to_owned());
        git.run(&["init", "--quiet", "--bare", "--template=", &format!("--object-format={kind}")])?;
        git.run(&["config", "include.path", self.user.directory.join("config").as_str()])?;
        Ok(())
    }

    /// Whether a commit led to where the user is, before the history of a shallow clone ends. The rest of it is fetched into a
    /// repository that is thrown away, and of that only the commits: the user's own stays as shallow as it was.
    pub(super) fn led_here(&self, commit: &str, remote: &Remote) -> bool {
        let ends = self.user.ends();
        if ends.is_empty() {
            return false;
        }
        let folder = self.folder.join("history");
        let history = self.user.git.on(folder.clone());
        let config = self.user.directory.join("config");
        let made = clear(&folder).is_ok()
            && history.ask(&["init", "--quiet", "--bare", "--template="]).is_some()
            && history.ask(&["config", "include.path", config.as_str()]).is_some();
        let options = [
            "fetch",
            "--quiet",
            "--no-tags",
            "--filter=tree:0",
            "--refmap=",
            "--no-write-fetch-head",
        ];
        let wanted = [&options[..], &[remote.name.as_str()]].concat();
        let wanted: Vec<&str> = wanted.into_iter().chain(ends.iter().map(String::as_str)).collect();
        let found = made
            && history.ask(&wanted).is_some()
            && ends
                .iter()
                .any(|end| history.ask(&["merge-base", "--is-ancestor", commit, end]).is_some());
        let _ = clear(&folder);
        found
    }

    /// There while a run goes on; a run that finds it was preceded by one that was killed.
    fn unfinished(&self) -> Utf8PathBuf {
        self.folder.join("unfinished")
    }

    /// Remembers what is on a branch now; forgetting it costs nothing but a question.
    pub(super) fn remember(&self, branch: &str, commit: &str) {
        let _ = edit::replace(self.seen(branch).as_std_path(), commit.as_bytes());
    }

    /// What this repository published last on a branch.
    pub(super) fn remembered(&self, branch: &str) -> Option<String> {
        #[expect(clippy::disallowed_methods, reason = "this module reads what it wrote")]
        fs::read_to_string(self.seen(branch)).ok()
    }

    /// Beside the own repository, which does not outlive a run that is killed.
    fn seen(&self, branch: &str) -> Utf8PathBuf {
        self.folder.join("seen").join(branch)
    }
}

impl Drop for Workshop {
    /// The built site is in the repository now, or of no use.
    fn drop(&mut self) {
        let _ = clear(&self.site());
        let _ = fs::remove_file(self.unfinished());
    }
}

/// Removes a folder of the program's own inside `.git`.
fn clear(folder: &Utf8Path) -> std::io::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    // Only folders below `.git/offprint` ever get here.
    #[allow(clippy::disallowed_methods)]
    fs::remove_dir_all(folder)
}

fn unusable(path: &Utf8Path, error: &std::io::Error) -> Finding {
    trouble(format!("`{path}` cannot be used: {}", reason(error)))
        .help("check the permissions of the `.git` folder")
}

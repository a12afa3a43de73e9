//! A built site → one commit on a branch of a remote, for whoever has no workflow to do it.
//!
//! All of it happens in a repository of the program's own inside the user's `.git` folder (`workshop`), so that working
//! tree, index, HEAD and branches of the user's are never touched. The branch changes by a single push that names the
//! commit it expects there: it holds the old site or the new one, whole. Knows nothing of digests and pages.

mod fast_import;
mod git;
mod remote;
mod remote_head;
mod repository;

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::WalkDir;

use crate::diagnostic::{Code, Finding};
use crate::output::MARKER;

pub use remote::{Remote, pages_address};
pub use repository::{Repository, Workshop};

use remote_head::Tip;

/// What to publish, and how.
#[derive(Debug, Clone)]
pub struct Request {
    /// The branch.
    pub branch: String,
    /// The first line of the commit's message.
    pub message: String,
    /// Who commits where git does not know.
    pub author: (String, String),
    /// Whether to stop before anything is sent.
    pub dry_run: bool,
    /// Whether what others put on the branch may be replaced.
    pub force: bool,
}

/// What a publication came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The commit now on the branch, short; `None` where nothing had changed, or nothing was to be sent.
    pub commit: Option<String>,
    /// Whether the branch is new.
    pub new_branch: bool,
    /// What is different from the site that was there.
    pub changes: Changes,
}

/// Files that differ between two sites, in order of their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// New files, with their bytes.
    pub added: Vec<(String, u64)>,
    /// Files with other bytes than before.
    pub changed: Vec<(String, u64)>,
    /// Files that are gone.
    pub removed: Vec<String>,
}

impl Changes {
    /// Whether the two sites are the same.
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// How many files differ.
    pub fn count(&self) -> usize {
        self.added.len() + self.changed.len() + self.removed.len()
    }

    /// Bytes of new and changed files.
    pub fn bytes(&self) -> u64 {
        self.added.iter().chain(&self.changed).map(|(_, bytes)| bytes).sum()
    }
}

/// The files of a built site with their sizes, by path below its folder.
pub type Files = BTreeMap<String, u64>;

/// Lists a built site; the program's own mark is no part of it.
pub fn files(folder: &Utf8Path) -> Result<Files, Finding> {
    let mut files = Files::new();
    for entry in WalkDir::new(folder) {
        let listed = entry.and_then(|entry| entry.metadata().map(|meta| (entry, meta)));
        let (entry, meta) =
            listed.map_err(|error| trouble(format!("the built site cannot be read: {error}")))?;
        let below =
            Utf8Path::from_path(entry.path()).and_then(|path| path.strip_prefix(folder).ok());
        if let (true, Some(below)) = (meta.is_file(), below.filter(|below| *below != MARKER)) {
            files.insert(below.as_str().replace('\\', "/"), meta.len());
        }
    }
    Ok(files)
}

/// Puts the site that was built in the workshop on a branch of a remote.
pub fn publish(
    workshop: &Workshop,
    remote: &Remote,
    files: &Files,
    request: &Request,
) -> Result<Published, Finding> {
    let tip = Tip::look(workshop, remote, &request.branch)?;
    if !request.force {
        tip.may_be_replaced(workshop, remote, request)?;
    }
    let commit = fast_import::commit(workshop, files, tip.commit.as_deref(), request)?;
    let changes = fast_import::changes(workshop, files)?;
    let new_branch = tip.commit.is_none();
    if request.dry_run || changes.is_empty() && !new_branch {
        return Ok(Published { commit: None, new_branch, changes });
    }
    send(workshop, remote, request, (&tip, &commit))?;
    workshop.remember(&request.branch, &commit);
    let short = commit.chars().take(SHORT).collect();
    Ok(Published { commit: Some(short), new_branch, changes })
}

/// Digits of a commit's number that are shown.
const SHORT: usize = 9;

/// One push, which the remote takes only where the branch is still what was looked at.
fn send(
    workshop: &Workshop,
    remote: &Remote,
    request: &Request,
    (tip, commit): (&Tip, &str),
) -> Result<(), Finding> {
    let branch = format!("refs/heads/{}", request.branch);
    let expected = tip.commit.as_deref().unwrap_or_default();
    let pushed = workshop.own.talk(&[
        "push",
        "--porcelain",
        "--no-verify",
        "--no-follow-tags",
        "--recurse-submodules=no",
        &format!("--force-with-lease={branch}:{expected}"),
        &remote.name,
        &format!("{commit}:{branch}"),
    ]);
    if pushed.is_ok() {
        return Ok(());
    }
    // A connection may break after the remote has taken the commit: what is there now decides, not what git says.
    match remote_head::commit_at(workshop, remote, &request.branch) {
        Ok(Some(there)) if there == commit => Ok(()),
        Ok(there) if there != tip.commit => {
            Err(trouble(format!("somebody else changed `{}` of {remote} at the same time", request.branch))
                .help("the branch holds their site, whole; get their changes if there are any, and publish again"))
        }
        Ok(_) => Err(trouble(format!("{remote} refused the new site"))
            .help("git says why above; the branch still holds the old site")),
        Err(_) => Err(trouble(format!("{remote} could not be reached"))
            .help("git says why above; the branch holds the old site or the new one, whole: publish again")),
    }
}

/// A finding of this module's.
fn trouble(message: impl Into<String>) -> Finding {
    Finding::new(Code::Publish, message)
}

/// Where a path of git's is, if it can be used at all.
fn path(text: &str) -> Utf8PathBuf {
    Utf8PathBuf::from(text.trim_end_matches(['\n', '\r']))
}

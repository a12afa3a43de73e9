//! The staging folder, and the swap.
//!
//! Beside a target `public` a new site is written into `.public.offprint-new-PID`, and takes the target's place whole. Where nothing
//! can be put beside it, or the target cannot be renamed because something is mounted there, the new site is written into the
//! target itself and moved into its place file by file (`in_place`). One process at a time does so; whatever else of such names is
//! there was left by one that was killed.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::thread::JoinHandle;

use camino::{Utf8Path, Utf8PathBuf};

use super::manifest::{self, Manifest, OF_DISK};
use super::{failed, in_place};
use crate::diagnostic::{Code, Finding};
use crate::system::disk::{self, Lock};

/// A file in every folder the program makes, by which it knows its own.
pub const MARKER: &str = ".offprint";

/// A build's place to write, which becomes the target when it is complete.
#[derive(Debug)]
pub struct Staging {
    target: Utf8PathBuf,
    /// As the user named it.
    shown: Utf8PathBuf,
    new: Utf8PathBuf,
    /// Why the target cannot be replaced as a whole.
    in_place: Option<&'static str>,
    /// Looks for what lies in the target and was not written by the program, while the new site is made: on its own after it
    /// that would take 2 % of a build of 10,000 papers.
    strays: Option<JoinHandle<Vec<String>>>,
    lock: Lock,
}

impl Staging {
    /// Waits until no other build has the target, repairs what a killed one left, and checks that the target may be replaced.
    pub fn prepare(output: &Utf8Path, waiting: &dyn Fn()) -> Result<Self, Finding> {
        let target = resolve(output)?;
        if target.file_name().is_none() {
            return Err(refused(output, "is not the name of a folder"));
        }
        let lock = Lock::of(target.as_std_path(), waiting);
        let (new, shown) = (Utf8PathBuf::new(), output.to_owned());
        let mut staging = Self { new, in_place: None, strays: None, shown, target, lock };
        staging.new = staging.beside("new");
        staging.repair()?;
        staging.check_target()?;
        Ok(staging)
    }

    /// Makes the staging folder, empty but for the marker.
    pub fn open(&mut self) -> Result<(), Finding> {
        let target = self.target.clone();
        self.strays = Some(std::thread::spawn(move || Manifest::of(&target).strays(&target)));
        if let Some(parent) = self.target.parent() {
            fs::create_dir_all(parent).map_err(|error| failed(parent, &error))?;
        }
        if disk::is_mount(self.target.as_std_path()) {
            return self.open_inside("something is mounted there");
        }
        match fs::create_dir(&self.new) {
            Err(error) if is_denied(error.kind()) && self.target.is_dir() => {
                return self.open_inside("nothing can be written beside it");
            }
            made => made.map_err(|error| failed(&self.new, &error))?,
        }
        manifest::begin(&self.new).inspect_err(|_| remove(&self.new))
    }

    fn open_inside(&mut self, why: &'static str) -> Result<(), Finding> {
        self.in_place = Some(why);
        self.new = self.target.join(format!("{}new-{}", disk::UNFINISHED, std::process::id()));
        // A target with the marker is never refused, wherever this is interrupted.
        if !is_ours(&self.target) {
            manifest::begin(&self.target)?;
        }
        fs::create_dir(&self.new).map_err(|error| failed(&self.new, &error))
    }

    /// Where to write.
    pub fn folder(&self) -> &Utf8Path {
        &self.new
    }

    /// Puts the staging folder, which holds these files, in the target's place, and removes what was there. Says what of that
    /// nobody will make again.
    pub fn swap(mut self, files: &BTreeSet<String>) -> Result<Vec<Finding>, Finding> {
        let strays = self.strays.take().and_then(|looking| looking.join().ok()).unwrap_or_default();
        let mut findings: Vec<Finding> = strays
            .iter()
            .filter(|name| !files.contains(*name))
            .map(|name| self.goes(name))
            .collect();
        findings.extend(self.in_place.map(|why| self.said(why)));
        let swapped = match self.in_place {
            Some(_) => in_place::put(&self.new, &self.target, files),
            None => manifest::write(&self.new, files).and_then(|()| self.exchange()),
        };
        // The new site is in place, or the old one stays: either way this is of no more use.
        remove(&self.new);
        swapped.map(|()| findings)
    }

    /// Removes the staging folder: there were errors, and the old site stays.
    pub fn discard(self) {
        remove(&self.new);
    }

    fn goes(&self, name: &str) -> Finding {
        Finding::new(
            Code::StrayFile,
            "was not written by the program, so it goes with the old site",
        )
        .in_path(self.shown.join(name).as_str())
        .help("put files that are to be published into `static/`, and all others elsewhere")
    }

    fn said(&self, why: &str) -> Finding {
        Finding::new(Code::FileByFile, format!("the output folder cannot be replaced as a whole, for {why}"))
            .in_path(self.shown.as_str())
            .help("the new site is moved into it file by file, pages last; a reader may meet both sites for a moment")
    }

    /// A name beside the target for this process alone.
    fn beside(&self, kind: &str) -> Utf8PathBuf {
        self.target.with_file_name(format!("{}-{}", self.begins(kind), std::process::id()))
    }

    /// How such names begin.
    fn begins(&self, kind: &str) -> String {
        format!(".{}{}{kind}", self.target.file_name().unwrap_or_default(), disk::UNFINISHED)
    }

    /// A target that is there must be ours, or empty.
    fn check_target(&self) -> Result<(), Finding> {
        let output = self.shown.as_path();
        match fs::symlink_metadata(&self.target) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(failed(output, &error)),
            Ok(meta) if !meta.is_dir() => Err(refused(output, "is a file, not a folder")),
            Ok(_) if is_ours(&self.target) => Ok(()),
            Ok(_) => {
                let entries =
                    self.target.read_dir_utf8().map_err(|error| failed(output, &error))?;
                if entries.flatten().any(|entry| is_of_others(entry.file_name())) {
                    return Err(refused(output, "has files in it that Offprint did not make"));
                }
                Ok(())
            }
        }
    }

    /// A build killed between two renames left no target: the old site goes back. Then leftovers go.
    fn repair(&self) -> Result<(), Finding> {
        // Without a lock others may be at work, each in a folder of its own name.
        if !self.lock.is_held() {
            return Ok(());
        }
        let (new, old) = (self.begins("new"), self.begins("old"));
        let parent = self.target.parent().unwrap_or(Utf8Path::new("."));
        for folder in folders(parent) {
            let is_old = folder.file_name().is_some_and(|name| name.starts_with(&old));
            if is_old && !self.target.exists() && is_ours(&folder) {
                fs::rename(&folder, &self.target).map_err(|error| failed(&self.target, &error))?;
            } else if is_old || folder.file_name().is_some_and(|name| name.starts_with(&new)) {
                remove(&folder);
            }
        }
        let inside = format!("{}new", disk::UNFINISHED);
        folders(&self.target)
            .filter(|folder| folder.file_name().is_some_and(|name| name.starts_with(&inside)))
            .for_each(|folder| remove(&folder));
        Ok(())
    }

    #[cfg(any(target_os = "linux", target_os = "macos"))]
    fn exchange(&self) -> Result<(), Finding> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        // What was the target is then where the staging folder was, and is removed as such.
        match renameat_with(
            CWD,
            self.new.as_std_path(),
            CWD,
            self.target.as_std_path(),
            RenameFlags::EXCHANGE,
        ) {
            Ok(()) => Ok(()),
            Err(_) => self.rename(),
        }
    }

    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    fn exchange(&self) -> Result<(), Finding> {
        self.rename()
    }

    /// Where two folders cannot be swapped: the old one steps aside. A crash in between is repaired by the next run.
    fn rename(&self) -> Result<(), Finding> {
        let old = self.beside("old");
        if self.target.exists() {
            fs::rename(&self.target, &old).map_err(|error| failed(&self.target, &error))?;
        }
        let moved = fs::rename(&self.new, &self.target).map_err(|error| {
            // Back to the old site, as far as that is possible.
            let _ = fs::rename(&old, &self.target);
            failed(&self.target, &error)
        });
        moved.inspect(|()| remove(&old))
    }
}

fn is_of_others(name: &str) -> bool {
    name != OF_DISK && !name.starts_with(disk::UNFINISHED)
}

/// Folders in a folder; none where it cannot be read.
fn folders(folder: &Utf8Path) -> impl Iterator<Item = Utf8PathBuf> {
    let entries = folder.read_dir_utf8().into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path().to_owned())
}

fn is_denied(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}

/// The folder that a target means: links are followed, or the link itself would be swapped.
fn resolve(output: &Utf8Path) -> Result<Utf8PathBuf, Finding> {
    match output.canonicalize_utf8() {
        Ok(path) => Ok(path),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if fs::symlink_metadata(output).is_ok() {
                return Err(refused(output, "is a link to something that does not exist"));
            }
            let parent = output
                .parent()
                .filter(|parent| !parent.as_str().is_empty())
                .unwrap_or(Utf8Path::new("."));
            let name =
                output.file_name().ok_or_else(|| refused(output, "is not the name of a folder"))?;
            Ok(parent
                .canonicalize_utf8()
                .map_or_else(|_| output.to_owned(), |parent| parent.join(name)))
        }
        Err(error) => Err(failed(output, &error)),
    }
}

fn is_ours(folder: &Utf8Path) -> bool {
    folder.join(MARKER).is_file()
}

/// Removes a folder that is ours by its name. What cannot be removed now is tried again by the next build, and is in
/// nobody's way until then.
pub(super) fn remove(folder: &Utf8Path) {
    // Only folders whose names this module makes ever get here.
    #[allow(clippy::disallowed_methods)]
    let _ = fs::remove_dir_all(folder);
}

fn refused(output: &Utf8Path, why: &str) -> Finding {
    Finding::new(Code::Output, format!("the output folder {why}"))
        .in_path(output.as_str())
        .help("choose another folder with `output` in config.toml or --output, or empty this one yourself")
}

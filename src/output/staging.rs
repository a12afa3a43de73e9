//! The staging folder beside the target, and the swap.
//!
//! Names beside a target `public`: `.public.offprint-new` is being written, `.public.offprint-old` was
//! swapped out. Both are ours by name and by the marker inside, and both are cleaned by the next build.

use std::fs;
use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};

use crate::diagnostic::{Code, Finding, reason};

/// A file in every folder the program makes, by which it knows its own.
pub const MARKER: &str = ".offprint";
const MARKER_TEXT: &str = "This folder was made by Offprint and is replaced as a whole by every build.\n";

/// A build's place to write, which becomes the target when it is complete.
#[derive(Debug)]
pub struct Staging {
    target: Utf8PathBuf,
    new: Utf8PathBuf,
    old: Utf8PathBuf,
}

impl Staging {
    /// Repairs what a killed build left, and checks that the target may be replaced; makes nothing yet.
    pub fn prepare(output: &Utf8Path) -> Result<Self, Finding> {
        let target = resolve(output)?;
        let name = target.file_name().ok_or_else(|| refused(output, "is not the name of a folder"))?;
        let beside = |kind: &str| target.with_file_name(format!(".{name}.offprint-{kind}"));
        let staging = Self { new: beside("new"), old: beside("old"), target };
        staging.repair()?;
        staging.check_target(output)?;
        Ok(staging)
    }

    /// Makes the staging folder, empty but for the marker.
    pub fn open(&self) -> Result<(), Finding> {
        if let Some(parent) = self.target.parent() {
            fs::create_dir_all(parent).map_err(|error| broken(parent, &error))?;
        }
        fs::create_dir(&self.new).map_err(|error| broken(&self.new, &error))?;
        write_marker(&self.new)
    }

    /// Where to write.
    pub fn folder(&self) -> &Utf8Path {
        &self.new
    }

    /// Puts the staging folder in the target's place, and removes what was there.
    pub fn swap(self) -> Result<(), Finding> {
        if self.target.exists() {
            self.exchange()?;
            // The new site is in place; leftovers are cleaned by the next build if this fails.
            let _ = remove(&self.old);
        } else {
            fs::rename(&self.new, &self.target).map_err(|error| broken(&self.target, &error))?;
        }
        Ok(())
    }

    /// Removes the staging folder: there were errors, and the old site stays.
    pub fn discard(self) {
        let _ = remove(&self.new);
    }

    /// A target that is there must be ours, or empty.
    fn check_target(&self, output: &Utf8Path) -> Result<(), Finding> {
        match fs::symlink_metadata(&self.target) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(broken(output, &error)),
            Ok(meta) if !meta.is_dir() => Err(refused(output, "is a file, not a folder")),
            Ok(_) if self.target.join(MARKER).is_file() => Ok(()),
            Ok(_) => match self.target.read_dir_utf8().map(|mut entries| entries.next().is_none()) {
                Ok(true) => Ok(()),
                Ok(false) => Err(refused(output, "has files in it that Offprint did not make")),
                Err(error) => Err(broken(output, &error)),
            },
        }
    }

    /// A build killed between two renames left no target: the old site goes back. Then leftovers go.
    fn repair(&self) -> Result<(), Finding> {
        if !self.target.exists() && is_ours(&self.old) {
            fs::rename(&self.old, &self.target).map_err(|error| broken(&self.target, &error))?;
        }
        for leftover in [&self.new, &self.old] {
            if leftover.exists() {
                remove(leftover).map_err(|error| broken(leftover, &error))?;
            }
        }
        Ok(())
    }

    #[cfg(any(target_os = "linux", target_os = "macos"))]
    fn exchange(&self) -> Result<(), Finding> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        let swapped = renameat_with(CWD, self.new.as_std_path(), CWD, self.target.as_std_path(), RenameFlags::EXCHANGE);
        match swapped {
            // What was the target is now where the staging folder was.
            Ok(()) => fs::rename(&self.new, &self.old).map_err(|error| broken(&self.old, &error)),
            Err(_) => self.rename_twice(),
        }
    }

    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    fn exchange(&self) -> Result<(), Finding> {
        self.rename_twice()
    }

    /// Where two folders cannot be swapped: the old one steps aside. A crash in between is repaired by the next run.
    fn rename_twice(&self) -> Result<(), Finding> {
        fs::rename(&self.target, &self.old).map_err(|error| broken(&self.target, &error))?;
        fs::rename(&self.new, &self.target).map_err(|error| {
            // Back to the old site, as far as that is possible.
            let _ = fs::rename(&self.old, &self.target);
            broken(&self.target, &error)
        })
    }
}

/// The folder that a target means: links are followed, or the link itself would be swapped.
fn resolve(output: &Utf8Path) -> Result<Utf8PathBuf, Finding> {
    match output.canonicalize_utf8() {
        Ok(path) => Ok(path),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if fs::symlink_metadata(output).is_ok() {
                return Err(refused(output, "is a link to something that does not exist"));
            }
            let parent = output.parent().filter(|parent| !parent.as_str().is_empty()).unwrap_or(Utf8Path::new("."));
            let name = output.file_name().ok_or_else(|| refused(output, "is not the name of a folder"))?;
            Ok(parent.canonicalize_utf8().map_or_else(|_| output.to_owned(), |parent| parent.join(name)))
        }
        Err(error) => Err(broken(output, &error)),
    }
}

fn is_ours(folder: &Utf8Path) -> bool {
    folder.join(MARKER).is_file()
}

fn write_marker(folder: &Utf8Path) -> Result<(), Finding> {
    let marker = folder.join(MARKER);
    // Writing output is this module's job.
    #[allow(clippy::disallowed_methods)]
    fs::write(&marker, MARKER_TEXT).map_err(|error| broken(&marker, &error))
}

/// Removes a folder that is ours by its name.
fn remove(folder: &Utf8Path) -> std::io::Result<()> {
    // Only folders beside the target whose names this module makes ever get here.
    #[allow(clippy::disallowed_methods)]
    fs::remove_dir_all(folder)
}

fn refused(output: &Utf8Path, why: &str) -> Finding {
    Finding::new(Code::Output, format!("the output folder {why}"))
        .in_path(output.as_str())
        .help("choose another folder with `output` in config.toml or --output, or empty this one yourself")
}

fn broken(path: &Utf8Path, error: &std::io::Error) -> Finding {
    Finding::new(Code::Output, format!("the output cannot be prepared: {}", reason(error)))
        .in_path(path.as_str())
        .help("check the permissions of the folder that holds the output")
}

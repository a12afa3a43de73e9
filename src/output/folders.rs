//! The folders that hold folders, kept open: a file's path is then followed from the nearest of them and not from the
//! root of the disk, for each of many thousand files. Knows nothing of what is written.

use std::fs::File;
use std::io;

use camino::Utf8Path;
use rustc_hash::FxHashMap;

/// Folders below one, by their path in it; the empty path is the folder itself.
#[derive(Debug)]
pub(super) struct Folders {
    open: FxHashMap<String, Folder>,
}

impl Folders {
    /// Opens a folder.
    pub(super) fn of(folder: &Utf8Path) -> io::Result<Self> {
        Ok(Self { open: FxHashMap::from_iter([(String::new(), Folder::open(folder)?)]) })
    }

    /// Makes a folder and those above it, and keeps them open.
    pub(super) fn make(&mut self, path: &str) -> io::Result<()> {
        if self.open.contains_key(path) {
            return Ok(());
        }
        let (above, name) = split(path);
        self.make(above)?;
        if let Some(above) = self.open.get(above) {
            above.make_folder(name)?;
            let made = above.folder(name)?;
            self.open.insert(path.to_owned(), made);
        }
        Ok(())
    }

    /// Makes a file, and the folder it is in where that is not there.
    pub(super) fn create(&self, path: &str) -> io::Result<File> {
        let (folder, name) = split(path);
        if let Some(folder) = self.open.get(folder) {
            return folder.create(name);
        }
        let (above, own) = split(folder);
        let below = &path[path.len() - name.len() - 1 - own.len()..];
        let above = self.open.get(above).ok_or(io::ErrorKind::NotFound)?;
        // A page usually is the first file of its folder.
        if name == "index.html" {
            above.make_folder(own)?;
        }
        match above.create(below) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                above.make_folder(own)?;
                above.create(below)
            }
            created => created,
        }
    }
}

/// What a path is in, and its name there.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

#[cfg(unix)]
mod system {
    use std::fs::File;
    use std::io;
    use std::os::fd::OwnedFd;

    use camino::Utf8Path;
    use rustix::fs::{CWD, Mode, OFlags, mkdirat, openat};
    use rustix::io::Errno;

    /// An open folder.
    #[derive(Debug)]
    pub(super) struct Folder(OwnedFd);

    const OPEN: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

    impl Folder {
        pub(super) fn open(path: &Utf8Path) -> io::Result<Self> {
            Ok(Self(openat(CWD, path.as_std_path(), OPEN, Mode::empty())?))
        }

        pub(super) fn folder(&self, name: &str) -> io::Result<Self> {
            Ok(Self(openat(&self.0, name, OPEN, Mode::empty())?))
        }

        /// Makes a folder unless it is there.
        pub(super) fn make_folder(&self, name: &str) -> io::Result<()> {
            match mkdirat(&self.0, name, Mode::from_raw_mode(0o777)) {
                Ok(()) | Err(Errno::EXIST) => Ok(()),
                Err(error) => Err(error.into()),
            }
        }

        pub(super) fn create(&self, path: &str) -> io::Result<File> {
            let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::TRUNC | OFlags::CLOEXEC;
            Ok(openat(&self.0, path, flags, Mode::from_raw_mode(0o666))?.into())
        }
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs::{self, File};
    use std::io;

    use camino::{Utf8Path, Utf8PathBuf};

    /// A folder by its path: here it cannot be kept open.
    #[derive(Debug)]
    pub(super) struct Folder(Utf8PathBuf);

    impl Folder {
        pub(super) fn open(path: &Utf8Path) -> io::Result<Self> {
            Ok(Self(path.to_owned()))
        }

        pub(super) fn folder(&self, name: &str) -> io::Result<Self> {
            Ok(Self(self.0.join(name)))
        }

        /// Makes a folder unless it is there.
        pub(super) fn make_folder(&self, name: &str) -> io::Result<()> {
            match fs::create_dir(self.0.join(name)) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
                made => made,
            }
        }

        pub(super) fn create(&self, path: &str) -> io::Result<File> {
            File::create(self.0.join(path))
        }
    }
}

use system::Folder;

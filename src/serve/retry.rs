//! A second look at files that were just being emptied, or moved away, when they were read.
//!
//! Gathering waits for such files, but a file can be emptied between that look and the reading. Knows no watcher and no
//! disk: whoever reads is handed in.

use std::collections::BTreeSet;
use std::time::Duration;

use camino::Utf8PathBuf;

use crate::site::library::FileChange;
use crate::workspace::Changes;

/// How often a lost file is looked for, and how long after each other: a second in all.
const LOOKS: u32 = 20;
const PAUSE: Duration = Duration::from_millis(50);

/// Reads files again that were just being emptied, or moved away, when they were read: their pages would be gone until
/// whoever writes them goes on.
pub(super) fn find_again(
    files: &mut Vec<FileChange>,
    sleep: &dyn Fn(Duration),
    read: &mut dyn FnMut(&Changes) -> Vec<FileChange>,
) {
    for _ in 0..LOOKS {
        let lost: BTreeSet<Utf8PathBuf> =
            files.iter().filter(|file| file.lost).map(|file| file.path.clone()).collect();
        if lost.is_empty() {
            return;
        }
        sleep(PAUSE);
        for found in read(&Changes { listing: false, files: lost }) {
            match files.iter_mut().find(|file| file.path == found.path) {
                Some(file) => {
                    // What has been lost before is compared with nothing, so it does not say that it still is.
                    let lost = found.after.is_empty() && found.page.is_none();
                    *file = FileChange { before: std::mem::take(&mut file.before), lost, ..found };
                }
                None => files.push(found),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::SourceText;
    use crate::model::Page;
    use crate::site::KeptPage;

    const FILE: &str = "content/about.md";

    /// A file that was read: `says` whether it says something now, `lost` whether it did before, and is empty.
    fn file(says: bool, lost: bool) -> FileChange {
        let (path, shown) = (FILE.into(), FILE.to_owned());
        FileChange {
            path,
            shown,
            before: Vec::new(),
            after: Vec::new(),
            page: says.then(|| {
                let source = Arc::new(SourceText { path: FILE.into(), text: String::new() });
                Arc::new(KeptPage {
                    source,
                    folder: String::new(),
                    address: String::new(),
                    origin: 0,
                    page: Page::default(),
                    tags: Vec::new(),
                })
            }),
            lost,
        }
    }

    #[test]
    fn a_lost_file_is_looked_for_until_it_says_something() {
        let (mut files, mut looks) = (vec![file(false, true)], 0);
        let slept = std::cell::Cell::new(Duration::ZERO);
        find_again(&mut files, &|pause| slept.set(slept.get() + pause), &mut |changes| {
            assert!(changes.files.contains(&Utf8PathBuf::from(FILE)));
            looks += 1;
            match looks {
                // One that stays away is read anew, and no longer knows that it said something.
                1 => vec![file(false, false)],
                2 => Vec::new(),
                _ => vec![file(true, false)],
            }
        });
        assert_eq!((looks, files.len(), files[0].lost), (3, 1, false));
        assert_eq!(slept.get(), PAUSE * 3);
    }
}

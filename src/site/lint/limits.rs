//! What GitHub Pages takes: the size of a site and of its files, and the time of a deployment. Pure.

use std::time::Duration;

use crate::diagnostic::{Code, Finding};

/// Largest site that GitHub Pages publishes.
const SITE: u64 = 1_000_000_000;

/// Largest file that a git repository on GitHub takes.
const FILE: u64 = 100 << 20;

/// What a deployment may take; making the site is a part of it.
const TIME: Duration = Duration::from_mins(10);

/// How large a finished site is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Size {
    /// How many files it has.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Files that are larger than git takes: name and bytes.
    pub large: Vec<(String, u64)>,
}

impl Size {
    /// Counts one file.
    pub fn add(&mut self, name: &str, bytes: u64) {
        self.files += 1;
        self.bytes += bytes;
        if bytes > FILE {
            self.large.push((name.to_owned(), bytes));
        }
    }
}

/// What of a site that took so long to make is beyond the limits.
pub fn beyond(size: &Size, took: Duration) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for (name, bytes) in &size.large {
        let message = format!(
            "the file is {} MB, and git on GitHub takes at most 100 MiB",
            megabytes(*bytes)
        );
        let help = "make it smaller, or publish it elsewhere and link to it";
        findings.push(too_large(message, help).in_path(name.clone()));
    }
    if size.bytes > SITE {
        let message = format!(
            "the site is {} MB, and GitHub Pages takes at most 1 GB",
            megabytes(size.bytes)
        );
        findings.push(too_large(message, "leave out large files, or publish on another host"));
    }
    if took > TIME {
        let minutes = took.as_secs() / 60;
        let message = format!(
            "making the site took {minutes} minutes, and GitHub Pages gives a deployment ten"
        );
        findings.push(too_large(
            message,
            "switch off `outputs` that you do not need, or publish on another host",
        ));
    }
    findings
}

fn megabytes(bytes: u64) -> u64 {
    bytes / 1_000_000
}

fn too_large(message: String, help: &str) -> Finding {
    Finding::new(Code::TooLarge, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_beyond_a_limit_is_said() {
        let mut size = Size::default();
        size.add("index.html", FILE);
        assert_eq!(beyond(&size, TIME), []);
        size.add("film.mp4", SITE);
        let said: Vec<String> =
            beyond(&size, TIME * 2).into_iter().map(|finding| finding.message).collect();
        assert_eq!(
            said,
            [
                "the file is 1000 MB, and git on GitHub takes at most 100 MiB",
                "the site is 1104 MB, and GitHub Pages takes at most 1 GB",
                "making the site took 20 minutes, and GitHub Pages gives a deployment ten",
            ]
        );
    }
}

//! Hosts: the files by which each builds and publishes a site. One table; everything that names hosts is made from it.

use jiff::civil::Date;

use super::Document;
use super::fill::fill;
use super::toml_text::quoted;
use super::workflow;
use crate::model::route::slug;

const NETLIFY: &str = include_str!("files/netlify.toml");
const CLOUDFLARE: &str = include_str!("files/wrangler.toml");
const GITLAB: &str = include_str!("files/gitlab-ci.yml");
const CODEBERG: &str = include_str!("files/woodpecker.yaml");
const PROGRAM: &str = include_str!("files/offprint.sh");

/// The file that fetches the program, for hosts that have no other way.
const FETCHED_BY: &str = "offprint.sh";

/// Who shows a site to its readers.
#[derive(Debug, PartialEq, Eq)]
pub struct Host {
    /// As people write it on the command line.
    pub name: &'static str,
    /// As people say it.
    pub called: &'static str,
    /// The file that the host looks for at the top of a repository.
    pub file: &'static str,
    /// What that says; nothing where it is the workflow of GitHub.
    template: Option<&'static str>,
    /// Whether it reads `_headers`.
    pub reads_headers: bool,
}

/// Every host, the usual one first.
pub const HOSTS: &[Host] = &[
    Host {
        name: "github",
        called: "GitHub",
        file: ".github/workflows/pages.yml",
        template: None,
        reads_headers: false,
    },
    Host {
        name: "gitlab",
        called: "GitLab",
        file: ".gitlab-ci.yml",
        template: Some(GITLAB),
        reads_headers: false,
    },
    Host {
        name: "codeberg",
        called: "Codeberg",
        file: ".woodpecker.yaml",
        template: Some(CODEBERG),
        reads_headers: false,
    },
    Host {
        name: "netlify",
        called: "Netlify",
        file: "netlify.toml",
        template: Some(NETLIFY),
        reads_headers: true,
    },
    Host {
        name: "cloudflare",
        called: "Cloudflare",
        file: "wrangler.toml",
        template: Some(CLOUDFLARE),
        reads_headers: true,
    },
];

/// What differs from site to site.
pub(super) struct Particulars<'a> {
    pub(super) title: &'a str,
    /// The branch whose pushes are published.
    pub(super) branch: &'a str,
    /// The site's time zone, by name.
    pub(super) timezone: &'a str,
    /// The site's folder below the top of the repository; `.` for the top itself.
    pub(super) folder: &'a str,
}

impl Host {
    /// The host that is called so on the command line.
    pub fn named(name: &str) -> Option<&'static Self> {
        HOSTS.iter().find(|host| host.name == name)
    }

    /// The files by which it builds and publishes a site.
    pub(super) fn files(&self, particulars: &Particulars<'_>, today: Date) -> Vec<Document> {
        let Particulars { title, branch, timezone, folder } = particulars;
        let Some(template) = self.template else {
            let particulars = workflow::Particulars { branch, timezone, folder };
            return vec![document(self.file, workflow::text(&particulars, today))];
        };
        let (cron, hour) = workflow::schedule(timezone, today);
        // What is in quotes there is read alike by TOML and YAML.
        let values = [
            ("name", quoted(&ascii_name(title))),
            ("branch", workflow::json(branch)),
            ("folder", workflow::json(folder)),
            ("cron", cron),
            ("hour", hour),
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
            ("repository", env!("CARGO_PKG_REPOSITORY").to_owned()),
        ];
        vec![
            document(self.file, fill(template, &values)),
            document(FETCHED_BY, fill(PROGRAM, &values)),
        ]
    }
}

fn document(path: &str, text: String) -> Document {
    Document { path: path.to_owned(), text }
}

/// A name of small letters, digits and hyphens.
fn ascii_name(title: &str) -> String {
    let name: String = slug(title)
        .chars()
        .filter(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-')
        .take(50)
        .collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "notes".to_owned() } else { name.to_owned() }
}

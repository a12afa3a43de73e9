//! What the files of a new site say. Touches no disk.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::example;
use super::fill::fill;
use super::hosts::{Host, Particulars};
use super::toml_text::{list, quoted};
use crate::model::Lang;
use crate::model::route::BaseUrl;

const CONFIG: &str = include_str!("files/config.toml");
const SOURCES: &str = include_str!("files/sources.toml");
const GITIGNORE: &str = include_str!("files/gitignore");

/// What a host that reads `_headers` is told.
const HEADERS: &str = "
# The host reads `_headers`: a strict policy for browsers, and long memory for what never changes.
outputs.headers = true
";

/// Where the site's settings are; the last file to be written, since a folder that has it is a site.
const LAST: &str = "config.toml";

/// A file to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Below the site's folder, with `/`.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// All that is known of a site before it exists.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// The site's name.
    pub title: String,
    /// Who writes it.
    pub author: Option<Author>,
    /// Where it will be, once that is known.
    pub base_url: Option<BaseUrl>,
    /// At least one.
    pub languages: Vec<Lang>,
    /// A name of the IANA database.
    pub timezone: String,
    /// A vault that is read in place.
    pub notes: Option<Notes>,
    /// Whether there are example digests and a page.
    pub examples: bool,
    /// The branch whose pushes are published.
    pub branch: String,
    /// Who shows it.
    pub host: &'static Host,
    /// The site's folder below the top of its repository; `None` where its host cannot build it.
    pub workflow: Option<String>,
}

/// Who writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The full name.
    pub name: String,
    /// The mail address, if it is one to be shown.
    pub email: Option<String>,
}

/// A folder of notes, as `[[sources]]` says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notes {
    /// As seen from the site's folder.
    pub path: String,
    /// What was found in it, in a line.
    pub found: String,
    /// The format of its texts.
    pub format: &'static str,
    /// Globs of what is read; empty for everything.
    pub include: Vec<String>,
    /// Globs of what is not.
    pub exclude: Vec<String>,
    /// What dates are taken from; empty for the usual order.
    pub date_from: Vec<String>,
    /// Patterns of the addresses that its texts had elsewhere.
    pub permalinks: Vec<String>,
    /// Whether `author` in it is who writes the notes.
    pub is_written_by_one: bool,
    /// Other folders with texts that the notes show, and how many these are.
    pub embedded: Vec<(String, usize)>,
}

/// Every file of a new site, in the order to write them.
pub fn documents(beginning: &Beginning, today: Date) -> Vec<Document> {
    let mut documents =
        if beginning.examples { example::documents(beginning, today) } else { Vec::new() };
    documents.push(Document { path: ".gitignore".to_owned(), text: GITIGNORE.to_owned() });
    if let Some(folder) = &beginning.workflow {
        let (branch, timezone) = (beginning.branch.as_str(), beginning.timezone.as_str());
        let particulars = Particulars { title: &beginning.title, branch, timezone, folder };
        documents.extend(beginning.host.files(&particulars, today));
    }
    documents.push(Document { path: LAST.to_owned(), text: config(beginning) });
    documents
}

fn config(beginning: &Beginning) -> String {
    let author = match &beginning.author {
        Some(Author { name, email: Some(email) }) => {
            format!("author.name = {}\nauthor.email = {}", quoted(name), quoted(email))
        }
        Some(Author { name, email: None }) => format!("author.name = {}", quoted(name)),
        None => "# author.name = \"Your name\"".to_owned(),
    };
    let base_url = match &beginning.base_url {
        Some(url) => format!("base_url = {}", quoted(&url.absolute(""))),
        None => "# base_url = \"https://example.github.io/notes/\"".to_owned(),
    };
    let languages: Vec<&str> = beginning.languages.iter().map(Lang::as_str).collect();
    let values = [
        ("title", quoted(&beginning.title)),
        ("base_url", base_url),
        ("languages", list(&languages)),
        ("timezone", quoted(&beginning.timezone)),
        ("author", author),
    ];
    let headers = if beginning.host.reads_headers { HEADERS } else { "" };
    fill(CONFIG, &values) + headers + &beginning.notes.as_ref().map(sources).unwrap_or_default()
}

fn sources(notes: &Notes) -> String {
    let lists = [
        ("include", &notes.include, "Texts of other kinds are not read.", ""),
        (
            "exclude",
            &notes.exclude,
            "What is no note: the site's own files, templates, texts that name no paper.",
            "",
        ),
        (
            "date_from",
            &notes.date_from,
            "Where dates come from, the first that says one; else from the notes, their names, their folders.",
            "[\"file\", \"folder\"]",
        ),
        (
            "permalinks",
            &notes.permalinks,
            "Addresses that the notes had elsewhere, which then lead to the new ones.",
            "[\"jekyll\"]",
        ),
    ];
    let mut globs = String::new();
    for (key, values, why, example) in lists {
        if !values.is_empty() {
            let _ = writeln!(globs, "# {why}\n{key} = {}", list(values));
        } else if !example.is_empty() {
            let _ = writeln!(globs, "# {why}\n# {key} = {example}");
        }
    }
    let fields = if notes.is_written_by_one {
        "# `author` names who writes the notes, and not the author of each paper.\nfields = { \"author\" = \"by\" }"
    } else {
        "# fields = { \"분야\" = \"tags\" }"
    };
    let embedded = notes.embedded.iter().map(|(path, count)| {
        let shown = if *count == 1 { "A text is".to_owned() } else { format!("{count} texts are") };
        format!(
            "\n# {shown} shown in the notes by `![[…]]`. To publish them as well, as pages and within the notes:\n\
             # [[sources]]\n# path = {}\n# format = \"markdown\"\n",
            quoted(path)
        )
    });
    let embedded: String = embedded.collect();
    fill(
        SOURCES,
        &[
            ("fields", fields.to_owned()),
            ("embedded", embedded),
            ("found", notes.found.clone()),
            ("path", quoted(&notes.path)),
            ("format", quoted(notes.format)),
            ("globs", globs),
        ],
    )
}

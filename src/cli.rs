//! What was typed, and nothing of what it means: no file is looked at here.

mod environment;
mod folders;
mod mail;
mod start;
mod values;

use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub use environment::Environment;
pub use folders::caches;
pub use mail::Mail;
pub use start::{Completions, Day, Init, Man, New, Schema, SchemaOf};

use crate::diagnostic::Code;
use crate::model::Tag;
use crate::model::route::BaseUrl;
use crate::system::store::Place;
use values::{Codes, base_url, count, kinds, permalink, tag};

/// Makes a web site of dated digests of research papers.
#[derive(Debug, Parser)]
#[command(
    name = "offprint",
    version,
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
#[command(
    after_help = "A first site:\n  offprint init notes\n  cd notes\n  offprint serve --open\n\nEvery command explains itself, with examples: offprint help COMMAND"
)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// The heading of options that every command has, so that help lists a command's own apart from them.
const EVERYWHERE: &str = "Options of every command";

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The folder with config.toml [default: this one or the nearest above that has one]
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "DIR")]
    pub root: Option<Utf8PathBuf>,
    /// Print nothing but errors
    #[arg(long, short, global = true, help_heading = EVERYWHERE)]
    pub quiet: bool,
    /// When to use colours
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "WHEN", default_value = "auto")]
    pub color: When,
    /// How to print findings and results: for people, as JSON, as annotations of a workflow on GitHub, as SARIF
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How findings and results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// One object a line: the findings, then what came of the command.
    Json,
    /// Commands of a workflow, which GitHub shows beside the lines of a change.
    Github,
    /// One log of SARIF 2.1.0.
    Sarif,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a site
    Init(Init),
    /// Start the digest of a day
    New(New),
    /// Make the site
    Build(Build),
    /// Show the site in a browser while it is being written
    Serve(Serve),
    /// Find what is wrong or odd
    Check(Check),
    /// Add papers to a digest by their arXiv ids
    Add(Add),
    /// Turn other formats into digests
    Import(Import),
    /// Build, and put the site on a branch of a remote, or into an object store
    Publish(Publish),
    /// Write a date, a week or a month as a mail, and send it
    Mail(Mail),
    /// List themes, start one, copy a file of one to change, look for mistakes in one
    #[command(subcommand)]
    Theme(Theme),
    /// Say what of a newer version concerns this site
    UpgradeCheck(UpgradeCheck),
    /// Say what the program, the machine and the settings are, and what is wrong with them
    Doctor(Doctor),
    /// Print what config.toml, front matter or papers.json may hold, as JSON Schema
    Schema(Schema),
    /// Print a completion script for a shell
    Completions(Completions),
    /// Print the manual page, or write those of all commands
    Man(Man),
}

impl Command {
    /// The word that was typed.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Init(_) => "init",
            Self::New(_) => "new",
            Self::Build(_) => "build",
            Self::Serve(_) => "serve",
            Self::Check(_) => "check",
            Self::Add(_) => "add",
            Self::Import(_) => "import",
            Self::Publish(_) => "publish",
            Self::Mail(_) => "mail",
            Self::Theme(_) => "theme",
            Self::UpgradeCheck(_) => "upgrade-check",
            Self::Doctor(_) => "doctor",
            Self::Schema(_) => "schema",
            Self::Completions(_) => "completions",
            Self::Man(_) => "man",
        }
    }
}

/// What is shown, beyond config.toml.
#[derive(Debug, Clone, Args)]
pub struct Shown {
    /// Show drafts
    #[arg(long)]
    pub drafts: bool,
    /// Show digests of the future
    #[arg(long)]
    pub future: bool,
    /// Take this as today, as 2025-03-12
    #[arg(long, value_name = "DATE")]
    pub today: Option<Date>,
    /// Fail on warnings too
    #[arg(long)]
    pub strict: bool,
}

/// `build`
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  offprint build\n  offprint build --base-url https://me.github.io/notes/ --output public\n  offprint build --drafts --future --today 2025-03-12"
)]
pub struct Build {
    /// What is shown.
    #[command(flatten)]
    pub shown: Shown,
    /// Where the site will be, instead of `base_url` in config.toml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<BaseUrl>,
    /// Where to write, instead of `output` in config.toml
    #[arg(long, value_name = "DIR")]
    pub output: Option<Utf8PathBuf>,
    /// Print how long each stage and each template took
    #[arg(long)]
    pub timings: bool,
}

/// `serve`
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  offprint serve --open\n  offprint serve --drafts --future\n  offprint serve --host 0.0.0.0 --port 8080\n  offprint serve --poll=1000"
)]
pub struct Serve {
    /// The address to listen on; 0.0.0.0 lets other machines in
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: String,
    /// The port; where it is taken, the next free one
    #[arg(long, value_name = "PORT", default_value = "4040")]
    pub port: u16,
    /// Open the site in a browser
    #[arg(long)]
    pub open: bool,
    /// Show drafts
    #[arg(long)]
    pub drafts: bool,
    /// Show digests of the future
    #[arg(long)]
    pub future: bool,
    /// Look for changes this often instead of waiting for the system to tell: for network drives and containers
    #[arg(long, value_name = "MS", num_args = 0..=1, require_equals = true, default_missing_value = "500", value_parser = clap::value_parser!(u64).range(10..))]
    pub poll: Option<u64>,
}

/// `doctor`
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  offprint doctor\n  offprint doctor --all\n  offprint doctor --format json"
)]
pub struct Doctor {
    /// List the keys of config.toml that stand as by default, too
    #[arg(long)]
    pub all: bool,
}

/// `check`
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  offprint check\n  offprint check --code dead-wikilink\n  offprint check --external\n  offprint check --fix\n  offprint check --format json --strict\n  offprint check --format sarif > offprint.sarif"
)]
pub struct Check {
    /// What is shown.
    #[command(flatten)]
    pub shown: Shown,
    /// Show only findings of this code, and all of them
    #[arg(long, value_name = "CODE", value_parser = Codes, hide_possible_values = true)]
    pub code: Option<Code>,
    /// Ask whether links to other sites still work; arXiv is never asked
    #[arg(long)]
    pub external: bool,
    /// Put right what is safe, after showing it and asking
    #[arg(long)]
    pub fix: bool,
    /// Do not ask before putting things right
    #[arg(long, short, requires = "fix")]
    pub yes: bool,
}

/// `add`
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  offprint add 2503.07565\n  offprint add https://arxiv.org/abs/2503.07565 2502.12345 --tags diffusion,one-step\n  offprint add 2503.07565 --date 2025-03-12 --dry-run\n  offprint add 10.1038/s41586-021-03819-2 2023.acl-long.1\n  offprint add --from reading.txt\n  offprint add --to 2503.07565"
)]
pub struct Add {
    /// Ids of arXiv, DOIs, ids of the ACL Anthology, and addresses that name one, of OpenReview and bioRxiv as well
    #[arg(required_unless_present_any = ["from", "to"], value_name = "ID-or-URL")]
    pub papers: Vec<String>,
    /// A file of ids and addresses, a line each, or a bibliography: .bib, .ris, CSL-JSON
    #[arg(long, value_name = "FILE")]
    pub from: Option<Utf8PathBuf>,
    /// An entry of the site, by id, key or title, that gets what it lacks; nothing else of it changes
    #[arg(long, value_name = "ENTRY", conflicts_with_all = ["date", "title", "again"])]
    pub to: Option<String>,
    /// The day of the digest, as 2025-03-12 [default: today in the site's time zone]
    #[arg(long, value_name = "DATE")]
    pub date: Option<Date>,
    /// Tags for the new entries, parted by commas; none are made up
    #[arg(long, value_name = "TAGS", value_delimiter = ',', value_parser = tag)]
    pub tags: Vec<Tag>,
    /// The title of something that nobody can be asked for: adds an entry with title and link
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
    /// Add papers that the site has already, too
    #[arg(long)]
    pub again: bool,
    /// Ask again for what was asked within the last week
    #[arg(long)]
    pub refresh: bool,
    /// Write nothing, print what would be written
    #[arg(long, short = 'n')]
    pub dry_run: bool,
}

/// `import`
#[derive(Debug, Clone, Args)]
#[command(after_help = values::import_help())]
pub struct Import {
    /// The format, or `auto` to tell it from each file
    #[arg(value_parser = kinds(), hide_possible_values = true, required_unless_present = "fields")]
    pub kind: Option<String>,
    /// Files and folders
    #[arg(required_unless_present = "fields", value_name = "PATH")]
    pub paths: Vec<Utf8PathBuf>,
    /// Print the names of fields that are understood in any format, and stop
    #[arg(long, exclusive = true)]
    pub fields: bool,
    /// The date of what has none, as 2025-03-12
    #[arg(long, value_name = "DATE")]
    pub date: Option<Date>,
    /// What dates are taken from, best first: saved, published, file, folder, heading, or the name of a field or column
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub date_from: Vec<String>,
    /// The addresses that texts had elsewhere, to lead here: jekyll, pretty, hugo, zola, or a pattern as /blog/:title/
    #[arg(long, value_name = "PATTERN", value_delimiter = ',', value_parser = permalink)]
    pub permalinks: Vec<String>,
    /// The year of dates without one
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i16>,
    /// Where to write [default: content]
    #[arg(long, value_name = "DIR")]
    pub to: Option<Utf8PathBuf>,
    /// Write nothing, only say what would be written
    #[arg(long, short = 'n')]
    pub dry_run: bool,
    /// Write over files that differ
    #[arg(long)]
    pub force: bool,
}

/// `publish`
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  offprint publish --dry-run\n  offprint publish\n  offprint publish --remote backup --branch pages --message \"New notes\"\n  offprint publish --to s3://notes --endpoint https://ACCOUNT.r2.cloudflarestorage.com\n\nYour files, your index and your branches are not touched. Docs: docs/publishing.md"
)]
pub struct Publish {
    /// The remote, by name or address
    #[arg(long, value_name = "REMOTE", default_value = "origin")]
    pub remote: String,
    /// The branch of the remote that holds the site and nothing else
    #[arg(long, value_name = "BRANCH", default_value = "gh-pages")]
    pub branch: String,
    /// An object store that speaks S3, in place of a branch; who asks is said by `AWS_ACCESS_KEY_ID` and its like
    #[arg(long, value_name = "s3://BUCKET[/FOLDER]", value_parser = Place::parse, conflicts_with_all = ["remote", "branch", "message"])]
    pub to: Option<Place>,
    /// Where the store is, if it is not Amazon's
    #[arg(long, value_name = "URL", requires = "to")]
    pub endpoint: Option<String>,
    /// With --to: files sent at once
    #[arg(long, value_name = "N", default_value = "8", requires = "to", value_parser = count(1..=64))]
    pub parallel: usize,
    /// With --to: how often a request is repeated that failed
    #[arg(long, value_name = "N", default_value = "5", requires = "to", value_parser = count(0..=20))]
    pub retries: usize,
    /// Where the site will be, instead of `base_url` in config.toml or what the remote tells
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<BaseUrl>,
    /// The message of the commit [default: how much the site holds]
    #[arg(long, short, value_name = "TEXT")]
    pub message: Option<String>,
    /// Send nothing, only list what would change
    #[arg(long, short = 'n')]
    pub dry_run: bool,
    /// Put the site on top of what others put on the branch; their commits stay in its history
    #[arg(long)]
    pub force: bool,
}

/// `upgrade-check`
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  offprint upgrade-check\n  offprint upgrade-check --since 0.1.0"
)]
pub struct UpgradeCheck {
    /// The version that the site was made with
    #[arg(long, value_name = "VERSION", default_value = "0.1.0")]
    pub since: String,
}

/// `theme`
#[derive(Debug, Clone, Subcommand)]
pub enum Theme {
    /// Name the themes there are, and the one in use
    #[command(after_help = "Examples:\n  offprint theme list\n  offprint theme list --files")]
    List {
        /// Name every file of the theme in use, and the layers that have it
        #[arg(long)]
        files: bool,
    },
    /// Start a theme of your own under themes/
    #[command(
        after_help = "Examples:\n  offprint theme new mine\n  offprint theme new dense --extends ledger"
    )]
    New {
        /// Its name
        name: String,
        /// The theme that it changes
        #[arg(long, value_name = "THEME", default_value = "offprint")]
        extends: String,
    },
    /// Copy files of the theme in use to where you can change them
    #[command(
        after_help = "Examples:\n  offprint theme eject templates/partials/footer.html\n  offprint theme eject footer.html style.css\n  offprint theme eject paper.html --to mine"
    )]
    Eject {
        /// The files, as `theme list --files` names them, or the ends of their names
        #[arg(required = true, value_name = "FILE")]
        files: Vec<String>,
        /// The theme under themes/ to copy to [default: templates/, static/ and strings/ beside config.toml]
        #[arg(long, value_name = "THEME")]
        to: Option<String>,
    },
    /// Show what a theme changed in files since they were copied from it
    #[command(
        after_help = "Examples:\n  offprint theme diff\n  offprint theme diff footer.html\n  offprint theme diff footer.html --seen"
    )]
    Diff {
        /// The copies, or the ends of their names [default: all]
        #[arg(value_name = "FILE")]
        files: Vec<String>,
        /// From now on take them as made from what the theme has now
        #[arg(long)]
        seen: bool,
    },
    /// Look for mistakes: compile everything, follow every branch, render a sample and this site
    #[command(
        after_help = "Examples:\n  offprint theme check\n  offprint theme check ledger --strict"
    )]
    Check {
        /// The theme [default: the one in use]
        name: Option<String>,
        /// Fail on warnings too
        #[arg(long)]
        strict: bool,
    },
}

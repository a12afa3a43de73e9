//! What was typed to start something: a site, a digest, a shell that knows the program.

use camino::Utf8PathBuf;
use clap::{Args, ValueEnum};

use super::values::permalink;
use crate::authoring::scaffold::HOSTS;
use crate::model::Lang;
use crate::model::route::BaseUrl;

/// `init`
#[derive(Debug, Clone, Default, Args)]
#[command(
    after_help = "Asks only for what it cannot guess, and only on a terminal. Nothing is ever overwritten.\n\nExamples:\n  offprint init notes\n  offprint init notes --title \"Notes on papers\" --languages ko,en\n  offprint init notes --from ../vault\n  offprint init weekly --from README.md --yes\n  offprint init papers --from dec-10.txt --year 2025\n  offprint init notes --host gitlab"
)]
pub struct Init {
    /// The folder of the new site [default: this one]
    #[arg(value_name = "DIR")]
    pub dir: Option<Utf8PathBuf>,
    /// Start from an Obsidian vault (read in place), or from lists and saved pages (imported)
    #[arg(long, value_name = "PATH")]
    pub from: Option<Utf8PathBuf>,
    /// With --from: the date of what has none, as 2025-03-12
    #[arg(long, value_name = "DATE", requires = "from")]
    pub date: Option<jiff::civil::Date>,
    /// With --from: what dates are taken from, best first: saved, published, file, folder, heading, or a field or column
    #[arg(long, value_name = "WHAT", value_delimiter = ',', requires = "from")]
    pub date_from: Vec<String>,
    /// With --from: the addresses that texts had elsewhere, to lead here: jekyll, pretty, hugo, zola, or a pattern as /blog/:title/
    #[arg(long, value_name = "PATTERN", value_delimiter = ',', requires = "from", value_parser = permalink)]
    pub permalinks: Vec<String>,
    /// With --from: the year of dates without one
    #[arg(long, value_name = "YEAR", requires = "from")]
    pub year: Option<i16>,
    /// Who will show the site: files by which the host builds and publishes it are written
    #[arg(long, value_name = "HOST", default_value = "github", value_parser = host_names())]
    pub host: String,
    /// Take every guess, ask nothing
    #[arg(long, short)]
    pub yes: bool,
    /// The name of the site
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Who writes it
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// Where the site will be
    #[arg(long, value_name = "URL", value_parser = super::base_url)]
    pub base_url: Option<BaseUrl>,
    /// The languages you write in, the first one first
    #[arg(long, value_name = "LANG,…", value_delimiter = ',', value_parser = language)]
    pub languages: Vec<Lang>,
    /// The time zone that decides when a day begins, such as Asia/Seoul
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    pub timezone: Option<String>,
}

/// `new`
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "What day it is, is decided by `timezone` in config.toml. A day that has a digest keeps it: new says where it is.\n\nExamples:\n  offprint new\n  offprint new tomorrow --edit\n  offprint new 2025-03-12 --title \"Few-step models\"\n  offprint new --post \"What I learned at ICLR\""
)]
pub struct New {
    /// The day: today, yesterday, tomorrow or a date as 2025-03-12
    #[arg(value_name = "DATE", default_value = "today", value_parser = day)]
    pub date: Day,
    /// The digest's title
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// A post with this title, beside the digest of the day
    #[arg(long, value_name = "TITLE", conflicts_with = "title", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub post: Option<String>,
    /// Open it in $VISUAL or $EDITOR
    #[arg(long, short)]
    pub edit: bool,
    /// Take this as today, as 2025-03-12
    #[arg(long, value_name = "DATE")]
    pub today: Option<jiff::civil::Date>,
}

/// A day as people say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// So many days after today.
    FromToday(i32),
    /// That date.
    On(jiff::civil::Date),
}

/// `schema`
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Editors complete and check config.toml where its first line is\n  #:schema ./.config.schema.json\n\nExamples:\n  offprint schema config > .config.schema.json\n  offprint schema front-matter\n  offprint schema papers"
)]
pub struct Schema {
    /// Of what
    #[arg(value_name = "WHAT")]
    pub of: SchemaOf,
}

/// What a schema is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// config.toml, with the options of the site's theme.
    Config,
    /// Front matter of digests, posts, pages and notes.
    FrontMatter,
    /// papers.json and its like.
    Papers,
}

/// `completions`
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  offprint completions bash > ~/.local/share/bash-completion/completions/offprint\n  offprint completions zsh > ~/.zfunc/_offprint\n  offprint completions fish > ~/.config/fish/completions/offprint.fish\n  offprint completions powershell >> $PROFILE"
)]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// `man`
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  offprint man | man -l -\n  offprint man ~/.local/share/man/man1"
)]
pub struct Man {
    /// Write the pages of the program and of every command to this folder
    #[arg(value_name = "DIR")]
    pub dir: Option<Utf8PathBuf>,
}

fn host_names() -> clap::builder::PossibleValuesParser {
    HOSTS.iter().map(|host| host.name).collect::<Vec<_>>().into()
}

fn language(text: &str) -> Result<Lang, String> {
    Lang::parse(text.trim()).ok_or_else(|| "not a language tag such as `en`".to_owned())
}

fn zone(text: &str) -> Result<String, String> {
    let known = jiff::tz::TimeZone::get(text).is_ok();
    known
        .then(|| text.to_owned())
        .ok_or_else(|| "not a time zone; write one such as `Asia/Seoul` or `UTC`".to_owned())
}

fn day(text: &str) -> Result<Day, String> {
    match text {
        "today" => Ok(Day::FromToday(0)),
        "yesterday" => Ok(Day::FromToday(-1)),
        "tomorrow" => Ok(Day::FromToday(1)),
        date => date
            .parse()
            .map(Day::On)
            .map_err(|_| "write today, yesterday, tomorrow or a date as 2025-03-12".into()),
    }
}

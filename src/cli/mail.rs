//! `mail`: a date, a week or a month as a newsletter.

use camino::Utf8PathBuf;
use clap::{ArgGroup, Args};
use jiff::civil::Date;

use crate::model::Lang;

/// `mail`
#[derive(Debug, Clone, Args)]
#[command(
    group = ArgGroup::new("to do").args(["out", "send", "dry_run"]).required(true).multiple(true),
    after_help = "Examples:\n  offprint mail --out mail.eml\n  offprint mail 2025-03-12 --lang ko --out mail.eml\n  offprint mail --week --dry-run\n  offprint mail --week 2025-w12 --send"
)]
pub struct Mail {
    /// The date, as 2025-03-12 [default: the newest]
    #[arg(value_name = "DATE", conflicts_with_all = ["week", "month"])]
    pub date: Option<Date>,
    /// A week, as 2025-w12 [default: the newest that is over]
    #[arg(long, value_name = "WEEK", num_args = 0..=1, value_parser = week, conflicts_with = "month")]
    pub week: Option<Option<(i16, i8)>>,
    /// A month, as 2025-03 [default: the newest that is over]
    #[arg(long, value_name = "MONTH", num_args = 0..=1, value_parser = month)]
    pub month: Option<Option<(i16, i8)>>,
    /// Only what is said in this language of the site
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub lang: Option<Lang>,
    /// Write the mail to this file; `-` prints it
    #[arg(long, short, value_name = "FILE.eml")]
    pub out: Option<Utf8PathBuf>,
    /// Send it to the readers that `mail` in config.toml names; the password is in `OFFPRINT_MAIL_PASSWORD`
    #[arg(long)]
    pub send: bool,
    /// Send nothing, say to whom it would be sent
    #[arg(long, short = 'n')]
    pub dry_run: bool,
    /// Send it to those who have got it, too
    #[arg(long)]
    pub again: bool,
    /// Take this as today, as 2025-03-12
    #[arg(long, value_name = "DATE")]
    pub today: Option<Date>,
}

fn week(text: &str) -> Result<(i16, i8), String> {
    let parts = text.to_ascii_lowercase();
    let parts = parts.split_once("-w").or_else(|| parts.split_once("/w"));
    let number = parts.and_then(|(year, week)| Some((year.parse().ok()?, week.parse().ok()?)));
    let number = number.filter(|(year, week)| (1..=9999).contains(year) && (1..=53).contains(week));
    number.ok_or_else(|| "write a week as 2025-w12".to_owned())
}

fn month(text: &str) -> Result<(i16, i8), String> {
    let parts = text.split_once(['-', '/']);
    let number = parts.and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?)));
    let number =
        number.filter(|(year, month)| (1..=9999).contains(year) && (1..=12).contains(month));
    number.ok_or_else(|| "write a month as 2025-03".to_owned())
}

fn language(text: &str) -> Result<Lang, String> {
    Lang::parse(text.trim()).ok_or_else(|| "not a language tag such as `en`".to_owned())
}

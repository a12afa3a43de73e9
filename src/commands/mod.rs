//! Verbs: options → what they mean → an exit code. One file a command.

mod add;
mod build;
mod check;
mod console;
mod doctor;
mod import;
mod init;
mod mail;
mod new;
mod publish;
mod schema;
mod serve;
mod shell;
mod theme;
pub mod theme_kit;
mod upgrade_check;

use camino::{Utf8Path, Utf8PathBuf};

pub use console::Console;

use crate::cli::{Cli, Command, Environment, Shown};
use crate::system::disk::Lock;
use crate::workspace::{Clock, Request};

/// What a command came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// The site has errors; all are printed.
    Errors,
    /// The options cannot mean anything.
    Usage,
}

impl Exit {
    /// The program's exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Errors => 1,
            Self::Usage => 2,
        }
    }
}

/// Runs what was typed.
pub fn run(cli: &Cli, clock: &Clock) -> Exit {
    let around = || root(cli.global.root.as_deref());
    let console = Console::new(&cli.global, || in_repository(&around()?));
    let root = || {
        around().ok_or_else(|| {
            console.error("there is no config.toml here or in any folder above; name the site's folder with --root");
            Exit::Usage
        })
    };
    let run = || match &cli.command {
        Command::Init(options) => Ok(init::run(
            options,
            cli.global.root.as_deref(),
            &Environment::read(),
            &console,
            clock,
        )),
        Command::New(options) => {
            Ok(new::run(options, root()?, &Environment::read(), &console, clock))
        }
        Command::Build(options) => Ok(build::run(options, root()?, &console, clock)),
        Command::Serve(options) => Ok(serve::run(options, root()?, &console, clock)),
        Command::Check(options) => Ok(check::run(options, root()?, &console, clock)),
        Command::Add(options) => Ok(add::run(options, root()?, &console, clock)),
        Command::Import(options) => Ok(import::run(options, around(), &console)),
        Command::Publish(options) => Ok(publish::run(options, root()?, &console, clock)),
        Command::Mail(options) => Ok(mail::run(options, &root()?, &console, clock)),
        Command::Theme(action) => Ok(theme::run(action, root()?, &console, clock)),
        Command::UpgradeCheck(options) => Ok(upgrade_check::run(options, &root()?, &console)),
        Command::Doctor(options) => Ok(doctor::run(options, around().as_deref(), &console)),
        Command::Schema(options) => Ok(schema::run(options, around().as_deref(), &console)),
        Command::Completions(options) => Ok(shell::completions(options, &console)),
        Command::Man(options) => Ok(shell::man(options, &console)),
    };
    let exit = run().unwrap_or_else(|exit: Exit| exit);
    console.finish(cli.command.name(), exit.code());
    exit
}

/// A folder as seen from the top of the repository that holds it.
fn in_repository(folder: &Utf8Path) -> Option<String> {
    let top = folder.ancestors().find(|folder| folder.join(".git").exists())?;
    folder.strip_prefix(top).ok().map(|below| below.as_str().replace('\\', "/"))
}

/// The folder with config.toml: the one named, else this one or the nearest above.
fn root(named: Option<&Utf8Path>) -> Option<Utf8PathBuf> {
    if let Some(named) = named {
        return Some(named.canonicalize_utf8().unwrap_or_else(|_| named.to_owned()));
    }
    let here = Utf8PathBuf::from_path_buf(std::env::current_dir().ok()?).ok()?;
    here.ancestors().find(|folder| folder.join("config.toml").is_file()).map(Utf8Path::to_owned)
}

fn request(shown: &Shown, root: Utf8PathBuf) -> Request {
    let cards = Environment::draws_cards();
    Request {
        drafts: shown.drafts,
        future: shown.future,
        today: shown.today,
        cards,
        ..Request::new(root)
    }
}

/// Keeps other commands from changing a folder of sources; waits for one that does.
fn hold(folder: &Utf8Path, console: &Console) -> Lock {
    Lock::of(folder.as_std_path(), &|| {
        console.say(&format!("another offprint is changing {folder}; waiting for it"));
    })
}

/// `1 paper`, `2 papers`
fn plural(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

//! `completions` and `man`: what shells and manual readers know of the program.

use camino::Utf8Path;
use clap::CommandFactory as _;
use clap_mangen::Man as Page;

use super::{Console, Exit, plural};
use crate::authoring::scaffold;
use crate::cli::{Cli, Completions, Man};
use crate::diagnostic::Finding;
use crate::diagnostic::print::Choice;

pub(super) fn completions(options: &Completions, console: &Console) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Cli::command(), "offprint", &mut script);
    console.print(&String::from_utf8_lossy(&script));
    Exit::Done
}

pub(super) fn man(options: &Man, console: &Console) -> Exit {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let Some(folder) = &options.dir else {
        console.print(&String::from_utf8_lossy(&render(&Page::new(program))));
        return Exit::Done;
    };
    match write(&program, folder) {
        Ok(count) => {
            console.say(&format!("{} in {folder}", plural(count, "manual page")));
            Exit::Done
        }
        Err(finding) => {
            console.findings(&[finding], Choice::default());
            Exit::Errors
        }
    }
}

/// The pages of a command and of all below it; returns how many.
fn write(command: &clap::Command, folder: &Utf8Path) -> Result<usize, Finding> {
    let page = Page::new(command.clone());
    scaffold::replace(&folder.join(page.get_filename()), &render(&page))?;
    let below = command.get_subcommands().filter(|command| !command.is_hide_set());
    below.map(|command| write(command, folder)).try_fold(1, |sum, count| Ok(sum + count?))
}

fn render(page: &Page) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    let _ = page.render(&mut bytes);
    bytes
}

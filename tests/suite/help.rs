//! What the program says of itself: help with examples that can be typed, completions, manual pages.

use std::process::Command;

use crate::desk::{Desk, tree};
use clap::{CommandFactory as _, Parser as _};
use offprint::cli::Cli;

/// Every command, with its words, and those below it.
fn commands() -> Vec<(String, clap::Command)> {
    fn below(words: &str, command: &clap::Command, all: &mut Vec<(String, clap::Command)>) {
        for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
            let words = format!("{words} {}", command.get_name());
            below(&words, command, all);
            all.push((words, command.clone()));
        }
    }
    let mut program = Cli::command();
    program.build();
    let mut all = Vec::new();
    below("offprint", &program, &mut all);
    all
}

fn printed(arguments: &[&str]) -> String {
    let output = crate::desk::program().args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The words of a line as a shell would split it, up to a pipe, a redirection or a comment.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => {
                words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
            }
            c => word.push(c),
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    let end = words
        .iter()
        .position(|word| matches!(word.as_str(), "|" | ">" | ">>" | "#"))
        .unwrap_or(words.len());
    words.truncate(end);
    words
}

#[test]
fn every_command_has_examples_that_can_be_typed() {
    let (mut without, mut wrong) = (Vec::new(), Vec::new());
    for (name, command) in commands().iter().filter(|(_, command)| !command.has_subcommands()) {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let (_, examples) = help.split_once("Examples:\n").unwrap_or_default();
        let examples: Vec<&str> =
            examples.lines().take_while(|line| line.starts_with("  ")).collect();
        if !examples.iter().any(|example| example.trim().starts_with(name.as_str())) {
            without.push(name.clone());
        }
        let refused = |example: &&&str| Cli::try_parse_from(words(example)).is_err();
        wrong.extend(examples.iter().filter(refused).map(|example| (*example).to_owned()));
    }
    assert!(
        without.is_empty() && wrong.is_empty(),
        "no examples: {without:?}; cannot be typed: {wrong:#?}"
    );
}

#[test]
fn options_of_every_command_stand_apart() {
    for (name, mut command) in commands() {
        let help = command.render_help().to_string();
        let (own, common) = help.split_once("\nOptions of every command:\n").unwrap();
        for option in ["--root", "--quiet", "--color", "--format"] {
            assert!(
                common.contains(option) && !own.contains(&format!("{option} <")),
                "{name}: {option}"
            );
        }
    }
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(&["completions", shell]);
        for (words, _) in commands() {
            let name = words.rsplit(' ').next().unwrap().to_owned();
            assert!(script.contains(&name), "{shell}: {words}");
        }
    }
}

/// Bash takes the script and completes commands, options and values with it.
#[cfg(unix)]
#[test]
fn bash_completes_a_command() {
    let script = printed(&["completions", "bash"]);
    for (typed, completed) in [
        ("bui", "build"),
        ("publish --dry", "--dry-run"),
        ("theme ej", "eject"),
        ("check --code dead-w", "dead-wikilink"),
        ("import daily-papers-", "daily-papers-json"),
    ] {
        let last = typed.split(' ').count();
        let ask = format!(
            "COMP_WORDS=(offprint {typed}); COMP_CWORD={last}; \
             _offprint offprint \"${{COMP_WORDS[$COMP_CWORD]}}\" \"${{COMP_WORDS[$COMP_CWORD-1]}}\"; echo \"${{COMPREPLY[@]}}\""
        );
        let bash = Command::new("bash").arg("-c").arg(format!("{script}\n{ask}")).output().unwrap();
        assert_eq!(String::from_utf8(bash.stdout).unwrap().trim(), completed, "{typed}");
    }
}

#[test]
fn manual_pages_are_written_for_every_command() {
    let desk = Desk::empty();
    for _ in 0..2 {
        let said = desk.run(&["man", "man1"]);
        assert_eq!(
            (said.code, said.text),
            (0, format!("{} manual pages in man1\n", commands().len() + 1))
        );
    }
    let pages = tree(&desk.path("man1"));
    for (words, _) in commands() {
        let page = &pages[&format!("{}.1", words.replace(' ', "-"))];
        assert!(
            page.starts_with(b".ie ") && page.windows(8).any(|part| part == b"SYNOPSIS"),
            "{words}"
        );
    }
    assert_eq!(printed(&["man"]).as_bytes(), pages["offprint.1"].as_slice());
}

//! The program: hands what was typed to the library and turns its answer into an exit code.

use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use clap::Parser as _;
use offprint::cli::Cli;
use offprint::commands;
use offprint::workspace::Clock;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let clock = Clock { elapsed, now, detailed: false };
    elapsed();
    let exit = commands::run(&Cli::parse(), &clock);
    ExitCode::from(exit.code())
}

/// Time since the program started.
fn elapsed() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

fn now() -> jiff::Timestamp {
    // The only look at the clock: what day it is decides what is still in the future.
    #[allow(clippy::disallowed_methods)]
    jiff::Timestamp::now()
}

//! The `tidewaiter` program: arguments in, report out, exit code back.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::exit,
    clippy::disallowed_methods,
    reason = "the program is where the world begins: clock, terminal, exit code"
)]

mod args;
mod commands;
mod output;
mod progress;
mod resume;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = args::Args::parse();
    match commands::run(args.command) {
        Ok(code) => ExitCode::from(code),
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            ExitCode::from(output::EXIT_FAILED)
        }
    }
}

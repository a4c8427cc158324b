//! One file per command.

mod check;
mod explain;
mod list;
mod lists;

use clap::CommandFactory;
use tidewaiter::Result;

use crate::args::{Args, Command};

pub fn run(command: Command) -> Result<u8> {
    match command {
        Command::Check(args) => check::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::List(args) => list::run(&args),
        Command::Completions { shell } => {
            let mut command = Args::command();
            clap_complete::generate(shell, &mut command, "tidewaiter", &mut std::io::stdout());
            Ok(0)
        }
    }
}

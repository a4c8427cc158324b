//! One file per command.

mod check;
mod code_lists;
mod eval;
mod explain;
mod init;
mod list;
mod list_time;
mod lists;
mod rescreen;
mod screening;
mod waiver;

use std::io::Write;

use clap::CommandFactory;
use tidewaiter::Result;

use crate::args::{Args, Command};
use crate::output::{Sink, written};

pub fn run(command: Command) -> Result<u8> {
    match command {
        Command::Check(args) => check::run(&args),
        Command::Rescreen(args) => rescreen::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::List(args) => list::run(&args),
        Command::Waiver(args) => waiver::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Completions { shell } => {
            let mut command = Args::command();
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut command, "tidewaiter", &mut script);
            let mut sink = Sink::open(None)?;
            written(sink.write_all(&script))?;
            sink.finish()?;
            Ok(0)
        }
    }
}

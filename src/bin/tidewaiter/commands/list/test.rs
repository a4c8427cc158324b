//! `list test`: whether the examples of a list get the verdicts that they say.

use std::io::{Result as Written, Write};

use tidewaiter::Result;
use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::embedded_files;
use tidewaiter::screen::{ExampleRun, run_examples};

use crate::args::lists::Test;
use crate::commands::lists;
use crate::output::{EXIT_CLEAN, EXIT_FINDINGS, Sink, written};

pub fn run(args: &Test) -> Result<u8> {
    let mut runs = Vec::new();
    match &args.folder {
        Some(folder) => {
            let files = lists::files(folder)?;
            runs.push(run_examples(Lexicon::embedded(), &lists::borrowed(&files))?);
        }
        None => {
            for files in embedded_files() {
                runs.push(run_examples(Lexicon::embedded(), files)?);
            }
        }
    }
    let mut sink = Sink::open(None)?;
    for run in &runs {
        written(write(&mut sink, run))?;
    }
    sink.finish()?;
    let clean = runs.iter().all(|run| run.issues.is_empty());
    Ok(if clean { EXIT_CLEAN } else { EXIT_FINDINGS })
}

fn write(out: &mut impl Write, run: &ExampleRun) -> Written<()> {
    for issue in &run.issues {
        writeln!(out, "{issue}")?;
    }
    let what = format!(
        "{}: {} entries, {} examples",
        run.list, run.entries, run.examples
    );
    match run.issues.len() {
        0 => writeln!(out, "{what}, each as it says"),
        1 => writeln!(out, "{what}, 1 error"),
        count => writeln!(out, "{what}, {count} errors"),
    }
}

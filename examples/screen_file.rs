//! Screens a file and writes the report as JSON Lines to standard output.
//!
//! ```sh
//! cargo run --example screen_file -- data/examples/manifest.csv 2026-01-15
//! ```

use std::fs::File;
use std::io::Write;

use tidewaiter::lexicon::Lexicon;
use tidewaiter::manifest::{Manifest, ReadOptions};
use tidewaiter::report::{Format, Header, Options, RenderOptions, ReportWriter, Summary};
use tidewaiter::screen::Circumstances;
use tidewaiter::{Error, Ruleset, list};

/// Screens one manifest on a day and writes the report.
pub fn screen(
    path: &str,
    as_of: &str,
    out: impl Write,
) -> Result<Summary, Box<dyn std::error::Error>> {
    let known = Circumstances::on(as_of.parse()?);
    let register = list::Register::new(list::embedded().to_vec())?;
    let chosen = register.in_force_on(known.as_of, &[])?;
    let rules = Ruleset::compile(chosen.lists, Lexicon::embedded())?;
    let header = Header::new(&rules, &chosen.left_out, &known, Options::default());
    let file = File::open(path).map_err(|e| Error::io(path, "opening the manifest", e))?;
    let mut manifest = Manifest::open(path, file, &ReadOptions::default())?;
    let mut writer = ReportWriter::begin(out, RenderOptions::new(Format::Jsonl), header)?;
    writer.screen(path, &mut manifest, &rules, &known)?;
    Ok(writer.end()?)
}

#[allow(clippy::disallowed_methods, reason = "a program reads its arguments")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [path, as_of] = args.as_slice() else {
        return Err("usage: screen_file MANIFEST DATE".into());
    };
    screen(path, as_of, std::io::stdout().lock())?;
    Ok(())
}

//! `eval`: how well the screener does on goods lines that somebody has judged.

use std::io::Write;

use tidewaiter::eval::{Accuracy, LabelledSet, write_markdown, write_text};
use tidewaiter::lexicon::Lexicon;
use tidewaiter::{Error, ErrorKind, Result, Ruleset, Screener};

use crate::args::{Eval, EvalFormat};
use crate::output::{Sink, written};

pub fn run(args: &Eval) -> Result<u8> {
    let name = args.labelled.display().to_string();
    let bytes = std::fs::read(&args.labelled)
        .map_err(|e| Error::io(name.clone(), "reading the labelled lines", e))?;
    let mut set = LabelledSet::read(&name, &bytes)?;
    if let Some(prefix) = &args.entries {
        set = set.only_entries(prefix);
    }
    if set.lines.is_empty() {
        let message = format!("{name} has no labelled lines to look at");
        return Err(Error::new(ErrorKind::Option, message));
    }
    let lists = super::lists::select(&args.lists, &args.sources)?;
    let rules = Ruleset::compile(lists, Lexicon::embedded())?;
    let screener = Screener::new(&rules);
    let mut accuracy = Accuracy::measure(&set, |item| screener.screen(item));
    let mut sink = Sink::open(args.output.as_deref())?;
    match args.format {
        EvalFormat::Text => written(write_text(&mut sink, &accuracy, args.misses))?,
        EvalFormat::Markdown => written(write_markdown(&mut sink, &accuracy, args.misses))?,
        EvalFormat::Json => {
            if !args.misses {
                accuracy.misses.clear();
            }
            let text = serde_json::to_string_pretty(&accuracy)
                .map_err(|e| Error::new(ErrorKind::Io, e.to_string()))?;
            written(writeln!(sink, "{text}"))?;
        }
    }
    sink.finish()?;
    Ok(0)
}

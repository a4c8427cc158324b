//! `check`: read manifests, screen each goods item, write the report as it goes.

use std::fs::File;
use std::io::Read;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tidewaiter::config::Config;
use tidewaiter::manifest::{Manifest, Mapping, ReadOptions};
use tidewaiter::report::{
    Against, Baseline, Format, Law, Moment, Next, ReportWriter, StoredReport,
};
use tidewaiter::{Error, ErrorKind, Location, Result};

use super::screening::{self, Inherited, Screening};
use crate::args::Check;
use crate::output::{EXIT_STOPPED, Sink, Target, written};
use crate::progress::Progress;
use crate::resume;

pub fn run(args: &Check) -> Result<u8> {
    let first = args.manifests.first().map(|path| path.as_path());
    let config = screening::config(&args.screening, first)?;
    let inherited = Inherited {
        map: columns(&args.map, config.as_ref())?,
        encoding: args
            .encoding
            .clone()
            .or_else(|| config.as_ref()?.encoding.clone()),
        ..Inherited::default()
    };
    let mut read = ReadOptions {
        encoding: inherited.encoding.clone(),
        ..ReadOptions::default()
    };
    for entry in &inherited.map {
        read.mapping.add(entry)?;
    }
    let mut inputs: Vec<(&str, &Path)> = Vec::new();
    inputs.extend(args.manifests.iter().map(|path| ("manifest", &**path)));
    inputs.extend(args.baseline.iter().map(|path| ("baseline", &**path)));
    screening::keeps(&inputs, args.screening.output.as_deref())?;
    let mut run = Screening::prepare(&args.screening, config, inherited, args.fail_on_new)?;
    for path in &args.manifests {
        exists(path)?;
    }
    let baseline = args
        .baseline
        .as_deref()
        .map(|path| Baseline::read(open_report(path)?))
        .transpose()?;
    // What is wrong with the first manifest is told before the report begins.
    let mut opened = args
        .manifests
        .first()
        .map(|path| open(path, &read))
        .transpose()?;
    let output = args.screening.output.as_deref();
    let held = baseline.is_some() || run.waivers.is_some();
    let target = match resumable(args, run.render.format, held) {
        Ok(target) => target,
        Err(_) if !args.resume => None,
        Err(why) => return Err(Error::new(ErrorKind::Option, format!("--resume: {why}"))),
    };
    let (mut sink, mut notes, at) = match target {
        Some(target) => {
            let names = args.manifests.iter().map(|path| path.display().to_string());
            let same = resume::Run {
                manifests: names.collect(),
                all: run.render.all,
            };
            let begun = resume::begin(&target, same, &run.header, args.resume)?;
            (begun.sink, Some(begun.notes), begun.at)
        }
        None if baseline.is_some() => (Sink::held(output)?, None, None),
        None => (Sink::open(output)?, None, None),
    };
    let stop = on_interrupt();
    let mut progress = Progress::on_terminal(&args.manifests, sink.on_terminal());
    let render = run.render.with_colour(sink.colour());
    let against = Against {
        baseline,
        waivers: run.waivers,
    };
    let done = at.as_ref().map_or(0, |at| at.summary.manifests.len());
    let writer = match at {
        Some(at) => ReportWriter::go_on(&mut sink, render, run.header, at),
        None => written(ReportWriter::begin_against(
            &mut sink, render, run.header, against,
        ))?,
    };
    let mut writer = writer.with_jobs(jobs(args.jobs));
    let mut whole = true;
    for path in args.manifests.iter().skip(done) {
        let mut manifest = match opened.take().filter(|_| done == 0) {
            Some(manifest) => manifest,
            None => open(path, &read)?,
        };
        let name = path.display().to_string();
        let mut unnoted = None;
        let mut watch = |moment: Moment<'_>| match moment {
            Moment::Passed { sums, bytes } => {
                if let Some(progress) = &mut progress {
                    progress.show(sums, bytes);
                }
                let stopping = stop.load(Ordering::Relaxed);
                match &notes {
                    Some(notes) if notes.due() || stopping => Next::Checkpoint,
                    _ if stopping => Next::Stop,
                    _ => Next::GoOn,
                }
            }
            Moment::Checkpoint(checkpoint) => {
                let taken = notes.as_mut().map(|notes| notes.take(checkpoint));
                unnoted = taken.and_then(|taken| taken.err());
                match stop.load(Ordering::Relaxed) || unnoted.is_some() {
                    true => Next::Stop,
                    false => Next::GoOn,
                }
            }
        };
        let law = match run.named {
            Some(_) => Law::OfOneDay(&run.rules),
            None => Law::OfEachDate(&mut run.rulebook),
        };
        let law = (law, &run.known);
        whole = written(writer.screen_watched(&name, &mut manifest, law, &mut watch))?;
        if let Some(error) = unnoted {
            return Err(Error::io(name, "noting how far the report is", error));
        }
        if !whole {
            break;
        }
        if let Some(progress) = &mut progress {
            progress.read(path);
        }
    }
    if let Some(progress) = &progress {
        progress.end();
    }
    writer.check_baseline()?;
    let summary = written(writer.end())?;
    sink.finish()?;
    if !whole {
        return Ok(EXIT_STOPPED);
    }
    if let Some(notes) = notes {
        notes.end()?;
    }
    Ok(screening::exit_code(
        &summary,
        run.fail_on,
        args.fail_on_new,
    ))
}

/// The file of a report that can go on after a kill; or why it can't.
fn resumable(
    args: &Check,
    format: Format,
    held: bool,
) -> std::result::Result<Option<PathBuf>, &'static str> {
    let Some(output) = &args.screening.output else {
        return Err("a report goes on only in a file; add --output FILE");
    };
    if format != Format::Jsonl {
        return Err("only a report in the format jsonl goes on; add --format jsonl");
    }
    if held {
        return Err("what is held against a baseline or waivers is judged as a whole; run it anew");
    }
    if args.manifests.iter().any(|path| path.as_os_str() == "-") {
        return Err("standard input can't be read again; name the manifest's file");
    }
    match Target::of(output) {
        Ok(Target::File(target)) => Ok(Some(target)),
        Ok(Target::Device(_)) => Err("--output is no plain file"),
        // Opening it tells what is wrong.
        Err(_) => Ok(None),
    }
}

/// Whether somebody asked the run to stop. Who asks twice doesn't wait for the report.
fn on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    let handler = move || {
        if asked.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    };
    // Without a handler the run is killed, as programs are.
    let _ = ctrlc::set_handler(handler);
    stop
}

fn jobs(asked: Option<NonZeroUsize>) -> NonZeroUsize {
    let cores = || std::thread::available_parallelism().ok();
    asked.or_else(cores).unwrap_or(NonZeroUsize::MIN)
}

/// The columns of the command line, and those of the file for other fields.
fn columns(map: &[String], config: Option<&Config>) -> Result<Vec<String>> {
    let mut given = Mapping::default();
    for entry in map {
        given.add(entry)?;
    }
    let mut columns = map.to_vec();
    for entry in config.into_iter().flat_map(|config| &config.columns) {
        let other: Mapping = entry.parse()?;
        let mut fields = other.entries().map(|(field, _)| field);
        if fields.all(|field| given.columns_for(field).next().is_none()) {
            columns.push(entry.clone());
        }
    }
    Ok(columns)
}

/// Opens a stored report.
pub fn open_report(path: &Path) -> Result<StoredReport<File>> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|e| Error::io(name.clone(), "opening the report", e))?;
    StoredReport::open(name, file)
}

/// Finds a wrong name before hours are spent on the manifests before it.
fn exists(path: &Path) -> Result<()> {
    let name = path.display().to_string();
    if name == "-" {
        return Ok(());
    }
    let found = path
        .metadata()
        .map_err(|e| Error::io(name.clone(), "opening the manifest", e))?;
    if found.is_dir() {
        let message = "this is a folder; name the manifests in it";
        return Err(Error::new(ErrorKind::Manifest, message).at(Location::new(name)));
    }
    Ok(())
}

fn open(path: &Path, options: &ReadOptions) -> Result<Manifest<Box<dyn Read>>> {
    let name = path.display().to_string();
    let reader: Box<dyn Read> = if name == "-" {
        Box::new(std::io::stdin())
    } else {
        let file = File::open(path);
        Box::new(file.map_err(|e| Error::io(name.clone(), "opening the manifest", e))?)
    };
    Manifest::open(name, reader, options)
}

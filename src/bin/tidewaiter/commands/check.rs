//! `check`: read manifests, screen each goods item, write the report as it goes.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use tidewaiter::lexicon::Lexicon;
use tidewaiter::list;
use tidewaiter::manifest::{Manifest, Mapping, ReadOptions};
use tidewaiter::report::{Format, Header, Options, RenderOptions, ReportWriter, Summary};
use tidewaiter::screen::Circumstances;
use tidewaiter::vocab::Day;
use tidewaiter::{Country, Error, ErrorKind, Location, Result, Ruleset};

use crate::args::{Check, FailOn, Format as Chosen};
use crate::output::{self, Sink, written};

pub fn run(args: &Check) -> Result<u8> {
    let known = Circumstances {
        as_of: decisive_date(args.as_of.as_deref())?,
        destination: country("--destination", args.destination.as_deref())?,
        exporter: country("--exporter", args.exporter.as_deref())?,
    };
    let read = read_options(args)?;
    keeps_the_manifests(args)?;
    let chosen = super::lists::select(&args.lists, args.lists_dir.as_deref())?;
    let chosen = list::in_force_on(chosen, known.as_of)?;
    let rules = Ruleset::compile(chosen.lists, Lexicon::embedded())?;
    let options = Options {
        lists: args.lists.clone(),
        map: args.map.clone(),
        encoding: args.encoding.clone(),
        destination: known.destination,
        exporter: known.exporter,
    };
    let header = Header::new(&rules, &chosen.left_out, &known, options);
    for path in &args.manifests {
        exists(path)?;
    }
    // What is wrong with the first manifest is told before the report begins.
    let mut opened = args
        .manifests
        .first()
        .map(|path| open(path, &read))
        .transpose()?;
    let mut sink = Sink::open(args.output.as_deref())?;
    let render = RenderOptions::new(format(args.format))
        .with_all(args.all)
        .with_colour(sink.colour());
    let mut writer = written(ReportWriter::begin(&mut sink, render, header))?;
    for path in &args.manifests {
        let mut manifest = match opened.take() {
            Some(manifest) => manifest,
            None => open(path, &read)?,
        };
        let name = path.display().to_string();
        written(writer.screen(&name, &mut manifest, &rules, &known))?;
    }
    let summary = written(writer.end())?;
    sink.finish()?;
    Ok(exit_code(&summary, args.fail_on))
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

fn read_options(args: &Check) -> Result<ReadOptions> {
    let mut mapping = Mapping::default();
    for entry in &args.map {
        mapping.add(entry)?;
    }
    Ok(ReadOptions {
        mapping,
        encoding: args.encoding.clone(),
        ..ReadOptions::default()
    })
}

/// A report must not take the place of a manifest.
fn keeps_the_manifests(args: &Check) -> Result<()> {
    let Some(output) = &args.output else {
        return Ok(());
    };
    let same = |path: &Path| match (path.canonicalize(), output.canonicalize()) {
        (Ok(manifest), Ok(output)) => manifest == output,
        _ => false,
    };
    match args.manifests.iter().find(|path| same(path)) {
        Some(path) => {
            let message = format!(
                "--output names the manifest {} itself; give the report a name of its own",
                path.display()
            );
            Err(Error::new(ErrorKind::Option, message))
        }
        None => Ok(()),
    }
}

fn format(chosen: Chosen) -> Format {
    match chosen {
        Chosen::Text => Format::Text,
        Chosen::Json => Format::Json,
        Chosen::Jsonl => Format::Jsonl,
        Chosen::Csv => Format::Csv,
    }
}

fn decisive_date(text: Option<&str>) -> Result<Day> {
    match text {
        Some(text) => text
            .parse()
            .map_err(|e: Error| Error::new(ErrorKind::Option, format!("--as-of: {}", e.message()))),
        None => Ok(jiff::tz::TimeZone::UTC
            .to_datetime(jiff::Timestamp::now())
            .date()
            .into()),
    }
}

fn country(option: &str, text: Option<&str>) -> Result<Option<Country>> {
    let Some(text) = text else { return Ok(None) };
    match text.parse().ok().or_else(|| Country::recognise(text)) {
        Some(country) => Ok(Some(country)),
        None => {
            let message =
                format!("{option}: {text:?} names no country; give its ISO 3166-1 code: KP");
            Err(Error::new(ErrorKind::Option, message))
        }
    }
}

fn exit_code(summary: &Summary, fail_on: FailOn) -> u8 {
    let sums = &summary.sums;
    let found = match fail_on {
        FailOn::Hit => sums.hit,
        FailOn::Review => sums.hit + sums.review,
        FailOn::Never => 0,
    };
    if sums.screened + sums.not_screenable + sums.unreadable == 0 {
        output::EXIT_NOTHING
    } else if found > 0 {
        output::EXIT_FINDINGS
    } else if sums.not_screenable + sums.unreadable > 0 {
        output::EXIT_NOT_SCREENABLE
    } else {
        output::EXIT_CLEAN
    }
}

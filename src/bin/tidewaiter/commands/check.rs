//! `check`: read manifests, screen each goods item, write the report as it goes.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use tidewaiter::config::Config;
use tidewaiter::manifest::{Manifest, Mapping, ReadOptions};
use tidewaiter::report::{Against, Baseline, ReportWriter, StoredReport};
use tidewaiter::{Error, ErrorKind, Location, Result};

use super::screening::{self, Inherited, Screening};
use crate::args::Check;
use crate::output::{Sink, written};

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
    let mut sink = match baseline {
        Some(_) => Sink::held(output)?,
        None => Sink::open(output)?,
    };
    let render = run.render.with_colour(sink.colour());
    let against = Against {
        baseline,
        waivers: run.waivers,
    };
    let mut writer = written(ReportWriter::begin_against(
        &mut sink, render, run.header, against,
    ))?;
    for path in &args.manifests {
        let mut manifest = match opened.take() {
            Some(manifest) => manifest,
            None => open(path, &read)?,
        };
        let name = path.display().to_string();
        written(match run.named {
            Some(_) => writer.screen(&name, &mut manifest, &run.rules, &run.known),
            None => writer.screen_by_date(&name, &mut manifest, &mut run.rulebook, &run.known),
        })?;
    }
    writer.check_baseline()?;
    let summary = written(writer.end())?;
    sink.finish()?;
    Ok(screening::exit_code(
        &summary,
        run.fail_on,
        args.fail_on_new,
    ))
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

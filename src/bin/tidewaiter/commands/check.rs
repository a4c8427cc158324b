//! `check`: read manifests, screen each goods item, write the report as it goes.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use tidewaiter::lexicon::Lexicon;
use tidewaiter::manifest::{Manifest, Mapping, ReadOptions, Record};
use tidewaiter::report::{
    Format, Header, ItemRecord, ListUsed, ManifestUsed, REPORT_VERSION, ReportWriter,
    SkippedRecord, Summary,
};
use tidewaiter::{Error, ErrorKind, Result, Ruleset, Screener};

use crate::args::{Check, FailOn, Format as Chosen};
use crate::output::{self, Sink, written};

pub fn run(args: &Check) -> Result<u8> {
    let as_of = decisive_date(args.as_of.as_deref())?;
    let mut mapping = Mapping::default();
    for entry in &args.map {
        mapping.add(entry)?;
    }
    let options = ReadOptions {
        mapping,
        ..ReadOptions::default()
    };
    let lists = super::lists::select(&args.lists, args.lists_dir.as_deref())?;
    let rules = Ruleset::compile(lists, Lexicon::embedded())?;
    let mut sink = Sink::open(args.output.as_deref())?;
    let colour = sink.colour();
    let format = match args.format {
        Chosen::Text => Format::Text,
        Chosen::Json => Format::Json,
        Chosen::Jsonl => Format::Jsonl,
        Chosen::Csv => Format::Csv,
    };
    let mut writer = ReportWriter::new(format, &mut sink, args.all, colour);
    written(writer.header(&header(&rules, &as_of, args)))?;
    let mut summary = Summary::default();
    for path in &args.manifests {
        screen_manifest(path, args, &options, &rules, &mut writer, &mut summary)?;
    }
    written(writer.summary(&summary))?;
    drop(writer);
    sink.finish()?;
    Ok(exit_code(&summary, args.fail_on))
}

fn screen_manifest(
    path: &Path,
    args: &Check,
    options: &ReadOptions,
    rules: &Ruleset,
    writer: &mut ReportWriter<&mut Sink>,
    summary: &mut Summary,
) -> Result<()> {
    let name = path.display().to_string();
    let reader: Box<dyn Read> = if name == "-" {
        Box::new(std::io::stdin())
    } else {
        let file = File::open(path).map_err(|e| Error::io(&*name, "opening the manifest", e))?;
        Box::new(file)
    };
    let screener = Screener::new(rules);
    let mut manifest = Manifest::open(name.clone(), reader, options)?;
    while let Some(record) = manifest.next_record() {
        match record {
            Record::Item { item, issues } => {
                let screened = screener.screen(&item);
                summary.sums.count(&screened);
                let mut all_issues = issues;
                all_issues.extend(screened.issues);
                written(writer.item(&ItemRecord {
                    manifest: name.clone(),
                    line_id: item.line_id,
                    row: item.row,
                    outcome: screened.outcome,
                    description: item.description,
                    destination: item.destination.or_else(|| args.destination.clone()),
                    findings: screened.findings,
                    issues: all_issues,
                }))?;
            }
            Record::Skipped(skipped) => {
                summary.sums.rows += 1;
                summary.sums.skipped += 1;
                summary.skipped.push(SkippedRecord {
                    manifest: name.clone(),
                    row: skipped.row,
                    reason: skipped.reason.as_str().to_owned(),
                });
            }
            Record::Unreadable { issue, .. } => {
                summary.sums.rows += 1;
                summary.sums.unreadable += 1;
                summary.issues.push(issue);
            }
        }
    }
    summary.issues.extend(manifest.issues());
    summary.manifests.push(ManifestUsed {
        encoding: manifest.encoding().to_owned(),
        sha256: manifest.sha256().unwrap_or_default(),
        name,
    });
    Ok(())
}

fn header(rules: &Ruleset, as_of: &str, args: &Check) -> Header {
    let lists = rules.lists().iter().map(|list| ListUsed {
        id: list.head.id.clone(),
        title: list.head.title.clone(),
        edition: list.head.edition.clone(),
        sha256: list.sha256.clone(),
        entries: list.entries.len(),
        unverified: list.head.unverified.clone(),
    });
    let mut options: Vec<String> = args.map.iter().map(|m| format!("map {m}")).collect();
    options.extend(args.destination.iter().map(|d| format!("destination {d}")));
    Header {
        report_version: REPORT_VERSION,
        tool: concat!("tidewaiter ", env!("CARGO_PKG_VERSION")).to_owned(),
        as_of: as_of.to_owned(),
        lists: lists.collect(),
        options,
    }
}

fn decisive_date(text: Option<&str>) -> Result<String> {
    match text {
        Some(text) => {
            let date: jiff::civil::Date = text.parse().map_err(|_| {
                let message = format!("{text:?} is no date; write it as 2018-04-08");
                Error::new(ErrorKind::Option, message)
            })?;
            Ok(date.to_string())
        }
        None => Ok(jiff::tz::TimeZone::UTC
            .to_datetime(jiff::Timestamp::now())
            .date()
            .to_string()),
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

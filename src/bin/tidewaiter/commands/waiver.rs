//! `waiver new`: from a finding of a report to a waiver in a file.

use std::io::Write;
use std::path::Path;

use tidewaiter::config::Config;
use tidewaiter::report::{StoredFinding, StoredItem, StoredRecord, plain};
use tidewaiter::screen::Verdict;
use tidewaiter::waiver::Waiver;
use tidewaiter::{Error, ErrorKind, Location, Result};

use super::check::open_report;
use super::screening::{at, country, decisive_date, read_config};
use crate::args::{By, Waiver as Command, WaiverNew};
use crate::output::{Sink, written};

/// The fewest digits by which a finding is named.
const DIGITS: usize = 8;

pub fn run(command: &Command) -> Result<u8> {
    match command {
        Command::New(args) => new(args),
    }
}

fn new(args: &WaiverNew) -> Result<u8> {
    let (item, finding) = find(&args.report, &args.fingerprint)?;
    let waiver = waiver(args, &item, &finding)?;
    let comment = format!(
        "{} {}: {}\nline {} of {}: {}",
        finding.verdict.as_str(),
        finding.entry,
        finding.title,
        item.line_id,
        item.manifest,
        short(&item.description)
    );
    let text = waiver.to_toml(&comment);
    match &args.append {
        None => {
            let mut sink = Sink::open(None)?;
            check(Path::new("the waiver"), &text)?;
            written(sink.write_all(text.as_bytes()))?;
            sink.finish()?;
        }
        Some(path) => append(path, &text, &waiver)?,
    }
    Ok(0)
}

/// The finding whose fingerprint begins so, and its goods.
fn find(report: &Path, digits: &str) -> Result<(StoredItem, StoredFinding)> {
    let digits = digits.to_ascii_lowercase();
    if digits.len() < DIGITS || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        let message = format!(
            "{digits:?} is no fingerprint; give at least {DIGITS} of its hexadecimal digits"
        );
        return Err(Error::new(ErrorKind::Option, message));
    }
    let mut stored = open_report(report)?;
    let mut found: Option<(StoredItem, StoredFinding)> = None;
    while let Some(record) = stored.next_record()? {
        let StoredRecord::Item(item) = record else {
            continue;
        };
        let findings = item.findings.iter();
        for finding in findings.filter(|f| f.fingerprint.starts_with(&digits)) {
            match &found {
                Some((_, first)) if first.fingerprint != finding.fingerprint => {
                    let message = format!(
                        "two findings begin with {digits}: {} and {}; give more digits",
                        first.fingerprint, finding.fingerprint
                    );
                    return Err(at(report, ErrorKind::Option, message));
                }
                Some(_) => {}
                None => found = Some((item.clone(), finding.clone())),
            }
        }
    }
    let Some((item, finding)) = found else {
        let message = format!("no finding of this report has a fingerprint that begins {digits}");
        return Err(at(report, ErrorKind::Option, message));
    };
    if finding.verdict == Verdict::Cleared {
        let message = format!(
            "{} on line {} is cleared; there is nothing to waive",
            finding.entry, item.line_id
        );
        return Err(at(report, ErrorKind::Option, message));
    }
    Ok((item, finding))
}

fn waiver(args: &WaiverNew, item: &StoredItem, finding: &StoredFinding) -> Result<Waiver> {
    let sku = match args.by {
        By::Sku if item.sku.is_none() => {
            let message = format!(
                "line {} has no SKU; its manifest has no column that is read as sku",
                item.line_id
            );
            return Err(at(&args.report, ErrorKind::Option, message));
        }
        By::Sku => item.sku.clone(),
        _ => None,
    };
    Ok(Waiver {
        list: finding.list.clone(),
        entry: finding.entry.clone(),
        fingerprint: (args.by == By::Fingerprint).then(|| finding.fingerprint.clone()),
        sku,
        description: (args.by == By::Description).then(|| item.description.clone()),
        consignee: args.consignee.clone(),
        destination: country("--destination", args.destination.as_deref())?,
        reason: args.reason.clone(),
        approver: args.approver.clone(),
        issued: decisive_date("--issued", args.issued.as_deref())?,
        expires: decisive_date("--expires", Some(&args.expires))?,
        reference: args.reference.clone(),
        location: Location::new(args.report.display().to_string()),
    })
}

/// Refuses what would cover nothing.
fn check(path: &Path, text: &str) -> Result<Config> {
    let config = Config::read(&path.display().to_string(), text)?;
    match config.waivers.issues().last() {
        None => Ok(config),
        Some(issue) => Err(Error::new(ErrorKind::Config, issue.message.clone())),
    }
}

/// Appends to a file that stays readable, or to a new one.
fn append(path: &Path, text: &str, waiver: &Waiver) -> Result<()> {
    check(Path::new("the waiver"), text)?;
    let mut whole = String::new();
    if path.exists() {
        let config = read_config(path)?;
        let same = |other: &&Waiver| {
            Waiver {
                issued: waiver.issued,
                expires: waiver.expires,
                reason: waiver.reason.clone(),
                approver: waiver.approver.clone(),
                reference: waiver.reference.clone(),
                location: waiver.location.clone(),
                ..(*other).clone()
            } == *waiver
                && waiver.issued <= other.expires
        };
        if let Some(other) = config.waivers.sound().iter().find(same) {
            let message = format!(
                "there is a waiver with this scope already, until {}: {}; change that one",
                other.expires, other.location
            );
            return Err(Error::new(ErrorKind::Config, message));
        }
        let name = path.display().to_string();
        whole = std::fs::read_to_string(path)
            .map_err(|e| Error::io(name, "reading the configuration", e))?;
        if !whole.is_empty() {
            whole.push_str(if whole.ends_with('\n') { "\n" } else { "\n\n" });
        }
    }
    whole.push_str(text);
    // Appended to what ends in the midst of something, it could mean something else.
    Config::read(&path.display().to_string(), &whole)?;
    let mut sink = Sink::open(Some(path))?;
    written(sink.write_all(whole.as_bytes()))?;
    sink.finish()
}

fn short(text: &str) -> String {
    let text = plain(text);
    match text.char_indices().nth(100) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

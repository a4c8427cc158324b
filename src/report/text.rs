//! Text, for an officer's eyes: what, where, why, which fact is missing.

use std::io::Write;

use super::model::{Header, ItemRecord, Summary};
use crate::logic::Truth;
use crate::screen::{Evaluation, Finding, Outcome, Verdict};

pub(super) fn header(out: &mut impl Write, header: &Header) -> std::io::Result<()> {
    writeln!(out, "tidewaiter report, lists as of {}", header.as_of)?;
    for list in &header.lists {
        writeln!(
            out,
            "  {}  {}, {} entries",
            list.id, list.title, list.entries
        )?;
        writeln!(out, "    edition {}, sha256 {}", list.edition, list.sha256)?;
    }
    writeln!(out)
}

pub(super) fn item(
    out: &mut impl Write,
    item: &ItemRecord,
    all: bool,
    colour: bool,
) -> std::io::Result<()> {
    let word = paint(item.outcome.as_str(), item.outcome, colour);
    writeln!(
        out,
        "{word}  {} line {} (row {})",
        item.manifest,
        plain(&item.line_id),
        item.row
    )?;
    writeln!(out, "  goods: {}", plain(&item.description))?;
    for issue in &item.issues {
        writeln!(
            out,
            "  {}[{}]: {}",
            issue.severity.as_str(),
            issue.code,
            plain(&issue.message)
        )?;
    }
    for finding in &item.findings {
        if all || finding.verdict != Verdict::Cleared || item.outcome == Outcome::Clear {
            write_finding(out, finding)?;
        }
    }
    if item.outcome == Outcome::NotScreenable {
        writeln!(out, "  ask: say what the goods are; these words don't")?;
    }
    writeln!(out)
}

fn write_finding(out: &mut impl Write, finding: &Finding) -> std::io::Result<()> {
    writeln!(
        out,
        "  {} {}: {}",
        finding.verdict.as_str(),
        finding.entry,
        finding.title
    )?;
    for evidence in &finding.evidence {
        writeln!(
            out,
            "    because {} says {:?} ({})",
            plain(&evidence.field),
            plain(&evidence.text),
            evidence.means
        )?;
    }
    criterion(out, &finding.criteria, 2)?;
    for exception in finding.exceptions.iter() {
        let word = if exception.stated {
            "stated"
        } else {
            "not stated"
        };
        writeln!(out, "    exception {word}: {}", exception.exception)?;
    }
    if let Some(doubt) = &finding.doubt {
        writeln!(out, "    doubt: {doubt}")?;
    }
    for ask in &finding.missing {
        writeln!(out, "    ask: {ask}")?;
    }
    for note in &finding.notes {
        writeln!(out, "    note: {}", plain(note))?;
    }
    Ok(())
}

/// A criterion with its parts, indented.
pub(crate) fn criterion(
    out: &mut impl Write,
    evaluation: &Evaluation,
    depth: usize,
) -> std::io::Result<()> {
    let sign = match evaluation.truth {
        Truth::True => "met",
        Truth::Unknown => "open",
        Truth::False => "failed",
    };
    let indent = "  ".repeat(depth);
    write!(out, "{indent}{sign}: {}", plain(&evaluation.criterion))?;
    for stated in &evaluation.stated {
        write!(
            out,
            "; stated {:?} = {}",
            plain(&stated.evidence.text),
            stated.converted
        )?;
    }
    for evidence in &evaluation.evidence {
        write!(out, "; says {:?}", plain(&evidence.text))?;
    }
    writeln!(out)?;
    for part in &evaluation.of {
        criterion(out, part, depth + 1)?;
    }
    Ok(())
}

pub(super) fn summary(
    out: &mut impl Write,
    summary: &Summary,
    colour: bool,
) -> std::io::Result<()> {
    for issue in &summary.issues {
        writeln!(out, "{}", plain(&issue.to_string()))?;
    }
    for manifest in &summary.manifests {
        writeln!(
            out,
            "manifest {} ({}), sha256 {}",
            plain(&manifest.name),
            manifest.encoding,
            manifest.sha256
        )?;
    }
    let sums = &summary.sums;
    writeln!(
        out,
        "{} rows: {} screened, {} not screenable, {} unreadable, {} skipped",
        sums.rows, sums.screened, sums.not_screenable, sums.unreadable, sums.skipped
    )?;
    writeln!(
        out,
        "{} {}, {} {}, {} clear; {} findings, {} of them cleared",
        sums.hit,
        paint("hit", Outcome::Hit, colour && sums.hit > 0),
        sums.review,
        paint("to review", Outcome::Review, colour && sums.review > 0),
        sums.clear,
        sums.findings,
        sums.cleared_findings
    )?;
    writeln!(
        out,
        "Clear means: nothing found under these lists on this date. Not legal advice."
    )
}

/// Text without what could steer a terminal: control, escape and direction characters.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                '\u{fffd}'
            }
            '\u{feff}' => '\u{fffd}',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect()
}

fn paint(word: &str, outcome: Outcome, colour: bool) -> String {
    let code = match outcome {
        Outcome::Hit => "1;31",
        Outcome::Review => "1;33",
        Outcome::NotScreenable => "1;35",
        Outcome::Clear => "32",
    };
    if colour {
        format!("\u{1b}[{code}m{word}\u{1b}[0m")
    } else {
        word.to_owned()
    }
}

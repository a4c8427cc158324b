//! CSV: one row per finding, and one for what has none; for spreadsheets.
//!
//! A spreadsheet runs a cell that begins like a formula, and some skip blanks before it or take
//! full-width signs for it. Such a cell gets an apostrophe in front, and so does one that begins
//! with an apostrophe: take one away and the cell is as it was. Control characters and line breaks
//! become blanks. UTF-8 without a byte order mark, lines end with CR LF (RFC 4180).

use std::io::Write;

use crate::issue::Issue;
use crate::list::CitationStatus;
use crate::logic::Truth;
use crate::report::baseline::GoneRecord;
use crate::report::document::UnreadableRecord;
use crate::report::header::Header;
use crate::report::item::{FindingRecord, ItemRecord};
use crate::report::plain::plain;
use crate::report::summary::SAY_WHAT;
use crate::screen::{Evaluation, Measure, Outcome, SectoralAnswer, Verdict};

const COLUMNS: [&str; 25] = [
    "manifest",
    "line_id",
    "row",
    "outcome",
    "list",
    "entry",
    "title",
    "verdict",
    "evidence",
    "criteria",
    "missing",
    "remarks",
    "law",
    "measures",
    "destination",
    "description",
    "fingerprint",
    "edition",
    "list_sha256",
    "as_of",
    "since_baseline",
    "was",
    "waiver",
    "sku",
    "sectoral",
];

type Cells = [String; COLUMNS.len()];

pub(super) fn header(out: &mut impl Write) -> std::io::Result<()> {
    row(out, &COLUMNS.map(str::to_owned))
}

pub(super) fn item(
    out: &mut impl Write,
    header: &Header,
    item: &ItemRecord,
) -> std::io::Result<()> {
    if item.findings.is_empty() {
        let mut cells = cells(header, item);
        if item.outcome == Outcome::NotScreenable {
            SAY_WHAT.clone_into(&mut cells[10]);
        }
        return row(out, &cells);
    }
    for record in &item.findings {
        let finding = &record.finding;
        let list = header.list(&finding.list);
        // Of another day's edition the hash isn't known here; its id is.
        let list = list.filter(|list| list.edition_id == record.edition);
        let mut cells = cells(header, item);
        cells[4].clone_from(&finding.list);
        cells[5].clone_from(&finding.entry);
        cells[6].clone_from(&finding.title);
        finding.verdict.as_str().clone_into(&mut cells[7]);
        let evidence = finding.evidence.iter();
        let evidence = evidence.map(|e| match &e.reading {
            Some(reading) => format!("{}: {} ({}; {reading})", e.field, e.text, e.means),
            None => format!("{}: {} ({})", e.field, e.text, e.means),
        });
        cells[8] = joined(evidence);
        cells[9] = criterion(&finding.criteria);
        cells[10] = joined(finding.missing.iter().cloned());
        let issues = item.issues.iter().map(ToString::to_string);
        cells[11] = joined(remarks(record).into_iter().chain(issues));
        cells[12] = joined(record.citations.iter().map(|c| match (&c.item, c.status) {
            (Some(item), CitationStatus::Confirmed) => format!("{} {item}", c.symbol),
            (Some(item), _) => format!("{} {item} (inferred)", c.symbol),
            (None, _) => format!("{} (item open)", c.symbol),
        }));
        if finding.verdict != Verdict::Cleared {
            cells[13] = bans(item, record);
        }
        cells[16].clone_from(&record.fingerprint);
        let (_, edition) = record.edition.rsplit_once('@').unwrap_or_default();
        edition.clone_into(&mut cells[17]);
        cells[18] = list.map(|l| l.sha256.clone()).unwrap_or_default();
        if let Some(since) = &record.since_baseline {
            since.state.as_str().clone_into(&mut cells[20]);
            cells[21] = since.was.map(|w| w.as_str().to_owned()).unwrap_or_default();
        }
        if let Some(waiver) = &record.waiver {
            cells[22] = format!(
                "{}, {} to {}: {}",
                waiver.approver, waiver.issued, waiver.expires, waiver.reason
            );
        }
        row(out, &cells)?;
    }
    Ok(())
}

pub(super) fn unreadable(
    out: &mut impl Write,
    header: &Header,
    unreadable: &UnreadableRecord,
) -> std::io::Result<()> {
    let mut cells: Cells = Default::default();
    cells[0].clone_from(&unreadable.manifest);
    cells[2] = unreadable.row.to_string();
    "unreadable".clone_into(&mut cells[3]);
    cells[11] = unreadable.issue.to_string();
    cells[19] = header.as_of.to_string();
    row(out, &cells)
}

pub(super) fn gone(
    out: &mut impl Write,
    header: &Header,
    gone: &GoneRecord,
) -> std::io::Result<()> {
    let mut cells: Cells = Default::default();
    cells[0].clone_from(&gone.manifest);
    cells[1].clone_from(&gone.line_id);
    cells[2] = gone.row.to_string();
    "gone".clone_into(&mut cells[3]);
    cells[4].clone_from(&gone.list);
    cells[5].clone_from(&gone.entry);
    cells[6].clone_from(&gone.title);
    gone.why.as_str().clone_into(&mut cells[11]);
    cells[15].clone_from(&gone.description);
    cells[16].clone_from(&gone.fingerprint);
    cells[19] = header.as_of.to_string();
    "gone".clone_into(&mut cells[20]);
    gone.was.as_str().clone_into(&mut cells[21]);
    row(out, &cells)
}

/// Trouble with an input as a whole: an expired waiver is as much an answer as a finding.
pub(super) fn issue(out: &mut impl Write, header: &Header, issue: &Issue) -> std::io::Result<()> {
    let mut cells: Cells = Default::default();
    if let Some(place) = &issue.location {
        cells[0].clone_from(&place.file);
    }
    "issue".clone_into(&mut cells[3]);
    cells[11] = issue.to_string();
    cells[19] = header.as_of.to_string();
    row(out, &cells)
}

/// The cells that all rows of a goods item have.
fn cells(header: &Header, item: &ItemRecord) -> Cells {
    let mut cells: Cells = Default::default();
    cells[0].clone_from(&item.manifest);
    cells[1].clone_from(&item.line_id);
    cells[2] = item.row.to_string();
    item.outcome.as_str().clone_into(&mut cells[3]);
    cells[11] = joined(item.issues.iter().map(ToString::to_string));
    cells[14] = item.destination.clone().unwrap_or_default();
    cells[15].clone_from(&item.description);
    cells[19] = item.as_of.unwrap_or(header.as_of).to_string();
    cells[23] = item.sku.clone().unwrap_or_default();
    cells[24] = sectoral(item);
    cells
}

/// The bans by code that apply or may apply; else the answer, where it is more than "no".
fn sectoral(item: &ItemRecord) -> String {
    let Some(sectoral) = &item.sectoral else {
        return String::new();
    };
    if !item.is_sectoral() {
        return match sectoral.answer {
            SectoralAnswer::DoesNotApply => String::new(),
            other => other.as_str().to_owned(),
        };
    }
    let bans = sectoral
        .bans
        .iter()
        .filter(|ban| ban.applies != Truth::False);
    let since = item.sectoral_since_baseline;
    let since = since.map(|state| format!("baseline: {}", state.as_str()));
    joined(since.into_iter().chain(bans.map(|ban| {
        let word = match ban.applies {
            Truth::True => "applies",
            _ => "may apply",
        };
        let acts = ban.acts.iter().filter(|act| act.applies == ban.applies);
        let acts: Vec<String> = acts
            .map(|act| format!("{} {}: {}", act.symbol, act.item, act.why()))
            .collect();
        let ask: Vec<String> = ban
            .missing
            .iter()
            .map(|ask| format!("; ask: {ask}"))
            .collect();
        format!(
            "{} {}: {word}: {}; {}{}",
            ban.measure,
            ban.direction.as_str(),
            ban.row.why,
            acts.join("; "),
            ask.concat()
        )
    })))
}

fn remarks(record: &FindingRecord) -> Vec<String> {
    let finding = &record.finding;
    let mut remarks: Vec<String> = finding.doubt.iter().cloned().collect();
    for check in &finding.exceptions {
        let word = if check.stated { "stated" } else { "not stated" };
        remarks.push(format!("exception {word}: {}", check.exception));
    }
    remarks.extend(finding.notes.iter().cloned());
    remarks
}

/// The bans that apply or may apply; where none does, why not.
fn bans(item: &ItemRecord, record: &FindingRecord) -> String {
    let cited = |id: &str| record.citations.iter().any(|c| c.instrument == id);
    let list = &record.finding.list;
    let all = item.measures.iter();
    let all: Vec<&Measure> = all
        .filter(|m| m.list == *list && cited(&m.instrument))
        .collect();
    let none = all.iter().all(|m| m.applies == Truth::False);
    let told = all
        .into_iter()
        .filter(|m| none || m.applies != Truth::False);
    joined(told.map(|m| {
        let word = match m.applies {
            Truth::True => "applies",
            Truth::Unknown => "undetermined",
            Truth::False => "does not apply",
        };
        format!("{} {}: {word}: {}", m.symbol, m.direction.as_str(), m.why())
    }))
}

/// `all (met: … ["350A DC" = 350 A]; open: …)`
fn criterion(evaluation: &Evaluation) -> String {
    let word = match evaluation.truth {
        Truth::True => "met",
        Truth::Unknown => "open",
        Truth::False => "failed",
    };
    let mut text = format!("{word}: {}", evaluation.criterion);
    for stated in &evaluation.stated {
        text.push_str(&format!(
            " [{} = {}]",
            stated.evidence.text, stated.converted
        ));
    }
    for evidence in &evaluation.evidence {
        text.push_str(&format!(" [{}]", evidence.text));
    }
    if !evaluation.of.is_empty() {
        let parts: Vec<String> = evaluation.of.iter().map(criterion).collect();
        text.push_str(&format!(" ({})", parts.join("; ")));
    }
    text
}

fn joined(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(" | ")
}

fn row(out: &mut impl Write, cells: &Cells) -> std::io::Result<()> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(cells.iter().map(|cell| neutral(cell)))?;
    let bytes = writer
        .into_inner()
        .map_err(|e| std::io::Error::other(e.to_string()))?;
    out.write_all(&bytes)
}

/// A cell that a spreadsheet won't run and a terminal won't obey.
fn neutral(cell: &str) -> String {
    let text = plain(cell);
    let first = text
        .chars()
        .find(|c| !c.is_whitespace() && *c != '\u{fffd}')
        .unwrap_or('x');
    // With their small and full-width forms, and the minus sign of typography.
    let risky = "=+-@'＝＋－＠＇﹦﹢﹣﹫−";
    if risky.contains(first) || cell.starts_with(['\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::neutral;

    #[test]
    fn nothing_that_begins_like_a_formula_stays_one() {
        for cell in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "  =1",
            "\u{a0}=1",
            "\u{3000}＝1",
            "\t=1",
            "\r=1",
            "\n=1",
            "\u{200b}=1",
            "\u{feff}=1",
            "＋1",
            "－1",
            "＠x",
            "−1",
            "'=1",
            "\tplain",
        ] {
            assert!(neutral(cell).starts_with('\''), "{cell:?}");
        }
        for cell in ["", "NITRIC ACID", "1=1", "A-B", "5 'x'"] {
            assert_eq!(neutral(cell), cell);
        }
    }

    #[test]
    fn an_apostrophe_in_front_can_be_taken_away_again() {
        for cell in ["'90s cable", "=1", "''x", "plain"] {
            let written = neutral(cell);
            assert_eq!(written.strip_prefix('\'').unwrap_or(&written), cell);
        }
    }

    #[test]
    fn no_control_character_gets_out() {
        let written = neutral("a\u{1b}]0;x\u{7}\u{9b}31m\nb\u{202e}c");
        assert!(
            !written.contains(|c: char| c.is_control() || c == '\u{202e}'),
            "{written:?}"
        );
    }
}

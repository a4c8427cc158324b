//! Text, for an officer's eyes: what, where, why, which law, which fact is missing.

use std::io::Write;

use super::RenderOptions;
use super::sheet::{Sheet, Style};
use super::text_sectoral;
use super::text_shipment::{Told, measures};
use crate::list::CitationStatus;
use crate::logic::Truth;
use crate::report::baseline::{GoneRecord, Part};
use crate::report::document::UnreadableRecord;
use crate::report::item::{CitationRecord, FindingRecord, ItemRecord};
use crate::report::summary::SAY_WHAT;
use crate::screen::{Evaluation, Evidence, Outcome, Verdict};

/// Where the text beside a label begins.
pub(super) const COLUMN: usize = 15;
/// How much of a description is shown; the machine formats have it whole.
const DESCRIPTION: usize = 400;

pub(super) fn heading(out: impl Write, manifest: &str, colour: bool) -> std::io::Result<()> {
    let mut sheet = Sheet::new(out, colour);
    sheet.rule()?;
    sheet.text(0, manifest, Style::Strong)?;
    sheet.blank()
}

pub(super) fn item(
    out: impl Write,
    item: &ItemRecord,
    options: RenderOptions,
    told: &mut Told,
) -> std::io::Result<()> {
    let mut sheet = Sheet::new(out, options.colour);
    let mut place = format!("  line {}", item.line_id);
    if item.line_id != item.row.to_string() {
        place.push_str(&format!("  (row {})", item.row));
    }
    let waived = item.is_waived();
    let banned = item.outcome == Outcome::Clear && item.is_sectoral();
    let word = if banned {
        "CLEAR OF ITEM LISTS".to_owned()
    } else {
        item.outcome.as_str().to_uppercase()
    };
    let style = if waived {
        Style::Quiet
    } else if banned {
        Style::Plain
    } else {
        item.outcome.into()
    };
    let after = if waived { ", waived" } else { "" };
    sheet.pieces(&[
        (&word, style),
        (after, Style::Quiet),
        (&place, Style::Strong),
    ])?;
    sheet.text(2, &cut(item.description.trim()), Style::Plain)?;
    if let Some(day) = item.as_of {
        let text = format!("{day}, by the lists in force on that day");
        sheet.field(2, ("judged as of", Style::Quiet), COLUMN, &text)?;
    }
    for issue in &item.issues {
        let label = issue.severity.as_str();
        sheet.field(2, (label, Style::Review), COLUMN, &issue.message)?;
    }
    if item.outcome == Outcome::NotScreenable {
        sheet.field(2, ("ask", Style::Ask), COLUMN, SAY_WHAT)?;
    }
    for record in &item.findings {
        if record.waiver.is_some() && !options.show_waived {
            waived_briefly(&mut sheet, record)?;
        } else if options.all || record.finding.verdict != Verdict::Cleared {
            sheet.blank()?;
            finding(&mut sheet, record)?;
            if item.as_of.is_some() {
                sheet.field(4, ("edition", Style::Quiet), COLUMN, &record.edition)?;
            }
        }
    }
    if !item.measures.is_empty() && (!waived || options.show_waived) {
        sheet.blank()?;
        measures(&mut sheet, item, told)?;
    }
    if let Some(sectoral) = &item.sectoral {
        text_sectoral::bans(&mut sheet, sectoral, options.all)?;
        if let Some(state) = item.sectoral_since_baseline {
            sheet.field(4, ("baseline", state.into()), COLUMN, state.as_str())?;
        }
    }
    sheet.blank()
}

pub(super) fn evaluation(
    out: impl Write,
    evaluation: &Evaluation,
    colour: bool,
) -> std::io::Result<()> {
    criterion(&mut Sheet::new(out, colour), evaluation, 0)
}

fn finding<W: Write>(sheet: &mut Sheet<W>, record: &FindingRecord) -> std::io::Result<()> {
    let finding = &record.finding;
    let style = finding.verdict.into();
    let title = format!("{}  {}", finding.entry, finding.title);
    sheet.field(2, (finding.verdict.as_str(), style), 11, &title)?;
    since(sheet, record)?;
    if let Some(waiver) = &record.waiver {
        let mut text = format!(
            "by {}, {} to {}: {}",
            waiver.approver, waiver.issued, waiver.expires, waiver.reason
        );
        if let Some(reference) = &waiver.reference {
            text.push_str(&format!(" ({reference})"));
        }
        sheet.field(4, ("waived", Style::Clear), COLUMN, &text)?;
        let place = waiver.location.to_string();
        sheet.field(4, ("", Style::Plain), COLUMN, &place)?;
    }
    let mut label = "because";
    for evidence in telling(&finding.evidence) {
        sheet.field(4, (label, Style::Quiet), COLUMN, &says(evidence))?;
        label = "";
    }
    if !repeats(&finding.title, &finding.goods) {
        sheet.field(4, ("listed as", Style::Quiet), COLUMN, &finding.goods)?;
    }
    criterion(sheet, &finding.criteria, 0)?;
    for check in &finding.exceptions {
        let text = if check.stated {
            let words: Vec<String> = check.evidence.iter().map(quoted).collect();
            format!("stated by {}: {}", words.join(", "), check.exception)
        } else if check.criteria.is_some() {
            format!(
                "stated, its limits aren't met or are open: {}",
                check.exception
            )
        } else {
            format!("not stated: {}", check.exception)
        };
        sheet.field(4, ("exception", Style::Quiet), COLUMN, &text)?;
    }
    if let Some(doubt) = &finding.doubt {
        sheet.field(4, ("doubt", Style::Review), COLUMN, doubt)?;
    }
    for ask in &finding.missing {
        sheet.field(4, ("ask", Style::Ask), COLUMN, ask)?;
    }
    for note in &finding.notes {
        sheet.field(4, ("note", Style::Quiet), COLUMN, note)?;
    }
    let mut label = "law";
    for citation in &record.citations {
        sheet.field(4, (label, Style::Quiet), COLUMN, &cited(citation))?;
        label = "";
    }
    let short = record.fingerprint.get(..16).unwrap_or(&record.fingerprint);
    sheet.field(4, ("finding", Style::Quiet), COLUMN, short)
}

/// That a finding is waived, and until when.
fn waived_briefly<W: Write>(sheet: &mut Sheet<W>, record: &FindingRecord) -> std::io::Result<()> {
    let finding = &record.finding;
    let Some(waiver) = &record.waiver else {
        return Ok(());
    };
    let text = format!(
        "{} {}  {}; by {}, to {}",
        finding.verdict.as_str(),
        finding.entry,
        finding.title,
        waiver.approver,
        waiver.expires
    );
    sheet.field(2, ("waived", Style::Clear), 11, &text)?;
    since(sheet, record)
}

/// What became of a finding since the baseline.
fn since<W: Write>(sheet: &mut Sheet<W>, record: &FindingRecord) -> std::io::Result<()> {
    let Some(since) = &record.since_baseline else {
        return Ok(());
    };
    let mut text = since.state.as_str().to_owned();
    if let Some(was) = since.was.filter(|was| *was != record.finding.verdict) {
        text.push_str(&format!(", was {}", was.as_str()));
    }
    let parts = since.changed.iter().filter(|p| **p != Part::Verdict);
    let parts: Vec<&str> = parts.map(|p| p.as_str()).collect();
    if !parts.is_empty() {
        text.push_str(&format!(": {}", parts.join(", ")));
    }
    sheet.field(4, ("baseline", since.state.into()), COLUMN, &text)
}

pub(super) fn gone(out: impl Write, gone: &GoneRecord, colour: bool) -> std::io::Result<()> {
    let mut sheet = Sheet::new(out, colour);
    let mut place = format!("  line {}", gone.line_id);
    if gone.line_id != gone.row.to_string() {
        place.push_str(&format!("  (row {})", gone.row));
    }
    sheet.pieces(&[("GONE", Style::Clear), (&place, Style::Strong)])?;
    sheet.text(2, &cut(gone.description.trim()), Style::Plain)?;
    let text = format!("{} {}  {}", gone.was.as_str(), gone.entry, gone.title);
    sheet.field(2, ("was", Style::Quiet), COLUMN, &text)?;
    sheet.field(2, ("gone", Style::Clear), COLUMN, gone.why.as_str())?;
    sheet.blank()
}

/// Whether the title says it with other words between or beside.
fn repeats(title: &str, goods: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.map(str::to_lowercase).collect()
    };
    let title = words(title);
    words(goods).iter().all(|word| title.contains(word))
}

/// The evidence without what a longer piece with the same meaning says too.
fn telling(evidence: &[Evidence]) -> impl Iterator<Item = &Evidence> {
    evidence.iter().filter(|one| {
        !evidence.iter().any(|other| {
            other.field == one.field
                && other.means == one.means
                && other.start <= one.start
                && one.end <= other.end
                && other.end - other.start > one.end.saturating_sub(one.start)
        })
    })
}

fn says(evidence: &Evidence) -> String {
    match evidence.field.as_str() {
        "hs" => format!(
            "HS code {} agrees (an indication, no proof)",
            evidence.text.trim()
        ),
        "cas" => format!("CAS number {}", evidence.text.trim()),
        field => {
            let place = match field {
                "description" => String::new(),
                other => format!(" ({other})"),
            };
            let reading = evidence.reading.iter().map(|r| format!(", {r},"));
            let reading: String = reading.collect();
            format!(
                "{}{place}{reading} names: {}",
                quoted(evidence),
                evidence.means
            )
        }
    }
}

fn quoted(evidence: &Evidence) -> String {
    format!("“{}”", evidence.text.trim())
}

fn cited(citation: &CitationRecord) -> String {
    match (&citation.item, citation.status) {
        (Some(item), CitationStatus::Confirmed) => {
            format!("{}, {}", citation.symbol, item_words(item))
        }
        (Some(item), _) => format!("{}, {} (inferred)", citation.symbol, item_words(item)),
        (None, _) => format!("{}, item open", citation.symbol),
    }
}

fn item_words(item: &str) -> String {
    if item.starts_with(|c: char| c.is_ascii_digit()) {
        format!("item {item}")
    } else {
        item.to_owned()
    }
}

/// A criterion with its parts, indented.
fn criterion<W: Write>(
    sheet: &mut Sheet<W>,
    evaluation: &Evaluation,
    depth: usize,
) -> std::io::Result<()> {
    let word = match evaluation.truth {
        Truth::True => "met",
        Truth::Unknown => "open",
        Truth::False => "failed",
    };
    let mut text = match evaluation.criterion.as_str() {
        "all" => "all of:".to_owned(),
        "any" => "one of:".to_owned(),
        "not" => "not:".to_owned(),
        other => match (&evaluation.threshold, other.split_once(' ')) {
            // The figure's name is an id: welding-current.
            (Some(_), Some((role, rest))) => format!("{} {rest}", role.replace('-', " ")),
            _ => other.to_owned(),
        },
    };
    let stated = evaluation.stated.iter();
    let mut said: Vec<String> = stated
        .map(|s| format!("{} is {}", quoted(&s.evidence), s.converted))
        .collect();
    said.extend(evaluation.evidence.iter().map(quoted));
    if !said.is_empty() {
        text.push_str(&format!("; stated: {}", said.join(", ")));
    }
    let indent = 4 + 2 * depth.min(12);
    let column = COLUMN + 2 * depth.min(12);
    sheet.field(indent, (word, evaluation.truth.into()), column, &text)?;
    for part in &evaluation.of {
        criterion(sheet, part, depth + 1)?;
    }
    Ok(())
}

pub(super) fn unreadable(
    out: impl Write,
    unreadable: &UnreadableRecord,
    colour: bool,
) -> std::io::Result<()> {
    let mut sheet = Sheet::new(out, colour);
    let place = format!("  row {}", unreadable.row);
    sheet.pieces(&[("UNREADABLE", Style::Vague), (&place, Style::Strong)])?;
    sheet.text(2, &unreadable.issue.message, Style::Plain)?;
    sheet.blank()
}

pub(super) fn issue(out: impl Write, issue: &crate::Issue, colour: bool) -> std::io::Result<()> {
    let mut sheet = Sheet::new(out, colour);
    let place = issue.location.as_ref().map(|l| format!("{l}: "));
    let text = format!("{}{}", place.unwrap_or_default(), issue.message);
    sheet.field(0, (issue.severity.as_str(), Style::Review), 9, &text)?;
    sheet.blank()
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(DESCRIPTION) {
        Some((at, _)) => {
            let more = text[at..].chars().count();
            format!("{} … ({more} more characters)", &text[..at])
        }
        None => text.to_owned(),
    }
}

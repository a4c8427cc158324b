//! Text, for an officer's eyes: what, where, why, which law, which fact is missing.

use std::io::Write;

use super::sheet::{Sheet, Style};
use super::text_shipment::{Told, measures};
use crate::list::CitationStatus;
use crate::logic::Truth;
use crate::report::document::UnreadableRecord;
use crate::report::header::{Header, ListUsed};
use crate::report::item::{CitationRecord, FindingRecord, ItemRecord};
use crate::report::summary::SAY_WHAT;
use crate::screen::{Evaluation, Evidence, Outcome, Verdict};

/// Where the text beside a label begins.
pub(super) const COLUMN: usize = 15;
/// How much of a description is shown; the machine formats have it whole.
const DESCRIPTION: usize = 400;

pub(super) fn header(out: impl Write, header: &Header, colour: bool) -> std::io::Result<()> {
    let mut sheet = Sheet::new(out, colour);
    sheet.pieces(&[
        (
            "Goods screened against lists of dual-use goods",
            Style::Strong,
        ),
        ("  as of ", Style::Plain),
        (&header.as_of.to_string(), Style::Strong),
    ])?;
    sheet.blank()?;
    for list in &header.lists {
        sheet.field(2, ("list", Style::Quiet), COLUMN, &about(list))?;
        if list.in_force == Truth::Unknown {
            let text = "whether it is in force is not known; it is screened with all the same";
            sheet.field(2, ("", Style::Plain), COLUMN, text)?;
        }
        let mut label = "in force";
        for instrument in &list.instruments {
            let when = match instrument.in_force {
                Truth::True => instrument.when.clone(),
                Truth::False => format!("not on this date ({})", instrument.when),
                Truth::Unknown => "not known since when".to_owned(),
            };
            let text = format!("{}: {when}", instrument.symbol);
            sheet.field(2, (label, Style::Quiet), COLUMN, &text)?;
            label = "";
        }
        sheet.field(2, ("sha256", Style::Quiet), COLUMN, &list.sha256)?;
    }
    for list in &header.not_screened {
        let text = format!("{}, {}: {}", list.id, list.title, list.reason);
        sheet.field(2, ("not screened", Style::Review), COLUMN, &text)?;
    }
    let options = &header.options;
    let mut said: Vec<String> = Vec::new();
    said.extend(
        options
            .destination
            .map(|c| format!("destination {c} where none is stated")),
    );
    said.extend(
        options
            .exporter
            .map(|c| format!("exporter under the law of {c}")),
    );
    said.extend(options.map.iter().map(|m| format!("column {m}")));
    said.extend(options.encoding.iter().map(|e| format!("encoding {e}")));
    if !options.lists.is_empty() {
        said.push(format!("only the lists {}", options.lists.join(", ")));
    }
    if !said.is_empty() {
        sheet.field(2, ("options", Style::Quiet), COLUMN, &said.join("; "))?;
    }
    let tool = format!("{} {}", header.tool.name, header.tool.version);
    sheet.field(2, ("program", Style::Quiet), COLUMN, &tool)?;
    sheet.blank()
}

fn about(list: &ListUsed) -> String {
    format!(
        "{}, {} ({} entries, edition {})",
        list.id, list.title, list.entries, list.edition
    )
}

pub(super) fn heading(out: impl Write, manifest: &str, colour: bool) -> std::io::Result<()> {
    let mut sheet = Sheet::new(out, colour);
    sheet.rule()?;
    sheet.text(0, manifest, Style::Strong)?;
    sheet.blank()
}

pub(super) fn item(
    out: impl Write,
    item: &ItemRecord,
    (all, colour): (bool, bool),
    told: &mut Told,
) -> std::io::Result<()> {
    let mut sheet = Sheet::new(out, colour);
    let mut place = format!("  line {}", item.line_id);
    if item.line_id != item.row.to_string() {
        place.push_str(&format!("  (row {})", item.row));
    }
    sheet.pieces(&[
        (&item.outcome.as_str().to_uppercase(), item.outcome.into()),
        (&place, Style::Strong),
    ])?;
    sheet.text(2, &cut(item.description.trim()), Style::Plain)?;
    for issue in &item.issues {
        let label = issue.severity.as_str();
        sheet.field(2, (label, Style::Review), COLUMN, &issue.message)?;
    }
    if item.outcome == Outcome::NotScreenable {
        sheet.field(2, ("ask", Style::Ask), COLUMN, SAY_WHAT)?;
    }
    for record in &item.findings {
        if all || record.finding.verdict != Verdict::Cleared {
            sheet.blank()?;
            finding(&mut sheet, record)?;
        }
    }
    if !item.measures.is_empty() {
        sheet.blank()?;
        measures(&mut sheet, item, told)?;
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
    Ok(())
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

//! CSV: one row per finding, for spreadsheets.

use std::io::Write;

use super::model::ItemRecord;

const COLUMNS: [&str; 11] = [
    "manifest",
    "line_id",
    "row",
    "outcome",
    "list",
    "entry",
    "verdict",
    "goods",
    "evidence",
    "missing",
    "description",
];

pub(super) fn header(out: &mut impl Write) -> std::io::Result<()> {
    row(out, &COLUMNS.map(str::to_owned))
}

pub(super) fn item(out: &mut impl Write, item: &ItemRecord) -> std::io::Result<()> {
    let start = |rest: [String; 6]| {
        let [list, entry, verdict, goods, evidence, missing] = rest;
        [
            item.manifest.clone(),
            item.line_id.clone(),
            item.row.to_string(),
            item.outcome.as_str().to_owned(),
            list,
            entry,
            verdict,
            goods,
            evidence,
            missing,
            item.description.clone(),
        ]
    };
    if item.findings.is_empty() {
        return row(out, &start(Default::default()));
    }
    for finding in &item.findings {
        let evidence: Vec<&str> = finding.evidence.iter().map(|e| e.text.as_str()).collect();
        row(
            out,
            &start([
                finding.list.clone(),
                finding.entry.clone(),
                finding.verdict.as_str().to_owned(),
                finding.goods.clone(),
                evidence.join(" | "),
                finding.missing.join(" | "),
            ]),
        )?;
    }
    Ok(())
}

fn row(out: &mut impl Write, cells: &[String; 11]) -> std::io::Result<()> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(cells.iter().map(|cell| neutral(cell)))?;
    let bytes = writer
        .into_inner()
        .map_err(|e| std::io::Error::other(e.to_string()))?;
    out.write_all(&bytes)
}

/// A cell that a spreadsheet won't run as a formula.
fn neutral(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

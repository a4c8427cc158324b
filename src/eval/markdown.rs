//! The figures as a document to keep beside the program.
//!
//! It holds every miss by name, so that a figure can't hide what it is made of, and no date,
//! version or path but the labelled file's, so that it changes only when an answer does.

use std::collections::BTreeMap;
use std::io::{Result, Write};

use super::accuracy::{Accuracy, Miss, MissKind};
use super::figures::{Figures, Share};

const SECTIONS: [(MissKind, &str, &str); 5] = [
    (
        MissKind::Missed,
        "Missed",
        "Labelled hit or review, found as neither: the false negatives.",
    ),
    (
        MissKind::Verdict,
        "Another verdict",
        "Found, but not as labelled.",
    ),
    (
        MissKind::FalseAlert,
        "False alerts",
        "Labelled none, but alerted under the entries named.",
    ),
    (
        MissKind::Noise,
        "Noise",
        "A hit under an entry that the line isn't labelled for.",
    ),
    (
        MissKind::Screenability,
        "Screenable or not",
        "Labelled not screenable and found otherwise, or the other way round.",
    ),
];

/// Writes the figures as a Markdown document; with `misses`, every wrong row too.
///
/// # Errors
/// When the output can't be written.
pub fn write_markdown(out: &mut impl Write, accuracy: &Accuracy, misses: bool) -> Result<()> {
    let name = &accuracy.labelled;
    writeln!(out, "# Accuracy on `{name}`\n")?;
    write!(
        out,
        "Made by `tidewaiter eval`; don't edit. {} lines, {} rows (a line judged for two entries has two)",
        accuracy.lines, accuracy.rows
    )?;
    if !accuracy.entries.is_empty() {
        write!(out, ", entries `{}*`", accuracy.entries)?;
    }
    writeln!(out, "; SHA-256 `{}`.\n", accuracy.sha256)?;
    writeln!(out, "| figure | share | count |\n| --- | ---: | ---: |")?;
    for (figure, share) in accuracy.figures.shares() {
        let value = value(share.value());
        writeln!(out, "| {figure} | {value} | {}/{} |", share.count, share.of)?;
    }
    let u = accuracy.figures.unscreenable;
    writeln!(
        out,
        "| unscreenable F1 | {} | {}/{} |",
        value(u.f1()),
        u.right,
        u.right + u.missed
    )?;
    table(out, "language", &accuracy.by_language)?;
    table(out, "entry", &accuracy.by_entry)?;
    table(out, "kind", &accuracy.by_kind)?;
    if misses {
        for (kind, title, meaning) in SECTIONS {
            let of_kind = accuracy.misses.iter().filter(|miss| miss.kind == kind);
            list(out, title, meaning, &of_kind.collect::<Vec<_>>())?;
        }
    }
    Ok(())
}

fn table(out: &mut impl Write, what: &str, groups: &BTreeMap<String, Figures>) -> Result<()> {
    writeln!(out, "\n## By {what}\n")?;
    writeln!(
        out,
        "| {what} | alert recall | hit recall | verdict accuracy | clearing | false alerts | noise |"
    )?;
    writeln!(out, "| --- | ---: | ---: | ---: | ---: | ---: | ---: |")?;
    for (name, figures) in groups {
        write!(out, "| {name} |")?;
        for (_, share) in figures.shares() {
            write!(out, " {} |", counted(share))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn list(out: &mut impl Write, title: &str, meaning: &str, misses: &[&Miss]) -> Result<()> {
    writeln!(out, "\n## {title}: {}\n\n{meaning}", misses.len())?;
    if misses.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n| line | language | entry | wanted | got | description |"
    )?;
    writeln!(out, "| --- | --- | --- | --- | --- | --- |")?;
    for miss in misses {
        writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} |",
            miss.line_id,
            miss.language,
            miss.entry.as_deref().unwrap_or("-"),
            miss.wanted.replace('|', " or "),
            miss.got.replace(',', ", "),
            code(&miss.description)
        )?;
    }
    Ok(())
}

fn value(share: Option<f64>) -> String {
    share.map_or_else(|| "-".to_owned(), |share| format!("{share:.4}"))
}

fn counted(share: Share) -> String {
    if share.of == 0 {
        return String::new();
    }
    format!("{} ({}/{})", value(share.value()), share.count, share.of)
}

/// A text as written, inside a table's cell.
fn code(text: &str) -> String {
    let text = text.replace(['\r', '\n'], " ").replace('|', "\\|");
    if text.is_empty() {
        String::new()
    } else if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

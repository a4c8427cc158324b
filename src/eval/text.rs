//! The figures for people, at a terminal.

use std::collections::BTreeMap;
use std::io::{Result, Write};

use super::accuracy::Accuracy;
use super::figures::Figures;

/// Writes the figures as plain text: over all, then the verdict accuracy by kind, language and
/// entry; with `misses`, every wrong row too.
///
/// # Errors
/// When the output can't be written.
pub fn write_text(out: &mut impl Write, accuracy: &Accuracy, misses: bool) -> Result<()> {
    let (name, entries) = (&accuracy.labelled, &accuracy.entries);
    write!(
        out,
        "{name}: {} lines, {} rows",
        accuracy.lines, accuracy.rows
    )?;
    if !entries.is_empty() {
        write!(out, ", entries {entries}*")?;
    }
    writeln!(out, "\n")?;
    for (figure, share) in accuracy.figures.shares() {
        writeln!(out, "{figure:26} {share}")?;
    }
    let unscreenable = accuracy.figures.unscreenable;
    let (found, of) = (unscreenable.right, unscreenable.right + unscreenable.missed);
    match unscreenable.f1() {
        Some(f1) => writeln!(out, "{:26} {f1:.4} ({found}/{of})", "unscreenable F1")?,
        None => writeln!(out, "{:26} - (0/0)", "unscreenable F1")?,
    }
    group(out, "kind", &accuracy.by_kind)?;
    group(out, "language", &accuracy.by_language)?;
    group(out, "entry", &accuracy.by_entry)?;
    if misses {
        writeln!(out, "\nmisses: {}", accuracy.misses.len())?;
        for miss in &accuracy.misses {
            let entry = miss.entry.as_deref().unwrap_or("-");
            writeln!(
                out,
                "  {:8} {:8} {entry:12} want {:14} got {:14} {:?}",
                miss.line_id, miss.language, miss.wanted, miss.got, miss.description
            )?;
        }
    }
    Ok(())
}

fn group(out: &mut impl Write, what: &str, of: &BTreeMap<String, Figures>) -> Result<()> {
    let [accuracy, recall, alerts] = ["verdict accuracy", "alert recall", "false alerts"];
    let title = format!("by {what}");
    writeln!(out, "\n{title:18} {accuracy:>18} {recall:>18} {alerts:>18}")?;
    for (name, figures) in of {
        let [accuracy, recall, alerts] = [
            figures.verdict_accuracy,
            figures.alert_recall,
            figures.false_alerts,
        ]
        .map(|share| {
            if share.of > 0 {
                share.to_string()
            } else {
                "-".into()
            }
        });
        writeln!(out, "  {name:16} {accuracy:>18} {recall:>18} {alerts:>18}")?;
    }
    Ok(())
}

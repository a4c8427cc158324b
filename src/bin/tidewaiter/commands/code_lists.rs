//! The lists of bans by code: finding them, showing them, checking them.

use std::io::{Result as Written, Write};
use std::path::Path;

use tidewaiter::list::{
    CitationStatus, CodeList, CodeMeasure, CodeRow, Order, embedded_code_lists, is_code_list,
    load_codes,
};
use tidewaiter::{Error, ErrorKind, Result};

use super::lists::{borrowed, files, sorted};

/// The embedded code lists and those of a folder.
pub fn all(folder: Option<&Path>) -> Result<Vec<CodeList>> {
    let mut lists = embedded_code_lists().to_vec();
    let Some(folder) = folder else {
        return Ok(lists);
    };
    for path in sorted(folder)?.into_iter().filter(|path| path.is_dir()) {
        let files = files(&path)?;
        let files = borrowed(&files);
        if !is_code_list(&files) {
            continue;
        }
        let list = load_codes(files)?;
        if lists.iter().any(|other| other.head.id == list.head.id) {
            let message = format!(
                "{}: there is a code list {:?} already; give it another id",
                path.display(),
                list.head.id
            );
            return Err(Error::new(ErrorKind::List, message));
        }
        lists.push(list);
    }
    Ok(lists)
}

/// The code lists that were asked for, and the ids that must be those of item lists. Without any
/// id, all.
pub fn select(ids: &[String], folder: Option<&Path>) -> Result<(Vec<CodeList>, Vec<String>)> {
    let mut lists = all(folder)?;
    if ids.is_empty() {
        return Ok((lists, Vec::new()));
    }
    let is_code = |id: &&String| lists.iter().any(|list| list.head.id == **id);
    let others = ids.iter().filter(|id| !is_code(id)).cloned().collect();
    lists.retain(|list| ids.contains(&list.head.id));
    Ok((lists, others))
}

pub fn write_list(out: &mut impl Write, list: &CodeList) -> Written<()> {
    write_head(out, list)?;
    for measure in &list.measures {
        writeln!(out)?;
        write_measure(out, list, measure)?;
    }
    Ok(())
}

fn write_head(out: &mut impl Write, list: &CodeList) -> Written<()> {
    writeln!(out, "{}  {}", list.head.id, list.head.title)?;
    writeln!(out, "  decision: {}", list.head.decision)?;
    writeln!(
        out,
        "  edition {}, {} measures, {} codes",
        list.head.edition,
        list.measures.len(),
        list.rows()
    )?;
    writeln!(out, "  sha256 {}", list.sha256)?;
    for instrument in &list.instruments {
        super::list::write_instrument(out, instrument)?;
    }
    for open in &list.head.unverified {
        writeln!(out, "  unverified: {open}")?;
    }
    Ok(())
}

fn write_measure(out: &mut impl Write, list: &CodeList, measure: &CodeMeasure) -> Written<()> {
    writeln!(
        out,
        "{}  {}, {}",
        measure.id,
        measure.title,
        measure.direction.as_str()
    )?;
    for act in &measure.acts {
        let symbol = list.instrument(&act.instrument).map(|i| i.symbol.as_str());
        let order = match act.order {
            Order::Ban => "ban",
            Order::Ceiling => "ceiling",
            Order::Other => "not known to this version",
        };
        let status = match act.status {
            CitationStatus::Confirmed => "confirmed",
            CitationStatus::Inferred => "inferred",
            CitationStatus::Open => "open",
        };
        writeln!(
            out,
            "  {order}: {}, {}, since {} ({status})",
            symbol.unwrap_or(&act.instrument),
            act.item,
            act.since
        )?;
        if let Some(earlier) = &act.earlier {
            writeln!(out, "    perhaps earlier: {earlier}")?;
        }
    }
    for row in &measure.rows {
        write_row(out, row)?;
    }
    if let Some(only) = &measure.only {
        writeln!(out, "  only: {only}")?;
    }
    for (label, texts) in [
        ("except", &measure.exceptions),
        ("note", &measure.notes),
        ("unverified", &measure.unverified),
    ] {
        for text in texts {
            writeln!(out, "  {label}: {text}")?;
        }
    }
    Ok(())
}

fn write_row(out: &mut impl Write, row: &CodeRow) -> Written<()> {
    write!(out, "  {}: {}", row.name(), row.goods)?;
    if !row.later.is_empty() {
        write!(out, "; later {}", row.later.join(", "))?;
    }
    for (act, since) in &row.since {
        write!(out, "; since {since} by {act}")?;
    }
    if let Some(note) = &row.note {
        write!(out, " ({note})")?;
    }
    writeln!(out)
}

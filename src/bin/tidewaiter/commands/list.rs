//! `list`: which lists there are, what they say, whether they are sound.

use std::io::Write;

use tidewaiter::list::{CitationStatus, ControlList, Entry};
use tidewaiter::{Error, ErrorKind, Result};

use crate::args::{List, ShowFormat};
use crate::output::{Sink, written};

pub fn run(args: &List) -> Result<u8> {
    let mut sink = Sink::open(None)?;
    match args {
        List::Status => {
            for list in super::lists::select(&[], None)? {
                written(write_status(&mut sink, &list))?;
            }
        }
        List::Show { id, format } => {
            for list in super::lists::select(std::slice::from_ref(id), None)? {
                match format {
                    ShowFormat::Text => written(write_list(&mut sink, &list))?,
                    ShowFormat::Json => {
                        let text = serde_json::to_string_pretty(&list)
                            .map_err(|e| Error::new(ErrorKind::Io, e.to_string()))?;
                        written(writeln!(sink, "{text}"))?;
                    }
                }
            }
        }
        List::Lint { folder } => {
            let lists = match folder {
                Some(folder) => vec![super::lists::read(folder)?],
                None => super::lists::select(&[], None)?,
            };
            for list in lists {
                let (id, count) = (&list.head.id, list.entries.len());
                written(writeln!(sink, "{id}: {count} entries, no error found"))?;
            }
        }
    }
    sink.finish()?;
    Ok(0)
}

fn write_status(out: &mut impl Write, list: &ControlList) -> std::io::Result<()> {
    writeln!(out, "{}  {}", list.head.id, list.head.title)?;
    writeln!(out, "  decision: {}", list.head.decision)?;
    writeln!(
        out,
        "  edition {}, {} entries",
        list.head.edition,
        list.entries.len()
    )?;
    writeln!(out, "  sha256 {}", list.sha256)?;
    for instrument in &list.instruments {
        let since = instrument
            .in_force
            .first()
            .map_or("not known".to_owned(), |i| i.from().to_string());
        writeln!(
            out,
            "  {} ({}): {}, binds {}, in force since {since}",
            instrument.symbol,
            instrument.authority,
            instrument.measure,
            instrument.binds.join(", ")
        )?;
    }
    for open in &list.head.unverified {
        writeln!(out, "  unverified: {open}")?;
    }
    Ok(())
}

fn write_list(out: &mut impl Write, list: &ControlList) -> std::io::Result<()> {
    write_status(out, list)?;
    for entry in &list.entries {
        writeln!(out)?;
        write_entry(out, entry)?;
    }
    Ok(())
}

/// An entry: what it controls, where the law says so, what is open.
pub fn write_entry(out: &mut impl Write, entry: &Entry) -> std::io::Result<()> {
    writeln!(out, "{}  {}", entry.id, entry.title)?;
    writeln!(out, "  {}", entry.description)?;
    for citation in &entry.citations {
        let item = citation.item.as_deref().unwrap_or("item not known");
        let status = match citation.status {
            CitationStatus::Confirmed => "confirmed",
            CitationStatus::Inferred => "inferred",
            CitationStatus::Open => "open",
        };
        writeln!(out, "  cited: {} {item} ({status})", citation.instrument)?;
    }
    for cas in &entry.cas {
        writeln!(out, "  CAS {cas}")?;
    }
    for goods in &entry.goods {
        writeln!(out, "  goods: {}", goods.name)?;
        if let Some(doubt) = &goods.doubt {
            writeln!(out, "    a question at best: {doubt}")?;
        }
    }
    for exception in &entry.exceptions {
        writeln!(out, "  except: {}", exception.text)?;
    }
    for note in &entry.notes {
        writeln!(out, "  note: {note}")?;
    }
    Ok(())
}

//! `list at`, `list history`, `list diff`: the editions of lists.

use std::io::{Result as Written, Write};

use serde::Serialize;
use tidewaiter::list::{
    Change, ControlList, Edition, History, Instrument, ListDiff, NotInForce, Register,
    diff as compare,
};
use tidewaiter::vocab::{Interval, Jurisdiction};
use tidewaiter::{Day, Error, ErrorKind, Result, Truth};

use super::list::write_json;
use crate::args::ShowFormat;
use crate::output::{Sink, written};

/// What is in force on a day.
#[derive(Serialize)]
struct At {
    as_of: Day,
    jurisdictions: Vec<Jurisdiction>,
    in_force: Vec<InForceAt>,
    not_in_force: Vec<NotAt>,
}

#[derive(Serialize)]
struct InForceAt {
    list: String,
    edition: String,
    title: String,
    entries: usize,
    sha256: String,
    in_force: Truth,
    amended: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    still: Vec<Jurisdiction>,
    instruments: Vec<InstrumentAt>,
}

#[derive(Serialize)]
struct InstrumentAt {
    id: String,
    symbol: String,
    binds: Vec<String>,
    in_force: Truth,
    when: String,
}

#[derive(Serialize)]
struct NotAt {
    list: String,
    title: String,
    reason: String,
}

pub fn at(
    sink: &mut Sink,
    register: &Register,
    date: &str,
    whose: &[Jurisdiction],
    format: ShowFormat,
) -> Result<()> {
    let day: Day = date
        .parse()
        .map_err(|e: Error| Error::new(ErrorKind::Option, e.message().to_owned()))?;
    let found = register.in_force_on(day, whose)?;
    let at = At {
        as_of: day,
        jurisdictions: whose.to_vec(),
        in_force: found
            .lists
            .iter()
            .map(|list| in_force_at(list, day, whose))
            .collect(),
        not_in_force: found.left_out.into_iter().map(not_at).collect(),
    };
    match format {
        ShowFormat::Json => write_json(sink, &at),
        ShowFormat::Text => written(write_at(sink, &at)),
    }
}

fn in_force_at(list: &ControlList, day: Day, whose: &[Jurisdiction]) -> InForceAt {
    let asked = list.instruments.iter().filter(|i| i.is_of(whose));
    InForceAt {
        list: list.head.id.clone(),
        edition: list.edition_id(),
        title: list.head.title.clone(),
        entries: list.entries.len(),
        sha256: list.sha256.clone(),
        in_force: list.in_force_for(day, whose),
        amended: list.amended.iter().map(|a| a.decision.clone()).collect(),
        still: list.older.iter().flat_map(|o| o.still.clone()).collect(),
        instruments: asked
            .map(|i| InstrumentAt {
                id: i.id.clone(),
                symbol: i.symbol.clone(),
                binds: i.binds.clone(),
                in_force: i.in_force_on(day),
                when: i.when(),
            })
            .collect(),
    }
}

fn not_at(out: NotInForce) -> NotAt {
    NotAt {
        list: out.list.head.id,
        title: out.list.head.title,
        reason: out.reason,
    }
}

fn write_at(out: &mut impl Write, at: &At) -> Written<()> {
    for list in &at.in_force {
        writeln!(out, "{}  {}", list.edition, list.title)?;
        if !list.still.is_empty() {
            let whose: Vec<String> = list.still.iter().map(ToString::to_string).collect();
            let whose = whose.join(", ");
            writeln!(out, "  older wording, still in force for {whose}")?;
        }
        writeln!(out, "  {}", entries(list.entries))?;
        if list.in_force == Truth::Unknown {
            writeln!(
                out,
                "  whether it is in force is not known; it is screened with"
            )?;
        }
        for decision in &list.amended {
            writeln!(out, "  amended by {decision}")?;
        }
        for instrument in &list.instruments {
            let what = match instrument.in_force {
                Truth::True => format!("in force {}", instrument.when),
                Truth::False => format!("not in force on {} ({})", at.as_of, instrument.when),
                Truth::Unknown => "in force since when is not known".to_owned(),
            };
            let binds = instrument.binds.join(", ");
            writeln!(out, "  {}, binds {binds}: {what}", instrument.symbol)?;
        }
    }
    for list in &at.not_in_force {
        writeln!(out, "{}  {}", list.list, list.title)?;
        writeln!(out, "  {}", list.reason)?;
    }
    Ok(())
}

/// A list over time.
#[derive(Serialize)]
struct Told<'a> {
    list: &'a str,
    title: &'a str,
    editions: Vec<ToldEdition<'a>>,
}

#[derive(Serialize)]
struct ToldEdition<'a> {
    id: &'a str,
    in_force: &'a [Interval],
    entries: usize,
    sha256: &'a str,
    made_by: Vec<MadeBy<'a>>,
    changes: ListDiff,
}

#[derive(Serialize)]
struct MadeBy<'a> {
    decision: &'a str,
    instruments: Vec<Since<'a>>,
}

#[derive(Serialize)]
struct Since<'a> {
    id: &'a str,
    symbol: &'a str,
    binds: &'a [String],
    in_force: &'a [Interval],
}

pub fn history(sink: &mut Sink, history: &History, format: ShowFormat) -> Result<()> {
    let editions = history.editions();
    let base = history.base();
    let told = Told {
        list: &base.head.id,
        title: &base.head.title,
        editions: editions
            .iter()
            .enumerate()
            .map(|(number, edition)| told(&editions[number.saturating_sub(1)], edition))
            .collect(),
    };
    match format {
        ShowFormat::Json => write_json(sink, &told),
        ShowFormat::Text => written(write_history(sink, base, &told)),
    }
}

fn told<'a>(before: &Edition, edition: &'a Edition) -> ToldEdition<'a> {
    let list = &edition.list;
    let made_by = list.amended.iter().map(|amended| MadeBy {
        decision: &amended.decision,
        instruments: amended
            .by
            .iter()
            .filter_map(|id| list.instrument(id))
            .map(since)
            .collect(),
    });
    ToldEdition {
        id: &edition.id,
        in_force: &edition.in_force,
        entries: list.entries.len(),
        sha256: &list.sha256,
        made_by: made_by.collect(),
        changes: compare(&before.list, list),
    }
}

fn since(instrument: &Instrument) -> Since<'_> {
    Since {
        id: &instrument.id,
        symbol: &instrument.symbol,
        binds: &instrument.binds,
        in_force: &instrument.in_force,
    }
}

fn write_history(out: &mut impl Write, base: &ControlList, told: &Told) -> Written<()> {
    writeln!(out, "{}  {}", told.list, told.title)?;
    for edition in &told.editions {
        writeln!(out)?;
        writeln!(out, "{}  {}", edition.id, spans(edition.in_force))?;
        writeln!(out, "  {}", entries(edition.entries))?;
        if edition.made_by.is_empty() {
            writeln!(out, "  {}", base.head.decision)?;
            for instrument in base.instruments.iter().map(since) {
                writeln!(out, "  {}", by(&instrument))?;
            }
        }
        for made in &edition.made_by {
            writeln!(out, "  amended by {}", made.decision)?;
            for i in &made.instruments {
                writeln!(out, "    {}", by(i))?;
            }
        }
        if !edition.changes.is_empty() {
            writeln!(out, "  against {}:", edition.changes.from)?;
            write_changes(out, &edition.changes, 4)?;
        }
    }
    Ok(())
}

/// The editions of a list, for `list status`.
pub fn write_editions(out: &mut impl Write, history: &History) -> Written<()> {
    for edition in history.editions() {
        let amended = edition.list.amended.last();
        let how = amended.map_or("as decided", |amended| amended.decision.as_str());
        writeln!(
            out,
            "  edition {}: {}; {how}",
            edition.id,
            spans(&edition.in_force)
        )?;
    }
    Ok(())
}

fn by(instrument: &Since) -> String {
    let binds = instrument.binds.join(", ");
    let when = spans(instrument.in_force);
    format!("{}, binds {binds}: {when}", instrument.symbol)
}

fn entries(count: usize) -> String {
    match count {
        1 => "1 entry".to_owned(),
        _ => format!("{count} entries"),
    }
}

fn spans(intervals: &[Interval]) -> String {
    let spans: Vec<String> = intervals.iter().map(ToString::to_string).collect();
    if spans.is_empty() {
        "in force when is not known".to_owned()
    } else {
        format!("in force {}", spans.join(", "))
    }
}

pub fn diff(
    sink: &mut Sink,
    from: &ControlList,
    to: &ControlList,
    format: ShowFormat,
) -> Result<()> {
    let diff = compare(from, to);
    match format {
        ShowFormat::Json => write_json(sink, &diff),
        ShowFormat::Text => written(write_diff(sink, &diff)),
    }
}

fn write_diff(out: &mut impl Write, diff: &ListDiff) -> Written<()> {
    writeln!(out, "{} -> {}", diff.from, diff.to)?;
    write_changes(out, diff, 0)?;
    let (added, removed) = (diff.added.len(), diff.removed.len());
    let (changed, unchanged) = (diff.changed.len(), diff.unchanged);
    writeln!(
        out,
        "{added} added, {removed} removed, {changed} changed, {unchanged} the same"
    )
}

fn write_changes(out: &mut impl Write, diff: &ListDiff, indent: usize) -> Written<()> {
    let blank = " ".repeat(indent);
    for entry in &diff.removed {
        writeln!(out, "{blank}removed  {}  {}", entry.entry, entry.title)?;
    }
    for entry in &diff.added {
        writeln!(out, "{blank}added    {}  {}", entry.entry, entry.title)?;
    }
    for entry in &diff.changed {
        writeln!(out, "{blank}changed  {}  {}", entry.entry, entry.title)?;
        for change in &entry.changes {
            write_change(out, change, indent + 2)?;
        }
    }
    Ok(())
}

fn write_change(out: &mut impl Write, change: &Change, indent: usize) -> Written<()> {
    let blank = " ".repeat(indent);
    writeln!(out, "{blank}{}", change.what)?;
    if let Some(before) = &change.before {
        writeln!(out, "{blank}  - {before}")?;
    }
    if let Some(after) = &change.after {
        writeln!(out, "{blank}  + {after}")?;
    }
    Ok(())
}

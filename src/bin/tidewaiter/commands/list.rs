//! `list`: which lists there are, what they say, whether they are sound; making one's own.

mod new;
mod pack;
mod status;
mod test;
mod verify;

use std::io::{Result as Written, Write};
use std::path::Path;

use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::{
    CitationStatus, ControlList, Criterion, Entry, Goods, Instrument, PartsRule, Register,
    embedded_code_files, embedded_code_lists, embedded_files, is_code_list, lint_code_list,
    lint_lexicon, lint_list, load, load_codes,
};
use tidewaiter::{Error, ErrorKind, Issue, Result};

use crate::args::{List, ShowFormat};
use crate::output::{EXIT_CLEAN, EXIT_FINDINGS, Sink, written};

pub fn run(args: &List) -> Result<u8> {
    let mut sink = Sink::open(None)?;
    let mut code = EXIT_CLEAN;
    match args {
        List::Status { as_of, sources } => return status::run(as_of.as_deref(), sources),
        List::Test(args) => return test::run(args),
        List::New(args) => return new::run(args),
        List::Pack(args) => return pack::run(args),
        List::Verify(args) => return verify::run(args),
        List::At {
            date,
            jurisdictions,
            format,
            sources,
        } => {
            let register = super::lists::register(sources)?;
            let whose = super::lists::jurisdictions(jurisdictions)?;
            super::list_time::at(&mut sink, &register, date, &whose, *format)?;
        }
        List::History {
            id,
            format,
            sources,
        } => {
            let register = super::lists::register(sources)?;
            super::list_time::history(&mut sink, register.history(id)?, *format)?;
        }
        List::Diff {
            from,
            to,
            format,
            sources,
        } => {
            let register = super::lists::register(sources)?;
            let (from, to) = (register.find(from)?, register.find(to)?);
            super::list_time::diff(&mut sink, &from, &to, *format)?;
        }
        List::Show {
            id,
            format,
            sources,
        } => {
            let ids = std::slice::from_ref(id);
            let folder = sources.lists_dir.as_deref();
            let (codes, others) = super::code_lists::select(ids, folder)?;
            for list in codes {
                match format {
                    ShowFormat::Text => written(super::code_lists::write_list(&mut sink, &list))?,
                    ShowFormat::Json => write_json(&mut sink, &list)?,
                }
            }
            for id in &others {
                let (of, _) = id.split_once('@').unwrap_or((id, ""));
                let register = super::lists::register_of(&[of.to_owned()], sources)?;
                let list = register.find(id)?;
                match format {
                    ShowFormat::Text => written(write_list(&mut sink, &list))?,
                    ShowFormat::Json => write_json(&mut sink, &list)?,
                }
            }
        }
        List::Lint { folder } => {
            let clean = match folder {
                Some(folder) => lint_folder(&mut sink, folder)?,
                None => lint_embedded(&mut sink)?,
            };
            if !clean {
                code = EXIT_FINDINGS;
            }
        }
    }
    sink.finish()?;
    Ok(code)
}

/// Writes a value as one JSON document.
pub fn write_json(sink: &mut Sink, value: &impl serde::Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|e| Error::new(ErrorKind::Io, e.to_string()))?;
    written(writeln!(sink, "{text}"))
}

fn lint_folder(sink: &mut Sink, folder: &Path) -> Result<bool> {
    let files = super::lists::files(folder)?;
    let files = super::lists::borrowed(&files);
    let codes = is_code_list(&files);
    let issues = if codes {
        lint_code_list(&files)
    } else {
        lint_list(Lexicon::embedded(), &files)
    };
    if !issues.is_empty() {
        return written(write_issues(sink, &folder.display().to_string(), &issues));
    }
    // What the linter lets pass the reader must take.
    if codes {
        let list = load_codes(files)?;
        let (id, count) = (&list.head.id, list.rows());
        written(writeln!(sink, "{id}: {count} codes, no errors"))?;
        return Ok(true);
    }
    let list = load(Lexicon::embedded(), files)?;
    let mut all = tidewaiter::list::embedded().to_vec();
    all.retain(|other| other.head.id != list.head.id);
    let mut known = list.clone();
    let ids: Vec<String> = all.iter().map(|other| other.head.id.clone()).collect();
    let (checked, lost): (Vec<_>, Vec<_>) = known
        .amendments
        .into_iter()
        .partition(|a| a.list == list.head.id || ids.contains(&a.list));
    known.amendments = checked;
    all.push(known);
    Register::new(all)?;
    for amendment in lost {
        let text = format!(
            "{}: the amendment {} of {} can't be checked without that list; tidewaiter list \
             status --lists-dir DIR checks all lists of a folder together",
            list.head.id, amendment.edition, amendment.list
        );
        written(writeln!(sink, "{text}"))?;
    }
    let (id, count) = (&list.head.id, list.entries.len());
    written(writeln!(sink, "{id}: {count} entries, no errors"))?;
    Ok(true)
}

fn lint_embedded(sink: &mut Sink) -> Result<bool> {
    let issues = lint_lexicon(Lexicon::embedded_files());
    let mut clean = written(write_issues(sink, "lexicon", &issues))?;
    for (list, files) in tidewaiter::list::embedded().iter().zip(embedded_files()) {
        let issues = lint_list(Lexicon::embedded(), files);
        clean &= written(write_issues(sink, &list.head.id, &issues))?;
    }
    for (list, files) in embedded_code_lists().iter().zip(embedded_code_files()) {
        let issues = lint_code_list(files);
        clean &= written(write_issues(sink, &list.head.id, &issues))?;
    }
    Ok(clean)
}

/// Writes issues and their sum; whether there are none.
fn write_issues(out: &mut impl Write, what: &str, issues: &[Issue]) -> Written<bool> {
    for issue in issues {
        writeln!(out, "{issue}")?;
    }
    match issues.len() {
        0 => writeln!(out, "{what}: no errors")?,
        1 => writeln!(out, "{what}: 1 error")?,
        count => writeln!(out, "{what}: {count} errors")?,
    }
    Ok(issues.is_empty())
}

fn write_head(out: &mut impl Write, list: &ControlList) -> Written<()> {
    writeln!(out, "{}  {}", list.head.id, list.head.title)?;
    writeln!(out, "  decision: {}", list.head.decision)?;
    writeln!(
        out,
        "  edition {}, {} entries",
        list.head.edition,
        list.entries.len()
    )?;
    writeln!(out, "  sha256 {}", list.sha256)?;
    writeln!(out, "  trust: {}", list.trust)?;
    match list.head.checked {
        Some(day) => writeln!(out, "  last checked against its source: {day}")?,
        None => writeln!(out, "  last checked against its source: not known")?,
    }
    if let Some(against) = &list.head.checked_against {
        writeln!(out, "    compared with: {against}")?;
    }
    for instrument in &list.instruments {
        write_instrument(out, instrument)?;
    }
    for open in &list.head.unverified {
        writeln!(out, "  unverified: {open}")?;
    }
    Ok(())
}

pub fn write_instrument(out: &mut impl Write, instrument: &Instrument) -> Written<()> {
    writeln!(
        out,
        "  {} ({}): {}, binds {}, in force: {}",
        instrument.symbol,
        instrument.authority,
        instrument.measure,
        instrument.binds.join(", "),
        instrument.when()
    )?;
    if let Some(status) = &instrument.status {
        writeln!(out, "    seen: {status}")?;
    }
    for open in &instrument.unverified {
        writeln!(out, "    unverified: {open}")?;
    }
    Ok(())
}

fn write_list(out: &mut impl Write, list: &ControlList) -> Written<()> {
    write_head(out, list)?;
    for entry in &list.entries {
        writeln!(out)?;
        write_entry(out, list, entry)?;
    }
    Ok(())
}

/// An entry: what it controls, where the law says so, what is open.
pub fn write_entry(out: &mut impl Write, list: &ControlList, entry: &Entry) -> Written<()> {
    writeln!(out, "{}  {}", entry.id, entry.title)?;
    writeln!(out, "  {}", entry.description)?;
    for citation in &entry.citations {
        let instrument = list.instruments.iter();
        let symbol = instrument
            .filter(|i| i.id == citation.instrument)
            .map(|i| i.symbol.as_str())
            .next()
            .unwrap_or(&citation.instrument);
        let item = match &citation.item {
            Some(item) => format!("item {item}"),
            None => "item not known".to_owned(),
        };
        let status = match citation.status {
            CitationStatus::Confirmed => "confirmed",
            CitationStatus::Inferred => "inferred",
            CitationStatus::Open => "open",
        };
        let title = match &citation.title {
            Some(title) => format!(", {title}"),
            None => String::new(),
        };
        writeln!(out, "  cited: {symbol}, {item} ({status}){title}")?;
    }
    for cas in &entry.cas {
        let source = entry.cas_source.as_deref().unwrap_or("no source");
        writeln!(out, "  CAS {cas} ({source})")?;
    }
    for goods in &entry.goods {
        write_goods(out, list, goods)?;
    }
    for exception in &entry.exceptions {
        let basis = match exception.basis.as_deref() {
            Some("reading") => " (our reading, not in the text)",
            Some("design") => " (turns on what the goods were designed for)",
            Some("end-use") => " (turns on the end use)",
            _ => "",
        };
        writeln!(out, "  except: {}{basis}", exception.text)?;
        if !exception.applies_to.is_empty() {
            writeln!(out, "    only: {}", exception.applies_to.join(", "))?;
        }
        if !exception.scope.is_empty() {
            writeln!(out, "    of paragraph: {}", exception.scope.join(", "))?;
        }
        if let Some(limits) = &exception.criteria {
            write_criterion(out, list, limits, 4)?;
        }
    }
    if !entry.hs.codes.is_empty() {
        writeln!(
            out,
            "  {} ({}): {}",
            entry.hs.edition,
            entry.hs.status,
            entry.hs.codes.join(", ")
        )?;
    }
    if !entry.related.is_empty() {
        writeln!(out, "  related: {}", entry.related.join(", "))?;
    }
    for note in &entry.notes {
        writeln!(out, "  note: {note}")?;
    }
    Ok(())
}

fn write_goods(out: &mut impl Write, list: &ControlList, goods: &Goods) -> Written<()> {
    writeln!(out, "  goods: {}", goods.name)?;
    if !goods.requires.is_empty() {
        let words = titles(list, &goods.requires).join(" and ");
        writeln!(out, "    must be said too: {words}")?;
    }
    write_criterion(out, list, &goods.criteria, 4)?;
    match goods.parts {
        PartsRule::NotCovered => {}
        PartsRule::Covered => writeln!(out, "    parts are covered")?,
        PartsRule::Review => writeln!(out, "    parts are a question")?,
    }
    if let Some(doubt) = &goods.doubt {
        writeln!(out, "    a question at best: {doubt}")?;
    }
    Ok(())
}

fn write_criterion(
    out: &mut impl Write,
    list: &ControlList,
    criterion: &Criterion,
    indent: usize,
) -> Written<()> {
    let blank = " ".repeat(indent);
    let read_as = |reading: &Option<String>| match reading {
        Some(reading) => format!(" (read as: {reading})"),
        None => String::new(),
    };
    let mut group = |word: &str, of: &[Criterion]| {
        writeln!(out, "{blank}{word}:")?;
        of.iter()
            .try_for_each(|inner| write_criterion(out, list, inner, indent + 2))
    };
    match criterion {
        Criterion::All { of } => group("all of", of),
        Criterion::Any { of } => group("any of", of),
        Criterion::Not { of } => group("not", std::slice::from_ref(of)),
        Criterion::Paragraph { para, of } => {
            group(&format!("paragraph {para}"), std::slice::from_ref(of))
        }
        Criterion::Quantity {
            role,
            limit,
            reading,
            ..
        } => {
            let (role, reading) = (role.replace('-', " "), read_as(reading));
            writeln!(out, "{blank}{role} {limit}{reading}")
        }
        Criterion::Concept {
            attribute,
            one_of,
            reading,
        } => {
            let words = titles(list, one_of).join(" or ");
            let (attribute, reading) = (attribute.as_str(), read_as(reading));
            writeln!(out, "{blank}{attribute}: {words}{reading}")
        }
        Criterion::Described => writeln!(out, "{blank}covered by description"),
        Criterion::Unsupported { keys } => {
            let keys = keys.join(", ");
            writeln!(
                out,
                "{blank}undetermined: this version doesn't know the criterion {keys}"
            )
        }
    }
}

/// Concepts as reports call them.
fn titles<'a>(list: &'a ControlList, ids: &'a [String]) -> Vec<&'a str> {
    let title = |id: &'a String| {
        let own = list.concepts.iter().find(|concept| concept.id == *id);
        let concept = own.or_else(|| Lexicon::embedded().concept(id));
        concept.map_or(id.as_str(), |concept| concept.title.as_str())
    };
    ids.iter().map(title).collect()
}

//! `list status`: all lists at a glance.

use std::io::{Result as Written, Write};

use tidewaiter::Result;
use tidewaiter::list::{CodeList, ControlList, embedded_code_lists};
use tidewaiter::vocab::Day;

use crate::args::lists::Sources;
use crate::commands::{code_lists, list_time, lists, screening};
use crate::output::{Sink, written};

pub fn run(as_of: Option<&str>, sources: &Sources) -> Result<u8> {
    let day = screening::decisive_date("--as-of", as_of)?;
    let register = lists::register(sources)?;
    let histories = register.histories();
    let lists: Vec<ControlList> = histories.iter().map(|h| h.base().clone()).collect();
    let code_lists = code_lists::all(sources.lists_dir.as_deref())?;
    let rows = lists.iter().map(|list| row(list, day));
    let rows: Vec<_> = rows.chain(code_lists.iter().map(code_row)).collect();
    let mut sink = Sink::open(None)?;
    written(write(&mut sink, rows, day))?;
    for history in histories.iter().filter(|h| !h.amendments().is_empty()) {
        written(writeln!(sink, "\n{} was amended:", history.base().head.id))?;
        written(list_time::write_editions(&mut sink, history))?;
    }
    sink.finish()?;
    Ok(0)
}

fn write(out: &mut impl Write, lists: Vec<[String; 7]>, day: Day) -> Written<()> {
    let heads = [
        "list",
        "edition",
        "entries",
        "checked",
        "age",
        "unverified",
        "trust",
    ];
    let mut rows = vec![heads.map(str::to_owned)];
    rows.extend(lists);
    let mut widths = [0; 7];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for row in &rows {
        let cells = row.iter().zip(widths);
        let cells: Vec<String> = cells
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        writeln!(out, "{}", cells.join("  ").trim_end())?;
    }
    writeln!(
        out,
        "\nchecked: when the list was last compared with its source; age: on {day}.\n\
         tidewaiter list show LIST tells what is unverified and what it rests on."
    )
}

fn row(list: &ControlList, day: Day) -> [String; 7] {
    let unknown = || "not known".to_owned();
    [
        list.head.id.clone(),
        list.head.edition.clone(),
        list.entries.len().to_string(),
        list.head
            .checked
            .map_or_else(unknown, |day| day.to_string()),
        match list.age_on(day) {
            Some(days) if days < 0 => "0 days".to_owned(),
            Some(1) => "1 day".to_owned(),
            Some(days) => format!("{days} days"),
            None => unknown(),
        },
        list.unverified().to_string(),
        list.trust.to_string(),
    ]
}

/// A list of bans by code; nothing tells yet when one was checked.
fn code_row(list: &CodeList) -> [String; 7] {
    let instruments = list.instruments.iter().map(|i| i.unverified.len());
    let mut embedded = embedded_code_lists().iter();
    let trust = match embedded.any(|known| known.sha256 == list.sha256) {
        true => "embedded",
        false => "folder",
    };
    [
        list.head.id.clone(),
        list.head.edition.clone(),
        format!("{} codes", list.rows()),
        "not known".to_owned(),
        "not known".to_owned(),
        (list.head.unverified.len() + instruments.sum::<usize>()).to_string(),
        trust.to_owned(),
    ]
}

//! `list status`: all lists at a glance.

use std::io::{Result as Written, Write};

use tidewaiter::Result;
use tidewaiter::list::ControlList;
use tidewaiter::vocab::Day;

use crate::args::lists::Sources;
use crate::commands::{code_lists, list_time, lists, screening};
use crate::output::{Sink, written};

pub fn run(as_of: Option<&str>, sources: &Sources) -> Result<u8> {
    let day = screening::decisive_date("--as-of", as_of)?;
    let register = lists::register(sources)?;
    let histories = register.histories();
    let lists: Vec<ControlList> = histories.iter().map(|h| h.base().clone()).collect();
    let mut sink = Sink::open(None)?;
    written(write(&mut sink, &lists, day))?;
    for history in histories.iter().filter(|h| !h.amendments().is_empty()) {
        written(writeln!(sink, "\n{} was amended:", history.base().head.id))?;
        written(list_time::write_editions(&mut sink, history))?;
    }
    for list in code_lists::all(sources.lists_dir.as_deref())? {
        written(writeln!(sink))?;
        written(code_lists::write_status(&mut sink, &list))?;
    }
    sink.finish()?;
    Ok(0)
}

fn write(out: &mut impl Write, lists: &[ControlList], day: Day) -> Written<()> {
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
    rows.extend(lists.iter().map(|list| row(list, day)));
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

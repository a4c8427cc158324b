//! A manifest as a table: rows of cells below a header, in any dialect.

use std::collections::VecDeque;
use std::io::Read;

use super::assemble::{self, Context};
use super::continuation::{self, Open, Role};
use super::decode::Decode;
use super::plan::Plan;
use super::reader::{self, ReadOptions};
use super::record::{Record, SkipReason};
use super::row::{Row, Trouble};
use super::split::Splitter;
use super::{dialect, header};
use crate::error::Result;

/// How many rows are looked at before the first is handed out, empty ones included.
const MOST_FIRST: usize = 10_000;

/// A table that is being read.
pub(crate) struct Table {
    name: String,
    splitter: Splitter,
    pub plan: Plan,
    /// The header's rows: none, one or two.
    header: Vec<Row>,
    /// The first rows, which were looked at and not yet handed out.
    first: VecDeque<Row>,
    /// The item whose description may go on in the next row.
    open: Option<Open>,
    /// Records that are ready to be handed out.
    ready: VecDeque<Record>,
    row: Row,
    failed: Option<std::io::Error>,
    pub done: bool,
}

impl Table {
    /// Recognises dialect, header and columns. `text` is the beginning, or all when `complete`.
    pub fn open<R: Read>(
        name: &str,
        mut text: String,
        complete: bool,
        decode: &mut Decode<R>,
        options: &ReadOptions,
    ) -> Result<Table> {
        let (declared, used) =
            dialect::declared(&text).map_or((None, 0), |(byte, used)| (Some(byte), used));
        text.drain(..used);
        let dialect = dialect::sniff(&text, complete, options.delimiter.or(declared));
        let mut splitter = Splitter::new(dialect, text, if used > 0 { 2 } else { 1 });
        let mut first: Vec<Row> = Vec::new();
        let mut telling = 0;
        let mut row = Row::default();
        let mut failure = None;
        while telling < header::WITHIN && first.len() < MOST_FIRST {
            match read_row(&mut splitter, decode, &mut row) {
                Ok(true) => {
                    telling += usize::from(!row.says_nothing());
                    first.push(row.clone());
                }
                Ok(false) => break,
                Err(error) => {
                    failure = Some(error);
                    break;
                }
            }
        }
        // Empty rows tell nothing of the columns, however many there are.
        let plan = {
            let rows: Vec<Row> = first
                .iter()
                .filter(|row| !row.says_nothing())
                .cloned()
                .collect();
            Plan::make(name, &rows, &options.mapping)?
        };
        let above = plan.columns.header_row.unwrap_or(0);
        let depth = plan.header.map_or(0, |(_, depth)| depth as u64);
        let is_header = |row: &&Row| (above..above + depth).contains(&row.number);
        let header = first.iter().filter(is_header).cloned().collect();
        Ok(Table {
            name: name.to_owned(),
            splitter,
            plan,
            header,
            first: first.into(),
            open: None,
            ready: VecDeque::new(),
            row,
            failed: failure,
            done: false,
        })
    }

    /// The next record; `None` at the end.
    pub fn next_record<R: Read>(&mut self, decode: &mut Decode<R>) -> Option<Record> {
        while self.ready.is_empty() {
            let Some((record, role)) = self.assemble(decode) else {
                self.close();
                break;
            };
            match (record, role) {
                (Record::Item { item, issues }, Role::Continues)
                    if self.open.as_ref().is_some_and(|open| open.takes(&item)) =>
                {
                    let row = assemble::skipped(&self.row, SkipReason::ContinuationRow);
                    if let Some(open) = &mut self.open {
                        open.add(&item, issues, row);
                    }
                }
                (Record::Item { item, issues }, Role::Begins) => {
                    self.close();
                    self.open = Some(Open::new(item, issues));
                }
                (record, _) => {
                    self.close();
                    self.ready.push_back(record);
                }
            }
        }
        self.ready.pop_front()
    }

    /// Hands out the item that was open.
    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.ready.extend(open.close());
        }
    }

    /// The record of the next row, and what the row may be to its neighbours.
    fn assemble<R: Read>(&mut self, decode: &mut Decode<R>) -> Option<(Record, Role)> {
        let above = self.header.first().map_or(0, |header| header.number);
        let below = self.header.last().map_or(0, |header| header.number);
        loop {
            if let Some(row) = self.first.pop_front() {
                self.row = row;
                let number = self.row.number;
                if (above..=below).contains(&number) {
                    continue;
                }
                if number < above {
                    let record =
                        assemble::record_above(&self.row, &self.context(decode.encoding()));
                    return Some((record, Role::Alone));
                }
            } else if self.done {
                return None;
            } else {
                let read = match self.failed.take() {
                    Some(error) => Err(error),
                    None => read_row(&mut self.splitter, decode, &mut self.row),
                };
                match read {
                    Ok(true) => {}
                    Ok(false) => {
                        self.done = true;
                        return None;
                    }
                    Err(error) => {
                        self.done = true;
                        let (row, line) = (self.splitter.rows(), self.splitter.line());
                        let record = reader::broke_off(&self.name, row, line, &error);
                        return Some((record, Role::Alone));
                    }
                }
            }
            let record = assemble::record(&self.row, &self.context(decode.encoding()));
            return Some((record, continuation::role(&self.row, &self.plan)));
        }
    }

    /// The character between cells; `None` in a table of one column.
    pub fn delimiter(&self) -> Option<char> {
        self.splitter.dialect.delimiter.map(char::from)
    }

    fn context(&self, encoding: &'static str) -> Context<'_> {
        Context {
            name: &self.name,
            plan: &self.plan,
            header: &self.header,
            delimiter: self.splitter.dialect.delimiter,
            encoding,
        }
    }
}

/// Reads the next row; false at the end.
fn read_row<R: Read>(
    splitter: &mut Splitter,
    decode: &mut Decode<R>,
    row: &mut Row,
) -> std::io::Result<bool> {
    let read = splitter.read(row, &mut |out: &mut String| decode.fill(out))?;
    if read && let Some(encoding) = decode.other_within(row.line, splitter.line()) {
        row.trouble(Trouble::OtherEncoding(encoding));
    }
    Ok(read)
}

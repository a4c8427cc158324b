//! Reading a manifest, one record after another, in bounded memory.

use std::collections::VecDeque;
use std::io::Read;

use super::assemble::{self, Context};
use super::columns::Columns;
use super::continuation::{self, Open, Role};
use super::decode::{Chosen, Decode};
use super::encoding::PREFIX;
use super::mapping::Mapping;
use super::plan::Plan;
use super::record::{Record, SkipReason};
use super::row::{Row, Trouble};
use super::split::Splitter;
use super::{dialect, header};
use crate::error::{Error, Location, Result};
use crate::issue::{Issue, Severity};

/// What the caller knows of a manifest better than it can be told from its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Which columns to take for which fields.
    pub mapping: Mapping,
    /// The encoding, by a label such as `gb18030` or `windows-1251`. A byte order mark wins.
    pub encoding: Option<String>,
    /// The byte between cells.
    pub delimiter: Option<u8>,
}

/// How many rows are looked at before the first is handed out, empty ones included.
const MOST_FIRST: usize = 10_000;

/// A manifest that is being read.
///
/// The encoding, the delimiter, the header row and the meaning of the columns are recognised
/// from the first rows. The rest streams: no more than a goods item and the rows that go on with
/// it are held at a time.
///
/// ```
/// use tidewaiter::manifest::{Manifest, ReadOptions, Record};
/// let csv = "No;Goods;HS code\n1;NITRIC ACID, 68 PCT;2808.00\nTOTAL;;\n";
/// let mut manifest = Manifest::open("m.csv", csv.as_bytes(), &ReadOptions::default())?;
/// let Some(Record::Item { item, issues }) = manifest.next_record() else { panic!() };
/// assert_eq!(item.description, "NITRIC ACID, 68 PCT");
/// assert_eq!((item.row, item.line, issues.len()), (2, 2, 0));
/// assert!(matches!(manifest.next_record(), Some(Record::Skipped(_))));
/// assert!(manifest.next_record().is_none());
/// assert!(manifest.sha256().is_some());
/// # Ok::<(), tidewaiter::Error>(())
/// ```
pub struct Manifest<R: Read> {
    name: String,
    decode: Decode<R>,
    splitter: Splitter,
    plan: Plan,
    /// The header's rows: none, one or two.
    header: Vec<Row>,
    /// The first rows, which were looked at and not yet handed out.
    first: VecDeque<Row>,
    /// The item whose description may go on in the next row.
    open: Option<Open>,
    /// Records that are ready to be handed out.
    ready: VecDeque<Record>,
    row: Row,
    issues: Vec<Issue>,
    failed: Option<std::io::Error>,
    told_encoding: bool,
    done: bool,
}

impl<R: Read> Manifest<R> {
    /// Opens a manifest and recognises its form. `name` is what messages call it.
    ///
    /// An input without any row is no error: it yields no records, and its
    /// [`columns`](Manifest::columns) say so.
    pub fn open(name: impl Into<String>, reader: R, options: &ReadOptions) -> Result<Manifest<R>> {
        let name = name.into();
        let mut decode = Decode::start(&name, reader, options.encoding.as_deref())?;
        let mut text = String::new();
        let failed = |error| Error::io(&name, "reading the manifest failed", error);
        let mut complete = false;
        while text.len() < PREFIX && !complete {
            complete = !decode.fill(&mut text).map_err(failed)?;
        }
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
            match read_row(&mut splitter, &mut decode, &mut row) {
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
        let mut plan = {
            let rows: Vec<Row> = first
                .iter()
                .filter(|row| !row.says_nothing())
                .cloned()
                .collect();
            Plan::make(&name, &rows, &options.mapping)?
        };
        let issues = std::mem::take(&mut plan.issues);
        let above = plan.columns.header_row.unwrap_or(0);
        let depth = plan.header.map_or(0, |(_, depth)| depth as u64);
        let is_header = |row: &&Row| (above..above + depth).contains(&row.number);
        let header = first.iter().filter(is_header).cloned().collect();
        Ok(Manifest {
            name,
            decode,
            splitter,
            plan,
            header,
            first: first.into(),
            open: None,
            ready: VecDeque::new(),
            row,
            issues,
            failed: failure,
            told_encoding: false,
            done: false,
        })
    }

    /// Which column was taken for which field, and how that was recognised.
    pub fn columns(&self) -> &Columns {
        &self.plan.columns
    }

    /// The next record; `None` at the end. Nothing is left out but the header. The rows that go
    /// on with an item's description follow it.
    pub fn next_record(&mut self) -> Option<Record> {
        while self.ready.is_empty() {
            let Some((record, role)) = self.assemble() else {
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
    fn assemble(&mut self) -> Option<(Record, Role)> {
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
                    let record = assemble::record_above(&self.row, &self.context());
                    return Some((record, Role::Alone));
                }
            } else if self.done {
                return None;
            } else {
                let read = match self.failed.take() {
                    Some(error) => Err(error),
                    None => read_row(&mut self.splitter, &mut self.decode, &mut self.row),
                };
                match read {
                    Ok(true) => {}
                    Ok(false) => {
                        self.done = true;
                        return None;
                    }
                    Err(error) => {
                        self.done = true;
                        return Some((self.unreadable(&error), Role::Alone));
                    }
                }
            }
            let record = assemble::record(&self.row, &self.context());
            return Some((record, continuation::role(&self.row, &self.plan)));
        }
    }

    /// What is to be known about the manifest as a whole: how its columns were recognised, how
    /// its encoding was guessed. Each issue is handed out once; ask again at the end, as the
    /// encoding may show late.
    pub fn issues(&mut self) -> Vec<Issue> {
        if self.decode.chosen() == Chosen::Guessed && !self.told_encoding {
            self.told_encoding = true;
            let message = format!(
                "the encoding is taken to be {}, by the look of the text; name it with --encoding \
                 if that is wrong",
                self.decode.encoding()
            );
            let issue = Issue::new("encoding-guessed", Severity::Note, message);
            self.issues.push(issue.at(Location::new(self.name.clone())));
        }
        std::mem::take(&mut self.issues)
    }

    /// The encoding the manifest is read in. As long as all of it was ASCII that is UTF-8, so
    /// only the answer at the end is final.
    pub fn encoding(&self) -> &'static str {
        self.decode.encoding()
    }

    /// The character between cells; `None` in a table of one column.
    pub fn delimiter(&self) -> Option<char> {
        self.splitter.dialect.delimiter.map(char::from)
    }

    /// The SHA-256 of the manifest's bytes in hexadecimal, once the end was reached.
    pub fn sha256(&self) -> Option<String> {
        if self.done {
            self.decode.sha256()
        } else {
            None
        }
    }

    fn context(&self) -> Context<'_> {
        Context {
            name: &self.name,
            plan: &self.plan,
            header: &self.header,
            delimiter: self.splitter.dialect.delimiter,
            encoding: self.decode.encoding(),
        }
    }

    fn unreadable(&self, error: &std::io::Error) -> Record {
        let line = self.splitter.line();
        let message =
            format!("reading the manifest failed here: {error}; what follows is not screened");
        let place = Location::new(self.name.clone()).at_line(line);
        Record::Unreadable {
            row: self.splitter.rows(),
            line,
            issue: Issue::new("read-failed", Severity::Error, message).at(place),
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

impl<R: Read> Iterator for Manifest<R> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        self.next_record()
    }
}

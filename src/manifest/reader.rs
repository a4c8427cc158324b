//! Reading a manifest, one record after another, in bounded memory.

use std::collections::VecDeque;
use std::io::Read;

use super::assemble::{self, Context};
use super::columns::Columns;
use super::decode::{Chosen, Decode};
use super::encoding::PREFIX;
use super::mapping::Mapping;
use super::plan::Plan;
use super::record::{Record, SkipReason};
use super::row::Row;
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

/// A manifest that is being read.
///
/// The encoding, the delimiter, the header row and the meaning of the columns are recognised
/// from the first rows. The rest streams: no more than a few rows are held at a time.
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
    header: Option<Row>,
    /// The first rows, which were looked at and not yet handed out.
    first: VecDeque<Row>,
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
        let mut row = Row::default();
        let mut failure = None;
        while first.len() < header::WITHIN {
            match splitter.read(&mut row, &mut |out: &mut String| decode.fill(out)) {
                Ok(true) => first.push(row.clone()),
                Ok(false) => break,
                Err(error) => {
                    failure = Some(error);
                    break;
                }
            }
        }
        let mut plan = Plan::make(&name, &first, &options.mapping)?;
        let issues = std::mem::take(&mut plan.issues);
        let header = plan.header.map(|index| first[index].clone());
        Ok(Manifest {
            name,
            decode,
            splitter,
            plan,
            header,
            first: first.into(),
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

    /// The next record; `None` at the end. Nothing is left out but the header row.
    pub fn next_record(&mut self) -> Option<Record> {
        loop {
            if let Some(row) = self.first.pop_front() {
                let above = self.header.as_ref().map_or(0, |header| header.number);
                if row.number == above {
                    continue;
                }
                return Some(if row.number > above {
                    assemble::record(&row, &self.context())
                } else if row.is_blank() {
                    Record::Skipped(assemble::skipped(&row, SkipReason::EmptyRow))
                } else {
                    Record::Skipped(assemble::skipped(&row, SkipReason::TitleRow))
                });
            }
            if self.done {
                return None;
            }
            let mut row = std::mem::take(&mut self.row);
            let decode = &mut self.decode;
            let read = match self.failed.take() {
                Some(error) => Err(error),
                None => self
                    .splitter
                    .read(&mut row, &mut |out: &mut String| decode.fill(out)),
            };
            self.row = row;
            return match read {
                Ok(true) => Some(assemble::record(&self.row, &self.context())),
                Ok(false) => {
                    self.done = true;
                    None
                }
                Err(error) => {
                    self.done = true;
                    Some(self.unreadable(&error))
                }
            };
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
            header: self.header.as_ref(),
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

impl<R: Read> Iterator for Manifest<R> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        self.next_record()
    }
}

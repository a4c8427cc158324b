//! Reading a manifest, one record after another, in bounded memory.

use std::io::Read;

use super::columns::Columns;
use super::decode::{Chosen, Decode};
use super::encoding::PREFIX;
use super::json_lines::{self, JsonLines};
use super::mapping::Mapping;
use super::record::Record;
use super::table::Table;
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
/// Compression (gzip, zstd), the encoding, whether it is a table or JSON Lines, the delimiter, the
/// header row and the meaning of the columns are recognised from the first bytes. The rest
/// streams: no more than a goods item and the rows that go on with it are held at a time.
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
    rows: Rows,
    issues: Vec<Issue>,
    told_encoding: bool,
}

#[expect(clippy::large_enum_variant, reason = "there is one for each manifest")]
enum Rows {
    Table(Table),
    Lines(JsonLines),
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
        let (rows, issues) = if json_lines::begins(&text) {
            let mut lines = JsonLines::open(&name, text, &mut decode, &options.mapping)?;
            let issues = std::mem::take(&mut lines.issues);
            (Rows::Lines(lines), issues)
        } else {
            let mut table = Table::open(&name, text, complete, &mut decode, options)?;
            let issues = std::mem::take(&mut table.plan.issues);
            (Rows::Table(table), issues)
        };
        Ok(Manifest {
            name,
            decode,
            rows,
            issues,
            told_encoding: false,
        })
    }

    /// Which column or key was taken for which field, and how that was recognised. Of JSON Lines
    /// these are the keys of the first lines.
    pub fn columns(&self) -> &Columns {
        match &self.rows {
            Rows::Table(table) => &table.plan.columns,
            Rows::Lines(lines) => &lines.columns,
        }
    }

    /// The next record; `None` at the end. Nothing is left out but the header. The rows that go
    /// on with an item's description follow it.
    pub fn next_record(&mut self) -> Option<Record> {
        match &mut self.rows {
            Rows::Table(table) => table.next_record(&mut self.decode),
            Rows::Lines(lines) => lines.next_record(&mut self.decode),
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

    /// The character between cells; `None` in a table of one column and in JSON Lines.
    pub fn delimiter(&self) -> Option<char> {
        match &self.rows {
            Rows::Table(table) => table.delimiter(),
            Rows::Lines(_) => None,
        }
    }

    /// The SHA-256 of the manifest's bytes in hexadecimal, once the end was reached; of a
    /// compressed manifest that of its bytes as they were given.
    pub fn sha256(&self) -> Option<String> {
        let done = match &self.rows {
            Rows::Table(table) => table.done,
            Rows::Lines(lines) => lines.done,
        };
        done.then(|| self.decode.sha256()).flatten()
    }

    /// How many bytes were read so far; of a compressed manifest, as they were given.
    pub fn bytes_read(&self) -> u64 {
        self.decode.bytes()
    }

    /// How many bytes were read so far, and the SHA-256 of these in hexadecimal. All records that
    /// were handed out stand in them.
    pub fn read_so_far(&self) -> (u64, String) {
        self.decode.so_far()
    }
}

/// The record that tells of an input that can't be read on.
pub(super) fn broke_off(name: &str, row: u64, line: u64, error: &std::io::Error) -> Record {
    let message =
        format!("reading the manifest failed here: {error}; what follows is not screened");
    let place = Location::new(name).at_line(line);
    Record::Unreadable {
        row,
        line,
        issue: Issue::new("read-failed", Severity::Error, message).at(place),
    }
}

impl<R: Read> Iterator for Manifest<R> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        self.next_record()
    }
}

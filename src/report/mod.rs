//! Reports: what was screened, with which lists, and what was found.
//!
//! The line formats (`text`, `jsonl`, `csv`) are written item by item; `json` is the whole
//! document. All have the same content.

mod csv_format;
mod json;
mod model;
mod text;

use std::io::Write;

pub use model::{
    Header, IssueRecord, ItemRecord, ListUsed, ManifestUsed, REPORT_VERSION, SkippedRecord,
    Summary, Sums,
};

use crate::error::{Error, ErrorKind, Result};

/// The formats of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// One JSON document.
    Json,
    /// One JSON object a line: header, items, summary.
    Jsonl,
    /// One row per finding.
    Csv,
}

impl std::str::FromStr for Format {
    type Err = Error;

    fn from_str(text: &str) -> Result<Format> {
        match text {
            "text" => Ok(Format::Text),
            "json" => Ok(Format::Json),
            "jsonl" => Ok(Format::Jsonl),
            "csv" => Ok(Format::Csv),
            _ => Err(Error::new(
                ErrorKind::Option,
                format!("{text:?} is no report format; there are text, json, jsonl and csv"),
            )),
        }
    }
}

/// Writes one report, in the order header, items, summary.
///
/// ```
/// use tidewaiter::report::{Format, Header, ReportWriter, Sums, Summary};
/// let mut out = Vec::new();
/// let mut writer = ReportWriter::new(Format::Jsonl, &mut out, false, false);
/// writer.header(&Header::default())?;
/// writer.summary(&Summary::default())?;
/// assert_eq!(String::from_utf8(out).unwrap().lines().count(), 2);
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct ReportWriter<W: Write> {
    format: Format,
    out: W,
    /// Whether items without an alert are written too.
    all: bool,
    colour: bool,
    document: json::Document,
}

impl<W: Write> ReportWriter<W> {
    /// A writer of a format. `all` writes clear items as well; `colour` is for terminals.
    pub fn new(format: Format, out: W, all: bool, colour: bool) -> ReportWriter<W> {
        ReportWriter {
            format,
            out,
            all,
            colour,
            document: json::Document::default(),
        }
    }

    /// Writes what the report is about.
    ///
    /// # Errors
    /// When the output can't be written; so for all methods.
    pub fn header(&mut self, header: &Header) -> std::io::Result<()> {
        match self.format {
            Format::Text => text::header(&mut self.out, header),
            Format::Csv => csv_format::header(&mut self.out),
            Format::Jsonl => json::line(&mut self.out, "header", header),
            Format::Json => {
                self.document.header = Some(header.clone());
                Ok(())
            }
        }
    }

    /// Writes one goods item, if the options ask for it.
    ///
    /// # Errors
    /// When the output can't be written.
    pub fn item(&mut self, item: &ItemRecord) -> std::io::Result<()> {
        use crate::screen::{Outcome, Verdict};
        let machine = matches!(self.format, Format::Json | Format::Jsonl | Format::Csv);
        let cleared = machine && item.findings.iter().any(|f| f.verdict == Verdict::Cleared);
        if !(self.all || cleared || item.outcome != Outcome::Clear || !item.issues.is_empty()) {
            return Ok(());
        }
        match self.format {
            Format::Text => text::item(&mut self.out, item, self.all, self.colour),
            Format::Csv => csv_format::item(&mut self.out, item),
            Format::Jsonl => json::line(&mut self.out, "item", item),
            Format::Json => {
                self.document.items.push(item.clone());
                Ok(())
            }
        }
    }

    /// Writes the sums and what was left out, and ends the report.
    ///
    /// # Errors
    /// When the output can't be written.
    pub fn summary(&mut self, summary: &Summary) -> std::io::Result<()> {
        match self.format {
            Format::Text => text::summary(&mut self.out, summary, self.colour)?,
            Format::Csv => {}
            Format::Jsonl => json::line(&mut self.out, "summary", summary)?,
            Format::Json => {
                self.document.summary = Some(summary.clone());
                json::document(&mut self.out, &self.document)?;
            }
        }
        self.out.flush()
    }
}

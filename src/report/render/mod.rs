//! One document, many small renderers.

mod csv;
mod json;
mod sheet;
mod text;
mod text_header;
mod text_lists;
mod text_sectoral;
mod text_shipment;
mod text_summary;

use std::io::Write;

use super::baseline::GoneRecord;
use super::document::{Report, ReportLine, SkippedRecord, UnreadableRecord};
use super::header::Header;
use super::item::ItemRecord;
use super::summary::Summary;
use crate::error::{Error, ErrorKind};
use crate::issue::Issue;
use crate::screen::{Evaluation, Outcome, Verdict};

/// The formats of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// For people: at most 88 columns wide.
    Text,
    /// One JSON document, a [`Report`].
    Json,
    /// One JSON object a line, each a [`ReportLine`].
    Jsonl,
    /// One row per finding, for spreadsheets.
    Csv,
}

impl std::str::FromStr for Format {
    type Err = Error;

    fn from_str(text: &str) -> Result<Format, Error> {
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

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RenderOptions {
    /// The format.
    pub format: Format,
    /// Whether goods items are written on which nothing was found, and in the text cleared
    /// findings.
    pub all: bool,
    /// Whether the text shows waived findings whole, not only that they are waived.
    pub show_waived: bool,
    /// Whether the text has colours, for a terminal.
    pub colour: bool,
}

impl RenderOptions {
    /// A format, findings only, without colours.
    #[must_use]
    pub fn new(format: Format) -> RenderOptions {
        RenderOptions {
            format,
            all: false,
            show_waived: false,
            colour: false,
        }
    }

    /// The same, with clear goods items too.
    #[must_use]
    pub fn with_all(mut self, all: bool) -> RenderOptions {
        self.all = all;
        self
    }

    /// The same, with waived findings whole in the text.
    #[must_use]
    pub fn with_waived(mut self, show_waived: bool) -> RenderOptions {
        self.show_waived = show_waived;
        self
    }

    /// The same, with colours in the text.
    #[must_use]
    pub fn with_colour(mut self, colour: bool) -> RenderOptions {
        self.colour = colour;
        self
    }

    fn wants(self, item: &ItemRecord) -> bool {
        // An auditor asks why a line was not stopped: machine formats always have the answer.
        let cleared = self.format != Format::Text
            && item
                .findings
                .iter()
                .any(|f| f.finding.verdict == Verdict::Cleared);
        let kept = item.goods.is_some();
        self.all
            || cleared
            || kept
            || item.is_sectoral()
            || item.outcome != Outcome::Clear
            || !item.issues.is_empty()
    }
}

/// Writes one goods item as the text report shows it, cleared findings included if `all`.
///
/// # Errors
/// When the output can't be written.
pub fn write_item(
    out: impl Write,
    item: &ItemRecord,
    all: bool,
    colour: bool,
) -> std::io::Result<()> {
    let options = RenderOptions::new(Format::Text)
        .with_all(all)
        .with_waived(true)
        .with_colour(colour);
    text::item(out, item, options, &mut text_shipment::Told::default())
}

/// Writes the evaluation of a criterion with all its parts, as the text report shows it.
///
/// # Errors
/// When the output can't be written.
pub fn write_evaluation(
    out: impl Write,
    evaluation: &Evaluation,
    colour: bool,
) -> std::io::Result<()> {
    text::evaluation(out, evaluation, colour)
}

/// Writes a report in any format, part by part.
pub(super) struct Renderer<W: Write> {
    out: W,
    options: RenderOptions,
    /// What will be written; of the line formats only its header is used.
    report: Report,
    /// The manifest of the last part that was written.
    manifest: String,
    /// What the text said of the last shipment.
    told: text_shipment::Told,
}

impl<W: Write> Renderer<W> {
    pub fn begin(mut out: W, options: RenderOptions, header: Header) -> std::io::Result<Self> {
        match options.format {
            Format::Text => text_header::header(&mut out, &header, options.colour)?,
            Format::Csv => csv::header(&mut out)?,
            Format::Jsonl => json::line(&mut out, &ReportLine::Header(&header))?,
            Format::Json => {}
        }
        Ok(Renderer::go_on(out, options, header))
    }

    /// Goes on with a report whose header is written.
    pub fn go_on(out: W, options: RenderOptions, header: Header) -> Self {
        Renderer {
            out,
            options,
            report: Report::new(header),
            manifest: String::new(),
            told: text_shipment::Told::default(),
        }
    }

    /// Hands on what is written.
    pub fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }

    /// Tells that the run was stopped.
    pub fn stopped(&mut self, stopped: &UnreadableRecord) -> std::io::Result<()> {
        match self.options.format {
            // It has no summary that could tell.
            Format::Csv => csv::unreadable(&mut self.out, &self.report.header, stopped),
            _ => self.issue(&stopped.issue),
        }
    }

    pub fn item(&mut self, item: &ItemRecord) -> std::io::Result<()> {
        if !self.options.wants(item) {
            return Ok(());
        }
        match self.options.format {
            Format::Text => {
                self.heading(&item.manifest)?;
                text::item(&mut self.out, item, self.options, &mut self.told)
            }
            Format::Csv => csv::item(&mut self.out, &self.report.header, item),
            Format::Jsonl => json::line(&mut self.out, &ReportLine::Item(item)),
            Format::Json => {
                self.report.items.push(item.clone());
                Ok(())
            }
        }
    }

    pub fn skipped(&mut self, skipped: &SkippedRecord) -> std::io::Result<()> {
        match self.options.format {
            // The summary tells of them.
            Format::Text | Format::Csv => Ok(()),
            Format::Jsonl => json::line(&mut self.out, &ReportLine::Skipped(skipped)),
            Format::Json => {
                self.report.skipped.push(skipped.clone());
                Ok(())
            }
        }
    }

    pub fn unreadable(&mut self, unreadable: &UnreadableRecord) -> std::io::Result<()> {
        match self.options.format {
            Format::Text => {
                self.heading(&unreadable.manifest)?;
                text::unreadable(&mut self.out, unreadable, self.options.colour)
            }
            Format::Csv => csv::unreadable(&mut self.out, &self.report.header, unreadable),
            Format::Jsonl => json::line(&mut self.out, &ReportLine::Unreadable(unreadable)),
            Format::Json => {
                self.report.unreadable.push(unreadable.clone());
                Ok(())
            }
        }
    }

    pub fn header(&self) -> &Header {
        &self.report.header
    }

    pub fn gone(&mut self, gone: &GoneRecord) -> std::io::Result<()> {
        match self.options.format {
            Format::Text => {
                self.heading(&gone.manifest)?;
                text::gone(&mut self.out, gone, self.options.colour)
            }
            Format::Csv => csv::gone(&mut self.out, &self.report.header, gone),
            Format::Jsonl => json::line(&mut self.out, &ReportLine::Gone(gone)),
            Format::Json => {
                self.report.gone.push(gone.clone());
                Ok(())
            }
        }
    }

    pub fn issue(&mut self, issue: &Issue) -> std::io::Result<()> {
        match self.options.format {
            Format::Text => text::issue(&mut self.out, issue, self.options.colour),
            Format::Csv => csv::issue(&mut self.out, &self.report.header, issue),
            Format::Jsonl => json::line(&mut self.out, &ReportLine::Issue(issue)),
            Format::Json => {
                self.report.issues.push(issue.clone());
                Ok(())
            }
        }
    }

    pub fn end(mut self, summary: &Summary) -> std::io::Result<()> {
        match self.options.format {
            Format::Text => text_summary::summary(
                &mut self.out,
                summary,
                &self.report.header,
                self.options.colour,
            )?,
            Format::Csv => {}
            Format::Jsonl => json::line(&mut self.out, &ReportLine::Summary(summary))?,
            Format::Json => {
                self.report.summary = summary.clone();
                json::document(&mut self.out, &self.report)?;
            }
        }
        self.out.flush()
    }

    fn heading(&mut self, manifest: &str) -> std::io::Result<()> {
        if self.manifest != manifest {
            manifest.clone_into(&mut self.manifest);
            self.told = text_shipment::Told::default();
            text::heading(&mut self.out, manifest, self.options.colour)?;
        }
        Ok(())
    }
}

//! The report as one document, and as a stream of records.

use std::io::Write;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::baseline::GoneRecord;
use super::header::Header;
use super::item::ItemRecord;
use super::render::{RenderOptions, Renderer};
use super::summary::Summary;
use crate::issue::Issue;
use crate::manifest::{SkipReason, Skipped};

/// A report, whole: what the format `json` writes.
///
/// Its JSON Schema is `docs/schema/report.schema.json`. It holds findings, not goods: clear items
/// only where they were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Report {
    /// What it is about and what it was made with.
    pub header: Header,
    /// The goods items, in the order of the manifests.
    pub items: Vec<ItemRecord>,
    /// Rows that are no goods items.
    pub skipped: Vec<SkippedRecord>,
    /// Rows that couldn't be read.
    pub unreadable: Vec<UnreadableRecord>,
    /// Findings of the baseline that are not found any more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<GoneRecord>,
    /// Trouble with the manifests as a whole, the configuration or the waivers.
    pub issues: Vec<Issue>,
    /// Sums, entries found, facts to ask for.
    pub summary: Summary,
}

/// A row that is no goods item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SkippedRecord {
    /// The manifest's name.
    pub manifest: String,
    /// Row in the manifest.
    pub row: u64,
    /// Why it was skipped.
    pub reason: SkipReason,
    /// Its first words.
    pub text: String,
}

/// A row that couldn't be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnreadableRecord {
    /// The manifest's name.
    pub manifest: String,
    /// Row in the manifest.
    pub row: u64,
    /// What is wrong.
    pub issue: Issue,
}

/// One line of the format `jsonl`; `record` tells what it is.
///
/// The header comes first and the summary last. The JSON Schema of a line is
/// `docs/schema/report-record.schema.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "record", rename_all = "kebab-case")]
pub enum ReportLine<'a> {
    /// What the report is about.
    Header(&'a Header),
    /// One goods item.
    Item(&'a ItemRecord),
    /// A row that is no goods item.
    Skipped(&'a SkippedRecord),
    /// A row that couldn't be read.
    Unreadable(&'a UnreadableRecord),
    /// A finding of the baseline that is not found any more.
    Gone(&'a GoneRecord),
    /// Trouble with a manifest, the configuration or the waivers.
    Issue(&'a Issue),
    /// The end.
    Summary(&'a Summary),
}

impl SkippedRecord {
    /// The record of a row that was skipped.
    #[must_use]
    pub fn new(manifest: &str, skipped: Skipped) -> SkippedRecord {
        SkippedRecord {
            manifest: manifest.to_owned(),
            row: skipped.row,
            reason: skipped.reason,
            text: skipped.text,
        }
    }
}

impl Report {
    /// A report without any content but its header.
    #[must_use]
    pub fn new(header: Header) -> Report {
        Report {
            header,
            items: Vec::new(),
            skipped: Vec::new(),
            unreadable: Vec::new(),
            gone: Vec::new(),
            issues: Vec::new(),
            summary: Summary::default(),
        }
    }

    /// Writes it in a format: the goods items first, then the other rows and issues.
    ///
    /// ```
    /// use tidewaiter::report::{Format, Header, Options, RenderOptions, Report};
    /// use tidewaiter::{Ruleset, lexicon::Lexicon, list, screen::Circumstances};
    /// let rules = Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded())?;
    /// let known = Circumstances::on("2020-01-01".parse()?);
    /// let report = Report::new(Header::new(&rules, &[], &known, Options::default()));
    /// let mut out = Vec::new();
    /// report.write(&mut out, RenderOptions::new(Format::Jsonl)).unwrap();
    /// assert_eq!(String::from_utf8(out).unwrap().lines().count(), 2);
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the output can't be written.
    pub fn write(&self, out: impl Write, options: RenderOptions) -> std::io::Result<()> {
        let mut renderer = Renderer::begin(out, options, self.header.clone())?;
        for item in &self.items {
            renderer.item(item)?;
        }
        for skipped in &self.skipped {
            renderer.skipped(skipped)?;
        }
        for unreadable in &self.unreadable {
            renderer.unreadable(unreadable)?;
        }
        for gone in &self.gone {
            renderer.gone(gone)?;
        }
        for issue in &self.issues {
            renderer.issue(issue)?;
        }
        renderer.end(&self.summary)
    }
}

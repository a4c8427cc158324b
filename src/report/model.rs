//! The report document.

use schemars::JsonSchema;
use serde::Serialize;

use crate::issue::Issue;
use crate::screen::{Finding, Outcome, Screened, Verdict};

/// Version of the report document; it grows when a field changes its meaning.
pub const REPORT_VERSION: u32 = 1;

/// What the report is about and what it was made with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Header {
    /// Version of the document.
    pub report_version: u32,
    /// The program's name and version.
    pub tool: String,
    /// The decisive date, ISO 8601.
    pub as_of: String,
    /// The lists screened against.
    pub lists: Vec<ListUsed>,
    /// Options that can move a verdict.
    pub options: Vec<String>,
}

/// A list, as it was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ListUsed {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its edition.
    pub edition: String,
    /// SHA-256 of its files.
    pub sha256: String,
    /// Number of entries.
    pub entries: usize,
    /// What of it nobody has checked.
    pub unverified: Vec<String>,
}

/// A manifest, as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ManifestUsed {
    /// Its name as given.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its character encoding.
    pub encoding: String,
}

/// One goods item with its findings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ItemRecord {
    /// The manifest's name.
    pub manifest: String,
    /// The manifest's own line id, else the row number.
    pub line_id: String,
    /// Row in the manifest, from 1, the header included.
    pub row: u64,
    /// Outcome.
    pub outcome: Outcome,
    /// The description as written.
    pub description: String,
    /// The destination as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination: Option<String>,
    /// The findings.
    pub findings: Vec<Finding>,
    /// Trouble with this row.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
}

/// A row that is no goods item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SkippedRecord {
    /// The manifest's name.
    pub manifest: String,
    /// Row in the manifest.
    pub row: u64,
    /// Why it was skipped.
    pub reason: String,
}

/// An issue that belongs to no goods item.
pub type IssueRecord = Issue;

/// How many there were of what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sums {
    /// Rows read, without headers: the sum of the four below.
    pub rows: u64,
    /// Goods items that could be screened.
    pub screened: u64,
    /// Goods items that say not what they are.
    pub not_screenable: u64,
    /// Rows that couldn't be read.
    pub unreadable: u64,
    /// Rows that are no goods: totals, repeated headers, empty rows.
    pub skipped: u64,
    /// Goods items with a hit.
    pub hit: u64,
    /// Goods items to review.
    pub review: u64,
    /// Goods items where nothing was found.
    pub clear: u64,
    /// Findings of all verdicts.
    pub findings: u64,
    /// Findings that are cleared.
    pub cleared_findings: u64,
}

impl Sums {
    /// Counts a goods item.
    pub fn count(&mut self, screened: &Screened) {
        self.rows += 1;
        match screened.outcome {
            Outcome::NotScreenable => self.not_screenable += 1,
            Outcome::Hit => self.hit += 1,
            Outcome::Review => self.review += 1,
            Outcome::Clear => self.clear += 1,
        }
        if screened.outcome != Outcome::NotScreenable {
            self.screened += 1;
        }
        self.findings += screened.findings.len() as u64;
        self.cleared_findings += screened
            .findings
            .iter()
            .filter(|f| f.verdict == Verdict::Cleared)
            .count() as u64;
    }

    /// Whether the sums hold; they always must.
    #[must_use]
    pub fn hold(&self) -> bool {
        self.rows == self.screened + self.not_screenable + self.unreadable + self.skipped
            && self.screened == self.hit + self.review + self.clear
    }
}

/// The end of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Summary {
    /// The manifests that were read.
    pub manifests: Vec<ManifestUsed>,
    /// The sums.
    pub sums: Sums,
    /// Rows that are no goods items.
    pub skipped: Vec<SkippedRecord>,
    /// Trouble with the manifests.
    pub issues: Vec<Issue>,
}

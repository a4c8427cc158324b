//! What reading a manifest yields.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::GoodsItem;
use crate::issue::Issue;

/// One record of a manifest. Every record that is read is exactly one of these; only the header,
/// of one row or two, is none.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "nearly all records are items")]
pub enum Record {
    /// A goods item, with what was odd about its row.
    Item {
        /// The goods item.
        item: GoodsItem,
        /// What was odd about its row.
        issues: Vec<Issue>,
    },
    /// A row that holds no goods.
    Skipped(Skipped),
    /// A row that could not be read.
    Unreadable {
        /// The record's number, counted from 1.
        row: u64,
        /// The physical line it begins on, counted from 1.
        line: u64,
        /// What is wrong.
        issue: Issue,
    },
}

/// A row that holds no goods, and why it is thought so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Skipped {
    /// The record's number, counted from 1.
    pub row: u64,
    /// The physical line it begins on, counted from 1.
    pub line: u64,
    /// Why it was skipped.
    pub reason: SkipReason,
    /// Its first words.
    pub text: String,
}

/// Why a row was skipped.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SkipReason {
    /// A row of sums.
    TotalsRow,
    /// The header again, as at a page break.
    RepeatedHeader,
    /// A row of empty cells, or of a ruled line.
    EmptyRow,
    /// A row above the header.
    TitleRow,
    /// A row that goes on with the description of the row above; it was screened with that one.
    ContinuationRow,
}

impl SkipReason {
    /// Every reason, in the order in which they are told.
    pub const ALL: [SkipReason; 5] = [
        SkipReason::TotalsRow,
        SkipReason::RepeatedHeader,
        SkipReason::EmptyRow,
        SkipReason::TitleRow,
        SkipReason::ContinuationRow,
    ];

    /// The reason's name in reports.
    ///
    /// ```
    /// use tidewaiter::manifest::SkipReason;
    /// assert_eq!(SkipReason::TotalsRow.as_str(), "totals-row");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            SkipReason::TotalsRow => "totals-row",
            SkipReason::RepeatedHeader => "repeated-header",
            SkipReason::EmptyRow => "empty-row",
            SkipReason::TitleRow => "title-row",
            SkipReason::ContinuationRow => "continuation-row",
        }
    }
}

//! Looking on while a report is written: to show progress, to stop it, to go on with it later.

use serde::{Deserialize, Serialize};

use super::summary::{Summary, Sums};

/// A moment at which whoever looks on is asked.
#[derive(Debug)]
pub enum Moment<'a> {
    /// A row was counted.
    Passed {
        /// The sums up to here.
        sums: &'a Sums,
        /// How many bytes of the manifest were read, of a compressed one as it was given.
        bytes: u64,
    },
    /// All that was counted is written out, and this is where to go on.
    Checkpoint(&'a Checkpoint),
}

/// What whoever looks on wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing.
    GoOn,
    /// To be given a [`Checkpoint`].
    Checkpoint,
    /// No further row to be read: the report ends, marked as stopped.
    Stop,
}

/// Where a run can go on: the counts up to a row of a manifest, and what that manifest was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The summary so far. Its manifests are those that were read to their end.
    pub summary: Summary,
    /// Rows of the next manifest that are in the summary, and in the report.
    pub rows: u64,
    /// Length of a beginning of that manifest that holds these rows, in bytes.
    pub bytes: u64,
    /// SHA-256 of that beginning, in hexadecimal.
    pub sha256: String,
}

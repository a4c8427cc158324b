//! A code list that has been checked.

use serde::Serialize;

use super::row::CodeRow;
use super::since::Since;
use super::source::CodeListHead;
use crate::list::source::{CitationStatus, Instrument};
use crate::screen::Direction;

/// The bans by code of one regime.
#[derive(Clone, Debug, Serialize)]
pub struct CodeList {
    /// Id, title, decisions, edition.
    #[serde(flatten)]
    pub head: CodeListHead,
    /// SHA-256 of its files, in the order of their names, in hexadecimal.
    pub sha256: String,
    /// The legal acts.
    pub instruments: Vec<Instrument>,
    /// The measures, in the order of the files.
    pub measures: Vec<CodeMeasure>,
}

impl CodeList {
    /// The instrument with an id.
    #[must_use]
    pub fn instrument(&self, id: &str) -> Option<&Instrument> {
        self.instruments
            .iter()
            .find(|instrument| instrument.id == id)
    }

    /// How many rows of codes it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.measures.iter().map(|measure| measure.rows.len()).sum()
    }
}

/// What a measure orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// No delivery.
    Ban,
    /// An amount for all deliveries of a time: no single delivery tells whether it is reached.
    Ceiling,
    /// An order of a newer format.
    Other,
}

/// One ban or ceiling with its codes.
#[derive(Clone, Debug, Serialize)]
pub struct CodeMeasure {
    /// Stable id.
    pub id: String,
    /// Short title.
    pub title: String,
    /// Which way.
    pub direction: Direction,
    /// What it orders.
    pub order: Order,
    /// A condition that no code tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<String>,
    /// Exceptions and derogations.
    pub exceptions: Vec<String>,
    /// What is worth knowing.
    pub notes: Vec<String>,
    /// What nobody has checked.
    pub unverified: Vec<String>,
    /// The codes.
    pub rows: Vec<CodeRow>,
    /// The acts that order it.
    pub acts: Vec<Act>,
}

/// Where an instrument orders a measure.
#[derive(Clone, Debug, Serialize)]
pub struct Act {
    /// The instrument's id.
    pub instrument: String,
    /// The article, annex or paragraph.
    pub item: String,
    /// The first day it applies.
    pub since: Since,
    /// How sure it is that this act orders the measure.
    pub status: CitationStatus,
    /// What this act orders.
    pub order: Order,
    /// An older act that may have ordered it before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earlier: Option<String>,
}

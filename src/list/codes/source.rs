//! A code list as written, before it is checked.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::row::CodeSystem;
use super::since::Since;
use crate::list::source::{CitationStatus, Instrument};

/// One file of a code list.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct CodeListFile {
    /// The head; in one of the files.
    #[serde(default)]
    pub code_list: Option<CodeListHead>,
    /// The legal acts.
    #[serde(default)]
    pub instrument: Vec<Instrument>,
    /// The measures.
    #[serde(default)]
    pub measure: Vec<MeasureSource>,
}

/// The head of a code list.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct CodeListHead {
    /// Stable id, for example `eu-2017-1509-sectoral`.
    pub id: String,
    /// Title.
    pub title: String,
    /// The decisions behind it.
    pub decision: String,
    /// The edition: the date of its state.
    pub edition: String,
    /// How many rows of codes it must have.
    #[serde(skip_serializing)]
    pub codes: usize,
    /// What nobody has checked.
    #[serde(default)]
    pub unverified: Vec<String>,
}

/// A measure: one ban or ceiling with its codes, as written.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct MeasureSource {
    /// Stable id, for example `eu-XIf-textiles`.
    pub id: String,
    /// Short title.
    pub title: String,
    /// `export` to a country of its instruments, or `import` from one.
    pub direction: String,
    /// `ban`, or `ceiling`: an amount for all deliveries of a time.
    pub order: String,
    /// A condition that no code tells, for example with whom the dealings are.
    #[serde(default)]
    pub only: Option<String>,
    /// Exceptions and derogations, in our own words.
    #[serde(default)]
    pub exceptions: Vec<String>,
    /// What is worth knowing.
    #[serde(default)]
    pub notes: Vec<String>,
    /// What nobody has checked.
    #[serde(default)]
    pub unverified: Vec<String>,
    /// The codes.
    #[serde(default)]
    pub codes: Vec<CodeSource>,
    /// The acts that order it.
    #[serde(default)]
    pub act: Vec<ActSource>,
}

/// Where an instrument orders a measure, as written.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct ActSource {
    /// The instrument's id.
    pub instrument: String,
    /// The article, annex or paragraph.
    pub item: String,
    /// The first day it applies; a month where the day isn't known.
    pub since: Since,
    /// How sure it is that this act orders the measure; `open` leaves the answer open.
    pub status: CitationStatus,
    /// `ceiling` where this act sets a ceiling and another one bans.
    #[serde(default)]
    pub order: Option<String>,
    /// An older act that may have ordered it before.
    #[serde(default)]
    pub earlier: Option<String>,
}

/// A row: a code or a range of codes, as written.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct CodeSource {
    /// The code, digits only; of a range, the first.
    pub code: String,
    /// The last code of a range, included.
    #[serde(default)]
    pub to: Option<String>,
    /// Whose code it is, and how long.
    pub system: CodeSystem,
    /// The goods in our own words.
    pub goods: String,
    /// Whether only a part of the code is covered: the goods, not the rest of it.
    #[serde(default)]
    pub part: bool,
    /// Codes that stand for it in later editions of the HS.
    #[serde(default)]
    pub later: Vec<String>,
    /// First days of this row that differ from the act's, by instrument.
    #[serde(default)]
    pub since: BTreeMap<String, Since>,
    /// What is worth knowing of the row.
    #[serde(default)]
    pub note: Option<String>,
}

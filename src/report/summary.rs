//! The end of a report: how much there was, what was found, what to ask for.

use schemars::JsonSchema;
use serde::Serialize;

use super::item::ItemRecord;
use crate::manifest::SkipReason;
use crate::screen::{Outcome, Verdict};

/// How many places a summary names before it only counts.
const PLACES: usize = 20;
/// How many different questions a summary holds; the findings have them all.
const QUESTIONS: usize = 1000;
/// The question where the words don't say what the goods are.
pub(super) const SAY_WHAT: &str = "say what the goods are; these words don't";

/// How many there were of what. The sums always hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sums {
    /// Rows read, without headers: screened, not screenable, unreadable and skipped.
    pub rows: u64,
    /// Goods items that could be screened: those with a hit, to review and clear.
    pub screened: u64,
    /// Goods items that don't say what they are, and on which nothing was found.
    pub not_screenable: u64,
    /// Rows that couldn't be read.
    pub unreadable: u64,
    /// Rows that are no goods: totals, repeated headers, titles, empty rows.
    pub skipped: u64,
    /// Goods items with a hit.
    pub hit: u64,
    /// Goods items to review.
    pub review: u64,
    /// Goods items where nothing was found.
    pub clear: u64,
    /// Findings of all verdicts: the sum of the three below.
    pub findings: u64,
    /// Findings that are hits.
    pub hit_findings: u64,
    /// Findings to review.
    pub review_findings: u64,
    /// Findings that are cleared.
    pub cleared_findings: u64,
}

impl Sums {
    /// Whether the sums hold; they always must.
    #[must_use]
    pub fn hold(&self) -> bool {
        self.rows == self.screened + self.not_screenable + self.unreadable + self.skipped
            && self.screened == self.hit + self.review + self.clear
            && self.findings == self.hit_findings + self.review_findings + self.cleared_findings
    }
}

/// A manifest, as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ManifestUsed {
    /// Its name as given.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal; absent where reading broke off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Its character encoding.
    pub encoding: String,
    /// Rows read from it, without its header.
    pub rows: u64,
}

/// A goods item or row, by its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LineRef {
    /// The manifest's name.
    pub manifest: String,
    /// The manifest's own line id, else the row number.
    pub line_id: String,
    /// Row in the manifest.
    pub row: u64,
}

/// How often, and where: the first places only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Lines {
    /// All of them, counted.
    pub count: u64,
    /// The first twenty.
    pub first: Vec<LineRef>,
}

impl Lines {
    fn add(&mut self, place: LineRef) {
        self.count += 1;
        if self.first.len() < PLACES {
            self.first.push(place);
        }
    }
}

/// What was found under one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EntryFound {
    /// The list's id.
    pub list: String,
    /// The entry's id.
    pub entry: String,
    /// The entry's title.
    pub title: String,
    /// Hits.
    pub hit: u64,
    /// Reviews.
    pub review: u64,
    /// Cleared findings.
    pub cleared: u64,
    /// Lines with a hit or review.
    pub lines: Lines,
}

/// A fact to ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FactToAsk {
    /// The question.
    pub ask: String,
    /// The lines it concerns.
    pub lines: Lines,
}

/// Rows that were skipped for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SkippedRows {
    /// The reason.
    pub reason: SkipReason,
    /// The rows.
    pub lines: Lines,
}

/// The end of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Summary {
    /// The manifests that were read.
    pub manifests: Vec<ManifestUsed>,
    /// The sums.
    pub sums: Sums,
    /// The entries with findings, by list and entry.
    pub entries: Vec<EntryFound>,
    /// The facts to ask for, in the order in which they came up.
    pub ask: Vec<FactToAsk>,
    /// Further questions that were too many for this summary; the findings have them all.
    pub more_to_ask: u64,
    /// Rows that are no goods items, by reason.
    pub skipped: Vec<SkippedRows>,
}

impl Summary {
    /// Counts a goods item, whether or not it is written.
    pub(super) fn count(&mut self, item: &ItemRecord) {
        let sums = &mut self.sums;
        sums.rows += 1;
        match item.outcome {
            Outcome::NotScreenable => sums.not_screenable += 1,
            Outcome::Hit => sums.hit += 1,
            Outcome::Review => sums.review += 1,
            Outcome::Clear => sums.clear += 1,
        }
        if item.outcome == Outcome::NotScreenable {
            self.ask(SAY_WHAT, item);
        } else {
            sums.screened += 1;
        }
        for record in &item.findings {
            let finding = &record.finding;
            self.sums.findings += 1;
            let found = self.entry(&finding.list, &finding.entry, &finding.title);
            match finding.verdict {
                Verdict::Hit => found.hit += 1,
                Verdict::Review => found.review += 1,
                Verdict::Cleared => found.cleared += 1,
            }
            if finding.verdict != Verdict::Cleared {
                found.lines.add(place(item));
            }
            match finding.verdict {
                Verdict::Hit => self.sums.hit_findings += 1,
                Verdict::Review => self.sums.review_findings += 1,
                Verdict::Cleared => self.sums.cleared_findings += 1,
            }
        }
        // Two findings of one line may ask the same.
        let mut asked: Vec<&String> = Vec::new();
        for ask in item.findings.iter().flat_map(|f| &f.finding.missing) {
            if !asked.contains(&ask) {
                asked.push(ask);
                self.ask(ask, item);
            }
        }
    }

    /// Counts a row that is no goods item.
    pub(super) fn count_skipped(&mut self, manifest: &str, row: u64, reason: SkipReason) {
        self.sums.rows += 1;
        self.sums.skipped += 1;
        let at = self.skipped.binary_search_by_key(&reason, |s| s.reason);
        let at = at.unwrap_or_else(|at| {
            let lines = Lines::default();
            self.skipped.insert(at, SkippedRows { reason, lines });
            at
        });
        self.skipped[at].lines.add(LineRef {
            manifest: manifest.to_owned(),
            line_id: row.to_string(),
            row,
        });
    }

    /// Counts a row that couldn't be read.
    pub(super) fn count_unreadable(&mut self) {
        self.sums.rows += 1;
        self.sums.unreadable += 1;
    }

    fn entry(&mut self, list: &str, entry: &str, title: &str) -> &mut EntryFound {
        let key = |e: &EntryFound| (e.list.as_str(), e.entry.as_str()).cmp(&(list, entry));
        let at = self.entries.binary_search_by(key).unwrap_or_else(|at| {
            self.entries.insert(
                at,
                EntryFound {
                    list: list.to_owned(),
                    entry: entry.to_owned(),
                    title: title.to_owned(),
                    hit: 0,
                    review: 0,
                    cleared: 0,
                    lines: Lines::default(),
                },
            );
            at
        });
        &mut self.entries[at]
    }

    fn ask(&mut self, ask: &str, item: &ItemRecord) {
        let place = place(item);
        if let Some(known) = self.ask.iter_mut().find(|known| known.ask == ask) {
            known.lines.add(place);
        } else if self.ask.len() < QUESTIONS {
            let mut lines = Lines::default();
            lines.add(place);
            self.ask.push(FactToAsk {
                ask: ask.to_owned(),
                lines,
            });
        } else {
            self.more_to_ask += 1;
        }
    }
}

fn place(item: &ItemRecord) -> LineRef {
    LineRef {
        manifest: item.manifest.clone(),
        line_id: item.line_id.clone(),
        row: item.row,
    }
}

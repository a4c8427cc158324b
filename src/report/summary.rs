//! The end of a report: how much there was, what was found, what to ask for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::baseline::State;
use super::header::ListUsed;
use super::item::ItemRecord;
use crate::list::ControlList;
use crate::logic::Truth;
use crate::manifest::SkipReason;
use crate::screen::{Circumstances, Direction, Outcome, Sectoral, SectoralAnswer, Verdict};
use crate::vocab::Day;

/// How many places a summary names before it only counts.
const PLACES: usize = 20;
/// How many different questions a summary holds; the findings have them all.
const QUESTIONS: usize = 1000;
/// How many digests of goods a summary carries, enough to tell whether two reports share goods.
const SAMPLE: usize = 32;
/// The question where the words don't say what the goods are.
pub(super) const SAY_WHAT: &str = "say what the goods are; these words don't";

/// How many there were of what. The sums always hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// Findings that no waiver covers, cleared ones included: with those that one covers, all.
    pub open_findings: u64,
    /// Findings that a waiver covers.
    pub waived_findings: u64,
    /// Hits that no waiver covers.
    pub open_hit_findings: u64,
    /// Findings to review that no waiver covers.
    pub open_review_findings: u64,
}

impl Sums {
    /// Whether the sums hold; they always must.
    #[must_use]
    pub fn hold(&self) -> bool {
        self.rows == self.screened + self.not_screenable + self.unreadable + self.skipped
            && self.screened == self.hit + self.review + self.clear
            && self.findings == self.hit_findings + self.review_findings + self.cleared_findings
            && self.findings == self.open_findings + self.waived_findings
            && self.open_findings
                == self.open_hit_findings + self.open_review_findings + self.cleared_findings
    }
}

/// What became of the findings since the baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BaselineSums {
    /// Findings that the baseline doesn't have.
    pub new: u64,
    /// Findings with the same verdict for the same reasons.
    pub unchanged: u64,
    /// Findings with another verdict or other reasons.
    pub changed: u64,
    /// Findings of the baseline that are not found any more.
    pub gone: u64,
    /// Open hits that are new, or were less than hits.
    pub fresh_hits: u64,
    /// Open reviews that are new, or were cleared.
    pub fresh_reviews: u64,
    /// Goods items with a ban by code that applies and is new, or stronger than it was.
    pub fresh_bans: u64,
    /// The same of bans that may apply.
    pub fresh_open_bans: u64,
}

/// A manifest, as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

/// An edition that goods items were judged by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EditionUsed {
    /// The edition, with the instruments as they stand on the earliest of these days.
    pub list: ListUsed,
    /// The earliest decisive date.
    pub first: Day,
    /// The latest decisive date.
    pub last: Day,
    /// How many goods items.
    pub items: u64,
}

/// Where a run was stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stopped {
    /// The manifest that was being read. Manifests behind it weren't read at all.
    pub manifest: String,
    /// Rows that were read of it.
    pub after_rows: u64,
}

/// A goods item or row, by its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LineRef {
    /// The manifest's name.
    pub manifest: String,
    /// The manifest's own line id, else the row number.
    pub line_id: String,
    /// Row in the manifest.
    pub row: u64,
}

/// How often, and where: the first places only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// Of the hits and reviews, those that a waiver covers.
    pub waived: u64,
    /// Lines with a hit or review that no waiver covers.
    pub lines: Lines,
}

/// A fact to ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FactToAsk {
    /// The question.
    pub ask: String,
    /// The lines it concerns.
    pub lines: Lines,
}

/// Rows that were skipped for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SkippedRows {
    /// The reason.
    pub reason: SkipReason,
    /// The rows.
    pub lines: Lines,
}

/// How many goods items got which answer of the lists of bans by code. The sum of all five is the
/// number of goods items.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SectoralSums {
    /// A ban applies.
    pub applies: u64,
    /// A fact is missing.
    pub may_apply: u64,
    /// The shipment concerns the country of a ban and declares no code that can be read.
    pub no_code: u64,
    /// The code is under a ban, and nothing tells whether the shipment concerns its country.
    pub country_not_known: u64,
    /// No ban.
    pub does_not_apply: u64,
    /// Where the country is not known: the first lines.
    pub lines_country_not_known: Lines,
    /// Where a code is missing: the first lines.
    pub lines_no_code: Lines,
    /// The measures that apply or may apply, by list and measure.
    pub measures: Vec<SectoralFound>,
}

/// What was found under one measure of a code list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SectoralFound {
    /// The code list's id.
    pub list: String,
    /// The measure's id.
    pub measure: String,
    /// Its title.
    pub title: String,
    /// Which way.
    pub direction: Direction,
    /// Lines it applies to.
    pub applies: u64,
    /// Lines it may apply to.
    pub may_apply: u64,
    /// Those lines.
    pub lines: Lines,
}

impl SectoralSums {
    fn count(&mut self, sectoral: &Sectoral, place: &LineRef) {
        match sectoral.answer {
            SectoralAnswer::Applies => self.applies += 1,
            SectoralAnswer::MayApply => self.may_apply += 1,
            SectoralAnswer::NoCode => {
                self.no_code += 1;
                self.lines_no_code.add(place.clone());
            }
            SectoralAnswer::CountryNotKnown => {
                self.country_not_known += 1;
                self.lines_country_not_known.add(place.clone());
            }
            SectoralAnswer::DoesNotApply => self.does_not_apply += 1,
        }
        for ban in sectoral
            .bans
            .iter()
            .filter(|ban| ban.applies != Truth::False)
        {
            let key = (ban.list.as_str(), ban.measure.as_str());
            let found = self
                .measures
                .binary_search_by(|found| (found.list.as_str(), found.measure.as_str()).cmp(&key));
            let at = found.unwrap_or_else(|at| {
                let found = SectoralFound {
                    list: ban.list.clone(),
                    measure: ban.measure.clone(),
                    title: ban.title.clone(),
                    direction: ban.direction,
                    applies: 0,
                    may_apply: 0,
                    lines: Lines::default(),
                };
                self.measures.insert(at, found);
                at
            });
            let found = &mut self.measures[at];
            match ban.applies {
                Truth::True => found.applies += 1,
                _ => found.may_apply += 1,
            }
            found.lines.add(place.clone());
        }
    }

    /// All goods items that were judged.
    #[must_use]
    pub fn items(&self) -> u64 {
        self.applies + self.may_apply + self.no_code + self.country_not_known + self.does_not_apply
    }
}

/// The end of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Where the run was stopped; what follows there was not screened, and the report is partial.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Stopped>,
    /// The manifests that were read.
    pub manifests: Vec<ManifestUsed>,
    /// Of manifests with a column of dates, the editions that goods items were judged by, in the
    /// order in which they came up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub editions: Vec<EditionUsed>,
    /// The sums.
    pub sums: Sums,
    /// What became of the findings since the baseline, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since_baseline: Option<BaselineSums>,
    /// The answers of the lists of bans by code; absent where none is used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sectoral: Option<SectoralSums>,
    /// The entries with findings, by list and entry.
    pub entries: Vec<EntryFound>,
    /// The facts to ask for, in the order in which they came up.
    pub ask: Vec<FactToAsk>,
    /// Further questions that were too many for this summary; the findings have them all.
    pub more_to_ask: u64,
    /// Rows that are no goods items, by reason.
    pub skipped: Vec<SkippedRows>,
    /// The lowest 32 digests of the goods: reports that share one are about the same goods, at
    /// least in part.
    pub goods_sample: Vec<String>,
}

impl Summary {
    /// Whether all sums hold; they always must.
    #[must_use]
    pub fn holds(&self) -> bool {
        let items = self.sums.screened + self.sums.not_screenable;
        self.sums.hold()
            && self
                .sectoral
                .as_ref()
                .is_none_or(|sums| sums.items() == items)
    }

    /// Counts a goods item, whether or not it is written; `digest` is that of its goods.
    pub(super) fn count(&mut self, item: &ItemRecord, digest: String) {
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
            if record.waiver.is_some() {
                found.waived += 1;
            }
            if record.is_open() {
                found.lines.add(place(item));
            }
            match finding.verdict {
                Verdict::Hit => self.sums.hit_findings += 1,
                Verdict::Review => self.sums.review_findings += 1,
                Verdict::Cleared => self.sums.cleared_findings += 1,
            }
            match (record.waiver.is_some(), finding.verdict) {
                (true, _) => self.sums.waived_findings += 1,
                (false, verdict) => {
                    self.sums.open_findings += 1;
                    match verdict {
                        Verdict::Hit => self.sums.open_hit_findings += 1,
                        Verdict::Review => self.sums.open_review_findings += 1,
                        Verdict::Cleared => {}
                    }
                }
            }
            if let Some(since) = &record.since_baseline {
                let sums = self.since_baseline.get_or_insert_default();
                match since.state {
                    State::New => sums.new += 1,
                    State::Unchanged => sums.unchanged += 1,
                    State::Changed => sums.changed += 1,
                }
                match finding.verdict {
                    verdict if !record.is_open() || !since.is_fresh(verdict) => {}
                    Verdict::Hit => sums.fresh_hits += 1,
                    _ => sums.fresh_reviews += 1,
                }
            }
        }
        self.sample(digest);
        let bans = item.sectoral.iter().flat_map(|sectoral| &sectoral.bans);
        if let Some(sectoral) = &item.sectoral {
            let sums = self.sectoral.get_or_insert_default();
            sums.count(sectoral, &place(item));
            let fresh = item
                .sectoral_since_baseline
                .filter(|s| *s != State::Unchanged);
            if fresh.is_some() {
                let sums = self.since_baseline.get_or_insert_default();
                match sectoral.answer {
                    SectoralAnswer::Applies => sums.fresh_bans += 1,
                    _ => sums.fresh_open_bans += 1,
                }
            }
        }
        // Two findings of one line may ask the same.
        let mut asked: Vec<&String> = Vec::new();
        let open = item.findings.iter().filter(|f| f.waiver.is_none());
        let of_findings = open.flat_map(|f| &f.finding.missing);
        for ask in of_findings.chain(bans.flat_map(|ban| &ban.missing)) {
            if !asked.contains(&ask) {
                asked.push(ask);
                self.ask(ask, item);
            }
        }
    }

    /// Keeps the digest of a goods item if it is among the lowest.
    fn sample(&mut self, digest: String) {
        if let Err(at) = self.goods_sample.binary_search(&digest)
            && at < SAMPLE
        {
            self.goods_sample.insert(at, digest);
            self.goods_sample.truncate(SAMPLE);
        }
    }

    /// Counts a finding of the baseline that is not found any more.
    pub(super) fn count_gone(&mut self) {
        self.since_baseline.get_or_insert_default().gone += 1;
    }

    /// Notes the editions that a goods item was judged by.
    pub(super) fn judged_by(&mut self, lists: &[ControlList], known: &Circumstances) {
        let day = known.as_of;
        for list in lists {
            let still = list.older.as_ref().map_or(&[][..], |older| &older.still);
            let same = |used: &&mut EditionUsed| {
                used.list.id == list.head.id
                    && used.list.edition == list.head.edition
                    && used.list.still == still
            };
            match self.editions.iter_mut().find(same) {
                Some(used) => {
                    used.items += 1;
                    used.last = used.last.max(day);
                    if day < used.first {
                        used.first = day;
                        used.list = ListUsed::new(list, known);
                    }
                }
                None => self.editions.push(EditionUsed {
                    list: ListUsed::new(list, known),
                    first: day,
                    last: day,
                    items: 1,
                }),
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
                    waived: 0,
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

//! A report that another is held against: what is new, unchanged, changed, gone.
//!
//! Findings are the same by their [`fingerprint`](super::fingerprint): list, entry and goods. So a
//! line that moved is no new finding, and neither is one whose verdict changed. States are told of
//! all findings before any waiver is looked at: what a person decided changes nothing in what was
//! found.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use schemars::JsonSchema;
use serde::Serialize;

use super::fingerprint::goods_digest;
use super::header::{Header, Tool};
use super::item::{FindingRecord, ItemRecord};
use super::stored::{StoredBan, StoredFinding, StoredItem, StoredList, StoredRecord, StoredReport};
use super::summary::Summary;
use crate::error::{Error, ErrorKind, Location, Result};
use crate::logic::Truth;
use crate::screen::Verdict;
use crate::vocab::Day;

/// What became of a finding since the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The baseline doesn't have it.
    New,
    /// The baseline has it, with the same verdict for the same reasons.
    Unchanged,
    /// The baseline has it, with another verdict or for other reasons.
    Changed,
}

impl State {
    /// The word used in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            State::New => "new",
            State::Unchanged => "unchanged",
            State::Changed => "changed",
        }
    }
}

/// What can change in a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The verdict.
    Verdict,
    /// The criteria: their words, their limits, or whether they are met.
    Criteria,
    /// The exceptions, or whether they are stated.
    Exceptions,
    /// The facts to ask for.
    Missing,
}

impl Part {
    /// The word used in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Verdict => "verdict",
            Part::Criteria => "criteria",
            Part::Exceptions => "exceptions",
            Part::Missing => "missing",
        }
    }
}

/// A finding beside the same finding of the baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SinceBaseline {
    /// What became of it.
    pub state: State,
    /// The verdict in the baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<Verdict>,
    /// What changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Part>,
}

impl SinceBaseline {
    fn between(then: Option<&StoredFinding>, now: &FindingRecord) -> SinceBaseline {
        let Some(then) = then else {
            return SinceBaseline {
                state: State::New,
                was: None,
                changed: Vec::new(),
            };
        };
        let now = StoredFinding::new(&now.finding, &now.fingerprint);
        let mut changed = Vec::new();
        for (part, same) in [
            (Part::Verdict, then.verdict == now.verdict),
            (Part::Criteria, then.criteria == now.criteria),
            (Part::Exceptions, then.exceptions == now.exceptions),
            (Part::Missing, then.missing == now.missing),
        ] {
            if !same {
                changed.push(part);
            }
        }
        SinceBaseline {
            state: if changed.is_empty() {
                State::Unchanged
            } else {
                State::Changed
            },
            was: Some(then.verdict),
            changed,
        }
    }

    /// Whether somebody has to look again: it is new, or its verdict is stronger than it was.
    #[must_use]
    pub fn is_fresh(&self, verdict: Verdict) -> bool {
        self.was.is_none_or(|was| was < verdict)
    }
}

/// Why a finding of the baseline is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WhyGone {
    /// The goods are no longer there, or are described otherwise.
    GoodsGone,
    /// The goods are there, and the entry isn't found on them.
    NotFound,
    /// Its list isn't screened with.
    ListNotScreened,
}

impl WhyGone {
    /// The reason in plain words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            WhyGone::GoodsGone => "these goods are no longer in the manifests",
            WhyGone::NotFound => "the goods are there, and the entry is no longer found on them",
            WhyGone::ListNotScreened => "its list isn't screened with",
        }
    }
}

/// A finding of the baseline that isn't found any more. The place is the one it had there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GoneRecord {
    /// The manifest's name.
    pub manifest: String,
    /// The manifest's own line id, else the row number.
    pub line_id: String,
    /// Row in the manifest.
    pub row: u64,
    /// The description.
    pub description: String,
    /// The list's id.
    pub list: String,
    /// The entry's id.
    pub entry: String,
    /// The entry's title.
    pub title: String,
    /// The verdict it had.
    pub was: Verdict,
    /// Its identity over re-runs.
    pub fingerprint: String,
    /// Why it is gone.
    pub why: WhyGone,
}

impl GoneRecord {
    fn new(item: &StoredItem, finding: &StoredFinding) -> GoneRecord {
        GoneRecord {
            manifest: item.manifest.clone(),
            line_id: item.line_id.clone(),
            row: item.row,
            description: item.description.clone(),
            list: finding.list.clone(),
            entry: finding.entry.clone(),
            title: finding.title.clone(),
            was: finding.verdict,
            fingerprint: finding.fingerprint.clone(),
            why: WhyGone::NotFound,
        }
    }
}

/// A report that another was held against, named in the header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BaselineUsed {
    /// Its name as given.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// The program that wrote it.
    pub tool: Tool,
    /// Its decisive date.
    pub as_of: Day,
    /// The lists it was screened with.
    pub lists: Vec<StoredList>,
    /// Whether the goods come from it too: a rescreening.
    pub goods: bool,
}

impl BaselineUsed {
    /// A stored report whose hash is known, as the header names it.
    #[must_use]
    pub fn new<R: Read>(stored: &StoredReport<R>, sha256: &str, goods: bool) -> BaselineUsed {
        let header = stored.header();
        BaselineUsed {
            name: stored.name().to_owned(),
            sha256: sha256.to_owned(),
            tool: header.tool.clone(),
            as_of: header.as_of,
            lists: header.lists.clone(),
            goods,
        }
    }
}

/// A report that another is held against. It holds the findings, not the goods.
pub struct Baseline {
    used: BaselineUsed,
    /// The findings of all lines, those with the same fingerprint together.
    past: Vec<Past>,
    by_fingerprint: HashMap<String, usize>,
    /// The goods with findings.
    goods: HashSet<String>,
    seen_goods: HashSet<String>,
    /// The goods with bans by code, and these with the weakest answer, where lines differ.
    bans: HashMap<String, Vec<StoredBan>>,
    sample: Vec<String>,
    manifests: Vec<String>,
    items: u64,
}

struct Past {
    /// With the weakest verdict, where lines differ.
    finding: StoredFinding,
    goods: String,
    places: Vec<GoneRecord>,
    seen: bool,
}

impl Baseline {
    /// Reads a stored report to its end.
    ///
    /// # Errors
    /// When it can't be read or isn't whole.
    pub fn read<R: Read>(mut stored: StoredReport<R>) -> Result<Baseline> {
        let mut past: Vec<Past> = Vec::new();
        let mut by_fingerprint: HashMap<String, usize> = HashMap::new();
        let mut goods = HashSet::new();
        let mut bans: HashMap<String, Vec<StoredBan>> = HashMap::new();
        while let Some(record) = stored.next_record()? {
            let StoredRecord::Item(item) = record else {
                continue;
            };
            if item.findings.is_empty() && item.bans().next().is_none() {
                continue;
            }
            let digest = goods_digest(&item.description, &item.hs, &item.cas, &item.parameters);
            for ban in item.bans() {
                let known = bans.entry(digest.clone()).or_default();
                match known.iter_mut().find(|known| known.is_same(ban)) {
                    Some(known) => known.applies = known.applies.min(ban.applies),
                    None => known.push(ban.clone()),
                }
            }
            goods.insert(digest.clone());
            for finding in &item.findings {
                let place = GoneRecord::new(&item, finding);
                let at = *by_fingerprint
                    .entry(finding.fingerprint.clone())
                    .or_insert(past.len());
                match past.get_mut(at) {
                    Some(known) => {
                        known.places.push(place);
                        if finding.verdict < known.finding.verdict {
                            known.finding = finding.clone();
                        }
                    }
                    None => past.push(Past {
                        finding: finding.clone(),
                        goods: digest.clone(),
                        places: vec![place],
                        seen: false,
                    }),
                }
            }
        }
        let sha256 = stored.sha256().unwrap_or_default().to_owned();
        let used = BaselineUsed::new(&stored, &sha256, false);
        let summary = stored.summary().cloned().unwrap_or_default();
        Ok(Baseline {
            used,
            past,
            by_fingerprint,
            goods,
            seen_goods: HashSet::new(),
            bans,
            sample: summary.goods_sample,
            manifests: summary
                .manifests
                .into_iter()
                .filter_map(|manifest| manifest.sha256)
                .collect(),
            items: summary.sums.screened + summary.sums.not_screenable,
        })
    }

    /// How the header names it.
    #[must_use]
    pub fn used(&self) -> &BaselineUsed {
        &self.used
    }

    /// Marks the findings of a goods item.
    pub fn mark(&mut self, item: &mut ItemRecord) {
        let digest = item.goods_digest();
        let then: Vec<&StoredBan> = self.bans.get(&digest).into_iter().flatten().collect();
        item.sectoral_since_baseline = sectoral_since(&then, item);
        if self.goods.contains(&digest) {
            self.seen_goods.insert(digest);
        }
        for record in &mut item.findings {
            let at = self.by_fingerprint.get(&record.fingerprint);
            let past = at.and_then(|at| self.past.get_mut(*at));
            let then = past.map(|past| {
                past.seen = true;
                &past.finding
            });
            record.since_baseline = Some(SinceBaseline::between(then, record));
        }
    }

    /// The findings that were not found any more, in the order in which the baseline has them.
    pub fn gone(&self, header: &Header) -> impl Iterator<Item = GoneRecord> {
        let gone = self.past.iter().filter(|past| !past.seen);
        gone.flat_map(move |past| {
            let why = if header.list(&past.finding.list).is_none() {
                WhyGone::ListNotScreened
            } else if self.seen_goods.contains(&past.goods) {
                WhyGone::NotFound
            } else {
                WhyGone::GoodsGone
            };
            let places = past.places.iter().cloned();
            places.map(move |place| GoneRecord { why, ..place })
        })
    }

    /// Whether the baseline is about these goods: a manifest, or a goods item, is the same.
    ///
    /// Both reports carry the 32 lowest digests of their goods. Of two manifests that have a
    /// fifth of their goods in common, one in a thousand pairs shares none of them.
    ///
    /// # Errors
    /// When nothing is the same, while both have goods.
    pub fn check_goods(&self, summary: &Summary) -> Result<()> {
        let items = summary.sums.screened + summary.sums.not_screenable;
        let manifests = summary.manifests.iter();
        let mut hashes = manifests.filter_map(|manifest| manifest.sha256.as_ref());
        let mut sample = summary.goods_sample.iter();
        if self.items == 0
            || items == 0
            || (self.sample.is_empty() && self.past.is_empty())
            || !self.seen_goods.is_empty()
            || hashes.any(|hash| self.manifests.contains(hash))
            || sample.any(|goods| self.sample.contains(goods))
        {
            return Ok(());
        }
        let message = "this report is about other goods: no manifest and no goods item is the same \
                       as here, so all would be new and all gone; give the report on an earlier \
                       state of these manifests, or leave --baseline out";
        Err(Error::new(ErrorKind::Report, message).at(Location::new(self.used.name.clone())))
    }
}

/// What became of the bans by code of a goods item: nothing where there are none. A ban is
/// unchanged where the baseline has it on these goods, at least as strong; new where it has none of
/// them.
fn sectoral_since(then: &[&StoredBan], now: &ItemRecord) -> Option<State> {
    let bans = now.sectoral.iter().flat_map(|sectoral| &sectoral.bans);
    let bans = bans.filter(|ban| ban.applies != Truth::False);
    let known = bans.map(|ban| {
        let same = |old: &&&StoredBan| old.list == ban.list && old.measure == ban.measure;
        let then = then.iter().find(same);
        then.map(|then| ban.applies <= then.applies)
    });
    let known: Vec<Option<bool>> = known.collect();
    if known.is_empty() {
        None
    } else if known.iter().all(|known| *known == Some(true)) {
        Some(State::Unchanged)
    } else if known.iter().all(Option::is_none) {
        Some(State::New)
    } else {
        Some(State::Changed)
    }
}

/// Marks the findings of a goods item that was screened again, and tells which are gone.
pub(super) fn mark_rescreened(
    then: &StoredItem,
    now: &mut ItemRecord,
    header: &Header,
) -> Vec<GoneRecord> {
    now.sectoral_since_baseline = sectoral_since(&then.bans().collect::<Vec<_>>(), now);
    for record in &mut now.findings {
        let same = |f: &&StoredFinding| f.fingerprint == record.fingerprint;
        record.since_baseline = Some(SinceBaseline::between(
            then.findings.iter().find(same),
            record,
        ));
    }
    let findings = then.findings.iter();
    findings
        .filter(|f| !now.findings.iter().any(|n| n.fingerprint == f.fingerprint))
        .map(|finding| GoneRecord {
            why: match header.list(&finding.list) {
                Some(_) => WhyGone::NotFound,
                None => WhyGone::ListNotScreened,
            },
            ..GoneRecord::new(then, finding)
        })
        .collect()
}

//! One goods item in a report.

use schemars::JsonSchema;
use serde::Serialize;

use super::baseline::{SinceBaseline, State};
use super::fingerprint::{fingerprint, goods_digest};
use super::goods::KeptGoods;
use crate::compile::Ruleset;
use crate::issue::Issue;
use crate::list::{CitationStatus, ControlList};
use crate::manifest::{GoodsItem, Parameter};
use crate::screen::{
    Circumstances, Finding, Measure, Outcome, Route, Screened, Sectoral, SectoralAnswer, Stop,
    Verdict, measures, sectoral,
};
use crate::vocab::{Day, HsCode};
use crate::waiver::Waiver;

/// One goods item, what was found on it, and whether a measure applies to its shipment.
///
/// The cells are as written; the spans of evidence are bytes of these texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ItemRecord {
    /// The manifest's name.
    pub manifest: String,
    /// The manifest's own line id, else the row number.
    pub line_id: String,
    /// Row in the manifest, from 1, the header included.
    pub row: u64,
    /// The strongest verdict, `not-screenable`, or `clear`: nothing was found, no more than that.
    pub outcome: Outcome,
    /// The description.
    pub description: String,
    /// The declared commodity code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hs: Option<String>,
    /// The declared CAS number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cas: Option<String>,
    /// The goods' number at whoever sells them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// Parameters from columns of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// The destination.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination: Option<String>,
    /// The origin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The decisive date, where the item's own date was decisive; else it is the header's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// The findings, in the order of lists and entries.
    pub findings: Vec<FindingRecord>,
    /// Whether the measures of the lists with a hit or review apply to this shipment. They never
    /// change a verdict.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// What the lists of bans by code say; absent where none is used. It never changes a verdict
    /// or the outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sectoral: Option<Sectoral>,
    /// What became of its bans by code since the baseline, where there are both: `changed` when
    /// one of them is new or stronger than it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sectoral_since_baseline: Option<State>,
    /// Places of the shipment that say more than the countries of destination and origin: ports,
    /// transit, the goods text. Only beside
    /// measures and sectoral bans.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Stop>,
    /// Trouble with this row.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
    /// The rest of the goods, where they are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goods: Option<KeptGoods>,
}

/// A finding with where the law states its entry. The hash of the edition stands in the header,
/// or for items with a decisive date of their own in the summary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FindingRecord {
    /// What screening found.
    #[serde(flatten)]
    pub finding: Finding,
    /// The id of the list's edition.
    pub edition: String,
    /// Where each instrument states the entry.
    pub citations: Vec<CitationRecord>,
    /// The finding's identity over re-runs, see [`fingerprint`].
    pub fingerprint: String,
    /// What became of it since the baseline, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since_baseline: Option<SinceBaseline>,
    /// The waiver that covers it. The verdict stays what it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiver: Option<Box<Waiver>>,
}

impl FindingRecord {
    /// Whether it is a hit or review that no waiver covers.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.finding.verdict != Verdict::Cleared && self.waiver.is_none()
    }
}

/// Where an instrument states an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CitationRecord {
    /// The instrument's id.
    pub instrument: String,
    /// The instrument's symbol.
    pub symbol: String,
    /// The item number there, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// How sure the item number is; `open` where there is none.
    pub status: CitationStatus,
}

impl ItemRecord {
    /// The record of a goods item that was screened.
    ///
    /// ```
    /// use tidewaiter::report::ItemRecord;
    /// use tidewaiter::screen::Circumstances;
    /// use tidewaiter::{GoodsItem, Ruleset, Screener, lexicon::Lexicon, list};
    /// let rules = Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded())?;
    /// let item = GoodsItem::new("MIG WELDER 350 A").with_destination("KP");
    /// let screened = Screener::new(&rules).screen(&item);
    /// let known = Circumstances::on("2020-01-01".parse()?);
    /// let record = ItemRecord::new("orders", item, screened, &rules, &known);
    /// assert_eq!(record.findings[0].citations[1].symbol, "Announcement No. 36 of 2018");
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    #[must_use]
    pub fn new(
        manifest: &str,
        item: GoodsItem,
        screened: Screened,
        rules: &Ruleset,
        known: &Circumstances,
    ) -> ItemRecord {
        let mut found = screened.findings;
        newest(&mut found, rules);
        let findings: Vec<FindingRecord> = found
            .into_iter()
            .map(|finding| FindingRecord {
                edition: edition(rules, &finding.list),
                citations: citations(rules, &finding),
                fingerprint: fingerprint(&finding.list, &finding.entry, &item),
                finding,
                since_baseline: None,
                waiver: None,
            })
            .collect();
        let measures = measures_of(&findings, &item, rules, known);
        let sectoral = sectoral(
            rules.code_lists(),
            &item,
            contrary(&findings, &item, rules),
            known,
        );
        let banned = sectoral
            .as_ref()
            .is_some_and(|sectoral| !sectoral.bans.is_empty());
        let places = if measures.is_empty() && !banned {
            Vec::new()
        } else {
            Route::read(&item, known.destination).telling()
        };
        ItemRecord {
            manifest: manifest.to_owned(),
            line_id: item.line_id,
            row: item.row,
            outcome: screened.outcome,
            description: item.description,
            hs: item.hs,
            cas: item.cas,
            sku: item.sku,
            parameters: item.parameters,
            destination: item.destination,
            origin: item.origin,
            as_of: None,
            findings,
            measures,
            sectoral,
            sectoral_since_baseline: None,
            places,
            issues: screened.issues,
            goods: None,
        }
    }

    /// Whether it has hits or reviews, and waivers cover all of them.
    #[must_use]
    pub fn is_waived(&self) -> bool {
        let mut findings = self.findings.iter();
        let waived = self.findings.iter().any(|f| f.waiver.is_some());
        waived && !findings.any(FindingRecord::is_open)
    }

    /// The identity of the goods alone.
    pub(super) fn goods_digest(&self) -> String {
        goods_digest(&self.description, &self.hs, &self.cas, &self.parameters)
    }
}

impl ItemRecord {
    /// Whether a ban by code applies or may apply.
    pub(super) fn is_sectoral(&self) -> bool {
        let alerts = [SectoralAnswer::Applies, SectoralAnswer::MayApply];
        self.sectoral
            .as_ref()
            .is_some_and(|sectoral| alerts.contains(&sectoral.answer))
    }
}

/// A finding whose entry has usual codes, none of which the declared one agrees with.
fn contrary<'f>(
    findings: &'f [FindingRecord],
    item: &GoodsItem,
    rules: &Ruleset,
) -> Option<&'f Finding> {
    let code: HsCode = item.hs.as_deref()?.parse().ok()?;
    let others = |finding: &&Finding| {
        let list = rules.lists().iter().find(|l| l.head.id == finding.list);
        let entry = list.and_then(|list| list.entry(&finding.entry));
        let codes = entry
            .map(|entry| entry.hs.codes.as_slice())
            .unwrap_or_default();
        !codes.is_empty() && !codes.iter().any(|usual| code.agrees_with(usual))
    };
    let alerts = findings.iter().map(|record| &record.finding);
    let mut alerts = alerts.filter(|finding| finding.verdict != Verdict::Cleared);
    alerts.find(others)
}

/// Leaves out what older wording finds and the newer wording of the entry finds as well: it would
/// be told twice. The strongest verdict stays, so the outcome does.
fn newest(findings: &mut Vec<Finding>, rules: &Ruleset) {
    let older: Vec<(&str, &str)> = rules
        .lists()
        .iter()
        .filter_map(|list| Some((list.head.id.as_str(), list.older.as_ref()?.of.as_str())))
        .collect();
    if older.is_empty() {
        return;
    }
    let newer: Vec<(String, String, Verdict)> = findings
        .iter()
        .map(|f| (f.list.clone(), f.entry.clone(), f.verdict))
        .collect();
    findings.retain(|finding| {
        let of = older.iter().find(|(id, _)| finding.list == *id);
        of.is_none_or(|(_, of)| {
            !newer.iter().any(|(list, entry, verdict)| {
                list == of && *entry == finding.entry && *verdict >= finding.verdict
            })
        })
    });
}

fn edition(rules: &Ruleset, list: &str) -> String {
    let found = rules.lists().iter().find(|l| l.head.id == list);
    found.map(ControlList::edition_id).unwrap_or_default()
}

fn citations(rules: &Ruleset, finding: &Finding) -> Vec<CitationRecord> {
    let Some(list) = rules.lists().iter().find(|l| l.head.id == finding.list) else {
        return Vec::new();
    };
    let Some(entry) = list.entry(&finding.entry) else {
        return Vec::new();
    };
    let symbol = |id: &str| {
        let instrument = list.instruments.iter().find(|i| i.id == id);
        instrument.map_or_else(|| id.to_owned(), |i| i.symbol.clone())
    };
    entry
        .citations
        .iter()
        .map(|citation| CitationRecord {
            instrument: citation.instrument.clone(),
            symbol: symbol(&citation.instrument),
            item: citation.item.clone(),
            status: match citation.item {
                Some(_) => citation.status,
                None => CitationStatus::Open,
            },
        })
        .collect()
}

/// The measures of the instruments that a hit or review cites.
fn measures_of(
    findings: &[FindingRecord],
    item: &GoodsItem,
    rules: &Ruleset,
    known: &Circumstances,
) -> Vec<Measure> {
    let alerts: Vec<&FindingRecord> = findings
        .iter()
        .filter(|f| f.finding.verdict != Verdict::Cleared)
        .collect();
    let mut all = Vec::new();
    for list in rules.lists() {
        let cited = |id: &str| {
            alerts.iter().any(|f| {
                f.finding.list == list.head.id && f.citations.iter().any(|c| c.instrument == id)
            })
        };
        if alerts.iter().any(|f| f.finding.list == list.head.id) {
            let answers = measures(list, item, known);
            all.extend(answers.into_iter().filter(|m| cited(&m.instrument)));
        }
    }
    all
}

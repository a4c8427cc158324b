//! What a report is about and what it was made with.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::baseline::BaselineUsed;
use crate::compile::Ruleset;
use crate::list::{CodeList, ControlList, MaxAge, NotInForce, Trust};
use crate::logic::Truth;
use crate::screen::Circumstances;
use crate::vocab::{Country, Day, Jurisdiction};
use crate::waiver::WaiversUsed;

/// Version of the report document; it grows when a field changes its meaning or goes away. New
/// fields may come without a new version.
pub const REPORT_VERSION: u32 = 1;

/// What the report is about and what it was made with: the same manifests, lists, options and
/// program give the same report.
///
/// ```
/// use tidewaiter::report::{Header, Options};
/// use tidewaiter::screen::Circumstances;
/// use tidewaiter::{Ruleset, lexicon::Lexicon, list};
/// let known = Circumstances::on("2020-01-01".parse()?);
/// let register = list::Register::new(list::embedded().to_vec())?;
/// let chosen = register.in_force_on(known.as_of, &known.jurisdictions)?;
/// let rules = Ruleset::compile(chosen.lists, Lexicon::embedded())?;
/// let header = Header::new(&rules, &chosen.left_out, &known, Options::default());
/// assert!(header.lists.iter().any(|list| list.id == "s-2017-822"));
/// assert_eq!(header.lists[0].sha256.len(), 64);
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Header {
    /// Version of the document.
    pub report_version: u32,
    /// The program.
    pub tool: Tool,
    /// The decisive date of goods without a date of their own, or of all where one was named in
    /// the options.
    pub as_of: Day,
    /// The lists screened with on that date.
    pub lists: Vec<ListUsed>,
    /// The lists of bans by code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub code_lists: Vec<CodeListUsed>,
    /// Lists that were not screened with, and why.
    pub not_screened: Vec<ListLeftOut>,
    /// All options that can move a verdict, a measure or the exit code.
    pub options: Options,
    /// Whether every goods item is in the report, whole, so that it can be screened again.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub goods_kept: bool,
    /// The configuration file that options and waivers came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<ConfigUsed>,
    /// The waivers that were looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waivers: Option<WaiversUsed>,
    /// The report that this one is held against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<BaselineUsed>,
}

/// A configuration file, as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ConfigUsed {
    /// Its name as given.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// The program that made a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// Options that can move a verdict, a measure or the exit code, as they were given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Options {
    /// The decisive date that was named for all goods; absent: each item's own date counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// Whose instruments were asked about; empty: everybody's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub jurisdictions: Vec<Jurisdiction>,
    /// Only these lists; empty: all in force.
    pub lists: Vec<String>,
    /// Columns that were named for fields, as `FIELD=COLUMN`.
    pub map: Vec<String>,
    /// The encoding that was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The destination of goods items that state none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination: Option<Country>,
    /// The country whose law binds the exporter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exporter: Option<Country>,
    /// From which verdict on the exit code tells of findings: `hit`, `review` or `never`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail_on: Option<String>,
    /// Whether the exit code counts only findings that are new or stronger than in the baseline.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub fail_on_new: bool,
}

/// A list, as it was used. Findings refer to it by its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListUsed {
    /// Its id; no two lists of a report have the same.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The decision that made it.
    pub decision: String,
    /// The name of its edition.
    pub edition: String,
    /// The id of its edition: `s-2016-308@2016-04-04`.
    pub edition_id: String,
    /// The amendments that made the edition; none: the list as it was decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amended: Vec<AmendmentUsed>,
    /// For whom it is still in force, where it is the older wording of entries that a newer edition
    /// changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub still: Vec<Jurisdiction>,
    /// SHA-256 of its files, in hexadecimal; of an amended edition, of the hashes of the list and
    /// of the lists that amend it.
    pub sha256: String,
    /// Number of entries.
    pub entries: usize,
    /// Whether it is in force on the decisive date; unknown is screened with all the same.
    pub in_force: Truth,
    /// Where it comes from, and who vouches for it.
    pub trust: Trust,
    /// The day on which it was last compared with its source; absent: not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<Day>,
    /// Why it is older than was allowed, in words; absent: it isn't, or no age was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stale: Option<String>,
    /// The legal acts that put it in force.
    pub instruments: Vec<InstrumentUsed>,
    /// What of it nobody has checked.
    pub unverified: Vec<String>,
}

/// A list of bans by code, as it was used. Sectoral bans refer to it by its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CodeListUsed {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The decisions behind it.
    pub decision: String,
    /// Its edition.
    pub edition: String,
    /// SHA-256 of its files, in hexadecimal.
    pub sha256: String,
    /// Number of its measures.
    pub measures: usize,
    /// Number of its codes and ranges of codes.
    pub codes: usize,
    /// What of it nobody has checked.
    pub unverified: Vec<String>,
}

impl CodeListUsed {
    fn new(list: &CodeList) -> CodeListUsed {
        CodeListUsed {
            id: list.head.id.clone(),
            title: list.head.title.clone(),
            decision: list.head.decision.clone(),
            edition: list.head.edition.clone(),
            sha256: list.sha256.clone(),
            measures: list.measures.len(),
            codes: list.rows(),
            unverified: list.head.unverified.clone(),
        }
    }
}

/// An amendment behind an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AmendmentUsed {
    /// The decision, in words.
    pub decision: String,
    /// The ids of the instruments that put it in force; they stand among the list's.
    pub by: Vec<String>,
    /// The ids of the entries that it changed.
    pub entries: Vec<String>,
}

/// A legal act behind a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InstrumentUsed {
    /// What citations refer to.
    pub id: String,
    /// Who made it.
    pub authority: String,
    /// Its symbol or number.
    pub symbol: String,
    /// Who is bound.
    pub binds: Vec<String>,
    /// What it orders.
    pub measure: String,
    /// Against which countries.
    pub destinations: Vec<String>,
    /// When it is in force, in words.
    pub when: String,
    /// Whether it is in force on the decisive date.
    pub in_force: Truth,
    /// Whether it is one of those asked about.
    pub asked: bool,
    /// What of it nobody has checked.
    pub unverified: Vec<String>,
}

/// A list that was not screened with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ListLeftOut {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its edition.
    pub edition: String,
    /// SHA-256 of its files, in hexadecimal.
    pub sha256: String,
    /// Why.
    pub reason: String,
}

impl Header {
    /// The header of a report on what a ruleset finds.
    #[must_use]
    pub fn new(
        rules: &Ruleset,
        left_out: &[NotInForce],
        known: &Circumstances,
        options: Options,
    ) -> Header {
        Header {
            report_version: REPORT_VERSION,
            tool: Tool {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
            },
            as_of: known.as_of,
            lists: rules
                .lists()
                .iter()
                .map(|list| ListUsed::new(list, known))
                .collect(),
            code_lists: rules.code_lists().iter().map(CodeListUsed::new).collect(),
            not_screened: left_out
                .iter()
                .map(|out| ListLeftOut {
                    id: out.list.head.id.clone(),
                    title: out.list.head.title.clone(),
                    edition: out.list.head.edition.clone(),
                    sha256: out.list.sha256.clone(),
                    reason: out.reason.clone(),
                })
                .collect(),
            options,
            goods_kept: false,
            config: None,
            waivers: None,
            baseline: None,
        }
    }

    /// The same, saying of each list whether it was checked too long ago.
    #[must_use]
    pub fn with_max_age(mut self, rules: &Ruleset, most: MaxAge) -> Header {
        for (used, list) in self.lists.iter_mut().zip(rules.lists()) {
            used.stale = most.stale(list, self.as_of);
        }
        self
    }

    /// The list with an id, as it was used on the header's date.
    #[must_use]
    pub fn list(&self, id: &str) -> Option<&ListUsed> {
        self.lists.iter().find(|list| list.id == id)
    }
}

impl ListUsed {
    pub(super) fn new(list: &ControlList, known: &Circumstances) -> ListUsed {
        let as_of = known.as_of;
        ListUsed {
            id: list.head.id.clone(),
            title: list.head.title.clone(),
            decision: list.head.decision.clone(),
            edition: list.head.edition.clone(),
            edition_id: list.edition_id(),
            amended: list
                .amended
                .iter()
                .map(|amended| AmendmentUsed {
                    decision: amended.decision.clone(),
                    by: amended.by.clone(),
                    entries: amended.entries.clone(),
                })
                .collect(),
            still: list.older.iter().flat_map(|o| o.still.clone()).collect(),
            sha256: list.sha256.clone(),
            entries: list.entries.len(),
            in_force: list.in_force_for(as_of, &known.jurisdictions),
            trust: list.trust.clone(),
            checked: list.head.checked,
            stale: None,
            instruments: list
                .instruments
                .iter()
                .map(|i| InstrumentUsed {
                    id: i.id.clone(),
                    authority: i.authority.clone(),
                    symbol: i.symbol.clone(),
                    binds: i.binds.clone(),
                    measure: i.measure.clone(),
                    destinations: i.destinations.clone(),
                    when: i.when(),
                    in_force: i.in_force_on(as_of),
                    asked: i.is_of(&known.jurisdictions),
                    unverified: i.unverified.clone(),
                })
                .collect(),
            unverified: list.head.unverified.clone(),
        }
    }
}

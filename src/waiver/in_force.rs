//! The waivers that count on a day.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::model::Waiver;
use super::read::Waivers;
use crate::compile::Ruleset;
use crate::error::Location;
use crate::issue::{Issue, Severity};
use crate::manifest::GoodsItem;
use crate::near::nearest;
use crate::screen::Circumstances;
use crate::vocab::Day;

/// How many days before its end a waiver is told of.
const SOON: i64 = 30;

/// The waivers that were looked at, named in the header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WaiversUsed {
    /// The file they stand in.
    pub file: String,
    /// SHA-256 of those that are in force, in hexadecimal: of their JSON, without their places.
    pub sha256: String,
    /// How many the file has.
    pub read: u64,
    /// How many of them are in force on the decisive date.
    pub in_force: u64,
}

/// The waivers that are sound and in force on a day, and which of them covered something.
#[derive(Clone, Debug)]
pub struct WaiversInForce {
    used: WaiversUsed,
    waivers: Vec<Waiver>,
    /// Where the waivers of a list and an entry are.
    places: HashMap<(String, String), Vec<usize>>,
    covered: Vec<bool>,
    issues: Vec<Issue>,
    screened: Vec<String>,
}

impl Waivers {
    /// Those that are in force on a day, for the entries of these lists.
    ///
    /// ```
    /// use tidewaiter::{Ruleset, lexicon::Lexicon, list, waiver::Waivers};
    /// let rules = Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded())?;
    /// let text = r#"
    /// [[waiver]]
    /// list = "s-2017-822"
    /// entry = "VIII.A2.005"
    /// description = "MIG WELDER 350 A"
    /// reason = "seen on board"
    /// approver = "A. Officer"
    /// issued = "2024-01-01"
    /// expires = "2024-12-31"
    /// "#;
    /// let waivers = Waivers::read("tidewaiter.toml", text)?;
    /// let on = |day: &str| Ok::<_, tidewaiter::Error>(waivers.clone().on(day.parse()?, &rules));
    /// assert_eq!(on("2024-12-31")?.used().in_force, 1);
    /// assert_eq!(on("2025-01-01")?.used().in_force, 0);
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    #[must_use]
    pub fn on(self, day: Day, rules: &Ruleset) -> WaiversInForce {
        let mut issues = self.issues;
        let mut waivers = Vec::new();
        for waiver in self.sound {
            let trouble = unfit(&waiver, day, rules);
            let fit = trouble.is_none();
            let left = day.days_until(waiver.expires);
            if fit && left <= SOON {
                let message = format!(
                    "the waiver for {} expires on {}, in {left} days; renew it or let it go",
                    waiver.scope(),
                    waiver.expires
                );
                let issue = Issue::new("waiver-expires-soon", Severity::Warning, message);
                issues.push(issue.at(waiver.location.clone()));
            }
            issues.extend(trouble);
            if fit {
                waivers.push(waiver);
            }
        }
        issues.sort_by(|a, b| a.location.cmp(&b.location));
        let mut places: HashMap<(String, String), Vec<usize>> = HashMap::new();
        for (at, waiver) in waivers.iter().enumerate() {
            let key = (waiver.list.clone(), waiver.entry.clone());
            places.entry(key).or_default().push(at);
        }
        let used = WaiversUsed {
            file: self.file,
            sha256: digest(&waivers),
            read: self.read,
            in_force: waivers.len() as u64,
        };
        let lists = rules.lists().iter();
        WaiversInForce {
            used,
            covered: vec![false; waivers.len()],
            waivers,
            places,
            issues,
            screened: lists.map(|list| list.head.id.clone()).collect(),
        }
    }
}

impl WaiversInForce {
    /// How the header names them.
    #[must_use]
    pub fn used(&self) -> &WaiversUsed {
        &self.used
    }

    /// The first waiver, in the order of the file, that covers a finding. All that do are taken
    /// for used.
    pub fn covering(
        &mut self,
        (list, entry, fingerprint): (&str, &str, &str),
        item: &GoodsItem,
        known: &Circumstances,
    ) -> Option<&Waiver> {
        let places = self.places.get(&(list.to_owned(), entry.to_owned()))?;
        let mut first = None;
        for at in places.iter().copied() {
            if self.waivers[at].covers(fingerprint, item, known) {
                self.covered[at] = true;
                first = first.or(Some(at));
            }
        }
        first.map(|at| &self.waivers[at])
    }

    /// What is wrong with the waivers, and which covered nothing, once all is screened.
    #[must_use]
    pub fn issues(&self) -> Vec<Issue> {
        let mut issues = self.issues.clone();
        for (waiver, covered) in self.waivers.iter().zip(&self.covered) {
            if *covered {
                continue;
            }
            let why = if self.screened.contains(&waiver.list) {
                "covered nothing in this run; take it out if it isn't needed any more"
            } else {
                "covered nothing: its list isn't screened with"
            };
            let message = format!("the waiver for {} {why}", waiver.scope());
            let issue = Issue::new("waiver-unused", Severity::Note, message);
            issues.push(issue.at(waiver.location.clone()));
        }
        issues
    }
}

/// Why a sound waiver doesn't count.
fn unfit(waiver: &Waiver, day: Day, rules: &Ruleset) -> Option<Issue> {
    let issue = |code, message: String| {
        let issue = Issue::new(code, Severity::Warning, message);
        Some(issue.at(waiver.location.clone()))
    };
    let scope = waiver.scope();
    if waiver.expires < day {
        let message = format!(
            "the waiver for {scope} expired on {}; it covers nothing on {day}",
            waiver.expires
        );
        return issue("waiver-expired", message);
    }
    if day < waiver.issued {
        let message = format!(
            "the waiver for {scope} is issued on {}; it covers nothing on {day}",
            waiver.issued
        );
        return issue("waiver-not-yet-issued", message);
    }
    let list = rules.lists().iter().find(|l| l.head.id == waiver.list)?;
    if list.entry(&waiver.entry).is_some() {
        return None;
    }
    let ids = list.entries.iter().map(|entry| entry.id.as_str());
    let near = nearest(&waiver.entry, ids);
    let near = near.map_or(String::new(), |id| format!("; did you mean {id:?}?"));
    let message = format!(
        "the list {} has no entry {:?}, so this waiver covers nothing{near}",
        waiver.list, waiver.entry
    );
    issue("waiver-unknown-entry", message)
}

fn digest(waivers: &[Waiver]) -> String {
    let mut hash = Sha256::new();
    for waiver in waivers {
        let placeless = Waiver {
            location: Location::new(""),
            ..waiver.clone()
        };
        hash.update(serde_json::to_vec(&placeless).unwrap_or_default());
        hash.update(b"\n");
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

//! What screening finds: one entry against one goods item, with its evidence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::issue::Issue;
use crate::logic::Truth;

/// The verdict of one finding.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Under the subject, but a stated fact fails a criterion or states an exception.
    Cleared,
    /// Under the subject as far as the line tells; a fact is missing.
    Review,
    /// Under the entry.
    Hit,
}

impl Verdict {
    /// The word used in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Cleared => "cleared",
            Verdict::Review => "review",
            Verdict::Hit => "hit",
        }
    }
}

/// The outcome of one goods item: the strongest that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Nothing found under these lists; no more than that.
    Clear,
    /// The line doesn't say what the goods are.
    NotScreenable,
    /// A fact is missing.
    Review,
    /// The goods are listed.
    Hit,
}

impl Outcome {
    /// The word used in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Clear => "clear",
            Outcome::NotScreenable => "not-screenable",
            Outcome::Review => "review",
            Outcome::Hit => "hit",
        }
    }
}

/// A piece of the original text that a finding rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Evidence {
    /// `description`, `hs`, `cas`, or `parameter: NAME`.
    pub field: String,
    /// First byte in the field's text.
    pub start: usize,
    /// One past the last byte in the field's text.
    pub end: usize,
    /// The text there, as written.
    pub text: String,
    /// What it means: the concept's title, `CAS number`, `HS code`.
    pub means: String,
    /// How it was read, where it isn't written as it should be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<String>,
}

/// A figure that a criterion was held against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StatedFigure {
    /// The figure as written, with its place.
    pub evidence: Evidence,
    /// The figure in the unit of the limit.
    pub converted: String,
}

/// A criterion, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Evaluation {
    /// Whether it is met.
    pub truth: Truth,
    /// The criterion in words: `welding-current greater than 180 A`.
    pub criterion: String,
    /// The limit, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold: Option<String>,
    /// Figures held against the limit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stated: Vec<StatedFigure>,
    /// Words that decided it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// The question to ask when it is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
    /// The parts of an all, any or not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<Evaluation>,
}

impl Evaluation {
    /// A criterion that nothing decides yet.
    pub(super) fn unknown(criterion: impl Into<String>) -> Evaluation {
        Evaluation {
            truth: Truth::Unknown,
            criterion: criterion.into(),
            threshold: None,
            stated: Vec::new(),
            evidence: Vec::new(),
            ask: None,
            of: Vec::new(),
        }
    }

    /// The questions of all leaves that leave this criterion undecided.
    pub fn missing(&self, into: &mut Vec<String>) {
        if self.truth != Truth::Unknown {
            return;
        }
        if let Some(ask) = &self.ask
            && !into.contains(ask)
        {
            into.push(ask.clone());
        }
        for part in &self.of {
            part.missing(into);
        }
    }
}

/// An exception of the entry, and whether the line states it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ExceptionCheck {
    /// The exception in our words.
    pub exception: String,
    /// Whether words state it and its limits are met; without words it doesn't apply.
    pub stated: bool,
    /// The words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// Its own limits, where it has any and words state it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub criteria: Option<Evaluation>,
}

impl ExceptionCheck {
    /// Whether words state it, but not whether its limits are met.
    pub(super) fn is_open(&self) -> bool {
        let limits = self.criteria.as_ref();
        !self.evidence.is_empty() && limits.is_some_and(|c| c.truth == Truth::Unknown)
    }
}

/// One entry against one goods item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Finding {
    /// The list's id.
    pub list: String,
    /// The entry's id.
    pub entry: String,
    /// The entry's title.
    pub title: String,
    /// The verdict.
    pub verdict: Verdict,
    /// Which goods of the entry.
    pub goods: String,
    /// Why the goods are under the subject.
    pub evidence: Vec<Evidence>,
    /// The criteria.
    pub criteria: Evaluation,
    /// The exceptions looked at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<ExceptionCheck>,
    /// Why it is a question at best.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubt: Option<String>,
    /// The facts to ask for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Remarks: a claim of civil use, an HS code that agrees.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// All that was found on one goods item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Screened {
    /// The strongest that applies.
    pub outcome: Outcome,
    /// The findings, in the order of lists and entries.
    pub findings: Vec<Finding>,
    /// Trouble with the item's own cells.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
}

impl Screened {
    /// The strongest outcome of the findings; without any, whether the words are vague.
    pub(super) fn new(findings: Vec<Finding>, issues: Vec<Issue>, vague: bool) -> Screened {
        let outcome = match findings.iter().map(|f| f.verdict).max() {
            Some(Verdict::Hit) => Outcome::Hit,
            Some(Verdict::Review) => Outcome::Review,
            _ if vague => Outcome::NotScreenable,
            _ => Outcome::Clear,
        };
        Screened {
            outcome,
            findings,
            issues,
        }
    }

    /// The same, held against one entry alone.
    #[must_use]
    pub fn for_entry(mut self, id: &str) -> Screened {
        let vague = self.outcome == Outcome::NotScreenable;
        self.findings.retain(|finding| finding.entry == id);
        Screened::new(self.findings, self.issues, vague)
    }
}

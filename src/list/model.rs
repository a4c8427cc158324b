//! A control list that has been checked.

use serde::Serialize;

use super::amendment::Amendment;
use super::source::{Citation, Example, Head, HsCodes, Instrument};
use super::trust::Trust;
use crate::lexicon::{Concept, ConceptKind, Role, UnitSource};
use crate::vocab::{CasNumber, Jurisdiction, Number};

/// The goods that one decision controls.
#[derive(Clone, Debug, Serialize)]
pub struct ControlList {
    /// Id, title, decision, edition.
    #[serde(flatten)]
    pub head: Head,
    /// SHA-256 of its files, in the order of their names, in hexadecimal.
    pub sha256: String,
    /// Where it comes from, and who vouches for it.
    pub trust: Trust,
    /// The legal acts that put it in force.
    pub instruments: Vec<Instrument>,
    /// The controlled items, in the order of the files.
    pub entries: Vec<Entry>,
    /// Words that the list brings with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub concepts: Vec<Concept>,
    /// Roles of figures that the list brings with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// Units that the list brings with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitSource>,
    /// The amendments that made this edition, in their order; none: the list as it was decided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub amended: Vec<Amended>,
    /// Of wording that a newer edition replaced and that is still in force for somebody: which
    /// list's, and whose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub older: Option<Older>,
    /// What its files change, in it or in other lists. [`Register`](super::Register) applies them.
    #[serde(skip)]
    pub amendments: Vec<Amendment>,
}

/// Wording that a newer edition of a list replaced, and that is still in force for somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Older {
    /// The id of the list.
    pub of: String,
    /// For whom it is, or may be, still in force.
    pub still: Vec<Jurisdiction>,
}

/// An amendment that took part in making an edition.
#[derive(Clone, Debug, Serialize)]
pub struct Amended {
    /// The name of the edition that it made.
    pub edition: String,
    /// The decision, in words.
    pub decision: String,
    /// The ids of the instruments of the edition that put it in force.
    pub by: Vec<String>,
    /// The ids of the entries that it replaced, added or removed.
    pub entries: Vec<String>,
    /// What of it nobody has checked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unverified: Vec<String>,
}

impl ControlList {
    /// The id of this edition: the list's id, `@`, the name of the edition.
    ///
    /// ```
    /// let mut lists = tidewaiter::list::embedded().iter();
    /// let list = lists.find(|list| list.head.id == "s-2017-822").unwrap();
    /// assert_eq!(list.edition_id(), "s-2017-822@2017-09-29");
    /// ```
    #[must_use]
    pub fn edition_id(&self) -> String {
        if self.older.is_some() {
            return self.head.id.clone();
        }
        format!("{}@{}", self.head.id, self.head.edition)
    }

    /// The instrument with an id.
    #[must_use]
    pub fn instrument(&self, id: &str) -> Option<&Instrument> {
        self.instruments.iter().find(|i| i.id == id)
    }

    /// The entry with an id.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }
}

/// One controlled item.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Stable id, for example `VIII.A1.004`.
    pub id: String,
    /// Short title.
    pub title: String,
    /// The item in our own words, with every figure of the law.
    pub description: String,
    /// Where each instrument states it.
    pub citations: Vec<Citation>,
    /// CAS numbers that identify the substance.
    pub cas: Vec<CasNumber>,
    /// Where the CAS numbers come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cas_source: Option<String>,
    /// Related entries of other lists.
    pub related: Vec<String>,
    /// Open questions and choices.
    pub notes: Vec<String>,
    /// Indicative HS codes.
    pub hs: HsCodes,
    /// Kinds of goods with limits of their own.
    pub goods: Vec<Goods>,
    /// Exceptions.
    pub exceptions: Vec<Exception>,
    /// Goods descriptions with the verdict they must get.
    pub examples: Vec<Example>,
}

/// What a part of listed goods is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartsRule {
    /// Parts aren't covered.
    #[default]
    NotCovered,
    /// Parts are covered like the goods.
    Covered,
    /// Parts may be covered.
    Review,
}

/// A kind of goods of an entry.
#[derive(Clone, Debug, Serialize)]
pub struct Goods {
    /// Its name in reports.
    pub name: String,
    /// Concepts that name it; one is enough.
    pub subject: Vec<String>,
    /// Concepts that must be said too.
    pub requires: Vec<String>,
    /// What a part of it is.
    pub parts: PartsRule,
    /// Why it is a question at best.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubt: Option<String>,
    /// The limits.
    pub criteria: Criterion,
}

/// The list's own "except …".
#[derive(Clone, Debug, Serialize)]
pub struct Exception {
    /// Our words.
    pub text: String,
    /// What it turns on: `design`, `end-use`, `goods`, or `reading`, which is not in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// Concepts whose words state it.
    pub stated_by: Vec<String>,
    /// Names of goods; empty: all.
    pub applies_to: Vec<String>,
    /// Paragraphs of the criteria that it takes out; empty: the goods as a whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scope: Vec<String>,
    /// Limits that must be met too, so that it applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub criteria: Option<Criterion>,
}

/// A testable condition.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Criterion {
    /// All of these.
    All {
        /// The conditions.
        of: Vec<Criterion>,
    },
    /// At least one of these.
    Any {
        /// The conditions.
        of: Vec<Criterion>,
    },
    /// Not this.
    Not {
        /// The condition.
        of: Box<Criterion>,
    },
    /// A paragraph of the source, so that an exception can name it.
    Paragraph {
        /// Its letters and numbers, `b.6.a`.
        para: String,
        /// What it says.
        of: Box<Criterion>,
    },
    /// A figure against a limit.
    Quantity {
        /// What the figure is for.
        role: String,
        /// The limit.
        #[serde(flatten)]
        limit: Limit,
        /// Whether a figure without cue words counts; absent: as the role says.
        #[serde(skip_serializing_if = "Option::is_none")]
        bare: Option<bool>,
        /// Why it is read so.
        #[serde(skip_serializing_if = "Option::is_none")]
        reading: Option<String>,
    },
    /// One of these concepts is said.
    Concept {
        /// Material, form, purpose, type or function.
        attribute: ConceptKind,
        /// The concepts; one is enough.
        one_of: Vec<String>,
        /// Why it is read so.
        #[serde(skip_serializing_if = "Option::is_none")]
        reading: Option<String>,
    },
    /// Covered by description.
    Described,
    /// A condition of a newer format: undetermined.
    Unsupported {
        /// Its keys.
        keys: Vec<String>,
    },
}

impl Criterion {
    /// Whether this, or a criterion beneath it, is a paragraph of the source or in one: `a` has
    /// `a.1`.
    #[must_use]
    pub fn has_paragraph(&self, wanted: &str) -> bool {
        match self {
            Criterion::Paragraph { para, of } => is_under(para, wanted) || of.has_paragraph(wanted),
            Criterion::All { of } | Criterion::Any { of } => {
                of.iter().any(|inner| inner.has_paragraph(wanted))
            }
            Criterion::Not { of } => of.has_paragraph(wanted),
            _ => false,
        }
    }
}

/// Whether a paragraph is another one or a part of it: `b.6.a` of `b`.
pub(crate) fn is_under(para: &str, scope: &str) -> bool {
    let rest = para.strip_prefix(scope);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// How a figure is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    /// Above the limit.
    GreaterThan,
    /// The limit or above.
    AtLeast,
    /// Below the limit.
    LessThan,
    /// The limit or below.
    AtMost,
    /// A point in common with the range.
    Overlaps,
    /// Inside the range.
    Within,
    /// Outside the range.
    Outside,
    /// Taking in the whole range.
    Covers,
}

impl Comparison {
    /// The key that writes it in a list.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Comparison::GreaterThan => "greater_than",
            Comparison::AtLeast => "at_least",
            Comparison::LessThan => "less_than",
            Comparison::AtMost => "at_most",
            Comparison::Overlaps => "overlaps",
            Comparison::Within => "within",
            Comparison::Outside => "outside",
            Comparison::Covers => "covers",
        }
    }

    /// The comparison in words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Comparison::GreaterThan => "greater than",
            Comparison::AtLeast => "at least",
            Comparison::LessThan => "less than",
            Comparison::AtMost => "at most",
            Comparison::Overlaps => "overlaps",
            Comparison::Within => "within",
            Comparison::Outside => "outside",
            Comparison::Covers => "covers",
        }
    }
}

/// Which ends of a range belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// Whether the lower end is inside.
    pub low: bool,
    /// Whether the upper end is inside.
    pub high: bool,
}

impl Ends {
    /// Both ends inside, as where nothing is said.
    pub const INSIDE: Ends = Ends {
        low: true,
        high: true,
    };

    /// Reads interval notation: `[]`, `(]`, `[)` or `()`.
    #[must_use]
    pub fn read(text: &str) -> Option<Ends> {
        let (low, high) = match text {
            "[]" => (true, true),
            "(]" => (false, true),
            "[)" => (true, false),
            "()" => (false, false),
            _ => return None,
        };
        Some(Ends { low, high })
    }

    /// What is said of the range behind its figures; nothing where both ends are inside.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match (self.low, self.high) {
            (true, true) => "",
            (false, true) => " without its lower end",
            (true, false) => " without its upper end",
            (false, false) => " without its ends",
        }
    }
}

impl std::fmt::Display for Limit {
    /// `above 180 A`, `within 1200 nm to 30000 nm without its lower end`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (how, ends) = (self.comparison.as_str(), self.ends.as_str());
        write!(f, "{how} {}{ends}", self.threshold)
    }
}

/// A limit: the comparison, the text of the law's figure, and its exact value.
#[derive(Clone, Debug, Serialize)]
pub struct Limit {
    /// How a figure is compared.
    pub comparison: Comparison,
    /// The figure as the list writes it, with its unit.
    pub threshold: String,
    /// Which ends of a range are inside.
    #[serde(skip)]
    pub ends: Ends,
    /// The unit's id.
    #[serde(skip)]
    pub unit: String,
    /// The value in the base unit of the dimension; of a range, its lower end.
    #[serde(skip)]
    pub low: Number,
    /// The upper end of a range; else the same value.
    #[serde(skip)]
    pub high: Number,
}

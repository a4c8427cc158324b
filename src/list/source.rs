//! A control list as written, before it is checked.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lexicon::{Concept, Role, UnitSource};
use crate::vocab::{Day, Interval};

/// One file of a list.
#[derive(Debug, Default, Deserialize, JsonSchema)]
pub struct ListFile {
    /// The head of the list; in one of its files.
    #[serde(default)]
    pub list: Option<Head>,
    /// The legal acts that put it in force.
    #[serde(default)]
    pub instrument: Vec<Instrument>,
    /// The controlled items.
    #[serde(default)]
    pub entry: Vec<EntrySource>,
    /// Words that the list brings with it, in the form of the lexicon.
    #[serde(default)]
    pub concept: Vec<Concept>,
    /// Roles of figures that the list brings with it, in the form of the lexicon.
    #[serde(default)]
    pub role: Vec<Role>,
    /// Units that the list brings with it, in the form of the lexicon.
    #[serde(default)]
    pub unit: Vec<UnitSource>,
    /// What changes a list, this one or another.
    #[serde(default)]
    pub amendment: Vec<AmendmentSource>,
}

/// What changes a list, as written: a later decision replaces, adds or removes entries.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct AmendmentSource {
    /// The name of the edition that it makes, by custom its first day.
    pub edition: String,
    /// The id of the list that it changes; absent: the list in whose files it stands.
    #[serde(default)]
    pub list: Option<String>,
    /// The decision, in words: `S/2017/728, item 5`.
    pub decision: String,
    /// The instruments that put it in force, each from its own day.
    pub by: Vec<AmendedBy>,
    /// Instruments that only amend, and so are none of the list's own.
    #[serde(default)]
    pub instrument: Vec<Instrument>,
    /// Entries that stand in place of those with the same ids.
    #[serde(default)]
    pub replace: Vec<EntrySource>,
    /// Entries that are new.
    #[serde(default)]
    pub add: Vec<EntrySource>,
    /// Ids of entries that are struck out.
    #[serde(default)]
    pub remove: Vec<String>,
    /// What nobody has checked.
    #[serde(default)]
    pub unverified: Vec<String>,
}

/// An instrument that puts an amendment in force, and where it says so.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct AmendedBy {
    /// The id of an instrument of the amendment, or of the list in whose files it stands.
    pub instrument: String,
    /// The item number there, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// How the instrument names the goods, in its own language, where that was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How sure the item number is.
    pub status: CitationStatus,
    /// When the amendment is in force by it; absent: as long as the instrument is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force: Option<Vec<Interval>>,
}

/// The head of a list.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Head {
    /// Stable id, for example `s-2017-822`.
    pub id: String,
    /// Title.
    pub title: String,
    /// The decision that made it.
    pub decision: String,
    /// The edition: the date of its state.
    pub edition: String,
    /// How many entries it must have.
    #[serde(skip_serializing)]
    pub entries: usize,
    /// The day on which the list was last compared with its source; absent: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<Day>,
    /// What was compared with what, and what is known of when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_against: Option<String>,
    /// What nobody has checked.
    #[serde(default)]
    pub unverified: Vec<String>,
}

/// A legal act that puts a list in force for somebody.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Instrument {
    /// What citations refer to.
    pub id: String,
    /// Who made it.
    pub authority: String,
    /// Its symbol or number.
    pub symbol: String,
    /// Its title.
    #[serde(default)]
    pub title: String,
    /// Day of adoption, ISO 8601.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adopted: Option<Day>,
    /// When it is in force; empty: not known.
    #[serde(default)]
    pub in_force: Vec<Interval>,
    /// Who is bound: UN, CN, EU, UK.
    #[serde(default)]
    pub binds: Vec<String>,
    /// export-ban, import-ban, export-and-import-ban.
    pub measure: String,
    /// ISO 3166-1 alpha-2 codes of the destinations (for imports: origins).
    #[serde(default)]
    pub destinations: Vec<String>,
    /// Where the text is.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// What of it was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// What nobody has checked.
    #[serde(default)]
    pub unverified: Vec<String>,
}

/// A controlled item, as written.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct EntrySource {
    /// Stable id.
    pub id: String,
    /// Short title.
    pub title: String,
    /// The item in our own words, with every figure of the law.
    pub description: String,
    /// Where each instrument states it.
    #[serde(default)]
    pub citations: Vec<Citation>,
    /// CAS numbers that identify the substance.
    #[serde(default)]
    pub cas: Vec<String>,
    /// Where the CAS numbers come from.
    #[serde(default)]
    pub cas_source: Option<String>,
    /// Related entries of other lists.
    #[serde(default)]
    pub related: Vec<String>,
    /// Open questions and choices.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Indicative HS codes.
    #[serde(default)]
    pub hs: Option<HsCodes>,
    /// Kinds of goods with limits of their own.
    #[serde(default)]
    pub goods: Vec<GoodsSource>,
    /// Exceptions.
    #[serde(default)]
    pub exception: Vec<ExceptionSource>,
    /// Goods descriptions with the verdict they must get.
    #[serde(default)]
    pub example: Vec<Example>,
}

/// A goods description that shows what an entry means, and tests it.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The description, as a trader would write it.
    pub goods: String,
    /// Its HS code, if declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hs: Option<String>,
    /// Its CAS number, if declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cas: Option<String>,
    /// What it shows.
    pub shows: Shows,
    /// The verdict it must get under this entry.
    pub verdict: ExampleVerdict,
    /// What decides, where it isn't plain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// What an example shows.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Shows {
    /// Goods under the entry.
    Hit,
    /// Goods that are nearly under it: a figure short of the limit, or a look-alike.
    NearMiss,
    /// Goods of which a fact is missing.
    Review,
    /// Goods under an exception.
    Exception,
}

/// The verdict that an example must get.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ExampleVerdict {
    /// Under the entry.
    Hit,
    /// A fact is missing.
    Review,
    /// Under the subject, but outside.
    Cleared,
    /// Not the subject: no finding.
    None,
}

/// How sure a citation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CitationStatus {
    /// Seen in the text.
    Confirmed,
    /// Deduced.
    Inferred,
    /// Not known.
    Open,
}

/// Where an instrument states an entry.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Citation {
    /// The instrument's id.
    pub instrument: String,
    /// The item number there, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// How the instrument names the goods, in its own language, where that was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How sure it is.
    pub status: CitationStatus,
}

/// Indicative HS codes.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
pub struct HsCodes {
    /// Edition of the nomenclature.
    pub edition: String,
    /// Whose classification it is.
    pub status: String,
    /// The codes, digits only.
    pub codes: Vec<String>,
}

/// A kind of goods, as written.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct GoodsSource {
    /// Its name in reports.
    pub name: String,
    /// Concepts that name it.
    pub subject: Vec<String>,
    /// Concepts that must be said too.
    #[serde(default)]
    pub requires: Vec<String>,
    /// not-covered, covered, review.
    #[serde(default)]
    pub parts: Option<String>,
    /// Why it is a question at best.
    #[serde(default)]
    pub doubt: Option<String>,
    /// The limits.
    #[serde(default)]
    pub criteria: Option<CriterionSource>,
}

/// An exception, as written.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct ExceptionSource {
    /// Our words.
    pub text: String,
    /// What it turns on: `design` (what the goods were designed for, which the maker knows),
    /// `end-use` (what they will be used for, which a data sheet can't show), `goods` (carved out
    /// because another entry has them), or `reading` (not in the text: where we draw the line).
    #[serde(default)]
    pub basis: Option<String>,
    /// Concepts whose words state it.
    #[serde(default)]
    pub stated_by: Vec<String>,
    /// Names of goods; empty: all.
    #[serde(default)]
    pub applies_to: Vec<String>,
    /// Paragraphs (`para`) of the criteria that it takes out; empty: the goods as a whole.
    #[serde(default)]
    pub scope: Vec<String>,
    /// Limits that must be met too, so that it applies.
    #[serde(default)]
    pub criteria: Option<CriterionSource>,
}

/// A criterion, as written: one group of others, or one leaf; empty: covered by description.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CriterionSource {
    /// Group: all of these.
    pub all: Option<Vec<CriterionSource>>,
    /// Group: at least one of these.
    pub any: Option<Vec<CriterionSource>>,
    /// Group: not this.
    pub not: Option<Box<CriterionSource>>,
    /// Leaf: the role of the figure that is compared; needs one comparison.
    pub quantity: Option<String>,
    /// Comparison: above this figure.
    pub greater_than: Option<String>,
    /// Comparison: this figure or above.
    pub at_least: Option<String>,
    /// Comparison: below this figure.
    pub less_than: Option<String>,
    /// Comparison: this figure or below.
    pub at_most: Option<String>,
    /// Comparison: a point in common with this range (`300 Hz to 600 Hz`).
    pub overlaps: Option<String>,
    /// Comparison: inside this range.
    pub within: Option<String>,
    /// Comparison: outside this range.
    pub outside: Option<String>,
    /// Comparison: taking in the whole of this range.
    pub covers: Option<String>,
    /// Which ends of the range are inside, as an interval: `[]` (where nothing is said), `(]`, `[)`, `()`.
    pub ends: Option<String>,
    /// The source's paragraph, `b.6.a`: an exception's `scope` names it.
    pub para: Option<String>,
    /// Leaf: one of these materials is said.
    pub material: Option<Vec<String>>,
    /// Leaf: one of these forms is said.
    pub form: Option<Vec<String>>,
    /// Leaf: one of these purposes is said.
    pub purpose: Option<Vec<String>>,
    /// Leaf: one of these types or qualities is said.
    #[serde(rename = "type")]
    pub kind: Option<Vec<String>>,
    /// Leaf: one of these functions is said.
    pub function: Option<Vec<String>>,
    /// Why it is read so, where the law leaves room.
    pub reading: Option<String>,
    /// Whether a figure without cue words counts; absent: as the role says.
    pub bare: Option<bool>,
    /// Keys of a newer format; they make the criterion undetermined.
    #[serde(flatten)]
    #[schemars(skip)]
    pub other: BTreeMap<String, toml::Value>,
}

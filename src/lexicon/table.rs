//! The lexicon's tables, as written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Words by language (BCP 47 tag).
pub type Terms = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    #[serde(default)]
    pub concept: Vec<Concept>,
    #[serde(default)]
    pub role: Vec<Role>,
    #[serde(default)]
    pub cue: Vec<Cue>,
    #[serde(default)]
    pub vague: Vec<Vague>,
}

/// What a concept is a name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConceptKind {
    /// Goods.
    Goods,
    /// A material.
    Material,
    /// A form: plate, ring.
    Form,
    /// What the goods are designed or used for.
    Purpose,
    /// A type or quality: precision, radiation-hardened.
    Type,
    /// What the goods do.
    Function,
}

impl ConceptKind {
    /// The word used in lists and reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ConceptKind::Goods => "goods",
            ConceptKind::Material => "material",
            ConceptKind::Form => "form",
            ConceptKind::Purpose => "purpose",
            ConceptKind::Type => "type",
            ConceptKind::Function => "function",
        }
    }
}

/// A thing or a quality, with its names in the trade.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// Stable id in kebab case.
    pub id: String,
    /// What it is a name of.
    pub kind: ConceptKind,
    /// How reports call it.
    pub title: String,
    /// Where the fact it states comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Concepts that this one is a kind of.
    #[serde(default)]
    pub implies: Vec<String>,
    /// Concepts that this one rules out.
    #[serde(default)]
    pub excludes: Vec<String>,
    /// The question to ask when it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
    /// Names that stand for themselves.
    #[serde(default)]
    pub terms: Terms,
    /// Names that need support.
    #[serde(default)]
    pub weak: Terms,
    /// Words that support the weak names.
    #[serde(default)]
    pub support: Terms,
    /// Phrases with the same words that name something else.
    #[serde(default)]
    pub lookalikes: Terms,
}

/// Whether a figure says what goods can do or what they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sense {
    /// Goods are capable if any stated value makes them so.
    Capability,
    /// The figure is a property: the whole stated range counts.
    Property,
}

/// What a quantity is for, with the cue words that tell.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Stable id.
    pub id: String,
    /// The dimension of its figures.
    pub dimension: String,
    /// How ranges count.
    pub sense: Sense,
    /// Whether a figure without any cue counts.
    #[serde(default)]
    pub bare: bool,
    /// Units that count when bare; empty: all.
    #[serde(default)]
    pub units: Vec<String>,
    /// Only figures below this value can have the role: a vacuum is below the atmosphere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<String>,
    /// Roles that another word or unit gives to the same figure: a diameter is a diameter.
    #[serde(default)]
    pub alike: Vec<String>,
    /// The question to ask when the figure is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
    /// Cue words.
    #[serde(default)]
    pub cues: Terms,
}

/// How a cue word turns the mention it stands by.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum CueClass {
    PartNoun,
    PurposeBefore,
    PurposeAfter,
    OfBefore,
    WithBefore,
    NegationBefore,
    NegationWord,
    NegationAfter,
    NegationSuffix,
    Unreal,
    CivilClaim,
    ShortNoun,
    Mixture,
}

/// Cue words of one class.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    /// What they do.
    pub class: CueClass,
    /// The same in words.
    pub meaning: String,
    /// The words.
    pub terms: Terms,
}

/// Words that say nothing of the goods.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vague {
    /// generic-goods, reference, freight, packaging, sample or filler.
    pub class: String,
    /// Where the practice comes from.
    #[serde(default)]
    pub source: String,
    /// The words.
    pub terms: Terms,
}

//! The lexicon's tables, as written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::conversion::Status;
use super::trade::{Abbreviation, IdentifierSource, Maker, NumberWords, ProductSource};

/// Words by language (BCP 47 tag).
pub type Terms = BTreeMap<String, Vec<String>>;

/// One file of the lexicon. Every table may stand in every file.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LexiconFile {
    /// Things and qualities, with their names.
    pub concept: Vec<Concept>,
    /// What figures are for.
    pub role: Vec<Role>,
    /// Words that turn a mention round.
    pub cue: Vec<Cue>,
    /// Words that say nothing of the goods.
    pub vague: Vec<Vague>,
    /// Words too common to name controlled goods by themselves.
    pub generic: Vec<Generic>,
    /// Units of measurement.
    pub unit: Vec<UnitSource>,
    /// Words around figures.
    pub words: Vec<FigureWord>,
    /// Tables from one dimension to another.
    pub conversion: Vec<ConversionSource>,
    /// Figures that concepts imply.
    pub implied: Vec<ImpliedSource>,
    /// Makers of goods.
    pub maker: Vec<Maker>,
    /// Series of models whose kind is public knowledge.
    pub product: Vec<ProductSource>,
    /// Words before numbers that identify substances.
    pub number_words: Vec<NumberWords>,
    /// Numbers that identify substances.
    pub identifier: Vec<IdentifierSource>,
    /// Words that are cut short.
    pub abbreviation: Vec<Abbreviation>,
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
    /// Why short or common terms of this concept may name goods by themselves all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stands_alone: Vec<StandsAlone>,
    /// Whether its names are codes, which no misspelt word is read as.
    #[serde(skip)]
    pub is_code: bool,
}

/// A written reason to keep terms that the linter would refuse as too short or too common.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct StandsAlone {
    /// The terms, as written in the concept.
    pub terms: Vec<String>,
    /// Why they are kept.
    pub reason: String,
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
    /// Which of the sizes of an expression has the role when no cue word tells, from 0: of
    /// `60x45x10 mm` the inner diameter of a ring is number 1.
    #[serde(default)]
    pub place: usize,
    /// The fewest sizes that the expression must have for that.
    #[serde(default)]
    pub sizes: usize,
    /// The figure can be computed from two others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quotient: Option<Quotient>,
    /// Whether each of `60x40x10 mm` counts, and not the first alone: any one dimension. A lone
    /// size that falls short says nothing of the others, so that it fails no limit.
    #[serde(default)]
    pub any_of_sizes: bool,
    /// Whether a count in front multiplies the figure: `4x750 ml` is three litres.
    #[serde(default)]
    pub times_count: bool,
    /// The question to ask when the figure is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
    /// Cue words.
    #[serde(default)]
    pub cues: Terms,
}

/// How a figure is computed: one figure divided by another, both in the base unit of their
/// dimension, and by a constant. Outer by inner diameter is a ratio; a modulus by a density and
/// by the standard gravity is a specific modulus.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Quotient {
    /// The role of the figure that is divided.
    pub of: String,
    /// The role of the figure that it is divided by.
    pub by: String,
    /// The constant that it is divided by as well, a decimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub divisor: Option<String>,
    /// Where the formula comes from.
    #[serde(default)]
    pub source: String,
}

/// How a cue word turns the mention it stands by.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum CueClass {
    PartNoun,
    ChemicalNoun,
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
pub struct Vague {
    /// generic-goods, reference, freight, packaging, sample or filler.
    pub class: String,
    /// Where the practice comes from.
    #[serde(default)]
    pub source: String,
    /// The words.
    pub terms: Terms,
}

/// Words that are too common to name controlled goods by themselves (pump, valve, machine).
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Generic {
    /// Why they are too common.
    pub meaning: String,
    /// The words, one form each; a plural ending needn't be written.
    pub terms: Terms,
}

/// A unit of measurement, as written.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct UnitSource {
    /// Its id, written as the trade writes it.
    pub id: String,
    /// What it measures.
    pub dimension: String,
    /// Exact factor to the base unit of the dimension: a decimal, or a quotient of two.
    pub factor: String,
    /// The role that every figure in this unit has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Whether it stands before the figure (DN 200).
    #[serde(default)]
    pub prefix: bool,
    /// What is added behind the factor: 273.15 for degrees Celsius.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<String>,
    /// The stated values that are in use; none: any.
    #[serde(default)]
    pub values: Vec<String>,
    /// The greatest stated value that is in use; none: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<String>,
    /// Words of which one must stand near.
    #[serde(default)]
    pub beside: Vec<String>,
    /// Words of which none may stand near.
    #[serde(default)]
    pub apart_from: Vec<String>,
    /// How the trade writes it; `ampere*` is a beginning.
    pub spellings: Vec<String>,
}

/// A table from one dimension to another, as written.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct ConversionSource {
    /// Dimension of the stated figure.
    pub from: String,
    /// Dimension of what it stands for.
    pub to: String,
    /// Whether a value between two points lies between what they stand for.
    pub between: bool,
    /// The concept that the table is for; absent: all goods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub substance: Option<String>,
    /// Where the table comes from.
    pub source: String,
    /// How far its figures were compared with that.
    #[serde(default)]
    pub status: Status,
    /// With which copy, or what is from memory.
    #[serde(default)]
    pub checked: String,
    /// Stated value without unit, then the value it stands for, or the lowest and the highest.
    pub points: Vec<Vec<String>>,
}

/// A figure that a concept implies, as written.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct ImpliedSource {
    /// The concept.
    pub concept: String,
    /// The role of the figure.
    pub role: String,
    /// Its least value, with its unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<String>,
    /// Its greatest value, with its unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<String>,
    /// Where the fact comes from.
    pub source: String,
    /// How far it was compared with that.
    #[serde(default)]
    pub status: Status,
}

/// What a word beside a figure says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WordUse {
    /// Before a figure: it is the least value.
    AtLeastBefore,
    /// Before a figure: it is the greatest value.
    AtMostBefore,
    /// Behind a figure: it is the least value.
    AtLeastBehind,
    /// Behind a figure: it is the greatest value.
    AtMostBehind,
    /// Between two figures of one range.
    To,
    /// Between two figures, when `Between` stands before the first.
    And,
    /// Before a range whose link is a bare preposition or conjunction (`de 300 a 600`).
    Between,
    /// Before a figure that is a number of something: a model, a part, a standard.
    Code,
    /// Before a size, glued to it or not: `OD75`.
    Size,
    /// Glued to a figure without making it a code: `DC250A`.
    Glued,
    /// Behind a share that is none of a substance: `100% new`.
    ShareBehind,
    /// Before such a share.
    ShareBefore,
    /// Behind the stroke of a rate: `/min`.
    Per,
    /// Behind `in`, so that it is no inch: `200 in drums`.
    NoInch,
    /// Before a number with a minus sign in words.
    Minus,
    /// A number in words or letters, before a unit that counts: `dual-channel`.
    Count,
    /// Behind a number: times this.
    Times,
    /// Behind a size: all three sizes are this one (`600 mm cube`).
    Cube,
    /// Anywhere in a line: its writer divides groups of three with a point.
    PointGroups,
}

/// Words around figures that have one use.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct FigureWord {
    /// What they say of the figure.
    #[serde(rename = "use")]
    pub usage: WordUse,
    /// The same in words.
    pub meaning: String,
    /// The number that they stand for, where they count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The words.
    pub terms: Terms,
}

//! What the trade writes instead of names: makers with their series, numbers, abbreviations.
//!
//! A series of a maker and a number of a substance are names of a thing as well, but names of
//! another kind: they have a source, they are never misspelt words, and reports must say by what
//! the thing was known. So each becomes a concept of its own that implies the one it is a kind of,
//! and everything else (negations, parts, criteria, implied figures) holds for it unchanged.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::conversion::Status;
use super::table::{Concept, ConceptKind, ImpliedSource, Terms};

/// A maker of goods, as written. Its names say who made the goods, not what they are.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Maker {
    /// Stable id in kebab case.
    pub id: String,
    /// How reports call it.
    pub title: String,
    /// Its names.
    pub terms: Terms,
}

/// A series of models whose kind is public knowledge, as written.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct ProductSource {
    /// The id of its maker.
    pub maker: String,
    /// Its names, as terms: `r 5977*` where letters or digits may follow.
    pub series: Vec<String>,
    /// Whether the series names the goods without the maker. Otherwise both must stand within
    /// eight words.
    #[serde(default)]
    pub alone: bool,
    /// The concept that it is a kind of.
    pub kind: String,
    /// Other concepts that are true of it.
    #[serde(default)]
    pub implies: Vec<String>,
    /// Figures that it has.
    #[serde(default)]
    pub figures: Vec<ProductFigure>,
    /// Where the fact comes from.
    pub source: String,
    /// How far it was compared with that.
    #[serde(default)]
    pub status: Status,
}

/// A figure that all models of a series have, as written.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct ProductFigure {
    /// The role of the figure.
    pub role: String,
    /// Its least value, with its unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<String>,
    /// Its greatest value, with its unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<String>,
}

/// What a number is one of.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum NumberKind {
    /// EC number of a substance, read with or without words.
    Ec,
    /// UN number of dangerous goods, read beside words alone.
    Un,
}

/// Words that say that a number of a kind follows.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct NumberWords {
    /// The kind.
    pub kind: NumberKind,
    /// The words.
    pub terms: Terms,
}

/// A number that identifies a substance, as written.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct IdentifierSource {
    /// What the number is one of.
    pub kind: NumberKind,
    /// The number.
    pub number: String,
    /// The concept that it names.
    pub concept: String,
    /// The proper name that it stands for, with the class of dangerous goods.
    pub name: String,
    /// Whether it covers other goods as well: then it counts only beside words that support the
    /// concept, or where the HS code agrees.
    #[serde(default)]
    pub shared: bool,
    /// Where the fact comes from.
    pub source: String,
    /// How far it was compared with that.
    #[serde(default)]
    pub status: Status,
}

/// A word that freight documents cut short, as written.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Abbreviation {
    /// The word it stands for.
    pub word: String,
    /// How it is cut short.
    pub short: Vec<String>,
}

/// The concepts of makers' series, and the figures that they imply.
pub(super) fn products(
    products: Vec<ProductSource>,
    makers: &[Maker],
    concepts: &BTreeMap<String, Arc<Concept>>,
) -> (Vec<Concept>, Vec<ImpliedSource>) {
    let mut made = Vec::new();
    let mut implied = Vec::new();
    for product in products {
        let maker = makers.iter().find(|maker| maker.id == product.maker);
        let name = product.series.first().map_or("", String::as_str);
        let id = format!(
            "{} {}",
            product.maker,
            name.trim_matches('*').replace(' ', "-")
        )
        .replace(' ', "-");
        let terms: Terms = if product.alone {
            Terms::from([("en".to_owned(), product.series.clone())])
        } else {
            let names = maker.map(|maker| &maker.terms).into_iter().flatten();
            let beside = |name: &String| {
                let pair = move |series| format!("{name} + {series}");
                product.series.iter().map(pair).collect::<Vec<_>>()
            };
            names
                .map(|(language, names)| {
                    (language.clone(), names.iter().flat_map(beside).collect())
                })
                .collect()
        };
        for figure in product.figures {
            implied.push(ImpliedSource {
                concept: id.clone(),
                role: figure.role,
                at_least: figure.at_least,
                at_most: figure.at_most,
                source: product.source.clone(),
                status: product.status,
            });
        }
        let title = maker.map_or(product.maker.as_str(), |maker| &maker.title);
        let title = format!("a series of {title}");
        let mut concept = named(id, title, &product.kind, concepts);
        concept.implies.extend(product.implies);
        concept.source = Some(product.source);
        concept.terms = terms;
        made.push(concept);
    }
    (made, implied)
}

/// The concepts of numbers.
pub(super) fn identifiers(
    identifiers: Vec<IdentifierSource>,
    words: &[NumberWords],
    concepts: &BTreeMap<String, Arc<Concept>>,
) -> Vec<Concept> {
    let mut made = Vec::new();
    for identifier in identifiers {
        let (what, id) = match identifier.kind {
            NumberKind::Ec => ("EC number", "ec"),
            NumberKind::Un => ("UN number", "un"),
        };
        let number = &identifier.number;
        let id = format!("{id}-{number}-{}", identifier.concept);
        let title = format!("{what} {number}, {}", identifier.name);
        let mut concept = named(id, title, &identifier.concept, concepts);
        let mut terms = Terms::new();
        for words in words.iter().filter(|words| words.kind == identifier.kind) {
            for (language, words) in &words.terms {
                let with = words.iter().map(|word| format!("{word} {number}"));
                terms.entry(language.clone()).or_default().extend(with);
            }
        }
        if identifier.kind == NumberKind::Ec {
            terms
                .entry("en".to_owned())
                .or_default()
                .push(number.clone());
        }
        if identifier.shared {
            let kind = concepts.get(&identifier.concept);
            concept.support = kind.map(|kind| kind.support.clone()).unwrap_or_default();
            concept.weak = terms;
        } else {
            concept.terms = terms;
        }
        concept.source = Some(identifier.source);
        made.push(concept);
    }
    made
}

/// A concept that is a kind of another, named by codes.
fn named(
    id: String,
    title: String,
    kind: &str,
    concepts: &BTreeMap<String, Arc<Concept>>,
) -> Concept {
    let of = concepts.get(kind);
    Concept {
        id,
        kind: of.map_or(ConceptKind::Goods, |of| of.kind),
        title: match of {
            Some(of) => format!("{title}: {}", of.title),
            None => title,
        },
        source: None,
        implies: vec![kind.to_owned()],
        excludes: Vec::new(),
        ask: None,
        terms: Terms::new(),
        weak: Terms::new(),
        support: Terms::new(),
        lookalikes: Terms::new(),
        stands_alone: Vec::new(),
        is_code: true,
    }
}

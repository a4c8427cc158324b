//! Why goods are not under an entry.
//!
//! An auditor asks about the line that was not stopped. So each entry can be asked what came near
//! it: words that were set aside, and why.

use schemars::JsonSchema;
use serde::Serialize;

use super::finding::{Evaluation, Evidence, Finding};
use super::judge::Known;
use super::mention::Turn;
use crate::list::{Entry, Goods, PartsRule};

/// An entry that was held against a goods item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Considered {
    /// The list's id.
    pub list: String,
    /// The entry's id.
    pub entry: String,
    /// The entry's title.
    pub title: String,
    /// The finding, where the goods are under the entry's subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
    /// Where there is no finding: words that came near, and why they don't count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// Where there is no finding: what the limits would say if these were the goods.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub supposed: Vec<Supposed>,
}

/// The criteria for a kind of goods that the line doesn't name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Supposed {
    /// The kind of goods.
    pub goods: String,
    /// The criteria, held against what the line states.
    pub criteria: Evaluation,
}

impl Considered {
    /// Whether any word, CAS number or HS code speaks of the entry's subject.
    #[must_use]
    pub fn came_near(&self) -> bool {
        self.finding.is_some() || !self.reasons.is_empty()
    }
}

/// Something that came near an entry, and why it doesn't count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reason {
    /// One plain sentence.
    pub text: String,
    /// The words it is about.
    pub evidence: Evidence,
}

/// Why there is no finding on an entry; empty when nothing in the goods item speaks of it.
pub(super) fn why_not(known: &Known<'_>, entry: &Entry) -> Vec<Reason> {
    let hs = known.agreeing_hs(entry);
    let mut reasons: Vec<Reason> = Vec::new();
    for goods in &entry.goods {
        for reason in why_not_goods(known, goods, hs.is_some()) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
    }
    if let Some(evidence) = hs {
        reasons.push(Reason {
            text: "the HS code agrees, but the words say that it is something else".to_owned(),
            evidence: evidence.clone(),
        });
    }
    reasons
}

fn why_not_goods(known: &Known<'_>, goods: &Goods, hs_agrees: bool) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for mention in &known.mentions.all {
        if !known.is_one_of(mention, &goods.subject) {
            continue;
        }
        let text = match mention.turn {
            Turn::Negated => "the words beside say that it isn't there".to_owned(),
            Turn::Unreal => "the line is about a toy, a model or a book of it".to_owned(),
            Turn::PartOf if goods.parts == PartsRule::NotCovered => {
                "the goods are a part, an accessory or a consumable of it, and the entry doesn't cover these"
                    .to_owned()
            }
            Turn::Purpose if goods.parts == PartsRule::NotCovered => {
                "the goods are for it, not it itself".to_owned()
            }
            _ if mention.weak && !hs_agrees => {
                "the word has other meanings too, and nothing in the line supports this one".to_owned()
            }
            _ => {
                let titles = goods.requires.iter().filter_map(|id| {
                    let number = known.rules.number_of(id)?;
                    Some(known.rules.concept(number).title.as_str())
                });
                let titles: Vec<&str> = titles.collect();
                format!("nothing says that it is of this kind: {}", titles.join(", "))
            }
        };
        reasons.push(Reason {
            text,
            evidence: known.cite(mention),
        });
    }
    for (concept, place, longer) in &known.mentions.masked {
        let named = goods
            .subject
            .iter()
            .filter_map(|id| known.rules.number_of(id));
        let mut named = named.filter(|&wanted| known.rules.implies(*concept, wanted));
        if named.next().is_some() {
            let phrase = known.line.evidence(longer, "").text;
            reasons.push(Reason {
                text: format!("the words are part of {phrase:?}, which is something else"),
                evidence: known
                    .line
                    .evidence(place, &known.rules.concept(*concept).title),
            });
        }
    }
    reasons
}

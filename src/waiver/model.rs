//! One waiver.

use schemars::JsonSchema;
use serde::Serialize;

use crate::error::Location;
use crate::manifest::GoodsItem;
use crate::report::plainest;
use crate::screen::{Circumstances, Place};
use crate::vocab::{Country, Day};

/// What a person decided: this entry on these goods is settled, why, by whom, until when.
///
/// The scope is a list, an entry, and goods by at least one of `fingerprint`, `sku` and
/// `description`; a consignee and a destination make it narrower. All that is given must agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Waiver {
    /// The list's id.
    pub list: String,
    /// The entry's id.
    pub entry: String,
    /// The finding's fingerprint, whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// The goods' number in the manifest's column `sku`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// The whole description; case, blanks and Unicode form don't matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Only for this consignee, as the manifest writes it; case and blanks don't matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consignee: Option<String>,
    /// Only to this country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination: Option<Country>,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub approver: String,
    /// The first day.
    pub issued: Day,
    /// The last day, itself included.
    pub expires: Day,
    /// Where the decision is filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Where it is written.
    pub location: Location,
}

impl Waiver {
    /// Whether it covers goods on which its entry was found, with this fingerprint. The date is
    /// no part of the question.
    #[must_use]
    pub fn covers(&self, fingerprint: &str, item: &GoodsItem, known: &Circumstances) -> bool {
        let same = |wanted: &Option<String>, found: Option<&str>| {
            wanted
                .as_ref()
                .is_none_or(|wanted| found.is_some_and(|found| plainest(found) == plainest(wanted)))
        };
        let to = || Place::read(item.destination.as_deref(), known.destination);
        self.fingerprint.as_deref().is_none_or(|f| f == fingerprint)
            && same(&self.sku, item.sku.as_deref())
            && same(&self.description, Some(&item.description))
            && same(&self.consignee, item.consignee.as_deref())
            && self
                .destination
                .is_none_or(|wanted| to() == Place::Known(wanted))
    }

    /// Its scope in words: `VIII.A2.005 of s-2017-822 on goods with the SKU "X-1"`.
    #[must_use]
    pub fn scope(&self) -> String {
        let mut words = format!("{} of {} on", self.entry, self.list);
        let mut parts = Vec::new();
        if let Some(fingerprint) = &self.fingerprint {
            let short = fingerprint.get(..12).unwrap_or(fingerprint);
            parts.push(format!("the finding {short}"));
        }
        if let Some(sku) = &self.sku {
            parts.push(format!("goods with the SKU {sku:?}"));
        }
        if let Some(description) = &self.description {
            let short: String = description.chars().take(60).collect();
            let more = if short.len() < description.len() {
                "…"
            } else {
                ""
            };
            parts.push(format!("goods described as \"{short}{more}\""));
        }
        if let Some(consignee) = &self.consignee {
            parts.push(format!("for {consignee:?}"));
        }
        if let Some(destination) = &self.destination {
            parts.push(format!("to {destination}"));
        }
        words.push(' ');
        words.push_str(&parts.join(", "));
        words
    }
}

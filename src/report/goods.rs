//! What a report keeps of a goods item so that it can be screened again without its manifest.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::issue::Issue;
use crate::manifest::GoodsItem;

/// The cells of a goods item that a report shows only where goods are kept (`--keep-goods`). With
/// the cells that every record has they are the whole [`GoodsItem`].
///
/// They name trading partners, so a report has them only when asked to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KeptGoods {
    /// The physical line of the manifest it begins on.
    pub line: u64,
    /// Number of pieces or packages, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    /// Unit of the quantity, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Weight, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
    /// Consignee.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consignee: Option<String>,
    /// Shipper, consignor or exporter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipper: Option<String>,
    /// Countries or places on the way, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transit: Option<String>,
    /// Port or place of loading, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port_of_loading: Option<String>,
    /// Port or place of discharge, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port_of_discharge: Option<String>,
    /// Address of the consignee, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consignee_address: Option<String>,
    /// The shipment's date, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Trouble with the row when it was read. The item's own issues have it too, together with
    /// what screening adds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
}

impl KeptGoods {
    /// What is to be kept of an item, and of the trouble there was in reading it.
    #[must_use]
    pub fn of(item: &GoodsItem, issues: Vec<Issue>) -> KeptGoods {
        KeptGoods {
            line: item.line,
            quantity: item.quantity.clone(),
            unit: item.unit.clone(),
            weight: item.weight.clone(),
            consignee: item.consignee.clone(),
            shipper: item.shipper.clone(),
            transit: item.transit.clone(),
            port_of_loading: item.port_of_loading.clone(),
            port_of_discharge: item.port_of_discharge.clone(),
            consignee_address: item.consignee_address.clone(),
            date: item.date.clone(),
            issues,
        }
    }
}

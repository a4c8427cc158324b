//! What is screened: one goods item of a manifest, as it was written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One goods item: the cells of a manifest's line that say something of the goods or of the
/// shipment, exactly as written.
///
/// Screening one item needs no file: fill the fields you know.
///
/// ```
/// use tidewaiter::GoodsItem;
/// let item = GoodsItem::new("NITRIC ACID 68 PCT, 18 IBC").with_hs("2808.00");
/// assert_eq!(item.hs.as_deref(), Some("2808.00"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoodsItem {
    /// The manifest's own line id; where it has none, the row number.
    pub line_id: String,
    /// The record's number in its file, counted from 1, the header included.
    pub row: u64,
    /// The physical line the record begins on, counted from 1.
    pub line: u64,
    /// The description of the goods. Several description columns are joined by one space, rows
    /// that go on with it by a line break.
    pub description: String,
    /// The declared commodity code, in whatever form.
    pub hs: Option<String>,
    /// The declared CAS number or numbers.
    pub cas: Option<String>,
    /// Number of pieces or packages, as written.
    pub quantity: Option<String>,
    /// Unit of the quantity, as written.
    pub unit: Option<String>,
    /// Weight, as written.
    pub weight: Option<String>,
    /// Consignee.
    pub consignee: Option<String>,
    /// Shipper, consignor or exporter.
    pub shipper: Option<String>,
    /// Country of origin, as written.
    pub origin: Option<String>,
    /// Country of destination, as written.
    pub destination: Option<String>,
    /// Countries or places on the way, as written; several columns are joined by a semicolon.
    pub transit: Option<String>,
    /// Port or place of loading, as written.
    pub port_of_loading: Option<String>,
    /// Port or place of discharge, as written.
    pub port_of_discharge: Option<String>,
    /// Address of the consignee, as written; several columns are joined by a semicolon.
    pub consignee_address: Option<String>,
    /// The shipment's date, as written.
    pub date: Option<String>,
    /// The goods' number at whoever sells them, as written. It is no part of what they are.
    pub sku: Option<String>,
    /// Technical parameters that stand in columns of their own.
    pub parameters: Vec<Parameter>,
}

/// A technical parameter in a column of its own: `Output frequency (Hz)` | `0-400`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Parameter {
    /// The column's header, as written.
    pub name: String,
    /// The cell, as written.
    pub value: String,
}

impl GoodsItem {
    /// An item with a description and nothing else.
    pub fn new(description: impl Into<String>) -> GoodsItem {
        GoodsItem {
            description: description.into(),
            ..GoodsItem::default()
        }
    }

    /// The same item, with a declared commodity code.
    #[must_use]
    pub fn with_hs(mut self, hs: impl Into<String>) -> GoodsItem {
        self.hs = Some(hs.into());
        self
    }

    /// The same item, with a declared CAS number.
    #[must_use]
    pub fn with_cas(mut self, cas: impl Into<String>) -> GoodsItem {
        self.cas = Some(cas.into());
        self
    }

    /// The same item, with a country of destination.
    #[must_use]
    pub fn with_destination(mut self, destination: impl Into<String>) -> GoodsItem {
        self.destination = Some(destination.into());
        self
    }

    /// The same item, with a technical parameter.
    #[must_use]
    pub fn with_parameter(
        mut self,
        name: impl Into<String>,
        value: impl Into<String>,
    ) -> GoodsItem {
        self.parameters.push(Parameter {
            name: name.into(),
            value: value.into(),
        });
        self
    }
}

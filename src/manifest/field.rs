//! What a column of a manifest can stand for.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

/// What a column of a manifest stands for. A column that is none of these is not read.
///
/// ```
/// use tidewaiter::manifest::Field;
/// assert_eq!("line_id".parse::<Field>()?, Field::LineId);
/// assert_eq!(Field::LineId.as_str(), "line-id");
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The manifest's own number of the line.
    LineId,
    /// The description of the goods.
    Description,
    /// The declared commodity code.
    Hs,
    /// The declared CAS number.
    Cas,
    /// Number of pieces or packages.
    Quantity,
    /// Unit of the quantity.
    Unit,
    /// Weight.
    Weight,
    /// Consignee.
    Consignee,
    /// Shipper, consignor or exporter.
    Shipper,
    /// Country of origin.
    Origin,
    /// Country of destination.
    Destination,
    /// Countries or places on the way.
    Transit,
    /// Where the goods are loaded.
    PortOfLoading,
    /// Where the goods are discharged.
    PortOfDischarge,
    /// Where the consignee is.
    ConsigneeAddress,
    /// The shipment's date.
    Date,
    /// The goods' number at whoever sells them.
    Sku,
    /// A technical parameter with a column of its own.
    Parameter,
}

impl Field {
    /// Every field, in the order in which they are told.
    pub const ALL: [Field; 18] = [
        Field::LineId,
        Field::Description,
        Field::Hs,
        Field::Cas,
        Field::Quantity,
        Field::Unit,
        Field::Weight,
        Field::Consignee,
        Field::Shipper,
        Field::Origin,
        Field::Destination,
        Field::Transit,
        Field::PortOfLoading,
        Field::PortOfDischarge,
        Field::ConsigneeAddress,
        Field::Date,
        Field::Sku,
        Field::Parameter,
    ];

    /// The field's name in options and reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Field::LineId => "line-id",
            Field::Description => "description",
            Field::Hs => "hs",
            Field::Cas => "cas",
            Field::Quantity => "quantity",
            Field::Unit => "unit",
            Field::Weight => "weight",
            Field::Consignee => "consignee",
            Field::Shipper => "shipper",
            Field::Origin => "origin",
            Field::Destination => "destination",
            Field::Transit => "transit",
            Field::PortOfLoading => "port-of-loading",
            Field::PortOfDischarge => "port-of-discharge",
            Field::ConsigneeAddress => "consignee-address",
            Field::Date => "date",
            Field::Sku => "sku",
            Field::Parameter => "parameter",
        }
    }

    /// Whether every column of this field is read, or only the first that isn't empty.
    pub(crate) fn takes_many(self) -> bool {
        matches!(
            self,
            Field::Description
                | Field::Cas
                | Field::Transit
                | Field::ConsigneeAddress
                | Field::Parameter
        )
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Field {
    type Err = Error;

    fn from_str(text: &str) -> Result<Field, Error> {
        let name = text.trim().to_ascii_lowercase().replace('_', "-");
        Field::ALL
            .into_iter()
            .find(|field| field.as_str() == name)
            .ok_or_else(|| {
                let known: Vec<&str> = Field::ALL.iter().map(|field| field.as_str()).collect();
                Error::new(
                    ErrorKind::Option,
                    format!(
                        "{text:?} is not a field of a manifest; the fields are {}",
                        known.join(", ")
                    ),
                )
            })
    }
}

//! Which column was taken for what.

use schemars::JsonSchema;
use serde::Serialize;

use super::Field;

/// How the columns of a manifest were recognised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Recognition {
    /// By the names in a header row.
    Header,
    /// By the user's mapping alone; no name of the header is known, or there is no header.
    Mapping,
    /// By what stands in the columns, as there is no header row.
    Content,
    /// Not at all: the input holds no row.
    #[default]
    Nothing,
}

/// The columns of a manifest and what each was taken for.
///
/// ```
/// use tidewaiter::manifest::{Field, Manifest, ReadOptions};
/// let csv = "ACME LTD\n\nNo,Goods,HS code,Colour\n1,NITRIC ACID,2808.00,red\n";
/// let manifest = Manifest::open("m.csv", csv.as_bytes(), &ReadOptions::default())?;
/// let columns = manifest.columns();
/// assert_eq!((columns.header_row, columns.header_line), (Some(2), Some(3)));
/// assert_eq!(columns.columns[1].field, Some(Field::Description));
/// assert_eq!(columns.to_string(), "No = line-id, Goods = description, HS code = hs");
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Columns {
    /// The header's record number, counted from 1; wholly empty lines are no records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u64>,
    /// The physical line the header begins on, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_line: Option<u64>,
    /// How they were recognised.
    pub recognised_by: Recognition,
    /// All columns, from the left.
    pub columns: Vec<Column>,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Column {
    /// Its place, counted from 1.
    pub number: usize,
    /// Its header as written; empty where there is none.
    pub header: String,
    /// What it was taken for; a column without a field isn't read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
}

impl Columns {
    /// The columns taken for a field, from the left.
    pub fn with_field(&self, field: Field) -> impl Iterator<Item = &Column> {
        self.columns
            .iter()
            .filter(move |column| column.field == Some(field))
    }

    /// The columns that aren't read.
    pub fn ignored(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.field.is_none())
    }
}

impl Column {
    /// The column as a message names it: its header, or `column 3` where it has none.
    #[must_use]
    pub fn title(&self) -> String {
        if self.header.is_empty() {
            format!("column {}", self.number)
        } else {
            self.header.split_whitespace().collect::<Vec<_>>().join(" ")
        }
    }
}

impl std::fmt::Display for Columns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut separator = "";
        for column in &self.columns {
            if let Some(field) = column.field {
                write!(f, "{separator}{} = {field}", column.title())?;
                separator = ", ";
            }
        }
        Ok(())
    }
}

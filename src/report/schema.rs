//! The JSON Schemas of the report.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use super::document::{Report, ReportLine};

/// The JSON Schema (2020-12) of the document that the format `json` writes.
///
/// ```
/// let schema = tidewaiter::report::report_schema();
/// assert!(schema.as_object().unwrap().contains_key("$schema"));
/// ```
#[must_use]
pub fn report_schema() -> Schema {
    schema_of::<Report>()
}

/// The JSON Schema (2020-12) of one line that the format `jsonl` writes.
#[must_use]
pub fn line_schema() -> Schema {
    schema_of::<ReportLine<'_>>()
}

/// What is written, not what could be read: a field that is always there is required.
fn schema_of<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<T>()
}

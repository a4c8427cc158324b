//! JSON: one document, or one object a line.

use std::io::Write;

use serde::Serialize;

use super::model::{Header, ItemRecord, Summary};

#[derive(Default, Serialize)]
pub(super) struct Document {
    pub header: Option<Header>,
    pub items: Vec<ItemRecord>,
    pub summary: Option<Summary>,
}

#[derive(Serialize)]
struct Line<'a, T> {
    record: &'static str,
    #[serde(flatten)]
    value: &'a T,
}

/// One object on a line of its own; `record` tells what it is.
pub(super) fn line<T: Serialize>(
    out: &mut impl Write,
    record: &'static str,
    value: &T,
) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, &Line { record, value })?;
    out.write_all(b"\n")
}

pub(super) fn document(out: &mut impl Write, document: &Document) -> std::io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document)?;
    out.write_all(b"\n")
}

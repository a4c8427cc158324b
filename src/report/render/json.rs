//! JSON: one document, or one object a line.

use std::io::Write;

use crate::report::document::{Report, ReportLine};

pub(super) fn line(out: &mut impl Write, line: &ReportLine<'_>) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

pub(super) fn document(out: &mut impl Write, report: &Report) -> std::io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    out.write_all(b"\n")
}

//! Reports: what was screened, with which lists, and what was found.
//!
//! There is one document, [`Report`], with a version of its own. The line formats (`text`,
//! `jsonl`, `csv`) are written from the same records item by item, since manifests don't fit
//! into memory; `json` is the whole document. All have the same content.
//!
//! A report can be checked: it carries the hashes of the lists and manifests and every option that
//! can move a verdict, and its sums are asserted before it is written.

mod document;
mod fingerprint;
mod header;
mod item;
mod plain;
mod render;
mod schema;
mod summary;
mod writer;

pub use document::{Report, ReportLine, SkippedRecord, UnreadableRecord};
pub use fingerprint::fingerprint;
pub use header::{Header, InstrumentUsed, ListLeftOut, ListUsed, Options, REPORT_VERSION, Tool};
pub use item::{CitationRecord, FindingRecord, ItemRecord};
pub use plain::plain;
pub use render::{Format, RenderOptions, write_evaluation, write_item};
pub use schema::{line_schema, report_schema};
pub use summary::{
    EntryFound, FactToAsk, LineRef, Lines, ManifestUsed, SkippedRows, Summary, Sums,
};
pub use writer::ReportWriter;

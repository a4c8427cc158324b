//! Reports: what was screened, with which lists, and what was found.
//!
//! There is one document, [`Report`], with a version of its own. The line formats (`text`,
//! `jsonl`, `csv`) are written from the same records item by item, since manifests don't fit
//! into memory; `json` is the whole document. All have the same content.
//!
//! A report can be checked: it carries the hashes of the lists and manifests and every option that
//! can move a verdict, and its sums are asserted before it is written.

mod baseline;
mod document;
mod fingerprint;
mod goods;
mod header;
mod item;
mod plain;
mod render;
mod row;
mod schema;
mod stored;
mod summary;
mod watch;
mod writer;

pub use baseline::{Baseline, BaselineUsed, GoneRecord, Part, SinceBaseline, State, WhyGone};
pub use document::{Report, ReportLine, SkippedRecord, UnreadableRecord};
pub use fingerprint::fingerprint;
pub(crate) use fingerprint::plainest;
pub use goods::KeptGoods;
pub use header::{
    AmendmentUsed, CodeListUsed, ConfigUsed, Header, InstrumentUsed, ListLeftOut, ListUsed,
    Options, REPORT_VERSION, Tool,
};
pub use item::{CitationRecord, FindingRecord, ItemRecord};
pub use plain::plain;
pub use render::{Format, RenderOptions, write_evaluation, write_item};
pub use row::Law;
pub use schema::{line_schema, report_schema};
pub use stored::{
    StoredCriterion, StoredException, StoredFinding, StoredHeader, StoredItem, StoredList,
    StoredOptions, StoredRecord, StoredReport, StoredSummary, StoredSums,
};
pub use summary::{
    BaselineSums, EditionUsed, EntryFound, FactToAsk, LineRef, Lines, ManifestUsed, SectoralFound,
    SectoralSums, SkippedRows, Stopped, Summary, Sums,
};
pub use watch::{Checkpoint, Moment, Next};
pub use writer::{Against, ReportWriter};

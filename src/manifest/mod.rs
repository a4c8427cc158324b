//! Reading manifests: tables of goods in every dialect, encoding and language of the trade.
//!
//! ```text
//! bytes ─unpack, decode→ text ─split→ rows ─plan (header, columns)→ records: goods items, skipped
//!                         text ─JSON Lines: keys for columns───────→ rows, unreadable rows
//! ```
//!
//! Nothing is lost on the way: each row becomes a goods item, a skipped row with its reason or
//! an unreadable row, and what was repaired is told as an [`Issue`](crate::Issue).

mod assemble;
mod columns;
mod content;
mod continuation;
mod date;
mod decode;
mod dialect;
mod encoding;
mod field;
mod fold;
mod foreign;
mod header;
mod item;
mod json_lines;
mod lexicon;
mod mapping;
mod mixed;
mod plan;
mod ragged;
mod reader;
mod record;
mod row;
mod split;
mod table;
mod unpack;

pub use columns::{Column, Columns, Recognition};
pub use date::read_date;
pub use field::Field;
pub use item::{GoodsItem, Parameter};
pub use mapping::{ColumnRef, Mapping};
pub use reader::{Manifest, ReadOptions};
pub use record::{Record, SkipReason, Skipped};
